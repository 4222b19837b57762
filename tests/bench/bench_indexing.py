"""Documents a second into the real Elasticsearch: `python -m tests.bench.bench_indexing [--json]`.

`bulk` is the sink's bulk path, `async_bulk` is `elasticsearch.helpers.async_bulk` with its own defaults but chunks of
2,000, on the same documents, external versions included, each into a fresh index, in turns in one run. `writer` is the
whole way of a record through the sink but Kafka: parse, build the documents, read what is there, write reports and
items, two batches in flight; `writer_again` the same records once more: every read hits and every write replaces.

Two shapes of report: `incident` has a narrative, which Elasticsearch analyses three times and which is most of the
work; `row` is one line of a table, as in the CBP files.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
from elasticsearch import AsyncElasticsearch
from elasticsearch.helpers import async_bulk

from indexing import bulk as bulk_module
from indexing.bulk import BulkWriter, Operation
from indexing.counters import SinkCounters
from indexing.documents import report_document
from indexing.elastic import Address, Elastic
from indexing.mappings import ITEMS, REPORT_FAMILY, REPORTS
from indexing.setup import prepare_family, remove_everything
from indexing.writers import ReportWriter
from streams.identity import document_id
from streams.records import StoredRecord
from tests.bench.bench_enrichment import EVENT
from tests.unit.enriching import enrich

PREFIX = "bench-"
BATCH = 2_000


ROW: dict[str, Any] = {
    "count_basis": "period_total",
    "period": {"fiscal_year": 2024, "month": "APR"},
    "place": {"office": "LAREDO FIELD OFFICE", "region": "Southwest Border"},
    "items": [{"kind": "substance", "name": "Fentanyl", "quantity": {"value": 12.5, "unit": "lb"}}],
}
SHAPES = {"incident": EVENT, "row": ROW}


def make_reports(number: int, event: dict[str, Any]) -> list[dict[str, Any]]:
    """One enriched report under many numbers."""
    report = enrich(event)
    agency = report["agency"]
    names = [f"FICTION-{at:07}" for at in range(number)]
    return [{**report, "report_id": name, "id": document_id(agency, name)} for name in names]


async def time_bulk(url: str, index: str, documents: Sequence[dict[str, Any]]) -> float:
    """Seconds of the sink's bulk path, encoding included."""
    async with Elastic(Address((url,))) as elastic:
        writer = BulkWriter(elastic)
        start = time.perf_counter()
        operations = [Operation(document["id"], document["version"], orjson.dumps(document)) for document in documents]
        outcomes = await writer.send_until_done(index, operations)
        seconds = time.perf_counter() - start
    assert all(outcome.kind == "created" for outcome in outcomes)
    return seconds


async def time_async_bulk(url: str, index: str, documents: Sequence[dict[str, Any]]) -> float:
    """Seconds of the client's own helper."""
    actions = (
        {
            "_index": index,
            "_id": document["id"],
            "version": document["version"],
            "version_type": "external_gte",
            "_source": document,
        }
        for document in documents
    )
    async with AsyncElasticsearch(url) as client:
        start = time.perf_counter()
        done, _ = await async_bulk(client, actions, chunk_size=BATCH)
        seconds = time.perf_counter() - start
    assert done == len(documents)
    return seconds


async def time_writer(url: str, records: Sequence[StoredRecord]) -> float:
    """Seconds of the whole way, without Kafka."""
    indices = {
        "report_index": REPORT_FAMILY.index(REPORTS, PREFIX, "joint"),
        "item_index": REPORT_FAMILY.index(ITEMS, PREFIX, "joint"),
    }
    async with Elastic(Address((url,))) as elastic:
        writer = ReportWriter(BulkWriter(elastic), counters=SinkCounters(), **indices)
        start = time.perf_counter()
        finishing: asyncio.Task[Any] | None = None
        for at in range(0, len(records), BATCH):
            state = await writer.begin(records[at : at + BATCH])
            if finishing is not None:
                assert not await finishing
            finishing = asyncio.ensure_future(writer.finish(state))
        assert finishing is not None
        assert not await finishing
        return time.perf_counter() - start


async def fresh(url: str) -> str:
    """Empty indices; the name of the reports index."""
    async with Elastic(Address((url,))) as elastic:
        await remove_everything(elastic, PREFIX, ["joint"])
        await prepare_family(elastic, REPORT_FAMILY, prefix=PREFIX, view="joint")
    return REPORT_FAMILY.index(REPORTS, PREFIX, "joint")


async def run_benchmark(url: str, number: int, runs: int) -> dict[str, Any]:
    """Figures of each shape."""
    return {
        "unit": "documents per second",
        "documents": number,
        "runs": runs,
        "bulk_bytes": bulk_module.MAX_BYTES,
        **{shape: await run_shape(url, make_reports(number, event), runs) for shape, event in SHAPES.items()},
    }


async def run_shape(url: str, reports: list[dict[str, Any]], runs: int) -> dict[str, Any]:
    """Medians of documents a second, and the ratio of the sink's bulks to the helper's."""
    number = len(reports)
    documents = [report_document(report, 3) for report in reports]  # type: ignore[arg-type]
    records = [
        StoredRecord("reports.joint", 0, at, 0, report["id"].encode(), orjson.dumps(report))
        for at, report in enumerate(reports)
    ]
    each = 1 + len(reports[0]["facts"]["items"])
    speeds: dict[str, list[float]] = {"bulk": [], "async_bulk": [], "writer": [], "writer_again": []}
    await time_bulk(url, await fresh(url), documents)  # warms the server up
    for _ in range(runs):
        speeds["bulk"].append(number / await time_bulk(url, await fresh(url), documents))
        speeds["async_bulk"].append(number / await time_async_bulk(url, await fresh(url), documents))
        await fresh(url)
        speeds["writer"].append(number * each / await time_writer(url, records))
        speeds["writer_again"].append(number * each / await time_writer(url, records))
    await fresh(url)
    async with Elastic(Address((url,))) as elastic:
        await remove_everything(elastic, PREFIX, ["joint"])
    medians = {name: round(statistics.median(found)) for name, found in speeds.items()}
    return {
        "bytes_per_document": len(orjson.dumps(documents[0])),
        "items_per_report": each - 1,
        **medians,
        "ratio_to_async_bulk": round(medians["bulk"] / medians["async_bulk"], 2),
        "all": {name: [round(speed) for speed in found] for name, found in speeds.items()},
    }


@contextlib.contextmanager
def elasticsearch_address(given: str | None) -> Iterator[str]:
    """The given address, or one of servers of its own."""
    if given:
        yield given
        return
    from deploy.local import LocalServers

    with tempfile.TemporaryDirectory(prefix="puente-bench-") as home:
        Path(home).chmod(0o755)
        local = LocalServers(Path(home), die_with_parent=True)
        try:
            yield local.up(fresh=True).elasticsearch
        finally:
            local.down()


def main() -> None:
    """Print the figures, or one JSON object with --json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elasticsearch", help="URL of a running Elasticsearch; without it the local servers start")
    parser.add_argument("--documents", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args()
    with elasticsearch_address(options.elasticsearch) as url:
        figures = asyncio.run(run_benchmark(url, options.documents, options.runs))
    if options.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        parts = figure.items() if isinstance(figure, dict) else [("", figure)]
        for part, value in parts:
            print(f"{f'{name} {part}':32} {value}")


if __name__ == "__main__":
    main()

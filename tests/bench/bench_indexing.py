"""Documents a second into the real Elasticsearch: `python -m tests.bench --stage index`.

`bulk` is the sink's bulk path, `async_bulk` is `elasticsearch.helpers.async_bulk` with its own defaults but chunks of
2,000, on the same documents, external versions included, each into a fresh index, in turns in one run. `writer` is the
whole way of a record through the sink but Kafka: parse, build the documents, read what is there, write reports and
items, two batches in flight; `writer_again` the same records once more: every read hits and every write replaces.

Two shapes of report: `incident` has a narrative, which Elasticsearch analyses three times and which is most of the
work; `row` is one line of a table, as in the CBP files.
"""

import asyncio
import time
from collections.abc import Sequence
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
from tests.bench.figures import median_rate, render_table, show_count
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
    medians = {name: round(rate) for name, rate in median_rate(speeds).items()}
    return {
        "bytes_per_document": len(orjson.dumps(documents[0])),
        "items_per_report": each - 1,
        **medians,
        "ratio_to_async_bulk": round(medians["bulk"] / medians["async_bulk"], 2),
        "all": {name: [round(speed) for speed in found] for name, found in speeds.items()},
    }


def render_indexing(figures: dict[str, Any]) -> str:
    """The table."""
    shown = [(name, found) for name, found in figures.items() if name in SHAPES]
    head = ("index", "bytes", "ours/s", "async_bulk/s", "ratio", "whole way/s", "again/s")
    rows = []
    for name, found in shown:
        counts = [show_count(found[each]) for each in ("bytes_per_document", "bulk", "async_bulk")]
        whole = [show_count(found[each]) for each in ("writer", "writer_again")]
        rows.append((name, *counts, f"{found['ratio_to_async_bulk']:.2f}", *whole))
    return f"{render_table(head, rows)}\nDocuments a second, {figures['documents']:,} reports, {figures['runs']} runs."

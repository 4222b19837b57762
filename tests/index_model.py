"""What the index must hold after any history of revisions, retractions, duplicates, faults and crashes.

The same body (`play`) drives the sink's own writer before the fake and before the real Elasticsearch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import cast

import orjson
from hypothesis import strategies as st

from indexing.bulk import Backoff, BulkWriter, Wire
from indexing.counters import SinkCounters
from indexing.writers import ReportWriter
from streams.identity import document_id
from streams.records import StoredRecord
from streams.reports import EnrichedReport
from tests.fake_elastic import CrashError, FaultyWire
from tests.indexed import make_item, make_report

__all__ = ["AGENCY", "History", "cut_batches", "expected", "histories", "make_writer", "play", "records_of", "with_ids"]

AGENCY = "cbp"
Expectation = tuple[dict[str, tuple[int, bool]], dict[str, tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class History:
    """Reports in the order of their topic, where batches end, and what goes wrong at each call of the wire."""

    reports: tuple[EnrichedReport, ...]
    cuts: frozenset[int] = frozenset()
    faults: tuple[str, ...] = ()
    overlap: bool = True


FAULTS = ["ok", "ok", "ok", "ok", "lost", "unanswered", "busy", "crash before", "crash after"]


@st.composite
def histories(draw: st.DrawFn, max_reports: int = 14) -> History:
    """Few report numbers, so that revisions meet; equal revisions too, of which the body's hash decides."""
    reports = draw(
        st.lists(
            st.builds(
                _revision,
                number=st.integers(0, 2),
                revision=st.integers(0, 4),
                items=st.integers(0, 5),
                mass=st.integers(1, 3),
                retracted=st.booleans(),
            ),
            min_size=1,
            max_size=max_reports,
        )
    )
    doubled = draw(st.lists(st.sampled_from(reports), max_size=4))
    order = draw(st.permutations([*reports, *doubled]))
    cuts = draw(st.frozensets(st.integers(1, max(1, len(order) - 1))))
    faults = draw(st.lists(st.sampled_from(FAULTS), max_size=20))
    return History(tuple(order), cuts, tuple(faults), draw(st.booleans()))


def _revision(number: int, revision: int, items: int, mass: int, retracted: bool) -> EnrichedReport:
    seized = [make_item(ordinal, mass_kg=float(mass)) for ordinal in range(items)]
    return make_report(
        f"FICTION-{number}",
        agency=AGENCY,
        revision=revision,
        items=seized,
        retracted=retracted,
        event={"disposition": f"mass {mass}"},
    )


def with_ids(history: History, salt: str) -> History:
    """The same history of other reports: for a server that keeps what earlier examples wrote."""
    renamed = []
    for report in history.reports:
        report_id = f"{salt}-{report['report_id']}"
        renamed.append({**report, "report_id": report_id, "id": document_id(report["agency"], report_id)})
    return replace(history, reports=tuple(cast(list[EnrichedReport], renamed)))


def records_of(reports: Sequence[EnrichedReport], topic: str = "reports.joint") -> list[StoredRecord]:
    """The reports as records of one partition."""
    return [
        StoredRecord(topic, 0, offset, 1_700_000_000_000 + offset, report["id"].encode(), orjson.dumps(report))
        for offset, report in enumerate(reports)
    ]


def expected(reports: Sequence[EnrichedReport]) -> Expectation:
    """The simple model: the highest version of each report stands, with exactly its own items.

    Report id -> (version, live), and live item id -> (version, mass).
    """
    newest: dict[str, EnrichedReport] = {}
    for report in reports:
        if report["id"] not in newest or report["version"] >= newest[report["id"]]["version"]:
            newest[report["id"]] = report
    standing = {key: (report["version"], not report["retracted"]) for key, report in newest.items()}
    items = {
        document_id(report["agency"], report["report_id"], item["ordinal"]): (report["version"], item["mass_kg"])
        for report in newest.values()
        for item in report["facts"]["items"]
    }
    return standing, items


def make_writer(wire: Wire, reports: str, items: str, counters: SinkCounters | None = None) -> ReportWriter:
    """The sink's writer without pauses between attempts."""
    bulk = BulkWriter(wire, backoff=lambda: Backoff(first_s=0.0, cap_s=0.0))
    return ReportWriter(bulk, report_index=reports, item_index=items, counters=counters or SinkCounters())


def cut_batches(records: list[StoredRecord], cuts: frozenset[int]) -> Iterator[list[StoredRecord]]:
    """The records in batches that end before each cut."""
    ends = [*sorted(cut for cut in cuts if cut < len(records)), len(records)]
    for start, end in zip([0, *ends], ends, strict=False):
        if start < end:
            yield records[start:end]


async def play(history: History, wire: Wire, *, reports: str, items: str) -> None:
    """Index a history: batch by batch, two in flight if it says so; each crash starts again at the committed offset."""
    faulty = FaultyWire(wire, history.faults)
    everything = records_of(history.reports)
    committed = 0
    for attempt in count():
        writer = make_writer(faulty, reports, items)
        # After a crash the batches are cut elsewhere: a fetch is never the same twice.
        cuts = frozenset(cut + attempt for cut in history.cuts)

        def commit(batch: list[StoredRecord]) -> None:
            nonlocal committed
            committed = batch[-1].offset + 1

        try:
            await _run(writer, list(cut_batches(everything[committed:], cuts)), commit, overlap=history.overlap)
        except CrashError:
            continue
        assert committed == len(everything)
        return


async def _run(
    writer: ReportWriter,
    batches: list[list[StoredRecord]],
    commit: Callable[[list[StoredRecord]], None],
    *,
    overlap: bool,
) -> None:
    """As `indexing.job` does: the first step of a batch may run before the second step of the one before it."""
    waiting = None
    for batch in batches:
        state = await writer.begin(batch)
        if waiting is not None:
            assert not await writer.finish(waiting[1])
            commit(waiting[0])
        waiting = (batch, state)
        if not overlap:
            assert not await writer.finish(state)
            commit(batch)
            waiting = None
    if waiting is not None:
        assert not await writer.finish(waiting[1])
        commit(waiting[0])

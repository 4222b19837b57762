"""Judgements for tests."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from streams.envelope import Envelope
from streams.judgements import JUDGEMENT_TYPE, JudgementRecord, Said, judgement_key
from streams.judging import SOURCE
from streams.links import link_id
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.topics import Topics
from tests.unit.correlating import record_sets, report_name

__all__ = ["RECEIVED", "event_fields", "fact_sets", "make_judgement", "store_event"]

RECEIVED = datetime(2026, 3, 1, 12, 0, 0, 100_000, UTC)
NONE: Mapping[str, bytes] = {}


def make_judgement(said: Said = "different", judge: str = "ana", pair: tuple[int, int] = (1, 2), **parts: Any) -> Any:
    """What the fictional analyst `judge` says of the link of two reports, by the numbers of `make_record`."""
    left, right = sorted(map(report_name, pair))
    link = link_id(left, right)
    record: JudgementRecord = {
        "id": judgement_key(link, judge),
        "kind": "judgement",
        "link": link,
        "left": left,
        "right": right,
        "said": said,
        "why": "Compared both files.",
        "judge": judge,
        "known_by": "login",
        "judged_at": "2026-03-01T12:00:00.000Z",
        "received": "2026-03-01T12:00:00.100Z",
        "event_id": "e1",
    }
    return {**record, **parts}


@st.composite
def _judgements(draw: st.DrawFn) -> Any:
    pair = draw(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda two: two[0] != two[1]))
    return make_judgement(
        draw(st.sampled_from(["same", "different", "different", "withdrawn"])),
        draw(st.sampled_from(["ana", "benito"])),
        pair,
        received=f"2026-03-01T12:00:0{draw(st.integers(0, 9))}.000Z",
    )


@st.composite
def fact_sets(draw: st.DrawFn) -> list[Any]:
    """Comparison records of nine reports and judgements of their pairs, in any order: what `facts.<view>` may hold."""
    return draw(st.permutations([*draw(record_sets()), *draw(st.lists(_judgements(), max_size=12))]))


def event_fields(said: Said = "different", judge: str = "ana", view: str = "joint", **parts: Any) -> dict[str, Any]:
    """The body of the event that says so."""
    record = make_judgement(said, judge)
    names = ("link", "left", "right", "said", "why", "judge", "known_by")
    return {name: record[name] for name in names} | {"view": view} | parts


def store_event(
    topics: Topics, tree: dict[str, Any] | bytes, *, received: datetime = RECEIVED, headers: Mapping[str, bytes] = NONE
) -> StoredRecord:
    """A record of `judgements` with this body, judged a tenth of a second before it was appended."""
    body = tree if isinstance(tree, bytes) else canonical_json(tree)
    envelope = Envelope("e1", SOURCE, JUDGEMENT_TYPE, received - timedelta(milliseconds=100))
    written = {**dict(envelope.to_headers()), **headers}
    stamp = round(received.timestamp() * 1000)
    return StoredRecord(topics.judgements, 0, 0, stamp, b"link", body, tuple(written.items()))

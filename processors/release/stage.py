"""The release stage: enriched reports in, the renditions and comparison records of each view out."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, cast

import orjson
from pydantic import TypeAdapter

from processors.correlation.facts import comparison_record
from processors.faults import refuse_fault
from processors.release.renditions import released_views, rendition, tombstone
from processors.stages import Emitted, Row, State, measure_output
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.reports import EnrichedReport
from streams.topics import Topics

__all__ = ["Memory", "ReleaseStage", "read_report", "render"]

_SHAPE: TypeAdapter[EnrichedReport] = TypeAdapter(EnrichedReport)


class Memory(NamedTuple):
    """What is remembered of a report: its newest revision, and the views that hold something of it now.

    Of two copies of one revision (one event published twice) the one received first counts, so that what a view holds
    depends on the set of records and not on their order. `digest` tells a copy that was enriched by other rules.
    """

    version: int
    received: str
    event_id: str
    digest: str
    views: tuple[str, ...]

    @classmethod
    def load(cls, row: bytes | None) -> "Memory | None":
        """The memory in a state row, or None."""
        if row is None:
            return None
        version, received, event_id, digest, views = orjson.loads(row)
        return cls(version, received, event_id, digest, tuple(views))

    def dump(self) -> bytes:
        """The state row."""
        return orjson.dumps(tuple(self))

    def outranks(self, other: "Memory") -> bool:
        """Whether this revision takes the place of `other`; the very same one does if a view was switched on since."""
        if self.version != other.version:
            return self.version > other.version
        mine, theirs = (self.received, self.event_id), (other.received, other.event_id)
        if mine != theirs:
            return mine < theirs
        return self.digest != other.digest or not set(self.views) <= set(other.views)


class ReleaseStage:
    """What each view may see of the enriched reports, and what it must forget.

    The newest revision of a report decides alone. It goes to the views that its marks name; a view that held an
    earlier one, and isn't named any more, gets a tombstone; a retraction goes the same way, with its reason where its
    marks allow it. A view that never held the report hears nothing of it, so that a record outside a view changes no
    byte there. For that the stage remembers, a row per report, where each one went.
    """

    name = "release"

    def __init__(self, topics: Topics, views: Sequence[str]) -> None:
        """`views` are those that are switched on."""
        self._topics = topics
        self._views = tuple(views)
        self.counts: Counter[str] = Counter()
        """Reports `released` (to one view or more), `withheld` (to none), `superseded` (an older revision, or one seen
        before), `refused`; and `withdrawn`, the tombstones among the outputs."""

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """Renditions and comparison records keyed by document id, and the memory of each report that changed."""
        outputs: list[Output] = []
        rows: dict[bytes, bytes] = {}
        for record in records:
            try:
                report = read_report(record.value)
            except ValueError:  # a fault of ours: the text may quote the record, so it stays out of the letter
                outputs += self._refuse(record, state.output_limit)
                continue
            key = report["id"].encode()
            held = Memory.load(rows.get(key) or state.get(key))
            rendered, memory = self._release(report, record.value or b"", held)
            if memory is None:
                self.counts["superseded"] += 1
                continue
            if any(measure_output(output) > state.output_limit for output in rendered):
                outputs += self._refuse(record, state.output_limit)
                continue
            outputs += rendered
            rows[key] = memory.dump()
            self.counts["released" if memory.views else "withheld"] += 1
        return Emitted(outputs, [Row(key, value) for key, value in rows.items()])

    def _release(self, report: EnrichedReport, value: bytes, held: Memory | None) -> tuple[list[Output], Memory | None]:
        named = released_views(report["handling"], self._views)
        memory = Memory(
            report["version"],
            report["received"],
            report["event_id"],
            hashlib.blake2b(value, digest_size=8).hexdigest(),
            () if report["retracted"] else named,
        )
        if held is not None and not memory.outranks(held):
            return [], None
        # A view that was switched off keeps its place in the memory: it is told once it is switched on again.
        gone = [view for view in (held.views if held else ()) if view not in named and view in self._views]
        kept = [view for view in (held.views if held else ()) if view not in self._views]
        outputs = render(self._topics, report, named, value)
        if gone:
            outputs += render(self._topics, tombstone(report), gone)
            self.counts["withdrawn"] += len(gone)
        return outputs, memory._replace(views=(*memory.views, *kept))

    def _refuse(self, record: Record, limit: int) -> list[Output]:
        self.counts["refused"] += 1
        return refuse_fault(self._topics, record, self.name, limit)


def read_report(value: bytes | None) -> EnrichedReport:
    """A record of `enriched`; `ValueError` if it has not the shape. Fields that we don't know are kept."""
    tree = orjson.loads(value or b"")
    _SHAPE.validate_python(tree, strict=True)
    return cast("EnrichedReport", tree)


def render(topics: Topics, report: EnrichedReport, views: Sequence[str], value: bytes = b"") -> list[Output]:
    """For each of `views` the rendition and its comparison record; `value` are the report's bytes, where known."""
    if not views:
        return []
    seen = rendition(report)
    key = report["id"].encode()
    whole = value if value and seen is report else canonical_json(seen)
    compared = canonical_json(comparison_record(seen))
    return [
        output
        for view in views
        for output in (Output(topics.reports(view), key, whole), Output(topics.facts(view), key, compared))
    ]

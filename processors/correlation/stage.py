"""The correlate stage: comparison records and judgements of one view in, links, networks and events out.

The engine lives in memory and is rebuilt from the state whenever it may not stand where the state stands: after a
restart, when the partition was taken over (`State.epoch`), and when rows that an earlier call returned were dropped
(`MARK_ROW`). While another worker has the partition the engine follows that one's rows: a takeover finds it ready.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

import orjson
from pydantic import TypeAdapter

from processors.correlation.engine import Changes, Engine
from processors.faults import refuse_fault
from processors.stages import Emitted, Row, State
from streams.facts import ComparisonRecord
from streams.judgements import JudgementRecord
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.topics import Topics

__all__ = ["GC_THRESHOLDS", "MARK_ROW", "CorrelateStage", "read_comparison", "read_fact", "read_judgement"]

GC_THRESHOLDS = (1_000_000, 20, 1_000)
"""For `gc.set_threshold` in a process that correlates. The engine keeps millions of small objects, none of them in
cycles, and nearly all that is made for a comparison is gone before a million more are: by the usual thresholds each
would be looked at twice, for nothing.
"""
MARK_ROW = b"mark"
"""Version (offset) of the last record that changed anything. There the engine in memory stands as well."""

_SHAPE: TypeAdapter[ComparisonRecord] = TypeAdapter(ComparisonRecord)
_JUDGEMENT: TypeAdapter[JudgementRecord] = TypeAdapter(JudgementRecord)


def read_fact(value: bytes | None) -> ComparisonRecord | JudgementRecord:
    """A record of `facts.<view>`; `ValueError` if it has neither shape. Fields that we don't know are kept."""
    tree = orjson.loads(value or b"")
    if isinstance(tree, dict) and tree.get("kind") == "judgement":
        _JUDGEMENT.validate_python(tree, strict=True)
        return cast("JudgementRecord", tree)
    _SHAPE.validate_python(tree, strict=True)
    return cast("ComparisonRecord", tree)


def read_comparison(value: bytes | None) -> ComparisonRecord:
    """A comparison record; `ValueError` for anything else."""
    record = read_fact(value)
    if record["kind"] == "judgement":
        raise ValueError("a judgement, no comparison record")
    return record


def read_judgement(value: bytes | None) -> JudgementRecord:
    """What somebody judged of a link; `ValueError` for anything else."""
    record = read_fact(value)
    if record["kind"] != "judgement":
        raise ValueError("no judgement")
    return record


class CorrelateStage:
    """Links, networks and events of one view, from `facts.<view>` (one partition) to `links.<view>`, `networks.<view>`
    and `events.<view>`.

    A record that was taken in before changes nothing, so a replay writes what was lost and nothing else; where one copy
    of a record was enriched by two sets of rules, a replay may pass through the older one again. A record that
    is no comparison record and no judgement is a fault of ours: it becomes a dead letter, and the others go on.
    """

    name = "correlate"

    def __init__(self, topics: Topics, view: str) -> None:
        """`view` is one that the platform was set up with."""
        self._topics = topics
        self._view = view
        self._engine = Engine()
        self._stands_at: tuple[str, int, int, bytes | None] | None = None
        self._follows = False
        self.counts: Counter[str] = Counter()
        """Records `applied`, `ignored` (seen before, or older), `refused`; `links`, `networks` and `events` written;
        `rebuilt`, of which `followed` from an engine that stood by.
        """

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """The last document of each link, network and event that the records change, by id, and the rows to keep."""
        self._stand_with(state, records[0])
        self._engine.read_from(state.get)
        outputs: list[Output] = []
        mark = state.get(MARK_ROW)
        for record in records:
            try:
                fact = read_fact(record.value)
            except ValueError:  # orjson's and pydantic's errors are both; their texts may quote the record
                self.counts["refused"] += 1
                outputs += refuse_fault(self._topics, record, self.name, state.output_limit)
                continue
            # Offsets begin again where the topic was made anew; versions never do.
            version = record.offset if mark is None else max(record.offset, int(mark) + 1)
            if self._take(fact, version):
                mark = b"%d" % version
                self.counts["applied"] += 1
            else:
                self.counts["ignored"] += 1
        changes = self._engine.drain()
        if changes.rows and mark == state.get(MARK_ROW):
            # Rows left over from a change of rules, beside records that change nothing. Were they lost, nobody would
            # miss them if the mark stood still.
            mark = b"%d" % (int(mark or b"0") + 1)
        self._stands_at = self._place(state, records[0], mark)
        outputs += self._outputs(changes)
        rows = [Row(key, value) for key, value in changes.rows.items()]
        return Emitted(outputs, [*rows, Row(MARK_ROW, mark)] if rows else ())

    @property
    def follows(self) -> bool:
        """See `FollowingStage`."""
        return self._follows

    def forget(self) -> None:
        """See `FollowingStage`."""
        # An engine that was told no way to read would keep what is loaded, and records are most of it.
        self._stands_at, self._engine, self._follows = None, Engine(read=_read_nothing), False

    def load(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """See `FollowingStage`."""
        self._engine.restoring.load(rows)

    def begin_following(self, read: Callable[[bytes], bytes | None]) -> None:
        """See `FollowingStage`."""
        self._engine.read_from(read)
        self._follows = True

    def follow(self, changes: Mapping[bytes, bytes | None], read: Callable[[bytes], bytes | None]) -> None:
        """See `FollowingStage`."""
        self._engine.restoring.change(changes, read)

    def _take(self, fact: ComparisonRecord | JudgementRecord, version: int) -> bool:
        """Let the engine have a record; False if it changes nothing."""
        if fact["kind"] == "judgement":
            return self._engine.judge(fact, version)
        return self._engine.absorb(fact, version)

    def _stand_with(self, state: State, record: Record) -> None:
        at = self._place(state, record, state.get(MARK_ROW))
        if self._stands_at == at:
            return
        if self._follows:
            self._engine.read_from(state.get)
            self._engine.stand()
            self.counts["followed"] += 1
        else:
            # Free the old one first: two do not fit into a memory that one fills.
            self._stands_at, self._engine = None, Engine()
            self._engine = Engine.restore(state.items(), read=state.get)
        self._stands_at, self._follows = at, False
        self.counts["rebuilt"] += 1

    @staticmethod
    def _place(state: State, record: Record, mark: bytes | None) -> tuple[str, int, int, bytes | None]:
        return record.topic, record.partition, state.epoch, mark

    def _outputs(self, changes: Changes) -> Iterator[Output]:
        self.counts["links"] += len(changes.links)
        self.counts["networks"] += len(changes.networks)
        self.counts["events"] += len(changes.events)
        documents: tuple[tuple[str, Mapping[str, object]], ...] = (
            (self._topics.links(self._view), changes.links),
            (self._topics.networks(self._view), changes.networks),
            (self._topics.events(self._view), changes.events),
        )
        for topic, by_id in documents:
            for name, document in by_id.items():
                yield Output(topic, name.encode(), canonical_json(document))


def _read_nothing(_key: bytes) -> None:
    return None

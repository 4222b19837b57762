"""An engine that stands by: it follows the rows of the one that works, and goes on in its place."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.batch import correlate
from processors.correlation.engine import Changes, Engine
from processors.correlation.rows import RECORD_ROW, RecordRow, decode_record_row, encode_record_row
from processors.correlation.stage import CorrelateStage
from processors.stages import StateView
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.topics import Topics
from tests.unit.correlating import Folded, keep_rows, make_record
from tests.unit.judging import fact_sets
from tests.unit.test_correlation_engine import FEW

TOPICS = Topics("t-")


def _take(engine: Engine, facts: Iterable[Any], start: int) -> Changes:
    for offset, fact in enumerate(facts, start):
        if fact["kind"] == "judgement":
            engine.judge(fact, offset)
        else:
            engine.absorb(fact, offset)
    return engine.drain()


def _split(facts: list[Any]) -> tuple[list[Any], list[Any]]:
    judged = [fact for fact in facts if fact["kind"] == "judgement"]
    return [fact for fact in facts if fact not in judged], judged


def _age(rows: dict[bytes, bytes], data: st.DataObject) -> None:
    """Some reports were filed by another release, under other keys."""
    for key, value in list(rows.items()):
        if key.startswith(RECORD_ROW) and data.draw(st.integers(0, 4), "of another release") == 0:
            rows[key] = encode_record_row(RecordRow(b"\x01another", (1, 2), decode_record_row(value).raw))


@settings(max_examples=200, deadline=None)
@given(fact_sets(), st.data())
def test_a_follower_goes_on_as_the_oracle_says_wherever_it_began_and_took_over(
    facts: list[Any], data: st.DataObject
) -> None:
    begins = data.draw(st.integers(0, len(facts)), "begins to follow")
    ends = data.draw(st.integers(begins, len(facts)), "takes over")
    rows: dict[bytes, bytes] = {}
    working, folded = Engine(FEW, rows.get), Folded()
    follower = Engine(FEW, rows.get)
    done = 0
    for stop in (begins, *range(begins + 1, ends + 1)):
        changes = _take(working, facts[done:stop], done)
        folded.take(changes.links, changes.networks, changes.events)
        done = stop
        if stop > begins:
            follower.restoring.change(changes.rows, rows.get)
        keep_rows(rows, changes.rows)
        if stop == begins:
            _age(rows, data)
            stored = data.draw(st.permutations(sorted(rows.items())), "rows")
            half = len(stored) // 2
            follower.restoring.load(stored[:half])
            follower.restoring.load(stored[half:])
    follower.stand()
    records, judged = _split(facts[:ends])
    assert (follower.links(), follower.networks(), follower.events()) == correlate(records, FEW, judged)
    changes = _take(follower, facts[ends:], ends)
    folded.take(changes.links, changes.networks, changes.events)
    records, judged = _split(facts)
    assert (follower.links(), follower.networks(), follower.events()) == correlate(records, FEW, judged)
    assert folded.standing() == correlate(records, FEW, judged)


def test_a_takeover_from_a_follower_decodes_and_compares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: dict[bytes, bytes] = {}
    plate = ("plate", "TST1001")
    working, follower = Engine(read=rows.get), Engine(read=rows.get)
    keep_rows(rows, working.apply(make_record(0, plate), 0).rows)
    follower.restoring.load(rows.items())
    changes = working.apply(make_record(1, plate), 1)

    def refuse(*_: object) -> None:
        raise AssertionError("decoded or compared")

    monkeypatch.setattr("processors.correlation.engine.weigh", refuse)
    monkeypatch.setattr("processors.correlation.records.orjson.loads", refuse)
    follower.restoring.change(changes.rows, rows.get)
    keep_rows(rows, changes.rows)
    follower.stand()
    monkeypatch.undo()
    assert follower.links() == working.links()
    assert len(follower.links()) == 1


class _Shared:
    """The stored state of one partition, and the stages over it."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}
        self.epoch = 1

    def process(self, stage: CorrelateStage, facts: list[Any], start: int, follower: CorrelateStage) -> None:
        view = StateView(self.rows.get, 8_000_000, scan=self.rows.items, epoch=self.epoch)
        stored = [
            StoredRecord(TOPICS.facts("us"), 0, offset, 1_770_000_000_000, b"key", canonical_json(fact))
            for offset, fact in enumerate(facts, start)
        ]
        emitted = stage.process(stored, view)
        if follower.follows:
            follower.follow(dict(emitted.rows), self.rows.get)
        keep_rows(self.rows, dict(emitted.rows))


def test_two_stages_take_turns_and_each_takeover_finds_a_follower() -> None:
    shared, stages = _Shared(), [CorrelateStage(TOPICS, "us"), CorrelateStage(TOPICS, "us")]
    facts = [make_record(number, ("plate", f"TST100{number % 3}")) for number in range(12)]
    for turn in range(4):
        working, other = stages[turn % 2], stages[1 - turn % 2]
        other.forget()
        assert not other.follows
        other.load(list(shared.rows.items()))
        other.begin_following(shared.rows.get)
        for start in range(turn * 3, turn * 3 + 3):
            shared.process(working, facts[start : start + 1], start, other)
            assert not working.follows
        shared.epoch += 1
    assert stages[0].counts["followed"] == 1
    assert stages[1].counts["followed"] == 2
    links = Engine.restore(shared.rows.items()).links()
    assert links == correlate(facts).links
    assert links


def test_what_was_loaded_in_part_is_not_stood_on() -> None:
    shared, broken, idle = _Shared(), CorrelateStage(TOPICS, "us"), CorrelateStage(TOPICS, "us")
    facts = [make_record(number, ("plate", "TST1001")) for number in range(3)]
    shared.process(idle, facts[:2], 0, broken)
    broken.forget()
    broken.load(list(shared.rows.items())[:1])  # and then the partition was given to it
    shared.epoch += 1
    shared.process(broken, facts[2:], 2, idle)
    assert broken.counts["rebuilt"] == 1
    assert broken.counts["followed"] == 0
    assert Engine.restore(shared.rows.items()).links() == correlate(facts).links

"""Properties of the watermarks: nothing unacknowledged is committed, nothing goes back, gaps pass."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from processors.errors import OffsetsWentBackError
from processors.transport.watermarks import Partition, Slice, Watermarks

TP = Partition("in", 0)


class WatermarkMachine(RuleBasedStateMachine):
    """Fetches, cuts, acknowledgements, commits and rebalances in any order, against a model of single offsets."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = Watermarks()
        self.position = 0
        self.committed_ever = 0
        self.stale: list[Slice] = []
        self.begin()

    def begin(self) -> None:
        self.marks.assign([TP])
        self.position = self.committed_ever
        self.records: list[int] = []
        self.waiting: list[int] = []
        self.in_flight: Slice | None = None
        self.acknowledged: set[int] = set()
        self.last_done = -1

    @rule(gap=st.integers(0, 3), count=st.integers(1, 5), tail=st.integers(0, 2))
    def fetch(self, gap: int, count: int, tail: int) -> None:
        first = self.position + gap
        offsets = list(range(first, first + count))
        self.position = first + count + tail
        self.marks.fetched(TP, first, self.position)
        self.records += offsets
        self.waiting += offsets

    @precondition(lambda self: self.waiting and self.in_flight is None)
    @rule(data=st.data())
    def hand_out(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(1, len(self.waiting)))
        rest = self.waiting[count:]
        self.in_flight = self.marks.hand_out(TP, rest[0] if rest else self.position)
        self.taken, self.waiting = self.waiting[:count], rest

    @precondition(lambda self: self.in_flight is not None)
    @rule()
    def acknowledge(self) -> None:
        assert self.in_flight is not None
        assert self.marks.acknowledge(self.in_flight)
        self.acknowledged.update(self.taken)
        self.in_flight = None

    @precondition(lambda self: not self.waiting and self.in_flight is None)
    @rule(step=st.integers(0, 3))
    def settle(self, step: int) -> None:
        self.position += step
        self.marks.settle(TP, self.position)

    @rule()
    def commit(self) -> None:
        offset = self.marks.committable(TP)
        if offset is not None:
            self.marks.committed(TP, offset, self.marks.generation)
            self.committed_ever = max(self.committed_ever, offset)
            assert self.marks.committable(TP) is None

    @rule()
    def rebalance(self) -> None:
        if self.in_flight is not None:
            self.stale.append(self.in_flight)
        self.begin()

    @rule(data=st.data())
    def late_acknowledgement(self, data: st.DataObject) -> None:
        if self.stale:
            before = self.marks.done(TP)
            assert not self.marks.acknowledge(data.draw(st.sampled_from(self.stale)))
            assert self.marks.done(TP) == before

    @invariant()
    def never_past_an_unacknowledged_offset(self) -> None:
        offset = self.marks.committable(TP)
        if offset is not None:
            assert all(each in self.acknowledged for each in self.records if each < offset)

    @invariant()
    def never_back_in_a_generation(self) -> None:
        done = self.marks.done(TP)
        if done is not None:
            assert done >= self.last_done
            self.last_done = done

    @invariant()
    def everything_acknowledged_passes_all_gaps(self) -> None:
        if self.records and self.in_flight is None and not self.waiting:
            assert self.marks.done(TP) == self.position


TestWatermarks = WatermarkMachine.TestCase
TestWatermarks.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_a_frozen_watermark_does_not_move() -> None:
    marks = Watermarks()
    marks.assign([TP])
    marks.fetched(TP, 5, 9)
    piece = marks.hand_out(TP, 9)
    marks.freeze()
    assert not marks.acknowledge(piece)
    assert marks.done(TP) == 5


def test_offsets_that_go_back_are_an_error() -> None:
    marks = Watermarks()
    marks.assign([TP])
    marks.fetched(TP, 5, 9)
    with pytest.raises(OffsetsWentBackError, match="from offset 9 to 3"):
        marks.fetched(TP, 3, 4)

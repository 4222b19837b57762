"""The protocol of items and tombstones: any history, any crash and any zombie end in the same index."""

import asyncio
from collections.abc import Coroutine, Generator, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexing.elastic import Answer
from indexing.protocol import Stored, fold_batch, leftover_ordinals, slots_to_store
from streams.contracts import MAX_ITEMS
from tests.fake_elastic import FakeElastic
from tests.index_model import AGENCY, History, cut_batches, expected, histories, make_writer, play, records_of
from tests.indexed import make_report

REPORTS, ITEMS = "reports", "items"


def standing(elastic: FakeElastic) -> Any:
    """The fake's content in the model's terms."""
    reports = {key: (source["version"], source["live"]) for key, source in elastic.sources(REPORTS).items()}
    items = {
        key: (source["version"], source["mass_kg"]) for key, source in elastic.sources(ITEMS).items() if source["live"]
    }
    return reports, items


@settings(max_examples=1500, deadline=None)
@given(history=histories())
def test_any_history_ends_in_the_model(history: History) -> None:
    elastic = FakeElastic()
    asyncio.run(play(history, elastic, reports=REPORTS, items=ITEMS))
    assert standing(elastic) == expected(history.reports)


class _Turn:
    """Gives way once, so that a test decides who goes on."""

    def __await__(self) -> Generator[None, None, None]:
        yield


class TurnByTurn:
    """A wire whose every call gives way before it takes effect and before it answers: requests may land late."""

    def __init__(self, wire: FakeElastic) -> None:
        self._wire = wire

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer:
        """As the wire behind."""
        await _Turn()
        answer = await self._wire.mget(index, ids, field)
        await _Turn()
        return answer

    async def bulk(self, index: str, body: bytes) -> Answer:
        """As the wire behind."""
        await _Turn()
        answer = await self._wire.bulk(index, body)
        await _Turn()
        return answer


class Ownership:
    """Who owns the partition; `prove` is the commit of a batch's first offsets, which Kafka refuses to others."""

    def __init__(self) -> None:
        self.owner = "old"
        self.everybody = False

    def prove(self, member: str) -> bool:
        """Whether the commit succeeds."""
        return self.everybody or self.owner == member


def step(task: Coroutine[None, None, None]) -> bool:
    """Run a coroutine to its next turn; False once it is at its end."""
    try:
        task.send(None)
    except StopIteration:
        return False
    return True


async def own(member: str, ownership: Ownership, wire: TurnByTurn, batches: Sequence[Sequence[Any]]) -> None:
    """A sink as far as it gets: it stops when it can't prove membership."""
    writer = make_writer(wire, REPORTS, ITEMS)
    for batch in batches:
        state = await writer.begin(batch)
        await _Turn()
        if not ownership.prove(member):
            return
        await _Turn()
        await writer.finish(state)
        await _Turn()
        if not ownership.prove(member):
            return


@settings(max_examples=1500, deadline=None)
@given(history=histories(8), takeover=st.integers(0, 60), turns=st.lists(st.booleans(), max_size=80))
@example(
    # The old owner's write of revision 2 (five items) lands between the new owner's read and its write of revision 3.
    history=History(
        (make_report(items=1), make_report(revision=2, items=5), make_report(revision=3, items=2)), frozenset({1, 2})
    ),
    takeover=12,
    turns=[True] * 3 + [False] * 40,
)
def test_an_old_owner_that_wakes_up_leaves_nothing_behind(history: History, takeover: int, turns: list[bool]) -> None:
    elastic = FakeElastic()
    ownership = Ownership()
    records = records_of(history.reports)
    wire = TurnByTurn(elastic)
    old = own("old", ownership, wire, list(cut_batches(records, history.cuts)))
    alive = True
    for _ in range(takeover):
        alive = alive and step(old)
    # Nothing of the old owner was committed: the new one begins at the start, while the old one is still on its way.
    ownership.owner = "new"
    new = own("new", ownership, wire, [records])
    going = True
    for new_one in turns:
        if new_one:
            going = going and step(new)
        else:
            alive = alive and step(old)
    while going:
        going = step(new)
    while alive:
        alive = step(old)
    old.close()
    new.close()
    assert standing(elastic) == expected(history.reports)


@pytest.mark.parametrize(("proves", "left"), [(True, 2), (False, 5)])
def test_the_proof_of_membership_is_what_keeps_old_items_out(proves: bool, left: int) -> None:
    """An old owner's write of revision 2 lands between the new owner's read and its write of revision 3."""
    one, two, three = records_of(
        [make_report(revision=1, items=1), make_report(revision=2, items=5), make_report(revision=3, items=2)]
    )
    elastic, ownership = FakeElastic(), Ownership()
    if not proves:
        ownership.everybody = True
    wire = TurnByTurn(elastic)
    first = own("old", ownership, wire, [[one]])
    while step(first):
        pass
    old, new = own("old", ownership, wire, [[two]]), own("new", ownership, wire, [[three]])
    for _ in range(3):  # the old owner has read, its write is under way
        step(old)
    ownership.owner = "new"
    for _ in range(3):  # so has the new owner: it saw revision 1
        step(new)
    step(old)
    for task in (new, old):
        while step(task):
            pass
    assert sum(source["live"] for source in elastic.sources(ITEMS).values()) == left


def test_the_table_of_the_protocol() -> None:
    assert leftover_ordinals(None, 5, 2, "created") == range(2, 2)
    assert leftover_ordinals(Stored(5, 4), 5, 2, "updated") == range(2, 4)
    assert leftover_ordinals(Stored(3, 4), 5, 2, "updated") == range(2, 4)
    assert leftover_ordinals(Stored(3, 1), 5, 2, "updated") == range(2, 2)
    assert leftover_ordinals(None, 5, 2, "updated") == range(2, MAX_ITEMS)
    assert leftover_ordinals(Stored(6, 1), 5, 2, "updated") == range(2, MAX_ITEMS)
    assert leftover_ordinals(Stored(3, 1), 5, 2, "created") == range(2, MAX_ITEMS)
    assert slots_to_store(None, 2) == 2
    assert slots_to_store(Stored(1, 7), 2) == 7


def test_a_batch_keeps_the_highest_version_and_of_equal_ones_the_later() -> None:
    one, two = make_report(revision=1, agency=AGENCY), make_report(revision=2, agency=AGENCY)
    folded = fold_batch([(two, "a"), (one, "b"), (two, "c")])
    assert list(folded.values()) == [(two, "c")]

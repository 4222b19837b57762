"""The writer of one-document families: the highest version wins whatever the order, faults and crashes."""

import asyncio
from dataclasses import replace
from itertools import count
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.bulk import Backoff, BulkWriter, Wire
from indexing.counters import SinkCounters
from indexing.document_writer import DocumentWriter
from indexing.errors import CanaryRefusedError
from indexing.plan import DERIVED
from streams.records import StoredRecord
from tests.derived import make_alert, make_network
from tests.fake_elastic import CrashError, FakeElastic, FaultyWire
from tests.index_model import FAULTS, cut_batches

NETWORKS, ALERTS = DERIVED[1], DERIVED[2]
IDS = ("a" * 32, "b" * 32, "c" * 32)


def make_writer(wire: Wire, derived: Any = NETWORKS, counters: SinkCounters | None = None) -> DocumentWriter:
    bulk = BulkWriter(wire, backoff=lambda: Backoff(first_s=0.0, cap_s=0.0))
    return DocumentWriter(bulk, derived, index="index", view="joint", counters=counters or SinkCounters())


def records_of(documents: list[Any]) -> list[StoredRecord]:
    return [
        StoredRecord("networks.joint", 0, offset, 1_700_000_000_000, b"k", orjson.dumps(document))
        for offset, document in enumerate(documents)
    ]


def make_version(name: str, version: int) -> Any:
    """One content for each version, as correlation writes it."""
    if version % 3 == 1:
        return {"id": name, "version": version, "state": "merged", "redirect_to": IDS[0]}
    return make_network(id=name, version=version, link_count=version)


VERSIONS = st.lists(st.builds(make_version, st.sampled_from(IDS), st.integers(0, 9)), min_size=1, max_size=20)


@given(
    documents=VERSIONS,
    cuts=st.frozensets(st.integers(1, 20)),
    faults=st.lists(st.sampled_from(FAULTS), max_size=12),
)
def test_any_history_ends_with_the_highest_version(
    documents: list[Any], cuts: frozenset[int], faults: list[str]
) -> None:
    elastic = FakeElastic()
    wire, records = FaultyWire(elastic, faults), records_of(documents)
    committed = 0

    async def run(attempt: int) -> None:
        nonlocal committed
        writer = make_writer(wire)
        for batch in cut_batches(records[committed:], frozenset(cut + attempt for cut in cuts)):
            assert not await writer.finish(await writer.begin(batch))
            committed = batch[-1].offset + 1

    for attempt in count():
        try:
            asyncio.run(run(attempt))
        except CrashError:
            continue
        break
    newest: dict[str, Any] = {}
    for document in documents:
        if document["version"] >= newest.get(document["id"], document)["version"]:
            newest[document["id"]] = document
    found = elastic.sources("index")
    assert {name: (one["version"], one["live"]) for name, one in found.items()} == {
        name: (one["version"], one["state"] == "live") for name, one in newest.items()
    }


def test_nothing_is_written_before_membership_is_proved() -> None:
    elastic = FakeElastic()
    writer = make_writer(elastic)
    state = asyncio.run(writer.begin(records_of([make_network()])))
    assert elastic.sources("index") == {}
    asyncio.run(writer.finish(state))
    assert len(elastic.sources("index")) == 1


def test_of_equal_versions_the_later_in_the_topic_stays() -> None:
    elastic, counters = FakeElastic(), SinkCounters()
    first, second = make_alert("F-1", level=1.0), make_alert("F-1", level=2.0)
    writer = make_writer(elastic, ALERTS, counters)
    assert asyncio.run(writer.finish(asyncio.run(writer.begin(records_of([first, second]))))) == []
    assert elastic.sources("index")[first["id"]]["level"] == 2.0
    assert (counters.folded, counters.documents) == (1, {"alerts": 1})


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"{",
        b"[]",
        b"{}",
        orjson.dumps({**make_network(), "version": -1}),
        orjson.dumps({**make_network(), "version": True}),
        orjson.dumps({**make_network(), "version": 2**63}),
        orjson.dumps({**make_network(), "id": 'x","_index":"other'}),
        orjson.dumps({**make_network(), "state": "standing alone"}),
        orjson.dumps({**make_network(), "goods": ["fentanyl"]}),
        orjson.dumps({**make_network(), "first": "yesterday"}),
    ],
)
def test_what_is_no_network_is_refused_and_hinders_nobody(value: bytes | None) -> None:
    elastic = FakeElastic()
    writer = make_writer(elastic)
    good = records_of([make_network(id=IDS[1])])[0]
    batch = [replace(good, offset=7, value=value), good]
    refusals = asyncio.run(writer.finish(asyncio.run(writer.begin(batch))))
    assert [(refusal.record.offset, refusal.agency, refusal.document_id) for refusal in refusals] == [
        (7, "puente", None)
    ]
    assert set(elastic.sources("index")) == {IDS[1]}


def test_alerts_of_another_view_are_left_to_its_own_job() -> None:
    elastic, counters = FakeElastic(), SinkCounters()
    writer = make_writer(elastic, ALERTS, counters)
    ours, theirs = make_alert("F-1"), make_alert("F-1", view="us")
    assert asyncio.run(writer.finish(asyncio.run(writer.begin(records_of([ours, theirs]))))) == []
    assert set(elastic.sources("index")) == {ours["id"]}
    assert counters.elsewhere == 1


@pytest.mark.parametrize("derived", DERIVED, ids=lambda derived: derived.family.name)
def test_the_canary_is_hidden_and_tells_a_wrong_index(derived: Any) -> None:
    elastic = FakeElastic()
    asyncio.run(make_writer(elastic, derived).check_canary())
    assert [one["live"] for one in elastic.sources("index").values()] == [False]
    with pytest.raises(CanaryRefusedError, match="The index index refuses"):
        asyncio.run(make_writer(FakeElastic(lambda _index, _document: "no"), derived).check_canary())

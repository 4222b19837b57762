"""The incremental engine against the oracle: any order, duplication, revision, retraction, restart and batching."""

import random
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.batch import correlate
from processors.correlation.engine import Engine
from processors.correlation.facts import encode_record
from processors.correlation.keys import LIMITS, Limits
from streams.facts import ComparisonRecord
from streams.links import link_id
from tests.unit.correlating import Folded, keep_rows, make_record, record_sets, report_name

Records = list[ComparisonRecord]
FEW = Limits(rare=2, paired=3)
"""The limits of the property tests: crossed often."""
PLATE = ("plate", "TST1001")
PHONE = ("phone", "+19565550142")


def _members(networks: dict[str, Any]) -> list[list[str]]:
    return sorted(sorted(one["id"] for one in network["members"]) for network in networks.values())


@settings(max_examples=400, deadline=None)
@given(record_sets())
def test_the_engine_equals_the_oracle_after_each_record(records: Records) -> None:
    engine = Engine(FEW)
    folded = Folded()
    for offset, record in enumerate(records):
        changes = engine.apply(record, offset)
        assert all(document["version"] == offset for document in changes.links.values())
        assert all(document["version"] == offset for document in changes.networks.values())
        assert all(document["version"] == offset for document in changes.events.values())
        folded.take(changes.links, changes.networks, changes.events)
        expected = correlate(records[: offset + 1], FEW)
        assert (engine.links(), engine.networks(), engine.events()) == expected
        assert folded.standing() == expected


@settings(max_examples=300, deadline=None)
@given(record_sets(), st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_copies_change_nothing(records: Records, dice: random.Random) -> None:
    shuffled = records + dice.choices(records, k=len(records)) if records else []
    dice.shuffle(shuffled)
    engine = Engine(FEW)
    for offset, record in enumerate(shuffled):
        engine.absorb(record, offset)
        assert not engine.absorb(record, offset + 1000)
    assert (engine.links(), engine.networks(), engine.events()) == correlate(records, FEW)


@settings(max_examples=300, deadline=None)
@given(record_sets(), st.data())
def test_a_restart_and_another_cut_of_the_batches_change_no_document(records: Records, data: st.DataObject) -> None:
    steady, folded = Engine(FEW), Folded()
    stopped, again = Engine(FEW), Folded()
    rows: dict[bytes, bytes] = {}
    for offset, record in enumerate(records):
        changes = steady.apply(record, offset)
        folded.take(changes.links, changes.networks, changes.events)
        stopped.absorb(record, offset)
        if data.draw(st.booleans(), "batch ends"):
            changes = stopped.drain()
            again.take(changes.links, changes.networks, changes.events)
            keep_rows(rows, changes.rows)
        if data.draw(st.integers(0, 3), "crash") == 0:
            # What was absorbed since the last batch is lost and comes again.
            stopped = Engine.restore(data.draw(st.permutations(sorted(rows.items())), "rows"), FEW)
            for earlier in range(offset + 1):
                stopped.absorb(records[earlier], earlier)
    changes = stopped.drain()
    again.take(changes.links, changes.networks, changes.events)
    assert again.standing() == folded.standing()
    assert again.links == folded.links
    assert again.networks == folded.networks
    assert again.events == folded.events


@settings(max_examples=300, deadline=None)
@given(record_sets())
def test_an_old_network_id_leads_to_where_its_report_is_now(records: Records) -> None:
    engine, folded = Engine(FEW), Folded()
    for offset, record in enumerate(records):
        changes = engine.apply(record, offset)
        folded.take(changes.links, changes.networks, changes.events)
    live = folded.live_networks()
    home = {member["id"]: name for name, network in live.items() for member in network["members"]}
    for name, document in folded.networks.items():
        if document["state"] == "live":
            assert home[name] == name
        elif document["state"] == "merged":
            assert home[name] == document["redirect_to"]
        else:
            assert name not in home
    for link in folded.links.values():
        assert (link["state"] == "live") == (link["id"] in engine.links())


def test_a_newer_revision_replaces_and_a_late_older_one_changes_nothing() -> None:
    engine = Engine()
    engine.apply(make_record(1, PLATE), 0)
    assert (
        engine.apply(make_record(2, PLATE, version=5), 1).links[link_id(report_name(1), report_name(2))]["state"]
        == "live"
    )
    withdrawn = engine.apply(make_record(2, PHONE, version=6), 2)
    assert [link["state"] for link in withdrawn.links.values()] == ["withdrawn"]
    assert {network["state"] for network in withdrawn.networks.values()} == {"withdrawn"}
    assert engine.apply(make_record(2, PLATE, version=5), 3) == ({}, {}, {}, {})
    assert engine.links() == {}


def test_a_retraction_withdraws_and_stays_when_the_report_arrives_after_it() -> None:
    engine = Engine()
    engine.apply(make_record(1, PLATE), 0)
    engine.apply(make_record(2, live=False, version=9), 1)
    late = engine.apply(make_record(2, PLATE, version=8), 2)
    assert late == ({}, {}, {}, {})
    assert engine.links() == {}
    # And over a restart, although nothing of the report but its version is kept.
    rows: dict[bytes, bytes] = {}
    keep_rows(rows, Engine().apply(make_record(2, live=False, version=9), 1).rows)
    restored = Engine.restore(rows.items())
    restored.apply(make_record(1, PLATE), 2)
    assert restored.apply(make_record(2, PLATE, version=8), 3) == ({}, {}, {}, {})


def test_what_remains_of_a_withdrawn_link_holds_nothing_of_the_records() -> None:
    engine = Engine()
    engine.apply(make_record(1, PLATE), 0)
    engine.apply(make_record(2, PLATE), 1)
    changes = engine.apply(make_record(2, live=False, version=2), 2)
    link = next(iter(changes.links.values()))
    assert set(link) == {"id", "version", "state", "left", "right"}
    assert all(set(network) == {"id", "version", "state"} for network in changes.networks.values())


def test_a_value_links_up_to_64_reports_and_no_more_both_ways() -> None:
    engine = Engine()
    for number in range(LIMITS.paired):
        engine.apply(make_record(number, PLATE), number)
    assert len(engine.links()) == LIMITS.paired * (LIMITS.paired - 1) // 2
    changes = engine.apply(make_record(900, PLATE), 900)
    assert len(changes.links) == LIMITS.paired * (LIMITS.paired - 1) // 2
    assert {link["state"] for link in changes.links.values()} == {"withdrawn"}
    assert (engine.links(), engine.networks()) == ({}, {})
    back = engine.apply(make_record(900, live=False, version=2), 901)
    assert {link["state"] for link in back.links.values()} == {"live"}
    assert len(engine.links()) == LIMITS.paired * (LIMITS.paired - 1) // 2
    assert len(engine.networks()) == 1


def test_a_value_that_grows_common_weighs_otherwise_for_those_who_carried_it_before() -> None:
    engine, records = Engine(FEW), [make_record(number, PLATE) for number in range(3)]
    for offset, record in enumerate(records):
        changes = engine.apply(record, offset)
    first = link_id(report_name(0), report_name(1))
    assert [reason["level"] for reason in changes.links[first]["reasons"]] == ["common"]
    assert engine.links() == correlate(records, FEW)[0]
    back = engine.apply(make_record(2, live=False, version=2), 3)
    assert [reason["level"] for reason in back.links[first]["reasons"]] == ["rare"]


def test_a_hub_costs_nothing_once_it_is_one() -> None:
    engine = Engine()
    pairs = LIMITS.paired * (LIMITS.paired - 1) // 2
    written = sum(len(engine.apply(make_record(number, PLATE), number).links) for number in range(5_000))
    crossing = LIMITS.rare * (LIMITS.rare - 1) // 2
    assert written == 2 * pairs + crossing, "each link once, once more as a value grows common, and withdrawn once"
    withdrawn = sum(
        len(engine.apply(make_record(number, live=False, version=2), 5_000 + number).links) for number in range(5_000)
    )
    assert withdrawn == 2 * pairs + crossing


def test_a_kept_record_takes_the_memory_of_its_own_bytes() -> None:
    """Orjson returns 700 bytes with a buffer of 8 kB behind them."""
    records = [make_record(number, PLATE) for number in range(500)]
    tracemalloc.start()
    kept = [encode_record(record) for record in records]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 2 * sum(map(len, kept))


def test_a_link_stays_with_its_other_reasons_when_one_value_becomes_a_hub() -> None:
    engine = Engine(Limits(rare=3, paired=3))
    engine.apply(make_record(1, PLATE, PHONE), 1)
    both = engine.apply(make_record(2, PLATE, PHONE), 2).links[link_id(report_name(1), report_name(2))]
    assert [reason["value"] for reason in both["reasons"]] == [PLATE[1], PHONE[1]]
    engine.apply(make_record(3, PHONE), 3)
    changes = engine.apply(make_record(4, PHONE), 4)
    assert [reason["value"] for reason in changes.links[both["id"]]["reasons"]] == [PLATE[1]]
    network = engine.networks()[min(report_name(1), report_name(2))]
    assert [one["value"] for one in network["identifiers"]] == [PLATE[1]]


def test_a_network_loses_a_value_that_becomes_a_hub_although_none_of_its_links_goes() -> None:
    engine, folded = Engine(FEW), Folded()
    for number in (1, 2, 3):
        folded.take(*engine.apply(make_record(number, PLATE, PHONE), number)[:2])
    changes = engine.apply(make_record(4, PHONE), 4)
    folded.take(changes.links, changes.networks)
    assert {link["state"] for link in changes.links.values()} == {"live"}
    [network] = folded.live_networks().values()
    assert [one["value"] for one in network["identifiers"]] == [PLATE[1]]
    assert folded.live_networks() == engine.networks()


@pytest.mark.parametrize("value", [("phone", "+19565550142"), ("docket", "1/26"), ("serial", "FIC204")])
def test_a_written_network_drops_a_value_that_others_made_a_hub_and_takes_it_up_again(value: tuple[str, str]) -> None:
    """Also where the value links nobody: who carries it is a member, and shows it."""
    engine, read = Engine(FEW), Folded()
    shared = [("plate", "TST1001"), ("plate", "TST1002")]
    records = [
        make_record(0, shared[0], value),
        make_record(1, *shared),
        make_record(2, shared[1], value),
        *(make_record(number, value) for number in (3, 4, 5)),
        *(make_record(number, live=False, version=2) for number in (5, 4, 3)),
    ]
    for offset, record in enumerate(records):
        changes = engine.apply(record, offset)
        read.take(changes.links, changes.networks, changes.events)
        assert read.standing() == correlate(records[: offset + 1], FEW)


def test_two_networks_merge_through_a_bridge_and_split_without_it() -> None:
    engine = Engine()
    for number, value in enumerate([PLATE, PLATE, PHONE, PHONE]):
        engine.apply(make_record(number, value), number)
    before = sorted(engine.networks())
    assert len(before) == 2
    merged = engine.apply(make_record(9, PLATE, PHONE), 9).networks
    one = min(report_name(number) for number in (0, 1, 2, 3, 9))
    assert list(engine.networks()) == [one]
    assert engine.networks()[one]["member_count"] == 5
    for old in set(before) - {one}:
        assert merged[old] == {"id": old, "version": 9, "state": "merged", "redirect_to": one}
    split = engine.apply(make_record(9, live=False, version=2), 10).networks
    assert sorted(engine.networks()) == before
    assert all(split[old]["state"] == "live" for old in before)
    assert _members(engine.networks()) == sorted(
        sorted(report_name(number) for number in pair) for pair in ((0, 1), (2, 3))
    )


def test_an_exercise_never_meets_a_real_record() -> None:
    engine = Engine(FEW)
    for number in range(3):
        engine.apply(make_record(number, PLATE), number)
    real = make_record(10, PLATE, exercise=False)
    assert engine.apply(real, 10)[:2] == ({}, {})
    # Nor does it make a value common for the others.
    assert len(engine.links()) == 3

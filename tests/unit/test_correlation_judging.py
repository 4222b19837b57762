"""Judgements in the engine against the oracle: networks and events that split, join and come back, in any order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.batch import correlate
from processors.correlation.engine import Engine
from processors.correlation.keys import Limits
from processors.correlation.rows import JUDGEMENT_ROW
from streams.links import link_id
from tests.unit.correlating import GOODS, PLACES, Folded, keep_rows, make_record, report_name
from tests.unit.judging import fact_sets, make_judgement

FEW = Limits(rare=2, paired=3)
PLATE, PHONE, SERIAL = ("plate", "TST1001"), ("phone", "+19565550142"), ("serial", "FIC204")


def _take(engine: Engine, fact: Any, offset: int) -> bool:
    return engine.judge(fact, offset) if fact["kind"] == "judgement" else engine.absorb(fact, offset)


def _correlate(facts: list[Any]) -> Any:
    judged = [fact for fact in facts if fact["kind"] == "judgement"]
    return correlate([fact for fact in facts if fact["kind"] != "judgement"], FEW, judged)


@settings(max_examples=400, deadline=None)
@given(fact_sets())
def test_the_engine_equals_the_oracle_after_each_record_and_judgement(facts: list[Any]) -> None:
    engine, folded = Engine(FEW), Folded()
    for offset, fact in enumerate(facts):
        _take(engine, fact, offset)
        changes = engine.drain()
        folded.take(changes.links, changes.networks, changes.events)
        expected = _correlate(facts[: offset + 1])
        assert (engine.links(), engine.networks(), engine.events()) == expected
        assert folded.standing() == expected
        assert not _take(engine, fact, offset + 1000)
    _check_old_ids(folded)


def _check_old_ids(folded: Folded) -> None:
    """An id that a network or an event once had leads to where its report is now."""
    for documents, live in ((folded.networks, folded.live_networks()), (folded.events, folded.live_events())):
        home = {member["id"]: name for name, document in live.items() for member in document["members"]}
        for name, document in documents.items():
            if document["state"] == "live":
                assert home[name] == name
            elif document["state"] == "merged":
                assert home[name] == document["redirect_to"]
            else:
                assert name not in home
        # Every report of an event has a document that leads to it.
        assert documents is folded.networks or home.keys() <= documents.keys()


@settings(max_examples=300, deadline=None)
@given(fact_sets(), st.data())
def test_a_restart_and_another_cut_of_the_batches_change_no_document(facts: list[Any], data: st.DataObject) -> None:
    steady, folded = Engine(FEW), Folded()
    stopped, again = Engine(FEW), Folded()
    rows: dict[bytes, bytes] = {}
    for offset, fact in enumerate(facts):
        for engine in (steady, stopped):
            _take(engine, fact, offset)
        changes = steady.drain()
        folded.take(changes.links, changes.networks, changes.events)
        if data.draw(st.booleans(), "batch ends"):
            changes = stopped.drain()
            again.take(changes.links, changes.networks, changes.events)
            keep_rows(rows, changes.rows)
        if data.draw(st.integers(0, 3), "crash") == 0:
            stopped = Engine.restore(data.draw(st.permutations(sorted(rows.items())), "rows"), FEW)
            for earlier in range(offset + 1):
                _take(stopped, facts[earlier], earlier)
    changes = stopped.drain()
    again.take(changes.links, changes.networks, changes.events)
    assert again.standing() == folded.standing()
    assert {name: one["version"] for name, one in again.links.items()} == {
        name: one["version"] for name, one in folded.links.items()
    }


def _members(documents: dict[str, Any]) -> list[list[str]]:
    return sorted(sorted(one["report_id"] for one in document["members"]) for document in documents.values())


def _chain() -> Engine:
    """T-1 and T-2 share a plate, T-2 and T-3 a telephone, T-3 and T-4 a serial."""
    engine = Engine()
    for number, values in enumerate([(PLATE,), (PLATE, PHONE), (PHONE, SERIAL), (SERIAL,)], 1):
        engine.absorb(make_record(number, *values), number)
    engine.drain()
    return engine


def test_a_judgement_parts_a_network_and_withdrawn_makes_it_whole_again() -> None:
    engine = _chain()
    whole = engine.networks()
    assert _members(whole) == [["T-1", "T-2", "T-3", "T-4"]]
    engine.judge(make_judgement("different", pair=(2, 3)), 10)
    changes = engine.drain()
    link = changes.links[link_id(report_name(2), report_name(3))]
    assert (link["state"], link["judged"]["verdict"], link["version"]) == ("live", "different", 10)
    assert _members(engine.networks()) == [["T-1", "T-2"], ["T-3", "T-4"]]
    later = {"received": "2026-03-02T00:00:00.000Z"}
    engine.judge(make_judgement("withdrawn", pair=(2, 3), **later), 11)
    changes = engine.drain()
    assert "judged" not in changes.links[link["id"]]
    assert engine.networks() == whole
    [gone] = [one for one in changes.networks.values() if one["state"] == "merged"]
    assert gone["redirect_to"] == next(iter(whole))


def test_two_reports_judged_different_are_apart_whatever_links_them() -> None:
    engine = _chain()
    # Nothing links the two but the chain: it breaks, and no link says why.
    engine.judge(make_judgement("different", pair=(1, 4)), 10)
    assert engine.drain().links == {}
    homes = _members(engine.networks())
    assert homes
    assert not any({"T-1", "T-4"} <= set(home) for home in homes)


def test_a_judgement_that_comes_before_its_reports_holds_when_they_come() -> None:
    engine = Engine()
    assert engine.judge(make_judgement("different", pair=(1, 2)), 0)
    assert engine.drain()[:3] == ({}, {}, {})
    engine.absorb(make_record(1, PLATE), 1)
    engine.absorb(make_record(2, PLATE), 2)
    changes = engine.drain()
    [link] = changes.links.values()
    assert link["judged"]["verdict"] == "different"
    assert changes.networks == {}


def test_same_joins_a_network_that_the_evidence_would_not_but_makes_no_link() -> None:
    press_mark = [{"field": "items[0].press_marks[0]", "value": "toro", "as_written": "TORO"}]
    engine = Engine()
    for number in (1, 2):
        engine.absorb(make_record(number, press_marks=press_mark), number)
    engine.absorb(make_record(3), 3)
    [link] = engine.drain().links.values()
    assert (link["strength"], engine.networks()) == ("possible", {})
    engine.judge(make_judgement("same", pair=(1, 2)), 4)
    engine.judge(make_judgement("same", pair=(1, 3)), 5)
    changes = engine.drain()
    assert list(changes.links) == [link["id"]]
    assert changes.links[link["id"]]["strength"] == "possible"
    assert _members(engine.networks()) == [["T-1", "T-2"]]
    # As long as the evidence still makes a link at all.
    engine.absorb(make_record(2, version=2), 6)
    assert engine.drain().links[link["id"]]["state"] == "withdrawn"
    assert engine.networks() == {}


def test_of_two_people_one_judge_does_not_say_same() -> None:
    engine = Engine()
    people = [{"field": "people[0]", "name": "Dario Ejemplar Quilmes"}]
    for number in (1, 2):
        engine.absorb(make_record(number, people=people), number)
    [link] = engine.drain().links.values()
    engine.judge(make_judgement("same", "ana"), 3)
    shown = engine.drain().links[link["id"]]["judged"]
    assert shown["awaiting_second"]
    assert engine.networks() == {}
    engine.judge(make_judgement("same", "benito"), 4)
    engine.drain()
    assert len(engine.networks()) == 1


def _load(number: int, agency: str, **parts: Any) -> Any:
    span = {"start": "2026-03-04T00:00:00.000Z", "end": "2026-03-05T00:00:00.000Z"}
    when = {**span, "precision": "day", "zone": "UTC", "zone_from": "record"}
    return make_record(number, agency=agency, when=when, place=PLACES[0], items=GOODS[1:2], **parts)


def test_one_load_that_three_agencies_report_is_one_event_until_somebody_judges_otherwise() -> None:
    engine, folded = Engine(), Folded()
    for number, agency in enumerate(["cbp", "dea", "hsi"], 1):
        folded.take(*engine.apply(_load(number, agency), number)[:3])
    [event] = engine.events().values()
    assert (event["member_count"], event["origins"], event["grade"]["credibility"]) == (3, 3, "1")
    assert [(one["measure"], one["value"]) for one in event["goods"]] == [("count", 300.0), ("mass_kg", 0.2)]
    assert {one["state"] for one in folded.events.values()} == {"live", "merged"}
    engine.judge(make_judgement("different", pair=(1, 2)), 10)
    folded.take(*engine.drain()[:3])
    assert len(engine.events()) == 2
    assert folded.live_events() == engine.events()
    engine.absorb(make_record(1, version=2, live=False), 11)
    folded.take(*engine.drain()[:3])
    assert folded.events[report_name(1)] == {"id": report_name(1), "version": 11, "state": "withdrawn"}
    assert [one["member_count"] for one in engine.events().values()] == [2]


def test_a_second_load_of_one_agency_is_an_event_of_its_own() -> None:
    engine = Engine()
    for number, agency in enumerate(["cbp", "dea", "cbp"], 1):
        engine.absorb(_load(number, agency), number)
    assert sorted(one["member_count"] for one in engine.events().values()) == [1, 2]


def test_a_network_counts_a_load_once_and_hears_of_it_when_events_join() -> None:
    engine, folded = Engine(), Folded()
    folded.take(*engine.apply(_load(1, "cbp", identifiers=[]) | {"identifiers": _carry(PLATE)}, 1)[:3])
    folded.take(*engine.apply(make_record(2, PLATE, agency="gn"), 2)[:3])
    folded.take(*engine.apply(_load(3, "dea") | {"identifiers": _carry(PLATE)}, 3)[:3])
    [network] = folded.live_networks().values()
    assert network["goods"] == [{"commodity": "fentanyl", "mass_kg": 0.2}]
    assert network["timeline_count"] == 2
    # Judged different, the two loads are two, and the reports are in two networks.
    engine.judge(make_judgement("different", pair=(1, 3)), 4)
    folded.take(*engine.drain()[:3])
    assert folded.live_networks() == engine.networks()
    assert len(engine.events()) == 3


def _carry(*values: tuple[str, str]) -> list[dict[str, str]]:
    return [{"kind": kind, "value": value, "field": "field", "as_written": value} for kind, value in values]


def test_a_large_network_lists_its_weakest_bridge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.correlation.bridges.OVERSIZED_FROM", 4)
    engine = _chain()
    [network] = engine.networks().values()
    assert network["oversized"]
    [bridge] = network["bridges"]
    assert bridge["link"] == link_id(report_name(2), report_name(3))
    assert (bridge["left_members"], bridge["right_members"], network["bridge_count"]) == (2, 2, 1)
    records = [make_record(number, *values) for number, values in enumerate(
        [(PLATE,), (PLATE, PHONE), (PHONE, SERIAL), (SERIAL,)], 1)]  # fmt: skip
    assert correlate(records).networks == engine.networks()


def test_a_judgement_has_a_row_of_its_own() -> None:
    engine = Engine()
    judgement = make_judgement("different")
    engine.judge(judgement, 0)
    assert list(engine.drain().rows) == [JUDGEMENT_ROW + judgement["id"].encode()]
    assert not engine.judge(judgement, 1)
    assert engine.drain().rows == {}

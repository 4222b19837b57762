"""Who and what a network tells of, and its timeline, in which each event counts once."""

import random
from typing import Any

from hypothesis import given, settings

from processors.correlation.bridges import OVERSIZED_FROM
from processors.correlation.dossiers import list_firearms, list_marks, list_people, list_phones, list_vehicles
from processors.correlation.members import read_member
from processors.correlation.networks import MAX_LISTED
from processors.correlation.timelines import tell_happenings
from streams.facts import ComparisonRecord
from tests.unit.correlating import GOODS, MARKS, PLACES, identifier, make_record, record_sets, report_name, summarise

PLATE = ("plate", "TST1001")


def _person(name: str, **parts: Any) -> dict[str, Any]:
    return {"field": "people[0]", "name": name, **parts}


def _gun(**facts: str) -> dict[str, Any]:
    return {
        "ordinal": 0,
        "kind": "firearm",
        "commodity": "firearm",
        "count": 1.0,
        "count_unit": "unit",
        "firearm": facts,
    }


def _day(day: int) -> dict[str, str]:
    span = {"start": f"2026-03-{day:02}T00:00:00.000Z", "end": f"2026-03-{day + 1:02}T00:00:00.000Z"}
    return {**span, "precision": "day", "zone": "UTC", "zone_from": "record"}


def test_one_name_is_one_entry_unless_birth_dates_differ() -> None:
    members: list[Any] = [
        make_record(1, people=[_person("Dario Ejemplar Quilmes", born="1990-02-03", aliases=["El Ejemplo"])]),
        make_record(2, people=[_person("EJEMPLAR QUILMES, Darío")]),
        make_record(3, people=[_person("Rosa Muestra", born="1980-01-01"), _person("Rosa Muestra", born="1990-01-01")]),
    ]
    told = [read_member(record) for record in members]
    assert list_people(told) == [
        {
            "names": ["Dario Ejemplar Quilmes", "EJEMPLAR QUILMES, Darío"],
            "reports": 2,
            "aliases": ["El Ejemplo"],
            "born": "1990-02-03",
        },
        {"names": ["Rosa Muestra"], "reports": 1, "born": "1980-01-01"},
        {"names": ["Rosa Muestra"], "reports": 1, "born": "1990-01-01"},
    ]


def test_vehicles_that_share_a_number_are_one_and_others_by_their_looks() -> None:
    white = {"field": "conveyances[0]", "kind": "vehicle", "make": "ford", "model": "f-150", "colour": "white"}
    plate, vin = identifier("plate", "TST1001"), identifier("vin", "1FTFW1ET5DFC00001")
    members: list[Any] = [
        make_record(1, vehicles=[white], identifiers=[plate | {"field": "conveyances[0].plates[0].number"}]),
        make_record(2, identifiers=[plate | {"field": "conveyances[1].plates[0].number"},
                                    vin | {"field": "conveyances[1].vin"}]),
        make_record(3, vehicles=[white], identifiers=[vin | {"field": "conveyances[0].vin"}]),
        make_record(4, vehicles=[white]),
        make_record(5, vehicles=[white | {"field": "conveyances[2]"}]),
        make_record(6, vehicles=[{"field": "conveyances[0]", "kind": "vessel"}]),
    ]  # fmt: skip
    told = [read_member(record) for record in members]
    assert list_vehicles(told) == [
        {"looks": ["white ford f-150"], "plates": ["TST1001"], "vins": ["1FTFW1ET5DFC00001"], "reports": 3},
        {"looks": ["white ford f-150"], "reports": 2},
        {"looks": ["vessel"], "reports": 1},
    ]
    assert list_vehicles(told[::-1]) == list_vehicles(told)


def test_firearms_telephones_and_marks_are_counted_by_record() -> None:
    phone = identifier("phone", "+19565550142")
    members: list[Any] = [
        make_record(1, items=[_gun(make="beretta", serial="FIC204"), _gun()], identifiers=[phone], press_marks=MARKS),
        make_record(2, items=[_gun(make="beretta", serial="FIC204")] * 2, press_marks=MARKS[:1]),
        make_record(3, identifiers=[phone, identifier("phone", "+19565550100")]),
    ]
    told = [read_member(record) for record in members]
    assert list_firearms(told) == [{"make": "beretta", "serial": "FIC204", "reports": 2}]
    assert list_phones(told, lambda key: key.endswith("0100")) == [{"value": "+19565550142", "reports": 2}]
    assert list_marks(told) == [{"value": "m30", "reports": 2}, {"value": "toro", "reports": 1}]


def test_a_load_that_two_agencies_report_counts_once() -> None:
    members = [
        make_record(1, PLATE, agency="cbp", items=GOODS, when=_day(2), place=PLACES[0]),
        make_record(2, PLATE, agency="dea", items=GOODS, when=_day(2)),
        make_record(3, PLATE, agency="dea", items=GOODS[:1], when=_day(1)),
        make_record(4, PLATE, agency="cbp", items=GOODS, count_basis="period_total"),
        make_record(5, PLATE, agency="press", kind="news", when=_day(9)),
    ]
    event = min(report_name(1), report_name(2))
    network = summarise(members, 9, event_of={report_name(1): event, report_name(2): event})
    assert network["goods"] == [{"commodity": "fentanyl", "mass_kg": 0.4}]
    assert network["counts"] == {"firearms": 2, "rounds": 50, "pills": 300}
    assert [
        (one.get("event"), one.get("day"), one["agencies"], one["reports"], one.get("basis"))
        for one in network["timeline"]
    ] == [
        (report_name(3), "2026-03-01", ["dea"], 1, None),
        (event, "2026-03-02", ["cbp", "dea"], 2, None),
        (None, "2026-03-09", ["press"], 1, None),
        (None, None, ["cbp"], 1, "period_total"),
    ]
    assert network["timeline_count"] == 4
    # Each event is as good as its origins make it, and the network as its weakest event.
    assert network["grade"] == {"reliability": "B", "credibility": "2"}
    told = [read_member(record) for record in members[:2]]
    read = {record["id"]: record for record in members}.__getitem__
    confirmed = tell_happenings(told, {report_name(1): event, report_name(2): event}, read)
    assert [one.grade for one in confirmed] == [{"reliability": "B", "credibility": "1"}]


def test_what_only_news_tell_is_no_part_of_a_sum() -> None:
    told = [{"field": "body", "as_written": "2 kg", "commodity": "fentanyl", "qty_si": 2.0, "unit": "kg"}]
    members = [make_record(1, PLATE, items=GOODS[:1]), make_record(2, PLATE, kind="news", told=told)]
    network = summarise(members, 1)
    assert network["goods"] == [{"commodity": "fentanyl", "mass_kg": 0.1}]
    goods = [amount for one in network["timeline"] for amount in one["goods"]]
    assert sorted((amount["value"], amount.get("only_news", False)) for amount in goods) == [(0.1, False), (2.0, True)]


def test_a_network_is_flagged_from_a_hundred_members_on_and_lists_its_bridges() -> None:
    bridge: Any = {"link": "c", "left": "a", "right": "b", "score": 3.5, "left_members": 40, "right_members": 60}
    for count, flagged in ((OVERSIZED_FROM - 1, False), (OVERSIZED_FROM, True)):
        members = [make_record(number, PLATE) for number in range(count)]
        network = summarise(members, 0, bridges=[bridge] * 12)
        assert network["oversized"] == flagged
        assert len(network["members"]) == count < MAX_LISTED
        assert (len(network.get("bridges", [])), network.get("bridge_count")) == ((10, 12) if flagged else (0, None))


@settings(max_examples=100, deadline=None)
@given(record_sets(2))
def test_a_network_is_a_function_of_the_set_of_its_members(records: list[ComparisonRecord]) -> None:
    members = list({record["id"]: record for record in records if record["live"]}.values())
    if not members:
        return
    dice = random.Random(len(members))
    shuffled = dice.sample(members, len(members))
    assert summarise(members, 1) == summarise(shuffled, 1)

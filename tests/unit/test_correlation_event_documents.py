"""What an event's document says: one amount of each good, where and when, and how well it is confirmed."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.amounts import settle_amounts
from processors.correlation.corroboration import corroborate, find_origins, grade_origins
from processors.correlation.event_documents import gone_event, summarise_event
from tests.unit.correlating import GOODS, PLACES, TEXTS, make_record, report_name

GRADES = st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("123456"))


def _graded(number: int, grade: str, **parts: Any) -> Any:
    mark = {"reliability": grade[0], "credibility": grade[1], "given_by": "record"}
    return make_record(number, grade=mark, **{"agency": f"agency-{number}", **parts})


def _drug(commodity: str, **amounts: Any) -> dict[str, Any]:
    return {"ordinal": 0, "kind": "substance", "commodity": commodity, **amounts}


def _told(commodity: str, value: float, unit: str = "kg") -> dict[str, Any]:
    return {
        "field": "body",
        "as_written": f"{value} {unit}",
        "commodity": commodity,
        "qty_si": value,
        "unit": unit,
    }


def _span(start: str, end: str, precision: str, zone: str = "UTC") -> dict[str, str]:
    return {"start": start, "end": end, "precision": precision, "zone": zone, "zone_from": "record"}


# -- amounts ---------------------------------------------------------------------------------------------------


def test_the_best_graded_official_record_says_how_much_and_the_others_how_far_they_differ() -> None:
    records = [
        _graded(1, "C3", items=[_drug("fentanyl", mass_kg=50.0), _drug("cocaine", mass_kg=7.0)]),
        _graded(2, "A2", items=[_drug("fentanyl", mass_kg=45.0, approximate=True)]),
        _graded(3, "A1", kind="news", told=[_told("fentanyl", 44.0), _told("heroin", 2.0)]),
    ]
    assert settle_amounts(records) == [
        {
            "commodity": "cocaine",
            "measure": "mass_kg",
            "value": 7.0,
            "agency": "agency-1",
            "report_id": "T-1",
        },
        {
            "commodity": "fentanyl",
            "measure": "mass_kg",
            "value": 45.0,
            "approximate": True,
            "low": 44.0,
            "high": 50.0,
            "agency": "agency-2",
            "report_id": "T-2",
        },
        {
            "commodity": "heroin",
            "measure": "mass_kg",
            "value": 2.0,
            "only_news": True,
            "agency": "agency-3",
            "report_id": "T-3",
        },
    ]


def test_items_of_one_record_are_added_up_in_each_measure() -> None:
    amounts = settle_amounts([make_record(1, items=GOODS)])
    assert [(one["commodity"], one["measure"], one.get("unit"), one["value"]) for one in amounts] == [
        ("ammunition", "count", "round", 50.0),
        ("fentanyl", "count", "pill", 300.0),
        ("fentanyl", "mass_kg", None, 0.3),
        ("firearm", "count", "unit", 2.0),
    ]


def test_drugs_that_one_record_leaves_unnamed_are_those_that_another_names() -> None:
    named = _graded(1, "B2", items=[_drug("fentanyl", mass_kg=10.0)])
    unnamed = _graded(2, "A1", items=[_drug("drugs_unspecified", mass_kg=10.0)])
    both = _graded(3, "B2", items=[_drug("fentanyl", mass_kg=1.0), _drug("drugs_unspecified", mass_kg=2.0)])
    assert [one["commodity"] for one in settle_amounts([named, unnamed])] == ["fentanyl"]
    assert [one["commodity"] for one in settle_amounts([unnamed])] == ["drugs_unspecified"]
    assert [one["commodity"] for one in settle_amounts([both])] == ["drugs_unspecified", "fentanyl"]


def test_what_a_text_tells_first_counts_in_units_of_the_contracts() -> None:
    told = [
        _told("methamphetamine", 500.0, "ml"),
        _told("fentanyl", 3.0, "lb"),
        _told("fentanyl", 9.0),
        _told("cash", 8.0, "MXN"),
        _told("fentanyl", 100.0, "pill"),
        _told("migrant", 3.0, "person"),
        _told("ammunition", 50.0, "unit"),
    ]
    amounts = settle_amounts([_graded(1, "C3", kind="news", told=told)])
    assert [(one["commodity"], one["measure"], one.get("unit"), one["value"], one.get("high")) for one in amounts] == [
        ("ammunition", "count", "round", 50.0, None),
        ("cash", "amount", "MXN", 8.0, None),
        ("fentanyl", "count", "pill", 100.0, None),
        ("fentanyl", "mass_kg", None, 3.0, 9.0),
        ("methamphetamine", "volume_l", None, 500.0, None),
    ]


# -- corroboration ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("best", "official", "news", "grade"),
    [
        ("B2", [], [], "B2"),
        ("B2", ["B2"], [], "B1"),
        ("B3", ["C3"], [], "B2"),
        ("B3", ["C3", "C3", "C3"], [], "B1"),
        ("B4", ["B2"], [], "B3"),
        ("B2", [], ["C3", "C3"], "B2"),  # news may retell what the agency told
        ("C4", [], ["C3", "C3", "C3"], "C2"),
        ("B3", ["B2"], ["C3"], "B2"),
        ("B1", ["B5"], ["C3"], "B1"),
        ("B2", ["D1", "E1", "F1", "A4", "A6"], ["F1"], "B2"),  # none of them confirms
        ("F3", ["F1"], ["A1"], "F3"),
        ("B6", ["A1"], ["A1"], "B6"),
    ],
)
def test_what_independent_origins_do_to_a_grade(best: str, official: list[str], news: list[str], grade: str) -> None:
    def split(grades: list[str]) -> list[tuple[str, str]]:
        return [(one[0], one[1]) for one in grades]

    raised = corroborate((best[0], best[1]), split(official), split(news))
    assert raised["reliability"] + raised["credibility"] == grade


@given(GRADES, st.lists(GRADES, max_size=4), st.lists(GRADES, max_size=4), st.booleans())
def test_another_origin_never_lowers_a_grade_and_never_touches_reliability(
    best: tuple[str, str], official: list[tuple[str, str]], news: list[tuple[str, str]], more_news: bool
) -> None:
    before = corroborate(best, official, news)
    assert before["reliability"] == best[0]
    assert "1" <= before["credibility"] <= best[1]
    for grade in ("A1", "C3", "D4", "F6"):
        other = [(grade[0], grade[1])]
        after = corroborate(best, official + other * (not more_news), news + other * more_news)
        assert after["credibility"] <= before["credibility"]


def test_copies_and_records_of_one_agency_are_one_origin() -> None:
    release = _graded(1, "B2", texts=[TEXTS[0]], agency="fgr")
    case = _graded(2, "B2", agency="fgr", kind="case")
    copy = _graded(3, "C3", texts=[TEXTS[0]], agency="press", kind="news")
    other = _graded(4, "C3", agency="press", kind="news")
    cited = _graded(5, "C3", agency="press", kind="news", origin="reforma")
    again = _graded(6, "C3", agency="press", kind="news", origin="reforma")
    army = _graded(7, "B2", agency="sedena")
    origins = find_origins([release, case, copy, other, cited, again, army])
    assert [[record["report_id"] for record in one] for one in origins] == [
        ["T-1", "T-2", "T-3"],
        ["T-4"],
        ["T-5", "T-6"],
        ["T-7"],
    ]
    assert grade_origins(find_origins([release, case, copy])) == {"reliability": "B", "credibility": "2"}
    assert grade_origins(find_origins([release, copy, army])) == {"reliability": "B", "credibility": "1"}


def test_a_source_that_cannot_be_judged_leaves_the_grade_of_the_others() -> None:
    assert summarise_event([_graded(1, "B2"), _graded(2, "F6")])["grade"] == {"reliability": "B", "credibility": "2"}
    assert summarise_event([_graded(1, "A6"), _graded(2, "C3")])["grade"] == {"reliability": "C", "credibility": "3"}
    assert summarise_event([_graded(1, "F6")])["grade"] == {"reliability": "F", "credibility": "6"}
    ungraded = make_record(1)
    del ungraded["grade"]
    assert summarise_event([ungraded])["grade"] == {"reliability": "F", "credibility": "6"}


# -- documents -------------------------------------------------------------------------------------------------


def test_an_event_of_one_report_says_what_the_report_says() -> None:
    night = _span("2026-03-02T05:00:00.000Z", "2026-03-02T06:00:00.000Z", "hour", "America/Chicago")
    document = summarise_event([make_record(1, items=GOODS[:1], when=night, place=PLACES[0], flow="northbound")], 7)
    assert document["id"] == report_name(1)
    assert (document["version"], document["state"], document["origins"], document["only_news"]) == (7, "live", 1, False)
    assert document["member_count"] == len(document["members"]) == 1
    assert (document["span"], document["day"]) == (night, "2026-03-01")
    assert (document["place"], document["areas"], document["flow"]) == (PLACES[0], ["laredo"], "northbound")
    assert document["grade"] == {"reliability": "B", "credibility": "2"}
    assert document["handling"] == {"tlp": "GREEN", "releasable_to": ["joint", "mx", "us"]}


def test_the_most_exact_official_time_and_place_stand_for_the_event() -> None:
    day = _span("2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z", "day")
    hour = _span("2026-03-01T09:00:00.000Z", "2026-03-01T10:00:00.000Z", "hour")
    minute = _span("2026-03-02T09:00:00.000Z", "2026-03-02T09:01:00.000Z", "minute")
    state = {"kind": "state", "name": "Texas", "code": "US-TX"}
    document = summarise_event(
        [
            _graded(1, "A1", when=day, place=state),
            _graded(2, "C3", when=hour, place=PLACES[0]),
            _graded(3, "A1", kind="news", when=minute, told_places=["tijuana"]),
        ]
    )
    assert (document["span"], document["place"]) == (hour, PLACES[0])
    assert document["areas"] == ["US-TX", "laredo"]
    alone = summarise_event([_graded(3, "A1", kind="news", when=minute, told_places=["tijuana"])])
    assert (alone["span"], alone["areas"], alone["only_news"]) == (minute, ["tijuana"], True)
    assert "place" not in alone


def test_handling_is_that_of_the_most_restricted_record() -> None:
    marks = {"tlp": "AMBER", "releasable_to": ["joint", "us"]}
    document = summarise_event([make_record(1), make_record(2, handling=marks)])
    assert document["handling"] == marks


def test_what_remains_of_an_id_holds_nothing_of_the_records() -> None:
    assert gone_event("a", 3, None) == {"id": "a", "version": 3, "state": "withdrawn"}
    assert gone_event("b", 3, "a") == {"id": "b", "version": 3, "state": "merged", "redirect_to": "a"}


@settings(max_examples=100, deadline=None)
@given(st.data(), st.randoms(use_true_random=False))
def test_the_document_is_a_function_of_the_set_of_records(data: st.DataObject, dice: random.Random) -> None:
    records = [
        make_record(
            number,
            agency=data.draw(st.sampled_from(["cbp", "fgr", "press"])),
            kind=data.draw(st.sampled_from(["seizure", "case", "news"])),
            items=data.draw(st.lists(st.sampled_from(GOODS), max_size=2)),
            texts=data.draw(st.lists(st.sampled_from(TEXTS), max_size=1)),
            grade={**dict(zip(("reliability", "credibility"), data.draw(GRADES), strict=True)), "given_by": "record"},
        )
        for number in range(data.draw(st.integers(1, 5)))
    ]
    document = summarise_event(records)
    dice.shuffle(records)
    assert summarise_event(records) == document
    assert document["goods"] == sorted(
        document["goods"], key=lambda one: (one["commodity"], one["measure"], one.get("unit", ""))
    )

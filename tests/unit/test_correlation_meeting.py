"""Pairs that never met for want of a common key. Everything here is made up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.correlation.keys import blocking_keys
from processors.correlation.links import compare
from processors.correlation.misreadings import compare_written, misread_keys
from processors.correlation.person_keys import person_keys
from processors.correlation.scoring import observe
from processors.correlation.sides import make_side
from tests.unit.correlating import PLACES, make_record

SPAN = {"precision": "minute", "zone": "UTC", "zone_from": "record"}
VIN = "1M8GDM9AXKP042788"


def tells(number: int, goods: tuple[str, ...], day: int = 5, **parts: Any) -> Any:
    when = {"start": f"2026-03-{day:02}T10:00:00.000Z", "end": f"2026-03-{day:02}T10:00:59.000Z", **SPAN}
    items = [{"ordinal": at, "kind": "x", "commodity": good, "mass_kg": 9.0} for at, good in enumerate(goods)]
    record: Any = make_record(
        number, agency=f"a-{number}", when=when, items=items, count_basis="incident", place=PLACES[0]
    )
    return record | parts


def meet(left: Any, right: Any) -> bool:
    return not set(blocking_keys(left)).isdisjoint(blocking_keys(right))


def link(left: Any, right: Any) -> Any:
    left, right = sorted((left, right), key=lambda one: str(one["id"]))
    return compare(make_side(left, lambda _key: 2), make_side(right, lambda _key: 2))


def test_seven_goods_meet_the_two_last_of_them() -> None:
    many = ("ammunition", "cash", "cocaine", "fentanyl", "firearm", "magazine", "methamphetamine")
    assert meet(tells(1, many), tells(2, many[-2:]))


def test_news_that_names_four_places_meets_an_event_of_the_last() -> None:
    area = PLACES[0]["corridor"]
    news = tells(1, ("fentanyl",), 6, kind="news", told_places=sorted(["aa", "bb", "cc", area]))
    del news["place"]
    assert max(news["told_places"]) == area
    assert meet(news, tells(2, ("fentanyl",)))


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [("phone", "+18675550123", "+528675550123"), ("vin", VIN, VIN[-8:])],
)
def test_numbers_of_one_end_meet_and_are_worth_a_look(kind: str, left: str, right: str) -> None:
    records = make_record(1, (kind, left)), make_record(2, (kind, right))
    assert meet(*records)
    found = link(*records)
    assert [one["level"] for one in found["reasons"]] == ["same_end"]
    assert found["strength"] == "possible"
    people = [{"field": "people[0]", "name": "Juan Inventado Ficticio"}]
    assert link(*(one | {"people": people} for one in records))["strength"] == "possible"


@pytest.mark.parametrize(
    ("left", "right"),
    [("+18675550123", "+528675550124"), (VIN, VIN[-9:-1]), ("FIC2042788", "P042788A"), ("+4967555012", "+167555012")],
)
def test_another_end_is_another_number(left: str, right: str) -> None:
    assert compare_written(left, right) != "same_end"


@given(st.from_regex(r"\+(1|52)[2-9][0-9]{9}", fullmatch=True))
def test_a_telephone_number_meets_in_either_plan(number: str) -> None:
    other = f"+{'52' if number.startswith('+1') else '1'}{number[-10:]}"
    assert compare_written(number, other) == compare_written(other, number) == "same_end"
    assert misread_keys(number) == misread_keys(other)
    assert len(misread_keys(number)) == 1, "each key costs every report"


@given(st.dates().map(str), st.sampled_from(["Juan Hernández", "Dario Inventado Ficticio"]))
def test_day_and_month_exchanged_meet(born: str, name: str) -> None:
    swapped = f"{born[:5]}{born[8:]}-{born[5:7]}"
    assert person_keys(name, (), born) == person_keys(name, (), swapped)
    assert len(person_keys(name, (), born)) == len(person_keys(name, (), "1990-01-02")), "no key more"


def test_a_birth_date_read_both_ways_is_one_slip() -> None:
    people = ([{"field": "people[0]", "name": "Juan Inventado", "born": born}] for born in ("1980-03-12", "1980-12-03"))
    left, right = (make_record(at, people=one) for at, one in enumerate(people, 1))
    assert meet(left, right)
    sides = [make_side(one, lambda _key: 2) for one in (left, right)]
    assert ("name_same_person", "born_near") in {
        (one.__name__, found.level) for one, found in observe(sides[0], sides[1])
    }

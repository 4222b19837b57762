"""Pairs that look alike and may not merge, and the words in which a link says so. Everything here is made up."""

from typing import Any

import pytest

from processors.correlation.links import compare
from processors.correlation.misreadings import compare_written
from processors.correlation.sides import make_side
from tests.unit.correlating import make_record

RARE, COMMON = 2, 32
LAREDO: dict[str, Any] = {
    "kind": "port", "name": "Laredo", "code": "US-2304", "corridor": "laredo", "location": {"lat": 27.5, "lon": -99.5},
}  # fmt: skip


def make(number: int, *identifiers: tuple[str, str], issuer: str | None = None, **parts: Any) -> Any:
    record: Any = make_record(number, *identifiers)
    for one in record["identifiers"]:
        if issuer is not None:
            one["issuer"] = issuer
    return {**record, **parts}


def man(name: str, born: str | None = None, *aliases: str) -> list[dict[str, Any]]:
    person: dict[str, Any] = {"field": "people[0]", "name": name, "aliases": list(aliases)}
    return [person if born is None else {**person, "born": born}]


def link(left: Any, right: Any, live: int = RARE) -> Any:
    return compare(make_side(left, lambda _key: live), make_side(right, lambda _key: live))


def strength(left: Any, right: Any, live: int = RARE) -> str | None:
    found = link(left, right, live)
    return None if found is None else found["strength"]


def reason(found: Any, feature: str) -> Any:
    return next(one for one in found["reasons"] if one["feature"] == feature)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (man("Juan Inventado Lopez", "1980-05-02", "El Guero"), man("Carlos Lopez Ficticio", "1980-05-02", "El Guero")),
        (man("Juan Inventado Soto", "1980-05-02", "Los Dos"), man("Luis Inventado Soto", "1980-05-02", "Los Dos")),
        (man("Jose", "1980-05-02"), man("Jose", "1980-05-02")),
        (man("J. Inventado", "1980-05-02"), man("Josefina Inventado", "1980-05-02")),
        (man("Juan Hernandez", "1980-05-02"), man("Juan Hernandez", "1980-05-02")),
        (man("Juan Inventado Soto", "1980-01-01"), man("Juan Inventado Soto", "1980-01-01")),
        (man("Juan Inventado Soto Jr", "1980-05-02"), man("Juan Inventado Soto Sr", "1980-05-02")),
    ],
)  # fmt: skip
def test_an_alias_half_a_name_or_a_date_by_default_merges_nobody(left: Any, right: Any) -> None:
    assert strength(make(1, people=left), make(2, people=right)) != "strong"


def test_a_full_name_with_its_birth_date_merges() -> None:
    people = man("Juan Inventado Soto", "1980-05-02")
    found = link(make(1, people=people), make(2, people=people))
    assert found["strength"] == "strong"
    assert "with the same birth date" in reason(found, "name_same_person")["sentence_en"]


def test_an_alias_is_named_where_the_names_do_not_agree() -> None:
    left = make(1, ("plate", "TST1001"), people=man("Juan Inventado Lopez", None, "Pedro Ficticio Rios"))
    right = make(2, ("plate", "TST1001"), people=man("Pedro Ficticio Rios"))
    told = reason(link(left, right), "name_same_person")
    assert told["level"] == "alias"
    assert told["left"]["as_written"] == "Juan Inventado Lopez (alias Pedro Ficticio Rios)"


def test_father_and_son_are_not_one_person_with_a_slip_in_the_date() -> None:
    left, right = (make(at, ("phone", "+19565550100"), people=man("Juan Inventado Soto", f"19{year}-03-12"))
                   for at, year in ((1, 55), (2, 85)))  # fmt: skip
    told = reason(link(left, right), "name_same_person")
    assert told["level"] == "born_other_day"
    assert told["weight"] < 0
    assert "different days" in told["sentence_en"]
    assert "días distintos" in told["sentence_es"]


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("plate", "XYU123A", "XYV123A"),
        ("plate", "7GDA123", "7GQA123"),
        ("serial", "BXUK123", "BXVK123"),
        ("plate", "ABC128", "ABC12B"),
        ("docket", "FGJ/B/123/2024", "FGJ/8/123/2024"),
        ("vessel", "TX1234DO", "TX1234OD"),
    ],
)
def test_two_numbers_of_a_series_are_not_one_misread(kind: str, left: str, right: str) -> None:
    assert strength(make(1, (kind, left)), make(2, (kind, right))) != "strong"


def test_letter_for_letter_is_a_slip_at_most_and_neighbours_are_two() -> None:
    assert compare_written("BXUK123", "BXVK123") == "slip"
    assert compare_written("8XUK123", "BXUK123") == "look_alike"
    assert compare_written("ABC123A", "ABC123B") is None


def test_a_dash_makes_no_number_longer() -> None:
    left, right = make(1, ("plate", "ABC128")), make(2, ("plate", "ABC12B"))
    left["identifiers"][0]["as_written"], right["identifiers"][0]["as_written"] = "ABC-128", "ABC-12B"
    assert strength(left, right) != "strong"


@pytest.mark.parametrize(
    ("kind", "value", "left", "right"),
    [
        ("plate", "ABC1234", "TX, US", "Sonora, MX"),
        ("plate", "ABC1234", "Texas, US", "Nuevo León, MX"),
        ("passport", "A12345678", "US", "CN"),
    ],
)
def test_two_authorities_may_give_out_the_same_characters(kind: str, value: str, left: str, right: str) -> None:
    assert strength(make(1, (kind, value), issuer=left), make(2, (kind, value), issuer=right)) != "strong"


def test_one_authority_under_two_names_is_one() -> None:
    assert (
        strength(make(1, ("plate", "ABC1234"), issuer="TX"), make(2, ("plate", "ABC1234"), issuer="Texas, US"))
        == "strong"
    )


@pytest.mark.parametrize(("kind", "value"), [("docket", "123/2024"), ("plate", "1234"), ("serial", "12345")])
def test_what_many_could_carry_needs_support(kind: str, value: str) -> None:
    assert strength(make(1, (kind, value)), make(2, (kind, value))) != "strong"


def test_a_number_that_weighs_nothing_opens_no_door() -> None:
    people = man("Jose Luis Hernandez")
    records = [make(at, ("phone", "+19565550100"), people=people) for at in (1, 2)]
    assert strength(records[0], records[1], COMMON) != "strong"


def test_nothing_merges_over_another_make_or_another_vin() -> None:
    cars = [[{"field": "conveyances[0]", "kind": "car", "make": name}] for name in ("honda", "ford")]
    vin = ("vin", "1M8GDM9AXKP042788")
    clones = [make(at, vin, vehicles=car) for at, car in enumerate(cars, 1)]
    for clone in clones:
        clone["identifiers"][0]["field"] = "conveyances[0].vin"
    found = link(*clones)
    assert found["strength"] == "possible"
    assert "different makes" in reason(found, "look_same")["sentence_en"]
    assert "distinta marca" in reason(found, "look_same")["sentence_es"]


def test_the_amounts_of_each_side_are_its_own_and_far_apart_ones_are_two_loads() -> None:
    def tells(at: int, kilograms: float, kind: str) -> Any:
        when = {"start": "2024-03-05T10:00:00.000Z", "end": "2024-03-05T10:01:00.000Z", "precision": "minute",
                "zone": "UTC", "zone_from": "record"}  # fmt: skip
        items = [{"ordinal": 0, "kind": "drug", "commodity": "fentanyl", "mass_kg": kilograms, "count": 1,
                  "count_unit": "package"}]  # fmt: skip
        return make(at, when=when, place=LAREDO, items=items, kind=kind, count_basis="incident")

    assert link(tells(1, 5.0, "seizure"), tells(2, 80.0, "seizure")) is None
    told = reason(link(tells(1, 5.0, "seizure"), tells(2, 5.1, "seizure")), "tell_event")
    assert "5.1 kg" in told["right"]["as_written"]
    assert "5.1 kg" not in told["left"]["as_written"]

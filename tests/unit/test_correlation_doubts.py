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


def person(number: int, name: str, curp: str) -> Any:
    record = make(number, ("curp", curp), people=man(name, "1980-05-02"))
    record["identifiers"][0] |= {"field": "people[0].identifiers[0].value", "checked": True}
    return record


def test_one_name_and_birth_date_with_two_right_curps_is_two_people() -> None:
    name = "Juan Inventado Soto"
    left, right = person(1, name, "IASJ800502HTSNTNA1"), person(2, name, "IASJ800502HTSNTNB9")
    found = link(left, right)
    assert found is None or found["strength"] == "possible"
    told = reason(found, "differ_in_unique")
    assert told["level"] == "two_people"
    assert told["weight"] < 0
    assert strength(left, {**person(3, name, "IASJ800502HTSNTNA1"), "id": right["id"]}) == "strong"


def test_father_and_son_with_one_plate_are_told_apart_and_the_plate_remains() -> None:
    plate = ("plate", "TST1001")
    records = [make(at, plate, people=man(f"Juan Inventado Soto {which}")) for at, which in ((1, "Sr"), (2, "Jr"))]
    told = reason(link(*records), "differ_in_unique")
    assert told["left"]["as_written"] == "Juan Inventado Soto Sr"
    assert "two generations" in told["sentence_en"]
    assert all(one["feature"] != "name_same_person" for one in link(*records)["reasons"])


def test_one_plate_on_two_right_vins_merges_nothing() -> None:
    records = [make(at, ("plate", "TST1001"), ("vin", vin))
               for at, vin in ((1, "1M8GDM9AXKP042788"), (2, "5GZCZ43D13S812715"))]  # fmt: skip
    for record in records:
        plate, vin = sorted(record["identifiers"], key=lambda one: str(one["kind"]))
        plate["field"], vin["field"], vin["checked"] = "conveyances[0].plates[0].number", "conveyances[0].vin", True
    found = link(*records)
    assert found["strength"] == "possible"
    assert reason(found, "differ_in_unique")["level"] == "two_vehicles"


def test_a_contradiction_voids_only_what_it_is_about() -> None:
    cars = [[{"field": "conveyances[0]", "kind": "car", "make": name}] for name in ("honda", "ford")]
    both = [("plate", "TST1001"), ("phone", "+19565550100")]
    records = [make(at, *both, vehicles=car) for at, car in enumerate(cars, 1)]
    for record in records:
        [plate] = (one for one in record["identifiers"] if one["kind"] == "plate")
        plate["field"] = "conveyances[0].plates[0].number"
    found = link(*records)
    assert reason(found, "look_same")["level"] == "other_make"
    assert found["strength"] == "strong"


def test_a_look_alike_of_another_state_is_another_plate() -> None:
    left, right = make(1, ("plate", "XYO1238"), issuer="TX"), make(2, ("plate", "XYO123B"), issuer="Sonora, MX")
    same = make(2, ("plate", "XYO123B"), issuer="Texas, US")
    assert (strength(left, right), strength(left, same)) == ("possible", "strong")


def tells(at: int, kind: str, items: list[Any], start: str = "2024-03-05T10:00", precision: str = "minute") -> Any:
    """A report from Laredo."""
    when = {"start": f"{start}:00.000Z", "end": f"{start}:59.000Z", "precision": precision, "zone": "UTC",
            "zone_from": "record"}  # fmt: skip
    return make(at, when=when, place=LAREDO, items=items, kind=kind, count_basis="incident")


def load(commodity: str, **amounts: Any) -> dict[str, Any]:
    return {"ordinal": 0, "kind": "drug", "commodity": commodity, **amounts}


FIVE = load("fentanyl", mass_kg=5.0, count=1, count_unit="package")


def test_the_amounts_of_each_side_are_its_own_and_far_apart_ones_are_two_loads() -> None:
    many, alike = {**FIVE, "mass_kg": 80.0}, {**FIVE, "mass_kg": 5.1}
    assert link(tells(1, "seizure", [FIVE]), tells(2, "seizure", [many])) is None
    told = reason(link(tells(1, "seizure", [FIVE]), tells(2, "seizure", [alike])), "tell_event")
    assert "5.1 kg" in told["right"]["as_written"]
    assert "5.1 kg" not in told["left"]["as_written"]


def test_one_pistol_and_one_pistol_are_the_same_kind_not_the_same_amount() -> None:
    few, many = (load("firearm", count=count, count_unit="unit") for count in (1, 40))
    levels = [
        reason(link(*(tells(at, "seizure", [items]) for at in (1, 2))), "tell_event")["level"] for items in (few, many)
    ]
    assert levels == ["hours_here_kind", "hours_here_amount"]


def test_who_tells_of_no_day_tells_of_no_event() -> None:
    exact, vague = (tells(at, "seizure", [FIVE], precision=how) for at, how in ((1, "minute"), (2, "month")))
    assert link(exact, vague) is None


def test_news_tells_of_what_was_before_it() -> None:
    news, before, after = (
        tells(at, kind, [FIVE], start)
        for at, kind, start in (
            (1, "news", "2024-03-05T10:00"),
            (2, "seizure", "2024-03-04T20:00"),
            (3, "seizure", "2024-03-05T20:00"),
        )
    )
    assert link(news, before) is not None
    assert link(news, after) is None


def test_where_nobody_names_goods_no_goods_are_claimed() -> None:
    plate = ("plate", "TST1001")
    silent, also, told = ({**tells(at, "seizure", items), "identifiers": make(at, plate)["identifiers"]}
                          for at, items in ((1, []), (2, []), (3, [FIVE])))  # fmt: skip
    assert all(one["feature"] != "tell_event" for one in link(silent, also)["reasons"])
    sentence = reason(link(silent, told), "tell_event")["sentence_en"]
    assert sentence.endswith("one of them names no goods.")

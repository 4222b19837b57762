"""Which true pairs are reachable, and how a written number is read: hand-made cases."""

import pytest

from tests.scenarios.marks import Json, bait, mark
from tests.scenarios.reach import is_reachable, read_evidence
from tests.scenarios.reading import bare_form, fold_alike, is_one_slip_apart


def seizure(**fields: object) -> Json:
    return {"report_id": "FICTION-1", **fields}


def car(**fields: object) -> Json:
    return seizure(conveyances=[{"kind": "vehicle", "make": "Nissan", "model": "Versa", **fields}])


def plate(written: str) -> Json:
    return car(plates=[{"number": mark("plate", written, "object:vehicle-1")}])


def vin(written: str, **fields: object) -> Json:
    return car(vin=mark("vin", written, "object:vehicle-1"), **fields)


def person(name: str, born: str | None = "1980-02-03", basis: str = "charged", **fields: object) -> Json:
    found: Json = {"name": mark("name", name, "person:1"), "roles": ["suspect"], "basis": basis, **fields}
    return found | ({"birth_date": born} if born else {})


def named(*people: Json, **fields: object) -> Json:
    return seizure(people=list(people), **fields)


def gun(serial: str, **fields: object) -> Json:
    return seizure(items=[{"kind": "firearm", "make": "Taurus", "serial": mark("serial", serial, "object:gun-1")}],
                   **fields)  # fmt: skip


def scene(day: str, code: str = "48479") -> Json:
    place = {"country": "US", "codes": [{"system": "fips", "value": code}]}
    return {"occurred": {"value": day, "zone": "America/Chicago"}, "place": place}


PHONE = {"number": mark("phone", "+1 956 555 0142", "object:phone-1")}
OTHER_PHONE = {"number": mark("phone", "956-555-0143", "object:phone-1")}
VIN, VIN_SLIP = "3N1AB8CV1NJ883605", "3N1AB8CV1NJ883650"

CASES: dict[str, tuple[Json, Json, bool]] = {
    "the same plate in other spelling": (plate("XGT-482-C"), plate("xgt 482 c"), True),
    "a plate misread by a scanner": (plate("XGT-4B2-S"), plate("XGT4825"), True),
    "a plate with a slip of the pen": (plate("XGT482C"), plate("XGT428C"), False),
    "a part of a plate": (plate("XGT4?2C"), plate("XGT482C"), False),
    "the last signs of a plate": (plate("parcial 482C"), plate("482C"), False),
    "plate here, VIN there": (plate("XGT482C"), vin(VIN), False),
    "a VIN with a slip, and the same car": (vin(VIN), vin(VIN_SLIP), True),
    "a VIN with a slip, and another make": (vin(VIN), vin(VIN_SLIP, make="Ford"), False),
    "a name and its birth date": (named(person("José Muestrales Soto")), named(person("MUESTRALES SOTO, Jose")), True),
    "another's name and birth date": (named(person("José Muestrales Soto")), named(person("Ana Fictales Soto")), False),
    "a noisy name and its birth date": (named(person("José Muestrales Soto")), named(person("Pepe Muestrales")), True),
    "a name without birth date": (named(person("José Muestrales")), named(person("José Muestrales", None)), False),
    "a name with another birth date": (
        named(person("José Muestrales")), named(person("José Muestrales", "1981-02-03")), False,
    ),
    "somebody merely mentioned": (
        named(person("José Muestrales")), named(person("José Muestrales", basis="mentioned")), False,
    ),
    "the phone of somebody merely mentioned": (
        named(person("José Muestrales", basis="mentioned", phones=[PHONE])), seizure(phones=[PHONE]), False,
    ),
    "a phone shared with somebody merely mentioned": (
        named(person("Ana Fictales", basis="cleared", phones=[PHONE]), phones=[PHONE]), seizure(phones=[PHONE]), False,
    ),
    "one phone": (seizure(phones=[PHONE]), named(person("Ana Fictales", phones=[PHONE])), True),
    "a phone with a slip alone": (seizure(phones=[PHONE]), seizure(phones=[OTHER_PHONE]), False),
    "a phone with a slip, and the name": (
        named(person("José Muestrales", None), phones=[PHONE]),
        named(person("Jose Muestrales", None), phones=[OTHER_PHONE]), True,
    ),
    "serials one apart": (gun("TKX40711"), gun("TKX40712"), False),
    "serials one apart at one place and time": (
        gun("TKX40711", **scene("2026-01-02T10:00")), gun("TKX40712", **scene("2026-01-03T02:00")), True,
    ),
    "serials one apart at one place, days later": (
        gun("TKX40711", **scene("2026-01-02T10:00")), gun("TKX40712", **scene("2026-01-05T02:00")), False,
    ),
    "serials one apart on one day, far away": (
        gun("TKX40711", **scene("2026-01-02")), gun("TKX40712", **scene("2026-01-02", "48141")), False,
    ),
    "short serials one apart at one place and time": (
        gun("TKX4071", **scene("2026-01-02")), gun("TKX4072", **scene("2026-01-02")), False,
    ),
    "a tip line": (
        seizure(phones=[{"number": bait("phone", "9565550100", "tip_line-1")}]),
        seizure(phones=[{"number": bait("phone", "9565550100", "tip_line-1")}]), False,
    ),
    "news": ({"outlet": "Muestra", **plate("XGT482C")}, plate("XGT482C"), False),
    "one place and time alone": (seizure(**scene("2026-01-02")), seizure(**scene("2026-01-02")), False),
    "a plate in the text alone": (
        seizure(narrative={"text": mark("text", "Placas XGT482C.", "object:vehicle-1")}), plate("XGT482C"), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_reachable(name: str) -> None:
    left, right, expected = CASES[name]
    one, other = read_evidence(left), read_evidence(right)
    assert is_reachable(one, other) is expected
    assert is_reachable(other, one) is expected


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("ABCD1234", "ABCD1234", False),
        ("ABCD1234", "ABCD1235", True),
        ("ABCD1234", "ABCD124", True),
        ("ABCD1234", "ABCD12344", True),
        ("ABCD1234", "ABDC1234", True),
        ("ABCD1234", "ABDC1243", False),
        ("ABCD1234", "ABCE1235", False),
        ("ABCD1234", "BCD1234", True),
        ("ABCD1234", "ABCD12", False),
        ("ABCD", "CBAD", False),
    ],
)
def test_one_slip(left: str, right: str, apart: bool) -> None:
    assert is_one_slip_apart(left, right) is apart
    assert is_one_slip_apart(right, left) is apart


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("plate", "par-482-c", "PAR482C"),
        ("plate", "partial 482C", None),
        ("plate", "XG?482C", None),
        ("phone", "+52 1 868 555 0142", "8685550142"),
        ("phone", "(956) 555-0142", "9565550142"),
        ("imei", "35-209900-176148-1", "35209900176148"),
        ("docket", "FED/TAMPS / 871", "FED/TAMPS/871"),
        ("wallet", "TFakePuente", "TFakePuente"),
    ],
)
def test_bare_forms(kind: str, written: str, read: str | None) -> None:
    assert bare_form(kind, written) == read


def test_signs_that_look_alike() -> None:
    assert fold_alike("OISBZG") == "015826"
    assert fold_alike("XGT48C") == "X6T48C"

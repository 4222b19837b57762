"""Each kind of noise does what its name says, and leaves alone what it should."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from deploy.demo.story.numbers import PhoneLine
from tests.scenarios.draw import Draw
from tests.scenarios.marks import Json, mark
from tests.scenarios.noise import (
    NOISE,
    Telling,
    birth_date_slip,
    mentioned_only,
    name_parts,
    ocr_error,
    only_in_text,
    other_zone,
    partial_plate,
    place_coarser,
    time_shifted,
    typing_error,
    units_changed,
)
from tests.scenarios.people import Person
from tests.scenarios.reading import bare_form, fold_alike, is_one_slip_apart
from tests.scenarios.slips import misread, mistype, respell
from tests.scenarios.values import Mint

JOSE = Person("1", "MX", "male", ("José", "Luis"), ("Muestrales", "Treviño"), "1980-02-13",
              PhoneLine("MX", "8685550142"), "35", "G1", None, None)  # fmt: skip
TREE: Json = {
    "occurred": {"value": "2026-01-02T10:00", "zone": "America/Chicago"},
    "place": {"country": "US", "state": "Texas", "municipality": "Webb County",
              "codes": [{"system": "fips", "value": "48479"}]},
    "people": [{"given_names": mark("name", "José Luis", "person:1"), "surnames": ["Muestrales", "Treviño"],
                "roles": ["suspect"], "basis": "charged", "review_date": "2027-06-30", "birth_date": "1980-02-13"}],
    "conveyances": [{"kind": "vehicle", "plates": [{"number": mark("plate", "XGT-482-C", "object:vehicle-1")}]}],
    "items": [{"kind": "substance", "name": "Cocaine", "quantity": {"value": 100.0, "unit": "lb"}}],
    "narrative": {"text": "Fictional.", "language": "en"},
}  # fmt: skip


def telling(seed: int = 1) -> Telling:
    draw = Draw(seed)
    return Telling(draw, {"person:1": JOSE}, True, Mint(draw))


def after(noise: Callable[[Json, Telling], bool], seed: int = 1) -> Json:
    tree = deepcopy(TREE)
    assert noise(tree, telling(seed))
    assert tree != TREE
    return tree


@pytest.mark.parametrize(
    ("kind", "given", "surnames"),
    [
        ("surnames_swapped", "José Luis", ["Treviño", "Muestrales"]),
        ("accents_missing", "Jose Luis", ["Muestrales", "Trevino"]),
        ("nickname", "Pepe", ["Muestrales", "Treviño"]),
    ],
)
def test_names_respelt(kind: str, given: str, surnames: list[str]) -> None:
    assert respell(Draw(1), JOSE, kind) == (given, surnames)


def test_names_cut_and_mistaken() -> None:
    dropped = {str(respell(Draw(seed), JOSE, "surname_dropped")) for seed in range(60)}
    assert dropped == {"('José Luis', ['Muestrales'])", "('José Luis', ['Treviño'])"}
    assert {str(respell(Draw(seed), JOSE, "initials")) for seed in range(20)} == {
        "('J. L.', ['Muestrales', 'Treviño'])",
        "('José L.', ['Muestrales', 'Treviño'])",
    }
    for kind in ("name_typing", "name_by_ear"):
        written = respell(Draw(2), JOSE, kind)
        assert written is not None
        assert " ".join((written[0], *written[1])) != JOSE.full


def test_a_report_keeps_the_owner_of_a_name() -> None:
    for kind, _, noise in NOISE:
        if kind in {"surnames_swapped", "surname_dropped", "accents_missing", "name_typing", "nickname"}:
            person = after(noise)["people"][0]
            assert person["given_names"].owner == "person:1"
            assert name_parts(person) != JOSE.full


@pytest.mark.parametrize("seed", range(80))
def test_slips_of_the_pen_and_of_scanners(seed: int) -> None:
    draw = Draw(seed)
    assert is_one_slip_apart("TKX40711", mistype(draw, "TKX40711"))
    seen = misread(draw, "TKS-40B81")
    assert seen is not None
    assert seen != "TKS-40B81"
    assert fold_alike(seen) == fold_alike("TKS-40B81")
    assert misread(draw, "XKT-347") is None


@pytest.mark.parametrize("seed", range(20))
def test_numbers_in_a_report(seed: int) -> None:
    plates = [after(noise, seed)["conveyances"][0]["plates"][0]["number"] for noise in (typing_error, ocr_error)]
    assert is_one_slip_apart("XGT482C", str(bare_form("plate", plates[0])))
    assert fold_alike(str(bare_form("plate", plates[1]))) == fold_alike("XGT482C")
    part = after(partial_plate, seed)["conveyances"][0]["plates"][0]["number"]
    assert bare_form("plate", part) is None
    assert part.owner == "object:vehicle-1"


def test_what_stands_in_the_text_alone_is_not_mistaken_again() -> None:
    tree = after(only_in_text)
    assert tree["narrative"]["text"] == "Fictional. Plate XGT-482-C."
    assert tree["narrative"]["text"].owner == "object:vehicle-1"
    assert "plates" not in tree["conveyances"][0]
    assert not any(noise(tree, telling()) for noise in (typing_error, ocr_error, partial_plate))


@pytest.mark.parametrize("seed", range(20))
def test_times_amounts_and_places(seed: int) -> None:
    before = datetime(2026, 1, 2, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
    shifted = datetime.fromisoformat(after(time_shifted, seed)["occurred"]["value"])
    assert 120 <= abs((shifted - before.replace(tzinfo=None)).total_seconds()) <= 86_400
    clock = after(other_zone, seed)["occurred"]
    assert datetime.fromisoformat(clock["value"]).replace(tzinfo=ZoneInfo(clock["zone"])) == before
    assert after(units_changed, seed)["items"][0]["quantity"] == {"value": 45.36, "unit": "kg"}
    assert "codes" not in after(place_coarser, seed)["place"]


def test_people() -> None:
    assert after(birth_date_slip)["people"][0]["birth_date"] in {"1979-02-13", "1981-02-13"}
    leap = deepcopy(TREE)
    leap["people"][0]["birth_date"] = "1980-02-29"
    assert birth_date_slip(leap, telling())
    date.fromisoformat(leap["people"][0]["birth_date"])
    person = after(mentioned_only)["people"][0]
    assert person["basis"] == "mentioned"
    assert "review_date" not in person


def test_nothing_happens_to_a_report_that_has_nothing_of_the_sort() -> None:
    for kind, _, noise in NOISE:
        tree: Json = {"narrative": {"text": "Fictional.", "language": "en"}}
        assert not noise(tree, telling()), kind
        assert tree == {"narrative": {"text": "Fictional.", "language": "en"}}

"""The table of substances: sources, check digits, languages and contexts."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from processors.reference import DATA_FOLDER, default_reference
from processors.reference.folding import fold
from processors.reference.substances import CONTEXTS

TREE = yaml.safe_load((DATA_FOLDER / "substances.yaml").read_text(encoding="utf-8"))
COMMODITIES = default_reference().commodities
TABLE = COMMODITIES.table


def test_each_row_and_each_group_of_slang_cites_its_source() -> None:
    for row in TREE["substances"]:
        assert len(row["source"]) > 3, row["substance"]
        assert row.get("en") or row.get("es") or row.get("everyday"), row["substance"]
        for group in row.get("slang", ()):
            assert group["source"]
            assert group["language"] in {"en", "es"}
            assert group["terms"]


def test_the_check_digits_of_all_cas_numbers_hold() -> None:
    numbers = [row["cas"] for row in TREE["substances"] if "cas" in row]
    assert len(numbers) > 150
    for number in numbers:
        *digits, check = (int(sign) for sign in number if sign != "-")
        assert sum(place * digit for place, digit in enumerate(reversed(digits), 1)) % 10 == check, number


def test_no_name_of_a_language_points_to_two_substances_without_a_context() -> None:
    for language in ("en", "es"):
        names: dict[str, str] = {}
        for row in TREE["substances"]:
            for name in row.get(language, ()):
                assert names.setdefault(fold(str(name)), row["substance"]) == row["substance"], name
    for term, readings in TABLE.slang.items():
        for language in ("en", "es"):
            meanings = {reading.meaning for reading in readings if reading.language == language}
            if len(meanings) > 1:
                assert all(reading.context > 0 for reading in readings), term


@pytest.mark.parametrize(
    "name", ["fentanyl", "xylazine", "medetomidine", "isotonitazene", "metonitazene", "protonitazene"]
)
def test_what_must_be_there(name: str) -> None:
    row = COMMODITIES.row(name)
    assert row is not None
    assert row.cas is not None
    assert row.international == name


@pytest.mark.parametrize(
    ("name", "role"),
    [("4-anpp", "precursor"), ("pmk", "precursor"), ("mannitol", "cutting_agent"), ("acetone", "reagent")],
)
def test_roles(name: str, role: str) -> None:
    row = COMMODITIES.row(name)
    assert row is not None
    assert row.role == role


def test_slang_of_both_countries() -> None:
    languages = {reading.language for readings in TABLE.slang.values() for reading in readings}
    assert languages == {"en", "es"}
    for term in ("blues", "china", "cristal", "crystal", "ice", "hielo", "girl", "h", "soda", "nieve", "azules"):
        assert all(reading.context > CONTEXTS.index("none") for reading in TABLE.slang[term]), term
    assert {reading.context for reading in TABLE.slang["m30"]} == {0}


def test_plain_names_hold_no_slang() -> None:
    assert not COMMODITIES.plain_names.keys() & TABLE.slang.keys()
    assert not COMMODITIES.plain_names.keys() & TABLE.everyday.keys()
    assert COMMODITIES.plain_names["fentanilo"] == ("fentanyl", "fentanyl")
    assert "unknown" not in COMMODITIES.plain_names
    assert COMMODITIES.read("unknown").substance == "unspecified"


@given(st.text(max_size=60))
def test_any_name_is_read(name: str) -> None:
    named = COMMODITIES.read(name)
    assert (named.substance is None) == bool(named.candidates)
    assert len(named.candidates) != 1

"""Plates by pattern: what stays possible, and that the table does not contradict itself."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.reference import DATA_FOLDER, ReferenceDataError, default_reference
from processors.reference.plates import load_plates

PLATES = default_reference().plates


@pytest.mark.parametrize(
    ("plate", "issuers"),
    [
        ("XGT482C", {"MX-TAM", "US-AZ"}),
        ("7ABC123", {"US-CA"}),
        ("A12BCD", {"MX-CMX", "US-NJ"}),
        ("12AB3C", {"MX"}),
        ("ABCD12", {"US-CO", "US-FL", "US-NM"}),
        ("K1", set()),
        ("NUÑO", set()),
    ],
)
def test_a_pattern_narrows_the_issuer(plate: str, issuers: set[str]) -> None:
    assert set(PLATES.narrow(plate)) == issuers


def test_texas_is_one_of_many_with_its_pattern_and_a_mexican_series_one_of_them() -> None:
    assert {"US-TX", "US-AZ", "US-NY", "MX-OAX"} < set(PLATES.narrow("TKX4821"))


@pytest.mark.parametrize(
    ("edge", "state"),
    [("AAA", "MX-AGU"), ("AFZ", "MX-AGU"), ("AGA", "MX-BCN"), ("VTA", "MX-SON"), ("WKZ", "MX-SON"), ("ZHZ", "MX-ZAC"),
     ("ZJA", None), ("AIA", None)],
)  # fmt: skip
def test_series_begin_and_end_where_the_norm_says(edge: str, state: str | None) -> None:
    found = {issuer for issuer in PLATES.narrow(f"{edge}1234") if issuer.startswith("MX")}
    assert found == ({state} if state else set())


@given(st.from_regex(r"[A-HJ-NPR-Z]{3}[0-9]{3}[A-Z]", fullmatch=True))
def test_a_mexican_car_has_at_most_one_state(plate: str) -> None:
    found = PLATES.narrow(plate)
    assert len([issuer for issuer in found if issuer.startswith("MX")]) <= 1
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("name", "issuer"),
    [("texas", "US-TX"), ("tx", "US-TX"), ("tamaulipas", "MX-TAM"), ("mexican", "MX"), ("nowhere", None), ("", None)],
)
def test_names_of_issuers(name: str, issuer: str | None) -> None:
    assert PLATES.name_issuer(name) == issuer


@pytest.mark.parametrize(
    ("replaced", "by"), [("[AAA, AFZ]", "[AAA, AGZ]"), ("US-TX:", "US-ZZ:"), ("source: NOM", "sauce: NOM")]
)
def test_a_table_that_contradicts_itself_is_refused(replaced: str, by: str, tmp_path: Path) -> None:
    for name in ("plates.yaml", "states.csv"):
        shutil.copy(DATA_FOLDER / name, tmp_path / name)
    text = (tmp_path / "plates.yaml").read_text(encoding="utf-8")
    assert replaced in text
    (tmp_path / "plates.yaml").write_text(text.replace(replaced, by), encoding="utf-8")
    with pytest.raises(ReferenceDataError):
        load_plates(tmp_path)

"""What stands in the field of a number and is none: words, models, numbers that are nobody's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.enrichment.identifier_forms import normalise
from processors.reference import default_reference
from processors.reference.check_digits import is_nobodys
from tests.unit.enriching import enrich

REFERENCE = default_reference()


def read(kind: Any, written: str) -> str | None:
    return normalise(kind, written, "MX", REFERENCE)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        *(("plate", one) for one in ("EN TRÁMITE", "Temporal", "POLICÍA", "ONAPPAFA", "fronterizo", "NO PORTABA")),
        *(("plate", one) for one in ("no lleva", "SE IGNORA", "Dealer", "BUYER TAG", "paper plate", "extranjera")),
        *(("serial", one) for one in ("AR15", "AK47", "9MM", "9x19", "1911", "GLOCK 19", "45ACP", ".223", "M4")),
        *(("serial", one) for one in ("0001", "000", "N/A-1", "NO SERIAL 1", "ghost 1", "SIN NÚMERO 2", "P80")),
        *(("imei", one) for one in ("123456789012347", "004999010640000", "111111111111119")),
        *(("phone", one) for one in ("1234567890", "+52 987 654 3210", "555-555-5555")),
        *(("vin", one) for one in ("00000000000000001", "XXXXXXXXX12345678")),
        *(("docket", one) for one in ("2024", "PENDIENTE 2024", "En integración 2024", "carpeta 2024")),
        ("visa", "B1/B2 2024"),
        ("vessel", "PANGA 1"),
        ("aircraft", "CESSNA"),
        ("aircraft", "CESSNA 206"),
    ],
)  # fmt: skip
def test_what_is_no_number_makes_none(kind: str, written: str) -> None:
    assert read(kind, written) is None


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("plate", "TMP-12-34", "TMP1234"),
        ("plate", "DEM-012-A", "DEM012A"),
        ("serial", "AR15488", "AR15488"),
        ("serial", "G19455", "G19455"),
        ("serial", "19112", "19112"),
        ("serial", "BXUK123", "BXUK123"),
        ("serial", "AR15-7741", "AR157741"),
        ("plate", "XGT-482-C", "XGT482C"),
        ("docket", "FED/2024/000123", "FED/2024/000123"),
        ("docket", "CASE 20260118", "CASE20260118"),
        ("docket", "CI-871/2024", "CI-871/2024"),
        ("imei", "490154203237518", "49015420323751"),
        ("phone", "956 555 0100", "+529565550100"),
        ("vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042788"),
    ],
)
def test_what_is_like_it_stays(kind: str, written: str, value: str) -> None:
    assert read(kind, written) == value


@pytest.mark.parametrize(("issuer", "found"), [({}, False), ({"state": "Texas"}, True)])
def test_a_plate_of_letters_alone_needs_an_issuer(issuer: dict[str, str], found: bool) -> None:
    plate = {"number": "BIGBIRD"} | issuer
    report: Any = enrich({"narrative": {"text": "A stop."}, "conveyances": [{"kind": "vehicle", "plates": [plate]}]})
    assert ("identifiers" in report["facts"]) is found


@given(st.sampled_from(["serial", "docket"]), st.text("0123456789", max_size=20))
def test_letters_beside_the_digits_make_a_number_somebodys(kind: str, digits: str) -> None:
    assert not is_nobodys(kind, f"FF{digits}")


@given(st.from_regex(r"\+52[2-9]\d{9}", fullmatch=True))
def test_a_telephone_with_more_than_two_digits_is_nobodys_only_as_a_run(value: str) -> None:
    national, run = value[-10:], "01234567890123456789"
    if len(set(national)) > 2 and national not in run and national[::-1] not in run:
        assert not is_nobodys("phone", value)

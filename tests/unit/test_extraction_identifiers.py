"""Identifiers in texts: what stands there in normal form, what only looks like one, and which of two overlapping stays.

Everybody and everything named here is invented; published examples of check digits are those of `test_check_digits`.
"""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.docstrings import docstring_of
from processors.extraction.identifiers import CUES, FoundIdentifier, find_identifiers
from processors.extraction.texts import Text
from processors.reference import default_reference

REFERENCE = default_reference()


def _find(raw: str, **about: Any) -> list[FoundIdentifier]:
    found = find_identifiers(Text(raw, **about), REFERENCE)
    for one in found:
        assert raw[one.start : one.end] == one.as_written
    assert all(left.end <= right.start for left, right in pairwise(found))
    return found


def _pairs(raw: str, **about: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in _find(raw, **about)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("con número de serie 3VWC57BU3PMZ55502.", [("vin", "3VWC57BU3PMZ55502")]),
        ("The truck (1M8GDM9AXKP042788) was seized", [("vin", "1M8GDM9AXKP042788")]),
        ("VIN: WVWZZZ1JZXW000001", [("vin", "WVWZZZ1JZXW000001")]),
        ("NIV 1m8gdm9axkp042788", [("vin", "1M8GDM9AXKP042788")]),
        ("CURP BOXW310820HNERXN09", [("curp", "BOXW310820HNERXN09")]),
        ("quien portaba BOXW310820HNERXN09, dijo", [("curp", "BOXW310820HNERXN09")]),
        ("RFC: gode 561231 gr8", [("rfc", "GODE561231GR8")]),
        ("la empresa (MAB-930714-8T4)", [("rfc", "MAB9307148T4")]),
        ("pasaporte mexicano número G12345678", [("passport", "G12345678")]),
        ("U.S. passport no. 512345678", [("passport", "512345678")]),
        ("visa No. 20181234567", [("visa", "20181234567")]),
        ("CLABE interbancaria 032 180 00011835971 9", [("clabe", "032180000118359719")]),
        ("a la cuenta 032180000118359719", [("clabe", "032180000118359719")]),
        ("IBAN DE89 3704 0044 0532 0130 00 y otros", [("iban", "DE89370400440532013000")]),
        ("paid to GB33BUKB20201555555555", [("iban", "GB33BUKB20201555555555")]),
        ("IMEI 49-015420-323751-8", [("imei", "49015420323751")]),
        ("contenedor CSQU 305438 3", [("container", "CSQU3054383")]),
        ("hidden in CSQU3054383", [("container", "CSQU3054383")]),
        ("buque con número OMI 9074729", [("vessel", "IMO9074729")]),
        ("a boat with registration TX 1234 AB", [("vessel", "TX1234AB")]),
        ("la lancha con matrícula 2601234567-8", [("vessel", "26012345678")]),
        ("avioneta Cessna, matrícula XB-ABC", [("aircraft", "XBABC")]),
        ("aeronave XA-ZZZ", [("aircraft", "XAZZZ")]),
        ("tail number N123AB", [("aircraft", "N123AB")]),
        ("pistola calibre 9 mm, matrícula KFX-4107", [("serial", "KFX4107")]),
        ("rifle, serial number 123456", [("serial", "123456")]),
        ("camioneta con matrícula XGT-482-C", [("plate", "XGT482C")]),
        ("wallet TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", [("wallet", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t")]),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", [("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]),
        ("USDT en 0xde709f2102306220921060314715629080e2fb77",
         [("wallet", "0xde709f2102306220921060314715629080e2fb77")]),
        ("Case No. 23-CR-1234", [("docket", "23-CR-1234")]),
        ("indicted in 1:23-cr-00456-ABC.", [("docket", "1:23-CR-00456-ABC")]),
        ("Cause No. 2026-CRB-000502-D3", [("docket", "2026-CRB-000502-D3")]),
        ("causa penal 123/2024", [("docket", "123/2024")]),
        ("carpeta de investigación FED/TAMPS/NLD/0000871/2026", [("carpeta", "FED/TAMPS/NLD/0000871/2026")]),
        ("registrada como FED/SON/NOG/0001234/2024.", [("carpeta", "FED/SON/NOG/0001234/2024")]),
        ("averiguación previa AP/PGR/SON/123/2014", [("carpeta", "AP/PGR/SON/123/2014")]),
        ("carpeta CI-FXX/12/UI-1/1234/05-2024", [("carpeta", "CI-FXX/12/UI-1/1234/05-2024")]),
        ("Denuncia@Fiscalia.example.mx,", [("email", "denuncia@fiscalia.example.mx")]),
        ("(https://Www.Example.com/A/b?x=1).", [("url", "https://www.example.com/A/b?x=1")]),
        ("a rifle, s/n HC01234", [("serial", "HC01234")]),
        ("pistola Ficticia S/N: 98O0123", [("serial", "98O0123")]),
        ("pistola calibre .45, serie 123456", [("serial", "123456")]),
        ("fusil AK-47 calibre 7.62x39 mm, matrícula 1234567", [("serial", "1234567")]),
        ("TX LP: SMP4057", [("plate", "SMP4057")]),
        ("LP# SMP4057", [("plate", "SMP4057")]),
        ("matrícula ABC-1234 de Texas", [("plate", "ABC1234")]),
        ("placas sobrepuestas 123-ABC", [("plate", "123ABC")]),
        ("el número 664 555 01 67", [("phone", "+526645550167")]),
        ("She can be reached at (956) 555-0199", [("phone", "+19565550199")]),
        ("call 1-800-555-0199", [("phone", "+18005550199")]),
        ("una Cessna XA-ZZZ", [("aircraft", "XAZZZ")]),
        ("tail no. N-123AB", [("aircraft", "N123AB")]),
        ("a Piper PA-28, N12345", [("aircraft", "N12345")]),
        ("matrícula HK-4567", [("aircraft", "HK4567")]),
        ("a vessel FL 1234 AB", [("vessel", "FL1234AB")]),
        ("a boat TX-1234-AB", [("vessel", "TX1234AB")]),
        ("pasaporte mexicano N.º G12345678", [("passport", "G12345678")]),
        ("visa foil L1234567", [("visa", "L1234567")]),
        ("Criminal No. H-21-123", [("docket", "H-21-123")]),
        ("indicted in CR-21-01234-TUC-ABC.", [("docket", "CR-21-01234-TUC-ABC")]),
        ("carpeta de investigación CI-FXXXX/A/UI-1 C/D/00123/01-2022",
         [("carpeta", "CI-FXXXX/A/UI-1C/D/00123/01-2022")]),
        ("juicio de amparo 1234/2020", [("docket", "1234/2020")]),
        ("número de identificación vehicular WVWZZZ1JZXW000001", [("vin", "WVWZZZ1JZXW000001")]),
        # Each number is of the word that stands nearest.
        ("Un teléfono celular y la pistola con número de serie 6645550123", [("serial", "6645550123")]),
        ("a cell phone and a rifle bearing serial number 2105550123", [("serial", "2105550123")]),
        ("placas ABC 1234 y DEF 5678", [("plate", "ABC1234"), ("plate", "DEF5678")]),
        ("PLACAS ABC 1234 Y DEF 5678", [("plate", "ABC1234"), ("plate", "DEF5678")]),
        ("license plate ABC 1234 No one was there", [("plate", "ABC1234")]),
        ("placas XGT 482 A de Tamaulipas", [("plate", "XGT482A")]),
        ("carpeta judicial 123/2022", [("carpeta", "123/2022")]),
        ("vea www.ejemplo.example.", [("url", "www.ejemplo.example")]),
    ],
)  # fmt: skip
def test_what_a_text_names(raw: str, expected: list[tuple[str, str]]) -> None:
    assert _pairs(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "1M8GDM9A1KP042788",  # the check digit fails
        "VIN 1M8GDM9A1KP042788",
        "WVWZZZ1JZXW000001",  # no check digit and no word
        "CURP BOXW310820HNERXN08",
        "RFC XAXX010101000",
        "XEXX010101000",
        "IMEI 490154203237517",
        "490154203237518",  # one number in ten passes: the word must be there
        "032180000118359719",
        "9074729",
        "omitir 9074729",
        "G12345678",
        "tarjeta Visa 41111111",
        "visa 2024",
        "contenedor CSQU3054384",
        "XGT-482-C",
        "placas sobrepuestas, 45 kilos",
        "placas de hace 3 meses",
        "sin placas ni 2 cartuchos",
        "una serie de 12000 ataques",
        "serie de 2024",
        "matrícula de 12,000 alumnos",
        "XB-ABC",
        "N123AB",
        "carpeta del 12/05/2024",
        "Hallaron una pistola. Domicilio: calle Ficticia S/N 22000",
        "una pistola en la calle Ficticia S/N 22000",
        "el inmueble S/N 22000",
        "FAX-887-P - 836-033-4423",
        "gas LP 45000",
        "a 12 gauge, boat ME 1234 to AB",
        "matrícula 1234567 de la Universidad de Texas",
        "el número 6645550167",
        "el oficio número 664 555 0167",
        "vessel in 1234 am",
        "una carpeta 12/2023 de plástico",
        "vehículo con placas 48126 No hubo detenidos",
        "VEHÍCULO CON PLACAS 48126 NO HUBO DETENIDOS",
        "license plate 48126 No other vehicle was found",
        "placas XGT 482 A bordo viajaban dos",  # A is a word or the plate's last letter
        "número de serie del celular 6645550123",
        "Contact the owner of account 2105550123",
        "un celular, con folio 664 555 0123",
        "expediente 12-05-2024",
        "núcleo 123/2024",
        "23-CR-1234",
        "0xde709f2102306220921060314715629080e2fb77",
        "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u",
        "956-555-0142",
        "llamó 2024-05-12 1030",
        "teléfono 089",
        "teléfono, 1234567890 pesos",
        "teléfono 000 000 0000",
        "la calle 956 555 0142",
        "+99 123 456 7890",
        "@usuario2024",
        "a@b",
        "número de serie: ilegible",
        "serial number obliterated",
        "S/N",
    ],
)
def test_what_only_looks_like_one(raw: str) -> None:
    assert _pairs(raw) == []


@pytest.mark.parametrize(
    ("raw", "country", "expected", "rule"),
    [
        ("tel. +52 867 555 0131", None, "+528675550131", "phone_prefix"),
        ("al +52 1 867 555 0131 y", None, "+528675550131", "phone_prefix"),
        ("+1 (956) 555-0142", None, "+19565550142", "phone_prefix"),
        ("Call 956-555-0142", "MX", "+19565550142", "phone_plan"),  # no Mexican area code
        ("teléfono 867 555 0131", "US", "+528675550131", "phone_plan"),  # Yukon's in the plan of NANP
        ("celular 044 867 555 0131", None, "+528675550131", "phone_nation"),
        ("teléfono 656 555 0131", "MX", "+526565550131", "phone_publisher"),
        ("phone 656-555-0131", "US", "+16565550131", "phone_publisher"),
        ("Mexican phone 656-555-0131", "US", "+526565550131", "phone_nation"),
        ("teléfono estadounidense (656) 555-0131", "MX", "+16565550131", "phone_nation"),
        ("teléfono 55 5555 0131", None, "+525555550131", "phone_plan"),
    ],
)
def test_a_telephone_is_read_in_the_nation_that_can_have_it(
    raw: str, country: str | None, expected: str, rule: str
) -> None:
    [found] = _find(raw, country=country)
    assert (found.kind, found.value, found.rule, found.candidates) == ("phone", expected, rule, ())


def test_a_telephone_that_either_nation_may_have_keeps_both() -> None:
    """656 is Ciudad Juárez and, since 2022, Florida."""
    [found] = _find("teléfono 656 555 0131")
    assert (found.value, found.rule) == ("6565550131", "phone_either")
    assert found.candidates == ("+16565550131", "+526565550131")


@pytest.mark.parametrize(
    ("raw", "issuers"),
    [
        ("placas XGT-482-C de Tamaulipas", ["MX-TAM"]),
        ("placas de circulación XGT-482-C del estado de Tamaulipas", ["MX-TAM"]),
        ("placas del estado de Texas TKX4821", ["US-TX"]),
        ("a Texas license plate TKX-4821", ["US-TX"]),
        ("plates TKX 4821 from Texas", ["US-TX"]),
        ("placas mexicanas XGT482C", ["MX"]),
        ("Mexican plates XGT482C", ["MX"]),
        ("placas TKX-4821 de Texas y XGT-482-C de Tamaulipas", ["US-TX"]),
        ("placas de Sinaloa VXZ-123-A y de Texas ABC 1234", ["MX-SIN", "US-TX"]),
        ("bearing TX plate ABC1234", ["US-TX"]),
        ("BEARING DE PLATE 123456A", [None]),
        ("placas ABC-12-34 y DEF-56-78 de Sonora", [None, "MX-SON"]),
    ],
)
def test_a_plate_is_of_the_state_that_the_text_names(raw: str, issuers: list[str | None]) -> None:
    found = _find(raw)
    assert [one.issuer for one in found] == issuers
    assert all(one.kind == "plate" for one in found)


def test_a_plate_without_a_state_has_what_its_pattern_leaves() -> None:
    [found] = _find("con placas XGT-482-C, color blanco")
    assert (found.issuer, found.issuer_candidates, found.rule) == (None, ("MX-TAM", "US-AZ"), "plate_by_pattern")


def test_the_most_specific_of_two_that_overlap_stays() -> None:
    [url] = _find("https://ejemplo.example/vin/1M8GDM9AXKP042788")
    assert url.kind == "url"
    [vin] = _find("placas, serie 1M8GDM9AXKP042788")
    assert (vin.kind, vin.checked) == ("vin", True)


def test_tokens_of_protected_people_are_no_identifiers() -> None:
    assert _find("El teléfono de [P:3f9a0c1d2e4b5a69] y la placa de [P:00aa11bb22cc33dd]") == []


def test_every_reader_says_what_it_reads() -> None:
    for read, stems in CUES:
        assert len(docstring_of(read)) > 40
        assert stems
        assert all(stem == stem.lower() for stem in stems)


@given(st.text(max_size=300))
def test_no_text_crashes_it(raw: str) -> None:
    _find(raw)


_SIGNS = st.sampled_from(
    [*"0123456789ABTNX-/.:+@ ()#&ñÑº°", " y ", ", ", "\n", *(s for _, stems in CUES for s in stems)]
)


@given(st.lists(_SIGNS, max_size=60).map("".join), st.sampled_from(["US", "MX", None]))
def test_no_jumble_of_its_own_words_and_digits_crashes_it(raw: str, country: str | None) -> None:
    for one in _find(raw, country=country):
        assert one.checked is not False


@given(st.sampled_from(["El vehículo, ", "The car, ", ""]), st.sampled_from([" fue asegurado", ".", ""]))
def test_what_stands_around_changes_nothing(before: str, after: str) -> None:
    assert _pairs(f"{before}VIN 1M8GDM9AXKP042788{after}") == [("vin", "1M8GDM9AXKP042788")]


@pytest.mark.parametrize(("cue", "number"), [("passport", "G12345678"), ("placa", "ABC-12-34")])
def test_a_cue_right_behind_a_digit_is_none(cue: str, number: str) -> None:
    found = [find_identifiers(Text(f"con {before}{cue} {number}"), REFERENCE) for before in ("", "7")]
    assert [len(one) for one in found] == [1, 0]

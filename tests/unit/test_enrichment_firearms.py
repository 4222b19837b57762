"""Firearms in structured fields: codes, serials and what they may be, conversions, and the time to crime."""

from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.enrichment.draft import run_enrichers
from processors.enrichment.firearms import enrich_firearms, enrich_time_to_crime
from processors.enrichment.identifiers import enrich_identifiers
from processors.enrichment.serials import MAX_VARIANTS, read_serial, serial_variants
from processors.reference import default_reference
from streams.contracts import CaseEvent, SeizureReport
from streams.registry import default_registry
from tests.unit.enriching import RECEIVED

REFERENCE = default_reference()
AGENCY = default_registry()["atf"]
ENRICHERS = (enrich_identifiers, enrich_firearms, enrich_time_to_crime)


def run(event: SeizureReport | CaseEvent) -> tuple[dict[str, Any], dict[str, str]]:
    """Facts, and the rule of each."""
    facts, provenance = run_enrichers(ENRICHERS, event, AGENCY, RECEIVED, REFERENCE)
    return dict(facts), {origin["fact"]: origin["rule"] for origin in provenance}


def seize(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    event = {
        "report_id": "FICTION-1",
        "handling": {"tlp": "CLEAR"},
        "items": [item],
        "narrative": {"text": "Fictional."},
    }
    facts, rules = run(SeizureReport.model_validate_json(orjson.dumps(event)))
    return facts["items"][0].get("firearm", {}), rules


def firearm(**fields: Any) -> dict[str, Any]:
    return seize({"kind": "firearm", **fields})[0]


def test_everything_in_codes_with_its_field() -> None:
    facts, rules = seize(
        {"kind": "firearm", "type": "Pistola", "make": "GLOCK GES.M.B.H.", "model": "19 Gen 5", "calibre": "Cal. 9 mm"}
    )
    assert facts == {"type": "pistol", "make": "Glock", "make_country": "AT", "model": "19", "calibre": "9x19"}
    assert rules["items[0].firearm.calibre"] == "enrich_firearms:calibre"
    assert rules["items[0].firearm.model"] == "enrich_firearms:model"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"model": "Glock 19"}, {"model": "19", "type": "pistol", "make": "Glock", "make_country": "AT"}),
        (
            {"make": "Barret", "model": "M82A1"},
            {"make": "Barrett", "make_country": "US", "model": "M82", "type": "rifle"},
        ),
        ({"type": "arma larga"}, {"type": "long_gun"}),
        ({"type": "Semi-automatic pistol"}, {"type": "pistol"}),
        ({"type": "R-15", "model": "R-15"}, {"model": "AR-15", "type": "rifle"}),
        ({"type": "firearm"}, {}),
        # A usual calibre is not this gun's calibre, and an unknown maker is not guessed.
        ({"model": "AK-47"}, {"model": "AK-47", "type": "rifle"}),
        ({"make": "Ficticia", "model": "19"}, {}),
        ({"calibre": "99 mm"}, {}),
        ({"privately_made": True}, {"privately_made": True}),
        ({"privately_made": False, "type": "ghost gun"}, {"privately_made": False}),
        ({"type": "Ghost gun"}, {"privately_made": True}),
        ({"type": "arma hechiza"}, {"privately_made": True}),
        ({"type": "pistola", "markings": ["Glock switch"]}, {"type": "pistol", "converted": True}),
        ({"converted": True}, {"converted": True}),
    ],
)  # fmt: skip
def test_fields(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    assert firearm(**fields) == expected


@pytest.mark.parametrize(
    ("serial", "reason"),
    [
        *((written, "none") for written in ("S/N", "s.n.", "sin número", "SIN MATRÍCULA", "none", "N/A")),
        *((written, "obliterated") for written in ("obliterated", "LIMADA", "borrada", "filed off")),
        *((written, "not_legible") for written in ("not legible", "ilegible", "??4107", "AB12*", "partial 41")),
    ],
)  # fmt: skip
def test_what_is_no_serial_says_why(serial: str, reason: str) -> None:
    facts, rules = seize({"kind": "firearm", "serial": serial})
    assert facts == {"no_serial": reason}
    assert rules["items[0].firearm.no_serial"] == "enrich_firearms:no_serial"


def test_an_obliterated_serial_may_still_be_read() -> None:
    assert firearm(obliterated=True) == {"no_serial": "obliterated"}
    assert firearm(obliterated=True, serial="S/N")["no_serial"] == "obliterated"
    # Restored by a laboratory: the number is there.
    assert firearm(obliterated=True, serial="FICT-7734")["serial"] == "FICT7734"


def test_a_serial_in_one_spelling_with_what_it_may_be() -> None:
    facts = firearm(serial="fa-07 1x")
    assert facts["serial"] == "FA071X"
    assert facts["serial_variants"] == ["FAO71X", "FA07IX", "FAO7IX"]
    assert "serial_variants" not in firearm(serial="FAX-773")


SERIALS = st.text(alphabet="ABO0I1S5Z2G6B8XK37-/ .", min_size=1, max_size=24)


@given(SERIALS)
def test_variants_are_few_other_and_misread_alike(written: str) -> None:
    value = read_serial(written, "US", REFERENCE).value
    if value is None:
        return
    variants = serial_variants(value)
    assert len(variants) <= MAX_VARIANTS
    assert value not in variants
    assert len(set(variants)) == len(variants)
    for variant in variants[:3]:
        assert len(variant) == len(value)
        # Looking alike goes both ways: the nearest readings of a variant lead back.
        if sum(left != right for left, right in zip(variant, value, strict=True)) == 1:
            signs = sum(sign in "O0I1S5B8Z2G6" for sign in value)
            assert value in serial_variants(variant) or signs > MAX_VARIANTS


@given(SERIALS | st.sampled_from(["S/N", "limada", "not legible", "0000"]) | st.text(max_size=30))
def test_a_serial_here_is_one_for_identifiers_too(written: str) -> None:
    stripped = written.strip()
    if not stripped or len(stripped) > 64 or not stripped.isprintable():
        return
    item = {"kind": "firearm", "serial": stripped}
    event = {"report_id": "F-1", "handling": {"tlp": "CLEAR"}, "items": [item], "narrative": {"text": "Fictional."}}
    facts, _ = run(SeizureReport.model_validate_json(orjson.dumps(event)))
    found = [one["value"] for one in facts.get("identifiers", ()) if one["kind"] == "serial"]
    serial = facts["items"][0].get("firearm", {}).get("serial")
    assert found == ([] if serial is None else [serial])


def test_words_for_no_serial_are_placeholders() -> None:
    for words in REFERENCE.firearms.serial_words.values():
        for word in words:
            assert REFERENCE.placeholders.stands_for_none(word), word


def test_parts_magazines_and_ammunition() -> None:
    assert seize({"kind": "firearm_part", "part": "Glock switches"})[0] == {"conversion_device": True}
    assert seize({"kind": "firearm_part", "part": "Switch"})[0] == {"conversion_device": True}
    assert seize({"kind": "firearm_part", "part": "Silencer"})[0] == {}
    assert seize({"kind": "firearm_part", "part": "Receiver", "serial": "S/N"})[0] == {"no_serial": "none"}
    assert seize({"kind": "ammunition", "calibre": "7.62 x 39 mm"})[0] == {"calibre": "7.62x39"}
    assert seize({"kind": "magazine", "calibre": ".223"})[0] == {"calibre": ".223/5.56"}
    assert seize({"kind": "property", "type": "Fictional"})[0] == {}


def trace(**result: Any) -> dict[str, Any] | None:
    event = {
        "report_id": "FICTION-2",
        "handling": {"tlp": "CLEAR"},
        "kind": "trace_result",
        "narrative": {"text": "Fictional."},
        "trace_result": {
            "amends": {"agency": "cbp", "serial": "FICT123"},
            "requester": "Fictional office",
            "status": "traced_to_purchaser",
            **result,
        },
    }
    found: dict[str, Any] | None = run(CaseEvent.model_validate_json(orjson.dumps(event)))[0].get("time_to_crime")
    return found


def test_time_to_crime_of_two_days() -> None:
    facts = trace(purchased={"value": "2023-01-10"}, recovered={"value": "2023-03-01"})
    assert facts == {
        "indicator": "time_to_crime",
        "days_from": 50,
        "days_to": 50,
        "years_from": 0.14,
        "years_to": 0.14,
        "short": True,
    }


@pytest.mark.parametrize(
    ("purchased", "recovered", "days", "short"),
    [
        ("2020-02-29", "2023-02-28", (1095, 1095), True),
        ("2020-02-29", "2023-03-01", (1096, 1096), False),
        ("2020-05-10", "2023-05-09", (1094, 1094), True),
        ("2020-05-10", "2023-05-10", (1095, 1095), False),
        ("2020", "2023-06-01", (882, 1247), None),  # from a year: it may be more or less than three
        ("2021-05", "2021-05", (0, 30), True),
        ("2010", "2024", (4749, 5478), False),
    ],
)
def test_time_to_crime_is_as_exact_as_its_dates(
    purchased: str, recovered: str, days: tuple[int, int], short: bool | None
) -> None:
    facts = trace(purchased={"value": purchased}, recovered={"value": recovered})
    assert facts is not None
    assert (facts["days_from"], facts["days_to"]) == days
    assert facts.get("short") is short


def test_no_time_to_crime_without_both_dates_or_against_the_calendar() -> None:
    assert trace(purchased={"value": "2023-01-10"}) is None
    assert trace(recovered={"value": "2023-01-10"}) is None
    assert trace(purchased={"value": "2024-01-10"}, recovered={"value": "2023-01-10"}) is None


@given(st.dates(date(1950, 1, 1), date(2040, 1, 1)), st.integers(0, 20_000))
def test_days_are_those_of_the_calendar(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    facts = trace(purchased={"value": first.isoformat()}, recovered={"value": last.isoformat()})
    assert facts is not None
    assert (facts["days_from"], facts["days_to"]) == (days, days)
    assert 0 <= facts["years_from"] == facts["years_to"]
    assert facts["indicator"] == "time_to_crime"

"""Exact identifiers: spellings that are one number, texts that are none, and people who contribute nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.enrichment.identifier_forms import FORMS, normalise
from processors.reference import default_reference
from processors.reference.phones import read_phone
from streams.contracts import PROTECTED_ROLES
from streams.reports import IdentifierKind
from tests.unit.enriching import enrich, enrich_only, facts_of, make_stage, open_output, store

REFERENCE = default_reference()
FIRM = {"basis": "charged", "review_date": "2027-01-01"}
CURP = "EESE840719HTSJLF00"


def _normal(kind: IdentifierKind, written: str, country: str = "US") -> str | None:
    return normalise(kind, written, country, REFERENCE)


def _found(event: dict[str, Any], **where: str) -> dict[tuple[str, str], str]:
    return {(one["kind"], one["value"]): one["field"] for one in facts_of(event, **where).get("identifiers", [])}


def _person(*roles: str, **parts: Any) -> dict[str, Any]:
    """A fictional person with a CURP, a passport and a phone."""
    numbers = [{"kind": "CURP", "value": CURP}, {"kind": "passport", "value": "G-5550 1234"}]
    return {"name": "Efraín Ficticio", "roles": list(roles), "identifiers": numbers,
            "phones": [{"number": "956-555-0142", "country": "US"}]} | parts  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("plate", "tkx-4821", "TKX4821"),
        ("plate", "XGT 482 C", "XGT482C"),
        ("plate", "ＴＫＸ４８２１", "TKX4821"),
        ("plate", "ñu-1234", "NU1234"),
        ("plate", "TX", None),
        ("plate", "TKX-48?1", None),
        ("plate", "ТКХ4821", None),  # Cyrillic letters: another plate, or a trick
        ("vin", "3vwc57bu3pmz55502", "3VWC57BU3PMZ55502"),
        ("vin", "3VWC5 7BU3P MZ55502", "3VWC57BU3PMZ55502"),
        ("vin", "3VW", None),
        ("serial", "kfx 4107", "KFX4107"),
        ("serial", "???4107", None),
        ("serial", "KFX4107 (partially obliterated)", None),
        ("serial", "ABC", None),
        ("curp", "eese840719-htsjlf00", CURP),
        ("curp", "EESE840719", None),
        ("passport", "G 5550 1234", "G55501234"),
        ("passport", "G555", None),
        ("wallet", " TFakePuenteDemoPiLLsXXXXXXXXXXXXXX", "TFakePuenteDemoPiLLsXXXXXXXXXXXXXX"),
        ("wallet", "0x12", None),
        ("wallet", "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
        ("rfc", "gode-561231-gr8", "GODE561231GR8"),
        ("rfc", "ÑOÑE 561231 AB1", "ÑOÑE561231AB1"),
        ("rfc", "XAXX010101000", None),
        ("rfc", "XEXX-010101-000", None),
        ("rfc", "GODE561231", None),
        ("visa", "2018 1234 567", "20181234567"),
        ("clabe", "032 180 00011835971 9", "032180000118359719"),
        ("clabe", "03218000011835971", None),
        ("iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("container", "CSQU 305438-3", "CSQU3054383"),
        ("container", "CSQX3054383", None),
        ("aircraft", "xb-abc", "XBABC"),
        ("aircraft", "N 123AB", "N123AB"),
        ("aircraft", "N0123", None),
        ("vessel", "IMO 9074729", "IMO9074729"),
        ("vessel", "TX 1234 AB", "TX1234AB"),
        ("vessel", "IMO 907472", None),
        ("docket", "fed/tamps/nld/0000871/2026", "FED/TAMPS/NLD/0000871/2026"),
        ("docket", "2026–CRB–000318 – D1", "2026-CRB-000318-D1"),
        ("docket", "Expediente", None),
        ("imei", "35-693803-564380-9", "35693803564380"),
        ("imei", "3569380356438012", "35693803564380"),
        ("imei", "35693803564380", "35693803564380"),
        ("imei", "3569380", None),
        ("phone", "+1 956 555 0142 ext. 3", "+19565550142"),
        ("phone", "555-0142", None),
        ("phone", "911", None),
        ("phone", "000 000 0000", None),
    ],
)
def test_spellings(kind: IdentifierKind, written: str, expected: str | None) -> None:
    assert _normal(kind, written) == expected


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("+52 1 867 555 0131", "US", "+528675550131"),
        ("52 1 867 555 0131", "MX", "+528675550131"),
        ("01 867 555 0131", "MX", "+528675550131"),
        ("044 867 555 0131", "MX", "+528675550131"),
        ("045 867 555 0131", "MX", "+528675550131"),
        ("867 555 0131", "MX", "+528675550131"),
        ("011 52 867 555 0131", "US", "+528675550131"),
        ("011-52-1-867-555-0131", "US", "+528675550131"),
        ("00 1 956 555 0142", "MX", "+19565550142"),
        ("001 956 555 0142", "MX", "+19565550142"),
        ("1-956-555-0142", "US", "+19565550142"),
        ("(956) 555-0142", "US", "+19565550142"),
        ("956.555.0142", "US", "+19565550142"),
        ("+1 867 555 0131", "MX", "+18675550131"),
        ("867 555 0131 / 867 555 0132", "MX", None),
        ("+52 1 867 555 01", "MX", None),
        ("S/N", "MX", None),
    ],
)
def test_telephone_numbers_of_both_countries(written: str, country: str, expected: str | None) -> None:
    assert read_phone(written, country) == expected


@pytest.mark.parametrize("kind", ["plate", "serial", "vin"])
@pytest.mark.parametrize(
    "written",
    ["S/N", "s/n", "S. N.", "SIN NÚMERO", "SIN NUMERO", "LIMADA", "obliterated", "ilegible", "S/P", "SIN PLACAS",
     "sin placas", "N/A", "No plate", "UNKNOWN", "00000", "XXXX-XXX", "-", "no", "None", "NULL", "matrícula limada"],
)  # fmt: skip
def test_placeholders_are_no_identifiers(kind: IdentifierKind, written: str) -> None:
    assert _normal(kind, written) is None


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=40), st.sampled_from(["US", "MX"]))
def test_any_text_has_a_well_formed_normal_form_or_none(kind: IdentifierKind, written: str, country: str) -> None:
    value = _normal(kind, written, country)
    if value is not None:
        assert FORMS[kind].sign.fullmatch(value)
        assert value.isascii() or kind == "rfc"
        assert _normal(kind, value, country) == value


@given(st.from_regex(r"[A-Z]{3}[0-9]{4,8}", fullmatch=True), st.data())
def test_separators_and_case_make_no_other_number(value: str, data: st.DataObject) -> None:
    written = "".join(
        data.draw(st.sampled_from([sign, sign.lower()])) + data.draw(st.sampled_from(["", " ", "-", ".", "–"]))
        for sign in value
    )
    assert {_normal(kind, written) for kind in ("plate", "serial")} == {_normal("plate", value)}


@given(*[st.from_regex(r"[A-Z0-9]{5,10}[0-9]", fullmatch=True)] * 2)
def test_two_numbers_never_become_one(one: str, other: str) -> None:
    if one != other and (value := _normal("serial", one)) is not None:
        assert _normal("serial", other) != value


def test_each_field_of_a_seizure_gives_its_identifier_with_the_path_and_the_text() -> None:
    event = {
        "conveyances": [
            {"kind": "vehicle", "make": "Inventada", "vin": "3vwc57bu3pmz55502",
             "plates": [{"number": "S/P"}, {"number": "tkx-4821", "state": "Texas", "country": "US"}]}
        ],
        "items": [
            {"kind": "firearm", "serial": "S/N"},
            {"kind": "firearm", "make": "Ficticia", "serial": "kfx-4107"},
            {"kind": "firearm_part", "part": "receiver", "serial": "DRB 20731"},
        ],
        "phones": [{"number": "867 555 0131", "country": "MX", "imei": "35-693803-564380-9"}],
        "accounts": [
            {"kind": "clabe", "value": "002010077777777771"},
            {"kind": "wallet", "value": "TFakePuenteDemoPiLLsXXXXXXXXXXXXXX", "network": "TRON"},
        ],
        "people": [_person("suspect", **FIRM)],
        "references": [{"issuer": "Fiscalía Ficticia", "number": "REF-1/2026"}],
    }  # fmt: skip
    report = enrich({"narrative": {"text": "Fictional."}, **event})
    assert {(one["kind"], one["value"], one["field"]) for one in report["facts"]["identifiers"]} == {
        ("plate", "TKX4821", "conveyances[0].plates[1].number"),
        ("vin", "3VWC57BU3PMZ55502", "conveyances[0].vin"),
        ("serial", "KFX4107", "items[1].serial"),
        ("serial", "DRB20731", "items[2].serial"),
        ("phone", "+528675550131", "phones[0].number"),
        ("imei", "35693803564380", "phones[0].imei"),
        ("clabe", "002010077777777771", "accounts[0].value"),
        ("wallet", "TFakePuenteDemoPiLLsXXXXXXXXXXXXXX", "accounts[1].value"),
        ("curp", CURP, "people[0].identifiers[0].value"),
        ("passport", "G55501234", "people[0].identifiers[1].value"),
        ("phone", "+19565550142", "people[0].phones[0].number"),
    }
    plate = report["facts"]["identifiers"][0]
    assert (plate["as_written"], plate["issuer"]) == ("tkx-4821", "Texas, US")
    origins = {one["fact"]: one for one in report["provenance"] if one["fact"].startswith("identifiers")}
    assert len(origins) == 11
    assert origins["identifiers[0]"]["fields"] == ["conveyances[0].plates[1].number"]
    assert origins["identifiers[0]"]["rule"] == "enrich_identifiers:plate"


def test_case_numbers_count_whatever_the_system_and_so_do_serials_of_traces_and_nibin_leads() -> None:
    trace = {
        "kind": "trace_result",
        "case_numbers": [
            {"system": "docket", "number": "2026-CRH-000455-D2", "issuer": "Invented court"},
            {"system": "carpeta", "number": "fed/tamps/nld/0000871/2026", "issuer": "Fiscalía Ficticia"},
        ],
        "trace_result": {
            "amends": {"agency": "fgr", "serial": "kfx 4107", "exhibit": "EX-1", "report_id": "R-1"},
            "requester": "FGR",
            "status": "pending",
        },
    }
    where = {"event_type": "puente.case.v1"}
    assert set(_found(trace, **where)) == {
        ("docket", "2026-CRH-000455-D2"),
        ("docket", "FED/TAMPS/NLD/0000871/2026"),
        ("serial", "KFX4107"),
    }
    exhibits = [
        {"agency": "atf", "serial": "KFX4107"},
        {"agency": "atf", "serial": "S/N"},
        {"agency": "fgr", "exhibit": "E2"},
    ]
    lead = {"kind": "nibin_lead", "nibin_lead": {"exhibits": exhibits}}
    assert _found(lead, **where) == {("serial", "KFX4107"): "nibin_lead.exhibits[0].serial"}


@pytest.mark.parametrize("role", ["suspect", "defendant", "certified_owner", "purchaser"])
@pytest.mark.parametrize("basis", ["certified_suspicion", "charged", "convicted", "cleared", "mentioned"])
def test_only_firm_subjects_contribute(role: str, basis: str) -> None:
    found = _found({"people": [_person(role, basis=basis, review_date="2027-01-01")]})
    firm = basis in {"certified_suspicion", "charged", "convicted"}
    assert {kind for kind, _ in found} == ({"curp", "passport", "phone"} if firm else set())


@pytest.mark.parametrize("role", ["officer", "official"])
def test_people_in_no_part_of_the_matter_contribute_nothing(role: str) -> None:
    assert _found({"people": [_person(role, **FIRM)]}) == {}


@pytest.mark.parametrize(
    "parts",
    [
        *({"roles": ["suspect", role]} for role in sorted(PROTECTED_ROLES)),
        {"age": 17},
        {"birth_date": "2007-06-02"},  # 17 on the day of the event
        {"birth_year": 2007},  # 17 or 18
        {"birth_date": "2007-06-02", "age": 30},
    ],
)
def test_whoever_is_or_may_be_protected_contributes_nothing_whatever_else_they_are(parts: dict[str, Any]) -> None:
    occurred = {"value": "2025-06-01T09:00", "zone": "America/Chicago"}
    person = _person("suspect", **FIRM) | parts
    assert _found({"occurred": occurred, "people": [person]}) == {}


@pytest.mark.parametrize("parts", [{"age": 18}, {"birth_date": "2007-06-01"}, {"birth_year": 2006}])
def test_grown_up_subjects_do(parts: dict[str, Any]) -> None:
    occurred = {"value": "2025-06-01T09:00", "zone": "America/Chicago"}
    assert len(_found({"occurred": occurred, "people": [_person("suspect", **FIRM) | parts]})) == 3


def test_a_number_that_a_protected_person_shares_is_theirs_too() -> None:
    victim = {"name": "Elvia Ficticia", "roles": ["victim"], "phones": [{"number": "+1 (956) 555-0142"}]}
    event = {
        "phones": [{"number": "956 555 0142", "country": "US"}, {"number": "956 555 0143", "country": "US"}],
        "people": [victim, _person("suspect", **FIRM)],
    }
    assert {value for kind, value in _found(event) if kind == "phone"} == {"+19565550143"}


def test_news_retractions_and_reports_without_numbers_give_none() -> None:
    news = {"outlet": "Diario Ficticio", "title": "Placa TKX-4821", "body": "Tel. 867 555 0131"}
    report = enrich(news, event_type="puente.news.v1")
    assert "identifiers" not in report["facts"]
    retraction = store({"report_id": "FICTION-1", "retraction": {"reason": "Fictional."}})
    assert "identifiers" not in open_output(enrich_only(make_stage(), retraction)[0])["facts"]
    assert "identifiers" not in facts_of({})


@pytest.mark.parametrize("basis", [None, "mentioned", "cleared"])
def test_the_number_of_somebody_who_is_only_mentioned_links_nothing_wherever_it_stands(basis: str | None) -> None:
    """Found in review: in the record's own list of telephones it became an identifier."""
    person = {"name": "Persona Ficticia", "roles": ["suspect"], "phones": [{"number": "956 555 0142"}]}
    facts = facts_of(
        {
            "people": [person | ({"basis": basis, "review_date": "2030-01-01"} if basis else {})],
            "phones": [{"number": "+1 956 555 0142"}],
        }
    )
    assert "identifiers" not in facts

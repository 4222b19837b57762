"""Exact identifiers of registrations, accounts and documents: check digits, and candidates for who issued them."""

from typing import Any

from tests.unit.enriching import facts_of

FIRM = {"basis": "charged", "review_date": "2027-01-01"}
RFC_AND_VISA = [{"kind": "RFC", "value": "GODE561231GR8"}, {"kind": "visa", "value": "20181234567"}]


def _person(role: str, **parts: Any) -> dict[str, Any]:
    return {"name": "Persona Ficticia", "roles": [role], "identifiers": RFC_AND_VISA, **parts}


def test_conveyances_and_accounts_give_theirs_with_what_the_check_digits_say() -> None:
    """CSQU3054383: ISO 6346, annex A; IMO 9074729: the IMO number scheme's example; the CLABE is Banco de México's."""
    event = {
        "conveyances": [
            {"kind": "aircraft", "registration": "XB-ABC"},
            {"kind": "vessel", "registration": "TX 1234 AB", "imo_number": "IMO 9074729"},
            {"kind": "container", "container_number": "CSQU 305438 4", "registration": "REG-1"},
            {"kind": "vehicle", "vin": "1M8GDM9AXKP042789", "plates": [{"number": "XGT-482-C"}]},
            {"kind": "vehicle", "vin": "WVWZZZ1JZXW000001"},
        ],
        "accounts": [{"kind": "CLABE", "value": "032180000118359719", "institution": "Banco Ficticio"},
                     {"kind": "iban", "value": "GB82 WEST 1234 5698 7654 33"}],
        "people": [_person("suspect", **FIRM)],
    }  # fmt: skip
    facts = facts_of(event)["identifiers"]
    assert {(one["kind"], one["value"]): one.get("checked") for one in facts} == {
        ("aircraft", "XBABC"): None,
        ("vessel", "TX1234AB"): None,
        ("vessel", "IMO9074729"): True,
        ("container", "CSQU3054384"): False,
        ("vin", "1M8GDM9AXKP042789"): False,
        ("vin", "WVWZZZ1JZXW000001"): None,
        ("plate", "XGT482C"): None,
        ("clabe", "032180000118359719"): True,
        ("iban", "GB82WEST12345698765433"): False,
        ("rfc", "GODE561231GR8"): True,
        ("visa", "20181234567"): None,
    }
    [plate] = (one for one in facts if one["kind"] == "plate")
    assert plate["issuer_candidates"] == ["MX-TAM", "US-AZ"]
    assert "issuer" not in plate


def test_a_plate_whose_state_the_record_names_has_no_candidates() -> None:
    conveyance = {"kind": "vehicle", "plates": [{"number": "XGT-482-C", "state": "Texas"}]}
    [plate] = facts_of({"conveyances": [conveyance]})["identifiers"]
    assert (plate["issuer"], "issuer_candidates" in plate) == ("Texas", False)


def test_what_a_protected_person_carries_is_withheld_of_every_kind() -> None:
    assert "identifiers" not in facts_of({"people": [_person("victim"), _person("suspect", **FIRM)]})

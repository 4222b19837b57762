"""Substances in structured fields: CAS numbers, slang, pill marks, and pills counted beside a weight."""

from typing import Any

import pytest

from tests.unit.enriching import enrich, facts_of


def item_facts(item: dict[str, Any]) -> dict[str, Any]:
    [facts] = facts_of({"items": [item]})["items"]
    return {name: value for name, value in facts.items() if name not in {"ordinal", "kind"}}


def substance(name: str, **fields: Any) -> dict[str, Any]:
    return item_facts({"kind": "substance", "name": name, **fields})


def quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit}


@pytest.mark.parametrize(
    ("name", "commodity", "meaning"),
    [
        # slang of one meaning: the field is its context
        ("cristal", "methamphetamine", "methamphetamine"),
        ("tachas", "other_drug", "mdma"),
        ("perico", "cocaine", "cocaine"),
        ("pastillas de cristal", "methamphetamine", "methamphetamine"),
        ("M-30", "fentanyl", "fentanyl"),
        ("fentanyl M30", "fentanyl", "fentanyl"),
        # analogues and nitazenes under their own names
        ("ISOTONITAZENE", "other_drug", "isotonitazene"),
        ("para-fluorofentanilo", "fentanyl", "para-fluorofentanyl"),
        # what it was cut with does not change what it is
        ("fentanyl + caffeine", "fentanyl", "fentanyl + caffeine"),
        ("cocaína y levamisol", "cocaine", "cocaine + levamisole"),
    ],
)
def test_names_and_slang(name: str, commodity: str, meaning: str) -> None:
    assert substance(name) == {"commodity": commodity, "substance": meaning}


def test_chemicals_carry_their_cas_number() -> None:
    anpp = {"commodity": "precursor", "substance": "4-anpp", "cas": "21409-26-7"}
    assert substance("4-ANPP") == anpp
    precursor = {"kind": "precursor", "name": "4-anpp"}
    assert item_facts(precursor) == anpp
    # The publisher's own number stands, whatever the table says.
    assert item_facts({**precursor, "cas_number": "103-82-2"})["cas"] == "103-82-2"
    assert "cas" not in substance("Químico ficticio")


@pytest.mark.parametrize(
    ("name", "commodity", "candidates"),
    [
        ("blues", "drugs_unspecified", ["fentanyl", "oxycodone"]),
        ("China", "drugs_unspecified", ["fentanyl", "heroin"]),
        ("girl", "drugs_unspecified", ["fentanyl", "cocaine", "heroin"]),
        ("soda", "drugs_unspecified", ["cocaine", "caustic soda"]),
        ("pastillas blues", "drugs_unspecified", ["fentanyl", "oxycodone"]),
    ],
)
def test_slang_that_may_mean_several_keeps_them(name: str, commodity: str, candidates: list[str]) -> None:
    assert substance(name) == {"commodity": commodity, "substance_candidates": candidates}
    report = enrich({"items": [{"kind": "substance", "name": name}]})
    rules = {origin["fact"]: origin["rule"] for origin in report["provenance"]}
    assert rules["items[0].substance_candidates"] == "enrich_commodity:slang_ambiguous"


def test_the_mark_of_counterfeit_pills_is_presumptive() -> None:
    for name in ("M30", "pastillas M30", "fentanyl M30"):
        report = enrich({"items": [{"kind": "substance", "name": name}]})
        rules = {origin["fact"]: origin["rule"] for origin in report["provenance"]}
        assert "presumptive" in rules["items[0].commodity"], name


def test_pills_are_counted_wherever_they_stand() -> None:
    weighed = substance("cristal", quantity=quantity(1, "kg"), packages=quantity(3, "bultos"))
    assert (weighed["mass_kg"], weighed["count"], weighed["count_unit"]) == (1, 3, "package")
    pills = substance("M30", quantity=quantity(0.5, "kg"), packages=quantity(5000, "pastillas"))
    assert (pills["mass_kg"], pills["count"], pills["count_unit"]) == (0.5, 5000, "pill")
    doses = substance("LSD", quantity=quantity(2, "g"), packages=quantity(90, "dosis"))
    assert (doses["mass_kg"], doses["count"], doses["count_unit"]) == (0.002, 90, "dose")

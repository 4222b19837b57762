"""Commodities and quantities; factors are written out here once more from NIST SP 811."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.enrichment.goods import measure
from processors.reference import default_reference
from streams.contracts import Quantity, Substance
from tests.unit.enriching import enrich, facts_of


def item_facts(item: dict[str, Any]) -> dict[str, Any]:
    [facts] = facts_of({"items": [item]})["items"]
    assert isinstance(facts, dict)
    assert facts.pop("ordinal") == 0
    assert facts.pop("kind") == item["kind"]
    return facts


def substance(name: str = "Fentanyl", **fields: Any) -> dict[str, Any]:
    return item_facts({"kind": "substance", "name": name, **fields})


def quantity(value: float, unit: str, **fields: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, **fields}


@pytest.mark.parametrize(
    ("name", "commodity", "meaning"),
    [
        # CBP's ten drug types
        ("Marijuana", "marijuana", "marijuana"),
        ("Cocaine", "cocaine", "cocaine"),
        ("Fentanyl", "fentanyl", "fentanyl"),
        ("Heroin", "heroin", "heroin"),
        ("Methamphetamine", "methamphetamine", "methamphetamine"),
        ("Ecstasy", "other_drug", "mdma"),
        ("Khat (Catha Edulis)", "other_drug", "khat"),
        ("Ketamine", "other_drug", "ketamine"),
        ("Lsd", "other_drug", "lsd"),
        ("Other Drugs**", "other_drug", "other"),
        # as Mexican agencies write
        ("fentanilo", "fentanyl", "fentanyl"),
        ("CLORHIDRATO DE COCAÍNA", "cocaine", "cocaine"),
        ("crack", "cocaine", "crack"),
        ("metanfetaminas", "methamphetamine", "methamphetamine"),
        ("goma de opio", "opium_poppy", "opium"),
        ("Marihuana", "marijuana", "marijuana"),
        ("semilla de amapola", "opium_poppy", "opium poppy seed"),
        # how it looks is left out
        ("pastillas de fentanilo", "fentanyl", "fentanyl"),
        ("Suspected methamphetamine (liquid)", "methamphetamine", "methamphetamine"),
        ("polvo blanco", "other_drug", "polvo blanco"),
        # the record does not know
        ("Unknown", "drugs_unspecified", "unspecified"),
        ("Droga desconocida", "drugs_unspecified", "unspecified"),
        # not in the tables: under its own name
        ("Nuevo-Ficticio 7", "other_drug", "nuevo ficticio 7"),
        ("synthetic marijuana", "other_drug", "synthetic cannabinoids"),
        # mixtures under one weight
        ("fentanyl/heroin", "drugs_unspecified", "fentanyl + heroin"),
        ("cocaína y crack", "cocaine", "cocaine + crack"),
        ("fentanyl and somethingelse", "other_drug", "fentanyl and somethingelse"),
    ],
)
def test_substances(name: str, commodity: str, meaning: str) -> None:
    assert substance(name) == {"commodity": commodity, "substance": meaning}


@pytest.mark.parametrize(
    ("item", "commodity"),
    [
        ({"kind": "firearm"}, "firearm"),
        ({"kind": "firearm_part", "part": "Silencer"}, "firearm_part"),
        ({"kind": "ammunition"}, "ammunition"),
        ({"kind": "magazine"}, "magazine"),
        ({"kind": "explosive"}, "grenade_explosive"),
        ({"kind": "currency"}, "cash"),
        ({"kind": "fuel"}, "fuel"),
        ({"kind": "property", "type": "chaleco"}, "property"),
        ({"kind": "laboratory"}, "laboratory"),
        ({"kind": "plantation", "crop": "Amapola"}, "opium_poppy"),
        ({"kind": "plantation", "crop": "marihuana"}, "marijuana"),
        ({"kind": "precursor", "name": "acetona"}, "precursor"),
        ({"kind": "precursor", "name": "Químico ficticio"}, "precursor"),
        ({"kind": "precursor", "name": "Fentanyl"}, "precursor"),  # the publisher's kind outranks the table
    ],
)
def test_kinds(item: dict[str, Any], commodity: str) -> None:
    assert item_facts(item)["commodity"] == commodity


@pytest.mark.parametrize(
    ("value", "unit", "fact", "expected"),
    [
        (1, "lb", "mass_kg", 0.45359237),
        (10, "Libras", "mass_kg", 4.5359237),
        (1, "oz", "mass_kg", 0.028349523125),
        (2, "kilogramos", "mass_kg", 2),
        (2, "Kg.", "mass_kg", 2),
        (250, "g", "mass_kg", 0.25),
        (3, "toneladas", "mass_kg", 3000),
        (3, "t", "mass_kg", 3000),
        (1, "ton (US)", "mass_kg", 907.18474),
        (1, "gal", "volume_l", 3.785411784),
        (2, "Galones", "volume_l", 7.570823568),
        (5, "litros", "volume_l", 5),
        (5, "mL", "volume_l", 0.005),
        (1, "fl oz", "volume_l", 0.0295735295625),
    ],
)
def test_masses_and_volumes(value: float, unit: str, fact: str, expected: float) -> None:
    facts = substance(quantity=quantity(value, unit))
    assert facts.pop(fact) == pytest.approx(expected, rel=1e-12)
    assert facts == {"commodity": "fentanyl", "substance": "fentanyl"}


@pytest.mark.parametrize(
    ("item", "count", "unit"),
    [
        ({"kind": "substance", "name": "Fentanyl", "quantity": quantity(500, "pastillas")}, 500, "pill"),
        ({"kind": "substance", "name": "Fentanyl", "quantity": quantity(500, "each"), "form": "Tableta"}, 500, "pill"),
        ({"kind": "substance", "name": "Fentanyl", "quantity": quantity(500, "each")}, 500, "unit"),
        ({"kind": "substance", "name": "LSD", "quantity": quantity(20, "dosis")}, 20, "dose"),
        ({"kind": "substance", "name": "Marihuana", "quantity": quantity(20, "plantas")}, 20, "plant"),
        ({"kind": "substance", "name": "Marihuana", "quantity": quantity(20, "bultos")}, 20, "package"),
        ({"kind": "ammunition", "quantity": quantity(340, "cartuchos")}, 340, "round"),
        ({"kind": "ammunition", "quantity": quantity(340, "each")}, 340, "round"),
        ({"kind": "ammunition", "quantity": quantity(3, "cajas")}, 3, "package"),
        ({"kind": "firearm", "quantity": quantity(2, "piezas")}, 2, "unit"),
        ({"kind": "firearm", "serial": "FICT123"}, 1, "unit"),
        ({"kind": "magazine", "quantity": quantity(12, "each")}, 12, "unit"),
        ({"kind": "firearm_part", "part": "Receivers", "quantity": quantity(4, "unit")}, 4, "unit"),
        ({"kind": "explosive", "quantity": quantity(2, "unidades")}, 2, "unit"),
    ],
)
def test_counts(item: dict[str, Any], count: float, unit: str) -> None:
    facts = item_facts(item)
    assert (facts["count"], facts["count_unit"]) == (count, unit)
    assert not {"mass_kg", "volume_l", "amount", "unit_unknown"} & set(facts)


def test_pesos_and_dollars_stay_apart() -> None:
    dollars = item_facts({"kind": "currency", "quantity": quantity(15000, "USD")})
    pesos = item_facts({"kind": "currency", "quantity": quantity(15000, "pesos")})
    assert dollars == {"commodity": "cash", "amount": 15000, "currency": "USD"}
    assert pesos == {"commodity": "cash", "amount": 15000, "currency": "MXN"}
    assert item_facts({"kind": "currency", "quantity": quantity(9, "dólares")})["currency"] == "USD"


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "substance", "name": "Fentanyl", "quantity": quantity(3, "almudes")},  # unknown
        {"kind": "substance", "name": "Fentanyl", "quantity": quantity(3, "tons")},  # short or metric
        {"kind": "fuel", "quantity": quantity(3, "tambos")},  # no fixed size
        {"kind": "currency", "quantity": quantity(3, "$")},  # dollars or pesos
        {"kind": "substance", "name": "Fentanyl", "quantity": quantity(30000, "USD")},  # a street value
        {"kind": "magazine", "quantity": quantity(30, "rounds")},  # its capacity
        {"kind": "substance", "name": "Fentanyl", "quantity": quantity(3, "personas")},
    ],
)
def test_a_unit_that_says_nothing_is_not_used(item: dict[str, Any]) -> None:
    facts = item_facts(item)
    assert facts.pop("unit_unknown") is True
    assert set(facts) <= {"commodity", "substance"}


def test_packages_count_beside_a_weight_but_not_beside_a_count() -> None:
    packages = quantity(12, "paquetes")
    weighed = substance(quantity=quantity(10, "kg"), packages=packages)
    assert (weighed["mass_kg"], weighed["count"], weighed["count_unit"]) == (10, 12, "package")
    counted = substance(quantity=quantity(9000, "pills"), packages=packages)
    assert (counted["count"], counted["count_unit"]) == (9000, "pill")


def test_fields_have_hectares() -> None:
    field = {"kind": "plantation", "crop": "amapola", "hectares": 1.5}
    assert item_facts(field) == {"commodity": "opium_poppy", "substance": "opium poppy", "area_ha": 1.5}
    plants = item_facts({"kind": "plantation", "crop": "marihuana", "quantity": quantity(4000, "plantas")})
    assert (plants["count"], plants["count_unit"]) == (4000, "plant")


def test_approximate_travels_and_a_laboratory_s_capacity_is_no_seizure() -> None:
    assert substance(quantity=quantity(5, "kg", approximate=True))["approximate"] is True
    assert "approximate" not in substance(quantity=quantity(5, "kg"))
    assert item_facts({"kind": "laboratory", "capacity": quantity(200, "kg")}) == {"commodity": "laboratory"}


def test_every_item_keeps_its_ordinal() -> None:
    items = [{"kind": "ammunition"}, {"kind": "substance", "name": "Heroin"}, {"kind": "firearm"}]
    facts = facts_of({"items": items})["items"]
    assert [(item["ordinal"], item["kind"]) for item in facts] == [(0, "ammunition"), (1, "substance"), (2, "firearm")]


def test_each_quantity_says_where_it_comes_from() -> None:
    report = enrich({"items": [{"kind": "substance", "name": "Fentanyl", "quantity": quantity(1, "lb")}]})
    origins = {origin["fact"]: origin for origin in report["provenance"]}
    assert origins["items[0].mass_kg"] == {
        "fact": "items[0].mass_kg",
        "fields": ["items[0].quantity.value", "items[0].quantity.unit"],
        "rule": "enrich_quantity",
        "source": default_reference().units.source,
    }
    assert origins["items[0].commodity"]["rule"] == "enrich_commodity:name"
    unknown = enrich({"items": [{"kind": "substance", "name": "Ficticina"}]})["provenance"]
    assert "enrich_commodity:unknown_name" in {origin["rule"] for origin in unknown}


UNITS = ["lb", "kg", "g", "oz", "t", "l", "gal", "ml", "pills", "dosis", "each", "paquetes", "plantas"]


@given(value=st.floats(0, 1e6), unit=st.sampled_from(UNITS), factor=st.integers(1, 1000))
def test_units_scale_and_keep_their_dimension(value: float, unit: str, factor: int) -> None:
    item = Substance(kind="substance", name="Heroin")
    reference = default_reference()
    one = measure(item, Quantity(value=value, unit=unit), reference)
    many = measure(item, Quantity(value=value * factor, unit=unit), reference)
    assert one is not None
    assert many is not None
    assert many.value == pytest.approx(one.value * factor, rel=1e-9)
    assert (one.dimension, one.label) == (many.dimension, many.label)


@given(unit=st.sampled_from(UNITS))
def test_a_quantity_has_one_dimension_alone(unit: str) -> None:
    facts = substance(quantity=quantity(7, unit))
    assert len({"mass_kg", "volume_l", "count", "amount", "area_ha"} & set(facts)) == 1


@pytest.mark.parametrize(
    ("name", "meaning", "how"),
    [
        ("fentanyl HCl", "fentanyl", "form_words"),
        ("clorhidrato de fentanilo", "fentanyl", "form_words"),
        ("fentanyl powder", "fentanyl", "form_words"),
        ("pastillas de fentanilo", "fentanyl", "form_words"),
        ("cristal (metanfetamina)", "methamphetamine", "form_words"),
        ("marihuana verde", "marijuana", "form_words"),
        ("crystal meth", "methamphetamine", "name"),
        ("clorhidrato de cocaína", "cocaine", "name"),
        ("goma de opio", "opium", "name"),
        ("vegetal verde con características de marihuana", "marijuana", "presumptive"),
        ("vegetal verde con características propias de la marihuana", "marijuana", "presumptive"),
        ("Vegetal verde y seco con las características propias de la marihuana", "marijuana", "presumptive"),
        ("polvo blanco con características propias de la cocaína", "cocaine", "presumptive"),
        ("polvo blanco con características similares a la cocaína", "cocaine", "presumptive"),
        ("sustancia con características del fentanilo", "fentanyl", "presumptive"),
        ("probable metanfetamina", "methamphetamine", "presumptive"),
        ("presunta heroína", "heroin", "presumptive"),
        ("Suspected fentanyl", "fentanyl", "presumptive"),
        ("cocaine (presumptive)", "cocaine", "presumptive"),
        ("suspected fentanyl/heroin", "fentanyl + heroin", "mixture_presumptive"),
    ],
)
def test_everyday_names(name: str, meaning: str, how: str) -> None:
    assert substance(name)["substance"] == meaning
    report = enrich({"items": [{"kind": "substance", "name": name}]})
    rules = {origin["fact"]: origin["rule"] for origin in report["provenance"]}
    assert rules["items[0].commodity"] == f"enrich_commodity:{how}"


@pytest.mark.parametrize(
    "name",
    [
        "fentanyl (cocaine)",  # which?
        "cocaína con características propias del fentanilo",
        "vegetal verde y cocaína",  # two finds, one without a name
        "polvo blanco, cocaína",
        "vegetal verde",
        "sustancia con características similares",
        "clorhidrato",
        "probable",
    ],
)
def test_a_name_that_leaves_doubt_about_the_substance_is_not_guessed(name: str) -> None:
    assert substance(name)["commodity"] == "other_drug"


@pytest.mark.parametrize(
    ("item", "fact", "value"),
    [
        *(({"kind": "firearm", "quantity": quantity(3, unit)}, "count_unit", "unit")
          for unit in ("armas", "firearms", "pistolas", "armas largas")),
        *(({"kind": "magazine", "quantity": quantity(3, unit)}, "count_unit", "unit")
          for unit in ("cargadores", "magazines")),
        ({"kind": "explosive", "quantity": quantity(3, "granadas")}, "count_unit", "unit"),
        ({"kind": "ammunition", "quantity": quantity(3, "cartuchos útiles")}, "count_unit", "round"),
        *(({"kind": "currency", "quantity": quantity(3, unit)}, "currency", "MXN")
          for unit in ("M.N.", "MN", "pesos M.N.")),
        ({"kind": "currency", "quantity": quantity(3, "U.S. dollars")}, "currency", "USD"),
        ({"kind": "substance", "name": "LSD", "quantity": quantity(1, "lb(s)")}, "mass_kg", 0.45359237),
        *(({"kind": "substance", "name": "LSD", "quantity": quantity(3, unit)}, "mass_kg", 3)
          for unit in ("kgs", "kilos")),
    ],
)  # fmt: skip
def test_everyday_units(item: dict[str, Any], fact: str, value: object) -> None:
    assert item_facts(item)[fact] == value


@pytest.mark.parametrize(
    ("kind", "unit"),
    [("firearm", "cargadores"), ("magazine", "armas"), ("ammunition", "granadas"), ("property", "pistolas")],
)
def test_a_unit_of_another_kind_counts_nothing(kind: str, unit: str) -> None:
    extra = {"type": "Fictional"} if kind == "property" else {}
    facts = item_facts({"kind": kind, "quantity": quantity(3, unit), **extra})
    assert facts["unit_unknown"] is True
    assert "count" not in facts

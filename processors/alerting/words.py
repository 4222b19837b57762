"""The words that alerts use, in English and Spanish, and how figures and corridors are written for a reader. Pure."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from streams.reports import Commodity, IdentifierKind, ReportKind

__all__ = [
    "COMMODITIES",
    "IDENTIFIERS",
    "KINDS",
    "UNITS",
    "Measure",
    "Words",
    "name_commodities",
    "name_corridor",
    "tell_amount",
    "write_number",
]


class Words(NamedTuple):
    """One thing in both languages."""

    en: str
    es: str


class Measure(NamedTuple):
    """A unit that a subscription may ask for: the fact that holds it, and the label that this fact must have.

    `fact` is a field of an item; `label` is the count's unit or the currency; `commodity` must be the item's, if given.
    """

    fact: str
    label: str | None
    commodity: Commodity | None
    en: str
    es: str


UNITS: Mapping[str, Measure] = {
    "kg": Measure("mass_kg", None, None, "kg", "kg"),
    "l": Measure("volume_l", None, None, "litres", "litros"),
    "ha": Measure("area_ha", None, None, "hectares", "hectáreas"),
    "pill": Measure("count", "pill", None, "pills", "pastillas"),
    "dose": Measure("count", "dose", None, "doses", "dosis"),
    "round": Measure("count", "round", None, "rounds of ammunition", "cartuchos"),
    "firearm": Measure("count", "unit", "firearm", "firearms", "armas de fuego"),
    "magazine": Measure("count", "unit", "magazine", "magazines", "cargadores"),
    "plant": Measure("count", "plant", None, "plants", "plantas"),
    "package": Measure("count", "package", None, "packages", "paquetes"),
    "usd": Measure("amount", "USD", None, "U.S. dollars", "dólares estadounidenses"),
    "mxn": Measure("amount", "MXN", None, "Mexican pesos", "pesos mexicanos"),
}
"""Each unit measures one fact; nothing is turned into another unit, and packages are never pills. People who were moved
stand in no fact yet, so there is no unit for them."""

COMMODITIES: Mapping[Commodity, Words] = {
    "fentanyl": Words("fentanyl", "fentanilo"),
    "methamphetamine": Words("methamphetamine", "metanfetamina"),
    "cocaine": Words("cocaine", "cocaína"),
    "heroin": Words("heroin", "heroína"),
    "marijuana": Words("marijuana", "marihuana"),
    "opium_poppy": Words("opium or poppy", "opio o amapola"),
    "other_drug": Words("another drug", "otra droga"),
    "drugs_unspecified": Words("drugs, not specified", "drogas sin especificar"),
    "precursor": Words("precursor chemicals", "precursores químicos"),
    "laboratory": Words("a laboratory", "un laboratorio"),
    "firearm": Words("firearms", "armas de fuego"),
    "firearm_part": Words("firearm parts", "partes de armas"),
    "ammunition": Words("ammunition", "municiones"),
    "magazine": Words("magazines", "cargadores"),
    "grenade_explosive": Words("grenades or explosives", "granadas o explosivos"),
    "vehicle": Words("a vehicle", "un vehículo"),
    "cash": Words("cash", "dinero en efectivo"),
    "fuel": Words("fuel", "combustible"),
    "property": Words("property", "bienes"),
}

IDENTIFIERS: Mapping[IdentifierKind, Words] = {
    "plate": Words("licence plate", "la placa"),
    "vin": Words("vehicle identification number", "el número de identificación vehicular"),
    "phone": Words("telephone number", "el teléfono"),
    "imei": Words("IMEI", "el IMEI"),
    "serial": Words("serial number", "el número de serie"),
    "curp": Words("CURP", "la CURP"),
    "rfc": Words("tax number (RFC)", "el RFC"),
    "passport": Words("passport", "el pasaporte"),
    "visa": Words("visa", "la visa"),
    "clabe": Words("bank account (CLABE)", "la cuenta CLABE"),
    "iban": Words("bank account (IBAN)", "la cuenta IBAN"),
    "wallet": Words("wallet", "la cartera digital"),
    "docket": Words("case number", "el número de expediente"),
    "container": Words("container", "el contenedor"),
    "aircraft": Words("aircraft registration", "la matrícula de aeronave"),
    "vessel": Words("vessel registration", "la matrícula de embarcación"),
}

KINDS: Mapping[ReportKind, Words] = {
    "seizure": Words("a seizure report", "un informe de aseguramiento"),
    "case": Words("a case event", "un acto de una causa"),
    "news": Words("a news item", "una nota de prensa"),
}


def write_number(value: float) -> str:
    """A figure for a reader, the same in both languages as Mexico writes it: 12,400 or 2.268 or 0.00025."""
    if 0 < abs(value) < 1:
        # Three significant digits, never as 2.5e-05.
        return format(Decimal(f"{value:.3g}").normalize(), "f")
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def tell_amount(value: float, unit: str, *, approximate: bool = False) -> Words:
    """An amount in both languages, "about" where the publisher said so."""
    measure, figure = UNITS[unit], write_number(value)
    return Words(
        f"{'about ' if approximate else ''}{figure} {measure.en}",
        f"{'cerca de ' if approximate else ''}{figure} {measure.es}",
    )


def name_commodities(names: Collection[Commodity], unit: str) -> Words:
    """What an amount is of, in brackets behind its unit; empty where the unit itself says it."""
    if UNITS[unit].commodity is not None or (unit == "round" and set(names) == {"ammunition"}):
        return Words("", "")
    listed = [COMMODITIES[name] for name in sorted(set(names))]
    return Words(f" ({', '.join(one.en for one in listed)})", f" ({', '.join(one.es for one in listed)})")


def name_corridor(corridor: str) -> str:
    """A corridor as people write it: `laredo-nuevo_laredo` is Laredo - Nuevo Laredo."""
    return " - ".join(side.replace("_", " ").title() for side in corridor.split("-"))

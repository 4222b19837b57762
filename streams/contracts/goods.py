"""What was seized: one model a kind of item, told apart by `kind`."""

from typing import Annotated, Literal

from pydantic import Field

from streams.contracts.base import Code, Model, Number, Title

__all__ = [
    "MAX_ITEMS",
    "Ammunition",
    "Currency",
    "Explosive",
    "Firearm",
    "FirearmPart",
    "Fuel",
    "Item",
    "ItemBase",
    "Laboratory",
    "Magazine",
    "MixturePart",
    "Plantation",
    "Precursor",
    "Property",
    "Quantity",
    "Substance",
]

MAX_ITEMS = 64
"""Items of one report; the index keeps one document an item and tombstones by ordinal (`indexing.documents`)."""


class Quantity(Model):
    """An amount as reported; `unit` as written (`lb`, `kg`, `kilogramos`, `pills`, `each`, `MXN`), normalised later.

    `measure` says whether packaging is in a weight. `approximate` holds for "about", "more than".
    """

    value: Annotated[float, Field(ge=0, le=1e12)]
    unit: Code
    measure: Literal["gross", "net", "unknown"] = "unknown"
    approximate: bool = False


class ItemBase(Model):
    """What every seized item may have: the publisher's line number, amount, exhibit and what became of it."""

    line: Number | None = None
    description: Title | None = None
    quantity: Quantity | None = None
    packages: Quantity | None = None
    exhibit: Number | None = None
    laboratory_number: Number | None = None
    disposition: Code | None = None
    concealment: Title | None = None


class MixturePart(Model):
    """A component that the laboratory found, with its share of the net weight in percent where known."""

    name: Title
    purity_percent: Annotated[float, Field(ge=0, le=100)] | None = None


class Substance(ItemBase):
    """A drug: name as reported, and how sure that is (`presumptive` field test or `confirmed` by a laboratory)."""

    kind: Literal["substance"]
    name: Title
    form: Code | None = None
    purity_percent: Annotated[float, Field(ge=0, le=100)] | None = None
    identification: Literal["presumptive", "confirmed", "unknown"] = "unknown"
    mixture: tuple[MixturePart, ...] = Field((), max_length=32)
    packaging: Title | None = None
    press_marks: tuple[Title, ...] = Field((), max_length=16)


class Precursor(ItemBase):
    """A chemical for making drugs; `cas_number` where the publisher has it."""

    kind: Literal["precursor"]
    name: Title
    cas_number: Annotated[str, Field(pattern=r"^\d{2,7}-\d\d-\d$")] | None = None


class Laboratory(ItemBase):
    """A clandestine laboratory or concentration area; `capacity` per cooking cycle."""

    kind: Literal["laboratory"]
    product: Title | None = None
    capacity: Quantity | None = None


class Plantation(ItemBase):
    """A poppy or marijuana field, in hectares."""

    kind: Literal["plantation"]
    crop: Title
    hectares: Annotated[float, Field(ge=0, le=100_000)] | None = None


class Firearm(ItemBase):
    """A firearm. `serial` (matricula) as written, even if it says "S/N"; `obliterated` when it was ground off."""

    kind: Literal["firearm"]
    type: Code | None = None
    make: Title | None = None
    model: Title | None = None
    calibre: Code | None = None
    serial: Number | None = None
    importer: Title | None = None
    country_of_origin: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    privately_made: bool | None = None
    converted: bool | None = None
    obliterated: bool | None = None
    markings: tuple[Title, ...] = Field((), max_length=16)


class Ammunition(ItemBase):
    """Rounds."""

    kind: Literal["ammunition"]
    calibre: Code | None = None


class Magazine(ItemBase):
    """Magazines, with how many rounds each holds."""

    kind: Literal["magazine"]
    calibre: Code | None = None
    capacity: Annotated[int, Field(ge=1, le=1000)] | None = None


class FirearmPart(ItemBase):
    """A part or accessory: receiver, barrel, silencer, scope, conversion device; `part` as reported."""

    kind: Literal["firearm_part"]
    part: Title
    serial: Number | None = None


class Explosive(ItemBase):
    """Grenades, launchers, charges."""

    kind: Literal["explosive"]
    type: Title | None = None


class Currency(ItemBase):
    """Cash, cheques, instruments; the quantity's unit is the ISO 4217 code."""

    kind: Literal["currency"]
    instrument: Code | None = None


class Fuel(ItemBase):
    """Stolen or smuggled fuel."""

    kind: Literal["fuel"]
    fuel_type: Code | None = None


class Property(ItemBase):
    """Anything else: real estate, jewellery, body armour, equipment; `type` as reported."""

    kind: Literal["property"]
    type: Title


Item = Annotated[
    Substance
    | Precursor
    | Laboratory
    | Plantation
    | Firearm
    | Ammunition
    | Magazine
    | FirearmPart
    | Explosive
    | Currency
    | Fuel
    | Property,
    Field(discriminator="kind"),
]

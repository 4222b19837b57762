"""Enrichers of seized items: what it is, and how much of it in normal units."""

from processors.enrichment.draft import Draft, Finding, finding
from processors.reference import Reference
from processors.reference.folding import fold
from processors.reference.units import Dimension, Unit
from streams.contracts import Firearm, Plantation, Precursor, Quantity, SeizureReport, Substance
from streams.contracts.goods import Item
from streams.reports import Commodity

__all__ = ["Measured", "enrich_commodity", "enrich_quantity", "measure"]

_COMMODITY_OF_KIND: dict[str, Commodity] = {
    "ammunition": "ammunition",
    "currency": "cash",
    "explosive": "grenade_explosive",
    "firearm": "firearm",
    "firearm_part": "firearm_part",
    "fuel": "fuel",
    "laboratory": "laboratory",
    "magazine": "magazine",
    "property": "property",
}

_FACT_OF: dict[Dimension, str] = {"mass": "mass_kg", "volume": "volume_l", "area": "area_ha"}

_COUNTED_AS: dict[str, frozenset[str]] = {
    "ammunition": frozenset({"round", "unit", "package"}),
    "currency": frozenset({"unit", "package"}),
    "explosive": frozenset({"unit", "package"}),
    "firearm": frozenset({"unit", "package"}),
    "firearm_part": frozenset({"unit", "package"}),
    "fuel": frozenset({"unit", "package"}),
    "laboratory": frozenset({"unit"}),
    "magazine": frozenset({"unit", "package"}),
    "plantation": frozenset({"unit", "plant"}),
    "precursor": frozenset({"unit", "package", "dose", "pill"}),
    "property": frozenset({"unit", "package", "plant", "pill", "dose"}),
    "substance": frozenset({"unit", "package", "dose", "pill", "plant"}),
}
"""Counts that make sense for a kind of item: "30 rounds" of a magazine are its capacity, not its number."""

_KIND_OF_LABEL: dict[str, str] = {"firearm": "firearm", "magazine": "magazine", "grenade": "explosive"}
"""Units that name what they count: of such an item they are its units, of another ("5 armas" of cocaine) nothing."""

_PACKED = frozenset({"package", "unit", "pill", "dose"})
_WORTH_MONEY = frozenset({"currency", "property"})
"""Kinds whose amount may be money; for goods it is a street value, which is not a quantity."""


class Measured:
    """A quantity in normal units: kilograms, litres, hectares, a count of `label`, or money in `label` (ISO 4217)."""

    __slots__ = ("dimension", "label", "value")

    def __init__(self, dimension: Dimension, value: float, label: str) -> None:
        self.dimension: Dimension = dimension
        self.value = value
        self.label = label


def enrich_commodity(draft: Draft) -> list[Finding]:
    """What each item is: substances by their name as reported, in English or Spanish, everything else by the kind of
    item; a name that is not in the tables is another drug under its own name, a mixture of different drugs is none of
    them; slang is read as a name too, and keeps its candidates where it may mean several; a name with a word of doubt
    (suspected, probable, "con características de") is marked presumptive.
    """
    found: list[Finding] = []
    if not isinstance(draft.event, SeizureReport):
        return found
    commodities = draft.reference.commodities
    source = commodities.source
    for ordinal, item in enumerate(draft.event.items):
        kind = item.kind
        if kind in _COMMODITY_OF_KIND:
            of_kind = _COMMODITY_OF_KIND[kind]
            found.append(finding(("items", ordinal, "commodity"), of_kind, (f"items[{ordinal}].kind",), "kind"))
            continue
        if isinstance(item, Plantation):
            name, field = item.crop, f"items[{ordinal}].crop"
        else:
            assert isinstance(item, (Substance, Precursor))
            name, field = item.name, f"items[{ordinal}].name"
        named = commodities.read(name)
        precursor = kind == "precursor"
        # The publisher's kind outranks the table: a chemical may be listed as a drug elsewhere.
        commodity = "precursor" if precursor else named.commodity
        fields = (field, f"items[{ordinal}].kind") if precursor else (field,)
        found.append(finding(("items", ordinal, "commodity"), commodity, fields, named.how, source))
        if named.candidates:
            candidates = [substance for _, substance in named.candidates]
            found.append(finding(("items", ordinal, "substance_candidates"), candidates, (field,), named.how, source))
        elif named.substance:
            found.append(finding(("items", ordinal, "substance"), named.substance, (field,), named.how, source))
        # Chemicals go by their CAS number; a drug's own name is known everywhere.
        row = commodities.row(named.substance) if commodity == "precursor" and named.substance else None
        if precursor and isinstance(item, Precursor) and item.cas_number is not None:
            found.append(finding(("items", ordinal, "cas"), item.cas_number, (f"items[{ordinal}].cas_number",)))
        elif row is not None and row.cas is not None:
            found.append(finding(("items", ordinal, "cas"), row.cas, (field,), named.how, source))
    return found


def enrich_quantity(draft: Draft) -> list[Finding]:
    """How much of each item in kilograms, litres, hectares, pieces or money, by the exact factor of the unit as
    written; none is turned into another, and a value whose unit is unknown, ambiguous or unfit for the item is not
    used.
    """
    found: list[Finding] = []
    if not isinstance(draft.event, SeizureReport):
        return found
    source = draft.reference.units.source
    for ordinal, item in enumerate(draft.event.items):
        field = f"items[{ordinal}]"
        measured: Measured | None = None
        quantity, packages, kind = item.quantity, item.packages, item.kind
        if quantity is not None:
            fields: tuple[str, ...] = (f"{field}.quantity.value", f"{field}.quantity.unit")
            measured = measure(item, quantity, draft.reference)
            if measured is None:
                found.append(finding(("items", ordinal, "unit_unknown"), True, fields[1:]))
            else:
                _add_facts(found, ordinal, measured, fields, source)
                if quantity.approximate:
                    approximate = (f"{field}.quantity.approximate",)
                    found.append(finding(("items", ordinal, "approximate"), True, approximate))
        elif kind == "firearm" and isinstance(item, Firearm) and item.serial is not None:
            _add_facts(found, ordinal, Measured("count", 1.0, "unit"), (f"{field}.serial",), "", "one_serial")
        if packages is not None and (measured is None or measured.dimension != "count"):
            # A count of its own, in packages; where the item is counted already, packages are only how it was wrapped.
            packed = measure(item, packages, draft.reference)
            if packed is not None and packed.dimension == "count" and packed.label in _PACKED:
                fields = (f"{field}.packages.value", f"{field}.packages.unit")
                # "12 pieces" in this field are packages; pills and doses are themselves, beside the weight.
                label = "package" if packed.label == "unit" else packed.label
                _add_facts(found, ordinal, Measured("count", packed.value, label), fields, source, "packages")
        if kind == "plantation" and isinstance(item, Plantation) and item.hectares is not None:
            found.append(finding(("items", ordinal, "area_ha"), item.hectares, (f"{field}.hectares",)))
    return found


def measure(item: Item, quantity: Quantity, reference: Reference) -> Measured | None:
    """A quantity of `item` in normal units, or None if its unit is unknown, ambiguous or unfit for the item."""
    unit = reference.units.read(quantity.unit)
    if unit is None:
        return None
    dimension = unit.dimension
    if dimension == "amount" and item.kind not in _WORTH_MONEY:
        return None
    if dimension != "count":
        return Measured(dimension, quantity.value * unit.factor, unit.label)
    label = _count_label(item, unit, reference)
    return Measured("count", quantity.value, label) if label in _COUNTED_AS[item.kind] else None


def _count_label(item: Item, unit: Unit, reference: Reference) -> str:
    if unit.label == "unit":
        if item.kind == "ammunition":
            return "round"
        if isinstance(item, Substance) and item.form and fold(item.form) in reference.units.pill_forms:
            return "pill"
    if _KIND_OF_LABEL.get(unit.label) == item.kind:
        return "unit"
    return unit.label


def _add_facts(
    found: list[Finding], ordinal: int, measured: Measured, fields: tuple[str, ...], source: str, how: str = ""
) -> None:
    dimension = measured.dimension
    if dimension == "count":
        found.append(finding(("items", ordinal, "count"), measured.value, fields, how, source))
        found.append(finding(("items", ordinal, "count_unit"), measured.label))
    elif dimension == "amount":
        found.append(finding(("items", ordinal, "amount"), measured.value, fields, how, source))
        found.append(finding(("items", ordinal, "currency"), measured.label))
    else:
        found.append(finding(("items", ordinal, _FACT_OF[dimension]), measured.value, fields, how, source))

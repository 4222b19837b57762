"""What a record tells of its load, added up for comparison with another record's. Pure.

`processors.correlation.amounts` settles what several records of one event say, for the documents.
"""

from typing import Any

from streams.facts import ComparisonRecord
from streams.reports import ItemFacts

__all__ = ["Load", "sum_load"]

Load = dict[str, dict[str, float]]
"""Good -> measure -> amount. Pieces and money are `count` with their unit."""
_MEASURES = ("mass_kg", "volume_l", "count", "amount")
_MEASURED = {**dict.fromkeys(("kg", "g", "t", "lb", "oz"), "mass_kg"), **dict.fromkeys(("l", "ml"), "volume_l")}
"""Unit of a text -> the measure that `qty_si` then is."""


def sum_load(record: ComparisonRecord) -> Load:
    """Good -> measure -> amount, added up over the items."""
    totals: dict[str, dict[str, float]] = {}
    for item in record.get("items", ()):
        held = totals.setdefault(item["commodity"], {})
        for measure, amount in _measures(item):
            held[measure] = held.get(measure, 0.0) + amount
    for told in record.get("told", ()):
        measure = _MEASURED.get(told["unit"]) or f"count {told['unit']}"
        totals.setdefault(told["commodity"], {}).setdefault(measure, told["qty_si"])
    return totals


def _measures(item: ItemFacts) -> list[tuple[str, float]]:
    found: dict[str, Any] = {name: item[name] for name in _MEASURES if name in item}  # type: ignore[literal-required]
    if "count" in found:
        found[f"count {item.get('count_unit', 'unit')}"] = found.pop("count")
    if "amount" in found:
        found[f"count {item.get('currency', '')}"] = found.pop("amount")
    return [(name, float(value)) for name, value in found.items() if value]

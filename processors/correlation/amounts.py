"""How much of what one event is about: one amount for each commodity and measure, whoever tells of it. Pure."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from processors.correlation.corroboration import best_first, grade_of
from streams.dossiers import EventAmount, Measure
from streams.facts import ComparedAmount, ComparisonRecord
from streams.reports import Commodity, ItemFacts

__all__ = ["official_first", "settle_amounts"]

_PLAIN: tuple[Measure, ...] = ("mass_kg", "volume_l", "area_ha")
_TOLD_MASS = frozenset({"t", "kg", "g", "oz", "lb"})
_TOLD_VOLUME = frozenset({"l", "ml"})
_MONEY = frozenset({"MXN", "USD"})
_COMMODITIES = frozenset(get_args(Commodity))
_UNSPECIFIED: Commodity = "drugs_unspecified"
_DRUGS: frozenset[Commodity] = frozenset(
    {"fentanyl", "methamphetamine", "cocaine", "heroin", "marijuana", "opium_poppy", "other_drug"}
)

_Of = tuple[Commodity, Measure, str]
"""What an amount is of: commodity, measure, unit ("" where the measure says it)."""


class _Told(NamedTuple):
    """What one record says: its amount, the least and the most that it says, whether it is about so much."""

    value: float
    low: float
    high: float
    approximate: bool


def official_first(record: ComparisonRecord) -> tuple[bool, tuple[bool, bool, str, str], str]:
    """What to sort the records of one event by: agencies before news, the best graded first, then by id."""
    return record["kind"] == "news", best_first(grade_of(record)), record["id"]


def settle_amounts(records: Sequence[ComparisonRecord]) -> list[EventAmount]:
    """The amounts of one event, by commodity, measure and unit.

    Not a sum and not the maximum: several records tell of the same goods. Items of one record are added up. Drugs that
    a record does not name are left out where another record of the event names drugs: they are the same.
    """
    if len(records) == 1:  # as nearly all are
        alone = _amounts_of(records[0])
        return [_settle(of, alone[of], records[0], ()) for of in (sorted(alone) if len(alone) > 1 else alone)]
    told = [(record, _amounts_of(record)) for record in sorted(records, key=official_first)]
    named = any(_names_drugs(amounts) for _, amounts in told)
    settled: dict[_Of, EventAmount] = {}
    for record, amounts in told:
        unnamed = named and not _names_drugs(amounts)
        for of, one in amounts.items():
            if of not in settled and not (unnamed and of[0] == _UNSPECIFIED):
                settled[of] = _settle(of, one, record, [others[of] for _, others in told if of in others])
    return [settled[of] for of in sorted(settled)]


def _settle(of: _Of, one: _Told, record: ComparisonRecord, every: Sequence[_Told]) -> EventAmount:
    commodity, measure, unit = of
    amount: EventAmount = {
        "commodity": commodity,
        "measure": measure,
        "value": one.value,
        "agency": record["agency"],
        "report_id": record["report_id"],
    }
    if unit:
        amount["unit"] = unit
    if one.approximate:
        amount["approximate"] = True
    low, high = one.low, one.high
    for other in every:
        low, high = min(low, other.low), max(high, other.high)
    if low < high:
        amount["low"], amount["high"] = low, high
    if record["kind"] == "news":
        amount["only_news"] = True
    return amount


def _names_drugs(amounts: Iterable[_Of]) -> bool:
    return any(commodity in _DRUGS for commodity, _, _ in amounts)


def _amounts_of(record: ComparisonRecord) -> dict[_Of, _Told]:
    parts: dict[_Of, list[float]] = {}
    about: set[_Of] = set()
    for item in record.get("items", ()):
        for of, value in _measure(item):
            if of in parts:
                parts[of].append(value)
            else:
                parts[of] = [value]
            if item.get("approximate"):
                about.add(of)
    # `fsum` is exact, so that the order of the items can't move the last digit.
    amounts = {
        of: _Told(total, total, total, of in about)
        for of, values in parts.items()
        if (total := round(math.fsum(values), 6)) > 0
    }
    for one in record.get("told", ()):
        told_of = _of_told(one)
        if told_of is None:
            continue
        value = round(one["qty_si"], 6)
        # What a text tells first counts; it may tell of other events further down.
        first = amounts.get(told_of, _Told(value, value, value, approximate=False))
        amounts[told_of] = first._replace(low=min(first.low, value), high=max(first.high, value))
    return amounts


def _measure(item: ItemFacts) -> list[tuple[_Of, float]]:
    commodity = item["commodity"]
    found: list[tuple[_Of, float]] = [
        ((commodity, measure, ""), item[measure]) for measure in _PLAIN if measure in item
    ]
    if "count" in item:
        found.append(((commodity, "count", item.get("count_unit", "unit")), item["count"]))
    if "amount" in item:
        found.append(((commodity, "amount", item.get("currency", "")), item["amount"]))
    return found


def _of_told(told: ComparedAmount) -> _Of | None:
    """What an amount that a text tells is of; None if the seizure contracts know no such goods."""
    commodity, unit = told["commodity"], told["unit"]
    if commodity not in _COMMODITIES:
        return None
    if unit in _TOLD_MASS:
        return commodity, "mass_kg", ""  # type: ignore[return-value]
    if unit in _TOLD_VOLUME:
        return commodity, "volume_l", ""  # type: ignore[return-value]
    if commodity == "ammunition" and unit == "unit":  # "1,500 cartridges" of a text are a record's rounds
        unit = "round"
    return commodity, "amount" if unit in _MONEY else "count", unit  # type: ignore[return-value]

"""How much a report's texts say was seized in single seizures: nothing twice, and no total over a period."""

from typing import Any

__all__ = ["sum_mentions"]

_DIMENSION = {
    "t": "mass_kg", "kg": "mass_kg", "g": "mass_kg", "oz": "mass_kg", "lb": "mass_kg",
    "l": "volume_l", "ml": "volume_l",
    "pill": "pills", "dose": "doses", "package": "packages", "plant": "plants", "unit": "units",
    "MXN": "MXN", "USD": "USD",
}  # fmt: skip
_NOT_GOODS = frozenset({"person_detained", "migrant", "victim"})
_DRUGS = ("fentanyl", "methamphetamine", "cocaine", "heroin", "marijuana", "opium_poppy", "other_drug")
_SAME = 0.01
"""Two figures this close, of one good at one place, are one figure told twice ("3,634 kilos, that is 3.6 tonnes")."""


def sum_mentions(mentions: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Commodity -> dimension (`mass_kg`, `volume_l`, `pills`, `units`, `USD` ...) -> amount.

    Of one good at one place each figure counts once, however often and in whatever unit of one dimension it is told;
    a figure that is the sum of the others is their total, and counts alone; "100 kilos of drugs" are left out where the
    drugs named beside them weigh as much. People are not added up here.
    """
    figures: dict[tuple[str, str], dict[str, list[float]]] = {}
    for mention in mentions:
        dimension = _DIMENSION.get(mention.get("unit") or "")
        amount: float | None = mention.get("qty_si")
        if mention["cumulative"] or not amount or dimension is None or mention["commodity"] in _NOT_GOODS:
            continue
        named: str | None = mention.get("place")
        place = named.casefold() if named else ""
        what = mention["commodity"], dimension
        known = figures.get(what)
        if known is None:
            figures[what] = {place: [amount]}
        elif place in known:
            known[place].append(amount)
        else:
            known[place] = [amount]
    totals: dict[str, dict[str, float]] = {}
    for (commodity, dimension), by_place in figures.items():
        # A headline names no place and repeats what the body says of one.
        if len(by_place) > 1 and "" in by_place:
            told = [amount for place, amounts in by_place.items() if place for amount in amounts]
            rest = [amount for amount in by_place.pop("") if not any(_is_same(amount, other) for other in told)]
            if rest and not _is_same(sum(rest), sum(told)):
                by_place[""] = rest
        total = 0.0
        for amounts in by_place.values():
            total += _add_up(amounts) if len(amounts) > 1 else amounts[0]
        if commodity not in totals:
            totals[commodity] = {}
        totals[commodity][dimension] = round(total, 6) if total % 1 else total
    if "drugs_unspecified" in totals:
        _drop_told_by_name(totals)
    return totals


def _drop_told_by_name(totals: dict[str, dict[str, float]]) -> None:
    """Take out what is told of unnamed drugs and again, drug by drug, of named ones."""
    unnamed = totals["drugs_unspecified"]
    for dimension, amount in list(unnamed.items()):
        named = sum(totals.get(drug, {}).get(dimension, 0.0) for drug in _DRUGS)
        if _is_same(amount, named):
            del unnamed[dimension]
    if not unnamed:
        del totals["drugs_unspecified"]


def _add_up(amounts: list[float]) -> float:
    distinct: list[float] = []
    for amount in sorted(amounts, reverse=True):
        if not any(_is_same(amount, other) for other in distinct):
            distinct.append(amount)
    whole, parts = distinct[0], sum(distinct[1:])
    return whole if len(distinct) > 2 and _is_same(whole, parts) else whole + parts


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other))

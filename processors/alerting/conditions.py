"""What a subscription may ask for. `CONDITIONS` is the list to extend: write a function, add a line.

A condition is pure. It is called only where the filter asks for it, gets what is asked and one subject, and returns
None if it is not met, else the reasons that a supervisor reads, in English and Spanish.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from processors.alerting.subjects import Subject
from processors.alerting.subscriptions import Amount, Filter, Members, WatchedIdentifier
from processors.alerting.words import (
    COMMODITIES,
    IDENTIFIERS,
    KINDS,
    UNITS,
    name_commodities,
    name_corridor,
    tell_amount,
    write_number,
)
from streams.alerts import AlertReason
from streams.reports import Commodity, ItemFacts, ReportKind

__all__ = ["CONDITIONS", "MAX_REASONS", "Condition", "Met", "find_reasons"]

MAX_REASONS = 32
"""Reasons that one condition lists; a watch list of thousands may meet an evidence file."""


class Met(NamedTuple):
    """A condition that is met, and why; `level` is set by a condition that makes the alert higher or lower."""

    reasons: tuple[AlertReason, ...]
    level: float | None = None


class Condition(NamedTuple):
    """`part` is the field of the filter; `meet` gets its value, the whole filter and the subject."""

    part: str
    meet: Callable[[Any, Filter, Subject], Met | None]


def meet_kinds(kinds: Sequence[ReportKind], _: Filter, subject: Subject) -> Met | None:
    """The report is of one of the kinds."""
    if subject.kind is None or subject.kind not in kinds:
        return None
    words = KINDS[subject.kind]
    return Met((_reason("kinds", "kind", subject.kind, f"It is {words.en}.", f"Es {words.es}."),))


def meet_commodities(commodities: Sequence[Commodity], _: Filter, subject: Subject) -> Met | None:
    """It names one of the commodities; a network, those that it sums."""
    found = [(name, (subject.commodities or {})[name]) for name in commodities if name in (subject.commodities or {})]
    return _met(
        _reason("commodities", field, name, f"It names {COMMODITIES[name].en}.", f"Menciona {COMMODITIES[name].es}.")
        for name, field in found
    )


def meet_substances(substances: Sequence[str], _: Filter, subject: Subject) -> Met | None:
    """It names one of the substances."""
    found = [(name, (subject.substances or {})[name]) for name in substances if name in (subject.substances or {})]
    return _met(
        _reason("substances", field, name, f"It names the substance {name}.", f"Menciona la sustancia {name}.")
        for name, field in found
    )


def meet_corridors(corridors: Sequence[str], _: Filter, subject: Subject) -> Met | None:
    """It lies in one of the corridors, as far as the gazetteer knows."""
    return _met(
        _reason(
            "corridors",
            crossed.field,
            crossed.corridor,
            f"It lies in the corridor {name_corridor(crossed.corridor)}.",
            f"Está en el corredor {name_corridor(crossed.corridor)}.",
        )
        for crossed in subject.corridors
        if crossed.corridor in corridors
    )


def meet_identifiers(_: Sequence[WatchedIdentifier], asked: Filter, subject: Subject) -> Met | None:
    """It carries one of the identifiers in its structured fields."""
    wanted = asked.watched
    reasons: list[AlertReason] = []
    for carried in subject.identifiers:
        if (carried.kind, carried.value) not in wanted:
            continue
        words = IDENTIFIERS[carried.kind]
        en, es = f"It carries the {words.en} {carried.value}", f"Lleva {words.es} {carried.value}"
        if carried.doubtful:
            en, es = f"{en}, whose check digits do not hold", f"{es}, cuyos dígitos verificadores no coinciden"
        reason = _reason("identifiers", carried.field, carried.value, f"{en}.", f"{es}.")
        reason["identifier_kind"] = carried.kind
        reasons.append(reason)
    return _met(reasons)


def meet_amount(amount: Amount, asked: Filter, subject: Subject) -> Met | None:
    """The items that fit the filter add up to the amount, in its unit alone, in one incident."""
    measured = [(at, item) for at, item in enumerate(subject.items) if _fits(item, asked)]
    counted = [(at, item, value) for at, item in measured if (value := _measure(item, amount.unit)) is not None]
    # `fsum` is exact, so that the order of the items can't move the last digit. Fourteen significant digits drop what
    # is no decimal's own, and keep what is less than a millionth.
    total = float(f"{math.fsum(value for _, _, value in counted):.14g}")
    is_enough = bool(counted) and total >= amount.at_least
    if not is_enough:
        return None
    about = any(item.get("approximate", False) for _, item, _ in counted)
    taken = {at for at, _, _ in counted}
    unread = sum(
        item.get("unit_unknown", False) and at not in taken and _may_hold(item, amount.unit) for at, item in measured
    )
    what = name_commodities([item["commodity"] for _, item, _ in counted], amount.unit)
    seized, wanted = tell_amount(total, amount.unit, approximate=about), tell_amount(amount.at_least, amount.unit)
    en, es = (
        f"It reports {seized.en}{what.en}; asked for {wanted.en} or more.",
        f"Informa de {seized.es}{what.es}; {_asked_es(amount.at_least)} {wanted.es} o más.",
    )
    if unread:
        en += f" The quantity of {unread} more of its items could not be read and is left out."
        es += f" La cantidad de {unread} más de sus objetos no se pudo leer y no se suma."
    at = counted[0][0] if len(counted) == 1 else None
    field = "items" if at is None else f"items[{at}].{UNITS[amount.unit].fact}"
    return Met((_reason("amount", field, f"{write_number(total)} {amount.unit}", en, es),), total)


def meet_members(members: Members, _: Filter, subject: Subject) -> Met | None:
    """The network has grown to so many reports."""
    if subject.members < members.at_least:
        return None
    count = subject.members
    en = f"It joins {count:,} reports; asked for {members.at_least:,} or more."
    es = f"Reúne {count:,} informes; {_asked_es(members.at_least)} {members.at_least:,} o más."
    return Met((_reason("members", "member_count", str(count), en, es),))


CONDITIONS: tuple[Condition, ...] = (
    Condition("kinds", meet_kinds),
    Condition("commodities", meet_commodities),
    Condition("substances", meet_substances),
    Condition("corridors", meet_corridors),
    Condition("identifiers", meet_identifiers),
    Condition("amount", meet_amount),
    Condition("members", meet_members),
)
"""In the order in which their reasons are listed."""


def find_reasons(
    asked: Filter, subject: Subject, conditions: Sequence[Condition] = CONDITIONS
) -> tuple[list[AlertReason], float] | None:
    """Reasons and level if every part of the filter is met, else None; `conditions` may be those alone that it asks.

    The level is the amount that met the filter's amount, the number of a network's reports, else 1.
    """
    reasons: list[AlertReason] = []
    level: float | None = None
    for part, meet in conditions:
        wanted = getattr(asked, part)
        if wanted is None:
            continue
        met = meet(wanted, asked, subject)
        if met is None:
            return None
        reasons += met.reasons
        level = met.level if met.level is not None else level
    return reasons, level if level is not None else float(subject.members or 1)


def _fits(item: ItemFacts, asked: Filter) -> bool:
    if asked.commodities is not None and item["commodity"] not in asked.commodities:
        return False
    return asked.substances is None or item.get("substance") in asked.substances


def _may_hold(item: ItemFacts, unit: str) -> bool:
    """Whether the unit may measure such an item."""
    return UNITS[unit].commodity in (None, item["commodity"])


def _measure(item: ItemFacts, unit: str) -> float | None:
    measure = UNITS[unit]
    if not _may_hold(item, unit):
        return None
    if measure.fact == "count":
        return item.get("count") if item.get("count_unit") == measure.label else None
    if measure.fact == "amount":
        return item.get("amount") if item.get("currency") == measure.label else None
    return {"mass_kg": item.get("mass_kg"), "volume_l": item.get("volume_l"), "area_ha": item.get("area_ha")}[
        measure.fact
    ]


def _asked_es(figure: float) -> str:
    return "se pidieron" if figure > 1 else "se pidió"


def _reason(condition: str, field: str, value: str, en: str, es: str) -> AlertReason:
    return {"condition": condition, "field": field, "value": value, "sentence_en": en, "sentence_es": es}


def _met(reasons: Iterable[AlertReason]) -> Met | None:
    listed = tuple(reasons)[:MAX_REASONS]
    return Met(listed) if listed else None

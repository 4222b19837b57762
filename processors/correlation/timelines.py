"""The members of a network by event: what happened, when and where, and each load counted once. Pure."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from processors.correlation.happenings import Happening, tell_happening
from processors.correlation.members import Member
from streams.dossiers import EventAmount
from streams.facts import ComparisonRecord
from streams.links import GoodsTotal, NetworkCounts
from streams.reports import Commodity

__all__ = ["count_pieces", "sum_goods", "tell_happenings"]


def tell_happenings(
    members: Sequence[Member], event_of: Mapping[str, str], read: Callable[[str], ComparisonRecord]
) -> list[Happening]:
    """One for each event of the members and one for each record of none, in the order of time, undated ones last.

    `event_of` gives the event of a report that is told of together with others; any other is an event of its own, or in
    none (`processors.correlation.events.tells_alone`). `read` gives the record of a member.
    """
    together: dict[str, list[Member]] = {}
    for member in members:
        report = member.named["id"]
        event = event_of.get(report) or (report if member.tells_alone else None)
        # A key that no event has keeps records of none apart.
        together.setdefault(event or f"-{report}", []).append(member)
    order = sorted((min(member.begins for member in told), event) for event, told in together.items())
    return [_tell(event, together[event], event_of, read) for _, event in order]


def _tell(
    event: str, told: Sequence[Member], event_of: Mapping[str, str], read: Callable[[str], ComparisonRecord]
) -> Happening:
    if len(told) == 1 and told[0].named["id"] not in event_of:  # as nearly all are
        return told[0].alone
    return tell_happening(event, [read(member.named["id"]) for member in told])


def _official(happenings: Iterable[Happening]) -> Iterable[EventAmount]:
    return (one for happening in happenings for one in happening.entry.get("goods", ()) if not one.get("only_news"))


def sum_goods(happenings: Iterable[Happening]) -> list[GoodsTotal]:
    """Kilograms of each commodity, each event once; what only news tell is left out."""
    masses: dict[Commodity, list[float]] = {}
    for one in _official(happenings):
        if one["measure"] == "mass_kg":
            masses.setdefault(one["commodity"], []).append(one["value"])
    # `fsum` is exact, so that the order can't move the last digit.
    return [{"commodity": name, "mass_kg": round(math.fsum(masses[name]), 6)} for name in sorted(masses)]


def count_pieces(happenings: Iterable[Happening]) -> NetworkCounts:
    """Firearms, rounds and pills, each event once; what only news tell is left out."""
    counted = [one for one in _official(happenings) if one["measure"] == "count"]

    def count(unit: str, commodity: str | None = None) -> int:
        fits = (one["value"] for one in counted if one.get("unit") == unit and commodity in (None, one["commodity"]))
        return round(math.fsum(fits))

    return {"firearms": count("unit", "firearm"), "rounds": count("round"), "pills": count("pill")}

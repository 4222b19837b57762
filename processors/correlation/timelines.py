"""The members of a network by event: what happened, when and where, and each load counted once. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from processors.correlation.amounts import official_first, settle_amounts
from processors.correlation.corroboration import find_origins, grade_origins
from processors.correlation.event_documents import most_exact_place, most_exact_time
from processors.correlation.events import tells_alone, tells_one
from processors.correlation.moments import local_day, seconds
from streams.dossiers import EventAmount, TimelineEntry
from streams.facts import ComparisonRecord
from streams.links import DerivedGrade, GoodsTotal, NetworkCounts
from streams.reports import Commodity

__all__ = ["Happening", "count_pieces", "sum_goods", "tell_happenings"]


class Happening(NamedTuple):
    """One event as a network's own records tell it."""

    entry: TimelineEntry
    grade: DerivedGrade


def tell_happenings(members: Sequence[ComparisonRecord], event_of: Mapping[str, str]) -> list[Happening]:
    """One for each event of the members and one for each record of none, in the order of time, undated ones last.

    `event_of` gives the event of a report that is told of together with others; any other is an event of its own, or in
    none (`processors.correlation.events.tells_alone`).
    """
    together: dict[str, list[ComparisonRecord]] = {}
    for record in members:
        # A key that no event has keeps records of none apart.
        together.setdefault(_event(record, event_of) or f"-{record['id']}", []).append(record)
    order = sorted((_start(records), name) for name, records in together.items())
    return [_tell(name, together[name]) for _, name in order]


def _event(record: ComparisonRecord, event_of: Mapping[str, str]) -> str | None:
    return event_of.get(record["id"]) or (record["id"] if tells_alone(record) else None)


def _start(records: Sequence[ComparisonRecord]) -> float:
    if len(records) == 1:
        return seconds(records[0]["when"]["start"]) if "when" in records[0] else math.inf
    return min((seconds(record["when"]["start"]) for record in records if "when" in record), default=math.inf)


def _tell(name: str, records: Sequence[ComparisonRecord]) -> Happening:
    if len(records) == 1:  # as most are
        ordered, agencies = records, [records[0]["agency"]]
    else:
        ordered = sorted(records, key=official_first)
        agencies = sorted({record["agency"] for record in ordered})
    entry: TimelineEntry = {"agencies": agencies, "reports": len(ordered)}
    basis = ordered[0].get("count_basis", "incident")
    if basis != "incident":
        entry["basis"] = basis
    elif not name.startswith("-"):
        entry["event"] = name
    if tells_one(ordered[0]) and (goods := settle_amounts(ordered)):
        entry["goods"] = goods
    if (when := most_exact_time(ordered)) is not None:
        entry["day"] = local_day(when["start"], when["zone"])
    if (place := most_exact_place(ordered)) is not None:
        entry["place"] = place
    return Happening(entry, grade_origins(find_origins(ordered)))


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

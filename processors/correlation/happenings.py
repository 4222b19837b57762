"""The records of one event -> what a network's timeline says of it. Pure, and a function of the set of records."""

from collections.abc import Sequence
from typing import NamedTuple

from processors.correlation.amounts import official_first, settle_amounts
from processors.correlation.corroboration import find_origins, grade_origins
from processors.correlation.event_documents import most_exact_place, most_exact_time
from processors.correlation.events import tells_one
from processors.correlation.moments import local_day
from streams.dossiers import TimelineEntry
from streams.facts import ComparisonRecord
from streams.links import DerivedGrade

__all__ = ["Happening", "tell_happening"]


class Happening(NamedTuple):
    """One event as a network's own records tell it."""

    entry: TimelineEntry
    grade: DerivedGrade


def tell_happening(event: str | None, records: Sequence[ComparisonRecord]) -> Happening:
    """What the records of one event tell, or, where `event` is None, one record that is in none."""
    ordered = sorted(records, key=official_first) if len(records) > 1 else records
    entry: TimelineEntry = {"agencies": sorted({record["agency"] for record in ordered}), "reports": len(ordered)}
    basis = ordered[0].get("count_basis", "incident")
    if basis != "incident":
        entry["basis"] = basis
    elif event is not None:
        entry["event"] = event
    if tells_one(ordered[0]) and (goods := settle_amounts(ordered)):
        entry["goods"] = goods
    if (when := most_exact_time(ordered)) is not None:
        entry["day"] = local_day(when["start"], when["zone"])
    if (place := most_exact_place(ordered)) is not None:
        entry["place"] = place
    return Happening(entry, grade_origins(find_origins(ordered)))

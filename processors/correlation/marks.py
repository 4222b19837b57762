"""Grade and handling of what is derived from several records: never better, never more releasable than the weakest."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from streams.facts import ComparisonRecord
from streams.links import DerivedGrade, LinkedReport
from streams.reports import GradeMark, HandlingMark

__all__ = ["Mark", "combine_grade", "combine_handling", "combine_marks", "name_report", "read_mark", "weakest_grade"]


class Mark(NamedTuple):
    """How strict a handling mark is, from 0, and the views that may read what it stands on."""

    strictness: int
    views: frozenset[str]


_TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def read_mark(record: ComparisonRecord) -> Mark:
    """The handling mark of a record; one without: the strictest, for no view."""
    handling = record.get("handling")
    if handling is None:
        return Mark(_TLP.index("RED"), frozenset())
    # A mark that we don't know is stricter than all that we know.
    tlp = handling["tlp"] if handling["tlp"] in _TLP else "RED"
    return Mark(_TLP.index(tlp), frozenset(handling["releasable_to"]))


def combine_marks(marks: Iterable[Mark]) -> HandlingMark:
    """The strictest TLP mark, and only the views to which everything is released."""
    strictest = 0
    views: frozenset[str] | None = None
    for mark in marks:
        strictest = max(strictest, mark.strictness)
        views = mark.views if views is None else views & mark.views
    return {"tlp": _TLP[strictest], "releasable_to": sorted(views or ())}


def combine_handling(records: Iterable[ComparisonRecord]) -> HandlingMark:
    """The strictest TLP mark, and only the views to which every record is released; a record without marks: none."""
    return combine_marks(map(read_mark, records))


def combine_grade(records: Sequence[ComparisonRecord]) -> DerivedGrade:
    """The weaker grade on each axis; one source that can't be judged (F, 6) leaves the whole so."""
    grades = [record["grade"] for record in records if "grade" in record]
    return weakest_grade(grades if len(grades) == len(records) else ())


def weakest_grade(grades: Sequence[GradeMark | DerivedGrade]) -> DerivedGrade:
    """The weaker grade on each axis; of none, that nothing can be judged."""
    return {
        "reliability": max((grade["reliability"] for grade in grades), default="F"),
        "credibility": max((grade["credibility"] for grade in grades), default="6"),
    }


def name_report(record: ComparisonRecord) -> LinkedReport:
    """Whose record it is."""
    return {
        "id": record["id"],
        "agency": record["agency"],
        "report_id": record["report_id"],
        "kind": record["kind"],
    }

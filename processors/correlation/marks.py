"""Grade and handling of what is derived from several records: never better, never more releasable than the weakest."""

from collections.abc import Sequence

from streams.facts import ComparisonRecord
from streams.links import DerivedGrade, LinkedReport
from streams.reports import GradeMark, HandlingMark

__all__ = ["combine_grade", "combine_handling", "name_report", "weakest_grade"]

_TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def combine_handling(records: Sequence[ComparisonRecord]) -> HandlingMark:
    """The strictest TLP mark, and only the views to which every record is released; a record without marks: none."""
    strictest = 0
    views: frozenset[str] | None = None
    for record in records:
        handling = record.get("handling")
        # A mark that we don't know is stricter than all that we know.
        tlp = handling["tlp"] if handling is not None and handling["tlp"] in _TLP else "RED"
        strictest = max(strictest, _TLP.index(tlp))
        released = frozenset(handling["releasable_to"]) if handling is not None else frozenset()
        views = released if views is None else views & released
    return {"tlp": _TLP[strictest], "releasable_to": sorted(views or ())}


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

"""What correlation compares: comparison records on `facts.<view>`, one for each rendition, keyed by document id.

A record holds what links and networks need, nothing more: no narrative, no names, nothing of protected people.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from streams.reports import (
    GeoPoint,
    GradeMark,
    HandlingMark,
    IdentifierFacts,
    ItemFacts,
    ReportKind,
    Span,
)

__all__ = ["ComparedPlace", "ComparisonRecord"]


class ComparedPlace(TypedDict):
    """A resolved place as far as a summary needs it; `name` is missing where only the publisher's own words name it."""

    kind: str
    name: NotRequired[str]
    country: NotRequired[str]
    state: NotRequired[str]
    location: NotRequired[GeoPoint]
    corridor: NotRequired[str]


class ComparisonRecord(TypedDict):
    """One version of one report, for comparing. A retraction is `live: false` and ends after `received`.

    The record with the highest `version` of an `id` counts, whatever the order of arrival; of two with one version
    (the same event published twice) the one received first. `when` is missing where the report names no time.
    Records of exercises are compared with each other only, so that training can't touch a real case.
    """

    id: str
    version: int
    agency: str
    report_id: str
    revision: int
    kind: ReportKind
    live: bool
    exercise: NotRequired[bool]
    received: NotRequired[str]
    when: NotRequired[Span]
    flow: NotRequired[Literal["northbound", "southbound"]]
    place: NotRequired[ComparedPlace]
    count_basis: NotRequired[Literal["incident", "period_total", "running_total"]]
    items: NotRequired[list[ItemFacts]]
    identifiers: NotRequired[list[IdentifierFacts]]
    grade: NotRequired[GradeMark]
    handling: NotRequired[HandlingMark]

"""What correlation compares: comparison records on `facts.<view>`, one for each rendition, keyed by document id.

A record holds what links and networks need, nothing more: no narrative, nothing of protected people, and of people
only subjects under certified suspicion, charged or convicted. Whoever is only mentioned is not in it.
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

__all__ = [
    "ComparedAmount",
    "ComparedPerson",
    "ComparedPlace",
    "ComparedText",
    "ComparedVehicle",
    "ComparedWord",
    "ComparisonRecord",
]


class ComparedPlace(TypedDict):
    """A resolved place as far as links and summaries need it; `name` is missing where only the publisher's own words
    name it. `code`, `municipality` and `h3` (resolution 7) as in `streams.reports.PlaceFacts`.
    """

    kind: str
    name: NotRequired[str]
    country: NotRequired[str]
    state: NotRequired[str]
    location: NotRequired[GeoPoint]
    corridor: NotRequired[str]
    code: NotRequired[str]
    municipality: NotRequired[str]
    h3: NotRequired[str]


class ComparedPerson(TypedDict):
    """A subject of the case: the name as written, other names, and the birth date (YYYY-MM-DD) where the record has it.

    `field` is the person's path in the event.
    """

    field: str
    name: str
    aliases: NotRequired[list[str]]
    born: NotRequired[str]


class ComparedVehicle(TypedDict):
    """How a conveyance looks, folded; its plates and VIN are identifiers whose field begins with `field`."""

    field: str
    kind: str
    make: NotRequired[str]
    model: NotRequired[str]
    colour: NotRequired[str]


class ComparedWord(TypedDict):
    """A press mark or a way of concealment: `value` is folded, `as_written` what stands at `field`."""

    field: str
    value: str
    as_written: str


class ComparedText(TypedDict):
    """What tells copies of a text (`streams.text_facts.Fingerprint`)."""

    field: str
    exact: str
    minhash: list[str]
    words: int
    details: NotRequired[list[str]]


class ComparedAmount(TypedDict):
    """An amount of goods that a news text tells of one event: commodity, SI amount and unit."""

    field: str
    as_written: str
    commodity: str
    qty_si: float
    unit: str


class ComparisonRecord(TypedDict):
    """One version of one report, for comparing. A retraction is `live: false` and ends after `received`.

    The record with the highest `version` of an `id` counts, whatever the order of arrival; of two with one version
    (the same event published twice) the one received first. `when` is missing where the report names no time.
    Records of exercises are compared with each other only, so that training can't touch a real case. `told` and
    `told_places` (corridors, or codes of places outside of one) are what a news text tells, `origin` the release that
    it repeats.
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
    people: NotRequired[list[ComparedPerson]]
    vehicles: NotRequired[list[ComparedVehicle]]
    press_marks: NotRequired[list[ComparedWord]]
    concealment: NotRequired[list[ComparedWord]]
    texts: NotRequired[list[ComparedText]]
    told: NotRequired[list[ComparedAmount]]
    told_places: NotRequired[list[str]]
    origin: NotRequired[str]
    grade: NotRequired[GradeMark]
    handling: NotRequired[HandlingMark]

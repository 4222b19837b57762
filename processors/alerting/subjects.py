"""What an alert may be about: a report or a network, read into one shape that the conditions look at. Pure.

Only facts are read: no narrative, no name, nothing of `event`. Of people the facts hold what enrichment let through:
nothing of anybody who is protected, only mentioned or cleared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from streams.alerts import AlertPlace, AlertSubject
from streams.facts import ComparedPlace
from streams.links import DerivedGrade, GoodsTotal, NetworkCounts, SharedIdentifier
from streams.protection import NAMED_BY_PUBLISHER
from streams.reports import (
    Commodity,
    HandlingMark,
    IdentifierFacts,
    IdentifierKind,
    ItemFacts,
    PlaceFacts,
    ReportKind,
    Span,
)

__all__ = ["Carried", "Crossed", "Subject", "read_network", "read_report"]

_OF_COUNT: tuple[tuple[Literal["firearms", "rounds"], Commodity], ...] = (
    ("firearms", "firearm"),
    ("rounds", "ammunition"),
)
"""Counts of a network that say of what they are; pills may be of any drug."""


class Carried(NamedTuple):
    """An identifier that stands in the subject, and where; `doubtful` if its check digits don't hold."""

    kind: IdentifierKind
    value: str
    field: str
    doubtful: bool = False


class Crossed(NamedTuple):
    """A corridor that the subject names, and where."""

    corridor: str
    field: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of a report or network; whatever isn't known is empty. `live` is False of what is withdrawn.

    `commodities` gives the first field in which each stands. `items` are those of a single incident, and empty for
    period and running totals, and where the report says that it counts several events: nothing is counted twice.
    """

    about: AlertSubject
    version: int
    received: str
    live: bool
    exercise: bool = False
    kind: ReportKind | None = None
    items: tuple[ItemFacts, ...] = ()
    commodities: Mapping[Commodity, str] | None = None
    substances: Mapping[str, str] | None = None
    identifiers: tuple[Carried, ...] = ()
    corridors: tuple[Crossed, ...] = ()
    members: int = 0
    agencies: tuple[str, ...] = ()
    place: AlertPlace | None = None
    when: str | None = None
    grade: DerivedGrade | None = None
    handling: HandlingMark | None = None

    @property
    def on(self) -> Literal["report", "network"]:
        """What it is, as a subscription's `on` says it."""
        return self.about["kind"]


class _Facts(TypedDict):
    """The facts that alerts look at; all others are passed over."""

    when: NotRequired[Span]
    when_of: NotRequired[str]
    count_basis: Literal["incident", "period_total", "running_total"]
    event_count: NotRequired[int]
    place: NotRequired[PlaceFacts]
    items: list[ItemFacts]
    identifiers: NotRequired[list[IdentifierFacts]]


class _Report(TypedDict):
    id: str
    version: int
    agency: str
    report_id: str
    kind: ReportKind
    retracted: bool
    exercise: bool
    received: str
    facts: NotRequired[_Facts]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]


class _Network(TypedDict):
    id: str
    version: int
    state: Literal["live", "merged", "withdrawn"]
    member_count: NotRequired[int]
    identifiers: NotRequired[list[SharedIdentifier]]
    agencies: NotRequired[list[str]]
    places: NotRequired[list[ComparedPlace]]
    goods: NotRequired[list[GoodsTotal]]
    counts: NotRequired[NetworkCounts]
    last: NotRequired[str]
    exercise: NotRequired[bool]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]


# Reading the parts that are needed straight from the bytes passes over the event and the members.
_REPORT: TypeAdapter[_Report] = TypeAdapter(_Report)
_NETWORK: TypeAdapter[_Network] = TypeAdapter(_Network)


def read_report(value: bytes | None) -> Subject:
    """A rendition of `reports.<view>`; `ValueError` if it has not the shape."""
    report = _REPORT.validate_json(value or b"", strict=True)
    about: AlertSubject = {
        "kind": "report",
        "id": report["id"],
        "agency": report["agency"],
        "report_id": report["report_id"],
    }
    if report["retracted"]:
        return Subject(about, report["version"], report["received"], live=False, exercise=report["exercise"])
    if "facts" not in report or "grade" not in report or "handling" not in report:
        raise ValueError("a report that stands has facts, grade and handling")
    facts = report["facts"]
    items, place = facts["items"], facts.get("place")
    commodities: dict[Commodity, str] = {}
    substances: dict[str, str] = {}
    for at, item in enumerate(items):
        commodities.setdefault(item["commodity"], f"items[{at}].commodity")
        if "substance" in item:
            substances.setdefault(item["substance"], f"items[{at}].substance")
    # The time of arrival is no time of the event: two copies of one event would differ in it.
    timed = "when" in facts and facts.get("when_of") != "received"
    return Subject(
        about,
        report["version"],
        report["received"],
        live=True,
        exercise=report["exercise"],
        kind=report["kind"],
        items=tuple(items) if facts["count_basis"] == "incident" and facts.get("event_count", 1) <= 1 else (),
        commodities=commodities,
        substances=substances,
        identifiers=tuple(
            Carried(one["kind"], one["value"], f"identifiers[{at}]", one.get("checked") is False)
            for at, one in enumerate(facts.get("identifiers", ()))
        ),
        corridors=(Crossed(place["corridor"], "place.corridor"),) if place and "corridor" in place else (),
        agencies=(report["agency"],),
        place=_place_of(place) if place else None,
        when=facts["when"]["start"] if timed else None,
        grade={"reliability": report["grade"]["reliability"], "credibility": report["grade"]["credibility"]},
        handling=report["handling"],
    )


def read_network(value: bytes | None) -> Subject:
    """A document of `networks.<view>`; `ValueError` if it has not the shape."""
    network = _NETWORK.validate_json(value or b"", strict=True)
    about: AlertSubject = {"kind": "network", "id": network["id"]}
    if network["state"] != "live":
        return Subject(about, network["version"], "", live=False)
    # Lists of a network are sorted by what changes: a place in them would make each growth a change of every reason.
    corridors = dict.fromkeys(place["corridor"] for place in network.get("places", ()) if "corridor" in place)
    commodities: dict[Commodity, str] = dict.fromkeys(
        (total["commodity"] for total in network.get("goods", ())), "goods"
    )
    counts = network.get("counts")
    for name, commodity in _OF_COUNT:
        if counts is not None and counts[name]:
            commodities.setdefault(commodity, f"counts.{name}")
    return Subject(
        about,
        network["version"],
        "",
        live=True,
        exercise=network.get("exercise", False),
        commodities=commodities,
        identifiers=tuple(Carried(one["kind"], one["value"], "identifiers") for one in network.get("identifiers", ())),
        corridors=tuple(Crossed(corridor, "places") for corridor in corridors),
        members=network.get("member_count", 0),
        agencies=tuple(network.get("agencies", ())),
        when=network.get("last"),
        grade=network.get("grade"),
        handling=network.get("handling"),
    )


def _place_of(place: PlaceFacts) -> AlertPlace | None:
    told: AlertPlace = {}
    if place["kind"] not in NAMED_BY_PUBLISHER:
        told["name"] = place["name"]
    if "country" in place:
        told["country"] = place["country"]
    if "state" in place:
        told["state"] = place["state"]
    if "corridor" in place:
        told["corridor"] = place["corridor"]
    return told or None

"""What correlation finds: links on `links.<view>` and networks on `networks.<view>`, keyed by their id.

Both are leads, not proof; each live document says so (`caution`). `version` is the offset on `facts.<view>` of the
record that changed the document last: the highest version of an id counts.
"""

import hashlib
from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from streams.dossiers import (
    NetworkBridge,
    NetworkFirearm,
    NetworkMark,
    NetworkPerson,
    NetworkPhone,
    NetworkVehicle,
    TimelineEntry,
)
from streams.facts import ComparedPlace
from streams.judgements import LinkJudgement
from streams.reports import Commodity, HandlingMark, IdentifierKind, ReportKind

__all__ = [
    "CAUTION",
    "Caution",
    "DerivedGrade",
    "GoodsTotal",
    "LinkDocument",
    "LinkReason",
    "LinkedField",
    "LinkedReport",
    "NetworkCounts",
    "NetworkDocument",
    "SharedIdentifier",
    "Strength",
    "link_id",
]

Strength = Literal["strong", "possible"]


class Caution(TypedDict):
    """The sentence that goes with every derived thing."""

    en: str
    es: str


CAUTION: Final[Caution] = {
    "en": "A lead, not proof: obtain the original records from their owners before you act on it.",
    "es": "Un indicio, no una prueba: solicite los registros originales a sus titulares antes de actuar.",
}


class DerivedGrade(TypedDict):
    """The weaker grade of the sources on each Admiralty axis; what can't be judged (F, 6) makes the whole so."""

    reliability: str
    credibility: str


class LinkedReport(TypedDict):
    """Whose record it is: ask that agency for the original."""

    id: str
    agency: str
    report_id: str
    kind: ReportKind


class LinkedField(TypedDict):
    """Where one side of a reason stands; `issuer` is who gave the number, as far as that record says."""

    agency: str
    report_id: str
    field: str
    as_written: str
    issuer: NotRequired[str]


class LinkReason(TypedDict):
    """One feature that speaks for the link, or against it with a negative weight: what it found (`level`), the value,
    the weight in log-odds (natural logarithm), both fields, and the analyst's sentence. A feature that rests on several
    values gives a reason for each, all with the weight of the feature, which counts once.
    """

    feature: str
    level: str
    kind: NotRequired[IdentifierKind]
    value: NotRequired[str]
    weight: float
    left: LinkedField
    right: LinkedField
    sentence_en: str
    sentence_es: str


class LinkDocument(TypedDict):
    """Two reports that belong together. `left` < `right` are document ids; a withdrawn link ends after `right`.

    `score` are the log-odds: the prior and the weight of each feature that spoke; `probability` follows from it. Of the
    reasons at most 32 are listed, and `reason_count` counts all. `judged` is what analysts said of it.
    """

    id: str
    version: int
    state: Literal["live", "withdrawn"]
    left: str
    right: str
    strength: NotRequired[Strength]
    score: NotRequired[float]
    probability: NotRequired[float]
    reports: NotRequired[list[LinkedReport]]
    reasons: NotRequired[list[LinkReason]]
    reason_count: NotRequired[int]
    judged: NotRequired[LinkJudgement]
    exercise: NotRequired[bool]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]
    caution: NotRequired[Caution]


class SharedIdentifier(TypedDict):
    """An identifier that holds a network together, and how many of its reports carry it."""

    kind: IdentifierKind
    value: str
    reports: int


class GoodsTotal(TypedDict):
    """Kilograms of one commodity."""

    commodity: Commodity
    mass_kg: float


class NetworkCounts(TypedDict):
    """Pieces, as far as the reports say."""

    firearms: int
    rounds: int
    pills: int


class NetworkDocument(TypedDict):
    """Reports joined by strong links; the id is the smallest document id among its members.

    `merged`: the report of this id now belongs to the network `redirect_to`. `withdrawn`: it belongs to none. Both end
    after these fields. Lists are cut at their limits (`processors.correlation.networks`), the counts beside them are
    not. `oversized`: it has so many members that a false link may have joined two networks; `bridges` are the links to
    check first, the weakest ones.

    Sums hold what official records of single incidents say, each event once (`counted`), as the network's own records
    tell it; of an event that another network tells of too, both count it. `timeline` holds the events. `grade` is the
    weakest among them, each raised by its independent origins. `first` and `last` are instants in UTC, `last`
    exclusive; `first_day` and `last_day` are the calendar dates, both inclusive, on which it began and ended by the
    clock of each report's own zone.
    """

    id: str
    version: int
    state: Literal["live", "merged", "withdrawn"]
    redirect_to: NotRequired[str]
    members: NotRequired[list[LinkedReport]]
    member_count: NotRequired[int]
    oversized: NotRequired[bool]
    link_count: NotRequired[int]
    identifiers: NotRequired[list[SharedIdentifier]]
    identifier_count: NotRequired[int]
    agencies: NotRequired[list[str]]
    places: NotRequired[list[ComparedPlace]]
    first: NotRequired[str]
    last: NotRequired[str]
    first_day: NotRequired[str]
    last_day: NotRequired[str]
    goods: NotRequired[list[GoodsTotal]]
    counts: NotRequired[NetworkCounts]
    counted: NotRequired[Literal["per_report", "per_event"]]
    timeline: NotRequired[list[TimelineEntry]]
    timeline_count: NotRequired[int]
    people: NotRequired[list[NetworkPerson]]
    people_count: NotRequired[int]
    vehicles: NotRequired[list[NetworkVehicle]]
    vehicle_count: NotRequired[int]
    firearms: NotRequired[list[NetworkFirearm]]
    firearm_count: NotRequired[int]
    phones: NotRequired[list[NetworkPhone]]
    phone_count: NotRequired[int]
    marks: NotRequired[list[NetworkMark]]
    mark_count: NotRequired[int]
    bridges: NotRequired[list[NetworkBridge]]
    bridge_count: NotRequired[int]
    exercise: NotRequired[bool]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]
    caution: NotRequired[Caution]


def link_id(left: str, right: str) -> str:
    """The id of the link of two document ids, in either order: 32 hexadecimal digits."""
    first, second = sorted((left, right))
    return hashlib.blake2b(f"{first}/{second}".encode(), digest_size=16).hexdigest()

"""What travels after intake: enriched reports on `reports.<view>`, dead letters on `dead-letters`.

These are plain dictionaries on the hot path; the `TypedDict`s here are their contract (JSON Schema is generated from
them, tests validate against it).
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

__all__ = [
    "STATE_RANK",
    "Commodity",
    "DeadLetter",
    "EnrichedReport",
    "Facts",
    "GeoPoint",
    "GradeMark",
    "HandlingMark",
    "IdentifierFacts",
    "IdentifierKind",
    "ItemFacts",
    "PlaceFacts",
    "Provenance",
    "ReasonText",
    "ReportKind",
    "Span",
    "Times",
    "Versions",
]

ReportKind = Literal["seizure", "case", "news"]
Commodity = Literal[
    "fentanyl",
    "methamphetamine",
    "cocaine",
    "heroin",
    "marijuana",
    "opium_poppy",
    "other_drug",
    "drugs_unspecified",
    "precursor",
    "laboratory",
    "firearm",
    "firearm_part",
    "ammunition",
    "magazine",
    "grenade_explosive",
    "vehicle",
    "cash",
    "fuel",
    "property",
]


class Span(TypedDict):
    """A time as an interval in UTC, `start` inclusive, `end` exclusive (RFC 3339), as long as its precision."""

    start: str
    end: str
    precision: Literal["year", "month", "day", "hour", "minute", "second"]
    zone: str
    zone_from: Literal["record", "place", "agency", "broker"]


class Times(TypedDict, total=False):
    """The times of a report; `when` is the one to sort by, and `when_of` says which it is."""

    occurred: Span
    seized: Span
    reported: Span
    published: Span
    period: Span


class GeoPoint(TypedDict):
    """WGS 84 degrees."""

    lat: float
    lon: float


class PlaceFacts(TypedDict):
    """One resolved place. `kind` says how fine it is; the point of an area (office, sector, state) is only its seat.

    `corridor` is set for ports and municipalities alone (and points at one): an office or sector may span twin cities.
    `country` is ISO 3166-1, `state` ISO 3166-2 (`US-TX`, `MX-TAM`), `office` the name of the field office or sector.
    `code` is the port's, the office's, or the ISO code of a state or country; `region` is `southwest_border`,
    `northern_border` or `coastal_interior`. The state of an office's area is not known, and left out.
    """

    kind: Literal["point", "port", "municipality", "county", "office", "sector", "state", "country", "unresolved"]
    name: str
    code: NotRequired[str]
    country: NotRequired[str]
    state: NotRequired[str]
    office: NotRequired[str]
    region: NotRequired[str]
    location: NotRequired[GeoPoint]
    corridor: NotRequired[str]


class ItemFacts(TypedDict):
    """One seized item in normal units; a quantity is a mass, a volume, a count or an amount, never turned into another.

    `mass_kg` kilograms, `volume_l` litres, `count` with `count_unit` (pill, dose, round, unit, plant, package, person),
    `amount` with `currency` (ISO 4217), `area_ha` hectares. `unit_unknown`: the record has a value whose unit is not
    known, is ambiguous, or does not measure such an item; the value is not used.
    """

    ordinal: int
    kind: str
    commodity: Commodity
    substance: NotRequired[str]
    mass_kg: NotRequired[float]
    volume_l: NotRequired[float]
    count: NotRequired[float]
    count_unit: NotRequired[str]
    amount: NotRequired[float]
    currency: NotRequired[str]
    area_ha: NotRequired[float]
    approximate: NotRequired[bool]
    unit_unknown: NotRequired[bool]


IdentifierKind = Literal["plate", "vin", "phone", "imei", "serial", "curp", "passport", "wallet", "docket"]


class IdentifierFacts(TypedDict):
    """An exact identifier in its normal form: whoever carries the same kind and value means the same thing.

    `field` is the path in `event`, `as_written` what stands there, `issuer` who gave the number as far as the record
    says (a plate's state, a docket's court, a gun's maker); it is no part of the value. `checked` says whether check
    digits hold; absent where they were not looked at.
    """

    kind: IdentifierKind
    value: str
    field: str
    as_written: str
    issuer: NotRequired[str]
    checked: NotRequired[bool]


class Facts(TypedDict):
    """What enrichment found. Absent means that the record does not say; unknown is never filled with a guess.

    `direction` is the publisher's, into or out of its own country; `flow` is the same for both nations.
    """

    times: Times
    when: NotRequired[Span]
    when_of: NotRequired[Literal["occurred", "seized", "reported", "published", "period", "received"]]
    count_basis: Literal["incident", "period_total", "running_total"]
    event_count: NotRequired[int]
    direction: Literal["inbound", "outbound", "unknown"]
    flow: NotRequired[Literal["northbound", "southbound"]]
    mode: Literal["land", "air", "sea", "rail", "mail", "pedestrian", "other", "unknown"]
    place: NotRequired[PlaceFacts]
    items: list[ItemFacts]
    identifiers: NotRequired[list[IdentifierFacts]]


class Provenance(TypedDict):
    """Where a fact comes from: its path in `facts`, the field path(s) in `event`, the rule, and the rule's source."""

    fact: str
    fields: list[str]
    rule: str
    source: NotRequired[str]


class GradeMark(TypedDict):
    """Admiralty grade, and whether the record gave it or the agency registry."""

    reliability: str
    credibility: str
    given_by: Literal["record", "registry"]


class HandlingMark(TypedDict):
    """TLP mark and the views that may see it."""

    tlp: str
    releasable_to: list[str]


class Versions(TypedDict):
    """The rules and reference data that made the facts: a replay with the same ones gives the same bytes."""

    rules: str
    reference: str


class EnrichedReport(TypedDict):
    """One rendition on `reports.<view>`; its key is `id`. It holds no offsets: those belong to the intake.

    `event` is the record as this view may see it; a retraction has an empty one. `faulted` stands on `enriched` alone:
    this revision was refused for a fault of ours, so its marks count and its content is missing.
    """

    id: str
    version: int
    agency: str
    report_id: str
    revision: int
    kind: ReportKind
    retracted: bool
    exercise: bool
    event_id: str
    received: str
    event: dict[str, Any]
    facts: Facts
    provenance: list[Provenance]
    grade: GradeMark
    handling: HandlingMark
    versions: Versions
    faulted: NotRequired[bool]


class ReasonText(TypedDict):
    """One reason as the clerk reads it (`streams.refusals`)."""

    code: str
    field: str
    en: str
    es: str


STATE_RANK: dict[str, int] = {"open": 1, "resubmitted": 2, "closed": 3}
"""States of a dead letter in order; the rank is the document's version, so a replayed "open" never reopens one."""


class DeadLetter(TypedDict):
    """Why a record was refused, and where it lies; it never holds any of the record's content.

    `id` is a hash of topic, partition, offset and stage, so that a replay writes the same one. `document_id` is set
    when the record still said which report it was, so that the report can say that a later revision was refused.
    """

    id: str
    agency: str
    topic: str
    partition: int
    offset: int
    stage: str
    received: str
    report_id: str | None
    document_id: str | None
    event_id: str | None
    reasons: list[ReasonText]
    state: Literal["open", "resubmitted", "closed"]
    by: str | None
    note: str | None

"""What travels after intake: enriched reports on `reports.<view>`, dead letters on `dead-letters`.

These are plain dictionaries on the hot path; the `TypedDict`s here are their contract (JSON Schema is generated from
them, tests validate against it).
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from streams.firearm_facts import FirearmFacts, TimeToCrime
from streams.identifiers import IdentifierFacts, IdentifierKind
from streams.text_facts import PlaceCandidate, WatchHit

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
    "ProtectionMark",
    "Provenance",
    "ReasonText",
    "ReportKind",
    "Shield",
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

    `corridor` is set for ports and for the cities and municipalities of a twin pair (and points at one): an office or
    sector may span twin cities. `country` is ISO 3166-1, `state` ISO 3166-2 (`US-TX`, `MX-TAM`), `office` the name of
    the
    field office or sector. `code` is the port's, the municipality's (INEGI), the county's (FIPS), the city's or
    locality's (GeoNames, or else its municipality's), the office's, or the ISO code of a state or country; `region` is
    `southwest_border`, `northern_border` or `coastal_interior`. The state of an office's area is not known, and left
    out. `municipality` is the code of the municipality or county that holds the place, as far as the record or the
    gazetteer says. `h3` is the cell at resolution 7 of a point, port, city or locality. `highway` (`MX-15`, `US-I-35`)
    and `kilometre` are the record's. `candidates`: the bearers of a name that stayed open, at most 5; none is taken.
    """

    kind: Literal[
        "point",
        "port",
        "city",
        "locality",
        "municipality",
        "county",
        "office",
        "sector",
        "state",
        "country",
        "unresolved",
    ]
    name: str
    code: NotRequired[str]
    country: NotRequired[str]
    state: NotRequired[str]
    office: NotRequired[str]
    region: NotRequired[str]
    location: NotRequired[GeoPoint]
    corridor: NotRequired[str]
    municipality: NotRequired[str]
    h3: NotRequired[str]
    highway: NotRequired[str]
    kilometre: NotRequired[float]
    candidates: NotRequired[list[PlaceCandidate]]


class ItemFacts(TypedDict):
    """One seized item in normal units; a quantity is a mass, a volume, a count or an amount, never turned into another.

    `mass_kg` kilograms, `volume_l` litres, `count` with `count_unit` (pill, dose, round, unit, plant, package, person),
    `amount` with `currency` (ISO 4217), `area_ha` hectares. `unit_unknown`: the record has a value whose unit is not
    known, is ambiguous, or does not measure such an item; the value is not used. `substance_candidates` are what slang
    may mean, instead of `substance`; `cas` is the CAS Registry Number.
    """

    ordinal: int
    kind: str
    commodity: Commodity
    substance: NotRequired[str]
    substance_candidates: NotRequired[list[str]]
    cas: NotRequired[str]
    mass_kg: NotRequired[float]
    volume_l: NotRequired[float]
    count: NotRequired[float]
    count_unit: NotRequired[str]
    amount: NotRequired[float]
    currency: NotRequired[str]
    area_ha: NotRequired[float]
    approximate: NotRequired[bool]
    unit_unknown: NotRequired[bool]
    firearm: NotRequired[FirearmFacts]


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
    watch_list: NotRequired[list[WatchHit]]
    time_to_crime: NotRequired[TimeToCrime]


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
    """TLP mark and the views that may see it, and whether the record gave them or the agency registry."""

    tlp: str
    releasable_to: list[str]
    given_by: NotRequired[Literal["record", "registry"]]


class Versions(TypedDict):
    """The rules and reference data that made the facts: a replay with the same ones gives the same bytes."""

    rules: str
    reference: str


class Shield(TypedDict):
    """What gives one protected person of a report away, as keyed hashes in hex (`processors.protection.shields`).

    `token` stands for the person in the report; `words` of the names, `pairs` of two of them, `whole` names of one
    word, two words `joined` to one, and `numbers`; `given` are the words that names begin with, `born` dates of birth,
    `sounds` and `slips` misspelled words of people whom a record lists. It says nothing without the key `key`, and
    never leaves `enriched` and the state of the stages.
    """

    key: str
    token: str
    words: list[str]
    pairs: list[str]
    whole: list[str]
    joined: list[str]
    numbers: list[str]
    given: NotRequired[list[str]]
    born: NotRequired[list[str]]
    sounds: NotRequired[list[str]]
    slips: NotRequired[list[str]]


class ProtectionMark(TypedDict):
    """That a report's protected people were taken out. `people` counts those who were told apart.

    `texts`: its texts were read and hold tokens (`tokenised`), or could not be read surely and were left out
    (`withheld`). `shields` stand on `enriched` alone.
    """

    people: int
    texts: Literal["tokenised", "withheld"]
    shields: NotRequired[list[Shield]]


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
    protection: NotRequired[ProtectionMark]


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

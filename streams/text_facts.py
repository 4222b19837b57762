"""What enrichment reads from free text: `facts.text` of an enriched report.

It is apart from the facts of the record's own fields, because whatever stands only in a text is a mention: it can be
searched in that source, and makes no link, profile, network or alert. Every entry carries its span (`at`) and the rule
that found it. Nothing of protected people is here: their names are tokens before the text is read.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

__all__ = [
    "Fingerprint",
    "MentionCommodity",
    "MentionUnit",
    "SeizureMention",
    "TextFacts",
    "TextFirearm",
    "TextIdentifier",
    "TextIdentifierKind",
    "TextLanguage",
    "TextOrganisation",
    "TextPerson",
    "TextPlace",
    "TextSpan",
    "TextSubstance",
    "WatchHit",
]

MentionCommodity = Literal[
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
    "ammunition",
    "magazine",
    "grenade_explosive",
    "vehicle",
    "cash",
    "fuel",
    "person_detained",
    "migrant",
    "victim",
    "property",
]
MentionUnit = Literal[
    "t", "kg", "g", "oz", "lb", "l", "ml", "pill", "dose", "package", "unit", "person", "plant", "MXN", "USD"
]


class TextSpan(TypedDict):
    """A piece of one text of the event: `field` is its path (`narrative.text`, `title`, `body`), `start` and `end`
    count its characters (code points), `end` exclusive.
    """

    field: str
    start: int
    end: int


class TextLanguage(TypedDict):
    """The language of one text. `by`: the record says so, or it was recognised; `und` where it could not be told."""

    field: str
    language: Literal["en", "es", "und"]
    by: Literal["record", "recognised"]


class SeizureMention(TypedDict):
    """One amount of one good at one place, said to have been seized.

    `quantity` is as stated, `qty_si` in kilograms, litres, a count or an amount of money. `cumulative`: a total over a
    period, campaign or several cases; it must never be added to single seizures. `place` and `agency` are as written.
    `doubt` names why a reader should look twice (`presumptive`: untested).
    """

    at: TextSpan
    text: str
    commodity: MentionCommodity
    quantity: float | None
    unit: MentionUnit | None
    qty_si: float | None
    approximate: bool
    cumulative: bool
    place: str | None
    state: str | None
    agency: str | None
    rule: str
    substance: NotRequired[str]
    doubt: NotRequired[list[str]]


TextIdentifierKind = Literal[
    "plate",
    "vin",
    "phone",
    "imei",
    "serial",
    "curp",
    "rfc",
    "clabe",
    "iban",
    "passport",
    "visa",
    "wallet",
    "docket",
    "carpeta",
    "container",
    "aircraft",
    "vessel",
    "email",
    "url",
]


class TextIdentifier(TypedDict):
    """A number or address found in a text, in its normal form. `checked`: its check digits hold; absent where its kind
    has none. `issuer`: who gave it, as far as the text or the number itself says; `issuer_candidates` (ISO 3166) where
    only a plate's pattern speaks. `candidates`: what the value may be, where a telephone number without a prefix may be
    of either nation; `value` is then as written, without a prefix.
    """

    at: TextSpan
    kind: TextIdentifierKind
    value: str
    as_written: str
    rule: str
    checked: NotRequired[bool]
    issuer: NotRequired[str]
    issuer_candidates: NotRequired[list[str]]
    candidates: NotRequired[list[str]]


class TextSubstance(TypedDict):
    """A substance that a text names; slang counts only beside words of drugs. Without `substance` it may be any of the
    `candidates`. `mark` is a mark on pills in its normal form (`M30`).
    """

    at: TextSpan
    as_written: str
    rule: str
    commodity: NotRequired[str]
    substance: NotRequired[str]
    candidates: NotRequired[list[str]]
    presumptive: NotRequired[bool]
    mark: NotRequired[str]


class TextFirearm(TypedDict):
    """A firearm that a text describes; every part is as recognised in the reference tables, absent where not said.

    `serial` is in its normal form, `serial_variants` what it may be if signs that look alike were misread (at most 8),
    `no_serial` why there is none. They are for searching and link nothing.
    """

    at: TextSpan
    rule: str
    type: NotRequired[str]
    make: NotRequired[str]
    model: NotRequired[str]
    calibre: NotRequired[str]
    privately_made: NotRequired[bool]
    converted: NotRequired[bool]
    obliterated: NotRequired[bool]
    serial: NotRequired[str]
    serial_variants: NotRequired[list[str]]
    no_serial: NotRequired[Literal["none", "obliterated", "not_legible"]]


class TextPerson(TypedDict):
    """A name of a person in a text; `withheld_surname` marks the "N." by which prosecutors name people."""

    at: TextSpan
    name: str
    rule: str
    aliases: NotRequired[list[str]]
    withheld_surname: NotRequired[bool]


class TextOrganisation(TypedDict):
    """A criminal organisation or faction by its reference name, or an agency by its id in the reference table."""

    at: TextSpan
    kind: Literal["criminal", "agency"]
    id: str
    name: str
    as_written: str
    rule: str


class WatchHit(TypedDict):
    """A name that is like one on a published list. On the name alone it is `possible`: many people share a name.

    `field` is the path of the name in the event, with `at` where it stands in a text. `entry` is the list's number of
    the designated party, `listed_as` the name or alias that was met, `reason` the analyst's sentence in English and
    Spanish. `basis` is the person's in the record: whoever is only mentioned gets no profile by a hit.
    """

    list_name: str
    entry: str
    listed_as: str
    programs: list[str]
    as_written: str
    field: str
    strength: Literal["possible", "strong"]
    score: float
    reason: str
    rule: str
    at: NotRequired[TextSpan]
    basis: NotRequired[str]


class TextPlace(TypedDict):
    """A place that a text names. One candidate: it is resolved (`how` says by what); several: it is not, and they are
    listed, likeliest first. `code` is INEGI (`25006`), FIPS county (`48479`), GNIS/GeoNames id or a port's code.
    """

    at: TextSpan
    as_written: str
    candidates: list["PlaceCandidate"]
    rule: str


class PlaceCandidate(TypedDict):
    """A place of the gazetteer. `h3` is the cell at resolution 7 (about 5 km2), of cities, localities and ports only.
    An area (state, municipality, county, sector, office) is no cell, and its `lat` and `lon` are a mark on the map; a
    highway has neither point nor cell nor corridor: no course of a road is kept, so `kilometre` says where along it.
    """

    kind: Literal[
        "state", "municipality", "locality", "county", "city", "port", "sector", "office", "highway", "country"
    ]
    code: str
    name: str
    country: str
    state: NotRequired[str]
    lat: NotRequired[float]
    lon: NotRequired[float]
    h3: NotRequired[str]
    corridor: NotRequired[str]
    kilometre: NotRequired[float]


class Fingerprint(TypedDict):
    """What tells near-duplicates: `minhash` are 16 bands of the signature (hex), equal bands make two texts candidates;
    `exact` hashes the folded text, `details` its numbers and places, each with the words beside it: similar texts whose
    details conflict are two reports.
    """

    field: str
    exact: str
    minhash: list[str]
    words: int
    details: NotRequired[list[str]]


class TextFacts(TypedDict, total=False):
    """Everything that was read from a report's texts.

    `totals`: commodity -> `mass_kg`, `volume_l`, `pills` ... of single seizures, nothing twice within this report.
    """

    languages: list[TextLanguage]
    mentions: list[SeizureMention]
    totals: dict[str, dict[str, float]]
    substances: list[TextSubstance]
    identifiers: list[TextIdentifier]
    firearms: list[TextFirearm]
    people: list[TextPerson]
    organisations: list[TextOrganisation]
    watch_list: list[WatchHit]
    places: list[TextPlace]
    fingerprints: list[Fingerprint]
    origin: str

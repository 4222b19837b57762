"""One side of a comparison: a record with what the features ask of it again and again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, NotRequired, cast

from typing_extensions import TypedDict

from processors.correlation.keys import LIMITS, LINKING_KINDS, Limits, identifier_key
from processors.correlation.loads import Load, sum_load
from processors.correlation.misreadings import MISREAD_KINDS, SHORTEST, are_near
from processors.correlation.moments import seconds
from processors.correlation.person_keys import is_generation_told, sounds_of
from streams.facts import ComparisonRecord
from streams.reports import IdentifierFacts, IdentifierKind, Span

__all__ = [
    "NOTHING",
    "PARTS",
    "Found",
    "Frequency",
    "Looks",
    "Shared",
    "Side",
    "ToldTime",
    "Where",
    "find_common",
    "make_side",
    "name_parts",
    "where",
]

Frequency = Literal["rare", "common"]
"""How often a value is carried: by few live reports, or by more, but not so many that it is a hub."""


class Where(TypedDict):
    """Where one record writes what a feature found, who issued the number, and whether its check digits hold."""

    field: str
    as_written: str
    issuer: NotRequired[str]
    checked: NotRequired[bool]


class Shared(NamedTuple):
    """What both sides carry, and where; `kind` of an identifier, `value` as the explanation names it."""

    kind: IdentifierKind | None
    value: str
    left: Where
    right: Where


class Found(NamedTuple):
    """What a feature says of a pair: `level` is the row of its weights ("" says nothing), `detail` what it rests on."""

    level: str
    detail: tuple[Shared, ...]


NOTHING = Found("", ())

Looks = tuple[tuple[str, str], ...]
"""What a record says of how a thing looks, such as make and colour: names and folded values."""


PARTS: Mapping[str, int] = {
    name: 1 << at
    for at, name in enumerate(
        (
            *sorted(LINKING_KINDS),
            *(
                "concealment",
                "doubtful",
                "misread",
                "origin",
                "people",
                "place",
                "press_marks",
                "texts",
                "unique",
                "when",
            ),
        )
    )
}
"""What two records may have in common to compare, each with a bit of its own (`find_common`)."""


def name_parts(names: Iterable[str]) -> int:
    """The bits of these `PARTS`; KeyError if one is none."""
    return sum(PARTS[name] for name in names)


class ToldTime(NamedTuple):
    """When it was: seconds since 1970, whether that names no day (most events of a month would be one), and whether it
    names the hour.
    """

    start: float
    end: float
    is_vague: bool
    is_exact: bool


_VAGUE = frozenset({"month", "year"})
_EXACT = frozenset({"hour", "minute", "second"})


@dataclass(frozen=True)
class Side:
    """The record, and what is asked of it in each comparison, worked out once.

    A feature may ask for the frequency of what both sides share, never of what one side alone carries: a pair is
    weighed anew when the former changes, not the latter.
    """

    record: ComparisonRecord
    written: Mapping[IdentifierKind, Mapping[str, IdentifierFacts]]
    """Its identifiers of linking kinds by kind and value."""
    live: Callable[[str], int]
    """Key -> live reports that are filed under it now."""
    limits: Limits
    numbers: frozenset[tuple[IdentifierKind, str]]
    """The same identifiers."""
    misread: Mapping[IdentifierKind, tuple[str, ...]]
    """Those long enough to be told from a misread form, sorted."""
    doubtful: bool
    """Whether the check digits of any identifier don't hold."""
    heard: tuple[frozenset[str], ...]
    """The words of each subject's names as they sound."""
    sounds: frozenset[str]
    """The same of all."""
    hashes: frozenset[str]
    """The MinHash values of its texts."""
    told_time: ToldTime | None
    """`when` as numbers."""
    fields: int
    """Which other fields of `PARTS` it has."""

    @cached_property
    def load(self) -> Load:
        """What it tells of goods."""
        return sum_load(self.record)

    @cached_property
    def looks(self) -> dict[str, Looks]:
        """How the vehicles look that carry the identifiers of a field, as far as somebody asked."""
        return {}

    def frequency(self, kind: IdentifierKind, value: str) -> Frequency | None:
        """How frequent an identifier is that both sides carry; None of a hub."""
        return self.frequency_of(identifier_key(self.record.get("exercise", False), kind, value))

    def frequency_of(self, key: str) -> Frequency | None:
        """How frequent what a key stands for is; None of a hub."""
        count = self.live(key)
        return None if count > self.limits.paired else "common" if count > self.limits.rare else "rare"


def make_side(record: ComparisonRecord, live: Callable[[str], int], limits: Limits = LIMITS) -> Side:
    """A record ready for comparison; `live` tells of a key how many live reports are filed under it."""
    written: dict[IdentifierKind, dict[str, IdentifierFacts]] = {}
    doubtful = False
    for identifier in record.get("identifiers", ()):
        if identifier["kind"] in LINKING_KINDS:
            written.setdefault(identifier["kind"], {})[identifier["value"]] = identifier
            doubtful = doubtful or identifier.get("checked") is False
    misread: dict[IdentifierKind, tuple[str, ...]] = {}
    for kind in sorted(MISREAD_KINDS & written.keys()):
        if long := [value for value in written[kind] if len(value) >= SHORTEST]:
            misread[kind] = tuple(sorted(long))
    people = record.get("people", ())
    heard = tuple(map(sounds_of, people))
    has = _FIELDS & record.keys()
    if "curp" in written or "vin" in written or any(is_generation_told(person["name"]) for person in people):
        has |= {"unique"}
    return Side(
        record=record,
        written=written,
        live=live,
        limits=limits,
        numbers=frozenset((kind, value) for kind, values in written.items() for value in values),
        misread=misread,
        doubtful=doubtful,
        heard=heard,
        sounds=frozenset().union(*heard),
        hashes=frozenset().union(*(text["minhash"] for text in record.get("texts", ()))),
        told_time=_read_time(record.get("when")),
        fields=name_parts(has),
    )


_FIELDS = frozenset({"concealment", "origin", "place", "press_marks", "when"})


def _read_time(when: Span | None) -> ToldTime | None:
    if when is None:
        return None
    precision = when["precision"]
    return ToldTime(seconds(when["start"]), seconds(when["end"]), precision in _VAGUE, precision in _EXACT)


def find_common(left: Side, right: Side) -> int:
    """The bits of `PARTS` of which two records have something to compare: an identifier with the same value, one of
    them with check digits that don't hold (`doubtful`), or another that may be one misread (`misread`); subjects of
    whose names a word sounds alike (`people`); a MinHash value (`texts`); any other field that both have.

    Most pairs meet for one reason and share little else, and a look into a set costs less than asking a feature.
    """
    common = left.fields & right.fields
    if not left.numbers.isdisjoint(right.numbers):
        for kind, _ in left.numbers & right.numbers:
            common |= PARTS[kind]
        if left.doubtful or right.doubtful:
            common |= _DOUBTFUL
    if not left.sounds.isdisjoint(right.sounds):
        common |= _PEOPLE
    if not left.hashes.isdisjoint(right.hashes):
        common |= _TEXTS
    for kind, values in left.misread.items():
        others = right.misread.get(kind)
        if others is not None and not common & PARTS[kind] and are_near(values, others):
            return common | _MISREAD
    return common


_DOUBTFUL, _MISREAD, _PEOPLE, _TEXTS = (PARTS[name] for name in ("doubtful", "misread", "people", "texts"))


def where(identifier: IdentifierFacts) -> Where:
    """Where a record writes an identifier."""
    return cast("Where", identifier)

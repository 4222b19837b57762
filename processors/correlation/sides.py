"""One side of a comparison: a record with what the features ask of it again and again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, NotRequired, cast

from typing_extensions import TypedDict

from processors.correlation.keys import LIMITS, LINKING_KINDS, Limits, identifier_key
from processors.correlation.misreadings import MISREAD_KINDS
from processors.correlation.moments import seconds
from streams.facts import ComparisonRecord
from streams.reports import IdentifierFacts, IdentifierKind

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
        (*sorted(LINKING_KINDS), "concealment", "origin", "people", "place", "press_marks", "texts", "when")
    )
}
"""What features compare, each with a bit of its own: kinds of identifiers, and fields of a comparison record."""


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
    """The record, and its identifiers of linking kinds by kind and value.

    A feature may ask for the frequency of what both sides share, never of what one side alone carries: a pair is
    weighed anew when the former changes, not the latter.
    """

    record: ComparisonRecord
    written: Mapping[IdentifierKind, Mapping[str, IdentifierFacts]]
    live: Callable[[str], int]
    """Key -> live reports that are filed under it now."""
    limits: Limits

    @cached_property
    def parts(self) -> int:
        """What the record has of `PARTS`, as `name_parts` puts it: what two have in common is one `&`."""
        return name_parts((PARTS.keys() & self.record.keys()) | self.written.keys())

    @cached_property
    def told_time(self) -> "ToldTime | None":
        """`when` as numbers."""
        when = self.record.get("when")
        if when is None:
            return None
        precision = when["precision"]
        return ToldTime(seconds(when["start"]), seconds(when["end"]), precision in _VAGUE, precision in _EXACT)

    @cached_property
    def values(self) -> Mapping[IdentifierKind, tuple[str, ...]]:
        """The identifiers of each kind, sorted."""
        return {kind: tuple(sorted(values)) for kind, values in self.written.items()}

    @cached_property
    def doubtful(self) -> bool:
        """Whether the check digits of any identifier don't hold."""
        return any(one.get("checked") is False for values in self.written.values() for one in values.values())

    @cached_property
    def misread_kinds(self) -> tuple[IdentifierKind, ...]:
        """Kinds of its identifiers that are misread, sorted."""
        return tuple(sorted(MISREAD_KINDS & self.written.keys()))

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
    for identifier in record.get("identifiers", ()):
        if identifier["kind"] in LINKING_KINDS:
            written.setdefault(identifier["kind"], {})[identifier["value"]] = identifier
    return Side(record, written, live, limits)


def where(identifier: IdentifierFacts) -> Where:
    """Where a record writes an identifier."""
    return cast("Where", identifier)

"""Blocking keys: reports that are filed under one key are compared. `KEYS` is the list to extend."""

from collections.abc import Callable, Iterator

from streams.facts import ComparisonRecord
from streams.reports import IdentifierKind

__all__ = ["KEYS", "LINKING_KINDS", "MAX_PAIRED", "Key", "blocking_keys", "identifier_key", "key_exact_identifier"]

MAX_PAIRED = 64
"""Live reports that a key may hold to form pairs. A value in more of them is a hub (a tip line, a dealer's number): it
is counted and can be searched, and links nothing. 64 reports make 2,016 pairs, about 0.1 s of work at a crossing."""

LINKING_KINDS: frozenset[IdentifierKind] = frozenset(
    {
        "plate",
        "vin",
        "phone",
        "imei",
        "serial",
        "curp",
        "rfc",
        "passport",
        "visa",
        "clabe",
        "iban",
        "wallet",
        "docket",
        "aircraft",
        "vessel",
    }
)
"""Kinds that file a report. A container is none: it serves another shipper every few weeks, for a dozen years."""

Key = Callable[[ComparisonRecord], Iterator[str]]


def identifier_key(exercise: bool, kind: IdentifierKind, value: str) -> str:
    """The key of an identifier; exercises have keys of their own, so that they meet no real record."""
    return f"{'x' if exercise else 'r'}/{kind}/{value}"


def key_exact_identifier(record: ComparisonRecord) -> Iterator[str]:
    """Every identifier of a linking kind in its normal form; it never expires, for a pistol may surface after
    nine years.
    """
    exercise = record.get("exercise", False)
    for identifier in record.get("identifiers", ()):
        if identifier["kind"] not in LINKING_KINDS:
            continue
        yield identifier_key(exercise, identifier["kind"], identifier["value"])


KEYS: tuple[Key, ...] = (key_exact_identifier,)


def blocking_keys(record: ComparisonRecord) -> tuple[str, ...]:
    """All keys of a record, each once, sorted; none of a retraction."""
    if not record["live"]:
        return ()
    return tuple(sorted({key for make in KEYS for key in make(record)}))

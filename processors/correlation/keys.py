"""Blocking keys: reports that are filed under one key are compared. `KEYS` is the list to extend.

A key is a text that begins with `r` (real) or `x` (exercise), so that the two never meet, and with what it stands for.
Reports are filed under hashes of keys (`filing_keys`).
"""

import binascii
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from processors.correlation.misreadings import MISREAD_KINDS, misread_keys, slipped_keys
from processors.correlation.moments import day_number, week_number
from processors.correlation.person_keys import person_keys
from streams.facts import ComparedPlace, ComparisonRecord
from streams.reports import IdentifierKind

__all__ = [
    "KEYS",
    "LIMITS",
    "LINKING_KINDS",
    "Key",
    "Limits",
    "area_of",
    "blocking_keys",
    "filing_keys",
    "hash_key",
    "identifier_key",
    "mark_key",
    "narrow_area_of",
]


class Limits(NamedTuple):
    """How many live reports carry a value that is `rare`, and how many at most form pairs under one key (`paired`).

    A value in more than `rare` reports weighs less, one in more than `paired` is a hub (a tip line, a dealer's number):
    it is counted and can be searched, and links nothing. 64 reports make 2,016 pairs.
    """

    rare: int = 8
    paired: int = 64


LIMITS = Limits()

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
_MOST_GOODS, _MOST_PLACES = 8, 6
"""Goods and places of one event that are filed, the first ones by name: more are a list."""
_DAYS, _NEWS_DAYS = 2, 4
"""Days for which an event is filed: its own and those before it."""
_WIDE = frozenset({"country", "state", "sector", "office"})
"""Kinds of places that hold dozens of events a day."""
_UNTOLD = "-"
"""In the place of the goods where none are named."""
_TEXT_BANDS = 8
"""Bands of a text that are keys: texts of similarity 0.7 share one of eight in 96% of cases, of 0.5 in 66%."""

Key = Callable[[ComparisonRecord], Iterator[str]]


def identifier_key(exercise: bool, kind: IdentifierKind, value: str) -> str:
    """The key of an identifier."""
    return f"{_side(exercise)}/{kind}/{value}"


def mark_key(exercise: bool, mark: str) -> str:
    """The key of a press mark."""
    return f"{_side(exercise)}/mark/{mark}"


def _side(exercise: bool) -> str:
    return "x" if exercise else "r"


def key_exact_identifier(record: ComparisonRecord) -> Iterator[str]:
    """Every identifier of a linking kind in its normal form; it never expires, for a pistol may surface after
    nine years.
    """
    exercise = record.get("exercise", False)
    for identifier in record.get("identifiers", ()):
        if identifier["kind"] not in LINKING_KINDS:
            continue
        yield identifier_key(exercise, identifier["kind"], identifier["value"])


def key_misread_identifier(record: ComparisonRecord) -> Iterator[str]:
    """What plates, serials, VINs and papers have in common with forms that look alike; and with mistyped forms, if
    check digits can tell which of the two is wrong.

    A slip that nothing proves is no reason to compare two reports: in a million of them each number has neighbours.
    Where they meet for another reason, it counts.
    """
    side = _side(record.get("exercise", False))
    for identifier in record.get("identifiers", ()):
        kind, value = identifier["kind"], identifier["value"]
        if kind in MISREAD_KINDS:
            for key in misread_keys(value):
                yield f"{side}/{kind}~/{key}"
            if "checked" in identifier:
                for slipped in slipped_keys(value):
                    yield f"{side}/{kind}~/{slipped}"


def key_person(record: ComparisonRecord) -> Iterator[str]:
    """How the name of each subject sounds, given name with surname in any order, and the birth date with a surname."""
    side = _side(record.get("exercise", False))
    for person in record.get("people", ()):
        for key in person_keys(person["name"], tuple(person.get("aliases", ())), person.get("born")):
            yield f"{side}/name/{key}"


def key_event(record: ComparisonRecord) -> Iterator[str]:
    """Place, day and goods of a single event, for the same seizure told twice; also of what a news text tells.

    The day before is a key too, so that reports meet whose clocks or offices differ by a day; of news, which is
    published after the event, so are the three days before. News is filed beside what names no goods too: of an arrest
    it tells what was seized.
    """
    if record.get("count_basis", "incident") != "incident" or "when" not in record:
        return
    side, day = _side(record.get("exercise", False)), day_number(record["when"]["start"])
    days = range(day, day - (_NEWS_DAYS if record["kind"] == "news" else _DAYS), -1)
    goods = {item["commodity"] for item in record.get("items", ())} | {
        one["commodity"] for one in record.get("told", ())
    }
    told = sorted(goods)[:_MOST_GOODS]
    if not told or record["kind"] == "news":
        told.append(_UNTOLD)
    for place in _event_places(record):
        for commodity in told:
            for near in days:
                yield f"{side}/event/{place}/{near}/{commodity}"


def _event_places(record: ComparisonRecord) -> list[str]:
    """Where an event is filed: the area of its place, or of the places that a news text names."""
    if "place" in record:
        return [area] if (area := narrow_area_of(record["place"])) is not None else []
    return record.get("told_places", [])[:_MOST_PLACES]


def area_of(place: ComparedPlace) -> str | None:
    """The area by which two reports of one event surely agree, however finely each of them tells its place."""
    return place.get("corridor") or place.get("municipality") or place.get("code")


def narrow_area_of(place: ComparedPlace) -> str | None:
    """The same; None where the place is told so widely that reports of one area tell of many events."""
    return None if place["kind"] in _WIDE else area_of(place)


def key_mark(record: ComparisonRecord) -> Iterator[str]:
    """Press marks: the same hand may have pressed them. One that many use (M30) is a hub."""
    for mark in record.get("press_marks", ()):
        yield mark_key(record.get("exercise", False), mark["value"])


def key_modus(record: ComparisonRecord) -> Iterator[str]:
    """Press marks, and the words for where the goods were hidden, in one corridor and week, or the week before."""
    corridor = record.get("place", {}).get("corridor")
    if corridor is None or "when" not in record:
        return
    side, week = _side(record.get("exercise", False)), week_number(record["when"]["start"])
    for part in ("press_marks", "concealment"):
        for word in record.get(part, ()):  # type: ignore[attr-defined]
            for near in (week, week - 1):
                yield f"{side}/{part}/{corridor}/{near}/{word['value']}"


def key_text(record: ComparisonRecord) -> Iterator[str]:
    """The release that a text repeats, and what copies of one text have in common however they were cut, in one week or
    the next: what is written in the same words every month is a form.
    """
    side = _side(record.get("exercise", False))
    if "origin" in record:
        yield f"{side}/origin/{record['origin']}"
    if "when" not in record:
        return
    week = week_number(record["when"]["start"])
    for text in record.get("texts", ()):
        for at, band in enumerate(text["minhash"][:_TEXT_BANDS]):
            for near in (week, week - 1):
                yield f"{side}/text{at}/{near}/{band}"


KEYS: tuple[Key, ...] = (
    key_exact_identifier,
    key_misread_identifier,
    key_person,
    key_event,
    key_mark,
    key_modus,
    key_text,
)


def blocking_keys(record: ComparisonRecord) -> tuple[str, ...]:
    """All keys of a record, each once, sorted; none of a retraction."""
    if not record["live"]:
        return ()
    return tuple(sorted({key for make in KEYS for key in make(record)}))


def filing_keys(record: ComparisonRecord) -> tuple[int, ...]:
    """The hashes of a record's blocking keys, each once, sorted."""
    if not record["live"]:
        return ()
    # `hash_key` written out, for thirty keys a report.
    crc32, crc16 = zlib.crc32, binascii.crc_hqx
    hashes = {crc32(raw := key.encode()) << 16 | crc16(raw, 0) for make in KEYS for key in make(record)}
    return tuple(sorted(hashes))


def hash_key(key: str) -> int:
    """48 bits of a key (CRC-32 before CRC-16/XMODEM, of other polynomials), that stand for it wherever reports are
    filed and counted. It takes half the time of a cryptographic hash, which nothing here asks for.

    Two keys with one hash bring two reports together that have nothing in common, which then weighs nothing, and count
    as one value. The CRC-16 polynomial is divisible by x + 1, so that 47 bits may be what counts: of 35 million keys,
    those of a million reports, one in four million meets another.
    """
    raw = key.encode()
    return zlib.crc32(raw) << 16 | binascii.crc_hqx(raw, 0)

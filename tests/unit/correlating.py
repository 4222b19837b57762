"""Comparison records for tests: small ones by hand, sets of them by hypothesis, and large invented ones."""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from processors.correlation.members import read_member
from processors.correlation.networks import summarise_network
from streams.facts import ComparisonRecord
from streams.links import NetworkDocument
from streams.parsing import canonical_json

__all__ = [
    "Folded",
    "identifier",
    "invent_records",
    "keep_rows",
    "make_record",
    "record_sets",
    "report_name",
    "summarise",
]

VALUES = [
    ("plate", "TST1001"),
    ("plate", "TST1002"),
    ("phone", "+19565550142"),
    ("serial", "FIC204"),
    ("docket", "F-1/26"),
]
PEOPLE: list[dict[str, Any]] = [
    {"field": "people[0]", "name": "Dario Ejemplar Quilmes", "born": "1990-02-03"},
    {"field": "people[0]", "name": "EJEMPLAR QUILMES, Darío"},
    {"field": "people[1]", "name": "Dario Ejemplar Quilmes", "born": "1991-05-06"},
    {"field": "people[0]", "name": "Juan Hernandez"},
]
VEHICLES: list[dict[str, Any]] = [
    {"field": "field", "kind": "vehicle", "make": "ford", "colour": "white"},
    {"field": "field", "kind": "vehicle", "make": "nissan", "colour": "white"},
]
MARKS: list[dict[str, Any]] = [
    {"field": "items[0].press_marks[0]", "value": mark, "as_written": mark.upper()} for mark in ("m30", "toro")
]
TEXTS: list[dict[str, Any]] = [
    {"field": "narrative.text", "exact": f"{number:032x}", "words": 40,
     "minhash": [f"{band if band < 12 else band + number:012x}" for band in range(16)]}
    for number in (0, 64)
]  # fmt: skip
TOLD: list[dict[str, Any]] = [
    {"field": "body", "as_written": "100 g", "commodity": "fentanyl", "qty_si": 0.1, "unit": "g"},
    {"field": "body", "as_written": "a kilo", "commodity": "fentanyl", "qty_si": 1.0, "unit": "kg"},
]
PLACES: list[dict[str, Any]] = [
    {"kind": "city", "name": "Laredo", "code": "1", "corridor": "laredo", "location": {"lat": 27.5, "lon": -99.5}},
    {"kind": "city", "name": "Tijuana", "code": "2", "corridor": "tijuana", "location": {"lat": 32.5, "lon": -117.0}},
]
GOODS: list[dict[str, Any]] = [
    {"ordinal": 0, "kind": "substance", "commodity": "fentanyl", "mass_kg": 0.1},
    {"ordinal": 1, "kind": "substance", "commodity": "fentanyl", "mass_kg": 0.2, "count": 300.0, "count_unit": "pill"},
    {"ordinal": 2, "kind": "firearm", "commodity": "firearm", "count": 2.0, "count_unit": "unit"},
    {"ordinal": 3, "kind": "ammunition", "commodity": "ammunition", "count": 50.0, "count_unit": "round"},
]


def summarise(records: Sequence[ComparisonRecord], link_count: int, **parts: Any) -> NetworkDocument:
    """The document of a network of these records, none of whose values is a hub."""
    members = [read_member(record) for record in records]
    read = {record["id"]: record for record in records}.__getitem__
    return summarise_network(members, link_count, lambda _key: False, read=read, **parts)


def report_name(number: int) -> str:
    """A document id."""
    return hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest()


def identifier(kind: str, value: str, field: str = "field") -> dict[str, str]:
    """An identifier as enrichment writes it."""
    return {"kind": kind, "value": value, "field": field, "as_written": value.lower()}


def make_record(number: int, *values: tuple[str, str], version: int = 1, live: bool = True, **parts: Any) -> Any:
    """A comparison record of report `number` that carries `values`; `parts` replace fields.

    Another content was received at another moment: two records of one version that are not copies are two events.
    """
    record: dict[str, Any] = {
        "id": report_name(number),
        "version": version,
        "agency": f"agency-{number % 3}",
        "report_id": f"T-{number}",
        "revision": version,
        "kind": "seizure",
        "live": live,
    }
    if live:
        record |= {
            "exercise": True,
            "count_basis": "incident",
            "items": [],
            "identifiers": [identifier(*value) for value in sorted(set(values))],
            "grade": {"reliability": "B", "credibility": "2", "given_by": "registry"},
            "handling": {"tlp": "GREEN", "releasable_to": ["joint", "mx", "us"]},
        }
    return {**record, "received": received_at(record | parts), **parts}


def received_at(record: dict[str, Any]) -> str:
    """A moment of 1 March 2026 of its own for each content."""
    digest = int.from_bytes(hashlib.blake2b(canonical_json(record), digest_size=8).digest(), "big")
    second, millisecond = divmod(digest % 86_400_000, 1000)
    hour, second = divmod(second, 3600)
    return f"2026-03-01T{hour:02}:{second // 60:02}:{second % 60:02}.{millisecond:03}Z"


@st.composite
def _records(draw: st.DrawFn) -> Any:
    number = draw(st.integers(0, 8))
    version = draw(st.integers(1, 4))
    if draw(st.integers(0, 5)) == 0:
        return make_record(number, version=version, live=False)
    parts: dict[str, Any] = {
        "exercise": draw(st.sampled_from([True, True, True, False])),
        "items": draw(st.lists(st.sampled_from(GOODS), max_size=3)),
        "count_basis": draw(st.sampled_from(["incident", "incident", "period_total"])),
        "grade": {
            "reliability": draw(st.sampled_from("ABF")),
            "credibility": draw(st.sampled_from("136")),
            "given_by": "record",
        },
        "handling": {
            "tlp": draw(st.sampled_from(["GREEN", "AMBER"])),
            "releasable_to": draw(st.sampled_from([["joint"], ["joint", "us"]])),
        },
    }
    if draw(st.booleans()):
        day = draw(st.integers(1, 9))
        span = {"start": f"2026-03-0{day}T00:00:00.000Z", "end": f"2026-03-{day + 1:02d}T00:00:00.000Z"}
        parts["when"] = {**span, "precision": "day", "zone": "UTC", "zone_from": "record"}
        parts["place"] = draw(st.sampled_from(PLACES))
    kind = draw(st.sampled_from(["seizure", "seizure", "case", "news"]))
    if kind == "news":
        parts["kind"], parts["agency"] = kind, draw(st.sampled_from(["press", "agency-1"]))
        if told := draw(st.lists(st.sampled_from(TOLD), max_size=1)):
            parts["told"] = told
        if draw(st.booleans()):
            parts["origin"] = "fictional release"
    elif kind == "case":
        parts["kind"] = kind
    # What is compared beside identifiers; each from a few, so that reports meet under it often.
    for field, pool in (("people", PEOPLE), ("vehicles", VEHICLES), ("press_marks", MARKS), ("texts", TEXTS)):
        if chosen := draw(st.lists(st.sampled_from(pool), max_size=2, unique_by=str)):
            parts[field] = chosen
    return make_record(number, *draw(st.lists(st.sampled_from(VALUES), max_size=3)), version=version, **parts)


def record_sets(min_size: int = 0) -> st.SearchStrategy[list[ComparisonRecord]]:
    """Up to 40 records of nine reports: revisions, retractions, duplicates, late ones, shared and common values."""
    return st.lists(_records(), min_size=min_size, max_size=40)


def invent_records(count: int, seed: int = 1, hub_every: int = 4) -> Iterator[Any]:
    """Invented records whose structure stays the same however many there are.

    Crews of three reports on average share a plate, half of them a phone too; every tenth report also carries the plate
    of some earlier crew, every `hub_every`th a tip line.
    """
    dice = random.Random(seed)
    for number in range(count):
        crew = number // 30 * 10 + dice.randrange(10)
        values = [("plate", f"TST{crew:07d}")]
        if dice.random() < 0.5:
            values.append(("phone", f"+1956555{crew:06d}"))
        if dice.random() < 0.1:
            values.append(("plate", f"TST{dice.randrange(crew + 1):07d}"))
        if number % hub_every == 0:
            values.append(("phone", "+19565550100"))
        yield make_record(number, *values, items=GOODS[:2])


def keep_rows(kept: dict[bytes, bytes], rows: Mapping[bytes, bytes | None]) -> None:
    """What a store does with rows."""
    for key, value in rows.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = value


class Folded:
    """What a reader of the output topics holds: of each id the document with the highest version."""

    def __init__(self) -> None:
        """Nothing read."""
        self.links: dict[str, Any] = {}
        self.networks: dict[str, Any] = {}
        self.events: dict[str, Any] = {}

    def take(
        self, links: Mapping[str, Any], networks: Mapping[str, Any], events: Mapping[str, Any] | None = None
    ) -> None:
        """Read documents; two of one id and version must be equal."""
        for held, new in ((self.links, links), (self.networks, networks), (self.events, events or {})):
            for name, document in new.items():
                assert name == document["id"]
                old = held.get(name)
                if old is not None and old["version"] == document["version"]:
                    assert old == document
                if old is None or old["version"] <= document["version"]:
                    held[name] = document

    def live_links(self) -> dict[str, Any]:
        """The live links, with version 0 like the oracle's."""
        return {name: {**one, "version": 0} for name, one in self.links.items() if one["state"] == "live"}

    def live_events(self) -> dict[str, Any]:
        """The live events, with version 0 like the oracle's."""
        return {name: {**one, "version": 0} for name, one in self.events.items() if one["state"] == "live"}

    def standing(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """All that is live, as the oracle returns it."""
        return self.live_links(), self.live_networks(), self.live_events()

    def live_networks(self) -> dict[str, Any]:
        """The live networks, with version 0 like the oracle's."""
        return {name: {**one, "version": 0} for name, one in self.networks.items() if one["state"] == "live"}

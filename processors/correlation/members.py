"""A record -> what a network's summary needs of it: worked out once, for a network is summed up at each report that
joins it. Pure.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processors.correlation.events import tells_alone
from processors.correlation.happenings import Happening, tell_happening
from processors.correlation.keys import LINKING_KINDS
from processors.correlation.marks import Mark, name_report, read_mark
from processors.correlation.moments import local_day, seconds
from processors.reference.folding import fold
from streams.facts import ComparedPlace, ComparedVehicle, ComparisonRecord
from streams.links import LinkedReport
from streams.reports import IdentifierKind, Span

__all__ = ["OF_FIREARM", "Member", "Number", "PlaceName", "Times", "ToldPerson", "ToldVehicle", "read_member"]

OF_FIREARM = ("type", "make", "model", "calibre", "serial")
"""What a record says of a firearm, in this order."""
Number = tuple[bool, IdentifierKind, str]
"""An identifier: whether it is an exercise's, kind and value."""
PlaceName = tuple[str, str, str, str]
"""Name, kind, country and state of a place; "" for what is not told."""


class ToldPerson(NamedTuple):
    """One subject of one record. `words` are those of the name, folded and sorted."""

    report: str
    words: tuple[str, ...]
    name: str
    born: str
    aliases: Sequence[str]


class ToldVehicle(NamedTuple):
    """One conveyance of one record: how it looks, and the kinds and values of its numbers."""

    report: str
    looks: str
    numbers: frozenset[tuple[str, str]]


class Times(NamedTuple):
    """From when to when, and the first and last local day of it."""

    start: str
    end: str
    first_day: str
    last_day: str


class Member(NamedTuple):
    """What a record brings into its network. `alone` is what the timeline says where nobody else tells of its event;
    `begins` is when, in seconds since 1970, and infinite if it tells no time.
    """

    named: LinkedReport
    mark: Mark
    exercise: bool
    numbers: frozenset[Number]
    phones: frozenset[tuple[bool, str]]
    place: tuple[PlaceName, ComparedPlace] | None
    begins: float
    times: Times | None
    people: tuple[ToldPerson, ...]
    vehicles: tuple[ToldVehicle, ...]
    firearms: frozenset[tuple[str, ...]]
    press_marks: frozenset[str]
    tells_alone: bool
    alone: Happening


def read_member(record: ComparisonRecord) -> Member:
    """What a record brings into a network."""
    exercise, identifiers = record.get("exercise", False), record.get("identifiers", ())
    when, place, alone = record.get("when"), record.get("place"), tells_alone(record)
    return Member(
        named=name_report(record),
        mark=read_mark(record),
        exercise=exercise,
        numbers=frozenset((exercise, one["kind"], one["value"]) for one in identifiers if one["kind"] in LINKING_KINDS),
        phones=frozenset((exercise, one["value"]) for one in identifiers if one["kind"] == "phone"),
        place=(_name_place(place), place) if place is not None and "name" in place else None,
        begins=math.inf if when is None else seconds(when["start"]),
        times=None if when is None else _read_times(when),
        people=tuple(_read_people(record)),
        vehicles=tuple(_read_vehicles(record)),
        firearms=frozenset(_read_firearms(record)),
        press_marks=frozenset(one["value"] for one in record.get("press_marks", ())),
        tells_alone=alone,
        alone=tell_happening(record["id"] if alone else None, [record]),
    )


def _name_place(place: ComparedPlace) -> PlaceName:
    return place["name"], place["kind"], place.get("country", ""), place.get("state", "")


def _read_times(when: Span) -> Times:
    start, end, zone = when["start"], when["end"], when["zone"]
    return Times(start, end, local_day(start, zone), local_day(end, zone, exclusive=True))


def _read_people(record: ComparisonRecord) -> Iterator[ToldPerson]:
    for person in record.get("people", ()):
        words = tuple(sorted(fold(person["name"]).replace(",", " ").split()))
        yield ToldPerson(record["id"], words, person["name"], person.get("born", ""), person.get("aliases", ()))


def _read_vehicles(record: ComparisonRecord) -> Iterator[ToldVehicle]:
    numbers: dict[str, list[tuple[str, str]]] = {}
    for one in record.get("identifiers", ()):
        if one["kind"] in ("plate", "vin"):
            # `conveyances[0].plates[1].number` and `conveyances[0].vin` stand on one conveyance.
            numbers.setdefault(one["field"].partition(".")[0], []).append((one["kind"], one["value"]))
    for vehicle in record.get("vehicles", ()):
        yield ToldVehicle(record["id"], _looks(vehicle), frozenset(numbers.pop(vehicle["field"], ())))
    for carried in numbers.values():
        yield ToldVehicle(record["id"], "", frozenset(carried))


def _looks(vehicle: ComparedVehicle) -> str:
    words = (vehicle.get("colour"), vehicle.get("make"), vehicle.get("model"))
    return " ".join([word for word in words if word]) or vehicle["kind"]


def _read_firearms(record: ComparisonRecord) -> Iterator[tuple[str, ...]]:
    for item in record.get("items", ()):
        if "firearm" in item and item["commodity"] == "firearm":
            yield tuple(item["firearm"].get(name, "") for name in OF_FIREARM)  # type: ignore[misc]

"""Which true pairs can still be told from what was written: `is_reachable`, on its own rules, not the platform's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from processors.correlation.names import SIMILAR, compare_names
from processors.reference.geography import measure_km
from tests.scenarios.marks import Json, Mark, find_slots
from tests.scenarios.noise import FIRM, name_parts
from tests.scenarios.places import find_point
from tests.scenarios.reading import bare_form, fold_alike, is_one_slip_apart

__all__ = ["Evidence", "is_reachable", "read_evidence"]

IDENTIFIERS = frozenset({"plate", "vin", "serial", "phone", "imei", "curp", "passport", "clabe", "wallet", "docket",
                         "aircraft", "vessel"})  # fmt: skip
_FOLDED = IDENTIFIERS - {"wallet", "phone", "imei", "clabe"}
"""Kinds of letters and digits; in the others there is nothing to take for each other."""
_TYPED = IDENTIFIERS - {"plate", "docket", "wallet", "aircraft"}
LONG = 8
"""Signs from which one slip leaves an identifier recognisable, if something else agrees."""
_KM, _HOURS = 50.0, 30.0


@dataclass(slots=True)
class Evidence:
    """What a report carries in its fields: identifiers by kind in their bare form, full names with birth dates, makes
    and models of its vehicles by VIN, and where and when.
    """

    identifiers: dict[str, set[str]] = field(default_factory=dict)
    folded: set[tuple[str, str]] = field(default_factory=set)
    people: list[tuple[str, str | None]] = field(default_factory=list)
    cars: dict[str, tuple[str, str]] = field(default_factory=dict)
    time: datetime | None = None
    point: tuple[float, float] | None = None


def read_evidence(event: Json) -> Evidence:
    """The evidence in a published event. News has none: a text links nothing. A protected, cleared or merely mentioned
    person has none, nor have numbers that they share with others; placeholders, parts of numbers and bait have none.
    """
    found = Evidence()
    if "outlet" in event:
        return found
    firm = [one for one in event.get("people", ()) if one.get("basis") in FIRM]
    others = [one for one in event.get("people", ()) if one.get("basis") not in FIRM]
    withheld = {(kind, value) for kind, value in _numbers(others)}
    fields = {key: part for key, part in event.items() if key not in {"people", "narrative"}}
    for kind, value in _numbers([fields, *firm]):
        if (kind, value) not in withheld:
            found.identifiers.setdefault(kind, set()).add(value)
            found.folded.add((kind, fold_alike(value) if kind in _FOLDED else value))
    found.people = [(name_parts(one), one.get("birth_date")) for one in firm]
    for car in event.get("conveyances", ()):
        vin = bare_form("vin", car["vin"]) if isinstance(car.get("vin"), Mark) else None
        if vin and "make" in car and "model" in car:
            found.cars[vin] = car["make"], car["model"]
    if "place" in event:
        found.point = find_point(event["place"])
    if "occurred" in event:
        found.time = datetime.fromisoformat(event["occurred"]["value"]).replace(
            tzinfo=ZoneInfo(event["occurred"]["zone"])
        )
    return found


def _numbers(trees: Iterable[Json]) -> Iterable[tuple[str, str]]:
    for tree in trees:
        for slot in find_slots(tree):
            if slot.mark.kind in IDENTIFIERS and not slot.mark.is_bait:
                value = bare_form(slot.mark.kind, slot.mark)
                if value is not None:
                    yield slot.mark.kind, value


def is_reachable(left: Evidence, right: Evidence) -> bool:
    """Whether two reports that truly belong together still share identifier-grade evidence as they were published:

    1. an identifier of one kind is equal, exactly or after signs that look alike are folded (0/O, 1/I, 5/S, 8/B, 2/Z,
       6/G); the VIN of one report never answers the plate of the other; or
    2. both name a person by names that score 0.7 or more in `compare_names`, with the same birth date; or
    3. an identifier of eight signs or more (no plate) has one slip of the pen in it (a sign wrong, left out or added,
       or two neighbours exchanged), and something else agrees: the reports tell of one place and time (50 km, 30
       hours), or name people by similar full names, or, for a VIN, the car's make and model.

    It looks at nothing else: not at names alone, press marks, texts, references or amounts.
    """
    if not left.folded.isdisjoint(right.folded):
        return True
    if any(_is_person(one, other) for one in left.people for other in right.people):
        return True
    for kind in _TYPED & left.identifiers.keys() & right.identifiers.keys():
        for one in left.identifiers[kind]:
            for other in right.identifiers[kind]:
                if min(len(one), len(other)) >= LONG and is_one_slip_apart(one, other):
                    if _agree_otherwise(left, right):
                        return True
                    if kind == "vin" and one in left.cars and left.cars[one] == right.cars.get(other):
                        return True
    return False


@lru_cache(maxsize=1 << 18)
def _is_alike(one: str, other: str) -> bool:
    return compare_names(one, other).score >= SIMILAR


def _is_person(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    return one[1] is not None and one[1] == other[1] and _is_alike(one[0], other[0])


def _agree_otherwise(left: Evidence, right: Evidence) -> bool:
    if any(_is_alike(one, other) for one, _ in left.people for other, _ in right.people):
        return True
    if left.point is None or right.point is None or left.time is None or right.time is None:
        return False
    hours = abs((left.time - right.time).total_seconds()) / 3600
    (south, west), (north, east) = left.point, right.point
    return hours <= _HOURS and measure_km({"lat": south, "lon": west}, {"lat": north, "lon": east}) <= _KM

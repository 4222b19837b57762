"""Invented comparison records as rich as real ones.

Crews, days and places are alike however many reports there are. Names are not, for they come from a fixed range: the
more reports, the more meet by chance. And the plates of earlier crews join ever larger components: the largest has 233
reports at 10,000 and 2,290 at 200,000. So more reports are also harder ones.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.correlating import identifier, make_record

__all__ = ["invent_full_records"]

_GIVEN = ("Dario", "Brenda", "Omar", "Nadia", "Ramiro", "Elsa", "Tomas", "Irene", "Ulises", "Carla")
_SYLLABLES = ("fal", "bre", "nox", "tri", "vel", "dor", "mun", "quil", "zar", "pem", "lon", "gur", "sib", "cha", "rof")
_COMMODITIES = ("fentanyl", "methamphetamine", "cocaine", "heroin", "firearm", "ammunition", "cash")
_MAKES = ("ford", "nissan", "chevrolet", "toyota", "ram")
_START = datetime(2026, 1, 1, tzinfo=UTC)
_A_DAY = 150
"""Reports a day, so that days and places fill alike at any size."""


def invent_full_records(count: int, seed: int = 1) -> Iterator[Any]:
    """Reports of crews: three on average share a plate, half of them a telephone, and two subjects with birth dates;
    every tenth carries the plate of an earlier crew, every fourth a help line. Each has a time, one of 60 places, goods
    and amounts, a vehicle's look, and a text of its own.
    """
    dice = random.Random(seed)
    for number in range(count):
        crew = number // 30 * 10 + dice.randrange(10)
        values = [("plate", _plate(crew)), ("serial", f"FIC{dice.randrange(10**8):08d}")]
        if dice.random() < 0.5:
            values.append(("phone", f"+1956{random.Random(crew).randrange(10**9):09d}"))
        if dice.random() < 0.1:
            values.append(("plate", _plate(dice.randrange(crew + 1))))
        if number % 4 == 0:
            values.append(("phone", "+19565550100"))
        start = _START + timedelta(minutes=number * 1440 / _A_DAY)
        area = dice.randrange(60)
        record = make_record(
            number,
            *values,
            agency=f"agency-{dice.randrange(8)}",
            when={"start": _stamp(start), "end": _stamp(start + timedelta(minutes=1)), "precision": "minute",
                  "zone": "America/Chicago", "zone_from": "record"},
            place={"kind": "city", "name": f"Fiction {area}", "code": f"F{area}", "corridor": f"corridor-{area // 3}",
                   "location": {"lat": 26 + area / 10, "lon": -99 - area / 10}},
            items=[{"ordinal": 0, "kind": "substance", "commodity": dice.choice(_COMMODITIES),
                    "mass_kg": round(dice.lognormvariate(1, 1), 2)}],
            people=[_person(dice, crew * 2 + one, at) for at, one in enumerate(range(dice.randrange(3)))],
            vehicles=[{"field": "conveyances[0]", "kind": "vehicle", "make": _MAKES[crew % 5], "colour": "white"}],
            texts=[{"field": "narrative.text", "exact": f"{number:032x}", "words": 60,
                    "minhash": [f"{dice.getrandbits(48):012x}" for _ in range(16)]}],
        )  # fmt: skip
        record["identifiers"] = [
            identifier(kind, value, "conveyances[0].plates[0].number") for kind, value in sorted(set(values))
        ]
        yield record


def _plate(crew: int) -> str:
    # Numbers side by side would be slips of each other.
    letters = random.Random(-crew)
    return "".join(letters.choice("ABCDEFGHJKLMNPRSTVWXYZ234679") for _ in range(8))


def _person(dice: random.Random, number: int, at: int) -> dict[str, Any]:
    name = random.Random(number)
    surnames = ["".join(name.choice(_SYLLABLES) for _ in range(3)).capitalize() for _ in range(2)]
    person = {"field": f"people[{at}]", "name": f"{name.choice(_GIVEN)} {' '.join(surnames)}"}
    if dice.random() < 0.7:
        person["born"] = f"{1960 + name.randrange(45)}-{1 + name.randrange(12):02}-{1 + name.randrange(28):02}"
    return person


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

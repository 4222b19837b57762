"""Bait: reports that look as if they belonged together and do not. `LURES` is the list to extend."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from deploy.demo.story.numbers import write_phone
from tests.scenarios.desk import Desk
from tests.scenarios.doubles import (
    cloned_car,
    default_birth_date,
    father_and_son,
    letter_series,
    other_issuer,
    twins,
)
from tests.scenarios.happenings import Happening, happen_alone, make_load
from tests.scenarios.marks import Json, bait
from tests.scenarios.people import COMMON_GIVEN, COMMON_SURNAMES
from tests.scenarios.places import ROUTES
from tests.scenarios.press import print_boilerplate
from tests.scenarios.telling import HABITS, TELLERS, write_gun, write_person, write_vehicle
from tests.scenarios.world import COLOURS, GUNS

__all__ = ["LURES"]

Lure = Callable[[Desk, str], None]
"""Publishes the reports of one group of bait, given the group's name."""


def _first(happening: Happening) -> tuple[str, str]:
    return TELLERS[happening.kind][0]


def common_name(desk: Desk, group: str) -> None:
    """Namesakes with different birth dates, and nothing else in common."""
    draw, world = desk.draw, desk.world
    given, surnames = draw.pick(COMMON_GIVEN), tuple(draw.sample(COMMON_SURNAMES[:12], 2))
    for _ in range(draw.number(3, 5)):
        happening = happen_alone(world)
        happening.people = [world.person("MX", given, surnames)]
        desk.publish(happening, _first(happening), group=group)


def consecutive_plates(desk: Desk, group: str) -> None:
    """Cars of one make and colour with plates one after the other, of owners who never met."""
    draw, world = desk.draw, desk.world
    route, colour = draw.pick(ROUTES), draw.pick(COLOURS)
    stem, start = draw.signs("BCDFGHJKLMNPRSTVWXYZ", 3), 10 * draw.number(100, 990)
    numbers = range(start, start + draw.number(3, 4))
    model = world.vehicle("US", route)
    plates = [f"{stem}{number}" for number in numbers]
    for plate in plates:
        # All before any is told: a slip must not make one neighbour of the other.
        world.mint.claim("plate", plate)
    for plate in plates:
        happening = happen_alone(world, draw.pick(("port", "us_road")))
        car = replace(world.vehicle("US", route, plate), make=model.make, model=model.model, kind=model.kind,
                      state="Texas", colour=colour)  # fmt: skip
        happening.vehicles = [car]
        desk.publish(happening, _first(happening), group=group)


def neighbouring_serials(desk: Desk, group: str) -> None:
    """Guns of one make, model and calibre with serials one after the other, sold to different people."""
    draw, world = desk.draw, desk.world
    spec = draw.pick(GUNS)
    stem, start = draw.signs("BCDFGHJKLMNPRSTVWXYZ", 3), 10 * draw.number(1000, 9990)
    serials = [f"{stem}{number}" for number in range(start, start + draw.number(3, 4))]
    for serial in serials:
        world.mint.claim("serial", serial)
    for serial in serials:
        happening = happen_alone(world, "guns_mx")
        happening.guns = [world.gun(spec, serial)]
        desk.publish(happening, _first(happening), group=group)


def port_day_drug(desk: Desk, group: str) -> None:
    """The same drug at the same port on the same day, in other cars."""
    draw, world = desk.draw, desk.world
    first = happen_alone(world, "port")
    drug = make_load(draw, None, ("trunk", "cajuela"))
    for _ in range(draw.number(3, 4)):
        happening = happen_alone(world, "port")
        happening.spot = first.spot
        happening.time = datetime.combine(first.time.date(), datetime.min.time()) + timedelta(
            minutes=draw.number(0, 1439)
        )
        amount = max(1.0, round(drug.amount * draw.number(20, 300) / 100, 2 if drug.unit == "kg" else 0))
        happening.loads = [replace(drug, amount=amount, packages=draw.number(1, 60))]
        happening.vehicles = [world.vehicle("US", draw.pick(ROUTES))]
        desk.publish(happening, _first(happening), group=group)


def container(desk: Desk, group: str) -> None:
    """One container with other goods for another shipper, weeks apart."""
    number = desk.world.mint.container()
    for turn in range(3):
        happening = happen_alone(desk.world, "port")
        box: Json = {"kind": "container", "container_number": bait("container", number, group),
                     "shipper": f"Exportadora Ficticia {turn + 1} (ficticia)"}  # fmt: skip
        desk.publish(happening, _first(happening), extra={"conveyances": [box], "mode": "Land"})


def no_serial(desk: Desk, group: str) -> None:
    """Guns without a serial: S/N, obliterated, filed off."""
    draw, world = desk.draw, desk.world
    words = ("S/N", "s/n", "SIN NÚMERO", "LIMADA", "obliterated", "OBLITERATED", "N/A", "ilegible")
    for _ in range(4):
        happening = happen_alone(world, draw.pick(("guns_mx", "us_road")))
        gun = write_gun(draw, world.gun(GUNS[draw.number(0, 2)]), english=happening.kind == "us_road")
        gun["serial"] = bait("serial", draw.pick(words), "no_serial-1")
        happening.loads, happening.guns = [], []
        desk.publish(happening, _first(happening), extra={"items": [gun]})


def press_wording(desk: Desk, group: str) -> None:
    """A weekly release in the same words about other places."""
    print_boilerplate(desk.book, desk.world, group)


def protected_phone(desk: Desk, group: str) -> None:
    """A witness with one telephone in two cases that have nothing else in common."""
    draw, world = desk.draw, desk.world
    witness = world.person("MX")
    for _ in range(2):
        happening = happen_alone(world, draw.pick(("arrest", "mx_search")))
        number = bait("phone", write_phone(witness.phone, "e164"), group)
        seen: Json = {"name": witness.full, "roles": ["witness"], "phones": [{"number": number}]}
        habit = HABITS[_first(happening)[0]]
        people = [write_person(draw, one, habit) for one in happening.people]
        desk.publish(happening, _first(happening), extra={"people": [*people, seen]})


def dealer(desk: Desk, group: str) -> None:
    """Traces of guns that one large dealer sold, with its address and telephone."""
    for _ in range(4):
        happening = happen_alone(desk.world, "guns_mx")
        happening.people = [desk.world.person("US")] if desk.draw.chance(0.6) else []
        desk.publish(happening, ("arms-trace", "trace"), first="policia-rio")


def cloned_plate(desk: Desk, group: str) -> None:
    """One plate on two cars of other make and VIN: the one was copied from the other, by people who never met."""
    draw, world = desk.draw, desk.world
    cars = [world.vehicle("US", draw.pick(ROUTES))]
    while len(cars) < 2 or cars[0].make == cars[1].make:
        cars = [cars[0], world.vehicle("US", draw.pick(ROUTES))]
    for car in cars:
        happening = happen_alone(world, draw.pick(("port", "us_road")))
        written = write_vehicle(draw, car, replace(HABITS["bridge-customs"], plate=1.0, vin=1.0))
        written["plates"] = [{"number": bait("plate", str(cars[0].plate), group), "state": "Texas", "country": "US"}]
        # Told without noise: where make or VIN are missing, nobody could tell the two cars apart.
        desk.publish(happening, _first(happening), extra={"conveyances": [written]}, noisy=False)


def serial_of_another_make(desk: Desk, group: str) -> None:
    """Two makers gave out one serial: it is unique within a make alone."""
    draw, world = desk.draw, desk.world
    serial = world.mint.serial()
    for spec in draw.sample(GUNS, 2):
        happening = happen_alone(world, "guns_mx")
        gun = write_gun(draw, world.gun(spec), english=False)
        gun["serial"] = bait("serial", serial, group)
        happening.guns = []
        desk.publish(happening, _first(happening), extra={"items": [gun]}, noisy=False)


LURES: tuple[tuple[str, int, Lure], ...] = (
    ("common_name", 150, common_name),
    ("consecutive_plates", 170, consecutive_plates),
    ("neighbouring_serials", 170, neighbouring_serials),
    ("port_day_drug", 140, port_day_drug),
    ("container", 300, container),
    ("no_serial", 240, no_serial),
    ("press_wording", 400, press_wording),
    ("protected_phone", 290, protected_phone),
    ("dealer", 130, dealer),
    ("cloned_plate", 450, cloned_plate),
    ("serial_of_another_make", 450, serial_of_another_make),
    ("father_and_son", 300, father_and_son),
    ("default_birth_date", 300, default_birth_date),
    ("twins", 350, twins),
    ("other_issuer", 300, other_issuer),
    ("letter_series", 350, letter_series),
    ("cloned_car", 900, cloned_car),
)
"""Each kind of bait, one group of it in how many reports, and who makes it; `tip_line` and `press_mark` (M30) stray
into other reports (`desk.py`, `happenings.py`)."""

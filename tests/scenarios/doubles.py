"""Bait of two that look like one: namesakes of one family or of one default date, twins, numbers that two issuers gave
out or that differ by a look-alike letter, and a cloned car.

All of it is told without noise: nothing is missing by which they could be told apart.
"""

from dataclasses import replace
from datetime import timedelta

from tests.scenarios.desk import Desk
from tests.scenarios.happenings import Happening, happen_alone
from tests.scenarios.marks import Json, bait
from tests.scenarios.people import COMMON_GIVEN, COMMON_SURNAMES, Person
from tests.scenarios.places import ROUTES, Spot
from tests.scenarios.telling import HABITS, TELLERS, write_gun, write_person, write_vehicle
from tests.scenarios.values import MX_LETTERS
from tests.scenarios.world import COLOURS, GUNS

__all__ = ["cloned_car", "default_birth_date", "father_and_son", "letter_series", "other_issuer", "twins"]

_COURTS = ("Juzgado Primero de Ejemplo (ficticio)", "Juzgado Segundo de Muestra (ficticio)")
_FAR_PORTS = ("2304", "2504")
"""Laredo and San Ysidro, 1,776 km apart."""


def _teller(happening: Happening) -> tuple[str, str]:
    return TELLERS[happening.kind][0]


def _publish_person(desk: Desk, person: Person, group: str) -> None:
    """A report of one person with the birth date, and without a number of their own."""
    happening = happen_alone(desk.world)
    happening.people, happening.dockets = [], []
    written = write_person(desk.draw, person, HABITS[_teller(happening)[0]]) | {"birth_date": person.born}
    written.pop("identifiers", None)
    desk.publish(happening, _teller(happening), group=group, extra={"people": [written]}, noisy=False)


def father_and_son(desk: Desk, group: str) -> None:
    """Father and son of one name, born on one day of the year, decades apart."""
    draw, world = desk.draw, desk.world
    son = world.person("MX")
    # Four years and four: the son may be born on 29 February.
    born = f"{int(son.born[:4]) - 4 * draw.number(5, 8)}{son.born[4:]}"
    father = replace(world.person("MX", " ".join(son.given), son.surnames), born=born)
    for person in (father, son):
        _publish_person(desk, person, group)


def default_birth_date(desk: Desk, group: str) -> None:
    """Namesakes of whom a form knows the year of birth alone: it puts 1 January."""
    draw, world = desk.draw, desk.world
    given, surnames = draw.pick(COMMON_GIVEN), tuple(draw.sample(COMMON_SURNAMES[:12], 2))
    born = f"{draw.number(1962, 1998)}-01-01"
    for _ in range(2):
        _publish_person(desk, replace(world.person("MX", given, surnames), born=born), group)


def twins(desk: Desk, group: str) -> None:
    """Two of one family, born on one day, with other given names."""
    world = desk.world
    one = world.person("MX")
    other = world.person("MX", surnames=one.surnames)
    while set(other.given) & set(one.given) or other.given[0][:3] == one.given[0][:3]:
        other = world.person("MX", surnames=one.surnames)
    for person in (one, replace(other, born=one.born)):
        _publish_person(desk, person, group)


def other_issuer(desk: Desk, group: str) -> None:
    """One number of two issuers: passports of two countries, and case numbers of two courts, which are named or not."""
    draw, world = desk.draw, desk.world
    passport, docket = str(draw.number(100_000_000, 999_999_999)), f"{draw.number(100, 999)}/{draw.number(2023, 2026)}"
    is_named = draw.chance(0.5)
    for country, court in zip(("GT", "HN"), _COURTS, strict=True):
        happening = happen_alone(world, "arrest")
        happening.people, happening.dockets = [], []
        written = write_person(draw, world.person("MX"), HABITS[_teller(happening)[0]])
        written["identifiers"] = [{"kind": "passport", "value": bait("passport", passport, group), "issuer": country}]
        issuer = court if is_named else "Juzgado de Control (ficticio)"
        case: Json = {"system": "causa_penal", "number": bait("docket", docket, group), "issuer": issuer}
        extra = {"people": [written], "case_numbers": [case]}
        desk.publish(happening, _teller(happening), group=group, extra=extra, noisy=False)


def letter_series(desk: Desk, group: str) -> None:
    """Plates and serials of two series, a look-alike letter apart (U and V), on things that look the same."""
    draw, world = desk.draw, desk.world
    route, spec = draw.pick(ROUTES), draw.pick(GUNS)
    while True:
        stem, digits, last = draw.signs("XYZ", 2), draw.signs("0123456789", 3), draw.pick(MX_LETTERS)
        if world.mint.claim("plate", f"{stem}U{digits}{last}") and world.mint.claim("serial", f"B{stem}U{digits}"):
            break
    model = world.vehicle("MX", route)
    colour = draw.pick(COLOURS)
    for letter in "UV":
        happening = happen_alone(world, "guns_mx")
        happening.guns, happening.loads = [], []
        car = replace(world.vehicle("MX", route), make=model.make, model=model.model, kind=model.kind, colour=colour)
        written = write_vehicle(draw, car, replace(HABITS["policia-rio"], plate=0.0, vin=0.0))
        plate = bait("plate", f"{stem}{letter}{digits}{last}", group)
        written["plates"] = [{"number": plate, "state": "Tamaulipas", "country": "MX"}]
        gun = write_gun(draw, world.gun(spec), english=False)
        gun["serial"] = bait("serial", f"B{stem}{letter}{digits}", group)
        extra = {"conveyances": [written], "items": [gun]}
        desk.publish(happening, _teller(happening), group=group, extra=extra, noisy=False)


def cloned_car(desk: Desk, group: str, *, with_vin: bool = False) -> None:
    """A car cloned with its plate and looks, seen at two ends of the border within the hour; `with_vin`: with its VIN
    too.

    Clones with a VIN are so rare that a few in five thousand reports would teach that a VIN says little.
    """
    draw, world = desk.draw, desk.world
    car = world.vehicle("US", draw.pick(ROUTES))
    first = happen_alone(world, "port")
    for minutes, port in zip((0, draw.number(5, 59)), _FAR_PORTS, strict=True):
        happening = happen_alone(world, "port")
        happening.spot = Spot.find("cbp_port", port)
        happening.time = first.time + timedelta(minutes=minutes)
        written = write_vehicle(draw, car, replace(HABITS["bridge-customs"], plate=0.0, vin=0.0))
        plate = bait("plate", str(car.plate), group)
        written["plates"] = [{"number": plate, "state": "Texas", "country": "US"}]
        if with_vin:
            written["vin"] = bait("vin", str(car.vin), group)
        occurred = {"value": f"{happening.time:%Y-%m-%dT%H:%M}", "zone": first.spot.zone}
        extra = {"conveyances": [written], "occurred": occurred}
        desk.publish(happening, _teller(happening), group=group, extra=extra, noisy=False)

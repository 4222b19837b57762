"""What happens: the days on which a crew, or somebody who belongs to none, meets the authorities."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from tests.scenarios.draw import Draw
from tests.scenarios.marks import Mark, mark
from tests.scenarios.people import Person
from tests.scenarios.places import ROUTES, Route, Spot
from tests.scenarios.world import Account, Crew, Docket, Gun, Vehicle, World

__all__ = ["DRUGS", "Happening", "Load", "happen_alone", "happen_to", "make_load"]

START = datetime(2025, 7, 1, 0, 0)
DAYS = 270
DRUGS = (
    # English, Spanish, unit, least and most in kg or pills, weight
    ("Fentanyl", "fentanilo", "pills", 400, 90_000, 3.0),
    ("Fentanyl powder", "fentanilo en polvo", "kg", 1, 30, 1.0),
    ("Methamphetamine", "metanfetamina", "kg", 2, 420, 3.0),
    ("Cocaine", "cocaína", "kg", 1, 160, 2.0),
    ("Heroin", "heroína", "kg", 1, 20, 0.7),
    ("Marijuana", "marihuana", "kg", 3, 600, 1.3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """Goods of one happening: pills, or kilograms."""

    name_en: str
    name_es: str
    unit: str
    amount: float
    packages: int
    hides: tuple[str, str]
    stamps: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Happening:
    """One event. `kind`: port, us_road, mx_road, mx_search, arrest, guns_mx, stash or sale; `time` is local."""

    id: str
    kind: str
    time: datetime
    spot: Spot
    road: str | None
    people: list[Person] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    guns: list[Gun] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    dockets: list[Docket] = field(default_factory=list)
    cash: int = 0
    rounds: int = 0
    moved: list[Person] = field(default_factory=list)
    """The people smuggled: protected, whatever a report says of them."""

    @property
    def owner(self) -> str:
        """The reason that its reports share."""
        return f"event:{self.id}"


def make_load(draw: Draw, press: str | None, hides: tuple[str, str], *, pills: bool | None = None) -> Load:
    """A load with its stamps: the common M30, and the press's own where it has one."""
    drugs = [row for row in DRUGS if pills is None or (row[2] == "pills") == pills]
    english, spanish, unit, low, high, _ = draw.weighed([(row, row[5]) for row in drugs])
    amount = float(draw.number(low, high))
    if unit == "kg":
        amount += draw.number(0, 99) / 100
    stamps: list[Mark] = []
    if unit == "pills" and draw.chance(0.7):
        stamps.append(Mark("M30", "press_mark", "bait:press_mark-M30"))
    if press is not None and (unit == "pills" or draw.chance(0.8)):
        stamps.append(mark("press_mark", press, f"object:press-{press}"))
    return Load(english, spanish, unit, amount, draw.number(1, 60), hides, tuple(stamps))


def draw_time(draw: Draw) -> datetime:
    """A minute of the scenario's nine months."""
    return START + timedelta(minutes=draw.number(0, DAYS * 1440 - 1))


_KINDS = {
    "pills": (("port", 4.0), ("us_road", 3.0), ("mx_road", 2.0), ("mx_search", 1.5), ("arrest", 1.5)),
    "powder": (("port", 3.0), ("us_road", 3.0), ("mx_road", 3.0), ("mx_search", 1.5), ("arrest", 1.5)),
    "guns": (("guns_mx", 4.0), ("port", 1.5), ("us_road", 1.0), ("arrest", 1.5), ("sale", 1.0)),
    "smuggling": (("stash", 3.0), ("us_road", 3.0), ("mx_road", 1.5), ("arrest", 1.5)),
    "cash": (("port", 2.0), ("us_road", 2.0), ("arrest", 2.0), ("mx_search", 2.0)),
}
_IN_MEXICO = frozenset({"mx_road", "mx_search", "guns_mx"})


def _set_scene(world: World, kind: str, route: Route) -> Happening:
    draw = world.draw
    road: str | None = None
    if kind == "port":
        spot = Spot.find("cbp_port", draw.pick(route.ports))
    elif kind in _IN_MEXICO:
        spot = Spot.find("inegi", draw.pick(route.municipalities))
        road = draw.pick(route.mx_roads) if kind == "mx_road" or draw.chance(0.2) else None
    else:
        spot = Spot.find("fips", draw.pick(route.counties))
        road = draw.pick(route.us_roads) if kind == "us_road" else None
    return Happening(world.count("event"), kind, draw_time(draw), spot, road)


def happen_to(world: World, crew: Crew) -> Happening:
    """One event of a crew: one to three of them, with some of their things."""
    draw = world.draw
    found = _set_scene(world, draw.weighed(_KINDS[crew.trade]), crew.route)
    found.people = draw.sample(crew.people, draw.weighed(((0, 0.5), (1, 4.0), (2, 3.0), (3, 1.0))))
    if found.kind != "sale" and draw.chance(0.8):
        found.vehicles = draw.sample(crew.vehicles, draw.weighed(((1, 5.0), (2, 1.0))))
    _fill(world, found, crew)
    if found.kind == "sale":
        # Bought years before it was recovered.
        found.guns, found.people = found.guns[:1] or [world.gun()], draw.sample(crew.people, 1)
        found.time = datetime.combine(found.guns[0].bought, time(11, draw.number(0, 59)))
    if not (found.people or found.vehicles or found.guns):
        found.people = draw.sample(crew.people, 1)
    found.accounts = list(crew.accounts) if draw.chance(0.5) else []
    country = found.spot.country
    shared = [docket for docket in crew.dockets if docket.country == country]
    found.dockets = [draw.pick(shared) if draw.chance(0.3) else world.docket(country, found.time.year)]
    return found


def _fill(world: World, found: Happening, crew: Crew) -> None:
    draw = world.draw
    if crew.trade in {"pills", "powder"} and (found.kind != "arrest" or draw.chance(0.3)):
        found.loads = [make_load(draw, crew.press, crew.hides, pills=(crew.trade == "pills") if draw.chance(0.85) else
                       None) for _ in range(2 if draw.chance(0.2) else 1)]  # fmt: skip
    if crew.trade == "guns" or draw.chance(0.15):
        found.guns = draw.sample(crew.guns, draw.number(1, 3))
        found.rounds = 20 * draw.number(0, 60)
    if crew.trade == "cash" or draw.chance(0.12):
        found.cash = 500 * draw.number(4, 400)
    if crew.trade == "smuggling" and found.kind != "arrest":
        found.moved = [world.person("MX") for _ in range(draw.number(2, 6))]


def happen_alone(world: World, kind: str | None = None) -> Happening:
    """An event of people and things that are never met again."""
    draw = world.draw
    route = draw.pick(ROUTES)
    chosen = kind or draw.weighed((("port", 3.0), ("us_road", 2.0), ("mx_road", 2.0), ("mx_search", 1.0),
                                   ("guns_mx", 1.0), ("arrest", 1.0)))  # fmt: skip
    found = _set_scene(world, chosen, route)
    country = found.spot.country
    found.people = [world.person(country) for _ in range(draw.weighed(((0, 1.0), (1, 3.0), (2, 1.0))))]
    if draw.chance(0.75) or not found.people:
        found.vehicles = [world.vehicle(country, route)]
    if chosen == "guns_mx" or draw.chance(0.08):
        found.guns = [world.gun() for _ in range(draw.number(1, 2))]
        found.rounds = 20 * draw.number(0, 40)
    elif chosen != "arrest":
        hides = world.draw.pick((("trunk", "cajuela"), ("back seat", "asiento trasero"), ("luggage", "equipaje")))
        found.loads = [make_load(draw, None, hides)]
    found.dockets = [world.docket(country, found.time.year)] if draw.chance(0.5) else []
    return found

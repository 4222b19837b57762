"""The world: crews of three to twelve people with vehicles, guns, loads, accounts and the routes that they use."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.scenarios.draw import Draw
from tests.scenarios.people import Person, PersonMaker
from tests.scenarios.places import ROUTES, Route
from tests.scenarios.values import MX_SERIES, Mint

__all__ = ["CARS", "GUNS", "Account", "Crew", "Docket", "Gun", "Vehicle", "World"]

CARS = (
    ("Dodge", "Ram 1500", "3C6RR7KT", "truck"), ("Toyota", "Camry", "4T1B11HK", "vehicle"),
    ("Honda", "CR-V", "2HKRW2H5", "vehicle"), ("Nissan", "Sentra", "3N1AB8CV", "vehicle"),
    ("GMC", "Sierra", "3GTU9DED", "truck"), ("Kia", "Forte", "3KPF24AD", "vehicle"),
    ("Ford", "F-150", "1FTFW1E8", "truck"), ("Chevrolet", "Tahoe", "1GNSKBKC", "vehicle"),
    ("Volkswagen", "Jetta", "3VWC57BU", "vehicle"), ("Nissan", "Versa", "3N1CN8DV", "vehicle"),
    ("Freightliner", "Cascadia", "3AKJHHDR", "truck"), ("Jeep", "Cherokee", "1C4PJMDX", "vehicle"),
)  # fmt: skip
COLOURS = (("white", "blanco"), ("black", "negro"), ("red", "rojo"), ("blue", "azul"), ("grey", "gris"),
           ("silver", "plata"))  # fmt: skip
GUNS = (
    ("Glock", "19", "9mm", "pistol", "pistola"), ("Taurus", "G2C", "9mm", "pistol", "pistola"),
    ("Colt", "1911", ".38 Super", "pistol", "pistola"), ("Beretta", "92FS", "9mm", "pistol", "pistola"),
    ("Ruger", "LCP", ".380", "pistol", "pistola"), ("Smith & Wesson", "M&P15", "5.56", "rifle", "fusil"),
    ("Romarm", "WASR-10", "7.62x39", "rifle", "fusil"), ("Century Arms", "VSKA", "7.62x39", "rifle", "fusil"),
    ("Barrett", "M82A1", ".50 BMG", "rifle", "fusil"), ("Mossberg", "500", "12 gauge", "shotgun", "escopeta"),
    ("FN", "Five-seveN", "5.7x28", "pistol", "pistola"),
)  # fmt: skip
TRADES = (("pills", 0.32), ("powder", 0.24), ("guns", 0.22), ("smuggling", 0.14), ("cash", 0.08))


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car, an aircraft or a boat; what has no plate has a registration."""

    id: str
    kind: str
    make: str
    model: str
    colour: tuple[str, str]
    state: str
    country: str
    plate: str | None = None
    vin: str | None = None
    registration: str | None = None

    @property
    def owner(self) -> str:
        """Whose marks these are."""
        return f"object:vehicle-{self.id}"


@dataclass(frozen=True, slots=True)
class Gun:
    """`spec` is make, model, calibre and the type in both languages; `bought` the day of the first sale."""

    id: str
    spec: tuple[str, str, str, str, str]
    serial: str
    bought: date

    @property
    def owner(self) -> str:
        """Whose marks these are."""
        return f"object:gun-{self.id}"


@dataclass(frozen=True, slots=True)
class Account:
    """A wallet or bank account."""

    id: str
    kind: str
    value: str

    @property
    def owner(self) -> str:
        """Whose marks these are."""
        return f"object:account-{self.id}"


@dataclass(frozen=True, slots=True)
class Docket:
    """A case that an office keeps."""

    id: str
    country: str
    number: str

    @property
    def owner(self) -> str:
        """Whose marks these are."""
        return f"object:docket-{self.id}"


@dataclass(slots=True)
class Crew:
    """Who works together. `press` is the mark of their own pill press or stamp, which nobody else uses."""

    id: str
    trade: str
    route: Route
    people: list[Person]
    vehicles: list[Vehicle]
    guns: list[Gun] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    dockets: list[Docket] = field(default_factory=list)
    press: str | None = None
    hides: tuple[str, str] = ("", "")


_HIDES = (
    ("quarter panels", "costados de la carrocería"), ("spare tire", "llanta de refacción"),
    ("gas tank", "tanque de gasolina"), ("false floor", "doble fondo"), ("dashboard", "tablero"),
    ("rocker panels", "estribos"), ("cargo of produce", "carga de verdura"), ("seats", "asientos"),
    ("ice chests", "hieleras"), ("battery", "batería"), ("roof", "techo"), ("speaker boxes", "bocinas"),
)  # fmt: skip
_PRESSES = ("BR", "KX", "TLN", "ZF", "QV", "HB", "NK", "VX", "WD", "PLZ")


class World:
    """Makes crews, and single people and things for those who belong to none."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.mint = Mint(draw)
        self.makers = PersonMaker(draw, self.mint)
        self.people: dict[str, Person] = {}
        self._counts: dict[str, int] = {}
        self._last: Crew | None = None

    def count(self, of: str) -> str:
        """1, 2, 3 ... for each name."""
        self._counts[of] = self._counts.get(of, 0) + 1
        return str(self._counts[of])

    def person(self, custom: str, given: str | None = None, surnames: tuple[str, ...] | None = None) -> Person:
        """Somebody new."""
        found = self.makers.make(custom, given, surnames)
        self.people[found.owner] = found
        return found

    def vehicle(self, country: str, route: Route, plate: str | None = None) -> Vehicle:
        """A car, truck or pickup with plate and VIN, a plate made elsewhere where given."""
        draw = self.draw
        make, model, first, kind = draw.pick(CARS)
        state = self._state(country, route)
        return Vehicle(self.count("vehicle"), kind, make, model, draw.pick(COLOURS), state, country,
                       plate or self.mint.plate(state), self.mint.vin(first))  # fmt: skip

    def _state(self, country: str, route: Route) -> str:
        if country == "MX":
            here = {"28": "Tamaulipas", "19": "Nuevo León", "05": "Coahuila", "08": "Chihuahua", "26": "Sonora",
                    "02": "Baja California"}[self.draw.pick(route.municipalities)[:2]]  # fmt: skip
            return here if self.draw.chance(0.8) else self.draw.pick(tuple(MX_SERIES))
        here = {"48": "Texas", "35": "Texas", "04": "Arizona", "06": "California"}[self.draw.pick(route.counties)[:2]]
        return here if self.draw.chance(0.85) else "Texas"

    def craft(self, country: str) -> Vehicle:
        """A light aircraft or a panga."""
        draw = self.draw
        if draw.chance(0.5):
            return Vehicle(self.count("vehicle"), "aircraft", "Cessna", draw.pick(("172", "206", "210")),
                           draw.pick(COLOURS), "", country, registration=self.mint.aircraft(country))  # fmt: skip
        return Vehicle(self.count("vehicle"), "vessel", "panga", draw.pick(("22 ft", "26 ft")), draw.pick(COLOURS),
                       "", "US", registration=self.mint.vessel())  # fmt: skip

    def gun(self, spec: tuple[str, str, str, str, str] | None = None, serial: str | None = None) -> Gun:
        """A gun, bought one month to nine years before the scenario's months."""
        bought = date(2025, 6, 1) - timedelta(days=int(30 + 3200 * (self.draw.number(0, 100) / 100) ** 2))
        return Gun(self.count("gun"), spec or self.draw.pick(GUNS), serial or self.mint.serial(), bought)

    def docket(self, country: str, year: int = 2025) -> Docket:
        """A new case."""
        return Docket(self.count("docket"), country, self.mint.docket(country, year))

    def crew(self) -> Crew:
        """A crew; one in eight shares one thing with the crew before it, and no third one does."""
        draw = self.draw
        number = self.count("crew")
        # One crew of each trade first, so that a small scenario has all of them.
        turn = int(number) - 1
        trade = TRADES[turn][0] if turn < len(TRADES) else draw.weighed(TRADES)
        route = draw.pick(ROUTES)
        customs = [draw.weighed((("MX", 0.7), ("US", 0.3))) for _ in range(draw.weighed(
            ((3, 3.0), (4, 4.0), (5, 4.0), (6, 3.0), (8, 2.0), (10, 1.0), (12, 0.6))
        ))]  # fmt: skip
        people = [self.person(custom) for custom in customs]
        vehicles = [self.vehicle(draw.weighed((("US", 0.5), ("MX", 0.5))), route) for _ in range(draw.number(1, 4))]
        crew = Crew(number, trade, route, people, vehicles, hides=draw.pick(_HIDES))
        if trade in {"powder", "smuggling"} and draw.chance(0.25):
            crew.vehicles.append(self.craft(draw.pick(("US", "MX"))))
        crew.guns = [self.gun() for _ in range(draw.number(4, 9) if trade == "guns" else draw.number(0, 2))]
        if trade == "cash" or draw.chance(0.25):
            kind = draw.pick(("wallet", "clabe"))
            value = self.mint.wallet() if kind == "wallet" else self.mint.clabe()
            crew.accounts = [Account(self.count("account"), kind, value)]
        crew.dockets = [self.docket("US"), self.docket("MX")]
        if trade in {"pills", "powder"} and draw.chance(0.4):
            crew.press = f"{draw.pick(_PRESSES)}-{self.count('press')}"
        self._touch(crew)
        return crew

    def _touch(self, crew: Crew) -> None:
        last, self._last = self._last, crew
        if last is None or not self.draw.chance(0.125):
            return
        # One thing passes from crew to crew; pairs of crews, never a chain of them.
        self._last = None
        if last.guns and self.draw.chance(0.5):
            crew.guns.append(last.guns[0])
        elif last.accounts and self.draw.chance(0.5):
            crew.accounts = [last.accounts[0]]
        else:
            crew.vehicles[0] = last.vehicles[0]

"""Invented people with names of both customs. Every name holds a word that says so (Muestra, Fictales, Mockridge)."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from deploy.demo.story.numbers import PhoneLine, make_curp
from processors.correlation.names import SIMILAR, compare_names
from tests.scenarios.draw import Draw
from tests.scenarios.marks import Json, Mark, mark
from tests.scenarios.values import Mint

__all__ = ["COMMON_GIVEN", "COMMON_SURNAMES", "Person", "PersonMaker", "plain_letters", "write_name"]

COMMON_SURNAMES = (
    "Hernández", "García", "Martínez", "López", "González", "Pérez", "Rodríguez", "Sánchez", "Ramírez", "Cruz",
    "Flores", "Torres", "Rivera", "Morales", "Reyes", "Ortiz", "Castillo", "Mendoza", "Vargas", "Guzmán", "Salinas",
    "Cantú", "Treviño", "Villarreal", "Ochoa", "Soto", "Núñez", "Ibarra", "Beltrán", "Zamora", "Arredondo", "Benavides",
    "Elizondo", "Garza", "Leal", "Tijerina", "Quintanilla", "Saldívar", "Maldonado", "Peña",
)  # fmt: skip
COMMON_GIVEN = ("José Luis", "Juan Carlos", "María Guadalupe", "Juan", "José", "Jesús", "Miguel Ángel", "Francisco")
_ENGLISH_SURNAMES = ("Johnson", "Miller", "Davis", "Walker", "Baker", "Carter", "Collins", "Foster", "Hayes", "Perry")
_MEN = (
    "José", "Juan", "Luis", "Francisco", "Jesús", "Roberto", "Eduardo", "Ignacio", "Enrique", "Antonio", "Alejandro",
    "Fernando", "Rafael", "Ramón", "Ricardo", "Raúl", "Sergio", "Arturo", "Héctor", "Iván", "Óscar", "Rubén", "Saúl",
    "Javier", "Gabriel", "Rogelio", "Abelardo", "Efraín", "Ulises", "Baltazar", "Hilario", "Leobardo", "Evaristo",
)  # fmt: skip
_WOMEN = (
    "María", "Guadalupe", "Ana", "Rosa", "Carmen", "Patricia", "Verónica", "Leticia", "Teresa", "Adriana", "Claudia",
    "Silvia", "Norma", "Gloria", "Laura", "Elena", "Marisol", "Perla", "Itzel", "Brenda", "Rosario", "Dolores",
)  # fmt: skip
_ENGLISH_MEN = ("Travis", "Caleb", "Kurt", "Jared", "Brandon", "Kevin", "Cody", "William", "Robert", "James", "Daniel",
                "David", "Thomas", "Steven", "Marcus", "Dustin", "Wesley")  # fmt: skip
_ENGLISH_WOMEN = ("Denise", "Melinda", "Tanya", "Ashley", "Megan", "Amber", "Elizabeth", "Jennifer", "Katherine")
_INVENTED = tuple(
    head + tail
    for head in (
        "Muestr",
        "Prueb",
        "Fict",
        "Invent",
        "Simul",
        "Fabul",
        "Quimer",
        "Supuest",
        "Ejempl",
        "Irreal",
        "Figur",
    )
    for tail in ("ales", "egui", "orza", "ueta", "ino")
)
_INVENTED_ENGLISH = tuple(f"{head}{tail}" for head in ("Sample", "Mock", "Test", "Feign", "Sham", "Dummy", "Story",
                          "Pretend") for tail in ("field", "ridge", "worth", "brook", "man"))  # fmt: skip
_ALIASES = ("El Güero", "La Flaca", "El Chato", "El Doce", "El Mudo", "El Zurdo", "El Primo", "La Doña", "El Tuercas",
            "El Profe", "Shorty", "Lefty", "Smiley", "Slim", "El Compadre", "El Relámpago", "El Sastre")  # fmt: skip
_STATES = ("TS", "NL", "CL", "CH", "SR", "BC", "SL", "DF", "JC", "VZ")
_FIRST_DAY = date(1962, 1, 1)
_DAYS = 37 * 365
"""Born from 1962 to 1998: nobody is or ever was a minor in the scenario's months."""


@dataclass(frozen=True, slots=True)
class Person:
    """`custom` is the country whose naming custom the name follows."""

    id: str
    custom: str
    sex: str
    given: tuple[str, ...]
    surnames: tuple[str, ...]
    born: str
    phone: PhoneLine
    imei: str
    passport: str
    curp: str | None
    alias: str | None

    @property
    def owner(self) -> str:
        """Whose marks these are."""
        return f"person:{self.id}"

    @property
    def full(self) -> str:
        """The whole name, given names first."""
        return " ".join((*self.given, *self.surnames))


def plain_letters(text: str) -> str:
    """Without accents; ñ becomes n."""
    return "".join(s for s in unicodedata.normalize("NFKD", text) if not unicodedata.combining(s))


def write_name(person: Person, draw: Draw, *, english: bool) -> Json:
    """The name as an agency writes it: in parts in Mexico; in one line, or family name first, in the United States."""
    if not english:
        return {"given_names": _mark(person, " ".join(person.given)), "surnames": list(person.surnames)}
    if draw.chance(0.35):
        return {"name": _mark(person, f"{' '.join(person.surnames).upper()}, {' '.join(person.given)}")}
    return {"name": _mark(person, person.full)}


def _mark(person: Person, written: str) -> Mark:
    return mark("name", written, person.owner)


class PersonMaker:
    """Makes people. No two whose names may pass for each other are born on one day."""

    def __init__(self, draw: Draw, mint: Mint) -> None:
        self._draw, self._mint = draw, mint
        self._count = 0
        self._born: dict[str, list[str]] = {}

    def make(self, custom: str, given: str | None = None, surnames: tuple[str, ...] | None = None) -> Person:
        """Somebody new; with `given` and `surnames` somebody of that name."""
        draw, mint = self._draw, self._mint
        self._count += 1
        female = draw.chance(0.22)
        names = tuple(given.split()) if given else self._given(custom, female)
        family = surnames or self._surnames(custom)
        born = self._birth_date(" ".join((*names, *family)))
        curp = self._curp(names, family, born, female) if custom == "MX" else None
        alias = f"{draw.pick(_ALIASES)} {draw.pick(('de la Loma', 'Ocho', 'Norte', 'Jr', 'Chico', 'Viejo'))}"
        return Person(
            f"{self._count}", custom, "female" if female else "male", names, family, born, mint.phone(custom),
            mint.imei(), mint.passport(custom), curp, alias if draw.chance(0.3) else None,
        )  # fmt: skip

    def _given(self, custom: str, female: bool) -> tuple[str, ...]:
        draw = self._draw
        if custom == "US" and draw.chance(0.6):
            firsts: tuple[str, ...] = _ENGLISH_WOMEN if female else _ENGLISH_MEN
        else:
            firsts = _WOMEN if female else _MEN
        return tuple(draw.sample(firsts, 2 if draw.chance(0.35) else 1))

    def _surnames(self, custom: str) -> tuple[str, ...]:
        draw = self._draw
        if custom == "US":
            if draw.chance(0.6):
                return (draw.pick(_INVENTED_ENGLISH),)
            return (draw.pick(_INVENTED), *((draw.pick(_ENGLISH_SURNAMES),) if draw.chance(0.2) else ()))
        pair = [draw.pick(_INVENTED), draw.pick(COMMON_SURNAMES)]
        return tuple(pair if draw.chance(0.5) else pair[::-1])

    def _birth_date(self, name: str) -> str:
        while True:
            born = (_FIRST_DAY + timedelta(days=self._draw.number(0, _DAYS))).isoformat()
            others = self._born.setdefault(born, [])
            if all(compare_names(name, other).score < SIMILAR for other in others):
                others.append(name)
                return born

    def _curp(self, given: tuple[str, ...], surnames: tuple[str, ...], born: str, female: bool) -> str:
        paternal, maternal = (*surnames, "X")[:2]
        first, father, mother = (plain_letters(part).upper() for part in (given[0], paternal, maternal))
        draw = self._draw
        while True:
            # RENAPO tells namesakes of one day and state apart by another sign; another state does it here.
            curp = make_curp(first, father, mother, born, "M" if female else "H", draw.pick(_STATES))
            if self._mint.claim("curp", curp):
                return curp

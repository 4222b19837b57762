"""Which people of a record are protected, and which values of the record give them away. Pure.

Enrichment, release and the index decide by this one definition. Enrichment puts tokens in the place of protected people
(`processors.protection`) and marks the report; release and the index leave no name, number or birth date all the same,
and withhold every free text of such a record that enrichment has not read.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from streams.contracts import PROTECTED_ROLES
from streams.reports import EnrichedReport

__all__ = [
    "NAMED_BY_PUBLISHER",
    "Protection",
    "count_moved",
    "fold_words",
    "hides_phone",
    "is_protected",
    "is_protected_phone",
    "links_phone",
    "protect",
    "protect_report",
]

NAMED_BY_PUBLISHER = frozenset({"unresolved", "point"})
"""Kinds of place whose name is the publisher's own words, which may be somebody's house."""
_PROTECTED_PHONES = PROTECTED_ROLES | frozenset(
    (
        *("testigo", "victima", "informante", "menor", "migrant", "migrante", "tipster", "caller", "complainant"),
        *("denunciante", "reporting_party", "source", "fuente", "whistleblower"),
    )
)
"""Roles of a telephone that stands in a record by itself: whoever has it is protected."""
_BESIDE = frozenset(
    (
        *("lawyer", "attorney", "counsel", "abogado", "abogada", "defensor", "defensora", "doctor"),
        *("family", "familia", "familiar", "relative", "spouse", "wife", "husband", "parent", "mother", "father"),
        *("sibling", "child", "esposa", "esposo", "madre", "padre", "hermano", "hermana", "hijo", "hija"),
    )
)
"""Roles of people who stand beside a subject and are none: theirs are masked too."""
_PUBLIC = frozenset(("tip_line", "tipline", "hotline", "emergency", "linea_de_denuncia"))
"""Public lines: they link nothing, and hiding them would hide nobody."""
_KNOWN = frozenset(
    (
        *("suspect", "defendant", "purchaser", "certified_owner", "subject", "imputado", "sospechoso", "detenido"),
        *("driver", "conductor", "coordinator", "smuggler", "recruiter", "guide", "stash_house", "buyer", "seller"),
        *("seized", "recovered", "asegurado", "device", "burner", "target", "contact", "dealer", "shipper", "carrier"),
        *("consignee", "owner", "officer", "official", "office", "agency", "organisation", "company"),
        *(
            "recuperado",
            "equipo",
            "phone",
            "telefono",
            "call_log",
            "directorio",
            "contacto",
            "vinculado",
            "lookout",
            "front",
        ),
    )
)
"""Roles of a telephone that are none of the above. Of any other, nobody knows whose it is."""
ADULT_AGE = 18
_MOVED = ("people_moved", "adults", "minors", "unaccompanied", "deaths", "rescued")
SHORTEST_NUMBER = 5
"""Characters of a number from which a part of it gives the whole away; a shorter one must be equal."""


_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}


def fold_words(text: str) -> list[str]:
    """The words of a text without accents and case: "Núñez, José" -> nunez, jose."""
    if text.isascii():
        return text.lower().translate(_ASCII_WORDS).split()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "".join(char if char.isalnum() else " " for char in folded).split()


@dataclass(frozen=True, slots=True)
class Protection:
    """How many people of a record are protected, the words of each of their names, and their numbers."""

    count: int
    names: frozenset[frozenset[str]] = frozenset()
    numbers: frozenset[str] = frozenset()
    _by_word: dict[str, list[frozenset[str]]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The names under each of their words: 8,000 names in one record took seconds to compare one by one."""

    def __post_init__(self) -> None:
        for name in self.names:
            for word in name:
                self._by_word.setdefault(word, []).append(name)

    def allows(self, value: str) -> bool:
        """Whether a value may enter the document: it neither holds nor is part of a protected name or number.

        Two words in common with a protected name are enough to keep a value out; a family name alone is not.
        """
        if not self.count:
            return True
        words = fold_words(value)
        distinct, joined = frozenset(words), "".join(words)
        if self.names and not distinct:
            return False
        for word in distinct:
            for name in self._by_word.get(word, ()):
                if name <= distinct or distinct <= name or len(name & distinct) > 1:
                    return False
        return not any(_overlap(number, joined) for number in self.numbers)

    def keep(self, values: Iterable[str | None]) -> list[str]:
        """The values that may enter, each once, in order."""
        return list(dict.fromkeys(value for value in values if value and self.allows(value)))


def _overlap(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return short == long or (len(short) >= SHORTEST_NUMBER and short in long)


NOBODY = Protection(0)


def is_protected(person: dict[str, Any], at: date) -> bool:
    """A protected role, or under 18 at `at`; with a birth year alone, if they may have been; unreadable: yes.

    `protected` stands where the publisher asks for it, and on everybody whom enrichment made a token: the age or role
    that said so may be gone.
    """
    if person.get("protected"):
        return True
    if not PROTECTED_ROLES.isdisjoint(person.get("roles", ())):
        return True
    age = person.get("age")
    if age is not None and age < ADULT_AGE:
        return True
    born = person.get("birth_date")
    if born is not None:
        try:
            birth = date.fromisoformat(born)
        except ValueError:
            return True
        return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day)) < ADULT_AGE
    year = person.get("birth_year")
    return year is not None and at.year - year <= ADULT_AGE


def is_protected_phone(role: str | None) -> bool:
    """Whether the role of a telephone that stands in a record by itself is that of somebody protected."""
    return not _words_of(role).isdisjoint(_PROTECTED_PHONES)


def hides_phone(role: str | None, *, strict: bool) -> bool:
    """Whether a telephone that stands in a record by itself is a protected person's, or that of somebody beside a
    subject; `strict`, where the record has protected people, one with a role that we don't know may be theirs. One
    without any role is a device of the case.
    """
    words = _words_of(role)
    if not words.isdisjoint(_PROTECTED_PHONES | _BESIDE):
        return True
    return strict and bool(words) and words.isdisjoint(_KNOWN | _PUBLIC)


def links_phone(role: str | None) -> bool:
    """Whether a telephone with this role may say that two reports mean one thing; also of one that a subject has."""
    return _words_of(role).isdisjoint(_PROTECTED_PHONES | _BESIDE | _PUBLIC)


def _words_of(role: str | None) -> frozenset[str]:
    """A role as a whole, and its words: that of a seized_device is a device's, of a witness_phone a witness's."""
    words = fold_words(role) if role else []
    return frozenset(("_".join(words), *words)) - {""}


def protect(people: list[dict[str, Any]], at: date) -> tuple[list[dict[str, Any]], Protection]:
    """The people who may be named, and the protection of the others.

    Whoever stands in the record twice, once protected, is protected both times, by name.
    """
    if not people:
        return [], NOBODY
    protected = [person for person in people if is_protected(person, at)]
    if not protected:
        return people, NOBODY
    names = frozenset(frozenset(fold_words(name)) for person in protected for name in _names_of(person))
    numbers = frozenset("".join(fold_words(number)) for person in protected for number in _numbers_of(person))
    protection = Protection(len(protected), names - {frozenset()}, numbers - {""})
    others = [person for person in people if not is_protected(person, at)]
    return [person for person in others if all(map(protection.allows, _values_of(person)))], protection


def protect_report(report: EnrichedReport) -> tuple[list[dict[str, Any]], Protection]:
    """The people of a report who may be named, and the protection of the others, as `protect` gives them.

    People who were moved, died or were rescued stand in a record as figures: its texts may name them all the same.
    """
    people = report["event"].get("people") or []
    # The earlier the event, the younger everyone was: an age at the event's time errs towards protection.
    when = report["facts"].get("when")
    earliest = min(report["received"], when["start"]) if when else report["received"]
    named, protection = protect(people, date.fromisoformat(earliest[:10]))
    mark = report.get("protection")
    counted = max(count_moved(report["event"]), mark["people"] if mark else 0)
    return named, replace(protection, count=counted) if counted > protection.count else protection


def count_moved(event: Mapping[str, Any]) -> int:
    """People whom a case event counts as moved, dead or rescued, without listing them."""
    figures = event.get("smuggling") or {}
    return max((figures.get(name) or 0 for name in _MOVED), default=0)


def _names_of(person: dict[str, Any]) -> list[str]:
    spelled = " ".join(filter(None, (person.get("given_names"), *person.get("surnames", ()))))
    written = filter(None, (person.get("name"), spelled, *person.get("aliases", ())))
    # A token stands for a protected person; it is no name, and gives nobody away.
    return [name for name in written if not name.startswith("[P:")]


def _numbers_of(person: dict[str, Any]) -> list[str]:
    numbers = [identifier["value"] for identifier in person.get("identifiers", ())]
    phones = [phone.get(field) for phone in person.get("phones", ()) for field in ("number", "imei")]
    return [*numbers, *filter(None, phones)]


def _values_of(person: dict[str, Any]) -> list[str]:
    identifiers = [identifier["value"] for identifier in person.get("identifiers", ())]
    return [*_names_of(person), *identifiers]

"""Under which keys a person's name is filed: how it sounds, whatever was swapped, dropped or shortened. Pure."""

from functools import lru_cache
from itertools import combinations

from processors.correlation.name_parts import ParsedName, parse_name
from processors.correlation.name_tokens import given_forms, sound
from processors.reference.person_names import default_person_names
from streams.facts import ComparedPerson

__all__ = ["is_generation_told", "person_keys", "sounds_of"]

_MOST_GIVEN = 2
_MOST_SURNAMES = 3


@lru_cache(maxsize=65_536)
def person_keys(name: str, aliases: tuple[str, ...] = (), born: str | None = None) -> frozenset[str]:
    """The surnames with each other as they sound, in one order; of a name with one surname that is not common, each
    given name with it; and the birth date, its day and month in either order, with each surname, or with the given
    names where there is none.

    "Inventado Soto" and "SOTO INVENTADO" share `inbentado+soto`. That a Juan Hernández stands in two reports says
    nothing, so it brings no two together, and of an unusual surname there are more bearers the more reports there are:
    the second surname or a birth date bring them together. An alias of two words counts as a name.
    """
    keys: set[str] = set()
    for written in (name, *aliases):
        given, surnames = _split(parse_name(written))
        heard = [word for word, _ in surnames]
        unusual = [word for word, is_common in surnames if not is_common and len(heard) == 1]
        keys |= {"+".join(sorted((one, other))) for one in given for other in unusual if one != other}
        keys |= {"+".join(sorted(pair)) for pair in combinations(heard, 2)}
        if born and written == name:
            date = _either_way(born)
            # Thousands are called José, so that some of them share any birth date, the more the more reports there are.
            keys |= {f"{date}/{word}" for word in heard or given}
    return frozenset(keys)


def _either_way(born: str) -> str:
    """A date as it is however day and month were exchanged: 3 December and 12 March are one."""
    month, day = born[5:7], born[8:]
    return f"{born[:5]}{day}-{month}" if day < month else born


def _split(name: ParsedName) -> tuple[list[str], list[tuple[str, bool]]]:
    """Given names as they sound, in all their forms; surnames as they sound, and whether each is common."""
    given: list[str] = []
    surnames: list[tuple[str, bool]] = []
    names = default_person_names()
    for part in name.parts:
        if part.role == "given":
            if len(given) < _MOST_GIVEN and len(part.text) > 1:
                given += sorted({sound(form) for form in given_forms(part.text)})
        elif len(surnames) < _MOST_SURNAMES:
            surnames.append((sound(part.text), names.is_common(part.text)))
            if part.role == "middle" and name.parts[0].role != "middle":
                # It may be a second given name as well.
                given.append(sound(part.text))
    return given, surnames


def sounds_of(person: ComparedPerson) -> frozenset[str]:
    """The words of a person's name and aliases as they sound; two people without one in common are not compared."""
    return _sounds(person["name"], tuple(person.get("aliases", ())))


@lru_cache(maxsize=65_536)
def is_generation_told(name: str) -> bool:
    """Whether a name says junior, senior, the second or the like."""
    return bool(parse_name(name).generation)


@lru_cache(maxsize=65_536)
def _sounds(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sound(part.text) for written in (name, *aliases) for part in parse_name(written).parts)

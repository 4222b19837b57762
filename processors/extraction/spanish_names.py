"""The names of Mexican places as a Spanish sentence may say them, from the gazetteer, by their first word."""

from functools import lru_cache
from typing import NamedTuple

from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.gazetteer import key_of

__all__ = ["PlaceName", "PlaceNames", "continues_name", "place_names", "read_known"]

_TOWN = 20_000
"""Inhabitants from which on a locality, or a municipality by the head of its name, is known by its bare name."""
_CITY = 50_000
_ARTICLES = frozenset(["la", "las", "los", "el"])
_LINKS = _ARTICLES | {"de", "del"}
_ALONE = frozenset(["cdmx", "edomex"])


class PlaceName(NamedTuple):
    """The states in which a place is so called, and whether it is itself a state."""

    states: tuple[str, ...]
    is_state: bool


PlaceNames = dict[str, list[tuple[int, dict[tuple[str, ...], PlaceName]]]]
"""By first word the lengths of the rest, longest first, each with its names: one look-up a length."""


@lru_cache(maxsize=4)
def place_names(reference: Reference) -> PlaceNames:
    """Municipalities, their seats and their short names ("Naucalpan"), towns and states."""
    by_name: dict[str, set[str]] = {}
    shorts: dict[str, set[str]] = {}
    cities: dict[str, tuple[int, str]] = {}
    states = {code: state.name for code, state in reference.places.states.items()}
    for name, sites in reference.gazetteer.by_name.items():
        for site in sites:
            if site.country != "MX" or site.state is None:
                continue
            if site.kind == "municipality" or (site.kind == "locality" and site.population >= _TOWN):
                by_name.setdefault(name, set()).add(states[site.state])
    for (kind, _), site in reference.gazetteer.by_code.items():
        if kind != "municipality" or site.state is None:
            continue
        name, state = key_of(site.name), states[site.state]
        if site.population > _CITY:
            # "Ciudad Juárez": the most populous of its namesakes.
            cities[name] = max(cities.get(name, (0, "")), (site.population, state))
        head = name.partition(" de ")[0]
        if head != name and site.population > _TOWN and len(head) > 4:
            shorts.setdefault(head, set()).add(state)
    for name, (_, state) in cities.items():
        by_name.setdefault(f"ciudad {name}", set()).add(state)
    for name, known in shorts.items():
        by_name.setdefault(name, known)
    # "México" alone is the country.
    mexican = {
        name: at[0].name
        for name, at in reference.places.state_names.items()
        if at[0].country == "MX" and name != "mexico" and (len(name) > 4 or name in _ALONE)
    }
    named = {name: PlaceName(tuple(sorted(known)), False) for name, known in by_name.items()}
    named |= {name: PlaceName((state,), True) for name, state in mexican.items()}
    names: PlaceNames = {}
    for name in sorted(named, key=lambda name: -name.count(" ")):
        first, *rest = name.split()
        lengths = names.setdefault(first, [])
        if not lengths or lengths[-1][0] != len(rest):
            lengths.append((len(rest), {}))
        lengths[-1][1][tuple(rest)] = named[name]
    return names


def read_known(
    text: Text, plains: list[str], index: int, limit: int, names: PlaceNames
) -> tuple[int, PlaceName | None] | None:
    """The known name at word `index` with the word after it; a name that goes on with "de" and a capitalised word
    ("Coatepec de las Flores") is another place, of no known state. None if no known name stands there.
    """
    for length, terms in names.get(plains[index], ()):
        after = index + 1 + length
        if after > limit:
            continue
        name = terms.get(tuple(plains[index + 1 : after]))
        if name is None:
            continue
        # "San Luis Potosí" is no "San Luis": a longer capitalised run is another name.
        if not length and after < limit and continues_name(text, plains, after):
            if name.is_state or plains[after] not in ("de", "del"):
                continue
            after += 2
            while after < limit and continues_name(text, plains, after):
                after += 1
            return after, None
        return after, name
    return None


def continues_name(text: Text, plains: list[str], index: int) -> bool:
    """Whether word `index` goes on with a capitalised name: "Playa del Carmen", "Soto La Marina"."""
    words, raw = text.words, text.raw
    start = words[index][1]
    if raw[words[index - 1][2] : start] != " ":
        return False
    if raw[start].isupper():
        return True
    if plains[index] not in _LINKS:
        return False
    at = index + 1
    if plains[at] in _ARTICLES:
        at += 1
    return at < len(words) and raw[words[at - 1][2] : words[at][1]] == " " and raw[words[at][1]].isupper()

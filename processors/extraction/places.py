"""The places that a text names, each resolved to one or kept with its candidates."""

from functools import lru_cache
from typing import NamedTuple

from processors.extraction.highway_marks import find_highways
from processors.extraction.place_choice import choose_sites
from processors.extraction.place_context import Home
from processors.extraction.place_names import make_candidate, resolve_name
from processors.extraction.place_scan import scan_names
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.folding import fold
from streams.registry import Agency
from streams.text_facts import PlaceCandidate

__all__ = ["FoundPlace", "Home", "agency_home", "find_place_names", "find_places", "resolve_name"]


# Said in nearly every text of either nation: they settle names beside them, and are no finding of their own.
_NATIONS = frozenset({"US", "MX"})
_BORDER = ("border", "frontera", "fronteriz", "customs", "aduana")


class FoundPlace(NamedTuple):
    """A place as written. One candidate: it is resolved, `rule` says by what; several: it is not, likeliest first."""

    start: int
    end: int
    as_written: str
    candidates: list[PlaceCandidate]
    rule: str


class PlaceName(NamedTuple):
    """A name of a place and the state's that stands beside it, both as written."""

    start: int
    end: int
    name: str
    state: str | None


def find_places(text: Text, reference: Reference, home: Home | None = None) -> list[FoundPlace]:
    """Municipalities, localities, counties, cities, states, other countries, ports with their bridges, sectors,
    offices and highways with
    their kilometre. A name that several places bear is settled by the state beside it, then in its sentence, then
    earlier in
    the text, then by the publisher's `home`; by size only where one is 20 times as large as the others, and those are
    mere localities. Else up to five candidates are kept.
    """
    if home is None and text.country is not None:
        home = Home(text.country)
    gazetteer = reference.gazetteer
    roads = find_highways(text, gazetteer.highways)
    hits = scan_names(text, gazetteer)
    found: list[FoundPlace] = []
    for hit, choice in zip(hits, choose_sites(text.raw, hits, home), strict=True):
        if choice is None or choice.sites[0].code in _NATIONS:
            continue
        start, end = hit[:2]
        if roads and any(road.start <= start < road.end for road in roads):
            continue
        candidates = [make_candidate(site) for site in choice.sites]
        # Past the named tuple's own constructor.
        found.append(tuple.__new__(FoundPlace, (start, end, text.raw[start:end], candidates, choice.rule)))
    if roads:
        found += [FoundPlace(*road) for road in roads]
        found.sort()
    return found


def find_place_names(text: Text, reference: Reference) -> list[PlaceName]:
    """The names alone, without looking for which place each means; a state beside a name is no name of its own."""
    return [
        PlaceName(hit.start, hit.end, text.raw[hit.start : hit.end], hit.beside_as or None)
        for hit in scan_names(text, reference.gazetteer)
        if hit.sites[0].code not in _NATIONS
    ]


def agency_home(agency: Agency, reference: Reference) -> Home:
    """The area of an agency: its country, the state that its own name tells, if it is a state's, county's or
    municipality's, and whether its name says that it watches the border.
    """
    names = (agency.name_es, agency.name_en)
    return _home_of(names, agency.country, agency.level in {"state", "county", "municipal"}, reference)


# By what it is made of: to hash an agency, with its grade and handling, takes 2 us.
@lru_cache(maxsize=256)
def _home_of(names: tuple[str, str], country: str, is_local: bool, reference: Reference) -> Home:
    border = any(word in fold(name) for name in names for word in _BORDER)
    if not is_local:
        return Home(country, border=border)
    states = {
        candidate["state"]
        for name in names
        for place in find_places(Text(name), reference, Home(country))
        if len(place.candidates) == 1
        for candidate in place.candidates
        if candidate["country"] == country and "state" in candidate
    }
    return Home(country, states.pop() if len(states) == 1 else None, border)

"""From a site of the gazetteer to what a report carries, and the look-up of a name in a field of its own."""

from functools import lru_cache

import h3

from processors.reference import Reference
from processors.reference.gazetteer import Gazetteer, Site, key_of
from streams.text_facts import PlaceCandidate

__all__ = ["CELL_RESOLUTION", "find_cell", "find_sites", "make_candidate", "resolve_name"]

CELL_RESOLUTION = 7
"""About 5 km2: a town's own cell, no house's."""
_FINE = frozenset({"city", "locality", "port"})


@lru_cache(maxsize=16_384)
def find_cell(lat: float, lon: float) -> str:
    """The H3 cell of a point at `CELL_RESOLUTION`."""
    return str(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))


def make_candidate(site: Site) -> PlaceCandidate:
    """A site as the wire has it. The cell is given for cities, localities and ports alone: the middle of an area lies
    in a cell
    that says nothing, and a bridge's point is only its port's.
    """
    candidate: PlaceCandidate = {"kind": site.kind, "code": site.code, "name": site.name, "country": site.country}
    if site.state is not None:
        candidate["state"] = site.state
    if site.lat is not None and site.lon is not None:
        candidate["lat"], candidate["lon"] = site.lat, site.lon
        if site.kind in _FINE and not site.bridge:
            candidate["h3"] = find_cell(site.lat, site.lon)
    if site.corridor is not None:
        candidate["corridor"] = site.corridor
    return candidate


def find_sites(name: str, country: str | None, state: str | None, gazetteer: Gazetteer) -> tuple[Site, ...]:
    """The municipalities, counties, cities and localities of a name within a country (ISO 3166-1) and a state (ISO
    3166-2), largest first.

    A county may be named without the word. One that the name alone decides ("Ciudad Juárez") stands alone.
    """
    key = key_of(name)
    sites = [site for site in gazetteer.by_name.get(key, ()) if site.kind in _PLACES]
    sites += [site for site in gazetteer.bare_counties.get(key, ()) if site not in sites]
    return tuple(site for site in sites if country in {None, site.country} and state in {None, site.state})


_PLACES = frozenset({"municipality", "county", "city", "locality"})


def resolve_name(name: str, country: str | None, state: str | None, reference: Reference) -> list[PlaceCandidate]:
    """All places that a field's name may mean, largest first; empty if it is not known."""
    return [make_candidate(site) for site in find_sites(name, country, state, reference.gazetteer)]

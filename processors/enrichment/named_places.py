"""Resolvers of the names that the gazetteer knows: localities, cities, municipalities and counties."""

from typing import Literal

from processors.enrichment.place_hits import Bounds, Hit, find_code
from processors.extraction.highway_marks import find_highways
from processors.extraction.place_names import find_sites, make_candidate
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.folding import fold
from processors.reference.gazetteer import Site, key_of
from streams.contracts import Place
from streams.reports import PlaceFacts
from streams.text_facts import PlaceCandidate

__all__ = ["find_candidates", "read_road", "resolve_locality", "resolve_municipality"]

_MOST_CANDIDATES = 5
_KNOWN = 15_000
"""Inhabitants from which on the gazetteer has every bearer of a name; of smaller ones it may lack some."""
_CODES: tuple[tuple[str, str, Literal["municipality", "county"]], ...] = (
    ("inegi", "MX", "municipality"),
    ("fips", "US", "county"),
)


def resolve_locality(place: Place, reference: Reference, bounds: Bounds) -> Hit | None:
    """A city or locality by its name, within the municipality, state and country that the record names."""
    written = place.locality
    if written is None:
        return _resolve_written(place, reference, bounds)
    sites = tuple(site for site in _name_sites(written, reference, bounds) if site.kind != "county")
    fields = ("locality", *bounds.state_fields)
    inside = _find_municipality(place, reference, bounds)
    if inside is not None:
        # A locality that says no municipality may lie in it; one of another does not.
        sites = tuple(
            site
            for site in sites
            if site == inside or (site.state == inside.state and site.part_of in {None, inside.code})
        )
        own = tuple(site for site in sites if site == inside or site.part_of == inside.code)
        sites = tuple(site for site in own or sites if site == inside or site.kind in {"city", "locality"})
        fields = ("locality", "codes" if place.municipality is None else "municipality", *bounds.state_fields)
    return _hit_one(sites, fields, bounds)


def resolve_municipality(place: Place, reference: Reference, bounds: Bounds) -> Hit | None:
    """A municipality, borough or U.S. county by its INEGI or FIPS code or its name; in the U.S. also a city."""
    coded = _find_coded(place, reference, bounds)
    if coded is not None:
        return _make_hit(coded, ("codes",))
    if place.municipality is None:
        return None
    sites = _order_municipalities(_name_sites(place.municipality, reference, bounds))
    return _hit_one(sites, ("municipality", *bounds.state_fields), bounds)


def find_candidates(place: Place, bounds: Bounds, reference: Reference) -> tuple[list[PlaceCandidate], list[str]]:
    """The bearers of a name that stayed open, largest first, and the field that names it."""
    for field, written in (("locality", place.locality), ("municipality", place.municipality)):
        if written is None:
            continue
        sites = _name_sites(written, reference, bounds)
        if field == "municipality":
            sites = _order_municipalities(sites)
        if sites:
            return [make_candidate(site) for site in sites[:_MOST_CANDIDATES]], [field]
    return [], []


def read_road(written: str, country: str | None, reference: Reference) -> str | None:
    """The code of a highway by its number or by the names of its ends; None if it is not in the table."""
    highways = reference.gazetteer.highways
    if country != "US" and (code := highways.ends.get(fold(written))) is not None:
        return code
    for text in (written, f"carretera {written}") if country != "US" else (written,):
        found = find_highways(Text(text), highways)
        if found and (country is None or found[0].candidates[0]["country"] == country):
            return found[0].candidates[0]["code"]
    return None


def _name_sites(written: str, reference: Reference, bounds: Bounds) -> tuple[Site, ...]:
    return find_sites(written, bounds.country, bounds.state.code if bounds.state else None, reference.gazetteer)


def _find_coded(place: Place, reference: Reference, bounds: Bounds) -> Site | None:
    """The municipality or county of a code; a locality's code begins with its municipality's."""
    for system, country, kind in _CODES:
        code = find_code(place, system)
        if code and code.isdigit() and len(code) in {5, 9} and bounds.country in {None, country}:
            return reference.gazetteer.by_code.get((kind, code[:5]))
    return None


def _find_municipality(place: Place, reference: Reference, bounds: Bounds) -> Site | None:
    """The one Mexican municipality that the record names, by code or name."""
    coded = _find_coded(place, reference, bounds)
    if coded is None and place.municipality is not None:
        sites = _order_municipalities(_name_sites(place.municipality, reference, bounds))
        coded = sites[0] if len(sites) == 1 else None
    return coded if coded is not None and coded.kind == "municipality" else None


def _order_municipalities(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Of each nation the municipalities, else the cities ("El Paso": a county is called one), else what there is."""
    kept: list[Site] = []
    for country in sorted({site.country for site in sites}):
        inside = [site for site in sites if site.country == country]
        for kind in ("municipality", "city", "county", "locality"):
            if chosen := [site for site in inside if site.kind == kind]:
                kept += chosen
                break
    return tuple(sorted(kept, key=lambda site: (-site.population, site.code)))


def _resolve_written(place: Place, reference: Reference, bounds: Bounds) -> Hit | None:
    """The form "Laredo, Texas", where no finer field says more."""
    written = place.as_written
    if written is None or place.municipality or place.port_of_entry or written.count(",") != 1:
        return None
    name, _, tail = written.partition(",")
    states = [
        area
        for area in reference.gazetteer.state_names.get(key_of(tail), ())
        if area.kind == "state" and bounds.country in {None, area.country}
    ]
    if len(states) != 1 or (bounds.state is not None and bounds.state.code != states[0].code):
        return None
    sites = _order_municipalities(find_sites(name, states[0].country, states[0].code, reference.gazetteer))
    return _make_hit(sites[0], ("as_written",)) if len(sites) == 1 else None


def _hit_one(sites: tuple[Site, ...], fields: tuple[str, ...], bounds: Bounds) -> Hit | None:
    """The place if the name means one; a small one only within a named state, for the list may lack its namesakes."""
    if len(sites) != 1:
        return None
    site = sites[0]
    if bounds.state is None and not site.decides and site.kind in {"city", "locality"} and site.population < _KNOWN:
        return None
    return _make_hit(site, fields)


def _make_hit(site: Site, fields: tuple[str, ...]) -> Hit:
    facts: PlaceFacts = {"kind": _KINDS[site.kind], "name": site.name, "code": site.code, "country": site.country}
    if site.state is not None:
        facts["state"] = site.state
    if site.lat is not None and site.lon is not None:
        facts["location"] = {"lat": site.lat, "lon": site.lon}
    if site.corridor is not None:
        facts["corridor"] = site.corridor
    if site.kind in {"municipality", "county"}:
        facts["municipality"] = site.code
    elif site.part_of is not None:
        facts["municipality"] = site.part_of
    return Hit(facts, tuple(dict.fromkeys(fields)), site.source)


_KINDS: dict[str, Literal["municipality", "county", "city", "locality"]] = {
    "municipality": "municipality",
    "county": "county",
    "city": "city",
    "locality": "locality",
}

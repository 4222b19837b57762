"""The enricher of the place: from names, codes and coordinates as written to one place of the reference tables.

`RESOLVERS` is the list to extend, finest first; those that look a name up in the gazetteer are in `named_places.py`.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.named_places import find_candidates, read_road, resolve_locality, resolve_municipality
from processors.enrichment.place_hits import Bounds, Hit, find_code
from processors.extraction.place_names import find_cell
from processors.reference import Reference
from processors.reference.folding import fold
from processors.reference.geography import may_lie_in, measure_km
from processors.reference.places import PlaceTables, Port, State
from streams.contracts import CaseEvent, Place
from streams.reports import GeoPoint, PlaceFacts

__all__ = ["RESOLVERS", "Hit", "enrich_place", "resolve_place"]

_PORT_REACH_KM = 100.0
"""Beyond this a point and the port named beside it are two places: no port's checkpoints lie so far inland."""


def enrich_place(draft: Draft) -> list[Finding]:
    """The place by the finest that the record gives: its coordinates, else the port of entry, the city or locality, the
    municipality or county, the office or sector, the state, the country, looked up in the reference tables; a name that
    is unknown, or that several places share, is left open, with those that share it as candidates. Coordinates that
    can't be right (0, 0; outside the stated country; over 100 km from the named port) are dropped. A corridor follows
    from a port or a twin city, for the area of an office may span several.
    """
    place, prefix = draft.event.place, "place"
    if place is None and isinstance(draft.event, CaseEvent) and draft.event.operation is not None:
        place, prefix = draft.event.operation.place, "operation.place"
    if place is None:
        return []
    facts, fields, source, dropped = resolve_place(place, draft.reference)
    how = f"{facts['kind']}_{dropped}" if dropped else facts["kind"]
    # A copy, for the cached one serves every report of this place.
    return [finding(("place",), facts.copy(), _within(prefix, fields), how, source)]


@lru_cache(maxsize=1024)
def _within(part: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{part}.{name}" for name in names)


_MOST_HITS = 32_768
_HITS: dict[tuple[object, ...], Hit] = {}
"""An agency's records name the same offices and ports again and again: 1 us instead of 12."""


def resolve_place(place: Place, reference: Reference) -> Hit:
    """The finest place that `place` names, with what the coarser ones add; never a guess."""
    # By its values in their order: a model as a key is hashed and compared in Python.
    key = (reference, *place.__dict__.values())
    hit = _HITS.get(key)
    if hit is None:
        if len(_HITS) == _MOST_HITS:
            _HITS.clear()
        hit = _HITS[key] = _resolve(place, reference)
    return hit


def _resolve(place: Place, reference: Reference) -> Hit:
    tables = reference.places
    state, fields = _find_state(place, tables)
    bounds = Bounds(place.country or (state.country if state else None), state, fields)
    dropped = _doubt_point(place, tables, bounds)
    believed = place.model_copy(update={"latitude": None, "longitude": None}) if dropped else place
    hits = [hit for resolver in RESOLVERS if (hit := resolver(believed, reference, bounds)) is not None]
    if not hits:
        hits = [Hit({"kind": "unresolved", "name": _name(place)}, tuple(sorted(place.model_fields_set)))]
    facts = hits[0].facts
    used = list(hits[0].fields)
    for coarser in hits[1:]:
        if _add_missing(facts, coarser.facts):
            used += coarser.fields
    if "region" not in facts and place.region and (region := reference.regions.read(place.region)):
        facts["region"] = region
        used.append("region")
    if dropped:
        used += ["latitude", "longitude"]
    used += _add_details(facts, place, bounds, reference)
    return Hit(facts, tuple(dict.fromkeys(used)), hits[0].source, dropped)


def _add_details(facts: PlaceFacts, place: Place, bounds: Bounds, reference: Reference) -> list[str]:
    """Cell, road and candidates; the fields that say so."""
    used: list[str] = []
    if facts["kind"] in _FINE and "location" in facts:
        facts["h3"] = find_cell(facts["location"]["lat"], facts["location"]["lon"])
    if place.highway and (road := read_road(place.highway, bounds.country, reference)):
        facts["highway"] = road
        used.append("highway")
        if place.kilometre is not None:
            facts["kilometre"] = place.kilometre
            used.append("kilometre")
    if facts["kind"] in _COARSE:
        candidates, fields = find_candidates(place, bounds, reference)
        if candidates:
            facts["candidates"] = candidates
            used += fields
    return used


_FINE = frozenset({"point", "port", "city", "locality"})
_COARSE = frozenset({"office", "sector", "state", "country", "unresolved"})


def resolve_point(place: Place, _reference: Reference, _bounds: Bounds) -> Hit | None:
    """The coordinates that the record gives."""
    if place.latitude is None or place.longitude is None:
        return None
    location = {"lat": place.latitude, "lon": place.longitude}
    return Hit(
        {"kind": "point", "name": _name(place), "location": {"lat": location["lat"], "lon": location["lon"]}},
        ("latitude", "longitude"),
    )


def resolve_port(place: Place, reference: Reference, bounds: Bounds) -> Hit | None:
    """A land port of the southwest border, by its code or its name."""
    found = _find_port(place, reference.places, bounds)
    if found is None:
        return None
    port, field = found
    office = reference.places.offices[port.office]
    return Hit(
        {
            "kind": "port",
            "name": port.name,
            "code": port.code,
            "country": "US",
            "state": port.state,
            "office": office.name,
            "region": office.region,
            "location": port.location,
            "corridor": port.corridor,
        },
        (field,),
        port.source,
    )


def resolve_office(place: Place, reference: Reference, bounds: Bounds) -> Hit | None:
    """A CBP field office or Border Patrol sector; its point is its seat, its state is left open."""
    for field, written in (("codes", find_code(place, "cbp_office")), ("office", place.office)):
        office = reference.places.office_names.get(fold(written)) if written else None
        if office is None or (office.country and bounds.country not in {None, office.country}):
            continue
        facts: PlaceFacts = {
            "kind": office.kind,
            "name": office.name,
            "code": office.code,
            "office": office.name,
            "region": office.region,
        }
        if office.country:
            facts["country"] = office.country
        if office.location:
            facts["location"] = office.location
        return Hit(facts, (field,), office.source)
    return None


def resolve_state(_place: Place, _reference: Reference, bounds: Bounds) -> Hit | None:
    """A state of either nation; its point is the middle of its counties or municipalities."""
    state = bounds.state
    if state is None:
        return None
    return Hit(
        {
            "kind": "state",
            "name": state.name,
            "code": state.code,
            "country": state.country,
            "state": state.code,
            "location": state.location,
        },
        bounds.state_fields,
        state.source,
    )


def resolve_country(place: Place, reference: Reference, _bounds: Bounds) -> Hit | None:
    """A country by its ISO code; it has no point."""
    country = reference.places.countries.get(place.country) if place.country else None
    if country is None:
        return None
    facts: PlaceFacts = {"kind": "country", "name": country.name, "code": country.code, "country": country.code}
    return Hit(facts, ("country",), country.source)


RESOLVERS: tuple[Callable[[Place, Reference, Bounds], Hit | None], ...] = (
    resolve_point,
    resolve_port,
    resolve_locality,
    resolve_municipality,
    resolve_office,
    resolve_state,
    resolve_country,
)


def _add_missing(facts: PlaceFacts, coarser: PlaceFacts) -> bool:
    """Take over what the finer place does not say; an area's point and code never become those of a finer place."""
    before = len(facts)
    if facts.get("country", coarser.get("country")) != coarser.get("country", facts.get("country")):
        # A port and the twin city on the other side of it: each keeps its own.
        return False
    for key in ("country", "state", "office", "region", "corridor", "municipality"):
        if key not in facts and key in coarser:
            facts[key] = coarser[key]
    if facts["kind"] == "point" and coarser["kind"] == "port":
        facts["code"] = coarser["code"]
    return len(facts) > before


def _doubt_point(place: Place, tables: PlaceTables, bounds: Bounds) -> str:
    """Why the coordinates can't be right, or nothing."""
    if place.latitude is None or place.longitude is None:
        return ""
    point: GeoPoint = {"lat": place.latitude, "lon": place.longitude}
    if place.latitude == 0 == place.longitude:
        # What spreadsheets and devices write for "none".
        return "point_dropped_zero"
    if bounds.country is not None and not may_lie_in(point, bounds.country):
        return "point_dropped_outside_country"
    named = _find_port(place, tables, bounds)
    if named is not None and measure_km(point, named[0].location) > _PORT_REACH_KM:
        return "point_dropped_far_from_port"
    return ""


_AFFIX = re.compile(
    r"^(?:port of entry (?:of )?|port of |poe |puerto de entrada (?:de )?|puerto fronterizo (?:de )?|garita (?:de )?)"
    r"| (?:port of entry|poe)$"
)


def _find_port(place: Place, tables: PlaceTables, bounds: Bounds) -> tuple[Port, str] | None:
    """A port and the field that names it, unless the record's country or state contradicts it."""
    country, state = bounds.country, bounds.state
    if country not in {None, "US"}:
        return None
    if (code := find_code(place, "cbp_port")) in tables.ports:
        return _unless_elsewhere(tables.ports[code], "codes", state)
    written = place.port_of_entry
    if written is None:
        return None
    if written in tables.ports:
        return _unless_elsewhere(tables.ports[written], "port_of_entry", state)
    port = tables.port_names.get(_port_name(written))
    if port is None and "," in written:
        # "Nogales, Arizona": the name with its own state.
        name, _, tail = written.rpartition(",")
        named = _one_state(tail, country, tables)
        port = tables.port_names.get(_port_name(name))
        if named is None or port is None or port.state != named.code:
            return None
        return _unless_elsewhere(port, "port_of_entry", state)
    if port is None or (port.name_shared != "no" and country != "US"):
        return None
    return _unless_elsewhere(port, "port_of_entry", state)


def _port_name(written: str) -> str:
    return _AFFIX.sub("", fold(written))


def _unless_elsewhere(port: Port, field: str, state: State | None) -> tuple[Port, str] | None:
    return None if state is not None and state.code != port.state else (port, field)


def _find_state(place: Place, tables: PlaceTables) -> tuple[State | None, tuple[str, ...]]:
    for system, country in (("inegi", "MX"), ("fips", "US")):
        code = find_code(place, system)
        # Codes of municipalities, localities and counties begin with the state's two digits.
        if code and code.isdigit() and len(code) in {2, 5, 9} and place.country in {None, country}:
            found = tables.state_codes.get((country, code[:2]))
            if found is not None:
                return found, ("codes",)
    if place.state is None:
        return None, ()
    return _one_state(place.state, place.country, tables), ("state",)


def _one_state(written: str, country: str | None, tables: PlaceTables) -> State | None:
    name = fold(written)
    found = [state for state in tables.state_names.get(name, ()) if country in {None, state.country}]
    # "Mich." is in both countries, "Mexico" and "Georgia" are countries too: such a name needs its country.
    if len(found) != 1 or (country is None and name in tables.country_names):
        return None
    return found[0]


def _name(place: Place) -> str:
    """The finest name as written, for what has no better one."""
    for name in (
        place.as_written,
        place.locality,
        place.port_of_entry,
        place.municipality,
        place.highway,
        place.office,
        place.state,
        place.country,
        place.region,
    ):
        if name:
            return name
    if place.latitude is not None:
        return f"{place.latitude}, {place.longitude}"
    return place.codes[0].value if place.codes else "?"

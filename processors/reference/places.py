"""CBP offices and sectors, ports of entry, states and countries by the names and codes that agencies write."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows
from processors.reference.folding import fold
from processors.reference.zones import find_zone
from streams.reports import GeoPoint

__all__ = ["Country", "Office", "PlaceTables", "Port", "State", "load_places"]

_T = TypeVar("_T")
Region = Literal["southwest_border", "northern_border", "coastal_interior"]


class Port(NamedTuple):
    """A U.S. land port on the Mexican border; `zone` is its clocks', `name_shared` as the
    file's head explains.
    """

    code: str
    name: str
    state: str
    location: GeoPoint
    corridor: str
    office: str
    zone: str
    name_shared: Literal["no", "elsewhere", "port"]
    source: str


class Office(NamedTuple):
    """A CBP field office or Border Patrol sector; `location` is its seat, None for Preclearance."""

    code: str
    kind: Literal["office", "sector"]
    name: str
    country: str | None
    region: Region
    location: GeoPoint | None
    source: str


class State(NamedTuple):
    """A state of either nation by its ISO 3166-2 code; `zone` is None where it spans several."""

    code: str
    country: str
    name: str
    location: GeoPoint
    zone: str | None
    source: str


class Country(NamedTuple):
    """A country by its ISO 3166-1 alpha-2 code."""

    code: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTables:
    """The tables; names are folded, national codes are FIPS (US) or INEGI (MX).

    Compared and hashed as an object, so that a cache may be keyed by it.
    """

    ports: dict[str, Port]
    port_names: dict[str, Port]
    offices: dict[str, Office]
    office_names: dict[str, Office]
    states: dict[str, State]
    state_names: dict[str, tuple[State, ...]]
    state_codes: dict[tuple[str, str], State]
    countries: dict[str, Country]
    country_names: frozenset[str]


def load_places(folder: Path) -> PlaceTables:
    """Read `ports.csv`, `offices.csv`, `states.csv` and `countries.csv`; raises `ReferenceDataError`."""
    offices, office_names = _read_offices(folder / "offices.csv")
    states, state_names, state_codes = _read_states(folder / "states.csv")
    ports, port_names = _read_ports(folder / "ports.csv", offices, states)
    countries: dict[str, Country] = {}
    country_names: set[str] = set()
    for row in read_rows(folder / "countries.csv"):
        _add(countries, row["code"], Country(row["code"], row["name_en"], row["source"]), folder / "countries.csv")
        country_names |= {fold(row["name_en"]), fold(row["name_es"])}
    return PlaceTables(
        ports,
        port_names,
        offices,
        office_names,
        states,
        state_names,
        state_codes,
        countries,
        frozenset(country_names),
    )


def _read_offices(path: Path) -> tuple[dict[str, Office], dict[str, Office]]:
    by_code: dict[str, Office] = {}
    by_name: dict[str, Office] = {}
    for row in read_rows(path):
        location = _point(row, path) if row["latitude"] else None
        if row["kind"] not in {"office", "sector"}:
            raise ReferenceDataError(f"The office {row['code']} in {path} is neither an office nor a sector.")
        office = Office(
            row["code"],
            "office" if row["kind"] == "office" else "sector",
            row["name"],
            row["country"] or None,
            _region(row["region"], path),
            location,
            row["source"],
        )
        _add(by_code, office.code, office, path)
        for name in {fold(part) for part in (office.code, office.name, *_aliases(row))}:
            _add(by_name, name, office, path)
    return by_code, by_name


def _read_states(
    path: Path,
) -> tuple[dict[str, State], dict[str, tuple[State, ...]], dict[tuple[str, str], State]]:
    by_code: dict[str, State] = {}
    by_name: dict[str, tuple[State, ...]] = {}
    national: dict[tuple[str, str], State] = {}
    for row in read_rows(path):
        state = State(row["code"], row["country"], row["name_es" if row["country"] == "MX" else "name_en"],
                      _point(row, path), _zone(row, path) if row["zone"] else None, row["source"])  # fmt: skip
        _add(by_code, state.code, state, path)
        if (state.country, row["national_code"]) in national:
            raise ReferenceDataError(f"The code {row['national_code']} stands twice in {path}: keep one.")
        national[state.country, row["national_code"]] = state
        names = {fold(part) for part in (row["code"], row["name_en"], row["name_es"], *_aliases(row))}
        for name in sorted(names):
            others = by_name.get(name, ())
            if any(other.country == state.country for other in others):
                raise ReferenceDataError(f"The state name {name!r} stands twice in {path}: keep one.")
            by_name[name] = (*others, state)
    return by_code, by_name, national


def _read_ports(
    path: Path, offices: dict[str, Office], states: dict[str, State]
) -> tuple[dict[str, Port], dict[str, Port]]:
    by_code: dict[str, Port] = {}
    by_name: dict[str, Port] = {}
    for row in read_rows(path):
        shared = row["name_shared"]
        if row["state"] not in states or row["twin_state"] not in states or row["office"] not in offices:
            raise ReferenceDataError(f"The port {row['code']} in {path} names a state or office that is not listed.")
        if shared not in {"no", "elsewhere", "port"}:
            raise ReferenceDataError(f"name_shared of port {row['code']} in {path} must be no, elsewhere or port.")
        port = Port(row["code"], row["name"], row["state"], _point(row, path), row["corridor"], row["office"],
                    _zone(row, path), "no" if shared == "no" else "elsewhere" if shared == "elsewhere" else "port",
                    row["source"])  # fmt: skip
        _add(by_code, port.code, port, path)
        if port.name_shared != "port":
            _add(by_name, fold(port.name), port, path)
        for alias in _aliases(row):
            # An alias is one port's own; only the name itself may be shared.
            _add(by_name, fold(alias), port._replace(name_shared="no"), path)
    return by_code, by_name


def _add(table: dict[str, _T], key: str, value: _T, path: Path) -> None:
    if key in table:
        raise ReferenceDataError(f"{key!r} stands twice in {path}: keep one.")
    table[key] = value


def _aliases(row: dict[str, str]) -> list[str]:
    return [alias for alias in row["aliases"].split(";") if alias]


def _point(row: dict[str, str], path: Path) -> GeoPoint:
    try:
        point: GeoPoint = {"lat": float(row["latitude"]), "lon": float(row["longitude"])}
    except ValueError as error:
        raise ReferenceDataError(f"{row['code']} in {path} has no readable coordinates.") from error
    if not (-90 <= point["lat"] <= 90 and -180 <= point["lon"] <= 180):
        raise ReferenceDataError(f"{row['code']} in {path} has impossible coordinates.")
    return point


def _zone(row: dict[str, str], path: Path) -> str:
    if find_zone(row["zone"]) is None:
        raise ReferenceDataError(f"{row['code']} in {path} names no IANA time zone: correct its zone.")
    return row["zone"]


def _region(written: str, path: Path) -> Region:
    if written == "southwest_border":
        return "southwest_border"
    if written == "northern_border":
        return "northern_border"
    if written == "coastal_interior":
        return "coastal_interior"
    raise ReferenceDataError(f"There is no region {written!r}: correct {path}.")

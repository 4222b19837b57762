"""The rows of the place files as sites, each with the keys under which it is found."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows
from processors.reference.folding import fold_letters
from processors.reference.places import PlaceTables

__all__ = ["Site", "SiteKind", "SiteRow", "key_of", "read_sites"]

SiteKind = Literal["state", "municipality", "locality", "county", "city", "port", "sector", "office", "country"]
_KEY = re.compile(r"[0-9a-z]+")


class Site(NamedTuple):
    """One place. The point is WGS 84: of an area its middle, of a bridge its port's, None where not known.
    `population` 0
    where not known. `decides`: the name by which it was found means this place alone. `part_of`: a locality's
    municipality.
    """

    kind: SiteKind
    code: str
    name: str
    country: str
    state: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    corridor: str | None = None
    source: str = ""
    decides: bool = False
    part_of: str | None = None
    bridge: bool = False


class SiteRow(NamedTuple):
    """A site, its keys, and for a county its name without the word (`webb`); `alias`: another row has the same code."""

    site: Site
    keys: tuple[str, ...]
    bare: str = ""
    alias: bool = False


def key_of(name: str) -> str:
    """The words of a name, folded, joined by single blanks: `Gustavo A. Madero` -> `gustavo a madero`."""
    return " ".join(_KEY.findall(fold_letters(name)))


def read_sites(folder: Path, tables: PlaceTables) -> list[SiteRow]:
    """All sites but states and countries; raises `ReferenceDataError`."""
    corridors = {(row["kind"], row["code"]): row["corridor"] for row in read_rows(folder / "corridors.csv")}
    known = {port.corridor for port in tables.ports.values()}
    if wrong := set(corridors.values()) - known:
        raise ReferenceDataError(f"No port has the corridor {min(wrong)}: correct {folder / 'corridors.csv'}.")
    rows = [
        *_read_municipalities(folder / "mx_municipalities.csv", tables, corridors),
        *_read_plain(folder / "us_cities.csv", "city", corridors),
        *_read_plain(folder / "mx_localities.csv", "locality", corridors),
        *_read_counties(folder / "us_counties.csv", corridors),
        *_name_offices(tables),
        *_read_bridges(folder / "bridges.csv", tables),
    ]
    codes = {(row.site.kind, row.site.code) for row in rows}
    if missing := [key for key in corridors if key not in codes]:
        raise ReferenceDataError(f"There is no {' '.join(missing[0])}: correct {folder / 'corridors.csv'}.")
    return rows


def _site(kind: SiteKind, row: dict[str, str], path: Path, corridors: dict[tuple[str, str], str]) -> Site:
    state = row["state"]
    try:
        lat = float(row["latitude"]) if row["latitude"] else None
        lon = float(row["longitude"]) if row["longitude"] else None
        population = int(row.get("population") or 0)
    except ValueError as error:
        raise ReferenceDataError(f"{row['code']} in {path} has no readable coordinates or population.") from error
    return Site(kind, row["code"], row["name"], state[:2], state, lat, lon, population,
                corridors.get((kind, row["code"])), row["source"], part_of=row.get("municipality") or None)  # fmt: skip


_HEROIC = re.compile(r"^(?:heroica |heroico )?(?:ciudad de |ciudad |villa de )?")
_GENERIC = frozenset(
    {
        *(
            "san",
            "santa",
            "santo",
            "valle",
            "villa",
            "playas",
            "playa",
            "lagos",
            "real",
            "boca",
            "rio",
            "paso",
            "puente",
        ),
        *(
            "pueblo",
            "ciudad",
            "puerto",
            "union",
            "general",
            "doctor",
            "mesa",
            "agua",
            "cruz",
            "huerta",
            "soto",
            "ojos",
            "ojo",
        ),
        *(
            "nuevo",
            "nueva",
            "mineral",
            "rincon",
            "tierra",
            "cabo",
            "isla",
            "los",
            "las",
            "el",
            "la",
            "magdalena",
            "asuncion",
        ),
        *("concepcion", "santiago", "nombre"),
    }
)


def _read_municipalities(path: Path, tables: PlaceTables, corridors: dict[tuple[str, str], str]) -> Iterator[SiteRow]:
    rows = read_rows(path)
    full = {key_of(row["name"]) for row in rows}
    # "Ecatepec" of "Ecatepec de Morelos": only where one municipality begins so and none is called so.
    short = Counter(key_of(row["name"]).partition(" de ")[0] for row in rows if " de " in row["name"])
    states = {key_of(name) for name in tables.state_names}
    for row in rows:
        site = _site("municipality", row, path, corridors)
        name, seat = key_of(row["name"]), key_of(row["seat"])
        keys = {name}
        if seat:
            keys |= {seat, _HEROIC.sub("", seat)}
        if name.startswith("heroica "):
            keys.add(_HEROIC.sub("", name))
        head = name.partition(" de ")[0]
        if head != name and " " not in head and short[head] == 1 and not {head} & (full | states | _GENERIC):
            keys.add(head)
        yield SiteRow(site, tuple(sorted(keys - {""})))


def _read_plain(path: Path, kind: SiteKind, corridors: dict[tuple[str, str], str]) -> Iterator[SiteRow]:
    for row in read_rows(path):
        site = _site(kind, row, path, corridors)
        yield SiteRow(site, (key_of(row["name"]),))


_COUNTY = re.compile(r" (?:county|parish|borough|census area|city and borough|municipality|municipio|city)$")


def _read_counties(path: Path, corridors: dict[tuple[str, str], str]) -> Iterator[SiteRow]:
    for row in read_rows(path):
        key = key_of(row["name"])
        bare = _COUNTY.sub("", key)
        # A municipio of Puerto Rico or an independent city has no word of its kind: a text's bare name is no county.
        yield SiteRow(_site("county", row, path, corridors), (key,) if bare != key else (), bare)


def _name_offices(tables: PlaceTables) -> Iterator[SiteRow]:
    names: dict[str, set[str]] = {}
    for name, office in tables.office_names.items():
        # "RGV" alone is said of the valley too; codes are no words of a text.
        if " " in name:
            names.setdefault(office.code, set()).add(name)
    for code, keys in names.items():
        office = tables.offices[code]
        if office.kind == "sector":
            keys |= {f"sector {key.removesuffix(' sector')}" for key in keys if key.endswith(" sector")}
        if office.code == "rio_grande_valley_sector":
            keys |= {"rgv sector", "sector rgv", "sector valle del rio grande", "sector del valle del rio grande"}
        point = office.location
        yield SiteRow(
            Site(office.kind, code, office.name, office.country or "US", None, point["lat"] if point else None,
                 point["lon"] if point else None, source=office.source),
            tuple(sorted(keys)),
        )  # fmt: skip


_PORT_FORMS = (
    *(
        "{} port of entry",
        "port of {}",
        "{} poe",
        "{} port",
        "{} land port of entry",
        "{} border crossing",
        "{} crossing",
    ),
    *("puerto de entrada de {}", "puerto fronterizo de {}", "puerto fronterizo {}", "garita de {}", "garita {}"),
)


def _read_bridges(path: Path, tables: PlaceTables) -> Iterator[SiteRow]:
    """Ports by the forms of their names, and bridges by theirs."""
    for port in tables.ports.values():
        site = Site("port", port.code, port.name, "US", port.state, port.location["lat"], port.location["lon"],
                    corridor=port.corridor, source=port.source)  # fmt: skip
        names = {key for key, named in tables.port_names.items() if named.code == port.code}
        # Calexico is two ports: the bare name never resolves (`name_shared`).
        yield SiteRow(site, tuple(sorted(form.format(key_of(name)) for name in names for form in _PORT_FORMS)))
    for row in read_rows(path):
        found = tables.ports.get(row["port"])
        if found is None or row["ambiguous"] not in {"yes", "no"}:
            raise ReferenceDataError(
                f"{row['name']} in {path} names no port of ports.csv, or is ambiguous neither yes nor no."
            )
        keys = {key_of(name) for name in (row["name"], *row["aliases"].split(";")) if name}
        if row["ambiguous"] == "yes":
            keys.discard(key_of(row["name"]))
        site = Site("port", found.code, row["name"], "US", found.state, found.location["lat"], found.location["lon"],
                    corridor=found.corridor, source=row["source"], decides=True, bridge=True)  # fmt: skip
        yield SiteRow(site, tuple(sorted(keys)), alias=True)

"""The gazetteer: every place that a text or a field may name, by its names, in one index.

Built once from the files of `data/`; a look-up is a dictionary's. The index is keyed by words (`key_of`), so that a
text
can be matched word by word without folding it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows, read_yaml
from processors.reference.gazetteer_sites import Site, key_of, read_sites
from processors.reference.highways import Highways, load_highways
from processors.reference.places import PlaceTables, load_places

__all__ = ["Gazetteer", "PlaceWords", "Site", "key_of", "load_gazetteer"]


@dataclass(frozen=True, slots=True, eq=False)
class PlaceWords:
    """The lists of `place_words.yaml`, by the names they have there; all folded."""

    straight: frozenset[str]
    nouns: frozenset[str]
    weak: frozenset[str]
    not_before: frozenset[str]
    not_before_of: frozenset[str]
    not_after: frozenset[str]
    not_after_phrases: tuple[str, ...]
    person_or_word: frozenset[str]
    cue_will_do: frozenset[str]
    state_needed: frozenset[str]
    not_countries: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All sites. `by_name`: key -> the places so called, most inhabitants first. `longest`: first word of a key ->
    how many
    words the longest key that begins so has. `state_names`: what may stand beside a place, abbreviations with the
    others,
    and countries; `short_states` are the abbreviations. `bare_counties`: `webb` -> Webb County.
    """

    by_name: dict[str, tuple[Site, ...]]
    longest: dict[str, int]
    by_code: dict[tuple[str, str], Site]
    state_names: dict[str, tuple[Site, ...]]
    short_states: frozenset[str]
    bare_counties: dict[str, tuple[Site, ...]]
    words: PlaceWords
    highways: Highways


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the place files of a folder; raises `ReferenceDataError`. About 0.2 s."""
    tables = load_places(folder)
    words = _read_words(folder / "place_words.yaml")
    state_names, short_states, states = _name_states(folder, tables, words)
    rows = read_sites(folder, tables)
    by_code: dict[tuple[str, str], Site] = {}
    named: dict[str, list[Site]] = {}
    for row in rows:
        site = row.site
        # A locality of INEGI's list has its municipality's code: the first of them stands for it.
        if site.kind != "locality" and (site.kind, site.code) in by_code and not row.alias:
            raise ReferenceDataError(f"The {site.kind} {site.code} stands twice in {folder}: keep one.")
        by_code.setdefault((site.kind, site.code), site)
        for key in row.keys:
            _add(named, key, site)
    _read_aliases(folder / "place_aliases.csv", by_code, states, named)
    for key, site in states:
        _add(named, key, site)
        by_code.setdefault((site.kind, site.code), site)
    bare: dict[str, list[Site]] = {}
    for row in rows:
        if row.site.kind == "county" and row.bare:
            _add(bare, row.bare, row.site)
            _add(named, f"condado {row.bare}", row.site)
            _add(named, f"condado de {row.bare}", row.site)
    by_name = {key: tuple(sorted(sites, key=_by_size)) for key, sites in named.items()}
    return Gazetteer(
        by_name,
        _measure(by_name),
        by_code,
        state_names,
        short_states,
        {key: tuple(sites) for key, sites in bare.items()},
        _add_persons(words, by_name, folder),
        load_highways(folder / "highways.yaml"),
    )


def _by_size(site: Site) -> tuple[int, str, str]:
    return (-site.population, site.kind, site.code)


def _add(table: dict[str, list[Site]], key: str, site: Site) -> None:
    sites = table.setdefault(key, [])
    if not any((site.kind, site.code, site.name) == (other.kind, other.code, other.name) for other in sites):
        sites.append(site)


def _measure(by_name: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in by_name:
        first, _, rest = key.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > longest.get(first, 0):
            longest[first] = length
    return longest


def _name_states(
    folder: Path, tables: PlaceTables, words: PlaceWords
) -> tuple[dict[str, tuple[Site, ...]], frozenset[str], list[tuple[str, Site]]]:
    """What may stand beside a place; the abbreviations among it; the names that stand alone in a text."""
    beside: dict[str, list[Site]] = {}
    short: set[str] = set()
    alone: list[tuple[str, Site]] = []
    for row in read_rows(folder / "states.csv"):
        state = tables.states[row["code"]]
        site = Site("state", state.code, state.name, state.country, state.code, state.location["lat"],
                    state.location["lon"], source=state.source)  # fmt: skip
        for written in (row["name_en"], row["name_es"], *row["aliases"].split(";")):
            key = key_of(written)
            if not key:
                continue
            _add(beside, key, site)
            if written.endswith(".") or (written.isupper() and len(written) < 4):
                short.add(key)
            elif key != "mexico":
                # Alone, "Mexico" is the country.
                alone.append((key, site))
    for row in read_rows(folder / "countries.csv"):
        site = Site("country", row["code"], row["name_en"], row["code"], None, source=row["source"])
        for written in (row["name_en"], row["name_es"]):
            _add(beside, key_of(written), site)
            if key_of(written) not in words.not_countries:
                alone.append((key_of(written), site))
    return {key: tuple(found) for key, found in beside.items()}, frozenset(short), alone


def _read_aliases(
    path: Path,
    by_code: dict[tuple[str, str], Site],
    states: list[tuple[str, Site]],
    named: dict[str, list[Site]],
) -> None:
    """Aliases; one that decides is the only bearer of its name."""
    of_state = {site.code: site for _, site in states if site.kind == "state"}
    for row in read_rows(path):
        site = of_state.get(row["code"]) if row["kind"] == "state" else by_code.get((row["kind"], row["code"]))
        if site is None or row["decides"] not in {"yes", "no"}:
            raise ReferenceDataError(
                f"The alias {row['alias']!r} in {path} names no place, or decides neither yes nor no."
            )
        key = key_of(row["alias"])
        if row["decides"] == "yes":
            named[key] = [site._replace(decides=True)]
        elif not any(other.decides for other in named.get(key, ())):
            _add(named, key, site)


_TOO_LARGE = 250_000
"""Inhabitants from which on a city is meant oftener than the person of its name."""


def _add_persons(words: PlaceWords, by_name: dict[str, tuple[Site, ...]], folder: Path) -> PlaceWords:
    """Names of places that are given names or surnames too; the towns of the border keep their name to themselves."""
    persons = {row["name"] for file in ("given_names.csv", "surnames.csv") for row in read_rows(folder / file)}
    shared = {
        name
        for name in persons & by_name.keys()
        if not any(site.corridor or site.decides or site.kind == "state" for site in by_name[name])
    }
    large = {name for name in shared if by_name[name][0].population >= _TOO_LARGE}
    return replace(
        words,
        person_or_word=words.person_or_word | (shared - large - words.cue_will_do),
        cue_will_do=words.cue_will_do | large,
    )


def _read_words(path: Path) -> PlaceWords:
    tree = read_yaml(path)
    lists = {name: frozenset(str(word) for word in words) for name, words in tree.items() if name != "source"}
    phrases = tuple(sorted(word for word in lists["not_after"] if " " in word))
    try:
        return PlaceWords(**lists, not_after_phrases=phrases)
    except TypeError as error:
        raise ReferenceDataError(f"The reference file {path} lacks a list or has one too many.") from error

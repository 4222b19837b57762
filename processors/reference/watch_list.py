"""The published list of designated parties."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, cast

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows

__all__ = ["WatchEntry", "WatchList", "load_watch_list"]

_TYPES = frozenset({"individual", "entity", "aircraft", "vessel"})


class WatchEntry(NamedTuple):
    """One designated party. `names`: its name first, then aliases. `born`: YYYY, YYYY-MM, YYYY-MM-DD; ~ is about."""

    entry: str
    type: Literal["individual", "entity", "aircraft", "vessel"]
    names: tuple[str, ...]
    programs: tuple[str, ...]
    born: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WatchList:
    """The entries in the list's order; hashed as an object, so that an index of it may be cached."""

    name: str
    entries: tuple[WatchEntry, ...]


def load_watch_list(path: Path) -> WatchList:
    """Read `watch_list.csv`; raises `ReferenceDataError` where an entry stands twice or has an unknown type."""
    entries: dict[str, WatchEntry] = {}
    rows = read_rows(path)
    for row in rows:
        if row["entry"] in entries or row["type"] not in _TYPES or not row["name"]:
            raise ReferenceDataError(f"The entry {row['entry']} stands twice in {path} or is incomplete: correct it.")
        kind = cast("Literal['individual', 'entity', 'aircraft', 'vessel']", row["type"])
        names = tuple(dict.fromkeys((row["name"], *_split(row["aliases"]))))
        entries[row["entry"]] = WatchEntry(row["entry"], kind, names, _split(row["programs"]), _split(row["born"]))
    return WatchList(rows[0]["source"] if rows else "", tuple(entries.values()))


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))

"""Given names, their familiar forms, and surnames of both countries."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows

__all__ = ["GivenName", "PersonNames", "default_person_names", "load_person_names"]

_SEXES = frozenset({"f", "m", "x"})


class GivenName(NamedTuple):
    """`short_for`: the full names that a familiar form stands for; `variant_of`: the same name in another language."""

    sex: Literal["f", "m", "x"]
    short_for: frozenset[str]
    variant_of: frozenset[str]


class PersonNames(NamedTuple):
    """All names folded. `abbreviations` are of records: hdez -> hernandez, ma -> maria. `frequencies`: of how many in
    100,000 a surname is, where a census says so. `version` hashes the files.
    """

    given: dict[str, GivenName]
    surnames: frozenset[str]
    abbreviations: dict[str, str]
    frequencies: dict[str, float]
    version: str

    def is_common(self, word: str) -> bool:
        """Whether a word of a name is common in either country, whatever the reports at hand hold."""
        return word in self.surnames or word in self.given or word in self.frequencies


_FILES = ("given_names.csv", "surnames.csv", "surname_frequencies.csv")


def load_person_names(folder: Path) -> PersonNames:
    """Read the three files; raises `ReferenceDataError` where a name stands twice in one, or its frequency is none."""
    given: dict[str, GivenName] = {}
    path = folder / "given_names.csv"
    for row in read_rows(path):
        name = row["name"]
        if name in given or row["sex"] not in _SEXES:
            raise ReferenceDataError(f"The given name {name!r} stands twice in {path} or has no sex: correct it.")
        given[name] = GivenName(row["sex"], _split(row["short_for"]), _split(row["variant_of"]))  # type: ignore[arg-type]
    surnames: set[str] = set()
    abbreviations: dict[str, str] = {}
    path = folder / "surnames.csv"
    for row in read_rows(path):
        name = row["name"]
        if name in surnames or name in abbreviations:
            raise ReferenceDataError(f"The surname {name!r} stands twice in {path}: keep one.")
        if row["short_for"]:
            abbreviations[name] = row["short_for"]
        else:
            surnames.add(name)
    digest = hashlib.blake2b(b"".join((folder / name).read_bytes() for name in _FILES), digest_size=4)
    return PersonNames(given, frozenset(surnames), abbreviations, _read_frequencies(folder), digest.hexdigest())


def _read_frequencies(folder: Path) -> dict[str, float]:
    path = folder / "surname_frequencies.csv"
    rows = read_rows(path)
    try:
        frequencies = {row["name"]: float(row["per_100k"]) for row in rows}
    except ValueError as error:
        raise ReferenceDataError(f"A frequency in {path} is no number ({error}): correct it.") from error
    if len(frequencies) != len(rows) or min(frequencies.values()) <= 0:
        raise ReferenceDataError(f"A surname stands twice in {path}, or nobody bears it: correct it.")
    return frequencies


def _split(names: str) -> frozenset[str]:
    return frozenset(filter(None, names.split("|")))


@cache
def default_person_names() -> PersonNames:
    """The names that ship with the project."""
    return load_person_names(Path(__file__).with_name("data"))

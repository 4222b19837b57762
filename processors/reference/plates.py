"""Licence plates of both nations: which issuers a plate's pattern leaves possible, and states by their names."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_rows, read_yaml
from processors.reference.folding import fold

__all__ = ["Plates", "Series", "load_plates"]

_SHAPE = {ord(sign): "D" for sign in "0123456789"} | {ord(sign): "L" for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


class Series(NamedTuple):
    """The series of a Mexican state: the letters of a private car's plate lie between `first` and `last`."""

    issuer: str
    first: str
    last: str


class Plates:
    """Issuers are ISO 3166-2 codes, or that of a nation (ISO 3166-1) where only the nation is known."""

    def __init__(
        self,
        series: tuple[Series, ...],
        series_shapes: frozenset[str],
        letters: frozenset[str],
        by_shape: Mapping[str, tuple[str, ...]],
        by_name: Mapping[str, str],
        source: str,
    ) -> None:
        """A shape has L for a letter and D for a digit; `by_name` has folded names and codes of states and nations."""
        self._series = series
        self._series_shapes = series_shapes
        self._letters = letters
        self._by_shape = by_shape
        self._by_name = by_name
        self.source = source

    def narrow(self, plate: str) -> tuple[str, ...]:
        """Issuers whose pattern a plate (normal form) follows, sorted; none if it follows no pattern that is known."""
        shape = plate.translate(_SHAPE)
        issuers = self._by_shape.get(shape, ())
        if shape in self._series_shapes and self._letters.issuperset([sign for sign in plate if sign.isalpha()]):
            # In order and without overlap (`load_plates`).
            at = bisect_right(self._series, plate[:3], key=attrgetter("first")) - 1
            if at >= 0 and plate[:3] <= self._series[at].last:
                return tuple(sorted({*issuers, self._series[at].issuer}))
        # In order and each once (`load_plates`).
        return issuers

    def name_issuer(self, name: str) -> str | None:
        """The code of a state or nation by its name, abbreviation or adjective, folded by the caller."""
        return self._by_name.get(name)


def load_plates(folder: Path) -> Plates:
    """Read `plates.yaml`, and the states' names from `states.csv`; raises `ReferenceDataError`."""
    path = folder / "plates.yaml"
    tree = read_yaml(path)
    states = read_rows(folder / "states.csv")
    mexican = tree["mexican_series"]
    series = tuple(sorted((Series(code, *ends) for code, ends in mexican["ranges"].items()), key=lambda one: one.first))
    for before, after in pairwise(series):
        if not before.first <= before.last < after.first:
            raise ReferenceDataError(f"The series {before.issuer} and {after.issuer} overlap in {path}: part them.")
    by_shape: dict[str, list[str]] = {}
    for issuer, patterns in tree["patterns"].items():
        for shape in {shape for pattern in patterns for shape in _spell_out(pattern)}:
            by_shape.setdefault(shape, []).append(issuer)
    known = {state["code"] for state in states} | {"MX", "US"}
    if strange := {*tree["patterns"], *mexican["ranges"]} - known:
        raise ReferenceDataError(f"{path} names {sorted(strange)}, which states.csv does not: use its codes.")
    return Plates(
        series,
        frozenset(mexican["patterns"]),
        frozenset(mexican["letters"]),
        {shape: tuple(sorted(issuers)) for shape, issuers in by_shape.items()},
        dict(_name_issuers(states, tree["nations"])),
        tree["source"],
    )


def _spell_out(pattern: str) -> Iterator[str]:
    """`XD` -> `LD`, `DD`."""
    return map("".join, product(*("LD" if sign == "X" else sign for sign in pattern)))


def _name_issuers(
    states: Iterable[Mapping[str, str]], nations: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Names that two states share (Mich.) are left out."""
    found: dict[str, set[str]] = {}
    for state in states:
        for name in (state["name_en"], state["name_es"], *state["aliases"].split(";")):
            found.setdefault(fold(name), set()).add(state["code"])
    for nation, names in nations.items():
        for name in names:
            # "mexico" is the nation here, though a state has that name too.
            found[fold(name)] = {nation}
    for name, codes in found.items():
        if name and len(codes) == 1:
            yield name, codes.pop()

"""Units by the names that agencies write."""

from pathlib import Path
from typing import Literal, NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Dimension", "Unit", "Units", "load_units"]

Dimension = Literal["mass", "volume", "area", "count", "amount"]


class Unit(NamedTuple):
    """A unit: `factor` to kilogram, litre or hectare (1 for counts and money); `label` is what is counted, or the
    ISO 4217 code.
    """

    dimension: Dimension
    factor: float
    label: str


class Units:
    """Units by folded name."""

    def __init__(self, by_name: dict[str, Unit], pill_forms: frozenset[str], source: str) -> None:
        """`pill_forms` are folded forms of a substance that make "each" a pill."""
        self._by_name = by_name
        self.pill_forms = pill_forms
        self.source = source

    def read(self, written: str) -> Unit | None:
        """The unit that `written` names, or None if it is unknown or ambiguous."""
        return self._by_name.get(fold(written))


def load_units(path: Path) -> Units:
    """Read `units.yaml`; raises `ReferenceDataError` where a name stands twice or an ambiguous one has a factor."""
    tree = read_yaml(path)
    by_name: dict[str, Unit] = {}
    for row in tree["units"]:
        unit = Unit(row["dimension"], float(row.get("factor", 1.0)), row.get("label", ""))
        for name in row["names"]:
            if fold(name) in by_name:
                raise ReferenceDataError(f"The unit name {name!r} stands twice in {path}: keep one.")
            by_name[fold(name)] = unit
    for name in tree["ambiguous"]:
        if fold(name) in by_name:
            raise ReferenceDataError(f"The unit name {name!r} is ambiguous and has a factor in {path}: keep one.")
    return Units(by_name, frozenset(fold(form) for form in tree["pill_forms"]), tree["source"])

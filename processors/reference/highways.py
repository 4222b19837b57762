"""Highways by their numbers and by the names of their ends."""

from dataclasses import dataclass
from pathlib import Path

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Highways", "load_highways"]


@dataclass(frozen=True, slots=True, eq=False)
class Highways:
    """Codes are `MX-15`, `US-I-35`, `US-83`. `ends`: folded names of a road or of its two ends, in either order."""

    codes: frozenset[str]
    ends: dict[str, str]


def load_highways(path: Path) -> Highways:
    """Read `highways.yaml`; raises `ReferenceDataError` where a name stands under two numbers."""
    tree = read_yaml(path)
    ends: dict[str, str] = {}
    for number, names in tree["mexico"].items():
        for name in names:
            forms = {fold(name)}
            if name.count("-") == 1:
                forms.add(fold("-".join(reversed(name.split("-")))))
            for form in forms:
                if ends.setdefault(form, f"MX-{number}") != f"MX-{number}":
                    raise ReferenceDataError(f"The highway {name!r} stands under two numbers in {path}: keep one.")
    # Ciudad Victoria is Victoria to those who live there, where no other road has that name.
    for name, code in list(ends.items()):
        ends.setdefault(name.replace("ciudad ", ""), code)
    codes = {f"MX-{number}" for number in tree["mexico"]}
    codes |= {f"US-I-{number}" for number in tree["interstate"]}
    codes |= {f"US-{number}" for number in tree["us_route"]}
    return Highways(frozenset(codes), ends)

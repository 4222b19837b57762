"""Numbers and marks known to stand in unrelated reports: tip lines, generic papers, imprints of genuine tablets."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml

__all__ = ["KnownHubs", "default_known_hubs", "load_known_hubs"]


class KnownHubs(NamedTuple):
    """`identifiers` as (kind, value in its normal form), `marks` in small letters and digits alone."""

    identifiers: frozenset[tuple[str, str]]
    marks: frozenset[str]

    def holds(self, kind: str, value: str) -> bool:
        """Whether an identifier in its normal form is one."""
        return (kind, value) in self.identifiers

    def holds_mark(self, mark: str) -> bool:
        """Whether a folded press mark is one; spaces don't count: M30, M 30."""
        return mark.replace(" ", "") in self.marks

    def with_phones(self, phones: Iterable[str]) -> "KnownHubs":
        """With public telephones (E.164) of agencies besides."""
        return self._replace(identifiers=self.identifiers | {("phone", phone) for phone in phones})


def load_known_hubs(folder: Path) -> KnownHubs:
    """Read `known_hubs.yaml` and the copied marks of `substances.yaml`; raises `ReferenceDataError`."""
    path = folder / "known_hubs.yaml"
    rows = [(row["kind"], row["value"], row["is"], row["source"]) for row in read_yaml(path)["identifiers"]]
    identifiers = frozenset((kind, value) for kind, value, _, _ in rows)
    if len(identifiers) != len(rows) or not all(all(row) for row in rows):
        raise ReferenceDataError(f"An entry of {path} stands twice, or has no name or source: correct it.")
    copied = read_yaml(folder / "substances.yaml")["marks"]["copied"]
    return KnownHubs(identifiers, frozenset(mark.lower() for marks in copied.values() for mark in marks))


@cache
def default_known_hubs() -> KnownHubs:
    """Those that ship with the project; an agency's own telephones come from its registry."""
    return load_known_hubs(Path(__file__).with_name("data"))

"""Marked values: text as a report writes it, which remembers whose it is.

Whoever writes a plate into a report says whose plate it is, so that the truth never has to be read back out of the
events; the errors of `noise.py` change the text and keep the owner.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

__all__ = ["Json", "Mark", "Slot", "bait", "find_slots", "mark"]

Json = dict[str, Any]


class Mark(str):
    """`kind` of identifier (or `name`), and `owner`: `person:12`, `object:vehicle-3`, or `bait:tip_line-1`."""

    kind: str
    owner: str

    def __new__(cls, written: str, kind: str, owner: str) -> "Mark":
        """JSON sees the written text alone."""
        self = super().__new__(cls, written)
        self.kind = kind
        self.owner = owner
        return self

    def __deepcopy__(self, _memo: object) -> "Mark":
        """Text does not change, so a copy is the thing itself."""
        return self

    def rewrite(self, written: str) -> "Mark":
        """The same thing written otherwise."""
        return Mark(written, self.kind, self.owner)

    @property
    def is_bait(self) -> bool:
        """Whether the value says nothing of who or what belongs together."""
        return self.owner.startswith("bait:")


class Slot(NamedTuple):
    """Where a marked value stands: `holder[key]`."""

    holder: Any
    key: str | int
    mark: Mark

    def write(self, written: str) -> None:
        """Write the value otherwise."""
        self.holder[self.key] = self.mark.rewrite(written)


def mark(kind: str, written: str, owner: str) -> Mark:
    """A value that its owner truly has."""
    return Mark(written, kind, owner)


def bait(kind: str, written: str, group: str) -> Mark:
    """A value that unrelated reports carry; `group` is the kind of bait and a number, `tip_line-1`."""
    return Mark(written, kind, f"bait:{group}")


def find_slots(tree: Any) -> Iterator[Slot]:
    """Every marked value of a tree, in the order of writing."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in parts:
        if isinstance(part, Mark):
            yield Slot(tree, key, part)
        else:
            yield from find_slots(part)

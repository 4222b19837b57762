"""Marked values: a string as an agency wrote it that remembers which identifier it stands for.

The story keeps its books with these: whoever writes a plate into a report says which plate it is, so that the truth
never has to be read back out of the events.
"""

from typing import Any

__all__ = ["LINKING", "Json", "Mark", "compact", "find_marks", "hub", "mark", "strip_marks"]

Json = dict[str, Any]

LINKING = ("plate", "vin", "phone", "serial", "curp", "passport", "clabe", "wallet", "docket")
"""Kinds of identifier that link reports when two of them carry the same one."""


class Mark(str):
    """A written value with the kind and the normal form of what it stands for; JSON sees the written value alone."""

    kind: str
    normal: str

    def __new__(cls, written: str, kind: str, normal: str) -> "Mark":
        """`written` as it stands in the report, `normal` as the story's books name it."""
        self = super().__new__(cls, written)
        self.kind = kind
        self.normal = normal
        return self


def compact(written: str) -> str:
    """Letters and digits in capitals."""
    return "".join(sign for sign in written.upper() if sign.isalnum())


def mark(kind: str, normal: str, written: str) -> Mark:
    """A linking value; the written form must be a spelling of the normal one, which guards against slips."""
    same = {
        "wallet": written == normal,
        "docket": "".join(written.upper().split()) == normal,
        "phone": compact(written).endswith(normal[-10:]),
    }
    if not same.get(kind, compact(written) == normal):
        raise ValueError(f"{written!r} is no spelling of the {kind} {normal}")
    return Mark(written, kind, normal)


def hub(kind: str, normal: str, written: str) -> Mark:
    """A value that many unrelated reports carry, or that says "none": bait, never a link."""
    return Mark(written, f"hub:{kind}", normal)


def find_marks(tree: object) -> list[Mark]:
    """Every mark in an event, in the order of writing."""
    if isinstance(tree, Mark):
        return [tree]
    if isinstance(tree, dict):
        return [found for part in tree.values() for found in find_marks(part)]
    if isinstance(tree, list):
        return [found for part in tree for found in find_marks(part)]
    return []


def strip_marks(tree: Any, becomes: str | None = None) -> Any:
    """The same tree with marks as plain strings, or as marks of the kind `becomes`; hub marks stay."""
    if isinstance(tree, Mark):
        if tree.kind.startswith("hub:"):
            return tree
        return str.__str__(tree) if becomes is None else Mark(str.__str__(tree), becomes, tree.normal)
    if isinstance(tree, dict):
        return {key: strip_marks(part, becomes) for key, part in tree.items()}
    if isinstance(tree, list):
        return [strip_marks(part, becomes) for part in tree]
    return tree

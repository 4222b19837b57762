"""Field paths of a mapping (`items[].quantity.value`) and the trees that they build."""

import re
from typing import Any

__all__ = ["Root", "merge_missing", "put", "split_path"]

Root = tuple[str, int] | None
"""The list and the place in it that a path belongs to (`items[1]` -> ("items", 1)), or None outside lists."""

_PART = re.compile(r"([a-z_]+)(?:\[(\d*)\])?")


def split_path(path: str) -> tuple[Root, tuple[str, ...]]:
    """A path as its list and the names below it; lists below the first are kept as `name[]`.

    `items[].quantity.value` -> (("items", 0), ("quantity", "value")); `place.office` -> (None, ("place", "office")).
    """
    parts = path.split(".")
    match = _PART.fullmatch(parts[0])
    if match is None or match.group(2) is None:
        return None, tuple(parts)
    return (match.group(1), int(match.group(2) or 0)), tuple(parts[1:])


def put(tree: dict[str, Any], names: tuple[str, ...], value: Any) -> None:
    """Set a value; an object is merged into what is there. A name `plates[]` stands for a list of one object."""
    for at, name in enumerate(names):
        if at == len(names) - 1 and not isinstance(value, dict) and not name.endswith("]"):
            tree[name] = value
            return
        if name.endswith("]"):
            held = tree.setdefault(name[: name.index("[")], [])
            if at == len(names) - 1 and not isinstance(value, dict):
                held.append(value)
                return
            if not held:
                held.append({})
            tree = held[0]
        else:
            tree = tree.setdefault(name, {})
    for key, part in value.items():
        put(tree, (key,), part)


def merge_missing(tree: dict[str, Any], constants: dict[str, Any]) -> None:
    """Add the constants that the tree does not have; they are shared, so nothing may change the tree afterwards."""
    for name, value in constants.items():
        if name not in tree:
            tree[name] = value
        elif isinstance(value, dict) and isinstance(tree[name], dict):
            merge_missing(tree[name], value)

"""The short free fields of an event: where nothing can be told, they are left out."""

from typing import Any

from processors.protection.masking import FREE_LINES, WHOLE_OR_NONE

__all__ = ["has_free_fields", "withhold_free_fields"]

_NAMED = frozenset({"shipper", "consignee", "requester"})
"""Fields of other parts that may hold somebody's name."""
_SPARED = frozenset(
    (
        *("report_id", "revision", "handling", "grade", "exercise", "kind"),
        *("people", "narrative", "title", "body", "lineage"),
    )
)
"""Identity and marks; people and texts, which are withheld in their own way."""


def has_free_fields(event: dict[str, Any]) -> bool:
    """Whether a field of the event could name somebody."""
    return withhold_free_fields(event) is not event


def withhold_free_fields(event: dict[str, Any]) -> dict[str, Any]:
    """The event without its free fields, names, addresses and lists of numbers; the same object where it has none."""
    kept: dict[str, Any] = {}
    for name, part in event.items():
        if name in _SPARED:
            kept[name] = part
        elif name not in FREE_LINES and name not in WHOLE_OR_NONE:
            kept[name] = _withhold(part)
    same = len(kept) == len(event) and all(kept[name] is event[name] for name in kept)
    return event if same else kept


def _withhold(tree: Any) -> Any:
    if isinstance(tree, dict):
        parts = {
            name: _withhold(part)
            for name, part in tree.items()
            if name not in FREE_LINES and name not in WHOLE_OR_NONE and not (name in _NAMED and isinstance(part, str))
        }
        return tree if len(parts) == len(tree) and all(parts[name] is tree[name] for name in parts) else parts
    if isinstance(tree, list):
        listed = [_withhold(part) for part in tree]
        return tree if all(one is other for one, other in zip(listed, tree, strict=True)) else listed
    return tree

"""A mapping held against a document in Python: what Elasticsearch would refuse."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

__all__ = ["mapping_errors"]


def mapping_errors(document: dict[str, Any], properties: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every field of `document` that a strict mapping does not know, or whose value does not fit its type."""
    for name, value in document.items():
        at = f"{path}{name}"
        if name not in properties:
            yield f"{at} is not mapped"
            continue
        for part in value if isinstance(value, list) and properties[name].get("enabled", True) else [value]:
            yield from _value_errors(part, properties[name], at)


def _value_errors(value: Any, mapping: dict[str, Any], at: str) -> Iterator[str]:
    if value is None:  # as good as absent
        return
    if "properties" in mapping:
        if isinstance(value, dict):
            yield from mapping_errors(value, mapping["properties"], f"{at}.")
        else:
            yield f"{at} is no object"
        return
    if not _FITS[mapping["type"]](value):
        yield f"{at} is no {mapping['type']}: {value!r}"


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _is_range(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"gte", "lt"} and value["gte"] < value["lt"]


def _is_whole(bits: int) -> Any:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and -(2**bits) <= value < 2**bits


_FITS: dict[str, Any] = {
    # Lucene refuses a document with a term over 32,766 bytes.
    "keyword": lambda value: isinstance(value, str) and len(value.encode()) <= 32_766,
    "text": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "date_range": _is_range,
    "long": _is_whole(63),
    "integer": _is_whole(31),
    "byte": _is_whole(7),
    "double": lambda value: isinstance(value, (int, float)) and value == value and abs(value) != float("inf"),
    "geo_point": lambda value: set(value) == {"lat", "lon"},
    "object": lambda value: isinstance(value, (dict, list)),
}

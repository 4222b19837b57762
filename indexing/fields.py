"""The types of fields that the mappings of every index are built from."""

from typing import Any

__all__ = [
    "AMOUNT",
    "COUNT",
    "DATE",
    "FOLDED",
    "KEYWORD",
    "LONG",
    "NAME",
    "NUMBER",
    "NUMBERS",
    "PLACE",
    "STORED",
    "YES_NO",
    "strict_object",
]

KEYWORD = {"type": "keyword"}
NAME = {"type": "keyword", "normalizer": "folded"}
DATE = {"type": "date"}
LONG = {"type": "long"}
COUNT = {"type": "integer"}
AMOUNT = {"type": "double"}
YES_NO = {"type": "boolean"}
FOLDED = {"type": "text", "analyzer": "folded", "search_analyzer": "folded_query"}
STORED = {"type": "object", "enabled": False}
"""Kept in the document, not searchable: no content of it can be refused or blow up the mapping."""
NUMBER = {"type": "keyword", "normalizer": "folded", "copy_to": "numbers"}
"""An identifier somebody issued; all of them are searched together, without dashes and case, in `numbers`."""
NUMBERS = {"type": "text", "analyzer": "number", "search_analyzer": "number_query"}


def strict_object(**properties: Any) -> dict[str, Any]:
    """An object whose fields are these and no others."""
    return {"dynamic": "strict", "properties": properties}


PLACE = strict_object(
    kind=KEYWORD,
    name={"type": "keyword", "fields": {"text": FOLDED}},
    code=KEYWORD,
    country=KEYWORD,
    state=KEYWORD,
    office=KEYWORD,
    region=KEYWORD,
    corridor=KEYWORD,
    location={"type": "geo_point"},
    municipality=KEYWORD,
    h3=KEYWORD,
    highway=KEYWORD,
    kilometre={"type": "float"},
    candidates=strict_object(
        kind=KEYWORD,
        code=KEYWORD,
        name=KEYWORD,
        country=KEYWORD,
        state=KEYWORD,
        lat={"type": "float"},
        lon={"type": "float"},
        h3=KEYWORD,
        corridor=KEYWORD,
        kilometre={"type": "float"},
    ),
)

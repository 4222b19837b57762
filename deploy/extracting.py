"""Lines of text to lines of seizure mentions, in the shape of the labelled passages."""

from typing import Any

import orjson

from processors.extraction.language import recognise_language
from processors.extraction.mention import Mention
from processors.extraction.mentions import find_mentions
from processors.extraction.texts import Language, Text, fold_in_place
from processors.reference import Reference
from streams.errors import ContractError

__all__ = ["extract_line"]

# Texts without a publisher: a Spanish one is read as from Mexico, where "$" is the peso.
_COUNTRY: dict[Language, str | None] = {"es": "MX", "en": "US", "und": None}


def extract_line(number: int, raw: bytes, reference: Reference) -> bytes:
    """`{"id", "mentions"}` of one line `{"id", "lang", "date", "text"}`; `ContractError` says what is wrong with it."""
    try:
        line = orjson.loads(raw)
    except orjson.JSONDecodeError as exc:
        raise ContractError(f"Line {number} is no JSON: write one object with id and text on each line.") from exc
    if not isinstance(line, dict) or not isinstance(line.get("text"), str) or not isinstance(line.get("id"), str | int):
        raise ContractError(f"Line {number} must be an object with an id and a text: add what is missing.")
    lang, date = line.get("lang"), line.get("date")
    if lang not in (None, "en", "es", "und"):
        raise ContractError(f"Line {number} has the lang {lang!r}: use en or es, or leave it out.")
    if not (date is None or isinstance(date, str)):
        raise ContractError(f"Line {number} has a date that is no text: write it as YYYY-MM-DD.")
    language: Language = lang if lang in ("en", "es") else recognise_language(fold_in_place(line["text"]))
    text = Text(line["text"], language, country=_COUNTRY[language], date=date)
    return orjson.dumps({"id": line["id"], "mentions": [_show(one) for one in find_mentions(text, reference)]})


def _show(mention: Mention) -> dict[str, Any]:
    """The wire shape of the labels, with the offsets and the rule."""
    shown = mention._asdict()
    for optional in ("substance", "doubt"):
        if not shown[optional]:
            del shown[optional]
    return shown

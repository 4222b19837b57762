"""The texts of an event, made ready for reading."""

import re
from typing import Any
from urllib.parse import unquote

from processors.extraction.language import recognise_language
from processors.extraction.texts import Language, Text
from processors.protection.masking import FREE_LINES
from processors.protection.unlisted import FreeLines
from streams.contracts import AnyEvent, NewsItem, SeizureReport
from streams.registry import Agency

__all__ = ["read_lines", "read_texts", "stated_language"]

_NO_LINES = frozenset(
    (
        *("occurred", "seized", "reported", "published", "period", "handling", "grade", "narrative", "title", "body"),
        *("url", "phones", "quantity", "packages", "plates", "codes", "identifiers", "roles"),
    )
)
"""Fields of an event without free lines, or that are read as texts."""
_LINES = FREE_LINES - _NO_LINES
_SLUG_SIGNS = str.maketrans("-_/", "  \n")
_SLUG = re.compile(r"[a-zA-Z]{2,}[-_][a-zA-Z]{2,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_texts(event: AnyEvent, agency: Agency) -> tuple[Text, ...]:
    """Narrative, or title and body, each with its language: the record's own word for it, else as recognised."""
    written: list[tuple[str, str | None]]
    if isinstance(event, SeizureReport) or not isinstance(event, NewsItem):
        written = [("narrative.text", event.narrative.text if event.narrative else None)]
        moment = event.reported or event.occurred
    else:
        written, moment = [("title", event.title), ("body", event.body)], event.published
    if not any(raw for _, raw in written):
        return ()
    stated = stated_language(event)
    day = moment.value[:10] if moment is not None and moment.value and _DAY.match(moment.value) else None
    texts = tuple(Text(raw, stated or "und", field, agency.country, day) for field, raw in written if raw)
    if stated is None:
        for text in texts:
            text.language = recognise_language(text.plain)
    return texts


def read_lines(body: dict[str, Any]) -> FreeLines:
    """The short free fields of an event's body, and the words of its address; they may name people too."""
    address = ""
    if (url := body.get("url")) and _SLUG.search(url):
        address = unquote(url.partition("//")[2].partition("/")[2]).translate(_SLUG_SIGNS).title()
    written: list[str] = []
    # A part that is added while the loop runs is read too.
    waiting: list[Any] = [body]
    for part in waiting:
        if type(part) is list:
            waiting += part
            continue
        if type(part) is not dict:
            continue
        for name, value in part.items():
            kind = type(value)
            if kind is str:
                if name in _LINES and " " in value:
                    written.append(value)
            elif (kind is dict or kind is list) and value and name not in _NO_LINES:
                waiting.append(value)
    return FreeLines("\n".join(written), address)


def stated_language(event: AnyEvent) -> Language | None:
    """What the record says of the language of its texts, if it is one of ours."""
    if isinstance(event, SeizureReport) or not isinstance(event, NewsItem):
        tag = event.narrative.language if event.narrative else None
    else:
        tag = event.language
    prefix = (tag or "")[:2]
    if prefix == "en":
        return "en"
    return "es" if prefix == "es" else None

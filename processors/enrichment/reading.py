"""The texts of an event, made ready for reading."""

import re

from processors.extraction.language import recognise_language
from processors.extraction.texts import Language, Text
from streams.contracts import AnyEvent, NewsItem
from streams.registry import Agency

__all__ = ["read_texts", "stated_language"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_texts(event: AnyEvent, agency: Agency) -> tuple[Text, ...]:
    """Narrative, or title and body, each with its language: the record's own word for it, else as recognised."""
    written: list[tuple[str, str | None]]
    if isinstance(event, NewsItem):
        written, moment = [("title", event.title), ("body", event.body)], event.published
    else:
        written = [("narrative.text", event.narrative.text if event.narrative else None)]
        moment = event.reported or event.occurred
    if not any(raw for _, raw in written):
        return ()
    stated = stated_language(event)
    day = moment.value[:10] if moment is not None and moment.value and _DAY.match(moment.value) else None
    texts = tuple(Text(raw, stated or "und", field, agency.country, day) for field, raw in written if raw)
    if stated is None:
        for text in texts:
            text.language = recognise_language(text.plain)
    return texts


def stated_language(event: AnyEvent) -> Language | None:
    """What the record says of the language of its texts, if it is one of ours."""
    tag = event.language if isinstance(event, NewsItem) else event.narrative.language if event.narrative else None
    prefix = (tag or "")[:2]
    if prefix == "en":
        return "en"
    return "es" if prefix == "es" else None

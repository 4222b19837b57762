"""The step between validation and the enrichers: the record's protected people become tokens."""

from datetime import date
from typing import Any

from pydantic import ValidationError

from processors.enrichment.draft import EnricherFailedError
from processors.enrichment.reading import read_lines, read_texts
from processors.enrichment.validate import ValidRecord
from processors.extraction.texts import Text
from processors.protection.events import protect_event
from processors.protection.keys import TokenKeys
from processors.protection.tidying import is_tidy, tidy_event
from processors.protection.unlisted import name_finder
from processors.reference import Reference
from streams.contracts import AnyEvent
from streams.parsing import canonical_json
from streams.reports import ProtectionMark

__all__ = ["Hidden", "hide_protected"]


class Hidden:
    """An event and its body as they may go on, their texts made ready for reading, and what was done to them."""

    __slots__ = ("body", "event", "mark", "texts")

    def __init__(
        self,
        event: AnyEvent,
        body: dict[str, Any],
        texts: tuple[Text, ...] = (),
        mark: ProtectionMark | None = None,
    ) -> None:
        self.event = event
        self.body = body
        self.texts = texts
        self.mark = mark


def hide_protected(valid: ValidRecord, identity: str, reference: Reference, keys: TokenKeys) -> Hidden:
    """The event of a record without the people whom it protects; `identity` is the document id.

    Raises `EnricherFailedError` if the event can't be taken apart: it then goes to nobody.
    """
    event = valid.parsed.event
    if event.retraction is not None:
        # Its reason is free text, which nothing reads behind the intake.
        return Hidden(event, {})
    try:
        written = valid.parsed.tree
        body = written if is_tidy(valid.parsed.canonical) else tidy_event(written)
        if body is not written:
            event = type(event).model_validate_json(canonical_json(body))
        texts = read_texts(event, valid.agency)
        finder = name_finder(texts, reference, read_lines(body))
        done = protect_event(body, identity, _earliest_day(valid), keys, finder)
        if done.body is body:
            return Hidden(event, body, texts, done.mark)
        event = type(event).model_validate_json(canonical_json(done.body))
        return Hidden(event, done.body, read_texts(event, valid.agency), done.mark)
    except MemoryError:
        raise
    except Exception as error:
        # The text of the error may quote the record.
        raise EnricherFailedError("hide_protected") from (None if isinstance(error, ValidationError) else error)


def _earliest_day(valid: ValidRecord) -> date:
    """The earlier the event, the younger everyone was: an age at the earliest time errs towards protection."""
    days = [valid.received.date()]
    # Those of its parts (`operation.start`) are not its own.
    days += [start.date() for field, start in valid.starts.items() if "." not in field]
    return min(days)

"""The step between validation and the enrichers: the record's protected people become tokens."""

import contextlib
from datetime import date
from typing import Any

import orjson
from pydantic import ValidationError

from processors.enrichment.draft import EnricherFailedError
from processors.enrichment.moments import BadMomentError, read_moment
from processors.enrichment.validate import ValidRecord
from processors.protection.events import protect_event
from processors.protection.keys import TokenKeys
from processors.protection.tidying import tidy_event
from processors.protection.unlisted import name_finder
from processors.reference import Reference
from streams.contracts import AnyEvent
from streams.parsing import canonical_json
from streams.reports import ProtectionMark

__all__ = ["hide_protected"]

_TIMES = ("occurred", "seized", "reported", "published", "period")


def hide_protected(
    valid: ValidRecord, identity: str, reference: Reference, keys: TokenKeys
) -> tuple[AnyEvent, dict[str, Any], ProtectionMark | None]:
    """The event and its body as they may go on, and what was done to them; `identity` is the document id.

    Raises `EnricherFailedError` if the event can't be taken apart: it then goes to nobody.
    """
    event = valid.parsed.event
    body: dict[str, Any] = orjson.loads(valid.parsed.canonical)
    if event.retraction is not None:
        # Its reason is free text, which nothing reads behind the intake.
        return event, {}, None
    try:
        find = name_finder(reference, valid.agency, getattr(event, "language", None))
        tidied = tidy_event(body)
        hidden = protect_event(tidied, identity, _earliest_day(valid), keys, find)
        if hidden.body is body:
            return event, body, hidden.mark
        return type(event).model_validate_json(canonical_json(hidden.body)), hidden.body, hidden.mark
    except MemoryError:
        raise
    except Exception as error:
        # The text of the error may quote the record.
        raise EnricherFailedError("hide_protected") from (None if isinstance(error, ValidationError) else error)


def _earliest_day(valid: ValidRecord) -> date:
    """The earlier the event, the younger everyone was: an age at the earliest time errs towards protection."""
    days = [valid.received.date()]
    for name in _TIMES:
        moment = getattr(valid.parsed.event, name, None)
        if moment is not None:
            with contextlib.suppress(BadMomentError):
                days.append(read_moment(moment, valid.agency.zone).start.date())
    return min(days)

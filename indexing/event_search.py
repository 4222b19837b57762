"""Reading events of one view from their index: as they lay on their topic, nothing added."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from indexing.derived_search import Listed, follow_redirects, search_documents
from indexing.elastic import Elastic
from indexing.errors import QueryRefusedError
from indexing.mappings import EVENTS
from streams.events import EventDocument

__all__ = ["EventFilters", "FoundEvent", "list_events", "read_event"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class EventFilters:
    """Which events: each filter that is set must hold. Days are local ones, YYYY-MM-DD, `until` not included.

    `place` is a corridor, a code, a state (US-TX), or words of the place's name. `confirmed`: by two independent
    origins or more.
    """

    place: str | None = None
    since: str | None = None
    until: str | None = None
    commodity: str | None = None
    agency: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event, live or withdrawn, and the ids that led to it: the one asked for first."""

    event: EventDocument
    followed: tuple[str, ...] = ()


async def list_events(
    elastic: Elastic, view: str, filters: EventFilters | None = None, *, prefix: str = "", size: int = 20
) -> Listed:
    """The events (`EventDocument`), the latest first, those without a time last. Raises QueryRefusedError."""
    sort: list[dict[str, Any]] = [{"when": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]
    return await search_documents(elastic, EVENTS, view, make_query(filters or EventFilters()), sort, size, prefix)


async def read_event(elastic: Elastic, view: str, wanted: str, *, prefix: str = "") -> FoundEvent:
    """The event that a report is told of in, by its document id or the first characters of that; the event's own id is
    that of its first report. Raises DerivedUnknownError.
    """
    event, followed = await follow_redirects(elastic, EVENTS, view, wanted, prefix)
    return FoundEvent(cast(EventDocument, event), followed)


def make_query(filters: EventFilters) -> dict[str, Any]:
    """The filters in Elasticsearch's language. Raises QueryRefusedError for what is no day."""
    clauses: list[dict[str, Any]] = [
        {"term": {field: value}}
        for field, value in (("commodities", filters.commodity), ("agencies", filters.agency))
        if value is not None
    ]
    days = {name: _check_day(day) for name, day in (("gte", filters.since), ("lt", filters.until)) if day is not None}
    if days:
        clauses.append({"range": {"day": days}})
    if filters.confirmed:
        clauses.append({"range": {"origins": {"gte": 2}}})
    if filters.place is not None:
        place = filters.place.strip()
        named = ("areas", "place.corridor", "place.code", "place.municipality", "place.state")
        fits: list[dict[str, Any]] = [{"term": {field: value}} for field in named for value in {place, place.lower()}]
        fits.append({"match": {"place.name.text": {"query": place, "operator": "and"}}})
        clauses.append({"bool": {"should": fits, "minimum_should_match": 1}})
    return {"bool": {"filter": clauses}}


def _check_day(day: str) -> str:
    try:
        if _DAY.fullmatch(day):
            return date.fromisoformat(day).isoformat()
    except ValueError:
        pass
    raise QueryRefusedError(f"{day!r} is no day: write it as YYYY-MM-DD.")

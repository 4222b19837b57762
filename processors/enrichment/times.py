"""Enrichers of times."""

from datetime import timedelta
from typing import Literal, get_args

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.moments import Interval, read_moment, to_span
from streams.contracts import CaseEvent, Moment, SeizureReport
from streams.envelope import format_time
from streams.reports import Span

__all__ = ["enrich_count_basis", "enrich_times", "enrich_when"]

_KEEPS_AGENCY_ZONE = frozenset({"period", "published"})
_ZONES_SOURCE = "IANA time zone database"
_Name = Literal["occurred", "seized", "period", "reported", "published"]
_SORTED_BY: tuple[_Name, ...] = get_args(_Name)


def enrich_times(draft: Draft) -> list[Finding]:
    """Each time of the record as an interval in UTC, as long as the record is precise; the zone is the record's own,
    else that of the port or state where it happened, else the publishing agency's, a guess by up to three hours where
    a federal agency's records span zones. Periods keep the agency's, so that all its totals share boundaries, and news
    was published where its publisher is.
    """
    event = draft.event
    moments: tuple[tuple[str, Moment | None], ...]
    if isinstance(event, SeizureReport):
        moments = (
            ("occurred", event.occurred),
            ("seized", event.seized),
            ("reported", event.reported),
            ("period", event.period),
        )
    elif isinstance(event, CaseEvent):
        moments = (("occurred", event.occurred), ("reported", event.reported))
    else:
        moments = (("published", event.published),)
    found: list[Finding] = []
    for name, moment in moments:
        if moment is not None:
            place_zone = None if name in _KEEPS_AGENCY_ZONE else _find_place_zone(draft)
            interval = read_moment(moment, draft.agency.zone, place_zone)
            fields, how, source = _origin(name, interval, draft)
            found.append(finding(("times", name), to_span(interval), fields, how, source))
    return found


def _find_place_zone(draft: Draft) -> str | None:
    """The zone of the resolved port, else of the resolved state if that lies in one zone."""
    place = draft.facts.get("place")
    if place is None:
        return None
    tables = draft.reference.places
    # A point carries the code of the port named beside it.
    if place["kind"] in {"port", "point"} and (port := tables.ports.get(place.get("code", ""))) is not None:
        return port.zone
    state = tables.states.get(place.get("state", ""))
    return state.zone if state is not None else None


def _origin(name: str, interval: Interval, draft: Draft) -> tuple[tuple[str, ...], str, str]:
    """Fields, rule and source of a time."""
    if interval.zone_from == "place":
        place = "operation.place" if draft.event.place is None else "place"
        return (name, place), f"{interval.how}_zone_of_place", _ZONES_SOURCE
    guessed = interval.zone_from == "agency" and name != "period" and draft.agency.level == "federal"
    if guessed and interval.precision in {"hour", "minute", "second"}:
        return (name,), f"{interval.how}_zone_guessed_from_agency", ""
    return (name,), interval.how, ""


def enrich_when(draft: Draft) -> list[Finding]:
    """The time to sort by: when it occurred, else when it was seized, else the period, else when it was reported or
    published, else when the record was received.
    """
    times = draft.facts["times"]
    for name in _SORTED_BY:
        span = times.get(name)
        if span is not None:
            return [finding(("when",), span, (name,), name), finding(("when_of",), name)]
    start = draft.received.replace(microsecond=0)
    received: Span = {
        "start": format_time(start),
        "end": format_time(start + timedelta(seconds=1)),
        "precision": "second",
        "zone": "UTC",
        "zone_from": "broker",
    }
    return [finding(("when",), received, (), "received"), finding(("when_of",), "received")]


def enrich_count_basis(draft: Draft) -> list[Finding]:
    """What the figures count (one incident, all of a period, a running total) and how many events are in them, as the
    record says.
    """
    if not isinstance(draft.event, SeizureReport):
        return []
    found = [finding(("count_basis",), draft.event.count_basis, ("count_basis",))]
    if draft.event.event_count is not None:
        found.append(finding(("event_count",), draft.event.event_count, ("event_count",)))
    return found

"""Enrichers of times."""

from collections.abc import Iterator
from datetime import timedelta

from processors.enrichment.draft import Draft, Finding
from processors.enrichment.moments import read_moment, to_span
from streams.contracts import CaseEvent, Moment, NewsItem
from streams.envelope import format_time
from streams.reports import Span

__all__ = ["enrich_count_basis", "enrich_times", "enrich_when"]


def enrich_times(draft: Draft) -> Iterator[Finding]:
    """Each time of the record as an interval in UTC, as long as the record is precise; the zone is the record's own, or
    the publishing agency's where the record names none.
    """
    event = draft.event
    moments: tuple[tuple[str, Moment | None], ...]
    if isinstance(event, NewsItem):
        moments = (("published", event.published),)
    elif isinstance(event, CaseEvent):
        moments = (("occurred", event.occurred), ("reported", event.reported))
    else:
        moments = (
            ("occurred", event.occurred),
            ("seized", event.seized),
            ("reported", event.reported),
            ("period", event.period),
        )
    for name, moment in moments:
        if moment is not None:
            interval = read_moment(moment, draft.agency.zone)
            yield Finding(("times", name), to_span(interval), (name,), interval.how)


def enrich_when(draft: Draft) -> Iterator[Finding]:
    """The time to sort by: when it occurred, else when it was seized, else the period, else when it was reported or
    published, else when the record was received.
    """
    times = draft.facts["times"]
    span: Span | None
    for name, span in (
        ("occurred", times.get("occurred")),
        ("seized", times.get("seized")),
        ("period", times.get("period")),
        ("reported", times.get("reported")),
        ("published", times.get("published")),
    ):
        if span is not None:
            yield Finding(("when",), span, (name,), name)
            yield Finding(("when_of",), name)
            return
    start = draft.received.replace(microsecond=0)
    received: Span = {
        "start": format_time(start),
        "end": format_time(start + timedelta(seconds=1)),
        "precision": "second",
        "zone": "UTC",
        "zone_from": "broker",
    }
    yield Finding(("when",), received, (), "received")
    yield Finding(("when_of",), "received")


def enrich_count_basis(draft: Draft) -> Iterator[Finding]:
    """What the figures count (one incident, all of a period, a running total) and how many events are in them, as the
    record says.
    """
    if isinstance(draft.event, NewsItem | CaseEvent):
        return
    yield Finding(("count_basis",), draft.event.count_basis, ("count_basis",))
    if draft.event.event_count is not None:
        yield Finding(("event_count",), draft.event.event_count, ("event_count",))

"""The story's books: every event as published, and which identifiers its author wrote into it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.story.marks import Json, Mark, find_marks

__all__ = ["ALL_VIEWS", "Ledger", "Published", "ReportKey", "format_utc"]

ALL_VIEWS = ("joint", "us", "mx")
TYPES = {"seizure": "puente.seizure.v1", "case": "puente.case.v1", "news": "puente.news.v1"}

ReportKey = tuple[str, str]
"""Agency and report id."""


def format_utc(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(written: str) -> datetime:
    return datetime.strptime(f"2026-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """One line of the scenario; `line` is the story line that its author had in mind.

    `time` is the envelope's time of publication; `sent` is when the line reaches Kafka: later for a retry or a stray.
    """

    agency: str
    kind: str
    event_id: str
    time: datetime
    event: Json
    line: str | None
    about: str | None
    sent: datetime

    @property
    def key(self) -> ReportKey:
        """Which report this is an event of."""
        return self.agency, self.event["report_id"]

    @property
    def views(self) -> tuple[str, ...]:
        """The views that the event is released to."""
        return tuple(self.event["handling"]["releasable_to"])

    @property
    def order(self) -> tuple[int, datetime]:
        """Revisions by number, or by time of publication where there is none."""
        return self.event.get("revision", 0), self.time

    @property
    def retracted(self) -> bool:
        """Whether the event takes the report back."""
        return "retraction" in self.event

    def marks(self) -> list[Mark]:
        """What the author wrote into it."""
        return find_marks(self.event)

    def row(self) -> Json:
        """The NDJSON line."""
        return {
            "agency": self.agency,
            "type": TYPES[self.kind],
            "id": self.event_id,
            "time": format_utc(self.time),
            "event": self.event,
        }


@dataclass(slots=True)
class Ledger:
    """Collects what is published; times are written `03-04 15:12` (UTC, 2026)."""

    _lines: list[Published] = field(default_factory=list)

    def publish(
        self,
        kind: str,
        agency: str,
        report_id: str,
        time: str,
        /,
        *,
        line: str | None = None,
        about: str | None = None,
        views: tuple[str, ...] = ALL_VIEWS,
        tlp: str = "GREEN",
        revision: int | None = None,
        sent: str | None = None,
        **content: Any,
    ) -> Published:
        """Publish an event of a report; `about` names the happening that a report or news item tells of."""
        head: Json = {"report_id": report_id, "exercise": True, "handling": {"tlp": tlp, "releasable_to": list(views)}}
        if revision is not None:
            head["revision"] = revision
        earlier = sum((found.agency, found.event["report_id"]) == (agency, report_id) for found in self._lines)
        event_id = f"{report_id}/{earlier + 1}"
        moments = _moment(time), _moment(sent or time)
        self._lines.append(Published(agency, kind, event_id, moments[0], head | content, line, about, moments[1]))
        return self._lines[-1]

    def retract(self, of: Published, time: str, reason: str, revision: int | None = None) -> Published:
        """Take a report back, in the same views."""
        return self.publish(
            of.kind,
            *of.key,
            time,
            line=of.line,
            views=of.views,
            tlp=of.event["handling"]["tlp"],
            revision=revision,
            retraction={"reason": reason},
        )

    def correct(self, of: Published, time: str, **changes: Any) -> Published:
        """Publish the report again with some fields changed; a report with revisions counts one up."""
        kept = {key: part for key, part in of.event.items() if key not in {"report_id", "exercise", "handling"}}
        if "revision" in kept:
            kept["revision"] += 1
        extra: Json = {"line": of.line, "about": of.about, "views": of.views, "tlp": of.event["handling"]["tlp"]}
        return self.publish(of.kind, *of.key, time, **(extra | kept | changes))

    def repeat(self, of: Published, minutes: int, *, same_id: bool = True) -> None:
        """Publish the very same event once more, `minutes` later: a retry (same id) or a second export (new id)."""
        sent = of.sent + timedelta(minutes=minutes)
        event_id = of.event_id if same_id else f"{of.event_id}/again"
        self._lines.append(replace(of, event_id=event_id, time=of.time if same_id else sent, sent=sent))

    def lines(self) -> list[Published]:
        """Everything in the order of sending; events of one minute keep the order of writing."""
        return sorted(self._lines, key=lambda found: found.sent)

    def current(self) -> dict[ReportKey, Published]:
        """The winning event of each report."""
        winners: dict[ReportKey, Published] = {}
        for found in self.lines():
            held = winners.get(found.key)
            if held is None or found.order >= held.order:
                winners[found.key] = found
        return winners

    def live(self, view: str | None = None) -> Iterator[Published]:
        """The winners that are not retracted, of one view or of all."""
        for found in self.current().values():
            if not found.retracted and (view is None or view in found.views):
                yield found

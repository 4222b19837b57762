"""The books of a scenario: every event as published, and what its author knows of it."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.scenarios.marks import Json

__all__ = ["Book", "Entry", "Line", "report_key"]

TYPES = {"seizure": "puente.seizure.v1", "case": "puente.case.v1", "news": "puente.news.v1"}
_IDS = {"bridge-customs": "BC-26-{:06}", "arms-trace": "RATC-{:06}", "lone-star-patrol": "LSP/26/{:06}",
        "mesquite-da": "MCDA-{:06}", "fiscalia-norte": "FFN-{:06}-2026", "guardia-caminos": "GFC-{:06}",
        "policia-rio": "PR-{:06}-2026", "mesa-prensa": "nota-{:06}"}  # fmt: skip
_LAST = datetime(2026, 6, 30, tzinfo=UTC)
"""Nothing is published after that day."""


def report_key(agency: str, report_id: str) -> str:
    """How the truth names a report."""
    return f"{agency}/{report_id}"


@dataclass(frozen=True, slots=True)
class Line:
    """One published event; `time` is the envelope's, `sent` orders the file."""

    agency: str
    kind: str
    event_id: str
    time: datetime
    sent: datetime
    event: Json

    @property
    def key(self) -> str:
        """Which report this is an event of."""
        return report_key(self.agency, self.event["report_id"])

    def row(self) -> Json:
        """The NDJSON line."""
        time = self.time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"agency": self.agency, "type": TYPES[self.kind], "id": self.event_id, "time": time, "event": self.event}


@dataclass(slots=True)
class Entry:
    """A report: the line that counts, whether it stands, what happened (`event`), noise and bait in it."""

    line: Line
    event: str | None
    noise: list[str]
    bait: list[str] = field(default_factory=list)
    live: bool = True


@dataclass(slots=True)
class Book:
    """Collects what is published until `size` reports are there."""

    size: int
    entries: dict[str, Entry] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    baits: dict[str, list[str]] = field(default_factory=dict)
    """Bait that no mark carries, by its group: `port_day_drug-3` -> reports."""
    _counts: dict[str, int] = field(default_factory=dict)
    _at: dict[str, int] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether all reports are there."""
        return len(self.entries) >= self.size

    def publish(
        self,
        agency: str,
        kind: str,
        content: Json,
        happened: datetime,
        delay: timedelta,
        *,
        event: str | None = None,
        noise: list[str] | None = None,
        bait: str | None = None,
    ) -> Entry | None:
        """A new report of something that `happened` (UTC); None if the book is full."""
        if self.full:
            return None
        number = self._counts[agency] = self._counts.get(agency, 0) + 1
        report_id = _IDS[agency].format(number)
        head: Json = {"report_id": report_id, "exercise": True,
                      "handling": {"tlp": "GREEN", "releasable_to": ["joint", "us", "mx"]}}  # fmt: skip
        time = min(happened + delay, _LAST)
        line = Line(agency, kind, f"{report_id}/1", time, time, deepcopy(head | content))
        entry = Entry(line, event, noise or [])
        self.entries[line.key] = entry
        self._at[line.key] = len(self.lines)
        self.lines.append(line)
        if bait is not None:
            self.add_bait(bait, line.key)
        return entry

    def add_bait(self, group: str, key: str) -> None:
        """Note that a report belongs to a group of bait."""
        self.baits.setdefault(group, []).append(key)

    def revise(self, entry: Entry, first: Json, later: timedelta, *, numbered: bool) -> None:
        """Let a report have said `first` at its time, and what counts only `later`."""
        held = entry.line
        at = self._at[held.key]
        final = held.event | ({"revision": 2} if numbered else {})
        first = first | ({"revision": 1} if numbered else {})
        self.lines[at] = replace(held, event=first)
        time = min(held.time + later, _LAST + timedelta(days=1))
        entry.line = replace(held, event_id=f"{held.event['report_id']}/2", time=time, sent=time, event=final)
        self.lines.append(entry.line)

    def retract(self, entry: Entry, later: timedelta) -> None:
        """Take a report back."""
        held = entry.line
        english = held.event.get("narrative", {}).get("language") != "es-MX"
        reason = "Entered twice (fictional)." if english else "Registro equivocado (ficticio)."
        event = {key: held.event[key] for key in ("report_id", "exercise", "handling")}
        event["retraction"] = {"reason": reason}
        if "revision" in held.event:
            event["revision"] = held.event["revision"] + 1
        time = min(held.time + later, _LAST + timedelta(days=2))
        entry.line = replace(held, event_id=f"{held.event['report_id']}/r", time=time, sent=time, event=event)
        entry.live = False
        self.lines.append(entry.line)

    def first(self, key: str) -> Line:
        """The first line of a report."""
        return self.lines[self._at[key]]

    def repeat(self, line: Line, later: timedelta, *, same_id: bool) -> None:
        """Send the very same event once more: a retry (same id and time), or a second export (another id)."""
        sent = min(line.sent + later, _LAST + timedelta(days=3))
        again = replace(line, sent=sent) if same_id else replace(line, event_id=f"{line.event_id}/again", sent=sent)
        self.lines.append(again)

    def in_order(self) -> Iterator[Line]:
        """Everything in the order of sending."""
        yield from sorted(self.lines, key=lambda line: line.sent)

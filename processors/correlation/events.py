"""Which reports tell of one event: the rules by which links of one event join groups. Pure.

Not every link does: it must rest on a seizure told twice or on a copied text (`processors.correlation.scoring`,
`tells_one_event`), and be as probable as a strong one. It need not be strong, for no network follows from it.
"""

from collections.abc import Callable, Set
from typing import Any, NamedTuple

from processors.correlation.features_events import EVENT_WITHIN_S, NEWS_WITHIN_S
from processors.correlation.grouping import Apart, Camp, Edge
from processors.correlation.moments import seconds
from processors.correlation.scoring import Weighed, tells_one_event
from streams.facts import ComparisonRecord

__all__ = ["EventRules", "Telling", "are_one_event", "may_be_one_event", "read_telling", "tells_alone", "tells_one"]


def tells_one(record: ComparisonRecord) -> bool:
    """Whether a record may be in an event: it stands, and is no total over a period."""
    return record["live"] and record.get("count_basis", "incident") == "incident"


def tells_alone(record: ComparisonRecord) -> bool:
    """Whether a record is an event if nothing else tells of it. A news item that tells no amount is none: most of what
    newspapers print is no seizure.
    """
    return tells_one(record) and (record["kind"] != "news" or bool(record.get("told")) or bool(record.get("items")))


class Telling(NamedTuple):
    """What the rules ask of one record. `slot` is what an event has room for once: agency and kind, None for news.

    `start` and `end` are seconds since 1970; without a time, a record goes with any other.
    """

    slot: tuple[str, str] | None
    start: float
    end: float


_ALWAYS = float("inf")


def read_telling(record: ComparisonRecord) -> Telling:
    """What the rules ask of a record."""
    slot = None if record["kind"] == "news" else (record["agency"], record["kind"])
    if "when" not in record:
        return Telling(slot, -_ALWAYS, _ALWAYS)
    return Telling(slot, seconds(record["when"]["start"]), seconds(record["when"]["end"]))


class _Told(NamedTuple):
    """A group: who must stay apart, the slots that are taken, and of all records and of those of agencies alone the
    latest start and the earliest end.
    """

    camp: Camp
    slots: set[tuple[str, str]]
    start: float
    end: float
    official_start: float
    official_end: float


class EventRules:
    """Two records may be told of one event

    - unless an analyst judged them different,
    - unless they are of one agency and kind: an agency that files two reports tells of two events (news excepted: one
      desk collects what many newspapers print, copies among it),
    - and if their times lie no further apart than those of one event may (`EVENT_WITHIN_S`, `NEWS_WITHIN_S`). It holds
      for any two of an event, so that chains of reports can't roll on from day to day.
    """

    def __init__(self, apart: Apart, telling: Callable[[str], Telling], rank: Callable[[Edge], Any]) -> None:
        """`telling` gives what is asked of a report, `rank` what its edges are sorted by."""
        self._apart = apart
        self._telling = telling
        self.rank = rank

    @staticmethod
    def bind(members: Set[str]) -> bool:
        """Of two records nothing is asked: a link of one event is one that the rules allow."""
        return len(members) > 2

    def begin(self, member: str) -> _Told:
        """A record alone."""
        slot, start, end = self._telling(member)
        camp = self._apart.begin(member)
        if slot is None:
            return _Told(camp, set(), start, end, -_ALWAYS, _ALWAYS)
        return _Told(camp, {slot}, start, end, start, end)

    @staticmethod
    def join(ours: _Told, theirs: _Told) -> _Told | None:
        """Both together, or None."""
        start, end = max(ours.start, theirs.start), min(ours.end, theirs.end)
        official = max(ours.official_start, theirs.official_start), min(ours.official_end, theirs.official_end)
        if start - end > NEWS_WITHIN_S or official[0] - official[1] > EVENT_WITHIN_S:
            return None
        if not ours.slots.isdisjoint(theirs.slots):
            return None
        camp = Apart.join(ours.camp, theirs.camp)
        return None if camp is None else _Told(camp, ours.slots | theirs.slots, start, end, *official)


def may_be_one_event(one: Telling, other: Telling) -> bool:
    """Whether two records may be told of one event, as far as the records say: the rules of `EventRules` for a pair."""
    if one.slot is not None and one.slot == other.slot:
        return False
    within = NEWS_WITHIN_S if None in (one.slot, other.slot) else EVENT_WITHIN_S
    return max(one.start, other.start) - min(one.end, other.end) <= within


def are_one_event(weighed: Weighed, one: ComparisonRecord, other: ComparisonRecord) -> bool:
    """Whether a pair may be told of one event: something speaks for it, and the rules allow it."""
    return (
        tells_one_event(weighed)
        and tells_one(one)
        and tells_one(other)
        and may_be_one_event(read_telling(one), read_telling(other))
    )

"""Networks and events of linked reports, kept up to date with each link and judgement that changes."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from processors.correlation.bridges import is_oversized, list_bridges
from processors.correlation.components import Components
from processors.correlation.event_documents import gone_event, summarise_event
from processors.correlation.events import EventRules, read_telling, tells_alone
from processors.correlation.grouping import Edge
from processors.correlation.members import Member, read_member
from processors.correlation.networks import gone_network, summarise_network
from processors.correlation.recent import Recent
from processors.correlation.scoring import STRONG_SCORE
from processors.correlation.ties import Tie
from processors.correlation.verdicts import Verdicts
from streams.events import EventDocument
from streams.facts import ComparisonRecord
from streams.judgements import Verdict
from streams.links import NetworkDocument, link_id

__all__ = ["Groups", "Joins", "decide_joins", "rank_link"]


_MOST_MEMBERS = 8_192
"""Members of networks that are kept ready to be summed up, up to twice as many; about 3 kB each."""


class Joins(NamedTuple):
    """Whether a link joins its reports to a network, and whether to an event."""

    network: bool
    event: bool


def decide_joins(tie: Tie | None, verdict: Verdict | None) -> Joins:
    """What a link joins: as strong as it is, unless it was judged.

    `different` joins nothing. `same` joins networks as if strong, however weak the evidence, as long as there is a link
    at all. It joins an event too if anything speaks for one, for two reports may be of one crew and of two loads.
    """
    if tie is None or verdict == "different":
        return Joins(network=False, event=False)
    if verdict == "same":
        return Joins(network=True, event=tie.same_event)
    return Joins(tie.strength == "strong", tie.same_event and tie.score >= STRONG_SCORE)


def rank_link(edge: Edge, score: float, verdict: Verdict | None) -> tuple[bool, float, str]:
    """What links are sorted by where groups must be kept apart: those that were judged the same first, then by score;
    the id settles what is equal.
    """
    return verdict == "same", score, link_id(*edge)


class _NetworkRules:
    """Networks keep nothing apart but what was judged different."""

    def __init__(self, verdicts: Verdicts, rank: Callable[[Edge], Any]) -> None:
        self.bind = verdicts.apart.bind
        self.begin = verdicts.apart.begin
        self.join = verdicts.apart.join
        self.rank = rank


class _Pending:
    """Edges of one kind of groups that are to be added and taken away."""

    def __init__(self, rules: Any, once: Iterable[str] = ()) -> None:
        self.groups = Components(once, rules)
        self.added: list[Edge] = []
        self.removed: list[Edge] = []

    def place(self, edge: Edge, joins: bool) -> None:
        if joins != (edge[1] in self.groups.neighbours(edge[0])):
            (self.added if joins else self.removed).append(edge)

    def take(self) -> tuple[list[Edge], list[Edge]]:
        taken = self.removed, self.added
        self.removed, self.added = [], []
        return taken


class Groups:
    """The networks and events of an engine, and which of their documents are to be written."""

    def __init__(
        self,
        verdicts: Verdicts,
        *,
        read: Callable[[str], ComparisonRecord],
        score: Callable[[Edge], float],
        is_hub: Callable[[str], bool],
        once: Iterable[str] = (),
    ) -> None:
        """No links. `read` gives the current record of a report, `score` the score of a link, `is_hub` tells of a key
        whether too many carry it; `once` are the ids that networks had before a restart.
        """
        self._read = read
        self._score = score
        self._is_hub = is_hub

        def rank(edge: Edge) -> tuple[bool, float, str]:
            return rank_link(edge, score(edge), verdicts.verdict(edge))

        self._networks = _Pending(_NetworkRules(verdicts, rank), once)
        self._events = _Pending(EventRules(verdicts.apart, lambda report: read_telling(read(report)), rank))
        self._members: Recent[str, Member] = Recent(_MOST_MEMBERS)
        self._dirty_networks: dict[str, int] = {}
        self._dirty_events: dict[str, int] = {}

    def place(self, edge: Edge, joins: Joins) -> None:
        """Let a link join what it joins now; nothing happens before `settle`."""
        self._networks.place(edge, joins.network)
        self._events.place(edge, joins.event)

    def load(self) -> None:
        """Settle what was placed as what was there before: no document is to be written."""
        for pending in (self._networks, self._events):
            pending.groups.change(*pending.take())

    def settle(
        self,
        stirred: Iterable[str],
        offset: int,
        *,
        revised: str | None = None,
        told: bool = False,
        recounted: Iterable[str] = (),
    ) -> set[str]:
        """Join and part what was placed; returns ids that are networks' for the first time.

        `stirred` are the reports of all links that changed, in strength, score or judgement. `revised` is the report
        whose record changed, `told` whether it told of an event before or does now; `recounted` carry a value that has
        become a hub or is none any more.
        """
        stirred = set(stirred)
        moved = self._settle_events(stirred)
        self._dirty_events.update(dict.fromkeys(moved, offset))
        if revised is not None:
            self._members.forget(revised)
            head = self._events.groups.head(revised)
            if head is not None or told:
                self._dirty_events[head or revised] = offset
        networks = self._networks.groups
        affected, new = networks.change(*self._networks.take(), stirred)
        shown = stirred.union(moved, recounted)
        affected.update(head for report in shown if (head := networks.head(report)) is not None)
        self._dirty_networks.update(dict.fromkeys(affected, offset))
        return new

    def _settle_events(self, stirred: set[str]) -> set[str]:
        """The reports that stand in another event than before, or in one with other reports."""
        events = self._events.groups
        removed, added = self._events.take()
        ends = stirred.union(*removed, *added)
        before = events.groups_around(ends)
        if not before and not added:
            return set()
        events.change(removed, added, stirred)
        return set().union(*(before ^ events.groups_around(ends)))

    def drain(self) -> tuple[dict[str, NetworkDocument], dict[str, EventDocument]]:
        """The last document of each network and event that changed since the last call, by id, sorted."""
        networks = {
            name: self._render_network(name, self._dirty_networks[name]) for name in sorted(self._dirty_networks)
        }
        events = {name: self._render_event(name, self._dirty_events[name]) for name in sorted(self._dirty_events)}
        self._dirty_networks, self._dirty_events = {}, {}
        return networks, events

    def networks(self) -> dict[str, NetworkDocument]:
        """All live networks by id, with version 0: for comparing with the oracle."""
        return {head: self._render_network(head, 0) for head in self._networks.groups.heads()}

    def events(self, reports: Iterable[str]) -> dict[str, EventDocument]:
        """All live events of these reports by id, with version 0: for comparing with the oracle."""
        told = {report: self._render_event(report, 0) for report in reports}
        return {name: event for name, event in told.items() if event["state"] == "live"}

    def _render_network(self, name: str, version: int) -> NetworkDocument:
        networks = self._networks.groups
        head = networks.head(name)
        if head != name:
            return gone_network(name, version, head)
        members = networks.members(name)
        event_of = {member: event for member in members if (event := self._events.groups.head(member)) is not None}
        return summarise_network(
            [self._member(member) for member in members],
            len(networks.edges(members)),
            self._is_hub,
            version,
            read=self._read,
            event_of=event_of,
            bridges=list_bridges(members, networks.neighbours, self._score) if is_oversized(len(members)) else (),
        )

    def _member(self, report: str) -> Member:
        member = self._members.get(report)
        if member is None:
            member = read_member(self._read(report))
            self._members.put(report, member)
        return member

    def _render_event(self, name: str, version: int) -> EventDocument:
        head = self._events.groups.head(name)
        if head is None:
            record = self._read(name)
            return summarise_event([record], version) if tells_alone(record) else gone_event(name, version, None)
        if head != name:
            return gone_event(name, version, head)
        return summarise_event([self._read(member) for member in self._events.groups.members(name)], version)

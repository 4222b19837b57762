"""The correlation engine: one comparison record after the other, links and networks always as of the set so far.

Everything follows from the current record of each report and, for old ids, from the networks that once were; only
these two are kept (`Changes.rows`). So whatever the order, duplication or restarts, the same set gives the same live
links and networks as `processors.correlation.batch`.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import orjson

from processors.correlation.components import Components, Edge
from processors.correlation.facts import encode_record, supersedes
from processors.correlation.keys import LIMITS, Limits, blocking_keys
from processors.correlation.links import compare, withdrawn_link
from processors.correlation.networks import gone_network, summarise_network
from processors.correlation.postings import Postings
from processors.correlation.scoring import weigh
from processors.correlation.sides import Side, make_side
from streams.facts import ComparisonRecord
from streams.links import LinkDocument, NetworkDocument, Strength

__all__ = ["NETWORK_ROW", "RECORD_ROW", "Changes", "Engine"]

RECORD_ROW = b"r/"
"""Prefix of the key of a report's current record; a retraction keeps its row, so that an older revision stays out."""
NETWORK_ROW = b"n/"
"""Prefix of the key of an id that is, or was, a network's."""


_MOST_SIDES = 4_096
"""Records that are kept decoded; about 30 MB."""


class Changes(NamedTuple):
    """What changed since the last time: the last document of each link and network by id, and the rows to keep."""

    links: dict[str, LinkDocument]
    networks: dict[str, NetworkDocument]
    rows: dict[bytes, bytes]


class _Held:
    """A report's current version. The record itself stays as bytes: a third of the memory of dictionaries."""

    __slots__ = ("keys", "raw", "received", "version")

    def __init__(self, version: int, received: str, raw: bytes, keys: tuple[str, ...]) -> None:
        self.version = version
        self.received = received
        self.raw = raw
        self.keys = keys


class Engine:
    """Links and networks of one view, in memory."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        """Nothing seen."""
        self._limits = limits
        self._held: dict[str, _Held] = {}
        self._postings = Postings()
        self._links: dict[str, dict[str, Strength]] = {}
        self._components = Components()
        self._sides: dict[bytes, Side] = {}
        self._dirty_links: dict[Edge, LinkDocument] = {}
        self._dirty_networks: dict[str, int] = {}
        self._dirty_rows: dict[bytes, bytes] = {}

    def __len__(self) -> int:
        """Reports seen, retracted ones included."""
        return len(self._held)

    def apply(self, record: ComparisonRecord, offset: int) -> Changes:
        """Take one record in, and return what it changed; nothing if it, or a later version, was taken in before.

        `offset` is the record's on `facts.<view>`; it becomes the version of every document that changes.
        """
        self.absorb(record, offset)
        return self.drain()

    def absorb(self, record: ComparisonRecord, offset: int) -> bool:
        """Take one record in, to `drain` later; False if it changes nothing."""
        report = record["id"]
        raw = encode_record(record)
        new = _Held(record["version"], record.get("received", ""), raw, blocking_keys(record))
        held = self._held.get(report)
        if held is not None and not supersedes(
            (new.version, new.received, new.raw), (held.version, held.received, held.raw)
        ):
            return False
        self._held[report] = new
        self._dirty_rows[RECORD_ROW + report.encode()] = raw
        pairs, met = self._file(report, held.keys if held is not None else (), new.keys)
        self._evaluate(pairs | met, met, report, offset)
        return True

    def drain(self) -> Changes:
        """The last document of everything that changed since the last call, sorted by id.

        Each stands as it stood after the record whose offset is its version: nothing in it changed later. So a batch
        may be cut anywhere.
        """
        links = {document["id"]: document for document in self._dirty_links.values()}
        networks = {name: self._render(name, version) for name, version in self._dirty_networks.items()}
        changes = Changes(
            {name: links[name] for name in sorted(links)},
            {name: networks[name] for name in sorted(networks)},
            self._dirty_rows,
        )
        self._dirty_links, self._dirty_networks, self._dirty_rows = {}, {}, {}
        return changes

    @classmethod
    def restore(cls, rows: Iterable[tuple[bytes, bytes]], limits: Limits = LIMITS) -> "Engine":
        """The engine that returned these rows (the last value of each key, in any order); other keys are ignored."""
        engine = cls(limits)
        once: list[str] = []
        for key, value in rows:
            if key.startswith(NETWORK_ROW):
                once.append(key.removeprefix(NETWORK_ROW).decode())
            elif key.startswith(RECORD_ROW):
                record: ComparisonRecord = orjson.loads(value)
                keys = blocking_keys(record)
                report = record["id"]
                engine._held[report] = _Held(record["version"], record.get("received", ""), value, keys)
                for one in keys:
                    engine._postings.add(one, report)
        engine._components = Components(once)
        strong: list[Edge] = []
        for report, held in engine._held.items():
            partners = {other for key in held.keys for other in engine._partners(key) if other > report}
            if not partners:
                continue
            left = engine._side(report)
            for other in partners:
                weighed = weigh(left, engine._side(other))
                if weighed is not None and engine._note(report, other, weighed.strength) == "strong":
                    strong.append((report, other))
        engine._components.change((), strong)
        return engine

    def links(self) -> dict[str, LinkDocument]:
        """All live links by id, with version 0: for comparing with the oracle."""
        documents = (
            compare(self._side(left), self._side(right))
            for left, others in self._links.items()
            for right in others
            if left < right
        )
        return {document["id"]: document for document in documents if document is not None}

    def networks(self) -> dict[str, NetworkDocument]:
        """All live networks by id, with version 0: for comparing with the oracle."""
        return {head: self._render(head, 0) for head in self._components.heads()}

    # -- pairs ------------------------------------------------------------------------------------------------

    def _file(self, report: str, old: tuple[str, ...], new: tuple[str, ...]) -> tuple[set[Edge], set[Edge]]:
        """Move a report from its old keys to its new ones; returns all pairs whose link may have changed by that, and
        those of them that surely meet under a key.
        """
        met: set[Edge] = set()
        pairs = {_edge(report, other) for other in self._links.get(report, ())}
        for key in set(old) - set(new):
            # What the key stands for is rarer by a class: it counts more for all who carry it.
            if self._postings.remove(key, report) in self._limits:
                pairs.update(combinations(sorted(self._postings.under(key)), 2))
        kept = set(old)
        for key in new:
            if key not in kept and self._postings.add(key, report) - 1 in self._limits:
                pairs.update(combinations(sorted(self._postings.under(key)), 2))
        # Only now, for a key may have become a hub meanwhile.
        for key in new:
            met.update(_edge(report, other) for other in self._partners(key) if other != report)
        return pairs, met

    def _partners(self, key: str) -> Iterable[str]:
        return () if self._is_hub(key) else self._postings.under(key)

    def _is_hub(self, key: str) -> bool:
        return self._postings.count(key) > self._limits.paired

    def _side(self, report: str) -> Side:
        """The current record ready for comparison. Those asked for last are kept: partners come again and again."""
        raw = self._held[report].raw
        found = self._sides.get(raw)
        if found is None:
            if len(self._sides) >= _MOST_SIDES:
                self._sides.clear()
            found = self._sides[raw] = make_side(orjson.loads(raw), self._postings.count, self._limits)
        return found

    def _evaluate(self, pairs: set[Edge], met: set[Edge], report: str, offset: int) -> None:
        removed: list[Edge] = []
        added: list[Edge] = []
        touched = {report}
        for pair in pairs:
            left, right = pair
            before = self._links.get(left, {}).get(right)
            document: LinkDocument | None = None
            if pair in met or self._meet(left, right):
                document = compare(self._side(left), self._side(right), offset)
            if document is None and before is None:
                continue
            after = self._note(left, right, document["strength"] if document is not None else None)
            self._dirty_links[pair] = document or withdrawn_link(left, right, offset)
            touched.update(pair)
            if before == "strong" and after != "strong":
                removed.append(pair)
            elif after == "strong" and before != "strong":
                added.append(pair)
        affected, new = self._components.change(removed, added)
        affected.update(head for end in touched if (head := self._components.head(end)) is not None)
        self._dirty_networks.update(dict.fromkeys(affected, offset))
        self._dirty_rows.update({NETWORK_ROW + name.encode(): b"1" for name in new})

    def _meet(self, left: str, right: str) -> bool:
        """Whether both are filed under one key that is no hub."""
        ours, theirs = self._held[left].keys, self._held[right].keys
        return any(not self._is_hub(key) for key in set(ours).intersection(theirs))

    def _note(self, left: str, right: str, strength: Strength | None) -> Strength | None:
        for one, other in ((left, right), (right, left)):
            if strength is not None:
                self._links.setdefault(one, {})[other] = strength
            elif one in self._links:
                self._links[one].pop(other, None)
                if not self._links[one]:
                    del self._links[one]
        return strength

    # -- networks ---------------------------------------------------------------------------------------------

    def _render(self, name: str, version: int) -> NetworkDocument:
        head = self._components.head(name)
        if head != name:
            return gone_network(name, version, head)
        members = self._components.members(name)
        links = sum(len(self._components.neighbours(member)) for member in members) // 2
        records: list[ComparisonRecord] = [orjson.loads(self._held[member].raw) for member in members]
        return summarise_network(records, links, self._is_hub, version)


def _edge(one: str, other: str) -> Edge:
    return (one, other) if one < other else (other, one)

"""The correlation engine: one record after the other; links, networks and events always as of the set so far.

Everything follows from the current record of each report, the judgements, and for old ids from the networks that once
were; only these, and what was made of them, are kept (`processors.correlation.rows`). So whatever the order,
duplication or restarts, the same set gives the same live documents as `processors.correlation.batch`.

In memory are the index of keys (`postings`, `meetings`), the ties of linked reports (`ties`), what was judged of them
(`verdicts`), and their networks and events (`groups`): numbers and hashes. Records are read from the rows when they are
compared (`records`).
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import orjson

from processors.correlation.events import tells_alone
from processors.correlation.facts import encode_record, supersedes
from processors.correlation.grouping import Edge
from processors.correlation.groups import Groups, decide_joins
from processors.correlation.keys import LIMITS, Limits, filing_keys, hash_key
from processors.correlation.links import describe, withdrawn_link
from processors.correlation.meetings import Filing, Meetings, Pair
from processors.correlation.postings import Postings
from processors.correlation.records import Records
from processors.correlation.restoring import Late, Restoring
from processors.correlation.rows import JUDGEMENT_ROW, NETWORK_ROW, Rows, rules_stamp, tie_row_key
from processors.correlation.scoring import Weighed, weigh
from processors.correlation.sides import Side, make_side
from processors.correlation.ties import Tie, Ties, encode_tie, make_tie
from processors.correlation.verdicts import Verdicts
from streams.events import EventDocument
from streams.facts import ComparisonRecord
from streams.judgements import JudgementRecord
from streams.links import LinkDocument, NetworkDocument
from streams.parsing import canonical_json

__all__ = ["Changes", "Engine"]


class Changes(NamedTuple):
    """What changed since the last time: the last document of each link, network and event by id, and the rows to keep;
    None deletes a row.
    """

    links: dict[str, LinkDocument]
    networks: dict[str, NetworkDocument]
    events: dict[str, EventDocument]
    rows: dict[bytes, bytes | None]


class Engine:
    """Links, networks and events of one view."""

    def __init__(self, limits: Limits = LIMITS, read: Callable[[bytes], bytes | None] | None = None) -> None:
        """Nothing seen. `read` gives the value of a row that was returned before; without it, rows are kept here."""
        self._limits = limits
        self._rows = Rows(read)
        self._records = Records(self._rows, self._make_side, rules_stamp(limits))
        self._postings = Postings()
        self._meetings = Meetings(self._records, self._postings, limits)
        self._ties = Ties()
        self._verdicts = Verdicts()
        self._groups = self._make_groups(())
        self.restoring = Restoring(self._rows, self._records, self._postings, self._ties)
        """Fill it before the first record, then call `stand`."""
        self._late = Late()
        self._dirty_links: dict[Pair, LinkDocument] = {}

    def __len__(self) -> int:
        """Reports seen, retracted ones included."""
        return len(self._records)

    def read_from(self, read: Callable[[bytes], bytes | None]) -> None:
        """Read rows that were returned before with `read` from now on."""
        self._rows.read_from(read)

    def apply(self, record: ComparisonRecord, offset: int) -> Changes:
        """Take one record in, and return what it changed; nothing if it, or a later version, was taken in before.

        `offset` is the record's on `facts.<view>`; it becomes the version of every document that changes.
        """
        self.absorb(record, offset)
        return self.drain()

    def absorb(self, record: ComparisonRecord, offset: int) -> bool:
        """Take one record in, to `drain` later; False if it changes nothing. It must not be changed afterwards."""
        raw = encode_record(record)
        number = self._records.find(record["id"])
        old: frozenset[int] = frozenset()
        told = tells_alone(record)
        if number is None:
            number = self._records.number(record["id"])
        else:
            held = self._records.filed(number)
            if not supersedes(_rank(record, raw), _rank(held.side.record, self._records.row(number).raw)):
                return False
            old = held.keys
            told = told or tells_alone(held.side.record)
        keys = filing_keys(record)
        self._records.put(number, record, keys, raw)
        filing = self._meetings.file(number, old, keys)
        stirred = self._evaluate(number, filing, offset)
        recounted = [self._records.ids[one] for one in filing.recounted]
        self._settle(stirred, offset, revised=record["id"], told=told, recounted=recounted)
        return True

    def judge(self, record: JudgementRecord, offset: int) -> bool:
        """Take a judgement in, to `drain` later; False if it changes nothing. It must not be changed afterwards.

        It holds for the two reports whenever they come and whatever becomes of them.
        """
        if not self._verdicts.put(record):
            return False
        self._rows.put(JUDGEMENT_ROW + record["id"].encode(), canonical_json(record))
        left, right = self._records.find(record["left"]), self._records.find(record["right"])
        if left is not None and right is not None and (tie := self._ties.get(left, right)) is not None:
            sides = self._meetings.sides(left, right)
            self._link(left, right, tie, weigh(*sides), offset, sides)
        self._settle((record["left"], record["right"]), offset)
        return True

    def drain(self) -> Changes:
        """The last document of everything that changed since the last call, sorted by id.

        Each stands as it stood after the record whose offset is its version: nothing in it changed later. So a batch
        may be cut anywhere.
        """
        links = {document["id"]: document for document in self._dirty_links.values()}
        networks, events = self._groups.drain()
        self._dirty_links = {}
        self._late.write(self._rows, self._records, self._ties)
        return Changes(
            {name: links[name] for name in sorted(links)},
            networks,
            events,
            self._rows.drain(),
        )

    @classmethod
    def restore(
        cls,
        rows: Iterable[tuple[bytes, bytes]],
        limits: Limits = LIMITS,
        read: Callable[[bytes], bytes | None] | None = None,
    ) -> "Engine":
        """The engine that returned these rows (the last value of each key, in any order); other keys are ignored.

        `read` gives the value of a row by its key; without it, the rows are kept here. Nothing is decoded or compared
        but what another release filed (`rules_stamp`).
        """
        engine = cls(limits, read)
        engine.restoring.load(rows)
        engine.stand()
        return engine

    def stand(self) -> None:
        """Begin where `restoring` stands: settle the rest, which follows from what it holds."""
        restored = self.restoring.finish()
        for number in restored.stale:
            self._reweigh(number)
        self._late = Late(restored, self._records, self._ties)
        self._groups = self._make_groups(restored.once)
        for judgement in restored.judgements:
            self._verdicts.put(orjson.loads(judgement))
        ids = self._records.ids
        for one, other, tie in self._ties:
            left, right = self._meetings.order(one, other)
            edge = (ids[left], ids[right])
            if edge in self._verdicts:
                self._verdicts.look(edge, weigh(*self._meetings.sides(left, right)))
            self._groups.place(edge, decide_joins(tie, self._verdicts.verdict(edge)))
        self._groups.load()

    def links(self) -> dict[str, LinkDocument]:
        """All live links by id, with version 0: for comparing with the oracle."""
        documents: list[LinkDocument] = []
        for one, other, _ in self._ties:
            left, right = self._meetings.order(one, other)
            sides = self._meetings.sides(left, right)
            weighed = weigh(*sides)
            assert weighed is not None, "tied reports speak for each other"
            judged = self._verdicts.standing().get((self._records.ids[left], self._records.ids[right]))
            documents.append(describe(*sides, weighed, 0, judged))
        return {document["id"]: document for document in documents}

    def networks(self) -> dict[str, NetworkDocument]:
        """All live networks by id, with version 0: for comparing with the oracle."""
        return self._groups.networks()

    def events(self) -> dict[str, EventDocument]:
        """All live events by id, with version 0: for comparing with the oracle."""
        return self._groups.events(self._records.ids)

    # -- pairs ------------------------------------------------------------------------------------------------

    def _evaluate(self, number: int, filing: Filing, offset: int) -> set[str]:
        """Weigh anew whatever changed with a report; returns the ids of all reports whose links may have changed."""
        ids, records, tied = self._records.ids, self._records, self._ties.of(number)
        name, own = ids[number], records.filed(number).side
        stirred = {name}
        for left, right in filing.crossed:
            if number not in (left, right):
                before = self._ties.get(left, right)
                meet = self._meetings.meet(left, right)
                if meet or before is not None:
                    self._change(left, right, self._meetings.sides(left, right), before, meet, offset, stirred)
        met = filing.met
        for other in met.union(tied):
            side = records.filed(other).side
            before, meet = tied.get(other), other in met
            if name < ids[other]:
                self._change(number, other, (own, side), before, meet, offset, stirred)
            else:
                self._change(other, number, (side, own), before, meet, offset, stirred)
        return stirred

    def _change(
        self,
        left: int,
        right: int,
        sides: tuple[Side, Side],
        before: Tie | None,
        meet: bool,
        offset: int,
        stirred: set[str],
    ) -> None:
        """Weigh a pair anew, if the two meet under a key; adds them to `stirred` if they were linked, or are now."""
        weighed = weigh(*sides) if meet else None
        if weighed is not None or before is not None:
            self._link(left, right, before, weighed, offset, sides)
            stirred.update((sides[0].record["id"], sides[1].record["id"]))

    def _link(
        self,
        left: int,
        right: int,
        before: Tie | None,
        weighed: Weighed | None,
        offset: int,
        sides: tuple[Side, Side],
    ) -> None:
        """Keep what was found of a pair, and let it join what it joins; `_settle` must follow."""
        edge = (self._records.ids[left], self._records.ids[right])
        judged = self._verdicts.look(edge, weighed)
        if weighed is None:
            after, document = None, withdrawn_link(*edge, offset)
        else:
            after = make_tie(weighed, sides[0].record, sides[1].record)
            document = describe(*sides, weighed, offset, judged)
        self._tie(left, right, before, after)
        self._dirty_links[left, right] = document
        self._groups.place(edge, decide_joins(after, self._verdicts.verdict(edge)))

    def _settle(
        self,
        stirred: Iterable[str],
        offset: int,
        *,
        revised: str | None = None,
        told: bool = False,
        recounted: Iterable[str] = (),
    ) -> None:
        for name in self._groups.settle(stirred, offset, revised=revised, told=told, recounted=recounted):
            self._rows.put(NETWORK_ROW + name.encode(), b"1")

    def _tie(self, left: int, right: int, before: Tie | None, after: Tie | None) -> None:
        if after == before:
            return
        self._ties.put(left, right, after)
        ids = self._records.ids
        self._rows.put(tie_row_key(ids[left], ids[right]), None if after is None else encode_tie(after))

    def _reweigh(self, number: int) -> None:
        """Weigh a report anew with all whom it meets, in memory alone."""
        for other in self._meetings.of(number):
            if self._ties.get(number, other) is None:
                sides = self._meetings.sides(*self._meetings.order(number, other))
                weighed = weigh(*sides)
                tie = None if weighed is None else make_tie(weighed, sides[0].record, sides[1].record)
                self._ties.put(number, other, tie)

    def _make_side(self, record: ComparisonRecord) -> Side:
        return make_side(record, self._count, self._limits)

    def _count(self, key: str) -> int:
        return self._postings.count(hash_key(key))

    def _make_groups(self, once: Iterable[str]) -> Groups:
        return Groups(self._verdicts, read=self._read, score=self._score, is_hub=self._is_hub, once=once)

    def _read(self, report: str) -> ComparisonRecord:
        return self._records.filed(self._records.number(report)).side.record

    def _score(self, edge: Edge) -> float:
        tie = self._ties.get(self._records.number(edge[0]), self._records.number(edge[1]))
        assert tie is not None, "an edge is a link"
        return tie.score

    def _is_hub(self, key: str) -> bool:
        return self._count(key) > self._limits.paired


def _rank(record: ComparisonRecord, raw: bytes) -> tuple[int, str, bytes]:
    return record["version"], record.get("received", ""), raw

"""From rows back to an engine, without comparing; what another release filed is filed anew.

A worker that stands by does it ahead, and follows the rows of the one that works.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from processors.correlation.postings import Postings
from processors.correlation.records import Records
from processors.correlation.rows import (
    JUDGEMENT_ROW,
    NETWORK_ROW,
    RECORD_ROW,
    RULES_ROW,
    TIE_ROW,
    Rows,
    decode_record_row,
    tie_row_key,
)
from processors.correlation.ties import Tie, Ties, decode_tie, encode_tie

__all__ = ["Late", "Restored", "Restoring"]

_MOST_LATE = 200
"""Rows of another release that a batch writes anew: about 500 kB, far from what a batch may write (8 MiB)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What the rows say beside records and ties: ids that networks had, judgements, and reports that another release
    filed, with the ties that it found of them.
    """

    once: Sequence[str] = ()
    judgements: Sequence[bytes] = ()
    stale: Sequence[int] = ()
    stale_ties: Mapping[tuple[int, int], Tie] = field(default_factory=dict)


class Restoring:
    """Fills what an engine has in memory from its rows, and keeps it level with rows that somebody else changes.

    `load` what is stored, in parts and in any order, then `change`; `finish` ends it.
    Nothing is compared.
    """

    def __init__(self, kept: Rows, records: Records, postings: Postings, ties: Ties) -> None:
        """All four are empty; they belong to one engine."""
        self._kept = kept
        self._records = records
        self._postings = postings
        self._ties = ties
        # Dictionaries for their order and their quick deletion.
        self._once: dict[str, None] = {}
        self._judgements: dict[bytes, bytes] = {}
        self._stale: dict[int, None] = {}
        self._rules: bytes | None = None

    def load(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Take in stored rows, each key once; other keys than ours are ignored."""
        records, ties = self._records, self._ties
        for key, value in rows:
            kind = key[:2]
            if kind == RECORD_ROW:
                number = records.number(key[2:].decode())
                self._postings.add_all(self._keys_of(number, value), number)
            elif kind == TIE_ROW:
                left, right = key[2:].decode().split("/")
                ties.put(records.number(left), records.number(right), decode_tie(value))
            elif not self._take_other(key, value):
                continue
            self._kept.keep(key, value)

    def change(self, changes: Mapping[bytes, bytes | None], read: Callable[[bytes], bytes | None]) -> None:
        """Follow rows that are about to be stored; None deletes one. `read` still gives what is stored under a key."""
        records = self._records
        for key, value in changes.items():
            kind = key[:2]
            if kind == RECORD_ROW:
                old = read(key)
                number = records.number(key[2:].decode())
                for held in () if old is None else records.row_of(old).keys:
                    self._postings.remove(held, number)
                if value is not None:
                    self._postings.add_all(self._keys_of(number, value), number)
            elif kind == TIE_ROW:
                left, right = key[2:].decode().split("/")
                tie = None if value is None else decode_tie(value)
                self._ties.put(records.number(left), records.number(right), tie)
            else:
                self._take_other(key, value)

    def finish(self) -> Restored:
        """What else the rows say. Ties of `Restored.stale` are taken out."""
        ids = self._records.ids
        if self._rules not in (None, self._records.stamp):
            # Another release began to write ties anew: those of reports that still bear our stamp may be among them.
            self._stale = dict.fromkeys(range(len(ids)))
        stale_ties = {
            (number, other) if ids[number] < ids[other] else (other, number): tie
            for number in self._stale
            for other, tie in self._ties.of(number).items()
        }
        for one, other in stale_ties:
            self._ties.put(one, other, None)
        restored = Restored(list(self._once), list(self._judgements.values()), list(self._stale), stale_ties)
        self._once, self._judgements, self._stale = {}, {}, {}
        return restored

    def _keys_of(self, number: int, value: bytes) -> Iterable[int]:
        """The keys of a report's row; notes whether another release filed it."""
        row = decode_record_row(value)
        if row.stamp == self._records.stamp:
            self._stale.pop(number, None)
            return row.keys
        self._stale[number] = None
        return self._records.row_of(value).keys

    def _take_other(self, key: bytes, value: bytes | None) -> bool:
        """Take in a row that is neither a record's nor a tie's; False if it is none of ours."""
        if key.startswith(NETWORK_ROW):
            name = key[2:].decode()
            if value is None:
                self._once.pop(name, None)
            else:
                self._once[name] = None
        elif key.startswith(JUDGEMENT_ROW):
            if value is None:
                self._judgements.pop(key, None)
            else:
                self._judgements[key] = value
        elif key == RULES_ROW:
            self._rules = value
        else:
            return False
        return True


class Late:
    """Rows that are to be written anew, a few with each batch: those of all reports at once would not fit into one.

    Ties first: a row's stamp says that the report's ties are written too. After a crash what is left comes again.
    Before all goes whose rules they are, so that the former release, taken up again, trusts none of its ties.
    """

    def __init__(
        self, restored: Restored | None = None, records: Records | None = None, ties: Ties | None = None
    ) -> None:
        """Nothing, or what is to be written after `restored`, whose stale reports are weighed anew."""
        self._ties: list[tuple[int, int]] = []
        self._reports: list[int] = []
        self._stamp: bytes | None = None
        if restored is None or records is None or ties is None:
            return
        self._reports = list(restored.stale)
        self._stamp = records.stamp if restored.stale else None
        now = {
            (number, other) if records.ids[number] < records.ids[other] else (other, number)
            for number in restored.stale
            for other in ties.of(number)
        }
        self._ties = [
            pair for pair in now | restored.stale_ties.keys() if ties.get(*pair) != restored.stale_ties.get(pair)
        ]

    def write(self, rows: Rows, records: Records, ties: Ties) -> None:
        """Put the next of them into `rows`, as they are now."""
        if self._stamp is not None:
            rows.put(RULES_ROW, self._stamp)
            self._stamp = None
        for _ in range(_MOST_LATE):
            if self._ties:
                left, right = self._ties.pop()
                tie = ties.get(left, right)
                rows.put(tie_row_key(records.ids[left], records.ids[right]), None if tie is None else encode_tie(tie))
            elif self._reports:
                records.rewrite(self._reports.pop())
            else:
                return

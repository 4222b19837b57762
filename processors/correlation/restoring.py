"""From rows back to an engine, without comparing; what another release filed is filed anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from processors.correlation.postings import Postings
from processors.correlation.records import Records
from processors.correlation.rows import (
    JUDGEMENT_ROW,
    NETWORK_ROW,
    RECORD_ROW,
    TIE_ROW,
    Rows,
    decode_record_row,
    tie_row_key,
)
from processors.correlation.ties import Tie, Ties, decode_tie, encode_tie

__all__ = ["Late", "Restored", "restore_state"]

_MOST_LATE = 200
"""Rows of another release that a batch writes anew: about 500 kB, far from what a batch may write (8 MiB)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What the rows say beside records and ties: ids that networks had, judgements, and reports that another release
    filed, with the ties that it found of them.
    """

    once: list[str] = field(default_factory=list)
    judgements: list[bytes] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    stale_ties: dict[tuple[int, int], Tie] = field(default_factory=dict)


def restore_state(
    rows: Iterable[tuple[bytes, bytes]], kept: Rows, records: Records, postings: Postings, ties: Ties
) -> Restored:
    """Fill what an engine has in memory from its rows, in any order. Ties of `Restored.stale` are left out."""
    restored = Restored()
    found: list[tuple[int, int, Tie]] = []
    for key, value in rows:
        kind = key[:2]
        if kind == RECORD_ROW:
            kept.keep(key, value)
            number = records.number(key[2:].decode())
            row = decode_record_row(value)
            if row.stamp != records.stamp:
                restored.stale.append(number)
                row = records.row_of(value)
            postings.add_all(row.keys, number)
        elif kind == TIE_ROW:
            kept.keep(key, value)
            left, right = key[2:].decode().split("/")
            found.append((records.number(left), records.number(right), decode_tie(value)))
        elif kind == NETWORK_ROW:
            kept.keep(key, value)
            restored.once.append(key[2:].decode())
        elif kind == JUDGEMENT_ROW:
            kept.keep(key, value)
            restored.judgements.append(value)
    stale = set(restored.stale)
    for one, other, tie in found:
        if stale and (one in stale or other in stale):
            restored.stale_ties[one, other] = tie
        else:
            ties.put(one, other, tie)
    return restored


class Late:
    """Rows that are to be written anew, a few with each batch: those of all reports at once would not fit into one.

    Ties first: a row's stamp says that the report's ties are written too. After a crash what is left comes again.
    """

    def __init__(
        self, restored: Restored | None = None, records: Records | None = None, ties: Ties | None = None
    ) -> None:
        """Nothing, or what is to be written after `restored`, whose stale reports are weighed anew."""
        self._ties: list[tuple[int, int]] = []
        self._reports: list[int] = []
        if restored is None or records is None or ties is None:
            return
        self._reports = list(restored.stale)
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
        for _ in range(_MOST_LATE):
            if self._ties:
                left, right = self._ties.pop()
                tie = ties.get(left, right)
                rows.put(tie_row_key(records.ids[left], records.ids[right]), None if tie is None else encode_tie(tie))
            elif self._reports:
                records.rewrite(self._reports.pop())
            else:
                return

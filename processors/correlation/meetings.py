"""Which reports meet: those filed under one key that is no hub."""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from processors.correlation.keys import Limits
from processors.correlation.postings import Postings
from processors.correlation.records import Records
from processors.correlation.sides import Side

__all__ = ["Filing", "Meetings", "Pair"]

Pair = tuple[int, int]
"""Numbers of two reports, the one with the smaller id first."""


class Filing(NamedTuple):
    """Whom a report meets under its keys, the pairs of reports that share a value whose class of frequency changed by
    that, and the reports that carry a value which has become a hub, or is none any more: their networks show it, or no
    longer, whether or not it links anybody.
    """

    met: set[int]
    crossed: set[Pair]
    recounted: set[int]


class Meetings:
    """Who is filed under which key, for the pairs that follow from it."""

    def __init__(self, records: Records, postings: Postings, limits: Limits) -> None:
        """`records` and `postings` are those of one engine."""
        self._records = records
        self._postings = postings
        self._limits = limits

    def file(self, number: int, old: frozenset[int], new: Iterable[int]) -> Filing:
        """Move a report from its old keys to its new ones."""
        met: set[int] = set()
        recounted: set[int] = set()
        crossed: set[Pair] = set()
        postings, limits = self._postings, self._limits
        for key in old.difference(new):
            # What the key stands for is rarer by a class: it counts more for all who carry it.
            count = postings.remove(key, number)
            if count in limits:
                crossed.update(self._pairs_under(key))
            if count == limits.paired:
                recounted.update(postings.under(key))
        kept = old.intersection(new)
        for key, count in postings.add_all((key for key in new if key not in kept) if kept else new, number):
            if count - 1 in limits:
                crossed.update(self._pairs_under(key))
            if count <= limits.paired:
                met.update(postings.under(key))
            elif count == limits.paired + 1:
                recounted.update(postings.under(key))
        for key in kept:
            if 1 < postings.count(key) <= limits.paired:
                met.update(postings.under(key))
        met.discard(number)
        return Filing(met, crossed, recounted)

    def of(self, number: int) -> set[int]:
        """Whom a report that is filed meets."""
        met: set[int] = set()
        for key in self._records.filed(number).keys:
            if self._postings.count(key) <= self._limits.paired:
                met.update(self._postings.under(key))
        met.discard(number)
        return met

    def meet(self, left: int, right: int) -> bool:
        """Whether two reports meet."""
        common = self._records.filed(left).keys & self._records.filed(right).keys
        return any(self._postings.count(key) <= self._limits.paired for key in common)

    def sides(self, left: int, right: int) -> tuple[Side, Side]:
        """Two records ready for comparison."""
        return self._records.filed(left).side, self._records.filed(right).side

    def order(self, one: int, other: int) -> Pair:
        """Two reports as a pair."""
        ids = self._records.ids
        return (one, other) if ids[one] < ids[other] else (other, one)

    def _pairs_under(self, key: int) -> Iterable[Pair]:
        return combinations(sorted(self._postings.under(key), key=self._records.ids.__getitem__), 2)

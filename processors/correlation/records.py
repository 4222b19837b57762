"""The reports of an engine: their numbers, and their current records, which lie in the rows of its state."""

from collections.abc import Callable
from typing import NamedTuple

import orjson

from processors.correlation.keys import filing_keys
from processors.correlation.recent import Recent
from processors.correlation.rows import RECORD_ROW, RecordRow, Rows, decode_record_row, encode_record_row
from processors.correlation.sides import Side
from streams.facts import ComparisonRecord

__all__ = ["Filed", "Records"]

_MOST_DECODED = 1_024
"""Records that are kept decoded, up to twice as many; about 15 MB. More are seldom asked for, and push each other out
of the processor's caches.
"""


class Filed(NamedTuple):
    """A current record ready for comparison, and the keys that it is filed under."""

    side: Side
    keys: frozenset[int]


class Records:
    """Numbers of reports, in the order of arrival, and what is filed under them.

    Of a report only its number and id are in memory; records are read from their rows, and those asked for last stay
    decoded, for partners come again and again.
    """

    def __init__(self, rows: Rows, make: Callable[[ComparisonRecord], Side], stamp: bytes) -> None:
        """No reports; `make` readies a record for comparison, `stamp` goes into the rows (`rules_stamp`)."""
        self.ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._rows = rows
        self._make = make
        self.stamp = stamp
        self._decoded: Recent[int, Filed] = Recent(_MOST_DECODED)

    def __len__(self) -> int:
        """Reports seen."""
        return len(self.ids)

    def find(self, report: str) -> int | None:
        """The number of a report that was seen."""
        return self._numbers.get(report)

    def number(self, report: str) -> int:
        """The number of a report, a new one if it was not seen."""
        number = self._numbers.setdefault(report, len(self.ids))
        if number == len(self.ids):
            self.ids.append(report)
        return number

    def row(self, number: int) -> RecordRow:
        """The stored row of a report that was seen."""
        value = self._rows.get(RECORD_ROW + self.ids[number].encode())
        assert value is not None, "a report that has a number has a row"
        return self.row_of(value)

    def row_of(self, value: bytes) -> RecordRow:
        """A stored row as this release would have written it."""
        row = decode_record_row(value)
        if row.stamp == self.stamp:
            return row
        return RecordRow(self.stamp, filing_keys(orjson.loads(row.raw)), row.raw)

    def rewrite(self, number: int) -> None:
        """Write a row that another release wrote as this one does."""
        self._rows.put(RECORD_ROW + self.ids[number].encode(), encode_record_row(self.row(number)))

    def put(self, number: int, record: ComparisonRecord, keys: tuple[int, ...], raw: bytes) -> None:
        """The current record of a report from now on, with its canonical bytes; it must not be changed any more."""
        self._rows.put(RECORD_ROW + self.ids[number].encode(), encode_record_row(RecordRow(self.stamp, keys, raw)))
        self._decoded.put(number, Filed(self._make(record), frozenset(keys)))

    def filed(self, number: int) -> Filed:
        """The current record of a report."""
        found = self._decoded.get(number)
        if found is None:
            row = self.row(number)
            found = Filed(self._make(orjson.loads(row.raw)), frozenset(row.keys))
            self._decoded.put(number, found)
        return found

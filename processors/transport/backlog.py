"""What was fetched and waits, and how much of it to take at once: plain values, no Kafka, no clock of its own."""

from collections import deque
from collections.abc import Sequence

from streams.records import Record

__all__ = ["Backlog", "Pacer"]

# A stage is timed from its first records on, so that a slow one is not handed 500 records blindly.
FIRST_CUT = 16
LARGEST_CUT = 5_000


class Backlog:
    """Fetched records of one partition, in offset order, with the offset at which reading goes on."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._chunks: deque[tuple[Sequence[Record], int, int]] = deque()
        self._taken = 0
        self.size_bytes = 0

    def __bool__(self) -> bool:
        """Whether any record waits."""
        return bool(self._chunks)

    def add(self, records: Sequence[Record], position: int) -> None:
        """Append fetched records; `position` is the offset after them, behind any gap that follows."""
        if records:
            size = sum(len(record.value or b"") + len(record.key or b"") for record in records)
            self._chunks.append((records, position, size))
            self.size_bytes += size

    def take(self, count: int) -> tuple[list[Record], int]:
        """Take up to `count` records, at least one; returns them and the offset at which the next slice begins."""
        taken: list[Record] = []
        end = -1
        while self._chunks and len(taken) < count:
            records, position, size = self._chunks[0]
            part = records[self._taken : self._taken + count - len(taken)]
            taken.extend(part)
            self._taken += len(part)
            if self._taken == len(records):
                self._chunks.popleft()
                self._taken = 0
                self.size_bytes -= size
                end = position
            else:
                end = records[self._taken].offset
        return taken, end

    def put_back(self, records: Sequence[Record], position: int) -> None:
        """Return records taken last to the front; `position` is what `take` gave as their end."""
        if self._taken:
            rest, rest_position, size = self._chunks.popleft()
            self._chunks.appendleft((rest[self._taken :], rest_position, size))
            self._taken = 0
        size = sum(len(record.value or b"") + len(record.key or b"") for record in records)
        self._chunks.appendleft((records, position, size))
        self.size_bytes += size

    def clear(self) -> None:
        """Drop everything that waits."""
        self._chunks.clear()
        self._taken = self.size_bytes = 0


class Pacer:
    """Cuts batches to about `target_s` seconds of work, from the measured time per record.

    20 ms is long enough that the cost of a batch (about 1 ms of sending and waiting) disappears, and short enough
    that the other partitions of the worker, and its heartbeats, are served in time.
    """

    def __init__(self, target_s: float = 0.020) -> None:
        """`target_s`: seconds of work per batch."""
        self.target_s = target_s
        self._per_record_s: float | None = None

    def count(self, spent_s: float = 0.0) -> int:
        """How many records to hand to the stage next, `spent_s` seconds into the batch; 0 closes the batch."""
        left = self.target_s - spent_s
        if self._per_record_s is None:
            return FIRST_CUT if left > 0 else 0
        # A rest of less than a fifth is not worth another call of the stage.
        if left < self.target_s / 5 and spent_s > 0:
            return 0
        return max(1, min(LARGEST_CUT, int(left / self._per_record_s)))

    def observe(self, count: int, seconds: float) -> None:
        """Learn from `count` records that took `seconds`; a slower measure counts at once, a faster one by half."""
        if count:
            measured = max(seconds / count, 1e-7)
            known = self._per_record_s
            self._per_record_s = measured if known is None or measured > known else (known + measured) / 2

"""Stages and topics that the batch path's unit tests share."""

from collections.abc import Sequence

from processors.batching import Emitted, Output, Record, Row, State
from tests.unit.fake_wire import FakeKafka

__all__ = ["Counting", "PassThrough", "kafka"]


class PassThrough:
    """Copies each value; raises on the value `poison`."""

    name = "pass"

    def __init__(self, poison: bytes | None = None) -> None:
        self.poison = poison
        self.batches: list[list[int]] = []

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        self.batches.append([record.offset for record in records])
        if any(record.value == self.poison for record in records):
            raise ValueError("poison")
        return Emitted([Output("out", record.key, record.value) for record in records])


class Counting:
    """Counts the records of each key, ignoring those counted before: value "count,last offset"."""

    name = "count"

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        rows: dict[bytes, bytes] = {}
        for record in records:
            key = record.key or b""
            count, last = (int(part) for part in (rows.get(key) or state.get(key) or b"0,-1").split(b","))
            if record.offset > last:
                rows[key] = b"%d,%d" % (count + 1, record.offset)
        return Emitted([Output("out", key, row) for key, row in rows.items()], [Row(*item) for item in rows.items()])


def kafka(**partitions: int) -> FakeKafka:
    return FakeKafka({"in": 2, "out": 1, "log": 2, **partitions})

"""What every stage reads from and writes to a topic, independent of the client library in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

__all__ = ["Headers", "Output", "Record", "StoredRecord", "header_value"]

Headers = Sequence[tuple[str, bytes | None]]
"""Headers as they are read: Kafka allows a value that is null. What we write has none (`Output`)."""


class Record(Protocol):
    """A record as it lies in a partition; aiokafka's `ConsumerRecord` already has this shape.

    `timestamp` is the broker's clock (LogAppendTime) in milliseconds since the epoch, UTC.
    """

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Headers: ...


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A `Record` held as a value: what tests and offline runs hand to a stage."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class Output(NamedTuple):
    """A record that a stage wants written; the partition follows from the key (Kafka's murmur2)."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()


def header_value(headers: Headers, name: str) -> bytes | None:
    """The last value of header `name`, None if it is missing or null; a repeated header is the caller's to refuse."""
    found = None
    for key, value in headers:
        if key == name:
            found = value
    return found

"""The contract of a stage: the CPU work of one batch, pure and synchronous, and what it may read and return."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from streams.records import Output, Record

__all__ = ["OUTPUT_LIMIT_BYTES", "Emitted", "FollowingStage", "Row", "Stage", "State", "StateView", "measure_output"]

# What a record may take in an output topic. Topics behind the intake are created with `max.message.bytes` of
# 8 MiB; 64 KiB of it are left for the envelope of the record batch and for Kafka's own fields.
OUTPUT_LIMIT_BYTES = 8 * 1024 * 1024 - 64 * 1024

# Kafka's record batch header (61 bytes) and the most that a record's own fields take (21).
_RECORD_OVERHEAD_BYTES = 82


class Row(NamedTuple):
    """A change of state: `value` now stands under `key`; None deletes the key."""

    key: bytes
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Emitted:
    """What a stage makes of some records: outputs in the order in which they shall be written, and state changes."""

    outputs: Sequence[Output]
    rows: Sequence[Row] = ()


class State(Protocol):
    """Read-only view of one partition's state, with the changes of the batch so far; None if a key has no value."""

    @property
    def output_limit(self) -> int:
        """The largest output in bytes, as `measure_output` counts; a larger one belongs to the dead letters."""
        ...

    @property
    def epoch(self) -> int:
        """Changes whenever somebody else may have had the partition; what a stage remembers is then void."""
        ...

    def get(self, key: bytes) -> bytes | None:
        """The value under `key`, or None."""
        ...

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Every key and value, in no order: for a stage that rebuilds in memory what it keeps in its state."""
        ...


class Stage(Protocol):
    """One step of the way of a report.

    `process` may be called again with records that it has seen (at least once), and with several consecutive parts
    of a batch; it must be a function of the records and of the state, and raise nothing for a bad record: that is
    an output to the dead letters. Whatever it raises stops the worker.

    What a call returned may be dropped, and its records come again: a stage that remembers anything in memory must see
    from the state whether its rows were kept.
    """

    @property
    def name(self) -> str:
        """A short name for logs and metrics, such as "enrich"."""
        ...

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """The outputs and state changes of `records`, which are of one partition and in offset order."""
        ...


@runtime_checkable
class FollowingStage(Stage, Protocol):
    """A stage that makes something big in memory of the state of its one partition, and can do so ahead.

    While another worker has the partition, the batch path calls `forget`, then `load` with all that is stored, in
    parts, then `begin_following`, then `follow` with each change before it is stored. If `process` comes next, the
    stage is level with the state that it is given; if `forget` comes, it begins again.
    """

    @property
    def follows(self) -> bool:
        """Whether `begin_following` was called, and neither `process` nor `forget` since."""
        ...

    def forget(self) -> None:
        """Drop what was made: it is no longer level with the state."""
        ...

    def load(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Take in some of the stored rows; each comes once."""
        ...

    def begin_following(self, read: Callable[[bytes], bytes | None]) -> None:
        """All stored rows were loaded; `read` gives the stored value of a key, or None."""
        ...

    def follow(self, changes: Mapping[bytes, bytes | None], read: Callable[[bytes], bytes | None]) -> None:
        """Take in changes of another worker, None for a deletion; `read` still gives what was stored before."""
        ...


class StateView:
    """A partition's store with the rows of the batch in hand laid over it."""

    def __init__(
        self,
        read: Callable[[bytes], bytes | None],
        output_limit: int,
        *,
        scan: Callable[[], Iterable[tuple[bytes, bytes]]] = tuple,
        epoch: int = 0,
    ) -> None:
        """`read` gives the stored value of a key or None, `scan` all that is stored."""
        self._read = read
        self._scan = scan
        self._overlay: dict[bytes, bytes | None] = {}
        self.output_limit = output_limit
        self.epoch = epoch

    def get(self, key: bytes) -> bytes | None:
        """The value that the batch gave to `key`, else the stored one, else None."""
        if key in self._overlay:
            return self._overlay[key]
        return self._read(key)

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Every key and value: what is stored, with the batch's changes over it."""
        for key, stored in self._scan():
            if key not in self._overlay:
                yield key, stored
        for key, value in self._overlay.items():
            if value is not None:
                yield key, value

    def lay(self, rows: Sequence[Row]) -> None:
        """Lay `rows` over what is there, later ones over earlier ones."""
        self._overlay.update(rows)

    @property
    def rows(self) -> Mapping[bytes, bytes | None]:
        """The last value of each key that the batch changed, in the order of first change."""
        return self._overlay


def measure_output(output: Output) -> int:
    """Upper bound in bytes of what `output` takes in a Kafka record batch of its own."""
    size = _RECORD_OVERHEAD_BYTES + len(output.key or b"") + len(output.value or b"") + 15
    for name, value in output.headers:
        # A header's name may be longer in UTF-8 than in characters; each length takes up to 5 bytes.
        size += len(name.encode()) + len(value) + 10
    return size

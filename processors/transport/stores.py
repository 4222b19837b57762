"""Where a partition's state lies: in memory or in RocksDB, both behind Faust's store interface.

Faust's own stores are extended in three points: a partition's keys are kept apart (its memory store mixes them), the
checkpoint is written in the same atomic batch as the rows, and a RocksDB is closed when its partition leaves
(Faust leaves that to the garbage collector, and a second open then fails on the lock).
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import faust
import rocksdict
from faust.stores import memory, rocksdb
from faust.types import TP

from processors.errors import WorkerSetupError
from processors.transport.changelog import MARKER_KEY, Checkpoint

__all__ = ["ChangelogEvent", "ChangelogMessage", "PartitionedStore", "StateTable", "build_state_table"]

_CHECKPOINT_KEY = b"\x00puente-checkpoint"


class ChangelogMessage(NamedTuple):
    """The part of a Faust message that a store reads; offset -1 leaves the checkpoint where it is."""

    tp: TP
    offset: int
    key: bytes
    value: bytes | None
    epoch: int

    @property
    def partition(self) -> int:
        """The partition's number."""
        return int(self.tp.partition)


class ChangelogEvent(NamedTuple):
    """The part of a Faust event that `Collection.apply_changelog_batch` and the stores read."""

    message: ChangelogMessage

    @property
    def key(self) -> bytes:
        """The row's key."""
        return self.message.key

    @property
    def value(self) -> bytes | None:
        """The row's value."""
        return self.message.value


class PartitionedStore(Protocol):
    """What the batch path needs of a store beyond Faust's interface."""

    def reader(self, partition: int) -> Callable[[bytes], bytes | None]:
        """A function that gives the value of a key in `partition`, or None."""
        ...

    def scan(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """Every row of `partition`, without what the store keeps for itself; the store must not change meanwhile."""
        ...

    def checkpoint(self, partition: int) -> Checkpoint | None:
        """Up to where the partition holds its changelog."""
        ...

    def wipe(self, partition: int) -> None:
        """Delete the partition's local state; it is in the changelog."""
        ...

    def close_partition(self, partition: int) -> None:
        """Close the partition, keeping its local state where it is on disk."""
        ...

    def close_all(self) -> None:
        """Close every partition."""
        ...


class MemoryStore(memory.Store):  # type: ignore[misc]
    """State in dictionaries, one per partition; a restart restores it from the changelog."""

    def __post_init__(self) -> None:
        """Empty."""
        super().__post_init__()
        self._partitions: dict[int, dict[bytes, bytes]] = {}
        self._checkpoints: dict[int, Checkpoint] = {}

    def apply_changelog_batch(self, batch: Iterable[ChangelogEvent], to_key: object, to_value: object) -> None:
        """Apply rows in order; keys and values stay bytes, so `to_key` and `to_value` are not asked."""
        del to_key, to_value
        for event in batch:
            message = event.message
            rows = self._partitions.setdefault(message.partition, {})
            if message.value is None:
                rows.pop(message.key, None)
            elif message.key != MARKER_KEY:
                rows[message.key] = message.value
            if message.offset >= 0:
                self._checkpoints[message.partition] = Checkpoint(message.offset, message.epoch, time.time())

    def reader(self, partition: int) -> Callable[[bytes], bytes | None]:
        """See `PartitionedStore`."""
        return self._partitions.setdefault(partition, {}).get

    def scan(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """See `PartitionedStore`."""
        return iter(self._partitions.get(partition, {}).items())

    def checkpoint(self, partition: int) -> Checkpoint | None:
        """See `PartitionedStore`."""
        return self._checkpoints.get(partition)

    def wipe(self, partition: int) -> None:
        """See `PartitionedStore`."""
        self._partitions.pop(partition, None)
        self._checkpoints.pop(partition, None)

    def close_partition(self, partition: int) -> None:
        """A partition in memory is gone once it is closed."""
        self.wipe(partition)

    def close_all(self) -> None:
        """See `PartitionedStore`."""
        self._partitions.clear()
        self._checkpoints.clear()


class RocksStore(rocksdb.Store):  # type: ignore[misc]
    """State in one RocksDB per partition under the worker's own data directory."""

    def apply_changelog_batch(self, batch: Iterable[ChangelogEvent], to_key: object, to_value: object) -> None:
        """Apply rows in order, atomically per partition together with the checkpoint."""
        del to_key, to_value
        batches: dict[int, Any] = {}
        checkpoints: dict[int, Checkpoint] = {}
        for event in batch:
            message = event.message
            writes = batches.get(message.partition)
            if writes is None:
                writes = batches[message.partition] = rocksdict.WriteBatch(raw_mode=True)
            if message.value is None:
                writes.delete(message.key)
            elif message.key != MARKER_KEY:
                writes.put(message.key, message.value)
            if message.offset >= 0:
                checkpoints[message.partition] = Checkpoint(message.offset, message.epoch, time.time())
        for partition, writes in batches.items():
            if partition in checkpoints:
                writes.put(_CHECKPOINT_KEY, checkpoints[partition].to_bytes())
            self._db_for_partition(partition).write(writes)

    def _open_for_partition(self, partition: int) -> Any:
        try:
            return super()._open_for_partition(partition)
        except Exception as exc:
            raise WorkerSetupError(
                f"The state of partition {partition} in {self.path} can't be opened: "
                "give each worker a data directory of its own and check its owner and free space."
            ) from exc

    def persisted_offset(self, tp: TP) -> int | None:
        """The checkpoint's offset, in Faust's terms."""
        checkpoint = self.checkpoint(tp.partition)
        return None if checkpoint is None else checkpoint.offset

    def reader(self, partition: int) -> Callable[[bytes], bytes | None]:
        """See `PartitionedStore`."""
        get: Callable[[bytes], bytes | None] = self._db_for_partition(partition).get
        return get

    def scan(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """See `PartitionedStore`."""
        for key, value in self._db_for_partition(partition).items():
            if key != _CHECKPOINT_KEY:
                yield key, value

    def checkpoint(self, partition: int) -> Checkpoint | None:
        """See `PartitionedStore`."""
        raw = self._db_for_partition(partition).get(_CHECKPOINT_KEY)
        return None if raw is None else Checkpoint.from_bytes(raw)

    def wipe(self, partition: int) -> None:
        """See `PartitionedStore`."""
        self.close_partition(partition)
        shutil.rmtree(self.partition_path(partition), ignore_errors=True)

    def close_partition(self, partition: int) -> None:
        """See `PartitionedStore`."""
        database = self._dbs.pop(partition, None)
        if database is not None:
            database.close()

    def close_all(self) -> None:
        """See `PartitionedStore`."""
        for partition in list(self._dbs):
            self.close_partition(partition)

    async def stop(self) -> None:
        """Close the databases now, not when the garbage collector comes by."""
        self.close_all()
        await super().stop()


class StateTable(faust.Table):  # type: ignore[misc]
    """A table whose rows the batch path writes; Faust neither creates nor declares its changelog topic.

    It is not registered with Faust's table manager, which would restore it record by record (11,600 rows/s against
    290,000 in batches) and wait forever on a trimmed or empty changelog; `processors.transport.recovery` restores it.
    """

    store: PartitionedStore

    def _new_store(self) -> Any:
        store_class = MemoryStore if str(self._store).startswith("memory") else RocksStore
        url = "memory://" if store_class is MemoryStore else "rocksdb://"
        return store_class(
            url,
            self.app,
            self,
            table_name=self.name,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            # Faust's store takes its options out of this dictionary.
            options=None if store_class is MemoryStore else dict(self.options or {}),
        )

    async def on_start(self) -> None:
        """Start the store alone: the changelog topic was created when the system was set up."""
        await self.add_runtime_dependency(self.data)

    def apply(self, topic: str, partition: int, rows: Iterable[tuple[int, bytes, bytes | None, int]]) -> None:
        """Apply rows (offset, key, value, epoch) through `Collection.apply_changelog_batch`."""
        tp = TP(topic, partition)
        self.apply_changelog_batch([ChangelogEvent(ChangelogMessage(tp, *row)) for row in rows])


def build_state_table(
    app: Any, name: str, store: str, changelog: str, *, block_cache_bytes: int, write_buffer_bytes: int
) -> StateTable:
    """A table over `changelog`; `store` is `memory://` or `rocksdb://`.

    Faust's default is 2 GiB of block cache for each partition, hence the two sizes.
    """
    if store not in ("memory://", "rocksdb://"):
        raise WorkerSetupError(f"The store {store!r} is unknown: use memory:// or rocksdb://.")
    table = StateTable(
        app,
        name=name,
        store=store,
        key_type=bytes,
        value_type=bytes,
        changelog_topic=app.topic(changelog, key_type=bytes, value_type=bytes, acks=False),
        options={"block_cache_size": block_cache_bytes, "write_buffer_size": write_buffer_bytes},
    )
    table.store = table.data
    return table

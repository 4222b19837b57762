"""Restoring a partition's state from its changelog, in bulk, and claiming the changelog for this worker."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import islice
from typing import Any

import aiokafka
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from mode import Service

from processors.errors import ChangelogError, WorkerStalledError
from processors.stages import FollowingStage
from processors.transport.changelog import MARKER_KEY, ChangelogRow, Checkpoint, Replay, read_epoch
from processors.transport.lanes import ChangelogTail, go_on
from processors.transport.outputs import OutputWriter, fits_changelog
from processors.transport.stores import StateTable

__all__ = ["BatchRecovery", "BatchTableManager", "Restorer"]

log = logging.getLogger(__name__)

# A tombstone that was compacted away while a partition was elsewhere would never be seen: local state that is older
# than half the changelog's `delete.retention.ms` (24 h) is restored from the beginning.
_LOCAL_STATE_MAX_AGE_S = 12 * 3600.0
_CLAIM_ATTEMPTS = 5
_LOADED_AT_ONCE = 2_000
_FOLLOW_S = 0.5


class Restorer:
    """Brings a store up to the end of its changelog and claims the changelog."""

    def __init__(
        self,
        brokers: str,
        changelog: str,
        table: StateTable,
        writer: OutputWriter,
        *,
        row_limit: int,
        stall_s: float,
        note_rows: Callable[[int, int], None],
        follower: FollowingStage | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`note_rows` is told the rows applied and the zombies' rows ignored; `stall_s`: patience without progress;
        `follower` keeps level with what is applied, if it follows.
        """
        self._brokers = brokers
        self._changelog = changelog
        self._table = table
        self._writer = writer
        self._row_limit = row_limit
        self._stall_s = stall_s
        self._note_rows = note_rows
        self._follower = follower
        self._clock = clock

    async def restore(self, partitions: Sequence[int]) -> dict[int, ChangelogTail]:
        """Restore these partitions and claim them; returns where each one's next row goes.

        Guarantee: the store equals the fold of all rows of confirmed writers up to the claim, whatever zombies wrote
        in between, and those rows are in the changelog behind everything that a zombie wrote over them.

        Raises:
            ChangelogError: the topic is missing, or shorter than the local state.
            WorkerStalledError: no row arrived for `stall_s` seconds although there are more.
        """
        async with self._read(partitions) as reader:
            replays = {number: await self._begin(reader, number) for number in partitions}
            tails: dict[int, ChangelogTail] = {}
            for _ in range(_CLAIM_ATTEMPTS):
                await self._read_to_end(reader, {n: replay for n, replay in replays.items() if n not in tails})
                for number, replay in replays.items():
                    if number not in tails and (tail := await self._claim(number, replay)):
                        tails[number] = tail
                if len(tails) == len(replays):
                    return tails
        raise ChangelogError(
            f"The changelog {self._changelog} is written by somebody else: stop the group's other worker."
        )

    async def follow(self, number: int) -> None:
        """Keep the partition's state, and the follower, level with what another worker writes, until cancelled.

        Guarantee: nothing is written to Kafka. The store is at any moment one that `restore` may go on from.

        Raises:
            ChangelogError, WorkerStalledError: as `restore`.
        """
        assert self._follower is not None
        store = self._table.store
        self._follower.forget()
        async with self._read([number]) as reader:
            replay = await self._begin(reader, number)
            await self._read_to_end(reader, {number: replay})
            began = self._clock()
            rows = store.scan(number)
            while part := list(islice(rows, _LOADED_AT_ONCE)):
                self._follower.load(part)
                # Another rebalance must get its turn; it cancels this, and the next `forget` drops what was loaded.
                await asyncio.sleep(0)
            self._follower.begin_following(store.reader(number))
            log.info("Stands by for partition %d of %s after %.1f s", number, self._changelog, self._clock() - began)
            while True:
                await asyncio.sleep(_FOLLOW_S)
                await self._read_to_end(reader, {number: replay})
                replay = self._refresh(number, replay)

    def _refresh(self, number: int, replay: Replay) -> Replay:
        """Let the checkpoint move on where nothing is written for long, and behind a zombie's rows once all that they
        covered was rewritten: else a takeover would read from there, or from the beginning, again.
        """
        checkpoint = self._table.store.checkpoint(number)
        written_at = 0.0 if checkpoint is None else checkpoint.written_at
        if (
            replay.covered
            or not replay.next_offset
            or not (replay.zombie_rows or self._clock() - written_at > _LOCAL_STATE_MAX_AGE_S / 12)
        ):
            return replay
        self._apply(number, [ChangelogRow(replay.next_offset - 1, MARKER_KEY, b"", replay.epoch)])
        return Replay(self._table.store.checkpoint(number))

    @contextlib.asynccontextmanager
    async def _read(self, partitions: Sequence[int]) -> AsyncIterator[Any]:
        """A consumer of these partitions of the changelog, outside of any group."""
        reader = aiokafka.AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=8 * 1024 * 1024,
            fetch_max_wait_ms=100,
        )
        try:
            await reader.start()
            reader.assign([TopicPartition(self._changelog, number) for number in partitions])
            yield reader
        except KafkaError as exc:
            raise ChangelogError(
                f"The changelog {self._changelog} can't be read ({type(exc).__name__}): "
                "check that it exists and that the worker may read it."
            ) from exc
        finally:
            await reader.stop()

    async def _begin(self, reader: Any, number: int) -> Replay:
        topic_partition = TopicPartition(self._changelog, number)
        begin = (await reader.beginning_offsets([topic_partition]))[topic_partition]
        end = (await reader.end_offsets([topic_partition]))[topic_partition]
        checkpoint: Checkpoint | None = self._table.store.checkpoint(number)
        if checkpoint is not None and checkpoint.offset >= end:
            raise ChangelogError(
                f"The local state of partition {number} is ahead of the changelog {self._changelog}: "
                "restore the topic, or delete the worker's data directory if the topic is right."
            )
        if checkpoint is not None and self._clock() - checkpoint.written_at > _LOCAL_STATE_MAX_AGE_S:
            checkpoint = None
        if checkpoint is None:
            self._table.store.wipe(number)
            if self._follower is not None:
                self._follower.forget()
        replay = Replay(checkpoint)
        replay.next_offset = max(replay.next_offset, begin)
        reader.seek(topic_partition, replay.next_offset)
        return replay

    async def _read_to_end(self, reader: Any, replays: dict[int, Replay]) -> None:
        """Hand fetched changelog batches to the table until each replay stands at the end of its partition."""
        by_partition = {TopicPartition(self._changelog, number): replay for number, replay in replays.items()}
        ends = await reader.end_offsets(list(by_partition))
        moved_at = self._clock()
        while behind := [each for each, replay in by_partition.items() if replay.next_offset < ends[each]]:
            fetched = await reader.getmany(*behind, timeout_ms=200)
            for topic_partition, records in fetched.items():
                moved_at = self._clock()
                replay = by_partition[topic_partition]
                zombies = replay.zombie_rows
                rows = replay.read(
                    ChangelogRow(record.offset, record.key or b"", record.value, read_epoch(record.headers))
                    for record in records
                )
                self._apply(topic_partition.partition, rows)
                self._note_rows(len(rows), replay.zombie_rows - zombies)
            if not fetched:
                # Offsets at the end that hold no record: reading has passed them all the same.
                for each in behind:
                    by_partition[each].next_offset = max(by_partition[each].next_offset, await reader.position(each))
                if self._clock() - moved_at > self._stall_s:
                    raise WorkerStalledError(
                        f"No row of the changelog {self._changelog} arrived for {self._stall_s:.0f} s: "
                        "check the brokers, then start the worker again."
                    )
            # Applying is synchronous; heartbeats of other tasks and a new rebalance must get their turn.
            await asyncio.sleep(0)

    async def _claim(self, number: int, replay: Replay) -> ChangelogTail | None:
        """Append the marker of a new epoch and rewrite what zombies covered; None if somebody wrote meanwhile."""
        epoch = replay.epoch + 1
        read = self._table.store.reader(number)
        rewrites = [(key, read(key)) for key in sorted(replay.covered)]
        groups: list[list[tuple[bytes, bytes | None]]] = [[(MARKER_KEY, b"%d" % epoch)]]
        for rewrite in rewrites:
            if not fits_changelog([*groups[-1], rewrite], self._row_limit):
                groups.append([])
            groups[-1].append(rewrite)
        expected = replay.next_offset
        for rows in groups:
            offset = await self._writer.append(self._changelog, number, rows, epoch, self._row_limit)
            if offset != expected:
                return None
            expected += len(rows)
        if rewrites:
            log.warning(
                "Partition %d of %s: rewrote %d keys that a zombie had covered", number, self._changelog, len(rewrites)
            )
        # All is written: now the checkpoint may move over the zombies' rows too.
        self._apply(number, [ChangelogRow(expected - 1, MARKER_KEY, b"", epoch)])
        return ChangelogTail(expected, epoch, epoch)

    def _apply(self, number: int, rows: Sequence[ChangelogRow]) -> None:
        if not rows:
            return
        if self._follower is not None and self._follower.follows:
            changes = {row.key: row.value for row in rows if row.key != MARKER_KEY}
            self._follower.follow(changes, self._table.store.reader(number))
        self._table.apply(self._changelog, number, rows)


class BatchRecovery(Recovery):  # type: ignore[misc]
    """Faust's recovery service, restoring in bulk before the streams resume."""

    async def _resume_streams(self, generation_id: int = 0) -> None:
        batching = self.app.batching
        consumer = self.app.consumer
        if batching.table is not None:
            # A rebalance meanwhile ends the wait; the next generation restores again, from the checkpoint on.
            await self._wait(self._restore(sorted({tp.partition for tp in consumer.assignment()})))
        await super()._resume_streams(generation_id=generation_id)

    async def _restore(self, partitions: Sequence[int]) -> None:
        batching = self.app.batching
        consumer = self.app.consumer
        runner = consumer.runner
        if partitions:
            await batching.standby.stop()
        batching.close_other_partitions(partitions)
        began = time.monotonic()
        before = batching.counters.rows_restored
        for topic in {tp.topic for tp in consumer.assignment()}:
            await batching.check_copartitioned(topic)
        earlier = dict(runner.tails)
        # If the wait ends here, the next generation knows of no earlier tail: what the stage remembers is then void.
        runner.tails.clear()
        tails = await batching.new_restorer().restore(partitions) if partitions else {}
        runner.tails.update({number: go_on(earlier.get(number), tail) for number, tail in tails.items()})
        rows = batching.counters.rows_restored - before
        if not partitions:
            batching.standby.start()
        log.info("Restored %d rows of %d partitions in %.1f s", rows, len(partitions), time.monotonic() - began)

    @Service.task  # type: ignore[untyped-decorator]
    async def _slurp_changelogs(self) -> None:
        """Faust's reader of changelog records, one callback each: not used."""

    @Service.task  # type: ignore[untyped-decorator]
    async def _publish_stats(self) -> None:
        """Faust's progress messages of that reader: not used."""


class BatchTableManager(TableManager):  # type: ignore[misc]
    """Faust's table manager with our recovery."""

    _batch_recovery: BatchRecovery | None = None
    _recovery: Any

    @property
    def recovery(self) -> BatchRecovery:
        """The recovery service."""
        if self._batch_recovery is None:
            self._batch_recovery = BatchRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
            self._recovery = self._batch_recovery
        return self._batch_recovery

"""The Faust consumer that hands whole fetched batches to a stage, partition by partition, and commits what is done."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from faust.transport.drivers.aiokafka import Consumer

from processors.errors import WorkerError
from processors.transport.backlog import Backlog
from processors.transport.consumer_thread import BatchConsumerThread, Fetched
from processors.transport.lanes import Lane, LaneRunner
from processors.transport.watermarks import Partition, Watermarks

__all__ = ["BatchConsumer"]

log = logging.getLogger(__name__)

_IDLE_FETCH_S = 0.25
_HELD_BACK_FETCH_S = 0.02


class BatchConsumer(Consumer):  # type: ignore[misc]
    """Replaces Faust's delivery record by record (two tasks and a `sleep(0)` each) by whole batches.

    Faust's own acknowledgements (`_acked`, `_gap`) are not used: on a fresh group with 500-999 acknowledged and
    0-499 running its `_new_offset` commits 1000. The watermarks decide instead.
    """

    failure: BaseException | None = None

    def __post_init__(self) -> None:
        """Nothing assigned."""
        self.batching: Any = self.app.batching
        self.watermarks: Watermarks = self.batching.watermarks
        self.runner: LaneRunner | None = None
        self._lanes: dict[object, Lane] = {}
        self._lane_of: dict[Partition, Lane] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._fetching = asyncio.Lock()
        self._committing = asyncio.Lock()
        self._room = asyncio.Event()

    async def on_start(self) -> None:
        """The producer runs by now: make what sends with it."""
        self.runner = self.batching.new_runner()
        await self.batching.check_inputs()
        await super().on_start()

    def _new_consumer_thread(self) -> BatchConsumerThread:
        return BatchConsumerThread(self, loop=self.loop, beacon=self.beacon)

    # -- fetching ---------------------------------------------------------------------------------------------

    async def _drain_messages(self, fetcher: Any) -> None:
        """Faust's fetcher task: move fetched batches into the lanes until told to stop."""
        try:
            while not (self.should_stop or fetcher.should_stop or self.failure):
                await self._pump_once()
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise
        except asyncio.CancelledError:
            if not self.transport.app.should_stop:
                raise
        except Exception as exc:
            self.fail(exc)

    async def _pump_once(self) -> None:
        if not self.flow_active:
            await _wait(self.can_resume_flow, _IDLE_FETCH_S)
            return
        assigned = self.watermarks.partitions
        limit = self.batching.prefetch_bytes
        wanted = [each for each in assigned if self._backlog(each).size_bytes < limit]
        if not wanted:
            self._room.clear()
            await _wait(self._room, _IDLE_FETCH_S)
            return
        generation = self.watermarks.generation
        async with self._fetching:
            held_back = len(wanted) < len(assigned)
            fetched = await self._thread.fetch(wanted, _HELD_BACK_FETCH_S if held_back else _IDLE_FETCH_S)
        # Dropping is safe: both end a generation, and the next one seeks to what is committed.
        if generation == self.watermarks.generation and self.flow_active:
            self._accept(fetched)

    def _accept(self, fetched: Mapping[Partition, Fetched]) -> None:
        counters = self.batching.counters
        monitor = self.app.monitor
        for partition, (records, position) in fetched.items():
            lane = self._lane_of[partition]
            backlog = lane.backlogs[partition]
            if records:
                self.watermarks.fetched(partition, records[0].offset, position)
                before = backlog.size_bytes
                backlog.add(records, position)
                counters.bytes_in += backlog.size_bytes - before
                monitor.messages_received_total += len(records)
                monitor.messages_received_by_topic[partition.topic] += len(records)
                self._start(lane)
            elif not backlog and id(lane) not in self._running:
                self.watermarks.settle(partition, position)
            end = self._thread.highwater_or_none(partition)
            if end is not None:
                monitor.track_tp_end_offset(partition, end)
                counters.lag[partition] = max(0, end - (self.watermarks.done(partition) or 0))

    def _backlog(self, partition: Partition) -> Backlog:
        return self._lane_of[partition].backlogs[partition]

    # -- processing -------------------------------------------------------------------------------------------

    def _start(self, lane: Lane) -> None:
        if id(lane) not in self._running:
            task = asyncio.ensure_future(self._run(lane))
            self._running[id(lane)] = task
            # For a task that is cancelled before its first step.
            task.add_done_callback(lambda ended: self._forget(lane, ended))

    def _forget(self, lane: Lane, task: "asyncio.Task[None]") -> None:
        if self._running.get(id(lane)) is task:
            del self._running[id(lane)]

    async def _run(self, lane: Lane) -> None:
        """Work a lane off, batch after batch; whatever goes wrong stops the worker."""
        assert self.runner is not None
        try:
            while self.flow_active and self.failure is None and (partition := lane.next_partition()):
                if not await self.runner.run_batch(lane, partition):
                    return
                self._room.set()
                # A batch without outputs never waits, and the others must have their turn.
                await asyncio.sleep(0)
        except Exception as exc:
            self.fail(exc)
        finally:
            # In the turn in which nothing was found to do. A callback runs a turn later, and records that come in
            # between would find the lane running, start nothing, and lie until more come.
            self._running.pop(id(lane), None)

    def fail(self, exc: BaseException) -> None:
        """Stop the worker because of `exc`.

        Guarantee: from this call on no offset is acknowledged any more, on any partition. What had been acknowledged
        before is still committed on the way out.
        """
        if self.failure is None:
            self.failure = exc
            self.watermarks.freeze()
            self.stop_flow()
            log.error("The worker stops: %s", exc, exc_info=exc)
            self.app.failure = exc
            self.add_future(self.crash(exc))

    # -- rebalancing and stopping -----------------------------------------------------------------------------

    async def perform_seek(self) -> None:
        """Begin a generation: seek to what is committed, and only then count what is fetched."""
        # A fetch that is still under way must end first, or it could carry records past the seek.
        async with self._fetching:
            committed = await self._thread.seek_to_start()
            self._drop_lanes()
            self.watermarks.assign(committed)
            for partition in committed:
                lane = self._lanes.setdefault(self._lane_key(partition), Lane())
                lane.backlogs[partition] = Backlog()
                self._lane_of[partition] = lane
        self._committed_offset.update({tp: offset for tp, offset in committed.items() if offset is not None})
        self.batching.counters.rebalances += 1
        self.batching.note_progress()

    def _lane_key(self, partition: Partition) -> object:
        return partition if self.batching.table is None else partition.partition

    def _drop_lanes(self) -> None:
        self._lanes = {}
        self._lane_of = {}

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Finish what is in flight and commit it, then let the partitions go.

        Guarantee: after this call nothing that was handed out before can be acknowledged, whatever arrives for it.
        """
        await self.wait_empty()
        self.watermarks.revoke()
        self._drop_lanes()
        self.batching.counters.lag.clear()
        self.batching.note_progress()
        await super().on_partitions_revoked(revoked)

    async def wait_empty(self) -> None:
        """Stop taking records, finish the batches in flight, commit; Faust calls it on revoke and on shutdown.

        After the drain deadline the batches in flight are given up: their records come again.
        """
        self.stop_flow()
        for lane in self._lanes.values():
            for backlog in lane.backlogs.values():
                backlog.clear()
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=self.batching.drain_s)
            for task in late:
                task.cancel()
            if late:
                log.warning(
                    "%d batches were given up after %.0f s; their records come again", len(late), self.batching.drain_s
                )
                await asyncio.wait(late, timeout=1.0)
        try:
            await asyncio.wait_for(self.commit(), timeout=self.batching.drain_s)
        except (TimeoutError, WorkerError) as exc:
            log.warning("The last commit failed (%s); some records come again", exc or "timed out")

    async def on_task_error(self, exc: BaseException) -> None:
        """An error commits nothing."""

    # -- committing -------------------------------------------------------------------------------------------

    async def commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:
        """Commit the watermarks, always as they are now (Faust returns early if another commit is under way)."""
        async with self._committing:
            try:
                return bool(await self.force_commit(topics, start_new_transaction=start_new_transaction))
            except WorkerError as exc:
                self.fail(exc)
                raise

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[Partition]:
        return (each for each in self.watermarks.partitions if topics is None or each in topics or each.topic in topics)

    def _filter_committable_offsets(self, tps: Iterable[Any]) -> dict[Partition, int]:
        found = {Partition(*tp): self._new_offset(tp) for tp in tps}
        return {partition: offset for partition, offset in found.items() if offset is not None}

    def _new_offset(self, tp: Any) -> int | None:
        """The watermark; Faust's own rule is not asked."""
        return self.watermarks.committable(Partition(*tp))

    async def _commit_offsets(self, offsets: Mapping[Partition, int], start_new_transaction: bool = True) -> bool:
        del start_new_transaction
        generation = self.watermarks.generation
        assigned = self.assignment()
        ours = {partition: offset for partition, offset in offsets.items() if partition in assigned}
        if not ours or not await self._commit(ours):
            return False
        for partition, offset in ours.items():
            self.watermarks.committed(partition, offset, generation)
        self._committed_offset.update(ours)
        self.app.monitor.on_tp_commit(ours)
        self.batching.counters.commits += 1
        self.batching.note_progress()
        return True

    def verify_event_path(self, now: float, tp: Any) -> None:
        """Faust's livelock messages look at streams, of which there are none; our own watchdog looks here."""


async def _wait(event: asyncio.Event, timeout_s: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), timeout_s)
    except TimeoutError:
        return

"""Topics on their way into their indices: two batches in flight, offsets behind them, aliases when it is time."""

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from indexing.broker import Batch, DeadLetterSender, Source
from indexing.counters import SinkCounters
from indexing.elastic import Elastic
from indexing.errors import OwnershipLostError, SearchUnreachableError, SinkStalledError
from indexing.mappings import Family
from indexing.refusals import Refusal, Writer
from indexing.setup import move_aliases
from streams.dead_letters import make_dead_letter
from streams.records import Output
from streams.topics import Topics

__all__ = ["AliasMove", "Job", "Pace"]

T = TypeVar("T")

FETCH_WAIT_S = 0.2
# Refusals in one batch from which on the sink asks itself whether not the index is wrong.
CANARY_AT = 10
DRAIN_S = 20.0
LOOK_S = 0.25
REJOIN_S = 60.0
STALLED_S = 180.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Records of one batch, and seconds between two progress lines."""

    batch_records: int = 2_000
    report_every_s: float = 10.0


class AliasMove:
    """Moves the read aliases of a family to our indices, once the group has caught up (`indexing.setup`)."""

    def __init__(self, elastic: Elastic, family: Family, prefix: str, view: str | None) -> None:
        self._elastic, self._family, self._prefix, self._view = elastic, family, prefix, view
        self._goal: dict[Any, int] | None = None

    async def try_now(self, source: Source) -> bool:
        """True once they are moved. The goal is where the topics ended at an earlier call: the end itself runs away."""
        if self._goal is None:
            self._goal = await source.read_ends()
        # No end at all: the topics hold nothing, and that has been indexed.
        if self._goal is None or not await source.has_committed(self._goal):
            return False
        await move_aliases(self._elastic, self._family, prefix=self._prefix, view=self._view)
        log.info("aliases_moved", family=self._family.name, view=self._view, hash=self._family.hash)
        return True


class Job:
    """One source into its indices: two batches in flight, one in each step of the writer, committed in order."""

    def __init__(
        self,
        source: Source,
        writer: Writer,
        sender: DeadLetterSender,
        topics: Topics,
        counters: SinkCounters,
        pace: Pace,
        aliases: AliasMove | None,
    ) -> None:
        self._source, self._writer, self._sender = source, writer, sender
        self._topics, self._counters = topics, counters
        self._pace = pace
        self._aliases = aliases
        self._finishing: asyncio.Task[None] | None = None
        # Work in hand may wait for Elasticsearch as long as it likes; only an idle job can have stalled.
        self._working = False
        self._idle_since = asyncio.get_running_loop().time()

    async def run(self, stop: asyncio.Event) -> None:
        """Index until `stop`, then finish what was begun, for at most `DRAIN_S` seconds."""
        await self._source.start()
        reporter = asyncio.create_task(self._report())
        work: asyncio.Task[None] = asyncio.create_task(self._work(stop))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({reporter, work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            # A reporter only ends with an error (a hanging client); the work then ends with it.
            if not reporter.done():
                await asyncio.wait({work}, timeout=DRAIN_S)
            if reporter.done():
                reporter.result()
            if work.done():
                work.result()
            if not work.done():
                log.warning("drain_given_up", topic=self._source.name, waited_s=DRAIN_S)
        finally:
            reporter.cancel()
            work.cancel()
            stopping.cancel()
            await asyncio.gather(reporter, work, stopping, return_exceptions=True)
            await self._source.stop()

    async def _work(self, stop: asyncio.Event) -> None:
        try:
            while not stop.is_set():
                try:
                    await self._step()
                except OwnershipLostError as error:
                    await self._discard(error)
            if self._finishing is not None:
                with contextlib.suppress(OwnershipLostError):
                    await self._finishing
        finally:
            if self._finishing is not None:
                self._finishing.cancel()
                await asyncio.gather(self._finishing, return_exceptions=True)

    async def _step(self) -> None:
        """Begin the next batch while the one before finishes; then let this one finish behind it."""
        batch = await self._source.fetch(self._pace.batch_records, FETCH_WAIT_S)
        if batch is None:
            await self._finish_if_done()
            return
        self._counters.records += len(batch.records)
        self._working = True
        state = await self._while_owner(batch.epoch, self._writer.begin(batch.records))
        if self._finishing is not None:
            try:
                await self._finishing
            except OwnershipLostError as error:
                # The batch before fell with an older assignment. This one belongs to the present one, which began at
                # the committed offsets and so holds those records again: it must not be thrown away too.
                if error.epoch == batch.epoch:
                    raise
                self._counters.discarded += 1
        self._finishing = asyncio.create_task(self._while_owner(batch.epoch, self._finish(batch, state)))

    async def _finish_if_done(self) -> None:
        if self._finishing is not None and self._finishing.done():
            done, self._finishing = self._finishing, None
            await done
        if self._finishing is None and self._working:
            self._working = False
            self._idle_since = asyncio.get_running_loop().time()

    async def _finish(self, batch: Batch, state: Any) -> None:
        """Prove membership, write the rest, dead-letter what was refused, commit: in this order."""
        await self._source.commit(batch.first, batch.epoch)
        refusals = await self._writer.finish(state)
        if len(refusals) >= CANARY_AT:
            await self._writer.check_canary()
        for refusal in refusals:
            await self._sender.send(_letter(self._topics, refusal))
            self._counters.dead_lettered += 1
        await self._source.commit(batch.next, batch.epoch)
        self._counters.batches += 1

    async def _while_owner(self, epoch: int, work: Coroutine[Any, Any, T]) -> T:
        """Run `work`, but end it once the partitions are no longer ours: it may wait for Elasticsearch for hours."""
        task = asyncio.ensure_future(work)
        try:
            while True:
                done, _ = await asyncio.wait({task}, timeout=LOOK_S)
                if done:
                    return task.result()
                self._source.require(epoch)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _discard(self, error: OwnershipLostError) -> None:
        """Throw away what is in flight; the assignment that follows starts at the committed offsets."""
        if self._finishing is not None:
            self._finishing.cancel()
            await asyncio.gather(self._finishing, return_exceptions=True)
            self._finishing = None
        self._counters.discarded += 1
        log.warning("batches_discarded", topic=self._source.name, why=str(error))
        # aiokafka rejoins by itself after a refused commit. Reading on before that would skip the discarded records.
        deadline = asyncio.get_running_loop().time() + REJOIN_S
        while self._source.epoch == error.epoch:
            if asyncio.get_running_loop().time() > deadline:
                raise SinkStalledError(
                    f"The indexer did not get back into its group on {self._source.name}: restart it."
                ) from error
            await asyncio.sleep(LOOK_S)

    async def _report(self) -> None:
        """Write a log line now and then, move the aliases when it is time, and stop a client that hangs."""
        before = -1
        while True:
            await asyncio.sleep(self._pace.report_every_s)
            lag = await self._source.read_lag()
            self._counters.lag |= {
                topic: sum(behind for tp, behind in lag.items() if tp.topic == topic) for topic in self._source.topics
            }
            if self._aliases is not None:
                with contextlib.suppress(SearchUnreachableError):
                    if await self._aliases.try_now(self._source):
                        self._aliases = None
            if self._counters.records != before:
                log.info("sink_progress", topic=self._source.name, **self._counters.as_dict())
            before = self._counters.records
            idle_s = asyncio.get_running_loop().time() - self._idle_since
            if any(lag.values()) and not self._working and idle_s > STALLED_S:
                raise SinkStalledError(
                    f"Records wait in {self._source.name} and none arrived for {STALLED_S:g} s: restart the indexer."
                )


def _letter(topics: Topics, refusal: Refusal) -> list[Output]:
    return make_dead_letter(
        topics,
        refusal.record,
        stage="index",
        agency=refusal.agency,
        reasons=tuple(refusal.reasons),
        report_id=refusal.report_id,
        document_id=refusal.document_id,
        event_id=refusal.event_id,
    )

"""Stops a worker that has work and makes no progress: the consumer can hang after a broker restart, silently."""

import asyncio
import logging
from collections.abc import Callable, Hashable
from typing import Any

from mode import Service

from processors.errors import WorkerStalledError, ZombieWriterError

__all__ = ["StallDetector", "Watchdog"]

log = logging.getLogger(__name__)


class StallDetector:
    """Says for how long each thing that had work has not moved; pure, with the clock as an argument."""

    def __init__(self) -> None:
        """Nothing observed."""
        self._since: dict[Hashable, tuple[object, float]] = {}

    def observe(self, name: Hashable, mark: object, busy: bool, now_s: float) -> float:
        """Seconds for which `name` has been busy with the same `mark`; 0 once it moved or is idle."""
        known = self._since.get(name)
        if not busy or known is None or known[0] != mark:
            self._since[name] = (mark, now_s)
            return 0.0
        return now_s - known[1]


class Watchdog(Service):  # type: ignore[misc]
    """Compares, every sixth of `stall_s`, what is committed with the ends of the partitions as Kafka gives them.

    Stops the worker if a partition has lag and its commit has not moved for `stall_s` seconds, if a rebalance or a
    restore has not moved for as long, if Kafka has not answered for as long, or if a changelog partition has a row
    that this worker did not write.
    """

    def __init__(self, app: Any, stall_s: float, clock: Callable[[], float], **kwargs: Any) -> None:
        """`clock` gives seconds, as `time.monotonic`."""
        self.app = app
        self.stall_s = stall_s
        self.clock = clock
        self.detector = StallDetector()
        super().__init__(**kwargs)

    @Service.task  # type: ignore[untyped-decorator]
    async def _watch(self) -> None:
        while not self.should_stop:
            await self.sleep(max(0.1, self.stall_s / 6))
            if not self.should_stop and self.app.consumer.failure is None:
                await self.check()

    async def check(self) -> None:
        """One look; fails the consumer if the worker is stalled or its changelog has a second writer."""
        consumer = self.app.consumer
        batching = self.app.batching
        now = self.clock()
        waiting = self.app.rebalancing or not consumer.flow_active
        stuck_s = self.detector.observe("rebalance", (batching.progress, batching.counters.rows_restored), waiting, now)
        if stuck_s > self.stall_s:
            self._stop(f"No assignment was completed for {stuck_s:.0f} s")
        partitions = consumer.watermarks.partitions
        if waiting or not partitions:
            return
        try:
            ends = await asyncio.wait_for(consumer.highwaters(*partitions), self.stall_s / 3)
        except Exception as exc:
            log.warning("Kafka did not say where the partitions end (%r)", exc)
            if self.detector.observe("kafka", None, True, self.clock()) > self.stall_s / 2:
                self._stop("Kafka does not answer")
            return
        self.detector.observe("kafka", None, False, now)
        for partition in partitions:
            done = consumer.watermarks.done(partition)
            lag = ends[partition] - (done or 0)
            batching.counters.lag[partition] = max(0, lag)
            stuck_s = self.detector.observe(partition, done, lag > 0, now)
            if stuck_s > self.stall_s:
                self._stop(f"Partition {partition.partition} of {partition.topic} has not moved for {stuck_s:.0f} s")
                return
        uncommitted = any(consumer.watermarks.committable(each) is not None for each in partitions)
        if self.detector.observe("commit", batching.counters.commits, uncommitted, now) > self.stall_s:
            self._stop(f"Nothing was committed for {self.stall_s:.0f} s")
        await self._check_changelog()

    async def _check_changelog(self) -> None:
        batching = self.app.batching
        runner = self.app.consumer.runner
        if batching.table is None or not runner.tails:
            return
        for number, offset in (await batching.changelog_ends(list(runner.tails))).items():
            tail = runner.tails.get(number)
            # Our own append may be under way, so only an end that stays beyond our last row is a stranger's.
            if tail is None or offset <= tail.next_offset:
                self.detector.observe(("changelog", number), None, False, self.clock())
            elif self.detector.observe(("changelog", number), tail.next_offset, True, self.clock()) > 0:
                self.app.consumer.fail(
                    ZombieWriterError(
                        f"Partition {number} of {batching.changelog} was written by somebody else: "
                        "start the worker again, it recovers by itself."
                    )
                )

    def _stop(self, what: str) -> None:
        self.app.consumer.fail(WorkerStalledError(f"{what}: see the log for the cause; a supervisor starts it again."))

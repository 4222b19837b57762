"""Standing by: a worker without a partition follows the one that has it, so that a takeover finds it ready."""

import asyncio
from typing import Any

from processors.stages import FollowingStage
from processors.transport.assignment import NOT_READY, STANDS_BY

__all__ = ["Standby"]

_PARTITION = 0


class Standby:
    """Keeps state and stage level with the changelog while the worker has no partition.

    Only for a stage that can follow (`FollowingStage`), whose changelog has one partition.
    """

    def __init__(self, app: Any) -> None:
        """Not following."""
        self._app = app
        self._task: asyncio.Task[None] | None = None

    @property
    def can_follow(self) -> bool:
        """Whether the stage is one that can."""
        batching = self._app.batching
        return batching.table is not None and isinstance(batching.stage, FollowingStage)

    def readiness(self) -> int:
        """How ready this worker is to have the partition, for `make_ready_first`; called from the consumer's thread."""
        tail = self._app.consumer.runner.tails.get(_PARTITION)
        if tail is not None:
            # A worker that slept through a takeover still has a tail: of two, the last to claim has the partition.
            return STANDS_BY + int(tail.epoch)
        return STANDS_BY if self._app.batching.stage.follows else NOT_READY

    def start(self) -> None:
        """Follow from now on; goes on where it is if it follows."""
        if self.can_follow and self._task is None:
            self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """Follow no longer; the stage stands where the state stands, or follows nothing."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            # Not awaited itself: its cancellation would hide that of our caller, whom the next rebalance stops.
            await asyncio.wait([task])

    async def _run(self) -> None:
        """What goes wrong stops the worker: a standby that is none must not look like one."""
        try:
            await self._app.batching.new_restorer().follow(_PARTITION)
        except Exception as exc:
            self._app.consumer.fail(exc)

"""Standing by: a worker without a partition follows the one that has it, so that a takeover finds it ready."""

import asyncio
import contextlib
from typing import Any

from processors.stages import FollowingStage

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

    def start(self) -> None:
        """Follow from now on; goes on where it is if it follows."""
        batching = self._app.batching
        if batching.table is None or not isinstance(batching.stage, FollowingStage):
            return
        if self._task is None:
            self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """Follow no longer; the stage stands where the state stands, or follows nothing."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        """What goes wrong stops the worker: a standby that is none must not look like one."""
        try:
            await self._app.batching.new_restorer().follow(_PARTITION)
        except Exception as exc:
            self._app.consumer.fail(exc)

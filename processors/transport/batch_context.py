"""What the parts of one batch worker share, and how each of them is made."""

from collections.abc import Sequence
from typing import Any

from faust.types import TP

from processors.errors import ChangelogError, OutputsNotAcknowledgedError
from processors.stages import FollowingStage, Stage
from processors.transport.lanes import LaneRunner
from processors.transport.metrics import Counters, MetricsServer
from processors.transport.outputs import OutputWriter
from processors.transport.recovery import Restorer
from processors.transport.standby import Standby
from processors.transport.stores import StateTable
from processors.transport.watermarks import Watermarks

__all__ = ["Batching"]


class Batching:
    """What the parts of one worker share."""

    def __init__(
        self,
        app: Any,
        stage: Stage,
        *,
        brokers: str,
        inputs: Sequence[str],
        changelog: str | None,
        output_limit: int,
        batch_bytes: int,
        prefetch_bytes: int,
        drain_s: float,
        stall_s: float,
        metrics_port: int | None,
    ) -> None:
        """See `build_app`."""
        self.app = app
        self.stage = stage
        self.inputs = tuple(inputs)
        self.changelog = changelog
        self.output_limit = output_limit
        self.prefetch_bytes = prefetch_bytes
        self.drain_s = drain_s
        self.counters = Counters()
        self.watermarks = Watermarks()
        self.standby = Standby(app)
        self.table: StateTable | None = None
        self.metrics_port = metrics_port
        self.metrics: MetricsServer | None = None
        self.progress = 0
        self._brokers = brokers
        self._batch_bytes = batch_bytes
        self._stall_s = stall_s
        self._checked: set[str] = set()

    def note_progress(self) -> None:
        """Tell the watchdog that something went on."""
        self.progress += 1

    def _writer(self) -> OutputWriter:
        client = self.app.producer._producer  # noqa: SLF001 - Faust has no other way to its aiokafka producer
        return OutputWriter(client, output_limit=self.output_limit, batch_bytes=self._batch_bytes)

    async def check_inputs(self) -> None:
        """Make sure that every input exists: a group that subscribes to a missing topic waits for it in silence.

        Raises:
            OutputsNotAcknowledgedError: one does not.
        """
        for topic in self.inputs:
            await self._writer().count_partitions(topic)

    def new_runner(self) -> LaneRunner:
        """What takes batches through the stage; the producer must run."""
        return LaneRunner(
            self.stage,
            self._writer(),
            self.watermarks,
            self.counters,
            table=self.table,
            changelog=self.changelog,
            output_limit=self.output_limit,
        )

    def new_restorer(self) -> Restorer:
        """What restores the state of newly assigned partitions."""
        assert self.table is not None
        assert self.changelog is not None
        return Restorer(
            self._brokers,
            self.changelog,
            self.table,
            self._writer(),
            row_limit=self.output_limit,
            stall_s=self._stall_s,
            note_rows=self._note_restored,
            follower=self.stage if isinstance(self.stage, FollowingStage) else None,
        )

    def _note_restored(self, applied: int, zombies: int) -> None:
        self.counters.rows_restored += applied
        self.counters.zombie_rows += zombies

    def close_other_partitions(self, keep: Sequence[int]) -> None:
        """Close the state of partitions that this worker no longer has."""
        runner = self.app.consumer.runner
        for number in set(runner.tails) - set(keep):
            if self.table is not None:
                self.table.store.close_partition(number)

    async def check_copartitioned(self, topic: str) -> None:
        """Make sure that `topic` and the changelog have the same number of partitions.

        Raises:
            ChangelogError: they have not, or the changelog is missing.
        """
        if topic in self._checked or self.changelog is None:
            return
        writer = self._writer()
        try:
            ours, theirs = await writer.count_partitions(self.changelog), await writer.count_partitions(topic)
        except OutputsNotAcknowledgedError as exc:
            raise ChangelogError(
                f"The changelog {self.changelog} does not exist: create it, then start again."
            ) from exc
        if ours != theirs:
            raise ChangelogError(
                f"The changelog {self.changelog} has {ours} partitions and its input {topic} has {theirs}: "
                "create the changelog with as many as the input."
            )
        self._checked.add(topic)

    async def changelog_ends(self, numbers: Sequence[int]) -> dict[int, int]:
        """The end offsets of changelog partitions."""
        ends = await self.app.consumer.highwaters(*[TP(self.changelog, number) for number in numbers])
        return {tp.partition: offset for tp, offset in ends.items()}

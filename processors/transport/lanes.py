"""A lane: the records of one partition on their way through the stage, one batch in flight, in order."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from processors.errors import OversizedOutputError, StageFailedError, ZombieWriterError
from processors.stages import OUTPUT_LIMIT_BYTES, Stage, StateView
from processors.transport.backlog import Backlog, Pacer
from processors.transport.metrics import Counters
from processors.transport.outputs import OutputWriter, fits_changelog
from processors.transport.stores import StateTable
from processors.transport.watermarks import Partition, Slice, Watermarks
from streams.records import Output, Record

__all__ = ["Batch", "ChangelogTail", "Lane", "LaneRunner", "compute_batch", "go_on"]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ChangelogTail:
    """Where our next row goes in a changelog partition, the epoch that we claimed it under, and the epoch since which
    all of its rows are ours.
    """

    next_offset: int
    epoch: int
    since: int


def go_on(before: ChangelogTail | None, now: ChangelogTail) -> ChangelogTail:
    """The tail `now` of a partition that this worker claimed anew, after `before`, its last one.

    If nothing lies between but the marker of the claim, nobody else had the partition: what a stage remembers holds.
    So a second worker that comes or goes does not make the first one rebuild what it has in memory.
    """
    if before is not None and now.next_offset == before.next_offset + 1:
        return ChangelogTail(now.next_offset, now.epoch, before.since)
    return now


@dataclass(slots=True)
class Lane:
    """What waits for one lane: a backlog per input partition (stateful inputs share the lane of their number)."""

    backlogs: dict[Partition, Backlog] = field(default_factory=dict)
    pacer: Pacer = field(default_factory=Pacer)
    turn: int = 0

    def next_partition(self) -> Partition | None:
        """The partition to serve next, in turn; None if nothing waits."""
        partitions = list(self.backlogs)
        for step in range(len(partitions)):
            partition = partitions[(self.turn + step) % len(partitions)]
            if self.backlogs[partition]:
                self.turn = (self.turn + step + 1) % len(partitions)
                return partition
        return None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch came to: `count` records, up to offset `end`, in `seconds` of stage work."""

    count: int
    end: int
    outputs: list[Output]
    rows: list[tuple[bytes, bytes | None]]
    seconds: float


def compute_batch(
    stage: Stage,
    backlog: Backlog,
    pacer: Pacer,
    state: StateView,
    *,
    row_limit: int,
    clock: Callable[[], float] = time.perf_counter,
) -> Batch:
    """Let the stage work on the head of `backlog` for about the pacer's target time.

    Pure but for `backlog`, `pacer` and `clock`. The state rows of a batch go into one record batch of the changelog;
    where they would exceed `row_limit` bytes the batch ends before them.

    Raises:
        StageFailedError: the stage raised; the message names the offsets.
        OversizedOutputError: the rows of a single record exceed `row_limit`.
    """
    outputs: list[Output] = []
    count, end, spent = 0, -1, 0.0
    wanted = pacer.count()
    while backlog and wanted:
        records, part_end = backlog.take(wanted)
        began = clock()
        try:
            emitted = stage.process(records, state)
        except Exception as exc:
            raise StageFailedError(
                f"The stage {stage.name} failed on {_name_range(records)} with {type(exc).__name__}: "
                "correct the stage; the records stay in the topic and come again."
            ) from exc
        seconds = clock() - began
        if emitted.rows and not fits_changelog({**state.rows, **dict(emitted.rows)}.items(), row_limit):
            backlog.put_back(records, part_end)
            if count:
                break
            if len(records) == 1:
                raise OversizedOutputError(
                    f"The state rows of {_name_range(records)} exceed {row_limit} bytes: make the stage's rows smaller."
                )
            wanted = len(records) // 2
            continue
        pacer.observe(len(records), seconds)
        state.lay(emitted.rows)
        outputs.extend(emitted.outputs)
        count, end, spent = count + len(records), part_end, spent + seconds
        wanted = pacer.count(spent)
    return Batch(count, end, outputs, list(state.rows.items()), spent)


class LaneRunner:
    """Takes the batches of lanes through the stage, Kafka and the store."""

    def __init__(
        self,
        stage: Stage,
        writer: OutputWriter,
        watermarks: Watermarks,
        counters: Counters,
        *,
        table: StateTable | None = None,
        changelog: str | None = None,
        output_limit: int = OUTPUT_LIMIT_BYTES,
    ) -> None:
        """`table` and `changelog` come together, or not at all for a stateless stage."""
        self._stage = stage
        self._writer = writer
        self._watermarks = watermarks
        self._counters = counters
        self._table = table
        self._changelog = changelog
        self._output_limit = output_limit
        self.tails: dict[int, ChangelogTail] = {}

    async def run_batch(self, lane: Lane, partition: Partition) -> bool:
        """Take the next batch of `partition` all the way; False if its generation ended meanwhile.

        Guarantee (at least once): the watermark moves over the batch only after every output, and then every state
        row, has been acknowledged by all in-sync replicas, and the rows are in the store. Outputs go first: were
        the rows written before a crash and the outputs not, the replay would find nothing changed and emit nothing.
        Whatever happens in between, the batch is processed again from the state before it or, if its rows were
        written, from the state after it. A batch whose generation has ended moves nothing any more.

        Raises:
            WorkerError: the world is broken; nothing later may be acknowledged.
        """
        began = time.perf_counter()
        view = self._view_state(partition.partition)
        batch = compute_batch(self._stage, lane.backlogs[partition], lane.pacer, view, row_limit=self._output_limit)
        piece = self._watermarks.hand_out(partition, batch.end)
        if batch.outputs:
            await self._writer.send(batch.outputs)
        if batch.rows and not await self._write_rows(piece, batch.rows):
            return self._abandon()
        if not self._watermarks.acknowledge(piece):
            return self._abandon()
        counters = self._counters
        counters.events_in += batch.count
        counters.events_out += len(batch.outputs)
        counters.rows_out += len(batch.rows)
        counters.batches += 1
        counters.batch_seconds += batch.seconds
        counters.batch_wall_seconds += time.perf_counter() - began
        return True

    async def _write_rows(self, piece: Slice, rows: list[tuple[bytes, bytes | None]]) -> bool:
        if self._table is None or self._changelog is None:
            raise StageFailedError(
                f"The stage {self._stage.name} returned state rows but has no changelog: name one in build_app."
            )
        if not self._watermarks.is_current(piece):
            return False
        number = piece.partition.partition
        tail = self.tails[number]
        offset = await self._writer.append(self._changelog, number, rows, tail.epoch, self._output_limit)
        if offset != tail.next_offset:
            raise ZombieWriterError(
                f"Partition {number} of {self._changelog} was written by somebody else (offset {offset} instead of "
                f"{tail.next_offset}): start the worker again, it recovers by itself."
            )
        tail.next_offset = offset + len(rows)
        if not self._watermarks.is_current(piece):
            return False
        self._table.apply(
            self._changelog,
            number,
            [(offset + index, key, value, tail.epoch) for index, (key, value) in enumerate(rows)],
        )
        return True

    def _abandon(self) -> bool:
        self._counters.batches_abandoned += 1
        return False

    def _view_state(self, partition: int) -> StateView:
        if self._table is None:
            return StateView(_read_nothing, self._output_limit)
        store, tail = self._table.store, self.tails.get(partition)
        return StateView(
            store.reader(partition),
            self._output_limit,
            scan=partial(store.scan, partition),
            epoch=0 if tail is None else tail.since,
        )


def _read_nothing(_key: bytes) -> None:
    return None


def _name_range(records: Sequence[Record]) -> str:
    first, last = records[0], records[-1]
    return f"{first.topic}/{first.partition} offsets {first.offset} to {last.offset}"

"""A Kafka in memory, as aiokafka's consumer and producer show it: what the batch path's unit tests run against.

It fakes the wire's library, not our classes: logs with offsets and gaps, positions, commits, and acknowledgements
that a test can hold back or turn into errors.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiokafka.record.memory_records import MemoryRecords
from aiokafka.structs import RecordMetadata, TopicPartition
from faust.types import TP

from processors.batching import BatchApp, Stage, build_app
from processors.transport.batch_consumer import BatchConsumer
from streams.records import StoredRecord

__all__ = ["FakeKafka", "Worker", "open_worker"]


@dataclass
class FakeKafka:
    """Topics, commits and the order of everything that was acknowledged (`events`)."""

    partitions: dict[str, int]
    logs: dict[TopicPartition, list[StoredRecord]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[TopicPartition, int] = field(default_factory=lambda: defaultdict(int))
    commits: dict[TopicPartition, int] = field(default_factory=dict)
    events: list[tuple[str, TopicPartition, int]] = field(default_factory=list)
    refuse: dict[str, Exception] = field(default_factory=dict)
    hold: set[str] = field(default_factory=set)
    held: list[tuple[str, "asyncio.Future[RecordMetadata]", Any]] = field(default_factory=list)

    def append(self, topic: str, partition: int, *values: bytes | None, key: bytes = b"k") -> None:
        """Append records; None leaves a gap of one offset (a transaction marker, a compacted record)."""
        place = TopicPartition(topic, partition)
        for value in values:
            if value is not None:
                self.logs[place].append(StoredRecord(topic, partition, self.ends[place], 0, key, value))
            self.ends[place] += 1

    def values(self, topic: str, partition: int = 0) -> list[bytes | None]:
        """Values in a partition."""
        return [record.value for record in self.logs[TopicPartition(topic, partition)]]

    # -- the producer's side

    async def partitions_for(self, topic: str) -> set[int]:
        """As AIOKafkaProducer."""
        return set(range(self.partitions[topic]))

    async def send_batch(self, builder: Any, topic: str, *, partition: int) -> "asyncio.Future[RecordMetadata]":
        """As AIOKafkaProducer: the future is done once the batch is acknowledged."""
        future: asyncio.Future[RecordMetadata] = asyncio.get_running_loop().create_future()
        place = TopicPartition(topic, partition)
        batch = MemoryRecords(bytes(builder._build())).next_batch()

        def acknowledge() -> None:
            base = self.ends[place]
            for record in batch:
                self.logs[place].append(
                    StoredRecord(topic, partition, self.ends[place], 0, record.key, record.value, tuple(record.headers))
                )
                self.ends[place] += 1
            self.events.append(("written", place, base))
            if not future.done():
                future.set_result(RecordMetadata(topic, partition, place, base, 0, 0, 0))

        if topic in self.refuse:
            future.set_exception(self.refuse[topic])
        elif topic in self.hold:
            self.held.append((topic, future, acknowledge))
        else:
            asyncio.get_running_loop().call_soon(acknowledge)
        return future

    def release(self) -> None:
        """Acknowledge everything held back, and hold nothing any more."""
        self.hold.clear()
        held, self.held = self.held, []
        for _, _, acknowledge in held:
            acknowledge()

    async def flush(self) -> None:
        """As AIOKafkaProducer."""


class _Consumer:
    """As AIOKafkaConsumer, with the inner parts that the consumer thread touches."""

    _closed = False

    def __init__(self, kafka: FakeKafka) -> None:
        self.kafka = kafka
        self.assigned: frozenset[TopicPartition] = frozenset()
        self.positions: dict[TopicPartition, int] = {}
        self.fetch_size = 1000
        self.fetches: list[frozenset[Any]] = []
        self._coordinator = SimpleNamespace(generation=1, check_errors=lambda: None)
        self._fetcher = SimpleNamespace(
            _closed=False,
            fetched_records=self.fetched_records,
            _subscriptions=SimpleNamespace(
                fetch_context=contextlib.nullcontext,
                subscription=SimpleNamespace(assignment=SimpleNamespace(active=True, state_value=self.state_value)),
            ),
        )

    def state_value(self, place: TopicPartition) -> Any:
        position = self.positions.get(place)
        return SimpleNamespace(has_valid_position=position is not None, position=position)

    async def fetched_records(
        self,
        wanted: Sequence[TopicPartition],
        timeout: float,  # noqa: ASYNC109 - as in aiokafka
        max_records: int | None,
    ) -> dict[TopicPartition, list[StoredRecord]]:
        self.fetches.append(frozenset(wanted))
        found = {}
        for tp in wanted:
            place = TopicPartition(*tp)
            log = [each for each in self.kafka.logs[place] if each.offset >= self.positions[place]]
            if len(log) > self.fetch_size:
                found[place] = log[: self.fetch_size]
                self.positions[place] = log[self.fetch_size].offset
            else:
                if log:
                    found[place] = log
                self.positions[place] = self.kafka.ends[place]
        await asyncio.sleep(0 if found else 0.001)
        return found

    def assignment(self) -> frozenset[TopicPartition]:
        return self.assigned

    async def committed(self, place: TopicPartition) -> int | None:
        return self.kafka.commits.get(place)

    def seek(self, place: TopicPartition, offset: int) -> None:
        self.positions[place] = offset

    async def seek_to_beginning(self, *places: TopicPartition) -> None:
        for place in places:
            log = self.kafka.logs[place]
            self.positions[place] = log[0].offset if log else 0

    async def commit(self, offsets: dict[TopicPartition, Any]) -> None:
        if "commit" in self.kafka.refuse:
            raise self.kafka.refuse["commit"]
        for place, offset in offsets.items():
            self.kafka.commits[place] = offset.offset
            self.kafka.events.append(("committed", place, offset.offset))

    def highwater(self, place: TopicPartition) -> int:
        return self.kafka.ends[place]


@dataclass
class Worker:
    """A batch app on a fake Kafka; the test plays the group coordinator."""

    app: BatchApp
    consumer: BatchConsumer
    wire: _Consumer
    kafka: FakeKafka
    pump: "asyncio.Task[None]"

    async def assign(self, *places: tuple[str, int]) -> None:
        """A rebalance's second half: partitions come, the flow resumes."""
        self.wire.assigned = frozenset(TopicPartition(*place) for place in places)
        self.wire.positions = dict.fromkeys(self.wire.assigned, -1)
        await self.consumer.perform_seek()
        self.consumer._set_active_tps({TP(*place) for place in places})
        self.consumer.resume_flow()

    async def revoke(self) -> None:
        """A rebalance's first half: all partitions go."""
        await self.consumer.on_partitions_revoked({TP(*place) for place in self.wire.assigned})

    def committed(self, topic: str, partition: int = 0) -> int | None:
        """The committed offset."""
        return self.kafka.commits.get(TopicPartition(topic, partition))


async def wait_for(probe: Any, what: str, deadline_s: float = 5.0) -> None:
    """Let the loop run until `probe()` is true."""
    end = asyncio.get_running_loop().time() + deadline_s
    while not probe():
        assert asyncio.get_running_loop().time() < end, f"{what} did not happen"
        await asyncio.sleep(0.001)


@contextlib.asynccontextmanager
async def open_worker(kafka: FakeKafka, stage: Stage, folder: Path, **options: Any) -> Any:
    """A worker on `kafka` whose pump runs; nothing is assigned yet."""
    options.setdefault("inputs", ["in"])
    app = build_app(brokers="127.0.0.1:9", group="g", stage=stage, data_dir=folder, **options)
    app.wire()
    consumer: BatchConsumer = app.consumer
    app.producer._producer = kafka
    wire = _Consumer(kafka)
    thread = consumer._thread
    thread._consumer = wire

    async def call_directly(fun: Any, *args: Any) -> Any:
        return await fun(*args)

    thread.call_thread = call_directly
    consumer.runner = app.batching.new_runner()
    consumer.stop_flow()
    crashes: list[BaseException] = []

    async def crash(exc: BaseException) -> None:
        crashes.append(exc)

    consumer.crash = crash
    fetcher = SimpleNamespace(should_stop=False)
    pump = asyncio.ensure_future(consumer._drain_messages(fetcher))
    try:
        yield Worker(app, consumer, wire, kafka, pump)
    finally:
        fetcher.should_stop = True
        tasks = [pump, *consumer._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        thread.thread_loop.close()

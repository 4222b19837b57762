"""The one place that talks to Kafka for the index: batches in, offsets and dead letters out."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError, UnknownMemberIdError

from indexing.errors import OwnershipLostError, SinkKafkaError, SinkReplacedError
from streams.records import Output, Record
from streams.topics import LATER_LIMIT

__all__ = ["Batch", "DeadLetterSender", "Source"]

SESSION_TIMEOUT_MS = 10_000
# With the default of 60 s nothing would be read for a minute after a restart; a static member takes its place at once.
REBALANCE_TIMEOUT_MS = 30_000
# The sink may wait for Elasticsearch for hours without polling; it stays a member, for its heartbeats are a task apart.
MAX_POLL_INTERVAL_MS = 24 * 3600 * 1000
FETCH_BYTES = 4 * 1024 * 1024
RETRY_PAUSE_S = 0.5
KAFKA_PATIENCE_S = 120.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one fetch, each partition's in order, with the offsets where it starts and behind which it ends.

    `epoch` names the assignment under which it was fetched: in another epoch it belongs to somebody else.
    """

    records: Sequence[Record]
    first: Mapping[TopicPartition, int]
    next: Mapping[TopicPartition, int]
    epoch: int


class Source:
    """Topics read as a static member of a consumer group, with manual commits; `name` is for messages."""

    def __init__(
        self,
        *,
        brokers: str,
        topics: Sequence[str],
        group: str,
        instance_id: str,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.topics = tuple(topics)
        self.name = self.topics[0] if len(self.topics) == 1 else f"{self.topics[0]} and {len(self.topics) - 1} more"
        self.epoch = 0
        self._brokers = brokers
        self._group, self._instance_id = group, instance_id
        self._options = dict(options or {})
        self._consumer: AIOKafkaConsumer = None  # made by `start`: an unused one would have to be closed

    async def start(self) -> None:
        """Join the group; SinkKafkaError if no broker answers or Kafka refuses us."""
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            client_id=self._instance_id,
            group_id=self._group,
            group_instance_id=self._instance_id,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=SESSION_TIMEOUT_MS,
            heartbeat_interval_ms=SESSION_TIMEOUT_MS // 4,
            rebalance_timeout_ms=REBALANCE_TIMEOUT_MS,
            max_poll_interval_ms=MAX_POLL_INTERVAL_MS,
            max_partition_fetch_bytes=FETCH_BYTES,
            fetch_max_wait_ms=100,
            **self._options,
        )
        try:
            await self._consumer.start()
            self._consumer.subscribe(list(self.topics), listener=_Listener(self))
        except (KafkaError, OSError) as error:
            await self._consumer.stop()
            raise _unreachable(self._brokers, error) from error
        except BaseException:
            await self._consumer.stop()
            raise

    async def stop(self) -> None:
        """Leave; a static member keeps its place for the session timeout, so a quick restart moves nothing."""
        await self._consumer.stop()

    async def fetch(self, max_records: int, wait_s: float) -> Batch | None:
        """The next records, or None if there are none within `wait_s` seconds."""
        try:
            found = await self._consumer.getmany(timeout_ms=int(wait_s * 1000), max_records=max_records)
        except KafkaError as error:
            raise SinkKafkaError(
                f"Kafka refused to hand out {self.name} ({type(error).__name__}): check the rights of the indexer."
            ) from error
        if not found:
            return None
        # aiokafka hands out nothing from the revocation to the next assignment, and takes records out of its buffer
        # without giving way to other tasks: these are of the epoch that we read here.
        return Batch(
            records=[record for records in found.values() for record in records],
            first={tp: records[0].offset for tp, records in found.items()},
            next={tp: records[-1].offset + 1 for tp, records in found.items()},
            epoch=self.epoch,
        )

    async def commit(self, offsets: Mapping[TopicPartition, int], epoch: int) -> None:
        """Commit; when it returns, this member owned the partitions at some moment after the call began.

        Raises OwnershipLostError if it does not own them any more, SinkReplacedError if its place was taken,
        SinkKafkaError if Kafka refuses for good. A broker that is away is waited for.
        """
        self.require(epoch)
        try:
            await self._consumer.commit(dict(offsets))
        except (CommitFailedError, IllegalStateError) as error:
            if isinstance(error.__cause__, UnknownMemberIdError):
                # aiokafka would rejoin and throw the other one out, which would do the same: seen to go on for ever,
                # with right results and one batch in twenty committed. The one that was replaced stops.
                raise SinkReplacedError(
                    f"Kafka gave the place of {self._instance_id} to another indexer of that name, or this one stood "
                    f"still for over {SESSION_TIMEOUT_MS // 1000} s: give each indexer a number of its own, and start "
                    "this one again."
                ) from error
            raise OwnershipLostError(self.name, epoch) from error
        except KafkaError as error:
            raise SinkKafkaError(
                f"Kafka refused the offsets of {self.name} ({type(error).__name__}): check the rights of the indexer."
            ) from error
        self.require(epoch)

    def require(self, epoch: int) -> None:
        """Raise OwnershipLostError if the assignment of that epoch has ended."""
        if self.epoch != epoch:
            raise OwnershipLostError(self.name, epoch)

    async def read_lag(self) -> dict[TopicPartition, int]:
        """Records behind the committed offset of each partition held here; {} if Kafka can't say now."""
        held = sorted(self._consumer.assignment())
        return await self._behind(held) if held else {}

    async def read_ends(self) -> dict[TopicPartition, int] | None:
        """End offset of every partition of the topics that holds records; None if Kafka can't say now of each topic."""
        if not all(self._consumer.partitions_for_topic(topic) for topic in self.topics):
            return None
        try:
            all_of_it = self._all_partitions()
            ends = await self._consumer.end_offsets(all_of_it)
            begins = await self._consumer.beginning_offsets(all_of_it)
        except KafkaError:
            return None
        return {tp: end for tp, end in ends.items() if end > begins[tp]}

    async def has_committed(self, ends: Mapping[TopicPartition, int]) -> bool:
        """Whether the whole group, all members together, has committed up to these offsets."""
        try:
            for tp, end in ends.items():
                if (await self._consumer.committed(tp) or 0) < end:
                    return False
        except KafkaError:
            return False
        return True

    def _all_partitions(self) -> list[TopicPartition]:
        return [
            TopicPartition(topic, number)
            for topic in self.topics
            for number in self._consumer.partitions_for_topic(topic) or ()
        ]

    async def _behind(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        try:
            ends = await self._consumer.end_offsets(partitions)
            begins = await self._consumer.beginning_offsets(partitions)
            done = {tp: await self._consumer.committed(tp) for tp in partitions}
        except KafkaError:
            return {}
        return {tp: max(0, ends[tp] - max(done[tp] or 0, begins[tp])) for tp in partitions}


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Begins a new epoch when an assignment ends, before another member can have it.

    Not when the next one begins: records may be handed out between the assignment and this callback, and batches of an
    epoch that ended are thrown away.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:  # noqa: ARG002 - aiokafka's signature
        self._source.epoch += 1

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        log.info(
            "partitions_assigned",
            topic=self._source.name,
            partitions=sorted(f"{tp.topic}-{tp.partition}" for tp in assigned),
        )


class DeadLetterSender:
    """Writes dead letters, acknowledged by all replicas, for all topics of the process."""

    def __init__(self, brokers: str, options: Mapping[str, Any] | None = None) -> None:
        self._brokers = brokers
        self._options = dict(options or {})
        self._producer: AIOKafkaProducer = None  # made by `start`

    async def start(self) -> None:
        """Connect; SinkKafkaError if no broker answers."""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._brokers,
            acks="all",
            enable_idempotence=True,
            max_request_size=LATER_LIMIT + 64 * 1024,
            **self._options,
        )
        try:
            await self._producer.start()
        except (KafkaError, OSError) as error:
            await self._producer.stop()
            raise _unreachable(self._brokers, error) from error
        except BaseException:
            await self._producer.stop()
            raise

    async def stop(self) -> None:
        """Send what is left and disconnect."""
        await self._producer.stop()

    async def send(self, outputs: Sequence[Output]) -> None:
        """Write outputs one after the other, the original before its letter; each is acknowledged when it returns.

        A broker that is away is waited for, up to two minutes; then SinkKafkaError stops the sink, nothing committed.
        """
        deadline = asyncio.get_running_loop().time() + KAFKA_PATIENCE_S
        for output in outputs:
            while True:
                try:
                    await self._producer.send_and_wait(
                        output.topic, value=output.value, key=output.key, headers=_headers(output)
                    )
                    break
                except KafkaError as error:
                    if not error.retriable or asyncio.get_running_loop().time() > deadline:
                        raise SinkKafkaError(
                            f"A dead letter could not be written to {output.topic} ({type(error).__name__}): check the "
                            "topic and the rights of the indexer."
                        ) from error
                await asyncio.sleep(RETRY_PAUSE_S)


def _unreachable(brokers: str, error: Exception) -> SinkKafkaError:
    return SinkKafkaError(
        f"Kafka does not answer at {brokers} ({type(error).__name__}): start it, or check the address."
    )


def _headers(output: Output) -> list[tuple[str, Any]]:
    return list(output.headers)

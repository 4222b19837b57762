"""Writing a batch's outputs and state rows to Kafka, as few record batches, each awaited.

The only file that knows aiokafka's producer, and the only one in which its exceptions are caught.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from aiokafka.errors import (
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    UnknownTopicOrPartitionError,
)
from aiokafka.producer.message_accumulator import BatchBuilder

from processors.errors import OutputsNotAcknowledgedError, OversizedOutputError
from processors.stages import measure_output
from processors.transport.changelog import epoch_header
from processors.transport.partitioning import partition_keys
from streams.records import Output

__all__ = ["OutputWriter", "fits_changelog"]

# The broker compares the whole record batch with the topic's `max.message.bytes`.
_BATCH_HEADER_BYTES = 61
# aiokafka asks for an unknown topic until its request timeout; a topic that exists is found in milliseconds.
_TOPIC_WAIT_S = 10.0


def fits_changelog(rows: Iterable[tuple[bytes, bytes | None]], limit: int) -> bool:
    """Whether `rows` fit into one record batch of at most `limit` bytes."""
    # 48: the epoch header, the lengths and the row's own fields at their longest.
    return _BATCH_HEADER_BYTES + sum(len(key) + len(value or b"") + 48 for key, value in rows) <= limit


class OutputWriter:
    """Sends through one idempotent aiokafka producer; safe for several partitions' batches at once."""

    def __init__(self, producer: Any, *, output_limit: int, batch_bytes: int) -> None:
        """`producer`: a started AIOKafkaProducer; `batch_bytes`: where a record batch is closed."""
        self._producer = producer
        self._output_limit = output_limit
        # No larger than an output may be, so that only a batch's first record has to be measured.
        self._batch_bytes = min(batch_bytes, output_limit)
        self._spread = 0
        self._known: set[str] = set()
        self._turns: dict[tuple[str, int], asyncio.Lock] = {}

    async def send(self, outputs: Sequence[Output]) -> None:
        """Write `outputs`, in order per topic and partition.

        Guarantee: when this returns, every output has been acknowledged by all in-sync replicas. If it raises, some
        may have been written and none may be counted on: the input must not be acknowledged.

        Raises:
            OversizedOutputError: an output is larger than the limit that the stage was given.
            OutputsNotAcknowledgedError: Kafka refused one for good, or its topic does not exist.
        """
        rounds = self._build(await self._by_partition(outputs))
        futures: list[Any] = []
        try:
            # A partition takes its next batch only once the one before is on its way, so go round by round.
            for batches in rounds:
                for topic, partition, builder in batches:
                    futures.append(await self._enqueue(builder, topic, partition))
        except KafkaError as exc:
            await asyncio.gather(*futures, return_exceptions=True)
            raise self._refusal(exc) from exc
        for result in await asyncio.gather(*futures, return_exceptions=True):
            if isinstance(result, BaseException):
                raise self._refusal(result) from result

    async def append(
        self, topic: str, partition: int, rows: Iterable[tuple[bytes, bytes | None]], epoch: int, limit: int
    ) -> int:
        """Append `rows` as one record batch to a changelog partition; returns the offset of the first.

        Guarantee: when this returns, the rows are acknowledged by all in-sync replicas and lie side by side; a
        crash leaves all of them or none. An offset of -1 means that Kafka no longer knows where they lie.

        Raises:
            OversizedOutputError: the rows do not fit into one record batch of `limit` bytes.
            OutputsNotAcknowledgedError: Kafka refused them for good, or the topic does not exist.
        """
        builder = BatchBuilder(limit, 0)
        headers = epoch_header(epoch)
        for key, value in rows:
            if builder.append(timestamp=None, key=key, value=value, headers=headers) is None:
                raise OversizedOutputError(
                    f"The state rows of one batch for {topic} exceed {limit} bytes: make the stage's rows smaller."
                )
        try:
            metadata = await (await self._enqueue(builder, topic, partition))
        except KafkaError as exc:
            raise self._refusal(exc) from exc
        return int(metadata.offset)

    async def _enqueue(self, builder: BatchBuilder, topic: str, partition: int) -> Any:
        """Hand a batch to the producer once the one before it is on its way; the future of its acknowledgement.

        One at a time per partition: aiokafka 0.14 takes the time since the *first* try off its timeout at each try, so
        eight lanes that wait for one partition used up its 30 s within two (tests/live/test_batching_live.py).
        """
        async with self._turns.setdefault((topic, partition), asyncio.Lock()):
            return await self._producer.send_batch(builder, topic, partition=partition)

    async def count_partitions(self, topic: str) -> int:
        """How many partitions `topic` has.

        Raises:
            OutputsNotAcknowledgedError: it does not exist.
        """
        try:
            if topic not in self._known:
                await asyncio.wait_for(self._producer.partitions_for(topic), _TOPIC_WAIT_S)
                self._known.add(topic)
            return len(await self._producer.partitions_for(topic))
        except (TimeoutError, KafkaError) as exc:
            raise OutputsNotAcknowledgedError(
                f"The topic {topic} can't be found: create it, then start again."
            ) from exc

    async def _by_partition(self, outputs: Sequence[Output]) -> dict[tuple[str, int], list[Output]]:
        by_topic: dict[str, list[Output]] = {}
        for output in outputs:
            by_topic.setdefault(output.topic, []).append(output)
        groups: dict[tuple[str, int], list[Output]] = {}
        for topic, items in by_topic.items():
            partitions = await self.count_partitions(topic)
            keyed = partition_keys([item.key for item in items if item.key is not None], partitions)
            self._spread += 1
            numbers = iter(keyed)
            for item in items:
                # Outputs without a key stay together per batch and move on from batch to batch.
                number = self._spread % partitions if item.key is None else next(numbers)
                groups.setdefault((topic, number), []).append(item)
        return groups

    def _build(self, groups: dict[tuple[str, int], list[Output]]) -> list[list[tuple[str, int, BatchBuilder]]]:
        rounds: list[list[tuple[str, int, BatchBuilder]]] = []
        for (topic, partition), items in groups.items():
            turn = 0
            builder = None
            for _, key, value, headers in items:
                if (
                    builder is not None
                    and builder.append(timestamp=None, key=key, value=value, headers=list(headers)) is not None
                ):
                    continue
                # The first record of a record batch always fits aiokafka; whether it fits Kafka is checked here.
                size = measure_output(Output(topic, key, value, headers))
                if size > self._output_limit:
                    raise OversizedOutputError(
                        f"An output of {size} bytes for {topic} exceeds the {self._output_limit} bytes it may have: "
                        "let the stage dead-letter it."
                    )
                builder = BatchBuilder(self._batch_bytes, 0)
                builder.append(timestamp=None, key=key, value=value, headers=list(headers))
                if turn == len(rounds):
                    rounds.append([])
                rounds[turn].append((topic, partition, builder))
                turn += 1
        return rounds

    @staticmethod
    def _refusal(exc: BaseException) -> Exception:
        if isinstance(exc, MessageSizeTooLargeError | RecordListTooLargeError):
            return OversizedOutputError(
                "Kafka refused an output as too large: raise the topic's max.message.bytes above the output limit."
            )
        if isinstance(exc, UnknownTopicOrPartitionError):
            return OutputsNotAcknowledgedError("An output topic does not exist: create it, then start again.")
        return OutputsNotAcknowledgedError(
            f"Kafka did not take a batch ({type(exc).__name__}): check the brokers, then start the worker again."
        )

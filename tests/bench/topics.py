"""What the benchmarks ask of Kafka: fill topics, read what was added to them, delete them."""

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from confluent_kafka import TIMESTAMP_LOG_APPEND_TIME, Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from streams.records import Output

__all__ = ["Place", "Seen", "delete_topics", "fill_topics", "find_ends", "read_records"]

Place = tuple[str, int]
"""Topic and partition."""
DEADLINE_S = 120.0


class Seen(NamedTuple):
    """A record as it lies in a topic; `timestamp` is the broker's clock in milliseconds since the epoch."""

    topic: str
    key: bytes | None
    value: bytes | None
    timestamp: int


def fill_topics(brokers: str, outputs: Iterable[Output], prefix: str) -> None:
    """Write records to their topics, named with `prefix`."""
    producer = Producer(
        {
            "bootstrap.servers": brokers,
            "linger.ms": 20,
            "batch.size": 256 * 1024,
            "partitioner": "murmur2_random",
            "queue.buffering.max.messages": 1_000_000,
        }
    )
    for output in outputs:
        producer.produce(prefix + output.topic, key=output.key, value=output.value, headers=list(output.headers))
        producer.poll(0)
    assert producer.flush(DEADLINE_S) == 0


def find_ends(brokers: str, topics: Sequence[str]) -> dict[Place, int]:
    """The end offset of every partition."""
    with _consumer(brokers) as consumer:
        found = {}
        for topic in topics:
            for number in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
                found[topic, number] = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=10)[1]
        return found


def read_records(brokers: str, topics: Sequence[str], before: Mapping[Place, int] | None = None) -> Iterator[Seen]:
    """Every record that lies in the topics now, from the offsets `before` on; AssertionError if that takes too long."""
    starts = before or {}
    waiting = {place: starts.get(place, 0) for place in find_ends(brokers, topics)}
    deadline = time.monotonic() + DEADLINE_S
    with _consumer(brokers) as consumer:
        consumer.assign([TopicPartition(*place, start) for place, start in waiting.items()])
        while waiting:
            assert time.monotonic() < deadline, f"{sorted(waiting)} could not be read"
            # It waits so long for more, also behind the last one.
            for message in consumer.consume(2000, 0.1):
                if message.error() is not None:
                    if message.error().code() == KafkaError._PARTITION_EOF:
                        waiting.pop((message.topic(), message.partition()), None)
                    continue
                kind, at = message.timestamp()
                assert kind == TIMESTAMP_LOG_APPEND_TIME
                yield Seen(message.topic(), message.key(), message.value(), at)


def delete_topics(brokers: str, topics: Sequence[str]) -> None:
    """Free their disk space."""
    if topics:
        admin = AdminClient({"bootstrap.servers": brokers, "log_level": 3})  # its work ends with its last reference
        for deleted in admin.delete_topics(list(topics)).values():
            deleted.result(30)


@contextlib.contextmanager
def _consumer(brokers: str) -> Iterator[Consumer]:
    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": "bench-reader",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    try:
        yield consumer
    finally:
        consumer.close()

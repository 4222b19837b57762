"""Reading topics to their end in tests, with a client that is not the one under test."""

import time
from collections.abc import Iterator
from typing import Any

import orjson
from confluent_kafka import Consumer, KafkaError, Message, TopicPartition

from streams.topics import PARTITIONS

__all__ = ["newest_of", "read_all"]


def read_all(brokers: str, topic: str, partitions: int = PARTITIONS) -> Iterator[Message]:
    """Every record that lies in a topic now, in order within a partition."""
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": "reader", "enable.auto.commit": False, "enable.partition.eof": True}
    )
    consumer.assign([TopicPartition(topic, number, 0) for number in range(partitions)])
    ended, deadline = 0, time.monotonic() + 60
    try:
        while ended < partitions:
            assert time.monotonic() < deadline, f"{topic} could not be read"
            for message in consumer.consume(1000, 0.1):  # it waits so long for more, also behind the last one
                error = message.error()
                if error is None:
                    yield message
                elif error.code() == KafkaError._PARTITION_EOF:
                    ended += 1
    finally:
        consumer.close()


def newest_of(brokers: str, topic: str) -> dict[str, Any]:
    """Of every id in a topic of versioned documents the highest version."""
    newest: dict[str, Any] = {}
    for message in read_all(brokers, topic):
        document = orjson.loads(message.value() or b"")
        known = newest.get(document["id"])
        if known is None or document["version"] >= known["version"]:
            newest[document["id"]] = document
    return newest

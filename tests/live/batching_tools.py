"""Topics, records and worker processes for the live and fault tests of the batch path."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from tests.polling import poll_until

__all__ = ["WorkerProcess", "World", "open_world", "wait_for_count"]


class WorkerProcess:
    """One worker; `kill` is `kill -9`."""

    def __init__(self, options: Mapping[str, Any], log: Path) -> None:
        self.log = log
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.live.batching_worker", json.dumps(options)], stdout=sink, stderr=sink
            )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def terminate(self, deadline_s: float = 40.0) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(deadline_s)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.kill()

    def text(self) -> str:
        return self.log.read_text()


class World:
    """The topics of one test on a real Kafka, named with its prefix."""

    def __init__(self, brokers: str, prefix: str, folder: Path, partitions: int = 4) -> None:
        self.brokers = brokers
        self.prefix = prefix
        self.folder = folder
        self.partitions = partitions
        self.source, self.out, self.log = f"{prefix}in", f"{prefix}out", f"{prefix}log"
        self.group = f"{prefix}group"
        self.create(self.source, {})
        self.create(self.out, {})
        self.create(self.log, dict(CHANGELOG_TOPIC_CONFIG))
        self._workers: list[WorkerProcess] = []

    def create(self, topic: str, config: dict[str, str]) -> None:
        admin = AdminClient({"bootstrap.servers": self.brokers})
        admin.create_topics([NewTopic(topic, self.partitions, 1, config=config)])[topic].result(30)
        poll_until(lambda: self._has_leaders(topic), 30, f"leaders for {topic}")

    def _has_leaders(self, topic: str) -> bool:
        try:
            return len(self.ends(topic)) == self.partitions
        except KafkaException:
            return False

    def publish(self, numbers: Sequence[int], keys: int = 100, **settings: Any) -> None:
        """Record `n` has the value "n" and the key "k<n mod keys>"."""
        producer = Producer({"bootstrap.servers": self.brokers, "partitioner": "murmur2_random", **settings})
        for number in numbers:
            producer.produce(self.source, key=b"k%d" % (number % keys), value=b"%d" % number)
            producer.poll(0)
        assert producer.flush(60) == 0

    def start(self, name: str = "w1", stage: str = "pass", **options: Any) -> WorkerProcess:
        """A worker with a static instance id and a data directory of its own, both named `name`."""
        options.setdefault("data_dir", str(self.folder / name))
        options.setdefault("instance_id", name)
        options.setdefault("commit_interval_s", 0.2)
        arguments = {
            "brokers": self.brokers,
            "group": self.group,
            "stage": stage,
            "inputs": [self.source],
            "out": self.out,
        }
        worker = WorkerProcess({**arguments, **options}, self.folder / f"{name}.log")
        self._workers.append(worker)
        return worker

    def read(self, topic: str) -> list[Message]:
        """Everything in a topic, per partition in order."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.brokers,
                "group.id": "reader",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        consumer.assign([TopicPartition(topic, partition, 0) for partition in range(self.partitions)])
        found: list[Message] = []
        ended: set[int] = set()
        deadline = time.monotonic() + 60
        while len(ended) < self.partitions:
            assert time.monotonic() < deadline, f"{topic} could not be read"
            for message in consumer.consume(1000, 0.3):
                if message.error() is None:
                    found.append(message)
                elif message.error().code() == KafkaError._PARTITION_EOF:
                    ended.add(message.partition())
        consumer.close()
        return found

    def values(self, topic: str) -> list[bytes]:
        return [message.value() for message in self.read(topic)]

    def count(self, topic: str) -> int:
        """Offsets used in a topic."""
        return sum(self.ends(topic).values())

    def ends(self, topic: str) -> dict[int, int]:
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": "reader"})
        try:
            return {
                number: consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=10)[1]
                for number in range(self.partitions)
            }
        finally:
            consumer.close()

    def committed(self) -> dict[int, int]:
        """The group's offsets, -1001 where there is none."""
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": self.group})
        try:
            places = [TopicPartition(self.source, number) for number in range(self.partitions)]
            return {place.partition: place.offset for place in consumer.committed(places, timeout=10)}
        finally:
            consumer.close()

    def caught_up(self) -> bool:
        """Whether the group has committed to the ends."""
        ends = self.ends(self.source)
        return all(self.committed()[number] == end for number, end in ends.items() if end)

    def wait_until_caught_up(self, deadline_s: float = 60.0) -> None:
        try:
            poll_until(self.caught_up, deadline_s, "catching up", interval_s=0.2)
        except AssertionError as exc:
            logs = "\n".join(worker.text()[-3000:] for worker in self._workers)
            raise AssertionError(f"{exc}: committed {self.committed()} of {self.ends(self.source)}\n{logs}") from exc

    def assert_order_kept(self) -> None:
        """First appearances of a key's records are in the order in which they were published."""
        newest: dict[bytes, int] = {}
        seen: set[bytes] = set()
        for message in self.read(self.out):
            if message.value() not in seen:
                seen.add(message.value())
                number = int(message.value())
                assert number > newest.get(message.key(), -1), f"{message.key()!r}: {number} after {newest}"
                newest[message.key()] = number

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()


@contextlib.contextmanager
def open_world(brokers: str, prefix: str, folder: Path, **options: Any) -> Iterator[World]:
    """A world whose workers are gone on the way out."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(brokers, prefix, folder, **options)
    try:
        yield world
    finally:
        world.close()


def wait_for_count(world: World, topic: str, count: int) -> None:
    """Wait until `count` offsets of `topic` are used; asked often, so that a kill comes in mid-load."""
    poll_until(lambda: world.count(topic) >= count, 60, f"{count} records in {topic}", interval_s=0.01)

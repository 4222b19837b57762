"""The topics of one view on a real Kafka, and correlate workers over them that the live tests start, kill and stop."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from streams.admin import ensure_topics
from streams.judgements import Said
from streams.parsing import canonical_json
from streams.topics import Topics, TopicSpec
from tests.polling import poll_until
from tests.unit.correlating import Folded, invent_records, make_record
from tests.unit.judging import make_judgement
from tests.unit.telling import comparison_records

__all__ = ["VIEW", "Correlation", "muddle_records"]

VIEW = "joint"


class Correlation:
    """One view: its topics, and its workers by number, each with a data directory of its own."""

    def __init__(self, brokers: str, prefix: str, folder: Path, store: str) -> None:
        self.brokers = brokers
        self.topics = Topics(prefix)
        self.folder = folder
        self.store = store
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        self.admin = AdminClient({"bootstrap.servers": brokers})
        changelog = TopicSpec(self.topics.state(f"correlate.{VIEW}"), 1, dict(CHANGELOG_TOPIC_CONFIG))
        ensure_topics(brokers, [*self.topics.table([], [VIEW]), changelog])
        poll_until(self._has_leaders, 30, "leaders for the topics")

    @property
    def group(self) -> str:
        return f"{self.topics.prefix}correlate.{VIEW}"

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

    def state_of(self, number: int) -> Path:
        """The worker's data directory."""
        return self.folder / f"state-{number}"

    def _has_leaders(self) -> bool:
        try:
            for topic, partitions in ((self.topics.facts(VIEW), 1), (self.topics.links(VIEW), 8)):
                self.end_of(topic, partitions)
        except KafkaException:
            return False
        return True

    def publish(self, records: Sequence[Any]) -> None:
        producer = Producer({"bootstrap.servers": self.brokers})
        for record in records:
            producer.produce(self.topics.facts(VIEW), key=record["id"].encode(), value=canonical_json(record))
            producer.poll(0)
        assert producer.flush(60) == 0

    def start(self, number: int = 0, delay_s: float = 0.0) -> None:
        options = {
            "brokers": self.brokers,
            "prefix": self.topics.prefix,
            "view": VIEW,
            "data_dir": str(self.state_of(number)),
            "store": self.store,
            "delay_s": delay_s,
            "number": number,
        }
        with self.log.open("ab") as sink:
            self.workers[number] = subprocess.Popen(
                [sys.executable, "-m", "tests.live.correlation_worker", json.dumps(options)], stdout=sink, stderr=sink
            )

    def kill(self, number: int = 0) -> None:
        worker = self.workers[number]
        assert worker.poll() is None, self.log.read_text()[-3000:]
        worker.kill()
        worker.wait(10)

    def stop(self, number: int = 0) -> None:
        """End the worker in order."""
        self.workers[number].terminate()
        assert self.workers[number].wait(40) == 0, self.log.read_text()[-3000:]

    def members(self) -> dict[int, bool]:
        """The workers in the group, as Kafka sees them, and whether each has the partition."""
        group = self.admin.describe_consumer_groups([self.group])[self.group].result(10)
        return {
            int(member.group_instance_id.removeprefix(f"{self.group}-").split("-")[0]): bool(
                member.assignment.topic_partitions
            )
            for member in group.members
        }

    def owner(self) -> int | None:
        """The worker that has the partition; None while nobody has it."""
        return next((number for number, has in self.members().items() if has), None)

    def wait_for_owner(self, *, other_than: int | None = None, deadline_s: float = 60.0) -> int:
        """The worker that has the partition, once one has it that is not `other_than`."""

        def look() -> tuple[int, ...]:
            owner = self.owner()
            return () if owner in (None, other_than) else (owner,)

        return poll_until(look, deadline_s, "an owner")[0]

    def end_of(self, topic: str, partitions: int) -> int:
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": "reader"})
        try:
            places = [TopicPartition(topic, number) for number in range(partitions)]
            return sum(consumer.get_watermark_offsets(place, timeout=10)[1] for place in places)
        finally:
            consumer.close()

    def committed(self) -> int:
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": self.group})
        try:
            return int(consumer.committed([TopicPartition(self.topics.facts(VIEW), 0)], timeout=10)[0].offset)
        finally:
            consumer.close()

    def wait_until_caught_up(self, *, supervised: bool = False) -> None:
        """Wait until all facts are taken in; `supervised` starts workers again that ended."""
        end = self.end_of(self.topics.facts(VIEW), 1)

        def look() -> bool:
            for number, worker in list(self.workers.items()) if supervised else ():
                if worker.poll() is not None:
                    self.start(number)
            return self.committed() == end

        try:
            poll_until(look, 90, "catching up", interval_s=0.2)
        except AssertionError as exc:
            raise AssertionError(f"{exc}: {self.committed()} of {end}\n{self.log.read_text()[-3000:]}") from exc

    def wait_for_links(self, count: int) -> None:
        """Wait until `count` documents were written; asked often, so that a kill comes in mid-load."""
        topic = self.topics.links(VIEW)
        poll_until(lambda: self.end_of(topic, 8) >= count, 60, f"{count} documents in {topic}", interval_s=0.01)

    def read(self) -> Folded:
        """What a reader of the three topics from the beginning ends up with."""
        folded = Folded()
        for document in self._documents(self.topics.links(VIEW)):
            folded.take({document["id"]: document}, {})
        for document in self._documents(self.topics.networks(VIEW)):
            folded.take({}, {document["id"]: document})
        for document in self._documents(self.topics.events(VIEW)):
            folded.take({}, {}, {document["id"]: document})
        return folded

    def _documents(self, topic: str, partitions: int = 8) -> Iterator[Any]:
        consumer = Consumer(
            {"bootstrap.servers": self.brokers, "group.id": "reader", "enable.auto.commit": False,
             "enable.partition.eof": True}
        )  # fmt: skip
        consumer.assign([TopicPartition(topic, number, 0) for number in range(partitions)])
        ended = 0
        deadline = time.monotonic() + 60
        while ended < partitions:
            assert time.monotonic() < deadline, f"{topic} could not be read"
            for message in consumer.consume(1000, 0.3):
                if message.error() is None:
                    yield orjson.loads(message.value())
                elif message.error().code() == KafkaError._PARTITION_EOF:
                    ended += 1
        consumer.close()

    def close(self) -> None:
        """End whatever still runs, stopped processes too."""
        for worker in self.workers.values():
            if worker.poll() is None:
                worker.kill()
                worker.wait(10)


def muddle_records(dice: random.Random) -> list[Any]:
    """The scenario and 2,000 invented reports: doubled, revised, retracted, judged, shuffled."""
    records: list[Any] = [*comparison_records()[VIEW], *invent_records(2_000, seed=5)]
    records += [make_record(one, ("plate", f"TST{dice.randrange(60):07d}"), version=2) for one in range(0, 2_000, 7)]
    records += [make_record(number, version=3, live=False) for number in range(0, 2_000, 11)]
    records += [_judge(dice, number) for number in range(0, 2_000, 2)]
    records += dice.sample(records, len(records) // 3)
    dice.shuffle(records)
    return records


def _judge(dice: random.Random, number: int) -> Any:
    """What somebody says of a report and a near one, with which it may share a crew; some of it is taken back."""
    said: Said = dice.choice(["same", "different", "different", "withdrawn"])
    second = dice.randrange(10)
    pair = (number, number + dice.randint(1, 9))
    return make_judgement(said, dice.choice(["ana", "benito"]), pair, received=f"2026-03-01T12:00:0{second}.000Z")

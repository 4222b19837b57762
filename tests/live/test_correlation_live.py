"""Correlation on a real Kafka: a worker that is killed at random, with and without its local state, loses nothing."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from processors.correlation.batch import correlate
from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from streams.admin import ensure_topics
from streams.judgements import Said
from streams.parsing import canonical_json
from streams.topics import Topics, TopicSpec
from tests.conftest import RunningServers
from tests.polling import poll_until
from tests.unit.correlating import Folded, invent_records, make_record
from tests.unit.judging import make_judgement
from tests.unit.telling import comparison_records

# kafka-python reads its protocol definitions in a way that Python 3.11 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")

VIEW = "joint"


class Correlation:
    """The topics of one view on a real Kafka, and one worker after the other over them."""

    def __init__(self, brokers: str, prefix: str, folder: Path, store: str) -> None:
        self.brokers = brokers
        self.topics = Topics(prefix)
        self.folder = folder
        self.store = store
        self.worker: subprocess.Popen[bytes] | None = None
        changelog = TopicSpec(self.topics.state(f"correlate.{VIEW}"), 1, dict(CHANGELOG_TOPIC_CONFIG))
        ensure_topics(brokers, [*self.topics.table([], [VIEW]), changelog])
        poll_until(self._has_leaders, 30, "leaders for the topics")

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

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

    def start(self, delay_s: float = 0.0) -> None:
        options = {
            "brokers": self.brokers,
            "prefix": self.topics.prefix,
            "view": VIEW,
            "data_dir": str(self.folder / "state"),
            "store": self.store,
            "delay_s": delay_s,
        }
        with self.log.open("ab") as sink:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "tests.live.correlation_worker", json.dumps(options)], stdout=sink, stderr=sink
            )

    def kill(self) -> None:
        assert self.worker is not None
        assert self.worker.poll() is None, self.log.read_text()[-3000:]
        self.worker.kill()
        self.worker.wait(10)

    def end_of(self, topic: str, partitions: int) -> int:
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": "reader"})
        try:
            places = [TopicPartition(topic, number) for number in range(partitions)]
            return sum(consumer.get_watermark_offsets(place, timeout=10)[1] for place in places)
        finally:
            consumer.close()

    def committed(self) -> int:
        group = f"{self.topics.prefix}correlate.{VIEW}"
        consumer = Consumer({"bootstrap.servers": self.brokers, "group.id": group})
        try:
            return int(consumer.committed([TopicPartition(self.topics.facts(VIEW), 0)], timeout=10)[0].offset)
        finally:
            consumer.close()

    def wait_until_caught_up(self) -> None:
        end = self.end_of(self.topics.facts(VIEW), 1)
        try:
            poll_until(lambda: self.committed() == end, 90, "catching up", interval_s=0.2)
        except AssertionError as exc:
            raise AssertionError(f"{exc}: {self.committed()} of {end}\n{self.log.read_text()[-3000:]}") from exc

    def wait_for_links(self, count: int) -> None:
        """Wait until `count` documents were written; asked often, so that a kill comes in mid-load."""
        topic = self.topics.links(VIEW)
        poll_until(lambda: self.end_of(topic, 8) >= count, 60, f"{count} documents in {topic}", interval_s=0.01)

    def read(self) -> Folded:
        """What a reader of both topics from the beginning ends up with."""
        folded = Folded()
        for document in self._documents(self.topics.links(VIEW)):
            folded.take({document["id"]: document}, {})
        for document in self._documents(self.topics.networks(VIEW)):
            folded.take({}, {document["id"]: document})
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

    def stop(self) -> None:
        if self.worker is not None and self.worker.poll() is None:
            self.worker.kill()
            self.worker.wait(10)


@pytest.fixture(params=[pytest.param("memory://", marks=pytest.mark.slow), "rocksdb://"])
def correlation(
    request: pytest.FixtureRequest, servers: RunningServers, prefix: str, tmp_path: Path
) -> Iterator[Correlation]:
    opened = Correlation(servers.kafka, prefix, tmp_path, request.param)
    try:
        yield opened
    finally:
        opened.stop()


def _muddle(dice: random.Random) -> list[Any]:
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


def test_links_and_networks_survive_kill_9_and_the_loss_of_the_local_state(correlation: Correlation) -> None:
    dice = random.Random(11)
    records = _muddle(dice)
    correlation.publish(records[:-200])
    wrote = 0
    for attempt in range(4):
        correlation.start(delay_s=0.002)
        correlation.wait_for_links(wrote + dice.randint(300, 900))
        correlation.kill()
        wrote = correlation.end_of(correlation.topics.links(VIEW), 8)
        if attempt % 2:
            shutil.rmtree(correlation.folder / "state")
    assert correlation.committed() < len(records) - 200, "all was done before the last kill: nothing was tried"
    correlation.start()
    correlation.publish(records[-200:])
    correlation.wait_until_caught_up()
    assert correlation.worker is not None
    correlation.worker.terminate()
    assert correlation.worker.wait(40) == 0
    folded = correlation.read()
    judged = [one for one in records if one["kind"] == "judgement"]
    links, networks, _ = correlate((one for one in records if one["kind"] != "judgement"), judgements=judged)
    assert folded.live_links() == links
    assert folded.live_networks() == networks
    assert len(networks) > 100
    assert sum("judged" in link for link in links.values()) > 20
    # The restart really went on from kept state, it did not begin again.
    counts = json.loads(correlation.log.read_text().splitlines()[-1])["counts"]
    assert counts["rebuilt"] == 1
    assert counts["applied"] < len(records)

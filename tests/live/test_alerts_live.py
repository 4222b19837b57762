"""Alerts on a real Kafka: the scenario shuffled and doubled, the worker killed at random; the same alerts stand."""

import json
import os
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

from processors.alerting.batch import standing
from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from streams.admin import ensure_topics
from streams.parsing import canonical_json
from streams.topics import PARTITIONS, Topics, TopicSpec
from tests.conftest import RunningServers
from tests.polling import poll_until
from tests.unit.alerting import (
    DEMO_SUBSCRIPTIONS,
    VIEW,
    FoldedAlerts,
    demo_subscribers,
    make_network,
    make_report,
    story,
)
from tests.unit.test_alerting_scenario import told, true_alerts

SEED = int(os.environ.get("PUENTE_TEST_SEED", "11"))


class Alerting:
    """The topics of one view on a real Kafka, and one worker after the other over them."""

    def __init__(self, brokers: str, prefix: str, folder: Path, store: str) -> None:
        self.brokers = brokers
        self.topics = Topics(prefix)
        self.folder = folder
        self.store = store
        self.worker: subprocess.Popen[bytes] | None = None
        self.subscribers = [one.id for one in demo_subscribers()]
        self.inputs = [self.topics.reports(VIEW), self.topics.networks(VIEW)]
        self.outputs = [self.topics.alerts(one) for one in self.subscribers]
        changelog = TopicSpec(self.topics.state(f"alert.{VIEW}"), PARTITIONS, dict(CHANGELOG_TOPIC_CONFIG))
        ensure_topics(brokers, [*self.topics.table([], [VIEW], self.subscribers), changelog])
        poll_until(self._has_leaders, 30, "leaders for the topics")

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

    def _has_leaders(self) -> bool:
        try:
            self.end_of([*self.inputs, *self.outputs])
        except KafkaException:
            return False
        return True

    def publish(self, records: Sequence[Any]) -> None:
        producer = Producer({"bootstrap.servers": self.brokers, "partitioner": "murmur2_random"})
        for record in records:
            topic = self.inputs[0 if "report_id" in record else 1]
            producer.produce(topic, key=record["id"].encode(), value=canonical_json(record))
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
                [sys.executable, "-m", "tests.live.alert_worker", json.dumps(options)], stdout=sink, stderr=sink
            )

    def start_command(self) -> None:
        """The worker as an operator starts it."""
        own = {"PUENTE_KAFKA": self.brokers, "PUENTE_PREFIX": self.topics.prefix, "PUENTE_DATA": str(self.folder)}
        with self.log.open("ab") as sink:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "deploy.cli", "worker", "alert", "--view", VIEW],
                env={**os.environ, **own, "PUENTE_SUBSCRIPTIONS": str(DEMO_SUBSCRIPTIONS)},
                stdout=sink,
                stderr=sink,
            )

    def kill(self) -> None:
        assert self.worker is not None
        assert self.worker.poll() is None, self.log.read_text()[-3000:]
        self.worker.kill()
        self.worker.wait(10)

    def _ask(self, group: str = "reader") -> Consumer:
        return Consumer({"bootstrap.servers": self.brokers, "group.id": group, "enable.auto.commit": False})

    def end_of(self, topics: Sequence[str]) -> int:
        consumer = self._ask()
        try:
            places = [TopicPartition(topic, number) for topic in topics for number in range(PARTITIONS)]
            return sum(consumer.get_watermark_offsets(place, timeout=10)[1] for place in places)
        finally:
            consumer.close()

    def committed(self) -> int:
        consumer = self._ask(f"{self.topics.prefix}alert.{VIEW}")
        try:
            places = [TopicPartition(topic, number) for topic in self.inputs for number in range(PARTITIONS)]
            return sum(max(place.offset, 0) for place in consumer.committed(places, timeout=10))
        finally:
            consumer.close()

    def wait_until_caught_up(self) -> None:
        end = self.end_of(self.inputs)
        try:
            poll_until(lambda: self.committed() == end, 90, "catching up", interval_s=0.2)
        except AssertionError as exc:
            raise AssertionError(f"{exc}: {self.committed()} of {end}\n{self.log.read_text()[-3000:]}") from exc

    def read(self) -> FoldedAlerts:
        """What a reader of all alert topics from the beginning ends up with."""
        folded = FoldedAlerts()
        for topic in self.outputs:
            consumer = Consumer(
                {"bootstrap.servers": self.brokers, "group.id": "reader", "enable.auto.commit": False,
                 "enable.partition.eof": True}
            )  # fmt: skip
            consumer.assign([TopicPartition(topic, number, 0) for number in range(PARTITIONS)])
            ended, deadline = 0, time.monotonic() + 60
            while ended < PARTITIONS:
                assert time.monotonic() < deadline, f"{topic} could not be read"
                for message in consumer.consume(1000, 0.3):
                    if message.error() is None:
                        document = orjson.loads(message.value())
                        assert message.key() == document["id"].encode()
                        assert topic == self.topics.alerts(document["subscriber"])
                        folded.take(document)
                    elif message.error().code() == KafkaError._PARTITION_EOF:
                        ended += 1
            consumer.close()
        return folded

    def stop(self) -> None:
        if self.worker is not None and self.worker.poll() is None:
            self.worker.kill()
            self.worker.wait(10)


@pytest.fixture(params=[pytest.param("memory://", marks=pytest.mark.slow), "rocksdb://"])
def alerting(
    request: pytest.FixtureRequest, servers: RunningServers, prefix: str, tmp_path: Path
) -> Iterator[Alerting]:
    opened = Alerting(servers.kafka, prefix, tmp_path, request.param)
    try:
        yield opened
    finally:
        opened.stop()


def _revise(dice: random.Random, number: int) -> list[Any]:
    """Up to four versions of an invented report or network, some of them retracted, most of them met by somebody."""
    versions = range(1, dice.randint(1, 4) + 1)
    if number % 4 == 0:
        return [
            make_network(number, version=version, member_count=dice.randint(3, 8), exercise=True)
            if dice.random() < 0.8
            else make_network(number, version=version, state=dice.choice(["merged", "withdrawn"]))
            for version in versions
        ]
    return [
        make_report(
            number,
            version=version,
            exercise=True,
            retracted=dice.random() < 0.15,
            items=[{"ordinal": 0, "kind": "ammunition", "commodity": "ammunition", "count_unit": "round"}
                   | {"count": float(dice.choice([500, 1000, 2000]))}],
        )
        for version in versions
    ]  # fmt: skip


def _muddle(dice: random.Random) -> list[Any]:
    """The scenario and 2,000 invented reports and networks in several versions: doubled and shuffled."""
    invented = [record for number in range(2_000) for record in _revise(dice, number)]
    records = [*story(), *invented]
    records += dice.sample(records, len(records) // 3)
    dice.shuffle(records)
    return records


def test_the_same_alerts_stand_after_kill_9_and_the_loss_of_the_local_state(alerting: Alerting) -> None:
    dice = random.Random(SEED)
    records = _muddle(dice)
    alerting.publish(records[:-300])
    wrote = 0
    for attempt in range(4):
        alerting.start(delay_s=0.002)
        goal = wrote + dice.randint(100, 350)
        poll_until(lambda goal=goal: alerting.end_of(alerting.outputs) >= goal, 60, f"{goal} alerts", interval_s=0.01)  # type: ignore[misc]
        alerting.kill()
        wrote = alerting.end_of(alerting.outputs)
        if attempt % 2:
            shutil.rmtree(alerting.folder / "state")
    assert alerting.committed() < len(records) - 300, "all was done before the last kill: nothing was tried"
    alerting.start()
    alerting.publish(records[-300:])
    alerting.wait_until_caught_up()
    assert alerting.worker is not None
    alerting.worker.terminate()
    assert alerting.worker.wait(40) == 0
    folded = alerting.read()
    assert folded.standing() == standing(records, demo_subscribers(), VIEW)
    of_story = {record["id"] for record in story()}
    ours = [one for one in folded.standing().values() if _subject(one) in of_story]
    assert told(ours) == true_alerts()
    assert len(folded.standing()) > 500
    assert {one["change"] for one in folded.told} == {"new", "raised", "lowered", "withdrawn"}
    # The restart really went on from kept state, it did not begin again.
    counts = json.loads(alerting.log.read_text().splitlines()[-1])["counts"]
    assert counts["judged"] + counts["ignored"] < len(records)
    assert alerting.end_of([alerting.topics.dead_letters]) == 0


@pytest.mark.parametrize("alerting", ["rocksdb://"], indirect=True)
def test_the_command_runs_the_stage(alerting: Alerting) -> None:
    alerting.publish(story())
    alerting.start_command()
    alerting.wait_until_caught_up()
    assert alerting.worker is not None
    alerting.worker.terminate()
    assert alerting.worker.wait(40) == 0, alerting.log.read_text()[-3000:]
    assert told(alerting.read().standing().values()) == true_alerts()


def _subject(content: Any) -> str:
    return str(content["subject"]["id"])

"""`puente alerts` on a real Kafka: what stands, following, and keeping a place."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from confluent_kafka import Producer

from deploy.cli.alerts import _standing
from streams.admin import ensure_topics
from streams.alerts import AlertDocument
from streams.parsing import canonical_json
from streams.subscriber import Subscriber
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.polling import poll_until
from tests.unit.alerting import DEMO_SUBSCRIPTIONS, VIEW, demo_subscribers, story
from tests.unit.telling import TRUTH
from tests.unit.test_alerting_scenario import run as run_stage


def publish(brokers: str, topics: Topics, documents: list[Any]) -> None:
    producer = Producer({"bootstrap.servers": brokers})
    for one in documents:
        producer.produce(topics.alerts(one["subscriber"]), key=one["id"].encode(), value=canonical_json(one))
    assert producer.flush(60) == 0


@pytest.fixture
def topics(servers: RunningServers, prefix: str) -> Topics:
    """The alert topics with what the scenario makes of the demo's subscriptions."""
    names = Topics(prefix)
    wanted = {names.alerts(one.id) for one in demo_subscribers()}
    ensure_topics(servers.kafka, [spec for spec in names.table([], [], [one.id for one in demo_subscribers()])
                                  if spec.name in wanted])  # fmt: skip
    publish(servers.kafka, names, run_stage(story()).told)
    return names


class Puente:
    """The command line with the test's servers and prefix."""

    def __init__(self, brokers: str, topics: Topics, home: Path) -> None:
        own = {"PUENTE_KAFKA": brokers, "PUENTE_PREFIX": topics.prefix, "PUENTE_HOME": str(home), "COLUMNS": "200"}
        self.environ = {**os.environ, **own, "PUENTE_SUBSCRIPTIONS": str(DEMO_SUBSCRIPTIONS)}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "deploy.cli", "alerts", *arguments]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            self.command(*arguments), env=self.environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def puente(servers: RunningServers, topics: Topics, tmp_path: Path) -> Puente:
    return Puente(servers.kafka, topics, tmp_path)


def test_what_stands_is_what_the_truth_says(puente: Puente) -> None:
    for one in demo_subscribers():
        alerts = [orjson.loads(line) for line in puente.run(one.id, "--json").splitlines()]
        assert len(alerts) == sum(told["subscriber"] == one.id for told in TRUTH["alerts"])
        assert {alert["state"] for alert in alerts} == {"standing"}


def test_a_person_reads_why_from_whom_and_how_sure_in_either_language(puente: Puente) -> None:
    shown = puente.run("laredo-desk")
    standing = sum(told["subscriber"] == "laredo-desk" for told in TRUTH["alerts"])
    for words in (
        "NEW  A thousand fentanyl pills or more at Laredo: bridge-customs BC-2026-LRD-004117  EXERCISE",
        "It reports 12,400 pills (fentanyl); asked for 1,000 pills or more.",
        "Laredo, US-TX, US · from 2026-03-05 03:40 UTC · grade B2 · TLP:GREEN · released to: joint, mx, us",
        "A lead, not proof",
        f"{standing} alerts stand for laredo-desk.",
    ):
        assert words in shown
    assert "WITHDRAWN" not in shown
    assert "Informa de 12,400 pastillas (fentanilo); se pidieron 1,000" in puente.run("laredo-desk", "--lang", "es")


def test_following_shows_what_was_withdrawn_too_and_a_group_keeps_the_place(puente: Puente) -> None:
    told = [one for one in run_stage(story()).told if one["subscriber"] == "laredo-desk"]
    withdrawn = sum(one["state"] != "standing" for one in told)
    assert withdrawn == 2
    shown = puente.run("--follow", "laredo-desk", "--from-beginning", "--count", str(len(told)))
    assert shown.count("WITHDRAWN") == withdrawn
    assert "red-versa: policia-rio PR-0430-2026" in shown
    first = puente.run("laredo-desk", "--group", "pager", "--count", "3", "--json").splitlines()
    rest = puente.run("laredo-desk", "--group", "pager", "--count", str(len(told) - 3), "--json").splitlines()
    assert len({*first, *rest}) == len(told)


def test_following_shows_an_alert_as_it_comes(puente: Puente, servers: RunningServers, topics: Topics) -> None:
    follower = subprocess.Popen(
        puente.command("--follow", "laredo-desk", "--json", "--count", "1"),
        env=puente.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        one = {**run_stage(story()).told[0], "subscriber": "laredo-desk", "id": "f" * 32}

        def ended() -> bool:
            # Published again until the follower has taken its place at the topic's end.
            publish(servers.kafka, topics, [one])
            return follower.poll() is not None

        poll_until(ended, 30, "the follower has shown one alert", interval_s=0.2)
        assert follower.stdout is not None
        assert orjson.loads(follower.stdout.read()) == one
    finally:
        follower.kill()
        follower.wait(10)
        follower.communicate()


class Outrun(Subscriber):
    """A subscriber whose topic gets a new alert each time that something is read from it."""

    servers: RunningServers
    topics: Topics
    polls = 0

    def poll(self, timeout_s: float = 1.0) -> list[AlertDocument]:
        self.polls += 1
        assert self.polls < 50, "it reads on without end"
        one: Any = {**run_stage(story()).told[0], "subscriber": self.name, "id": f"{self.polls:032x}"}
        publish(self.servers.kafka, self.topics, [one])
        return super().poll(timeout_s)


def test_what_stands_ends_though_the_topic_grows_faster_than_it_is_read(
    servers: RunningServers, topics: Topics
) -> None:
    with Outrun("laredo-desk", servers.kafka, from_beginning=True, topics=topics) as subscriber:
        subscriber.servers, subscriber.topics = servers, topics
        shown = {alert["id"] for alert in _standing(subscriber)}
    stood = {one["id"] for one in run_stage(story()).standing().values() if one["subscriber"] == "laredo-desk"}
    assert stood <= shown


def test_who_knows_no_subscriber_is_told_where_the_demo_keeps_its_own(puente: Puente) -> None:
    environ = {name: value for name, value in puente.environ.items() if name != "PUENTE_SUBSCRIPTIONS"}
    done = subprocess.run(puente.command(), env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "PUENTE_SUBSCRIPTIONS" in done.stderr
    assert "deploy/demo/subscriptions.yaml" in done.stderr


def test_without_a_name_the_subscribers_are_listed(puente: Puente) -> None:
    shown = puente.run()
    assert [line.split()[0] for line in shown.splitlines()] == [one.id for one in demo_subscribers()]
    assert f"view {VIEW}" in shown

"""A link of the story is judged on real servers: its network splits, and is whole again when that is taken back."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from confluent_kafka import Producer

from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.demo.platform import Platform
from streams.links import LinkDocument
from tests.conftest import RunningServers
from tests.live.platforms import await_all, publish_lines, run_platform, story_platform
from tests.live.reading import newest_of, read_all

# kafka-python reads its protocol definitions in a way that Python 3.11 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")

VIEW = "joint"
Documents = dict[str, dict[str, Any]]


class Judging:
    """The story on a platform, and an analyst at the command line."""

    def __init__(self, platform: Platform, settle: Callable[[], None], folder: Path) -> None:
        self.platform = platform
        self.settle = settle
        self.folder = folder
        self.receipts = folder / "judged.ndjson"
        self.receipts.touch()

    def puente(self, *words: str) -> str:
        command = [sys.executable, "-m", "deploy.cli", *words]
        environ = self.platform.environ()
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def judge(self, link: str, verdict: str, why: str) -> None:
        """Judge, keep the receipt, and wait until all that follows is done."""
        receipt = self.puente("judge", link[:12], verdict, "--why", why, "--json")
        with self.receipts.open("a", encoding="utf-8") as file:
            file.write(receipt)
        self.settle()

    def stream(self) -> tuple[Documents, Documents]:
        """The live links and networks of the stream, with version 0."""
        topics, brokers = self.platform.topics, self.platform.addresses.kafka
        links, networks = (newest_of(brokers, topic) for topic in (topics.links(VIEW), topics.networks(VIEW)))
        return _live(links), _live(networks)

    def offline(self) -> tuple[Documents, Documents]:
        """What `puente correlate` makes of the same reports and of all judgements."""
        topics, brokers = self.platform.topics, self.platform.addresses.kafka
        enriched = self.folder / "enriched.ndjson"
        lines = (message.value() or b"" for message in read_all(brokers, topics.enriched))
        enriched.write_bytes(b"\n".join(lines))
        told = self.puente("correlate", str(enriched), "--judgements", str(self.receipts))
        rows = [json.loads(line) for line in told.splitlines()]
        links, networks = (
            {row[kind]["id"]: row[kind] for row in rows if row["kind"] == kind} for kind in ("link", "network")
        )
        return links, networks

    def together(self, link: LinkDocument) -> list[str]:
        """The networks, as the index has them, that hold both reports of a link."""
        listed = json.loads(self.puente("network", "--size", "100", "--json"))["networks"]
        members = {network["id"]: {member["id"] for member in network["members"]} for network in listed}
        return [name for name, inside in members.items() if {link["left"], link["right"]} <= inside]


def _live(documents: dict[str, Any]) -> Documents:
    return {name: {**one, "version": 0} for name, one in documents.items() if one["state"] == "live"}


@pytest.fixture
def judging(servers: RunningServers, prefix: str, tmp_path: Path) -> Iterator[Judging]:
    platform = story_platform(servers, prefix, tmp_path)
    with run_platform(platform) as supervisor:
        publish_lines(platform, SCENARIO_FILE.read_text(encoding="utf-8").splitlines(), tmp_path)
        await_all(platform, supervisor)
        yield Judging(platform, lambda: await_all(platform, supervisor), tmp_path)


def test_a_judged_link_splits_its_network_until_that_is_taken_back(judging: Judging) -> None:
    links, networks = judging.stream()
    whole = (links, networks)
    assert judging.offline() == whole
    link: Any = max((one for one in links.values() if one["strength"] == "strong"), key=lambda one: one["score"])
    assert len(judging.together(link)) == 1

    judging.judge(link["id"], "different", "The photographs show two cars.")
    assert judging.together(link) == []
    links, networks = judging.stream()
    assert links[link["id"]]["judged"]["verdict"] == "different"
    assert networks != whole[1]
    assert (links, networks) == judging.offline()
    why = judging.puente("why", link["id"])
    assert "Analysts judged it: two matters." in why
    assert "“The photographs show two cars.”" in why

    judging.judge(link["id"], "withdraw", "The second photograph is of the same car.")
    assert len(judging.together(link)) == 1
    assert judging.stream() == whole == judging.offline()
    assert "No judgement stands on this link." in judging.puente("judge", link["id"], "--list")

    _publish_nonsense(judging)
    judging.settle()
    letters = judging.puente("dead-letters", "list", "--stage", "release", "--json")
    (letter,) = json.loads(letters)["letters"]
    assert [reason["code"] for reason in letter["reasons"]] == ["missing_header"]
    assert judging.stream() == whole


def _publish_nonsense(judging: Judging) -> None:
    """Something that is no judgement, by somebody who may write to the topic."""
    producer = Producer({"bootstrap.servers": judging.platform.addresses.kafka})
    producer.produce(judging.platform.topics.judgements, key=b"link", value=orjson.dumps({"verdict": "same"}))
    assert producer.flush(60) == 0

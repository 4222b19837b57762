"""The story shuffled and doubled, every worker killed at random: links, networks and alerts as in its truth."""

import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.demo.story_check import compare_story, load_truth, read_story
from deploy.lag import StreamWatch
from deploy.supervisor import Supervisor
from streams.alerts import AlertDocument
from tests.conftest import RunningServers
from tests.live.platforms import await_all, publish_lines, run_platform, story_platform
from tests.live.reading import newest_of
from tests.polling import poll_until

WORKERS = ("enrich-0", "release-0", "correlate-joint", "alert-joint", "index-0")


def muddle(dice: random.Random) -> list[str]:
    """Every line of the story in any order, a third of them twice.

    An event keeps its `time`, which orders the revisions of a report that carries no revision number.
    """
    lines = SCENARIO_FILE.read_text(encoding="utf-8").splitlines()
    doubled = lines + dice.sample(lines, len(lines) // 3)
    return dice.sample(doubled, len(doubled))


def kill(supervisor: Supervisor, name: str) -> None:
    def find() -> int | None:
        supervisor.check()
        return supervisor.pids().get(name)

    os.kill(poll_until(find, 60, f"worker {name} runs"), signal.SIGKILL)


def standing(brokers: str, topics: Sequence[str]) -> set[tuple[str, str, str]]:
    """What a subscriber who reads everything ends up with: (subscriber, subscription, subject)."""
    newest: dict[str, AlertDocument] = {}
    for topic in topics:
        newest |= newest_of(brokers, topic)
    return {
        (alert["subscriber"], alert["subscription"], alert["subject"]["id"])
        for alert in newest.values()
        if alert["state"] == "standing"
    }


@pytest.mark.parametrize("seed", [7, pytest.param(8, marks=pytest.mark.slow), pytest.param(9, marks=pytest.mark.slow)])
def test_the_story_comes_out_the_same_in_any_order_and_under_kills(
    servers: RunningServers, tmp_path: Path, prefix: str, seed: int
) -> None:
    dice = random.Random(seed)
    lines = muddle(dice)
    platform = story_platform(servers, prefix, tmp_path)
    truth = load_truth()
    kills = dice.sample(WORKERS * 2, len(WORKERS) * 2)
    step = -(-len(lines) // len(kills))
    with run_platform(platform) as supervisor, StreamWatch(servers.kafka) as watch:
        for number, victim in enumerate(kills):
            before = watch.count([platform.topics.enriched])
            publish_lines(platform, lines[number * step : (number + 1) * step], tmp_path)
            # In mid-work, not behind it: as soon as the first of the new records has passed the first stage.
            poll_until(
                lambda before=before: watch.count([platform.topics.enriched]) > before or (supervisor.check() and None),  # type: ignore[misc]
                60,
                "something was enriched",
                interval_s=0.01,
            )
            kill(supervisor, victim)
        await_all(platform, supervisor)
        assert supervisor.restarts >= len(WORKERS), "too few kills: little was tried"
    story = read_story(servers.elasticsearch, platform.topics, "joint")
    assert compare_story(story, truth) == ()
    assert (len(story.strong()), len(story.networks)) == (len(truth["links"]), len(truth["networks"]))
    told = standing(servers.kafka, [platform.topics.alerts(one.id) for one in platform.subscribers])
    assert told == {_key(alert) for alert in story.alerts}
    assert len(told) == len(truth["alerts"])


def _key(alert: object) -> tuple[str, str, str]:
    assert isinstance(alert, dict)
    return alert["subscriber"], alert["subscription"], alert["subject"]["id"]

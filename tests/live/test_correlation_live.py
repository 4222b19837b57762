"""Correlation on a real Kafka: a worker that is killed at random, with and without its local state, loses nothing."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from processors.correlation.batch import correlate
from tests.conftest import RunningServers
from tests.live.correlation_view import VIEW, Correlation, muddle_records

# kafka-python reads its protocol definitions in a way that Python 3.11 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


@pytest.fixture(params=[pytest.param("memory://", marks=pytest.mark.slow), "rocksdb://"])
def correlation(
    request: pytest.FixtureRequest, servers: RunningServers, prefix: str, tmp_path: Path
) -> Iterator[Correlation]:
    opened = Correlation(servers.kafka, prefix, tmp_path, request.param)
    try:
        yield opened
    finally:
        opened.close()


def test_links_and_networks_survive_kill_9_and_the_loss_of_the_local_state(correlation: Correlation) -> None:
    dice = random.Random(11)
    records = muddle_records(dice)
    correlation.publish(records[:-200])
    wrote = 0
    for attempt in range(4):
        correlation.start(delay_s=0.002)
        correlation.wait_for_links(wrote + dice.randint(300, 900))
        correlation.kill()
        wrote = correlation.end_of(correlation.topics.links(VIEW), 8)
        if attempt % 2:
            shutil.rmtree(correlation.state_of(0))
    assert correlation.committed() < len(records) - 200, "all was done before the last kill: nothing was tried"
    correlation.start()
    correlation.publish(records[-200:])
    correlation.wait_until_caught_up()
    correlation.stop()
    folded = correlation.read()
    judged = [one for one in records if one["kind"] == "judgement"]
    links, networks, events = correlate((one for one in records if one["kind"] != "judgement"), judgements=judged)
    assert folded.live_links() == links
    assert folded.live_networks() == networks
    assert folded.live_events() == events
    assert len(networks) > 100
    assert sum("judged" in link for link in links.values()) > 20
    # The restart really went on from kept state, it did not begin again.
    counts = json.loads(correlation.log.read_text().splitlines()[-1])["counts"]
    assert counts["rebuilt"] == 1
    assert counts["applied"] < len(records)

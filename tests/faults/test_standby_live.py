"""Two correlate workers of one view on a real Kafka: when the one that works is gone, the other writes on.

Each test prints how long the view stood still.
"""

import hashlib
import json
import random
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from processors.correlation.batch import correlate
from streams.parsing import canonical_json
from tests.conftest import RunningServers
from tests.live.correlation_view import VIEW, Correlation, muddle_records
from tests.polling import poll_until

# kafka-python reads its protocol definitions in a way that Python 3.11 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")

TAKEOVER_S = 60.0
DELAY_S = 0.003


@pytest.fixture
def correlation(servers: RunningServers, prefix: str, tmp_path: Path) -> Iterator[Correlation]:
    opened = Correlation(servers.kafka, prefix, tmp_path, "rocksdb://")
    try:
        yield opened
    finally:
        opened.close()


def _start_both(correlation: Correlation, links: int) -> int:
    """Start two workers; returns the one that works once it has written `links` documents."""
    for number in (0, 1):
        correlation.start(number, DELAY_S)
    poll_until(lambda: len(correlation.members()) == 2, 60, "two workers in the group")
    poll_until(lambda: _count_standbys(correlation), 60, "a standby")
    correlation.wait_for_links(links)
    return correlation.wait_for_owner()


def _count_standbys(correlation: Correlation) -> int:
    """How often a worker has logged that it stands by."""
    return correlation.log.read_text().count("Stands by for partition 0")


def _wait_for_takeover(correlation: Correlation, lost: int, began: float) -> None:
    """Wait until another worker than `lost`, which was lost at `began`, has the partition and writes."""
    links = correlation.topics.links(VIEW)
    assert correlation.wait_for_owner(other_than=lost, deadline_s=TAKEOVER_S) != lost
    assigned = time.monotonic()
    wrote = correlation.end_of(links, 8)
    poll_until(lambda: correlation.end_of(links, 8) > wrote, TAKEOVER_S, "documents of the other worker")
    taken_s = time.monotonic() - began
    print(f"taken over after {taken_s:.1f} s, {assigned - began:.1f} s of them until the group gave the partition away")
    assert taken_s < TAKEOVER_S


def _check(correlation: Correlation, records: list[Any]) -> None:
    """What a reader of the topics holds equals the oracle's, document by document."""
    folded = correlation.read()
    judged = [one for one in records if one["kind"] == "judgement"]
    oracle = correlate((one for one in records if one["kind"] != "judgement"), judgements=judged)
    assert [_hash(part) for part in folded.standing()] == [
        _hash(part) for part in (oracle.links, oracle.networks, oracle.events)
    ]
    assert len(oracle.networks) > 100


def _hash(documents: Mapping[str, Any]) -> str:
    return hashlib.blake2b(canonical_json(documents)).hexdigest()


def test_the_other_worker_writes_on_when_one_is_killed_and_back_again(correlation: Correlation) -> None:
    dice = random.Random(23)
    records = muddle_records(dice)
    correlation.publish(records)
    first = _start_both(correlation, dice.randint(300, 900))
    correlation.kill(first)
    _wait_for_takeover(correlation, first, time.monotonic())
    second = 1 - first
    stood_by = _count_standbys(correlation)
    correlation.start(first, DELAY_S)
    poll_until(lambda: _count_standbys(correlation) > stood_by, 60, "a standby again")
    assert correlation.owner() == second, "who has the partition keeps it when another worker comes back"
    correlation.kill(second)
    _wait_for_takeover(correlation, second, time.monotonic())
    assert correlation.committed() < len(records), "all was done before the last takeover: nothing was tried"
    correlation.wait_until_caught_up()
    correlation.stop(first)
    _check(correlation, records)
    # The last takeover found an engine that had followed the other worker's.
    counts = json.loads(correlation.log.read_text().splitlines()[-1])["counts"]
    assert counts["followed"] == counts["rebuilt"] == 1


def test_a_worker_that_wakes_up_after_the_takeover_changes_nothing(correlation: Correlation) -> None:
    dice = random.Random(29)
    records = muddle_records(dice)
    correlation.publish(records)
    first = _start_both(correlation, dice.randint(300, 900))
    zombie = correlation.workers[first]
    zombie.send_signal(signal.SIGSTOP)
    _wait_for_takeover(correlation, first, time.monotonic())
    zombie.send_signal(signal.SIGCONT)
    # A worker that finds a stranger's row in its changelog ends, and is started again, as a supervisor would.
    correlation.wait_until_caught_up(supervised=True)
    _check(correlation, records)

"""The supervisor: what ends is started again, later and later, until it is plain that it can't work."""

import os
from pathlib import Path

import pytest

from deploy.supervisor import MAX_FAILURES, Supervisor, WorkerDiedError
from tests.polling import poll_until


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_worker_that_can_not_work_is_given_up_with_its_log_named(tmp_path: Path) -> None:
    clock = Clock()
    supervisor = Supervisor(tmp_path, os.environ, clock=clock)
    supervisor.start("wrong", "no-such-role")
    pauses = []
    for _ in range(MAX_FAILURES):
        poll_until(lambda: not supervisor.pids() or None, 30, "the worker ends")
        assert supervisor.check() == []  # noticed, and not yet due
        waited = clock.now
        while not supervisor.check():
            clock.now += 0.25
        pauses.append(clock.now - waited)
    poll_until(lambda: not supervisor.pids() or None, 30, "the worker ends once more")
    with pytest.raises(WorkerDiedError, match=r"wrong keeps ending: its log .*wrong\.log"):
        supervisor.check()
    assert len(pauses) == MAX_FAILURES == supervisor.restarts
    assert pauses == sorted(pauses)
    assert pauses[0] <= 0.5
    assert pauses[-1] == 15.0
    supervisor.stop()


def test_stopping_twice_is_harmless_and_leaves_nobody(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, os.environ)
    supervisor.start("wrong", "no-such-role")
    supervisor.stop()
    supervisor.stop()
    assert supervisor.pids() == {}

"""`make test` runs two lanes: every test is in one of them, and neither can fail unnoticed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lanes import LANES, join_codes, lane_of

ROOT = Path(__file__).parents[2]
FILES = ("tests/unit/test_lanes.py", "tests/live/test_vintages.py", "tests/faults/test_batching_faults.py")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.lanes", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_each_test_is_in_one_lane() -> None:
    done = run("-m", "not slow", "--collect-only", "-q", *FILES)
    assert done.returncode == 0, done.stdout + done.stderr
    found = [line for line in done.stdout.splitlines() if "::" in line]
    assert len(found) == len(set(found))
    assert {line.split("::")[0] for line in found} == set(FILES)
    assert {lane_of(file) for file in FILES} == set(LANES)


def test_what_pytest_refuses_is_refused() -> None:
    assert run("--no-such-option").returncode == 4


@pytest.mark.parametrize(
    ("codes", "whole"),
    [((0, 0), 0), ((0, 5), 0), ((5, 0), 0), ((5, 5), 5), ((1, 0), 1), ((0, 1), 1), ((5, 1), 1), ((-9, 0), -9)],
)
def test_any_lane_that_fails_fails_the_whole(codes: tuple[int, int], whole: int) -> None:
    assert join_codes(codes) == whole

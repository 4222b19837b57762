"""Waiting in tests: poll to a deadline, never sleep for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def poll_until(probe: Callable[[], T | None], deadline_s: float, what: str, interval_s: float = 0.05) -> T:
    """The first truthy value of `probe()`; AssertionError naming `what` once `deadline_s` seconds have gone."""
    end = time.monotonic() + deadline_s
    while True:
        value = probe()
        if value:
            return value
        assert time.monotonic() < end, f"{what} did not happen within {deadline_s:g} s (last: {value!r})"
        time.sleep(interval_s)

"""The tests in two lanes side by side: a live test waits for its servers for half of its time, and a core is idle.

    python -m tests.lanes -m "not slow" --durations=20

Each lane is a pytest process with servers of its own, on the share that `tests/conftest.py` keeps for it (`--lane`);
all arguments go to both. The live lane prints as it goes; what the other one printed follows when both have ended.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["LANES", "join_codes", "lane_of", "main"]

LIVE, OTHERS = LANES = ("live", "others")
NO_TESTS = 5
"""pytest's exit code when there was nothing to run."""


def lane_of(path: str) -> str:
    """The lane of a test file, "tests/unit/test_names.py": those of `tests/live` take about as long as all the rest."""
    return LIVE if path.startswith("tests/live/") else OTHERS


def join_codes(codes: Iterable[int]) -> int:
    """The exit code of the whole: that of the first lane that failed; a lane in which nothing was run is left out."""
    ran = [code for code in codes if code != NO_TESTS]
    return next((code for code in ran if code), 0 if ran else NO_TESTS)


def main(arguments: Sequence[str]) -> int:
    """Run both lanes to their ends and return `join_codes`; Ctrl-C and SIGTERM let both clean up."""
    lanes: list[subprocess.Popen[bytes]] = []

    def stop(*_: object) -> None:
        for lane in lanes:
            lane.send_signal(signal.SIGINT)

    # Ctrl-C reaches the lanes by the terminal: passed on, a second one would cut their cleaning up short.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, stop)
    with tempfile.TemporaryFile() as printed:
        lanes.append(_start(LIVE, arguments))
        lanes.append(_start(OTHERS, arguments, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT))
        codes = [lane.wait() for lane in lanes]
        printed.seek(0)
        sys.stdout.buffer.write(b"\n" + printed.read())
        sys.stdout.flush()
    return join_codes(codes)


def _start(lane: str, arguments: Sequence[str], **streams: Any) -> "subprocess.Popen[bytes]":
    # A cache of its own: each would overwrite what the other noted for `--last-failed`.
    own = ("--lane", lane, "-o", f"cache_dir=.pytest_cache/{lane}")
    # Some hundred workers and commands are started: without files of compiled modules each compiles ours anew, 0.3 s.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen([sys.executable, "-m", "pytest", *own, *arguments], env=environ, **streams)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

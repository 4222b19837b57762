"""`puente demo` as a person runs it: a process in a home of its own, ended with Ctrl-C, that leaves nothing behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

__all__ = ["run_puente", "start_demo", "still_running"]

COMMAND = (sys.executable, "-m", "deploy.cli")


def still_running(home: Path) -> list[str]:
    """Every process that has the home folder on its command line or in its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            line = " ".join(process.cmdline())
            if process.pid != os.getpid() and (str(home) in line or process.environ().get("PUENTE_HOME") == str(home)):
                found.append(line)
        except psutil.Error:
            continue
    return found


@contextlib.contextmanager
def start_demo(environ: Mapping[str, str], *, ends_with: int) -> Iterator["subprocess.Popen[str]"]:
    """The demo that stays up; Ctrl-C at the end, after which it has the exit code `ends_with` and nothing runs."""
    demo = subprocess.Popen(
        [*COMMAND, "demo", "--json"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield demo
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(timeout=90)
        demo.communicate()
    assert code == ends_with
    assert still_running(Path(environ["PUENTE_HOME"])) == []
    status = run_puente(environ, "status", "--json")
    assert json.loads(status.stdout)["running"] is False


def run_puente(environ: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """One command beside the demo, to its end."""
    return subprocess.run([*COMMAND, *arguments], env=environ, capture_output=True, text=True, timeout=60, check=False)

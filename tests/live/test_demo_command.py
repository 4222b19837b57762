"""`puente demo` as a person runs it: summary, a second one beside it, Ctrl-C, and nothing left behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.demo.briefings import load_briefings_truth
from deploy.demo.story_check import load_truth
from tests.conftest import RunningServers
from tests.live import cbp_truth
from tests.polling import poll_until

COMMAND = (sys.executable, "-m", "deploy.cli")


def processes_of(home: Path) -> list[str]:
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


@pytest.fixture
def environ(open_folder: Path, servers: RunningServers) -> dict[str, str]:
    """A home of its own. `servers` is asked for so that the programs are in the cache, with its download shown."""
    return {**os.environ, "PUENTE_HOME": str(open_folder / "home")}


def test_the_demo_counts_right_refuses_a_second_one_and_leaves_nothing_behind(environ: dict[str, str]) -> None:
    home = Path(environ["PUENTE_HOME"])
    demo = subprocess.Popen(
        [*COMMAND, "demo", "--json"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert demo.stdout is not None
        summary = json.loads(poll_until(demo.stdout.readline, 400, "the summary"))
        assert summary["problems"] == []
        truth = load_truth()
        invented = truth["published"] + len(load_briefings_truth()["reports"])
        assert summary["published"] == summary["enriched"] == cbp_truth.published_events() + invented
        assert summary["refused"] == 0
        assert summary["indexed"] == summary["reports"] - summary["withheld"]
        assert (summary["links"], summary["networks"]) == (len(truth["links"]), len(truth["networks"]))
        assert summary["alerts"] == len(truth["alerts"])
        assert summary["extracted"]["fentanyl"] > 0
        assert summary["extracted"].keys() >= summary["expected"].keys()
        assert summary["events_per_second"] > 0

        second = subprocess.run(
            [*COMMAND, "demo", "--once"], env=environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert second.returncode == 1
        assert second.stderr.startswith("puente: A demo is running already")
        assert "Traceback" not in second.stderr

        status = subprocess.run([*COMMAND, "status", "--json"], env=environ, capture_output=True, text=True, check=True)
        addresses = json.loads(status.stdout)
        assert addresses["kafka"] == summary["addresses"]["Kafka"]
        assert addresses["elasticsearch"] == summary["addresses"]["Elasticsearch"]

        hits = subprocess.run(
            [*COMMAND, "search", "fentanilo tucson", "--json"], env=environ, capture_output=True, text=True, check=True
        )
        assert json.loads(hits.stdout)["total"] > 100

        # What the summary names can be asked about, by those very words.
        told = summary["story"]
        network, why = (
            subprocess.run([*COMMAND, *asked], env=environ, capture_output=True, text=True, check=True).stdout
            for asked in (["network", told["networks"][0]["id"]], ["why", told["link"]])
        )
        assert "bridge-customs" in network
        assert why.splitlines() == told["explanation"]
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(timeout=90)
        demo.communicate()
    assert code == 0
    assert processes_of(home) == []
    after = subprocess.run([*COMMAND, "status", "--json"], env=environ, capture_output=True, text=True, check=True)
    assert json.loads(after.stdout)["running"] is False


def test_ctrl_c_while_it_starts_leaves_nothing_behind(environ: dict[str, str]) -> None:
    home = Path(environ["PUENTE_HOME"])
    demo = subprocess.Popen([*COMMAND, "demo"], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        poll_until(lambda: any("kafka" in line for line in processes_of(home)) or None, 60, "Kafka starts")
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(timeout=90)
    assert code == 130
    assert processes_of(home) == []

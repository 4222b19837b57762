"""What a person gets wrong on the command line: one sentence, exit code 1 or 2, never a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.demo.platform import DEMO_SUBSCRIPTIONS
from streams.registry import AGENCIES_FILE

WRONG: dict[str, tuple[list[str], dict[str, str], str]] = {
    "address without a scheme": (
        ["search", "x", "--elasticsearch", "127.0.0.1:9200"],
        {},
        "write it as http://host:port",
    ),
    "no address at all": (["search", "x", "--elasticsearch", "foo"], {}, "write it as http://host:port"),
    "nobody listens": (["search", "x", "--elasticsearch", "http://127.0.0.1:9"], {}, "does not answer"),
    "a view that is a pattern": (
        ["search", "x", "--view", "*", "--elasticsearch", "http://127.0.0.1:9"],
        {},
        "use joint, us or mx",
    ),
    "half a pair of reports": (
        ["why", "bridge-customs", "BC-1", "--elasticsearch", "http://127.0.0.1:9"],
        {},
        "twice an agency and its number",
    ),
    "a language of nobody's": (
        ["network", "--lang", "fr", "--elasticsearch", "http://127.0.0.1:9"],
        {},
        "use en or es",
    ),
    "networks where nobody listens": (["network", "--elasticsearch", "http://127.0.0.1:9"], {}, "does not answer"),
    "no servers": (["search", "x"], {}, "start one with `puente up`"),
    "no servers to publish to": (["publish", "none.ndjson", "--agency", "cbp"], {}, "puente"),
    "a registry that is not there": (
        ["prepare", "--kafka", "127.0.0.1:9", "--elasticsearch", "http://127.0.0.1:9"],
        {"PUENTE_REGISTRY": "/nope.yaml"},
        "can't be read",
    ),
    "two registries with one agency": (
        ["worker", "enrich", "--kafka", "127.0.0.1:9"],
        {"PUENTE_REGISTRY": os.pathsep.join((str(AGENCIES_FILE), str(AGENCIES_FILE)))},
        "keep one entry",
    ),
    "a view that is switched off": (
        ["worker", "correlate", "--view", "mx", "--kafka", "127.0.0.1:9"],
        {},
        "use one of joint",
    ),
    "a subscriber of a view that is switched off": (
        ["worker", "alert", "--view", "us", "--kafka", "127.0.0.1:9"],
        {"PUENTE_VIEWS": "us", "PUENTE_SUBSCRIPTIONS": str(DEMO_SUBSCRIPTIONS)},
        "waits in the view joint",
    ),
    "a view that no record can name": (["prepare"], {"PUENTE_VIEWS": "Joint Ops"}, "is no name of a view"),
    "a view twice": (["prepare"], {"PUENTE_VIEWS": "joint,us,joint"}, "it names a view twice"),
    "no view at all": (["prepare"], {"PUENTE_VIEWS": ""}, "it names no view"),
    "a demo without its view": (["demo", "--once"], {"PUENTE_VIEWS": "us"}, "The demo needs the view joint"),
    "a demo whose registry is not there": (["demo", "--once"], {"PUENTE_REGISTRY": "nope.yaml"}, "can't be read"),
    "a dashboard of no view": (["kibana", "export", "--view", "nope"], {}, "use one of joint"),
    "brokers that are none": (["prepare", "--kafka", "a:b:c"], {}, "write host:port"),
    "a folder that can't be made": (
        ["worker", "enrich", "--kafka", "127.0.0.1:9"],
        {"PUENTE_DATA": "/dev/null/x"},
        "set PUENTE_DATA to another",
    ),
    "a heap without a unit": (["up", "--heap", "abc"], {}, "512m or 2g"),
    "both forms of one letter": (
        ["dead-letters", "show", "abc", "--json", "--original", "--elasticsearch", "http://127.0.0.1:9"],
        {},
        "give one of them",
    ),
}


def run(arguments: list[str], home: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**os.environ, "PUENTE_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(what: str, tmp_path: Path) -> None:
    arguments, environ, words = WRONG[what]
    done = run(arguments, tmp_path, environ)
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [], "something was begun before the settings were looked at"


@pytest.mark.parametrize(
    "command",
    [
        "demo", "publish", "search", "doctor", "up", "down", "status", "prepare", "worker", "worker enrich",
        "worker index", "network", "why", "alerts", "dead-letters", "dead-letters list", "dead-letters show",
        "dead-letters resubmit", "dead-letters close",
    ],
)  # fmt: skip
def test_each_command_has_an_example(command: str, tmp_path: Path) -> None:
    done = run([*command.split(), "--help"], tmp_path, {})
    assert done.returncode == 0
    shown = done.stdout.replace("\n", " ")
    assert f"puente {command.split(maxsplit=1)[0]}" in shown.split("Usage:", 1)[1].split("]", 1)[1], done.stdout

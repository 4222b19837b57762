"""`puente correlate`: enriched lines in, links and networks out, whatever the order of the lines."""

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deploy.correlating import correlate_lines, judgement_records
from deploy.demo.make_scenario import SCENARIO_FILE
from streams.errors import ContractError
from streams.judgements import judgement_key
from streams.parsing import canonical_json
from tests.unit.enriching import KEYS
from tests.unit.judging import make_judgement
from tests.unit.telling import TRUTH, names_of

AGENCIES = SCENARIO_FILE.with_name("agencies.yaml")


def run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "PUENTE_REGISTRY": str(AGENCIES)}
    command = [sys.executable, "-m", "deploy.cli", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=environ)


@cache
def enriched() -> tuple[bytes, ...]:
    done = run("enrich", str(SCENARIO_FILE), "--received", "2026-08-01T00:00:00")
    assert done.returncode == 0, done.stderr
    return tuple(done.stdout.splitlines())


def test_the_fictional_story_comes_out_as_its_truth_says() -> None:
    done = run("correlate", "-", given=b"\n".join(enriched()))
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    links = [row["link"] for row in rows if row["kind"] == "link"]
    networks = [row["network"] for row in rows if row["kind"] == "network"]
    assert sum(link["strength"] == "strong" for link in links) == TRUTH["links_of_view"]["joint"]
    assert sorted(names_of(one["members"]) for one in networks) == sorted(
        names_of(one["members"]) for one in TRUTH["networks"]
    )
    assert [one["id"] for one in links] == sorted(one["id"] for one in links)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_and_copies_of_lines_change_nothing(seed: int) -> None:
    lines = [*enriched(), *enriched()[::7]]
    random.Random(seed).shuffle(lines)
    assert correlate_lines(lines, "joint", KEYS) == correlate_lines(enriched(), "joint", KEYS)


def test_a_view_sees_what_is_released_to_it_alone() -> None:
    networks: dict[str, dict[str, Any]] = {
        view: dict(correlate_lines(enriched(), view, KEYS)[1]) for view in ("us", "mx", "nobody")
    }
    assert networks["nobody"] == {}
    for view in ("us", "mx"):
        assert sorted(names_of(one["members"]) for one in networks[view].values()) == sorted(
            names_of(one["members"]) for one in TRUTH["networks_of_view"][view]
        )


@pytest.mark.parametrize("line", [b"nothing", b"[1]", b'{"id": "x"}'])
def test_a_wrong_line_is_one_sentence(line: bytes) -> None:
    with pytest.raises(ContractError, match=r"^Line 2 is no enriched report: "):
        correlate_lines([enriched()[0], line], "joint", KEYS)


def test_a_missing_file_ends_the_command_with_one_sentence() -> None:
    done = run("correlate", "nowhere.ndjson")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"puente: nowhere.ndjson can't be read: No such file or directory.")


def test_judgements_are_read_from_receipts_of_the_view_and_from_records() -> None:
    one, other = make_judgement("same"), make_judgement("different", "beto")
    lines = [
        canonical_json({"view": "joint", "topic": "judgements", "partition": 0, "offset": 1, "judgement": one}),
        b"",
        canonical_json({"view": "us", "judgement": make_judgement("same", "carla")}),
        canonical_json(other),
    ]
    assert list(judgement_records(lines, "joint")) == [one, other]


@pytest.mark.parametrize("line", [b"nothing", b"[1]", b"7", b'{"judgement": 7, "view": "us"}', b'{"id": "x"}'])
def test_a_line_that_is_no_judgement_is_one_sentence(line: bytes) -> None:
    with pytest.raises(ContractError, match=r"^Line 2 is no judgement: "):
        list(judgement_records([b"", line], "us"))


def test_a_missing_file_of_judgements_ends_the_command_with_one_sentence() -> None:
    done = run("correlate", "-", "--judgements", "nowhere.ndjson")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"puente: nowhere.ndjson can't be read: No such file or directory.")


def test_judgements_given_with_the_file_part_a_network(tmp_path: Path) -> None:
    unjudged = correlate_lines(enriched(), "joint", KEYS)
    whole_links, whole = unjudged.links, unjudged.networks
    link: Any = max((one for one in whole_links.values() if one["strength"] == "strong"), key=lambda one: one["score"])
    names = {name: link[name] for name in ("left", "right")}
    record = {**make_judgement("different"), **names, "link": link["id"], "id": judgement_key(link["id"], "ana")}
    judged = tmp_path / "judged.ndjson"
    judged.write_bytes(canonical_json({"view": "joint", "judgement": record}))
    done = run("correlate", "-", "--judgements", str(judged), given=b"\n".join(enriched()))
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    ends = {link["left"], link["right"]}
    holding = [{one["id"] for one in row["network"]["members"]} for row in rows if row["kind"] == "network"]
    assert any(ends <= {one["id"] for one in network["members"]} for network in whole.values())
    assert not any(ends <= members for members in holding)
    (told,) = (row["link"] for row in rows if row["kind"] == "link" and row["link"]["id"] == link["id"])
    assert told["judged"]["verdict"] == "different"
    events = [row["event"] for row in rows if row["kind"] == "event"]
    assert len(events) >= len(unjudged.events) > 0
    assert not any(ends <= {one["id"] for one in event["members"]} for event in events)

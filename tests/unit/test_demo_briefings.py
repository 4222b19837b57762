"""The invented briefings of the demo: what is published, and the labels beside it."""

import json
import os
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from deploy.checking import Checker
from deploy.demo.briefings import BRIEFINGS_FILE, BRIEFINGS_TRUTH_FILE, DESK, load_briefings_truth
from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.demo.platform import DEMO_AGENCIES
from deploy.publishing import publish_files
from processors.alerting.batch import standing
from processors.correlation.batch import correlate
from processors.extraction.totals import sum_mentions
from streams.envelope import parse_time
from streams.registry import AGENCIES_FILE, load_registry
from streams.text_facts import MentionCommodity, MentionUnit
from streams.topics import Topics
from tests.unit.alerting import VIEW, demo_subscribers
from tests.unit.telling import VIEWS, rendered

Row = dict[str, Any]
REGISTRY = load_registry(AGENCIES_FILE, DEMO_AGENCIES)
ROWS: list[Row] = [json.loads(line) for line in BRIEFINGS_FILE.read_text(encoding="utf-8").splitlines()]
STORY: list[Row] = [json.loads(line) for line in SCENARIO_FILE.read_text(encoding="utf-8").splitlines()]
TRUTH = load_briefings_truth()
LABELS: dict[str, list[Row]] = TRUTH["reports"]
IDS = [row["event"]["report_id"] for row in ROWS]
SHARED = Path(os.environ.get("PUENTE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
RUN = 8
"""Words in a row that two texts have in common only if one was copied, or both use a formula."""


def word_runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words, folded."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    words = re.findall(r"[a-z0-9]+", plain)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def runs_of(row: Row) -> set[tuple[str, ...]]:
    """The runs of words of title and body."""
    return word_runs(row["event"]["title"]) | word_runs(row["event"]["body"])


def test_publishing_would_refuse_none() -> None:
    checked = publish_files([BRIEFINGS_FILE], brokers=None, registry=REGISTRY)
    assert (checked.published, checked.refused, len(checked.versions)) == (24, 0, 24)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_no_briefing_lies_ahead_of_the_story(row: Row) -> None:
    """A run that takes in the story's last record takes in every briefing."""
    event, last = row["event"], max(parse_time(one["time"]) for one in STORY)
    time = parse_time(row["time"])
    assert datetime(2026, 5, 1, tzinfo=UTC) <= time <= last
    assert event["published"]["value"] == time.strftime("%Y-%m-%dT%H:%MZ")
    Checker(Topics(), REGISTRY, clock=lambda: last).check(
        row["agency"], event, event_type=row["type"], event_id=row["id"], time=time
    )


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_briefing_is_news_of_the_desk_and_marked_fictional(row: Row) -> None:
    event = row["event"]
    assert (row["agency"], row["type"], row["id"]) == (DESK, "puente.news.v1", f"{event['report_id']}/1")
    assert REGISTRY[DESK].fictional
    assert event["exercise"] is True
    assert event["handling"] == {"tlp": "GREEN", "releasable_to": ["joint", "us", "mx"]}
    spanish = event["report_id"].startswith("briefing-es-")
    assert event["language"] == ("es-MX" if spanish else "en")
    assert event["body"].endswith("(ficticio)" if spanish else "(fictional)")
    assert re.search(r"\(fictional\)$|\(ficticio\)$", event["outlet"])
    assert event["url"].startswith("https://news.example/")
    assert 300 <= len(event["body"]) <= 1500
    # News name nothing that the story links by.
    assert event.keys().isdisjoint({"people", "conveyances", "phones", "accounts", "case_numbers", "items"})


def test_there_are_twelve_of_each_language_with_ids_of_their_own() -> None:
    wanted = {f"briefing-{language}-{number:02}" for language in ("es", "en") for number in range(1, 13)}
    assert set(IDS) == wanted
    assert len(IDS) == len(wanted)
    assert wanted.isdisjoint(one["event"]["report_id"] for one in STORY)
    assert [row["time"] for row in ROWS] == sorted(row["time"] for row in ROWS)


def test_copies_of_one_release_name_it_and_repeat_it() -> None:
    copies: dict[str, list[Row]] = {}
    for row in ROWS:
        for lineage in row["event"].get("lineage", ()):
            assert lineage["relation"] == "copy"
            copies.setdefault(lineage["origin_id"], []).append(row)
    assert {len(rows) for rows in copies.values()} == {2}
    assert len(copies) == 2
    for left, right in copies.values():
        assert left["event"]["outlet"] != right["event"]["outlet"]
        assert left["event"]["body"] != right["event"]["body"]
        shared = runs_of(left) & runs_of(right)
        assert len(shared) > 0.5 * min(len(runs_of(left)), len(runs_of(right)))
        assert LABELS[left["event"]["report_id"]] == LABELS[right["event"]["report_id"]]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_labels_stand_in_the_text(row: Row) -> None:
    event = row["event"]
    labels = LABELS[event["report_id"]]
    assert labels
    for label in labels:
        assert list(label) == ["commodity", "text", "qty_si", "unit", "cumulative", "place"]
        assert label["commodity"] in get_args(MentionCommodity)
        assert label["unit"] in get_args(MentionUnit)
        assert label["qty_si"] > 0
        assert isinstance(label["cumulative"], bool)
        assert label["text"] in event["body"], "the body tells what the title tells"
        assert label["place"] is None or label["place"] in event["body"]


def test_the_truth_labels_every_briefing_and_shows_every_kind_of_amount() -> None:
    assert LABELS.keys() == set(IDS)
    labels = [label for one in LABELS.values() for label in one]
    assert {"kg", "g", "t", "lb", "oz", "l", "pill", "package", "unit", "person", "USD", "MXN"} <= {
        label["unit"] for label in labels
    }
    assert {label["cumulative"] for label in labels} == {True, False}
    assert {"fentanyl", "precursor", "laboratory", "firearm", "ammunition", "cash", "migrant"} <= {
        label["commodity"] for label in labels
    }
    assert BRIEFINGS_TRUTH_FILE.read_text(encoding="utf-8").endswith("}\n")


def test_the_totals_are_the_sums_of_single_amounts() -> None:
    sums: dict[str, dict[str, float]] = {}
    for labels in LABELS.values():
        for commodity, amounts in sum_mentions(labels).items():
            held = sums.setdefault(commodity, {})
            for dimension, amount in amounts.items():
                held[dimension] = held.get(dimension, 0) + amount
    assert sums.keys() == TRUTH["totals"].keys()
    for commodity, amounts in sums.items():
        assert amounts == pytest.approx(TRUTH["totals"][commodity], abs=1e-5), commodity


def test_the_briefings_make_no_network_and_raise_no_alert() -> None:
    """The story's links, networks and alerts are what its truth says, with the briefings beside it."""
    told = rendered(BRIEFINGS_FILE)
    for view in VIEWS:
        records, reports = told[f"facts.{view}"], told[f"reports.{view}"]
        assert len(records) == len(reports) == len(ROWS)
        assert not any(record.get("identifiers") or record["items"] for record in records)
        links, networks, _ = correlate(records)
        assert networks == {}
        assert {link["strength"] for link in links.values()} <= {"possible"}
    assert standing(told[f"reports.{VIEW}"], demo_subscribers(), VIEW) == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not there: set PUENTE_SHARED_DATA")
def test_no_sentence_is_taken_from_a_real_briefing() -> None:
    ours = set().union(*map(runs_of, ROWS))
    read = 0
    for folder in ("briefings", "labels"):
        for path in sorted((SHARED / folder).glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                read += 1
                assert not ours & word_runs(json.loads(line)["text"]), path.name
    assert read > 400

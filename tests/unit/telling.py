"""The scenario told to the platform without servers: its lines through enrichment and release, view by view."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from deploy.demo.make_scenario import SCENARIO_FILE, TRUTH_FILE
from streams.envelope import Envelope, parse_time, source_of
from streams.records import StoredRecord
from streams.registry import load_registry
from tests.unit.enriching import TOPICS, enrich_only, make_stage, open_output, release_only

__all__ = ["TRUTH", "VIEWS", "Key", "comparison_records", "names_of", "rendered", "renditions"]

Key = tuple[str, str]
"""Agency and report id."""
VIEWS = ("joint", "us", "mx")
TRUTH: dict[str, Any] = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))


@cache
def rendered(told_by: Path = SCENARIO_FILE) -> dict[str, tuple[Any, ...]]:
    """What the topics `reports.<view>` and `facts.<view>` hold after the scenario (or another file of the demo), in the
    order of its lines.
    """
    registry = load_registry(SCENARIO_FILE.with_name("agencies.yaml"))
    way = make_stage(VIEWS, registry=registry)
    told: dict[str, list[Any]] = {f"{kind}.{view}": [] for kind in ("reports", "facts") for view in VIEWS}
    for offset, line in enumerate(told_by.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        time = parse_time(row["time"])
        headers = tuple(Envelope(row["id"], source_of(row["agency"]), row["type"], time).to_headers())
        stamp = int(time.timestamp() * 1000) + offset
        body = json.dumps(row["event"]).encode()
        record = StoredRecord(TOPICS.intake(row["agency"]), 0, offset, stamp, b"key", body, headers)
        for output in release_only(way, *enrich_only(way, record)):
            told[output.topic].append(open_output(output))
    return {topic: tuple(records) for topic, records in told.items()}


def comparison_records() -> dict[str, tuple[Any, ...]]:
    """The comparison records of each view, in the order of the scenario's lines."""
    return {view: rendered()[f"facts.{view}"] for view in VIEWS}


def renditions() -> dict[str, tuple[Any, ...]]:
    """The renditions of each view, in the order of the scenario's lines."""
    return {view: rendered()[f"reports.{view}"] for view in VIEWS}


def names_of(reports: Iterable[dict[str, Any]]) -> list[Key]:
    """Agency and report id of each, sorted."""
    return sorted((report["agency"], report["report_id"]) for report in reports)

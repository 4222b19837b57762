"""The scenario told to the platform without servers: its lines through enrichment and release, view by view."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import orjson

from deploy.demo.make_scenario import SCENARIO_FILE, TRUTH_FILE
from processors.enrichment.stage import enrich_record
from processors.enrichment.validate import validate_record
from processors.reference import default_reference
from processors.release import release_outputs, released_views
from streams.envelope import Envelope, parse_time, source_of
from streams.records import StoredRecord
from streams.registry import load_registry
from streams.topics import Topics

__all__ = ["TRUTH", "VIEWS", "Key", "comparison_records", "names_of"]

Key = tuple[str, str]
"""Agency and report id."""
VIEWS = ("joint", "us", "mx")
TRUTH: dict[str, Any] = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))

_TOPICS = Topics()


@cache
def comparison_records() -> dict[str, tuple[Any, ...]]:
    """The comparison records of each view, in the order of the scenario's lines."""
    registry = load_registry(SCENARIO_FILE.with_name("agencies.yaml"))
    reference = default_reference()
    told: dict[str, list[Any]] = {view: [] for view in VIEWS}
    for offset, line in enumerate(SCENARIO_FILE.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        time = parse_time(row["time"])
        headers = tuple(Envelope(row["id"], source_of(row["agency"]), row["type"], time).to_headers())
        stamp = int(time.timestamp() * 1000) + offset
        body = json.dumps(row["event"]).encode()
        record = StoredRecord(_TOPICS.intake(row["agency"]), 0, offset, stamp, b"key", body, headers)
        valid = validate_record(record, _TOPICS, registry, reference)
        report = enrich_record(valid, reference)
        for output in release_outputs(report, released_views(valid.parsed.event.handling, VIEWS), _TOPICS):
            kind, view = output.topic.split(".")
            if kind == "facts":
                told[view].append(orjson.loads(output.value or b""))
    return {view: tuple(records) for view, records in told.items()}


def names_of(reports: Iterable[dict[str, Any]]) -> list[Key]:
    """Agency and report id of each, sorted."""
    return sorted((report["agency"], report["report_id"]) for report in reports)

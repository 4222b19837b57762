"""Views on real servers: what is outside a view changes no byte of its topics and indices."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.demo.platform import Platform
from deploy.demo.story_check import load_truth
from indexing.plan import index_jobs
from streams.topics import PARTITIONS
from tests.conftest import RunningServers
from tests.live.elastic import ask
from tests.live.platforms import await_all, publish_lines, run_platform, story_platform
from tests.live.reading import read_all

VIEWS = ("joint", "us", "mx")
MX_ONLY = {"tlp": "AMBER", "releasable_to": ["mx"]}


def lines_of_story() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SCENARIO_FILE.read_text(encoding="utf-8").splitlines()]


def is_outside(row: dict[str, Any], view: str) -> bool:
    """Whether every revision of the record's report is kept from the view."""
    truth = load_truth()
    names = {
        (report["agency"], report["report_id"])
        for other, reports in truth["only_in_view"].items()
        if other != view
        for report in reports
    }
    return (row["agency"], row["event"]["report_id"]) in names


def read_topic(brokers: str, topic: str, partitions: int) -> list[tuple[int, int, bytes | None, bytes | None]]:
    """(partition, offset, key, value) of every record in a topic."""
    found = [(one.partition(), one.offset(), one.key(), one.value()) for one in read_all(brokers, topic, partitions)]
    return sorted(found, key=lambda one: one[:2])


def photograph(platform: Platform, view: str) -> dict[str, Any]:
    """Every byte of a view: its topics' records, its indices' documents, versions and sequence numbers."""
    topics, brokers = platform.topics, platform.addresses.kafka
    taken: dict[str, Any] = {topics.facts(view): read_topic(brokers, topics.facts(view), 1)}
    for topic in (topics.reports(view), topics.links(view), topics.networks(view)):
        taken[topic] = read_topic(brokers, topic, PARTITIONS)
    for job in index_jobs(topics, [view]):
        if job.view is None:
            continue
        for kind in job.family.kinds:
            index = job.family.index(kind, topics.prefix, view)
            ask(platform.addresses.elasticsearch, f"{index}/_refresh")
            body = {"size": 10_000, "version": True, "seq_no_primary_term": True, "sort": [{"_doc": "asc"}]}
            hits = ask(platform.addresses.elasticsearch, f"{index}/_search", body)["hits"]["hits"]
            taken[index] = sorted(hits, key=lambda hit: hit["_id"])
    return taken


@pytest.fixture(scope="module")
def running(servers: RunningServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Platform, Any, Path]]:
    folder = tmp_path_factory.mktemp("views")
    platform = story_platform(servers, "views-", folder, views=VIEWS)
    with run_platform(platform) as supervisor:
        yield platform, supervisor, folder


def test_a_record_outside_a_view_changes_no_byte_of_it(running: tuple[Platform, Any, Path]) -> None:
    platform, supervisor, folder = running
    rows = lines_of_story()
    outside = [row for row in rows if is_outside(row, "us")]
    assert len(outside) == 3
    inside = [row for row in rows if not is_outside(row, "us")]
    publish_lines(platform, [json.dumps(row) for row in inside], folder)
    await_all(platform, supervisor)
    before = {view: photograph(platform, view) for view in ("us", "joint", "mx")}

    # What Mexico keeps to itself, among it reports that belong to networks of the other views; then a revision of each
    # and its retraction, which carries no marks.
    names = [str(row["event"]["report_id"]) for row in outside]
    first: list[Any] = []
    last: list[Any] = []
    for number, row in enumerate(outside):
        revised = {**row, "id": f"{row['id']}-r", "event": {**row["event"], "revision": 3 * 10**12 + number}}
        retraction = {"report_id": row["event"]["report_id"], "exercise": True, "revision": 4 * 10**12,
                      "retraction": {"reason": "Ficticio"}}  # fmt: skip
        first += [row, revised]
        last.append({**row, "id": f"{row['id']}-x", "event": retraction})
    publish_lines(platform, [json.dumps(row) for row in first], folder)
    await_all(platform, supervisor)
    assert [_found(platform, "mx", name)[0] for name in names] == [1] * 3, "nothing reached mx: nothing was tried"
    with_them = photograph(platform, "mx")
    assert with_them != before["mx"]
    publish_lines(platform, [json.dumps(row) for row in last], folder)
    await_all(platform, supervisor)
    assert [_found(platform, "mx", name)[0] for name in names] == [0] * 3
    assert photograph(platform, "mx") != with_them
    assert read_topic(platform.addresses.kafka, platform.topics.dead_letters, PARTITIONS) == []
    for view in ("us", "joint"):
        after = photograph(platform, view)
        assert after.keys() == before[view].keys()
        for place, content in after.items():
            assert content == before[view][place], place
    assert len(before["us"][platform.topics.links("us")]) > 50


def test_a_narrower_release_takes_the_report_out_of_the_view(running: tuple[Platform, Any, Path]) -> None:
    platform, supervisor, folder = running
    [first, *_] = [row for row in lines_of_story() if row["event"].get("items") and not is_outside(row, "us")]
    event = {**first["event"], "report_id": "FICTION-NARROWED", "revision": 1}
    line = {**first, "id": "FICTION-NARROWED/1", "event": event}
    publish_lines(platform, [json.dumps(line)], folder)
    await_all(platform, supervisor)
    assert _found(platform, "us", "FICTION-NARROWED") == (1, len(event["items"]))
    narrowed = {**event, "revision": 2, "handling": MX_ONLY}
    publish_lines(platform, [json.dumps({**line, "id": "FICTION-NARROWED/2", "event": narrowed})], folder)
    await_all(platform, supervisor)
    assert _found(platform, "us", "FICTION-NARROWED") == (0, 0)
    assert _found(platform, "joint", "FICTION-NARROWED") == (0, 0)
    assert _found(platform, "mx", "FICTION-NARROWED") == (1, len(event["items"]))


def _found(platform: Platform, view: str, report_id: str) -> tuple[int, int]:
    """Live reports and items of a report id in a view, as readers see them."""
    found = []
    for kind in ("reports", "items"):
        alias = f"{platform.topics.prefix}{kind}-{view}"
        url = platform.addresses.elasticsearch
        ask(url, f"{alias}/_refresh")
        found.append(ask(url, f"{alias}/_count", {"query": {"term": {"report_id": report_id}}})["count"])
    return found[0], found[1]

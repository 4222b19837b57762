"""What the demo reads back of its briefings: the mentions that the index of a view holds, report by report."""

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.demo.briefings import BRIEFINGS_FILE, compare_extraction, load_briefings_truth, read_mentions
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.live.elastic import count_live
from tests.live.index_tools import VIEW, index_reports, prepare_indices, remove_indices
from tests.unit.telling import rendered

PREFIX = "demo-briefings-"
TRUTH = load_briefings_truth()
LABELS: dict[str, list[dict[str, Any]]] = TRUTH["reports"]
UNREAD = "briefing-en-02"


@pytest.fixture(scope="module")
def url(servers: RunningServers) -> Iterator[str]:
    """The briefings in an index of their own, with the labels as what was read out of them; one told nothing."""
    prepare_indices(servers.elasticsearch, PREFIX)
    reports: list[Any] = []
    for report in rendered(BRIEFINGS_FILE)[f"reports.{VIEW}"]:
        told = [] if report["report_id"] == UNREAD else LABELS[report["report_id"]]
        reports.append({**report, "facts": {**report["facts"], "text": {"mentions": told}}})
    index_reports(servers.elasticsearch, PREFIX, reports)
    yield servers.elasticsearch
    remove_indices(servers, PREFIX)


def test_the_mentions_come_back_under_their_report(url: str) -> None:
    assert count_live(url, f"{PREFIX}reports-{VIEW}") == len(LABELS)
    found = read_mentions(url, Topics(PREFIX), VIEW, LABELS)
    assert found == {**LABELS, UNREAD: []}
    read = compare_extraction(found, TRUTH)
    assert (read.missed, read.invented) == (len(LABELS[UNREAD]), 0)
    assert read.extracted()["fentanyl"] == pytest.approx(read.expected()["fentanyl"], abs=1e-5)
    assert read.extracted()["methamphetamine"] < read.expected()["methamphetamine"]


def test_a_report_that_the_index_has_not_told_nothing(url: str) -> None:
    assert read_mentions(url, Topics(PREFIX), VIEW, ["briefing-none"]) == {"briefing-none": []}

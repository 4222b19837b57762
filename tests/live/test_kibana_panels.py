"""Every panel's question on the real Elasticsearch: the answers are what Python counts in the records themselves."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pytest

from deploy.kibana.overview import DATA_VIEWS, all_panels
from deploy.kibana.panels import Counted, Documents, Months, Queried
from deploy.kibana.queries import metric_name, search_body
from tests.conftest import RunningServers
from tests.live.elastic import ask
from tests.live.index_tools import VIEW, remove_indices
from tests.live.kibana_counting import EXPECTED, Answer, seizures, shown
from tests.live.kibana_world import World, make_world

PREFIX = "tkibana-"
ALWAYS = {"since": "2010-01-01", "until": "2030-01-01"}
Panels = {panel.name: panel for panel in all_panels()}


@pytest.fixture(scope="module")
def world(servers: RunningServers) -> Iterator[World]:
    remove_indices(servers, PREFIX)
    try:
        yield make_world(servers.elasticsearch, PREFIX)
    finally:
        remove_indices(servers, PREFIX)


def answer_of(servers: RunningServers, panel: Queried, **options: Any) -> dict[str, Any]:
    """The answer to the panel's request."""
    alias = panel.data.kind.alias(PREFIX, VIEW)
    return ask(servers.elasticsearch, f"{alias}/_search", search_body(panel, **{**ALWAYS, **options}))


def read(panel: Counted, answer: dict[str, Any]) -> Answer:
    """The figures of the answer by the keys of their buckets; months without documents are left out."""
    whole = {"doc_count": answer["hits"]["total"]["value"], **answer.get("aggregations", {})}
    return dict(_rows(panel, whole, ()))


def _rows(panel: Counted, found: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    if len(keys) == len(panel.buckets):
        yield (
            keys,
            tuple(
                found["doc_count"] if metric.operation == "count" else found[metric_name(number)]["value"]
                for number, metric in enumerate(panel.metrics)
            ),
        )
        return
    level = found[f"bucket-{len(keys)}"]
    assert not level.get("sum_other_doc_count") or panel.name == "top-places", "a value fell under the table"
    for bucket in level["buckets"]:
        if not bucket["doc_count"]:
            continue
        months = isinstance(panel.buckets[len(keys)], Months)
        yield from _rows(panel, bucket, (*keys, bucket["key_as_string"][:7] if months else bucket["key"]))


@pytest.mark.parametrize("exercises", [False, True], ids=["without exercises", "with exercises"])
@pytest.mark.parametrize("name", EXPECTED)
def test_a_panel_shows_what_the_records_say(servers: RunningServers, world: World, name: str, exercises: bool) -> None:
    panel = cast(Counted, Panels[name])
    found = read(panel, answer_of(servers, panel, exercises=exercises))
    wanted = EXPECTED[name](world, exercises)
    assert wanted or not exercises, "nothing is counted: the test would prove nothing"
    if name == "top-places":
        counts = sorted((figures[0] for figures in wanted.values()), reverse=True)
        assert [figures[0] for figures in found.values()] == counts[:20]
        wanted = {key: wanted[key] for key in found}
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        assert found[key] == pytest.approx(figures), key


def test_every_panel_is_proved() -> None:
    lists = {panel.name for panel in all_panels() if isinstance(panel, Documents)}
    assert set(EXPECTED) | lists == set(Panels)


def test_the_world_would_betray_a_mixed_sum(world: World) -> None:
    """Each basis that a panel leaves out holds figures that it would otherwise count."""
    bases = Counter(
        (report["facts"]["count_basis"], report["facts"]["when"]["precision"] == "month")
        for report in world.reports
        for item in report["facts"]["items"]
        if item["commodity"] == "fentanyl" and item.get("mass_kg") and not report["exercise"]
    )
    assert bases.keys() >= {
        ("incident", False),
        ("period_total", True),
        ("period_total", False),
        ("running_total", True),
    }


@pytest.mark.parametrize("zone", ["America/Tijuana", "Asia/Tokyo"])
@pytest.mark.parametrize("name", ["drugs-by-month", "fentanyl-by-month-and-region"])
def test_a_monthly_total_is_in_its_month_wherever_the_reader_sits(
    servers: RunningServers, world: World, name: str, zone: str
) -> None:
    panel = cast(Counted, Panels[name])
    found = read(panel, answer_of(servers, panel, zone=zone))
    assert {key: pytest.approx(figures) for key, figures in EXPECTED[name](world, False).items()} == found


def test_the_time_range_is_that_of_the_data_view(servers: RunningServers, world: World) -> None:
    panel = cast(Counted, Panels["incidents"])
    found = read(panel, answer_of(servers, panel, since="2024-01-01", until="2024-07-01"))
    inside = [one for one in seizures(world, False) if "2024-01-01" <= one["facts"]["when"]["start"] < "2024-07-01"]
    assert found == {(): (len(inside),)}
    assert 0 < len(inside) < len(seizures(world, False))


def test_the_latest_reports_come_first(servers: RunningServers, world: World) -> None:
    panel = cast(Documents, Panels["latest-reports"])
    hits = answer_of(servers, panel, exercises=True, size=100)["hits"]
    assert hits["total"]["value"] == len(world.reports)
    newest = sorted((report["received"] for report in world.reports), reverse=True)[:100]
    assert [hit["fields"]["received"][0] for hit in hits["hits"]] == newest
    told = set().union(*(hit["fields"] for hit in hits["hits"]))
    assert told == set(panel.columns)


def test_the_biggest_networks_come_first(servers: RunningServers, world: World) -> None:
    panel = cast(Documents, Panels["networks-by-size"])
    hits = answer_of(servers, panel, exercises=True)["hits"]["hits"]
    sizes = sorted((network["member_count"] for network in world.networks), reverse=True)
    assert [hit["fields"]["member_count"][0] for hit in hits] == sizes
    assert set().union(*(hit["fields"] for hit in hits)) == set(panel.columns)
    assert answer_of(servers, panel)["hits"]["total"]["value"] == len(shown(world.networks, False))


def test_every_data_view_finds_its_documents(servers: RunningServers, world: World) -> None:
    """Each has documents, and none of them lacks the time by which Kibana shows it."""
    for data in DATA_VIEWS:
        alias = data.kind.alias(PREFIX, VIEW)
        counted = ask(servers.elasticsearch, f"{alias}/_count", {"query": {"match_all": {}}})["count"]
        timed = ask(servers.elasticsearch, f"{alias}/_count", {"query": {"exists": {"field": data.time_field}}})
        assert counted > 0, alias
        assert timed["count"] == counted, alias

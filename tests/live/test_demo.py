"""`puente demo` as a person runs it, with a second one and other commands beside it; its figures equal those recomputed
from the files; publishing again changes none; Ctrl-C leaves nothing behind.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from deploy.demo.briefings import LEAST_SHARE, load_briefings_truth, read_mentions
from deploy.demo.platform import Platform
from deploy.demo.sources import BRIEFINGS, CBP_SOURCES, STORY
from deploy.demo.story_check import compare_story, load_truth, read_story
from deploy.demo.summary import DemoSummary
from deploy.local.servers import Addresses
from deploy.publishing import publish_files
from deploy.supervisor import Supervisor
from tests.conftest import RunningServers, make_open_folder
from tests.live import cbp_truth
from tests.live.demo_process import run_puente, start_demo, still_running
from tests.live.elastic import composite, count_live
from tests.live.platforms import await_all, story_platform
from tests.polling import poll_until

TRUTH = load_truth()
BRIEFED = load_briefings_truth()["reports"]
CBP = {"term": {"agency": "cbp"}}
ITEMS, REPORTS = "items-joint", "reports-joint"
FENTANYL_POUNDS = {2019: 2804, 2020: 4791, 2021: 11201, 2022: 14700, 2023: 27023, 2024: 21889, 2025: 8465}


def demo_environ(home: Path) -> dict[str, str]:
    return {**os.environ, "PUENTE_HOME": str(home)}


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    with make_open_folder() as folder:
        yield demo_environ(folder / "home")


@pytest.fixture(scope="module")
def told(environ: dict[str, str], servers: RunningServers) -> Iterator[str]:
    """What the demo printed, which stays up meanwhile; at the end of the module it is seen to leave nothing behind.

    `servers` is asked for so that the programs are in the cache, with its download shown.
    """
    with start_demo(environ, ends_with=0) as demo:
        assert demo.stdout is not None
        yield poll_until(demo.stdout.readline, 400, "the summary")


@pytest.fixture(scope="module")
def summary(told: str) -> DemoSummary:
    return TypeAdapter(DemoSummary).validate_json(told)


@pytest.fixture(scope="module")
def platform(summary: DemoSummary, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    """The demo's platform, seen from outside."""
    addresses = Addresses(summary.addresses["Kafka"], summary.addresses["Elasticsearch"])
    return story_platform(addresses, "", tmp_path_factory.mktemp("demo"))


def test_the_summary_is_json(told: str) -> None:
    found = json.loads(told)
    assert found["extracted"]["fentanyl"] > 0
    assert found["extracted"].keys() >= found["expected"].keys()
    assert found["events_per_second"] > 0


def test_a_second_demo_is_refused(summary: DemoSummary, environ: dict[str, str]) -> None:
    second = run_puente(environ, "demo", "--once")
    assert second.returncode == 1
    assert second.stderr.startswith("puente: A demo is running already")
    assert "Traceback" not in second.stderr


def test_other_commands_find_the_demo(summary: DemoSummary, environ: dict[str, str]) -> None:
    addresses = json.loads(run_puente(environ, "status", "--json").stdout)
    assert addresses["kafka"] == summary.addresses["Kafka"]
    assert addresses["elasticsearch"] == summary.addresses["Elasticsearch"]
    hits = run_puente(environ, "search", "fentanilo tucson", "--json")
    assert json.loads(hits.stdout)["total"] > 100
    # What the summary names can be asked about, by those very words.
    assert summary.story is not None
    network = run_puente(environ, "network", summary.story.networks[0].id)
    assert (network.returncode, "bridge-customs" in network.stdout) == (0, True)
    why = run_puente(environ, "why", summary.story.link)
    assert (why.returncode, tuple(why.stdout.splitlines())) == (0, summary.story.explanation)


def test_ctrl_c_while_it_starts_leaves_nothing_behind(open_folder: Path, servers: RunningServers) -> None:
    home = open_folder / "home"
    with start_demo(demo_environ(home), ends_with=130):
        poll_until(lambda: any("kafka" in line for line in still_running(home)) or None, 60, "Kafka starts")


def drug_sums(url: str) -> dict[tuple[str, str, str], tuple[float, float]]:
    """(drug as reported, month, area) -> (kilograms, events), from the items index."""
    keys = {
        "drug": {"terms": {"field": "name"}},
        "month": {"date_histogram": {"field": "when", "calendar_interval": "month", "format": "yyyy-MM"}},
        "area": {"terms": {"field": "place.office"}},
    }
    query = {"bool": {"filter": [{"term": {"count_basis": "period_total"}}, {"term": {"agency": "cbp"}}]}}
    found = composite(url, ITEMS, keys, ("mass_kg", "event_count"), query)
    return {(key["drug"], key["month"], key["area"]): (sums["mass_kg"], sums["event_count"]) for key, sums in found}


def test_nothing_is_missing_and_nothing_is_there_twice(summary: DemoSummary, platform: Platform) -> None:
    drugs = {tuple(list(row.values())[:7]) for rows in cbp_truth.read_rows("cbp_drug_*") for row in rows}
    keys = {(key[0][:4], *key[1:]) for key in drugs}
    assert summary.problems == ()
    invented = TRUTH["published"] + len(BRIEFED)
    assert summary.published == cbp_truth.published_events() + invented == summary.enriched
    assert (summary.refused, summary.withheld) == (0, 6)
    reports = len(keys) + cbp_truth.weapon_events()
    assert summary.reports == reports + TRUTH["distinct_reports"] + len(BRIEFED) == summary.indexed + 6
    url = platform.addresses.elasticsearch
    assert count_live(url, REPORTS, CBP) == reports
    assert count_live(url, REPORTS) == reports + TRUTH["views"]["joint"] + len(BRIEFED)
    assert count_live(url, ITEMS, CBP) == len(keys) + len(cbp_truth.read_rows("cbp_weapons_*")[0])
    assert count_live(url, ITEMS) == summary.items


def test_the_story_comes_out_as_its_truth_says(summary: DemoSummary) -> None:
    found = (summary.links, summary.networks, summary.alerts)
    assert found == (len(TRUTH["links"]), len(TRUTH["networks"]), len(TRUTH["alerts"]))
    assert summary.story is not None
    names = {(one.name, one.reports) for one in summary.story.networks}
    assert names == {(one["name"], len(one["members"])) for one in TRUTH["networks"]}
    told = "\n".join(summary.story.explanation)
    assert "A lead, not proof" in told
    assert "EXERCISE" in told


def test_the_briefings_are_read_and_their_kilograms_told(summary: DemoSummary, platform: Platform) -> None:
    read = summary.extraction
    assert read is not None
    assert min(read.core_precision, read.core_recall) >= LEAST_SHARE
    assert read.found + read.missed == sum(map(len, BRIEFED.values()))
    assert read.extracted().keys() >= read.expected().keys()
    held = read_mentions(platform.addresses.elasticsearch, platform.topics, "joint", [*BRIEFED, "briefing-none"])
    assert held["briefing-none"] == []
    assert sum(bool(mentions) for mentions in held.values()) >= 0.9 * len(BRIEFED)


def test_drugs_sum_as_in_the_files(summary: DemoSummary, platform: Platform) -> None:
    found = drug_sums(platform.addresses.elasticsearch)
    by_area: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (drug, month, area), (kilograms, events) in found.items():
        at = by_area[drug.lower(), month, area.upper()]
        at[0] += kilograms
        at[1] += events
    wanted = {
        (drug.lower(), month, area): (pounds * cbp_truth.POUND_KG, events)
        for (drug, month, area), (pounds, events) in cbp_truth.drug_figures().items()
    }
    assert set(by_area) == set(wanted)
    for key, (kilograms, events) in wanted.items():
        assert by_area[key][0] == pytest.approx(kilograms, rel=1e-9), key
        assert by_area[key][1] == events, key


def test_fentanyl_by_fiscal_year_is_what_cbp_publishes(summary: DemoSummary, platform: Platform) -> None:
    pounds: dict[int, float] = defaultdict(float)
    for (drug, month, _), (kilograms, _events) in drug_sums(platform.addresses.elasticsearch).items():
        if drug.lower() == "fentanyl":
            year, number = (int(part) for part in month.split("-"))
            pounds[year + (number >= 10)] += kilograms / cbp_truth.POUND_KG
    assert {year: round(value) for year, value in pounds.items()} == FENTANYL_POUNDS


def test_rounds_and_firearms_by_direction(summary: DemoSummary, platform: Platform) -> None:
    keys = {"direction": {"terms": {"field": "direction"}}, "commodity": {"terms": {"field": "commodity"}}}
    query = {"bool": {"filter": [{"term": {"count_basis": "incident"}}, CBP]}}
    sums = composite(platform.addresses.elasticsearch, ITEMS, keys, ("count",), query)
    found = {(key["commodity"], key["direction"]): figures["count"] for key, figures in sums}
    directions = {"INBOUND": "inbound", "OUTBOUND": "outbound", "OTHER": "unknown"}
    wanted: dict[tuple[str, str], float] = defaultdict(float)
    classes = {
        "Handgun": "firearm",
        "Long Arm": "firearm",
        "Other Firearms": "firearm",
        "Ammunition": "ammunition",
        "Magazine": "magazine",
    }
    for (category, direction), quantity in cbp_truth.weapon_figures().items():
        if category in classes:
            wanted[classes[category], directions[direction]] += quantity
    assert len(wanted) == 9
    for at, quantity in wanted.items():
        assert found[at] == quantity, at


def test_southbound_is_outbound_by_land_at_the_southwest_border(summary: DemoSummary, platform: Platform) -> None:
    rows = cbp_truth.read_rows("cbp_weapons_*")[0]
    southbound = [
        row["Event ID"]
        for row in rows
        if (row["Region"], row["Inbound/Outbound"], row["Mode of Transportation"])
        == ("Southwest Border", "OUTBOUND", "Land")
    ]
    events = len(set(southbound) - {cbp_truth.FILLER}) + southbound.count(cbp_truth.FILLER)
    url = platform.addresses.elasticsearch
    query = {"bool": {"filter": [{"term": {"flow": "southbound"}}, CBP]}}
    assert count_live(url, REPORTS, query) == events > 1000


def test_publishing_the_same_files_again_changes_no_count(
    summary: DemoSummary, platform: Platform, tmp_path: Path
) -> None:
    url = platform.addresses.elasticsearch
    before = drug_sums(url), count_live(url, REPORTS), count_live(url, ITEMS)
    for source in (CBP_SOURCES[1], STORY, BRIEFINGS):
        again = publish_files(
            source.files,
            agency=source.agency,
            mapping=source.mapping,
            brokers=platform.addresses.kafka,
            topics=platform.topics,
        )
        assert again.published > 0
    await_all(platform, Supervisor(tmp_path, {}))  # the demo minds its workers
    story = read_story(url, platform.topics, "joint").of(TRUTH["by_agency"])
    assert compare_story(story, TRUTH) == ()
    assert (drug_sums(url), count_live(url, REPORTS), count_live(url, ITEMS)) == before


def test_the_sample_searches_find_something(summary: DemoSummary) -> None:
    assert len(summary.searches) == 3
    assert all(search.total > 0 and search.hits for search in summary.searches)

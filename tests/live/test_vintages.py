"""The vintages of one table, on real servers: whatever the order of publishing, the same final figures."""

import csv
import itertools
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from deploy.demo.platform import Platform, await_indexed, start_workers
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import prepare
from deploy.publishing import publish_files
from streams.registry import default_registry
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.live import cbp_truth
from tests.live.elastic import ask, count_live

QUIET = Console(quiet=True)
KEYS = 40


@pytest.fixture
def platform(servers: RunningServers, prefix: str, open_folder: Path) -> Platform:
    """A running pipeline with a prefix of its own."""
    found = Platform(
        addresses=Addresses(servers.kafka, servers.elasticsearch),
        topics=Topics(prefix),
        registry=default_registry(),
        views=("joint",),
        workers=open_folder,
    )
    prepare(
        brokers=servers.kafka,
        elasticsearch=servers.elasticsearch,
        topics=found.topics,
        registry=found.registry,
        views=found.views,
    )
    return found


def write_vintages(folder: Path) -> list[Path]:
    """Forty keys in three vintages: the second differs by rounding, the third doubles every other figure."""
    rows = [row for row in cbp_truth.read_rows("cbp_drug_*")[3] if float(row["Sum Qty (lbs)"]) > 1][:KEYS]
    paths = []
    for number, year in enumerate((2023, 2024, 2025)):
        path = folder / f"vintage_{year}.csv"
        with path.open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, rows[0].keys())
            writer.writeheader()
            for at, row in enumerate(rows):
                pounds = float(row["Sum Qty (lbs)"])
                changed = pounds * (1 + 1e-9) if number == 1 else pounds * 2 if number == 2 and at % 2 else pounds
                # The last fiscal year that a file holds makes its vintage; a row of its own brings it in.
                writer.writerow({**row, "FY": "2022", "Sum Qty (lbs)": repr(changed)})
            writer.writerow({**rows[0], "FY": str(year), "Drug Type": "Lsd"})
        paths.append(path)
    return paths


def final_figures(platform: Platform) -> dict[str, float]:
    """Kilograms by report id, of everything that readers see."""
    alias = f"{platform.topics.prefix}items-joint"
    count_live(platform.addresses.elasticsearch, alias)
    answer = ask(
        platform.addresses.elasticsearch, f"{alias}/_search", {"size": 1000, "_source": ["report_id", "mass_kg"]}
    )
    return {hit["_source"]["report_id"]: hit["_source"]["mass_kg"] for hit in answer["hits"]["hits"]}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1::2])
def test_vintages_published_one_by_one_end_alike(platform: Platform, tmp_path: Path, order: tuple[int, ...]) -> None:
    paths = write_vintages(tmp_path)
    supervisor = start_workers(platform)
    try:
        for at in order:
            publish_files(
                [paths[at]],
                agency="cbp",
                mapping="cbp_drugs",
                brokers=platform.addresses.kafka,
                topics=platform.topics,
            )
        with StreamWatch(platform.addresses.kafka) as watch:
            await_indexed(watch, platform, supervisor, QUIET)
    finally:
        supervisor.stop()
    with paths[2].open(newline="", encoding="utf-8") as source:
        newest = [
            float(row["Sum Qty (lbs)"]) * cbp_truth.POUND_KG for row in csv.DictReader(source) if row["FY"] == "2022"
        ]
    found = final_figures(platform)
    assert len(found) == KEYS + 3
    kilograms = sorted(mass for name, mass in found.items() if name.startswith("2022"))
    assert kilograms == pytest.approx(sorted(newest), rel=1e-12)


def test_later_revisions_and_retractions_win_whatever_the_order(platform: Platform, tmp_path: Path) -> None:
    event = {"report_id": "R-1", "handling": {"releasable_to": ["joint"]}}
    lines = tmp_path / "events.ndjson"
    steps = [
        {**event, "revision": 1, "items": [substance("Fentanyl", 1.0), substance("Heroin", 2.0)]},
        {**event, "revision": 2, "items": [substance("Fentanyl", 5.0)]},
        {**event, "report_id": "R-2", "revision": 1, "items": [substance("Cocaine", 3.0)]},
        # As partners send it: a retraction says nothing of handling.
        {"report_id": "R-2", "revision": 2, "retraction": {"reason": "Entered twice (exercise)"}},
    ]
    supervisor = start_workers(platform)
    try:
        for backwards in (steps[::-1], steps, steps[::-1]):
            lines.write_bytes(
                b"\n".join(orjson.dumps({"type": "puente.seizure.v1", "event": step}) for step in backwards)
            )
            publish_files([lines], agency="cbp", brokers=platform.addresses.kafka, topics=platform.topics)
        with StreamWatch(platform.addresses.kafka) as watch:
            await_indexed(watch, platform, supervisor, QUIET)
    finally:
        supervisor.stop()
    assert final_figures(platform) == {"R-1": 5.0}
    assert count_live(platform.addresses.elasticsearch, f"{platform.topics.prefix}reports-joint") == 1


def substance(name: str, kilograms: float) -> dict[str, object]:
    """An item of a seizure report."""
    return {"kind": "substance", "name": name, "quantity": {"value": kilograms, "unit": "kg"}}

"""A short scenario that taught nothing: the links are as good as promised, and bait makes none."""

import random
from functools import cache

from deploy.correlating import correlate_lines
from tests.scenarios import Scenario, generate
from tests.scenarios.linking import enrich_scenario, judge_scenario
from tests.unit.enriching import KEYS


@cache
def told() -> tuple[Scenario, list[bytes]]:
    scenario = generate(seed=29, reports=1_200)
    return scenario, enrich_scenario(scenario, KEYS)


def test_links_and_networks_are_as_good_as_promised() -> None:
    figures = judge_scenario(*told(), KEYS)
    assert figures.strong.precision >= 0.98
    assert figures.strong.recall >= 0.95
    assert figures.linked.precision >= 0.80
    assert figures.linked.recall >= 0.82  # 0.85 at 5,000 reports (tests.bench.bench_linking); here news weighs more
    assert figures.networks.f1 >= 0.95
    assert sum(figures.bait.values()) == 0


def test_order_and_copies_change_no_byte() -> None:
    _, enriched = told()
    shuffled = [*enriched, *enriched[::5]]
    random.Random(3).shuffle(shuffled)
    assert correlate_lines(shuffled, "joint", KEYS) == correlate_lines(enriched, "joint", KEYS)

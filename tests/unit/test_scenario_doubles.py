"""Bait of two that look like one tempts the features that it was made for, and makes no strong link."""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from itertools import combinations

import pytest

from deploy.correlating import compared_records
from processors.correlation.links import compare
from processors.correlation.scoring import observe
from processors.correlation.sides import make_side
from tests.scenarios.desk import Desk
from tests.scenarios.doubles import (
    cloned_car,
    default_birth_date,
    father_and_son,
    letter_series,
    other_issuer,
    twins,
)
from tests.scenarios.draw import Draw
from tests.scenarios.ledger import Book
from tests.scenarios.linking import enrich_scenario
from tests.scenarios.lures import LURES
from tests.scenarios.scenario import Scenario
from tests.scenarios.truth import build_truth
from tests.scenarios.world import World
from tests.unit.enriching import KEYS

TEMPTED = {
    "father_and_son": ("name_same_person", "born_other_day"),
    "default_birth_date": ("name_same_person", "born_same_unsure"),
    "other_issuer": ("share_docket", "other_issuer"),
    "letter_series": ("look_same", "alike"),
    "cloned_car": ("be_impossible", "apart"),
    "cloned_with_vin": ("be_impossible", "apart"),
}
"""What the pairs of a bait show; twins whose given names differ show nothing, which is right."""
LURED: dict[str, Callable[[Desk, str], None]] = {
    "father_and_son": father_and_son,
    "default_birth_date": default_birth_date,
    "twins": twins,
    "other_issuer": other_issuer,
    "letter_series": letter_series,
    "cloned_car": cloned_car,
    "cloned_with_vin": partial(cloned_car, with_vin=True),
}


def _count(key: str) -> int:
    """Two reports carry each value, but for the tip line, which strays into a great many."""
    return 100 if "9565550100" in key else 2


@cache
def lured() -> dict[str, list[tuple[set[tuple[str, str]], str | None]]]:
    """Kind of bait -> what was observed of each pair of a group, and the strength of its link."""
    draw = Draw(5)
    world, book = World(draw), Book(400)
    desk = Desk(world, book)
    for turn in range(12):
        for kind, lure in LURED.items():
            lure(desk, f"{kind}-{turn}")
    scenario = Scenario([json.dumps(line.row()) for line in book.in_order()], build_truth(5, book))
    records = {one["id"]: one for one in compared_records(enrich_scenario(scenario, KEYS), "joint", KEYS)}
    ids = {name: one.id for name, one in scenario.truth.reports.items()}
    found: dict[str, list[tuple[set[tuple[str, str]], str | None]]] = defaultdict(list)
    for group, names in scenario.truth.baits.items():
        for pair in combinations(names, 2):
            left, right = (make_side(records[ids[name]], _count) for name in pair)
            link = compare(left, right)
            seen = {(feature.__name__, one.level) for feature, one in observe(left, right)}
            found[group.rpartition("-")[0]].append((seen, None if link is None else link["strength"]))
    return found


@pytest.mark.parametrize("kind", sorted(LURED))
def test_two_that_look_like_one_make_no_strong_link(kind: str) -> None:
    pairs = lured()[kind]
    assert len(pairs) >= 12
    assert {strength for _, strength in pairs} <= {None, "possible"}


@pytest.mark.parametrize("kind", sorted(TEMPTED))
def test_the_bait_tempts(kind: str) -> None:
    assert any(TEMPTED[kind] in seen for seen, _ in lured()[kind])


def test_every_double_is_in_the_list() -> None:
    assert {kind for kind, _, _ in LURES} >= LURED.keys() - {"cloned_with_vin"}

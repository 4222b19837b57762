"""`generate`: a world of crews, what happened to them, who told it how, and the truth beside it."""

import json
from dataclasses import dataclass

from tests.scenarios.desk import Desk
from tests.scenarios.draw import Draw
from tests.scenarios.happenings import happen_alone, happen_to
from tests.scenarios.ledger import Book
from tests.scenarios.lures import LURES
from tests.scenarios.revising import revise
from tests.scenarios.truth import Truth, build_truth
from tests.scenarios.world import World

__all__ = ["Scenario", "generate"]

_EVENTS_OF_CREW = ((3, 2.0), (4, 3.0), (5, 3.0), (6, 2.0), (8, 1.0), (10, 0.5))
_ALONE = 4
"""Events of nobody's crew beside each crew."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`events`: NDJSON lines as `puente publish` and `puente enrich` read them, in the order of sending."""

    events: list[str]
    truth: Truth


def generate(seed: int, reports: int) -> Scenario:
    """A scenario of so many reports (duplicates and revisions come on top); the same seed gives the same bytes."""
    if reports < 1:
        raise ValueError("A scenario needs at least one report.")
    draw = Draw(seed)
    world, book = World(draw), Book(reports)
    desk = Desk(world, book)
    due = {kind: 5 + 10 * at for at, (kind, _, _) in enumerate(LURES)}
    while not book.full:
        crew = world.crew()
        for _ in range(draw.weighed(_EVENTS_OF_CREW)):
            desk.report(happen_to(world, crew))
        for _ in range(_ALONE):
            desk.report(happen_alone(world))
        for kind, every, lure in LURES:
            while len(book.entries) >= due[kind] and not book.full:
                due[kind] += every
                lure(desk, f"{kind}-{world.count(kind)}")
    revise(book, draw, world.people, world.mint)
    return Scenario(
        [json.dumps(line.row(), ensure_ascii=False) for line in book.in_order()], build_truth(seed, book)
    )  # fmt: skip

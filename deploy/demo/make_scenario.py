"""Writes the fictional scenario and its truth: `python -m deploy.demo.make_scenario`. The same bytes on every run."""

import json
from pathlib import Path

from deploy.demo.story.background import tell_background
from deploy.demo.story.draw import SEED, Draw
from deploy.demo.story.guns import tell_guns
from deploy.demo.story.ledger import Ledger
from deploy.demo.story.mistakes import tell_mistakes
from deploy.demo.story.pills import tell_pills
from deploy.demo.story.press import tell_press
from deploy.demo.story.smuggling import tell_smuggling
from deploy.demo.story.truth import build_truth

__all__ = ["SCENARIO_FILE", "TRUTH_FILE", "make_scenario", "write_scenario"]

SCENARIO_FILE = Path(__file__).with_name("scenario.ndjson")
TRUTH_FILE = Path(__file__).with_name("scenario_truth.json")


def make_scenario(seed: int = SEED) -> tuple[str, str]:
    """The text of the scenario (NDJSON) and of its truth (JSON); the seed moves the background alone."""
    book, draw = Ledger(), Draw(seed)
    for tell in (tell_pills, tell_guns, tell_smuggling, tell_mistakes):
        tell(book)
    tell_press(book, draw)
    tell_background(book, draw)
    rows = "".join(json.dumps(line.row(), ensure_ascii=False) + "\n" for line in book.lines())
    return rows, json.dumps(build_truth(book), ensure_ascii=False, indent=1) + "\n"


def write_scenario() -> None:
    """Rewrite both files beside this module."""
    scenario, truth = make_scenario()
    SCENARIO_FILE.write_text(scenario, encoding="utf-8")
    TRUTH_FILE.write_text(truth, encoding="utf-8")


if __name__ == "__main__":
    write_scenario()

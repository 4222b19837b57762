"""Floors on the hand-labelled English passages (`../shared/data/labels`), scored as `../shared/eval` does."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from processors.extraction.english import find_english_mentions
from processors.extraction.texts import Text
from processors.reference import default_reference

SHARED = Path(__file__).resolve().parents[3] / "shared"
LABELS = SHARED / "data" / "labels" / "en_dev.jsonl"
SCORER = SHARED / "eval" / "score_extraction.py"
pytestmark = pytest.mark.skipif(
    not (LABELS.exists() and SCORER.exists()), reason="the labelled passages are in ../shared, which is not here"
)


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(core: bool) -> dict[str, float]:
    scorer = load_scorer()
    right = wanted = given = totals = rough = 0
    told: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        gold = row["mentions"]
        found = [one._asdict() for one in find_english_mentions(Text(row["text"], "en"), default_reference())]
        if core:
            gold, found = list(filter(scorer.is_core, gold)), list(filter(scorer.is_core, found))
        pairs, missed, invented = scorer.match(gold, found)
        right, wanted, given = right + len(pairs), wanted + len(pairs) + len(missed), given + len(pairs) + len(invented)
        told += pairs
        totals += sum(label["cumulative"] == one["cumulative"] for label, one in pairs)
        rough += sum(label["approximate"] == one["approximate"] for label, one in pairs)
    placed = [(label, one) for label, one in told if label["place"]]
    place = sum(scorer.same_place(label, one) for label, one in placed) / len(placed)
    return {
        "place": place,
        "f1": 2 * right / (wanted + given),
        "cumulative": totals / right,
        "approximate": rough / right,
    }


def test_core_mentions() -> None:
    result = score(core=True)
    assert result["f1"] >= 0.98
    assert result["cumulative"] >= 0.95
    assert result["approximate"] >= 0.95


def test_all_mentions() -> None:
    result = score(core=False)
    assert result["f1"] >= 0.97
    assert result["place"] >= 0.85
    assert result["cumulative"] >= 0.93
    assert result["approximate"] >= 0.95

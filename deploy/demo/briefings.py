"""The invented briefings: what was read out of them, and whether that is what a careful reader finds in them."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexing.elastic import Address, Elastic
from indexing.mappings import REPORT_FAMILY, REPORTS
from processors.extraction.totals import sum_mentions
from streams.identity import document_id
from streams.topics import Topics

__all__ = [
    "BRIEFINGS_FILE",
    "BRIEFINGS_TRUTH_FILE",
    "DESK",
    "LEAST_SHARE",
    "Extraction",
    "Kilograms",
    "Mentions",
    "compare_extraction",
    "find_extraction_problems",
    "load_briefings_truth",
    "read_mentions",
]

BRIEFINGS_FILE = Path(__file__).with_name("briefings.ndjson")
BRIEFINGS_TRUTH_FILE = Path(__file__).with_name("briefings_truth.json")
DESK = "mesa-prensa"
"""The invented press desk that publishes them."""
LEAST_SHARE = 0.85
"""Precision and recall of core mentions under which the demo is off; one amount misread is no fault of the demo."""
CLOSE = 0.005
"""Two amounts this close are one: the tolerance of the score on labelled passages."""
_NOT_CORE = frozenset({"vehicle", "person_detained", "migrant", "victim", "property"})

Mentions = Mapping[str, Sequence[Mapping[str, Any]]]
"""Report id -> mentions, as in `streams.text_facts.SeizureMention`; of the truth's only some fields are there."""


@dataclass(frozen=True, slots=True)
class Kilograms:
    """What the texts tell of one commodity in single seizures: kilograms `found` and `true`, and how many texts told.

    A load that several texts tell of is in it several times.
    """

    commodity: str
    found: float
    true: float
    texts: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read out of the briefings, held against the truth.

    `found`, `missed` and `invented` count mentions of every kind; `core_precision` and `core_recall` are over drugs,
    precursors, laboratories, arms, cash and fuel with an amount. `cumulative_right` of the found mentions are rightly
    told to be a total over a period, or not. `kilograms` has the largest true amount first.
    """

    reports: int
    found: int
    missed: int
    invented: int
    cumulative_right: int
    core_precision: float
    core_recall: float
    kilograms: tuple[Kilograms, ...]

    def extracted(self) -> dict[str, float]:
        """Commodity -> kilograms found."""
        return {one.commodity: one.found for one in self.kilograms}

    def expected(self) -> dict[str, float]:
        """Commodity -> kilograms in the truth."""
        return {one.commodity: one.true for one in self.kilograms}


@cache
def load_briefings_truth() -> dict[str, Any]:
    """`reports` (report id -> mentions, labelled by hand) and `totals` (commodity -> dimension -> amount)."""
    truth: dict[str, Any] = json.loads(BRIEFINGS_TRUTH_FILE.read_text(encoding="utf-8"))
    return truth


def read_mentions(elasticsearch: str, topics: Topics, view: str, report_ids: Iterable[str]) -> Mentions:
    """The mentions of these reports of the desk, as the view's index holds them; none of a report that it has not."""
    names = {document_id(DESK, report_id): report_id for report_id in report_ids}

    async def read() -> Mentions:
        async with Elastic(Address.read(elasticsearch)) as elastic:
            index = REPORT_FAMILY.index(REPORTS, topics.prefix, view)
            asked = {"ids": list(names)}
            answer = await elastic.expect("POST", f"/{index}/_mget", asked, params={"_source": "text_facts"})
            found = {doc["_id"]: doc.get("_source", {}).get("text_facts", {}) for doc in answer["docs"]}
            return {report_id: found[name].get("mentions", []) for name, report_id in names.items()}

    return asyncio.run(read())


def compare_extraction(found: Mentions, truth: Mapping[str, Any]) -> Extraction:
    """Hold the mentions found in each report against the truth. A label is met by one mention of its commodity and
    amount; a report without mentions has missed all of its labels. Reports that the truth has not are all invention.
    """
    labels: Mentions = truth["reports"]
    pairs = missed = invented = right = 0
    core: Counter[str] = Counter()
    for report_id in labels.keys() | found.keys():
        met, lacking, extra = _match(labels.get(report_id, ()), _without_headlines(found.get(report_id, ())))
        pairs, missed, invented = pairs + len(met), missed + len(lacking), invented + len(extra)
        right += sum(label["cumulative"] == mention["cumulative"] for label, mention in met)
        core["met"] += sum(_is_core(label) for label, _ in met)
        core["missed"] += sum(map(_is_core, lacking))
        core["invented"] += sum(map(_is_core, extra))
    return Extraction(
        reports=len(labels),
        found=pairs,
        missed=missed,
        invented=invented,
        cumulative_right=right,
        core_precision=_share(core["met"], core["invented"]),
        core_recall=_share(core["met"], core["missed"]),
        kilograms=_weigh(found, truth["totals"]),
    )


def find_extraction_problems(extraction: Extraction) -> tuple[str, ...]:
    """What is off, one sentence each: core mentions that the reader misses or makes up too often."""
    shares = (
        ("were found in the briefings", extraction.core_recall),
        ("found in the briefings are true", extraction.core_precision),
    )
    return tuple(
        f"only {share:.0%} of the amounts {words}, at least {LEAST_SHARE:.0%} are wanted"
        for words, share in shares
        if share < LEAST_SHARE
    )


def _weigh(found: Mentions, totals: Mapping[str, Mapping[str, float]]) -> tuple[Kilograms, ...]:
    kilograms: defaultdict[str, float] = defaultdict(float)
    texts: Counter[str] = Counter()
    for mentions in found.values():
        for commodity, amounts in sum_mentions([dict(one) for one in mentions]).items():
            if "mass_kg" in amounts:
                kilograms[commodity] += amounts["mass_kg"]
                texts[commodity] += 1
    true = {commodity: float(amounts["mass_kg"]) for commodity, amounts in totals.items() if "mass_kg" in amounts}
    rows = (
        Kilograms(commodity, round(kilograms[commodity], 6), true.get(commodity, 0.0), texts[commodity])
        for commodity in true.keys() | kilograms.keys()
    )
    return tuple(sorted(rows, key=lambda one: (-one.true, one.commodity)))


def _match(
    labels: Iterable[Mapping[str, Any]], mentions: Iterable[Mapping[str, Any]]
) -> tuple[list[tuple[Mapping[str, Any], Mapping[str, Any]]], list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Pairs of label and mention, labels missed, mentions invented."""
    left, pairs, missed = list(mentions), [], []
    for label in labels:
        fits = [one for one in left if _is_same(label, one)]
        if not fits:
            missed.append(label)
            continue
        best = next((one for one in fits if one["cumulative"] == label["cumulative"]), fits[0])
        left.remove(best)
        pairs.append((label, best))
    return pairs, missed, left


def _without_headlines(mentions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A figure of the title that the body tells as well stands once in the truth."""
    in_title = [_is_title(one) for one in mentions]
    body = [one for one, is_title in zip(mentions, in_title, strict=True) if not is_title]
    return [
        one
        for one, is_title in zip(mentions, in_title, strict=True)
        if not is_title or not any(_is_same(one, other) for other in body)
    ]


def _is_title(mention: Mapping[str, Any]) -> bool:
    return bool(mention.get("at", {}).get("field") == "title")


def _is_same(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    one, other = left["qty_si"], right["qty_si"]
    if left["commodity"] != right["commodity"] or one is None or other is None:
        return bool(left["commodity"] == right["commodity"] and one is other)
    return bool(abs(one - other) <= CLOSE * max(abs(one), abs(other)))


def _is_core(mention: Mapping[str, Any]) -> bool:
    return mention["qty_si"] is not None and mention["commodity"] not in _NOT_CORE


def _share(met: int, others: int) -> float:
    # Who says nothing says nothing wrong.
    return round(met / (met + others), 4) if met + others else 1.0

"""Learning the weights from pairs whose truth is known: how often each level is seen in pairs that belong together, and
in others. Pure and deterministic.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations, pairwise
from typing import NamedTuple

from processors.correlation.features import FEATURES
from processors.correlation.keys import LIMITS, Limits, blocking_keys
from processors.correlation.orders import EXACT, ORDERS, Seen, settle
from processors.correlation.scoring import OF_MANY, observe
from processors.correlation.sides import make_side
from streams.facts import ComparisonRecord

__all__ = ["Levels", "Weights", "count_levels", "learn_weights"]

_CONDITIONAL = frozenset({"look_same"})
"""Features that speak only where another has spoken: their weight says how much more a level tells than that."""
CONTRADICTIONS = frozenset(
    {
        ("be_impossible", "apart"),
        ("differ_in_unique", "two_people"),
        ("differ_in_unique", "two_vehicles"),
        ("look_same", "differs"),
        ("look_same", "other_colour"),
        ("look_same", "other_make"),
        ("name_same_person", "born_other_day"),
    }
)
"""What may count against a pair. Anything else counts for it or not at all: what a value that everybody carries says
against a pair is said of the cases, not of the pair.
"""
_TOO_SELDOM = {
    ("share_doubtful", "same"): 1.0,
    # Every court has a case 123/2024; and a case number or a wallet that is nearly another may be another.
    ("share_docket", "no_office"): 1.0,
    ("share_misread", "pasted"): 2.0,
    # One line noted down in another country, one car by the end of its VIN: likely, and not to be counted on.
    ("share_misread", "same_end"): 3.0,
    ("be_impossible", "apart"): -6.0,
    # Not so much that the link is not shown: a clone, or a father and his son, are worth a look.
    ("differ_in_unique", "two_people"): -3.0,
    ("differ_in_unique", "two_vehicles"): -3.0,
    # A colour is told by eye, often at night, a model in two languages; no invented clerk is wrong about either.
    ("look_same", "other_colour"): -1.0,
    ("look_same", "differs"): -3.0,
    # What the cases hold of these is chance.
    ("name_same_person", "alias"): 1.0,
}
"""What too few invented cases hold to teach it: a number that is wrong in the same way twice was copied, or invented
twice; and what can't have been at two places at once is two things.
"""
_OF_ONE = EXACT - {f"share_{kind}" for kind in OF_MANY}
"""Identifiers of one thing, person or account each: they are alike in what they say."""
_PRIOR_PAIRS = 2.0
"""Pairs that what is known beforehand counts for: what is seen seldom is believed less."""
_FLOOR, _CEILING = -6.0, 12.0


class Levels(NamedTuple):
    """How many candidate pairs belong together (`matches`) or not, and in how many each (feature, level) was found."""

    matches: int
    others: int
    in_matches: Counter[tuple[str, str]]
    in_others: Counter[tuple[str, str]]

    def __add__(self, more: "Levels") -> "Levels":  # type: ignore[override]
        """The counts of two sets of cases together."""
        return Levels(
            self.matches + more.matches,
            self.others + more.others,
            self.in_matches + more.in_matches,
            self.in_others + more.in_others,
        )


class Weights(NamedTuple):
    """The prior log-odds of a candidate pair, and by feature and level the weight; natural logarithms."""

    prior: float
    weights: dict[str, dict[str, float]]


def count_levels(
    records: Iterable[ComparisonRecord], groups: Iterable[Iterable[str]], limits: Limits = LIMITS
) -> Levels:
    """What the features find in all pairs that meet under a key.

    `records` are the current ones of one view; `groups` hold document ids: every two of one group belong together.
    """
    current = {record["id"]: record for record in records if record["live"]}
    true = {pair for group in groups for pair in combinations(sorted(set(group)), 2)}
    filed: dict[str, list[str]] = defaultdict(list)
    for report, record in current.items():
        for key in blocking_keys(record):
            filed[key].append(report)
    live = {key: len(reports) for key, reports in filed.items()}
    pairs = {
        pair for reports in filed.values() if len(reports) <= limits.paired for pair in combinations(sorted(reports), 2)
    }
    sides = {
        report: make_side(current[report], lambda key: live.get(key, 0), limits)
        for report in sorted({report for pair in pairs for report in pair})
    }
    counted = Levels(0, 0, Counter(), Counter())
    matches = 0
    for left, right in sorted(pairs):
        found = [(feature.__name__, one.level) for feature, one in observe(sides[left], sides[right])]
        is_true = (left, right) in true
        matches += is_true
        (counted.in_matches if is_true else counted.in_others).update(found)
    return counted._replace(matches=matches, others=len(pairs) - matches)


def learn_weights(counted: Levels) -> Weights:
    """The weight of a level is ln(m / u): m is its share of the pairs that belong together, u of the others.

    Two pairs are added to each level, divided as if it said nothing; for exact identifiers as in the pool of their
    like, so that one that the cases hold seldom (a visa) weighs what identifiers weigh. Then levels that stand out of
    their order (`processors.correlation.orders`) are counted together.
    """
    rows = sorted({*counted.in_matches, *counted.in_others})
    weights: dict[str, dict[str, float]] = {}
    for name in sorted(feature.__name__ for feature, _ in FEATURES):
        seen = {level: _raw(counted, {name}, level) for other, level in rows if other == name}
        ordered = {level for chain in ORDERS.get(name, ()) for level in chain}
        whole = Seen(counted.matches + 1, counted.others + 1)
        if name in _CONDITIONAL:
            whole = Seen(sum(one.matches for one in seen.values()) + 1, sum(one.others for one in seen.values()) + 1)
        for level in sorted(seen.keys() | ordered):
            like = _OF_ONE if name in _OF_ONE else EXACT - _OF_ONE if name in EXACT else frozenset[str]()
            pool = _draw(_raw(counted, like, level), whole)
            seen[level] = _draw(seen.get(level, Seen(0, 0)), pool)
        settled = settle(seen, ORDERS.get(name, ()))
        weights[name] = {
            level: _weigh(settled[level], whole, (name, level) in CONTRADICTIONS) for level in sorted(seen)
        }
    for (name, level), weight in _TOO_SELDOM.items():
        weights[name][level] = weight
        _keep_order(weights[name], ORDERS.get(name, ()))
    return Weights(round(math.log((counted.matches + 1) / (counted.others + 1)), 3), weights)


def _keep_order(levels: dict[str, float], chains: Iterable[tuple[str, ...]]) -> None:
    """Lower what would weigh more than the level above it, now that one was set by hand."""
    steps = [step for chain in chains for step in pairwise(level for level in chain if level in levels)]
    for _ in levels:
        for high, low in steps:
            levels[low] = min(levels[low], levels[high])


def _raw(counted: Levels, names: Collection[str], level: str) -> Seen:
    """In how many pairs features of these names found a level."""
    return Seen(
        sum(counted.in_matches[name, level] for name in names), sum(counted.in_others[name, level] for name in names)
    )


def _draw(seen: Seen, towards: Seen) -> Seen:
    """The counts with `_PRIOR_PAIRS` more, divided as `towards` is."""
    return Seen(seen.matches + _PRIOR_PAIRS * towards.share, seen.others + _PRIOR_PAIRS * (1 - towards.share))


def _weigh(seen: Seen, whole: Seen, may_be_negative: bool) -> float:
    weight = math.log(seen.matches / seen.others) - math.log(whole.matches / whole.others)
    return round(min(_CEILING, max(_FLOOR if may_be_negative else 0.0, weight)), 3) + 0.0  # no -0.0

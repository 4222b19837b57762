"""Learning the weights from pairs whose truth is known: how often each level is seen in pairs that belong together, and
in others. Pure and deterministic.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from processors.correlation.features import FEATURES
from processors.correlation.keys import LIMITS, LINKING_KINDS, Limits, blocking_keys
from processors.correlation.scoring import observe
from processors.correlation.sides import make_side
from streams.facts import ComparisonRecord

__all__ = ["Levels", "Weights", "count_levels", "learn_weights"]

_CONDITIONAL = frozenset({"look_same"})
"""Features that speak only where another has spoken: their weight says how much more a level tells than that."""
CONTRADICTIONS = frozenset(
    {
        ("be_impossible", "apart"),
        ("look_same", "differs"),
        ("look_same", "other_colour"),
        ("name_same_person", "born_other_day"),
    }
)
"""What may count against a pair. Anything else counts for it or not at all: what a value that everybody carries says
against a pair is said of the cases, not of the pair.
"""
_UNSEEN = {("share_doubtful", "same"): 1.0}
"""What no invented case holds: a number that is wrong in the same way twice was copied, or invented twice."""
_SHRINK = 20.0
"""Pairs that the pool of like features counts for: what is seen seldom is believed less."""
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

    Both are shrunk towards those of the pool: the same level over all features that have it. So an identifier that the
    cases hold seldom (a visa) weighs about what identifiers weigh.
    """
    pooled_m, pooled_u, features_of = Counter[str](), Counter[str](), Counter[str]()
    names = {feature.__name__ for feature, _ in FEATURES}
    rows = sorted({*counted.in_matches, *counted.in_others})
    for name, level in rows:
        pooled_m[level] += counted.in_matches[name, level]
        pooled_u[level] += counted.in_others[name, level]
        features_of[level] += 1
    weights: dict[str, dict[str, float]] = {}
    for name in sorted(names):
        levels = {level for other, level in rows if other == name}
        if name in _EXACT:
            levels |= {"rare", "common"}
        for level in sorted(levels):
            matches, others = counted.matches, counted.others
            if name in _CONDITIONAL:
                matches = sum(count for (other, _), count in counted.in_matches.items() if other == name)
                others = sum(count for (other, _), count in counted.in_others.items() if other == name)
            share = max(features_of[level], 1)
            m = _shrink(counted.in_matches[name, level], matches, pooled_m[level] / share)
            u = _shrink(counted.in_others[name, level], others, pooled_u[level] / share)
            floor = _FLOOR if (name, level) in CONTRADICTIONS else 0.0
            weight = min(_CEILING, max(floor, math.log(m / u)))
            weights.setdefault(name, {})[level] = round(weight, 3)
    for (name, level), weight in _UNSEEN.items():
        weights.setdefault(name, {}).setdefault(level, weight)
    return Weights(round(math.log((counted.matches + 1) / (counted.others + 1)), 3), weights)


_EXACT = frozenset(feature.__name__ for feature, parts in FEATURES if len(parts) == 1 and parts <= LINKING_KINDS)
"""The features of exact identifiers, one for each kind."""


def _shrink(seen: int, of: int, pooled: float) -> float:
    """The share of `seen` in `of`, drawn towards the pool's."""
    return (seen + _SHRINK * (pooled + 0.5) / (of + 1)) / (of + _SHRINK)

"""How strongly two reports belong together: log-odds after Fellegi and Sunter (1969), and what may merge. Pure.

Each feature finds one level, and each level has a weight: the natural logarithm of how many times more often it is seen
in pairs that belong together than in others that meet under a key (`processors.correlation.weights`, learned from
invented cases). The weights and the prior add up to the log-odds of the pair; the probability follows from them.
"""

import math
from functools import lru_cache
from typing import NamedTuple

from processors.correlation.features import FEATURES, Feature
from processors.correlation.sides import Found, Side
from processors.correlation.weights import PRIOR, WEIGHTS
from streams.links import Strength

__all__ = [
    "OF_MANY",
    "POSSIBLE_FROM",
    "STRONG_FROM",
    "STRONG_SCORE",
    "Spoken",
    "Weighed",
    "observe",
    "rests_on_identifier",
    "tells_one_event",
    "weigh",
]

STRONG_FROM = 0.95
"""Probability from which a link is strong, if it rests on identifier-grade evidence too."""
STRONG_SCORE = math.log(STRONG_FROM / (1 - STRONG_FROM))
"""The same in log-odds."""
POSSIBLE_FROM = 0.5
"""Probability from which a pair is worth an analyst's look: more likely than not."""

_PROVED = frozenset({"look_alike_proved", "slip_proved"})
_TELLING = _PROVED | {"look_alike"}
_SAID_NOTHING = frozenset({"", "born_other_day"})
OF_MANY: frozenset[str | None] = frozenset({"phone", "serial", "docket"})
"""Kinds of which a value that many reports carry may be a lawyer's, a dealer's or a help line's, stand on guns of
several makers, or name a case against dozens.
"""
_NOT_ALONE = frozenset({"share_misread", "look_same", "be_impossible"})
"""What says nothing by itself: a slip of the hand may be another number, the more so the more numbers there are."""
_OBJECTIONS = frozenset(name for name in _NOT_ALONE if max(WEIGHTS.get(name, {"": 1.0}).values()) <= 0)
"""What says nothing by itself and never speaks for a pair: asked last, of pairs that would be linked without it."""
_LONG = 7
"""Signs from which a value that looks alike is one value misread, not two values."""


class Spoken(NamedTuple):
    """A feature that speaks for a pair (or against it, with a negative weight), and what it rests on."""

    feature: Feature
    weight: float
    found: Found


class Weighed(NamedTuple):
    """What the features made of a pair. `score` are the log-odds."""

    strength: Strength
    score: float
    probability: float
    spoke: list[Spoken]


def observe(left: Side, right: Side) -> list[tuple[Feature, Found]]:
    """What each feature finds in a pair of live records, in the order of `FEATURES`; [] for an exercise beside a real
    record.
    """
    return sorted(_observe(left, right, False) + _observe(left, right, True), key=lambda one: _PLACE[one[0]])


_PLACE = {feature: at for at, (feature, _) in enumerate(FEATURES)}


def _observe(left: Side, right: Side, objecting: bool) -> list[tuple[Feature, Found]]:
    if left.record.get("exercise", False) != right.record.get("exercise", False):
        return []
    asked = _asked(left.parts & right.parts, objecting)
    return [(feature, found) for feature in asked if (found := feature(left, right)).level]


@lru_cache(maxsize=4_096)
def _asked(both: frozenset[str], objecting: bool) -> tuple[Feature, ...]:
    """The features that have something to compare. Most pairs share few parts: asking all took three times as long."""
    return tuple(
        feature
        for feature, parts in FEATURES
        if (feature.__name__ in _OBJECTIONS) is objecting and not both.isdisjoint(parts)
    )


def weigh(left: Side, right: Side) -> Weighed | None:
    """How strongly two live records belong together, or None if too little speaks for it."""
    observed = _observe(left, right, False)
    if all(feature.__name__ in _NOT_ALONE and found.level not in _TELLING for feature, found in observed):
        return None
    spoke, score, probability = _add_up(observed)
    if probability < POSSIBLE_FROM:
        return None
    # Only now: what speaks against a pair alone can't make a link of it.
    objections = _observe(left, right, True)
    if objections:
        observed = sorted(observed + objections, key=lambda one: _PLACE[one[0]])
        spoke, score, probability = _add_up(observed)
        if probability < POSSIBLE_FROM:
            return None
    strong = probability >= STRONG_FROM and rests_on_identifier(observed)
    return Weighed("strong" if strong else "possible", round(score, 4), round(probability, 4), spoke)


def _add_up(observed: list[tuple[Feature, Found]]) -> tuple[list[Spoken], float, float]:
    """What has a weight, the log-odds, and the probability."""
    spoke = [
        Spoken(feature, weight, found)
        for feature, found in observed
        if (weight := WEIGHTS.get(feature.__name__, {}).get(found.level, 0.0))
    ]
    score = PRIOR + math.fsum(one.weight for one in spoke)
    return spoke, score, 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


def rests_on_identifier(observed: list[tuple[Feature, Found]]) -> bool:
    """Whether a pair shares evidence that may merge reports into a network:

    1. an exact identifier whose check digits don't fail, carried by few live reports, or one that belongs to one thing,
       person or account (a VIN, a CURP, a CLABE) by as many as link at all; or
    2. a misread identifier whose correct form the check digits prove, or, from seven signs on, look-alike signs; or
    3. an exact one of `OF_MANY` carried by many, or one with a slip of the hand, where something of another kind
       agrees: the look of the thing, a subject's name, or the same event; or
    4. a subject's full name with the same birth date.

    Names, places, times, marks and texts alone never merge, however likely they make a pair: chains of them would join
    everybody with everybody.
    """
    found = {feature.__name__: one for feature, one in observed}
    exact = [one for one in found.values() if one.level in ("rare", "common") and one.detail[0].kind is not None]
    if any(one.level == "rare" or one.detail[0].kind not in OF_MANY for one in exact):
        return True
    misread = found.get("share_misread")
    if misread is not None and (misread.level in _PROVED or _is_long_look_alike(misread)):
        return True
    name = found["name_same_person"].level if "name_same_person" in found else ""
    if name == "born_same_day":
        return True
    looks = found["look_same"].level if "look_same" in found else ""
    agrees = looks == "alike" or name not in _SAID_NOTHING or "tell_event" in found
    return agrees and bool(exact or misread)


def _is_long_look_alike(misread: Found) -> bool:
    return misread.level == "look_alike" and len(misread.detail[0].left["as_written"]) >= _LONG


def tells_one_event(weighed: Weighed) -> bool:
    """Whether time, place and goods, or a copied text, are among what speaks for a pair."""
    return any(
        one.weight > 0
        and (
            one.feature.__name__ == "tell_event"
            or (one.feature.__name__ == "repeat_text" and one.found.level in ("copy", "release"))
        )
        for one in weighed.spoke
    )

"""How strongly two reports belong together: log-odds after Fellegi and Sunter (1969), and what may merge. Pure.

Each feature finds one level, and each level has a weight: the natural logarithm of how many times more often it is seen
in pairs that belong together than in others that meet under a key (`processors.correlation.weights`, learned from
invented cases). The weights and the prior add up to the log-odds of the pair; the probability follows from them.
"""

import math
from functools import lru_cache
from typing import NamedTuple

from processors.correlation.dockets import names_office
from processors.correlation.features import FEATURES, Feature
from processors.correlation.features_identifiers import are_other_issuers
from processors.correlation.sides import Found, Shared, Side, find_common, name_parts
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
_MISREAD = _PROVED | {"look_alike", "slip"}
_EXACT = frozenset({"rare", "common", "no_office"})
_TELLING = _PROVED | {"look_alike", "pasted", "same_end"}
OF_MANY: frozenset[str | None] = frozenset({"phone", "serial", "docket"})
"""Kinds of which a value that many reports carry may be a lawyer's, a dealer's or a help line's, stand on guns of
several makers, or name a case against dozens.
"""
_NOT_ALONE = frozenset({"share_misread", "look_same", "be_impossible", "differ_in_unique"})
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
    common = _find_common(left, right)
    found = _ask(_asked(common, False), left, right) + _ask(_asked(common, True), left, right)
    return sorted(found, key=lambda one: _PLACE[one[0]])


_PLACE = {feature: at for at, (feature, _) in enumerate(FEATURES)}


def _find_common(left: Side, right: Side) -> int:
    if left.record.get("exercise", False) != right.record.get("exercise", False):
        return 0
    return find_common(left, right)


def _ask(features: tuple[Feature, ...], left: Side, right: Side) -> list[tuple[Feature, Found]]:
    return [(feature, found) for feature in features if (found := feature(left, right)).level]


@lru_cache(maxsize=4_096)
def _asked(common: int, objecting: bool) -> tuple[Feature, ...]:
    """The features that have something to compare. Most pairs share few parts: asking all took three times as long."""
    return tuple(
        feature
        for feature, parts in FEATURES
        if (feature.__name__ in _OBJECTIONS) is objecting and common & name_parts(parts)
    )


def weigh(left: Side, right: Side) -> Weighed | None:
    """How strongly two live records belong together, or None if too little speaks for it."""
    common = _find_common(left, right)
    observed = _ask(_asked(common, False), left, right)
    if all(feature.__name__ in _NOT_ALONE and found.level not in _TELLING for feature, found in observed):
        return None
    spoke, score, probability = _add_up(observed)
    if probability < POSSIBLE_FROM:
        return None
    # Only now: what speaks against a pair alone can't make a link of it.
    objections = _ask(_asked(common, True), left, right)
    if objections:
        observed = sorted(observed + objections, key=lambda one: _PLACE[one[0]])
        spoke, score, probability = _add_up(observed)
        if probability < POSSIBLE_FROM:
            return None
    strong = probability >= STRONG_FROM and rests_on_identifier(spoke)
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


def rests_on_identifier(spoke: list[Spoken]) -> bool:
    """Whether what speaks for a pair is evidence that may merge reports into a network:

    1. an exact identifier whose check digits don't fail, carried by few live reports, or one that belongs to one thing,
       person or account (a VIN, a CURP, a CLABE) by as many as link at all; or
    2. a misread identifier whose correct form the check digits prove, or, from seven signs on, signs that look alike
       where the issuers don't differ, nor the birth dates of subjects with one name; of a person's own papers only
       where the name of a subject agrees; never a case number or a wallet; or
    3. one that does not stand alone (carried by many, of less than six signs, a case number without letters of its
       court, one with a slip of the hand) where something of another kind agrees: the look of the thing, a subject's
       rare name, or the amount of goods of one event; or
    4. a subject's full name with the same birth date.

    A contradiction voids the evidence that it is about (`_VOIDED`): a plate on cars of two makes, a name with two
    CURPs. Names, places, times, marks and texts alone never merge, however likely they make a pair: chains of them
    would join everybody with everybody.
    """
    found = {one.feature.__name__: one.found for one in spoke}
    void = {kind for name, one in found.items() for kind in _VOIDED.get((name, one.level), ())}
    numbers = [one for one in spoke if one.weight > 0 and one.found.detail[0].kind not in void]
    exact = [one for one in numbers if one.found.level in _EXACT and one.found.detail[0].kind is not None]
    if any(_stands_alone(shared, one.found.level) for one in exact for shared in one.found.detail):
        return True
    misread = next((one.found for one in numbers if one.found.level in _MISREAD), None)
    name = found["name_same_person"].level if "name_same_person" in found else ""
    if misread is not None and misread.level in _PROVED:
        return True
    if misread is not None and _is_long_look_alike(misread) and _may_be_read_so(misread, name):
        return True
    if name == "born_same_day" and _NAME not in void:
        return True
    looks = found["look_same"].level if "look_same" in found else ""
    event = found["tell_event"].level if "tell_event" in found else ""
    agrees = looks == "alike" or name in _TELLING_NAMES or event in _TELLING_EVENTS
    return agrees and bool(exact or misread)


_OF_PERSON: frozenset[str | None] = frozenset({"curp", "passport", "visa"})


def _may_be_read_so(misread: Found, name: str) -> bool:
    """Whether the level of subjects' names (`name_same_person`) allows that one number was read as another: without a
    name that agrees, a passport read as another's would join two people.
    """
    return name != "born_other_day" and bool(name or misread.detail[0].kind not in _OF_PERSON)


_TELLING_NAMES = frozenset({"rare_surnames", "rare_name", "born_near", "born_same_unsure"})
_TELLING_EVENTS = frozenset({"hours_here_amount", "hours_near_amount", "day_here_amount"})
_NAME = "name"
_VOIDED: dict[tuple[str, str], frozenset[str]] = {
    ("look_same", "other_make"): frozenset({"plate", "vin", "serial"}),
    ("differ_in_unique", "two_vehicles"): frozenset({"plate"}),
    ("differ_in_unique", "two_people"): frozenset({"curp", "rfc", "passport", "visa", _NAME}),
    # A telephone number is noted down at many places, a thing or person is at one.
    ("be_impossible", "apart"): frozenset(
        {"plate", "vin", "serial", "imei", "curp", "passport", "visa", "aircraft", "vessel", _NAME}
    ),
}
"""Contradiction -> kinds of identifiers, or the name, that no longer merge a pair."""
_SHORT = 6
"""Signs below which the same number may be another thing's."""
_IN_SERIES: frozenset[str | None] = frozenset({"plate", "serial", "docket", "vessel"})


def _stands_alone(shared: Shared, level: str) -> bool:
    if level == "common" and shared.kind in OF_MANY:
        return False
    if shared.kind in _IN_SERIES and len(shared.value) < _SHORT:
        return False
    return shared.kind != "docket" or names_office(shared.value)


def _is_long_look_alike(misread: Found) -> bool:
    shared = misread.detail[0]
    if misread.level != "look_alike":
        return False
    left, right = (side.get("issuer", "") for side in (shared.left, shared.right))
    # "A / B", in normal form: a dash makes no number longer.
    return len(shared.value.split(" / ")[0]) >= _LONG and not (left and right and are_other_issuers(left, right))


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

"""Which of two levels of a feature may not say less than the other, and how counts are drawn into that order. Pure.

What the cases hold is an accident of how they were made: they clone plates that few carry, as bait, and so teach that a
plate says less the fewer carry it. That a rarer, nearer or closer agreement says at least as much is known beforehand.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise, product
from typing import NamedTuple

from processors.correlation.features import FEATURES
from processors.correlation.keys import LINKING_KINDS

__all__ = ["EXACT", "ORDERS", "Seen", "settle"]

EXACT = frozenset(feature.__name__ for feature, parts in FEATURES if len(parts) == 1 and parts <= LINKING_KINDS)
"""The features of exact identifiers, one for each kind."""

_TIMES, _PLACES = ("hours", "day"), ("here", "near")

ORDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(sorted(EXACT), (("rare", "common"),)),
    **dict.fromkeys(
        ("share_docket", "share_passport", "share_plate", "share_vessel", "share_visa"),
        (("rare", "common", "other_issuer"),),
    ),
    "share_misread": (("look_alike_proved", "look_alike", "slip"), ("look_alike_proved", "slip_proved", "slip")),
    "look_same": (("alike", "not_unlike", "other_colour", "differs", "other_make"),),
    "name_same_person": (
        ("born_same_day", "born_same_unsure", "born_near", "born_other_day"),
        ("born_same_day", "rare_surnames", "rare_name", "full_name", "common_name"),
        ("rare_surnames", "two_surnames", "common_name"),
        ("rare_surnames", "like_name"),
    ),
    "tell_event": (
        *((f"{time}_{place}_amount", f"{time}_{place}_about", f"{time}_{place}_kind")
          for time, place in product(_TIMES, _PLACES)),
        # Silence about the goods says less than the same amount. It is not held against a rough agreement: such a pair
        # met under a number or a name.
        *((f"{time}_{place}_amount", f"{time}_{place}_untold") for time, place in product(_TIMES, _PLACES)),
        *((f"{time}_here_{goods}", f"{time}_near_{goods}")
          for time, goods in product(_TIMES, ("amount", "about", "kind", "untold"))),
        *((f"hours_{place}_{goods}", f"day_{place}_{goods}")
          for place, goods in product(_PLACES, ("amount", "about", "kind", "untold"))),
    ),
    "share_mark": (
        ("rare", "common", "everywhere"),
        ("rare_near", "common_near", "everywhere_near"),
        *((f"{frequency}_near", frequency) for frequency in ("rare", "common", "everywhere")),
    ),
    "repeat_text": (("release", "copy", "partly", "partly_later"), ("copy", "copy_later", "partly_later")),
}  # fmt: skip
"""Feature -> chains of its levels, each level saying at least as much as the next."""


class Seen(NamedTuple):
    """In how many pairs that belong together, and in how many others, a level was found; smoothing makes fractions."""

    matches: float
    others: float

    @property
    def share(self) -> float:
        """The share of the pairs that belong together."""
        return self.matches / (self.matches + self.others)


def settle(seen: Mapping[str, Seen], chains: Iterable[tuple[str, ...]]) -> dict[str, Seen]:
    """The counts with levels that stand out of order counted as one: what is likeliest to give these counts among all
    shares that obey the chains (isotonic regression of the shares, each weighed by its pairs).

    Levels out of any chain stay as they are; each level must have been seen (not 0 and 0). The algorithm is that of the
    minimum lower sets (Barlow, Bartholomew, Bremner and Brunk, Statistical Inference under Order Restrictions, 1972);
    on a single chain it gives what pooling adjacent violators does. It goes over all lower sets, some hundreds for 16
    levels.
    """
    below: dict[str, set[str]] = {level: {level} for level in seen}
    steps = [(high, low) for chain in chains for high, low in pairwise(level for level in chain if level in seen)]
    for _ in below:
        for high, low in steps:
            below[high] |= below[low]
    left = set(seen)
    settled: dict[str, Seen] = {}
    while left:
        lower: set[frozenset[str]] = {frozenset()}
        for level in sorted(left):
            lower |= {one | (below[level] & left) for one in lower}
        lowest = min(lower - {frozenset()}, key=lambda one: (_pool(seen, one).share, -len(one), sorted(one)))
        pooled = _pool(seen, lowest)
        settled.update(dict.fromkeys(lowest, pooled))
        left -= lowest
    return settled


def _pool(seen: Mapping[str, Seen], levels: Iterable[str]) -> Seen:
    """The counts of several levels together, added up in one order for the same rounding."""
    counts = [seen[level] for level in sorted(levels)]
    return Seen(sum(one.matches for one in counts), sum(one.others for one in counts))

"""Whether two records tell of the same load, by goods and amounts, and how an explanation says so. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from processors.correlation.loads import Load
from processors.correlation.wording import figure

__all__ = ["Same", "match_loads", "say_match"]


class Same(NamedTuple):
    """A good that both records tell of, and the measures that agree; of an `untold` load there is none."""

    rank: int
    how: Literal["amount", "about", "kind", "untold"]
    good: str
    agreed: Sequence[str]


_UNTOLD = Same(3, "untold", "", ())


def match_loads(ours: Load, theirs: Load) -> list[Same]:
    """The goods that have the same amount in both (`amount`: within 3%), else those of about the same (`about`: within
    30%), else those of which no amounts can be compared (`kind`).

    A good of which one measure is further apart is not the same load. Few pieces agree by chance: one pistol and one
    pistol are the same kind. `untold` if one of them tells of none; nothing if neither does, or if no good is left.
    """
    if not ours or not theirs:
        return [_UNTOLD] if ours or theirs else []
    found: list[Same] = []
    for good in ours.keys() & theirs.keys():
        same = _compare_amounts(good, ours[good], theirs[good])
        if same is not None:
            found.append(same)
    if len(found) > 1:
        best = min(one.rank for one in found)
        return [one for one in found if one.rank == best]
    return found


def _compare_amounts(good: str, mine: Mapping[str, float], their: Mapping[str, float]) -> Same | None:
    rank, agreed = 2, list[str]()
    for measure, amount in mine.items():
        other = their.get(measure)
        if other is None:
            continue
        most = max(amount, other, 1e-9)
        apart = abs(amount - other) / most
        if apart > 0.3:
            return None
        if measure.startswith("count ") and most < _FEW:
            continue
        if apart <= 0.03:
            agreed.append(measure)
        rank = min(rank, 0 if apart <= 0.03 else 1)
    return Same(rank, _HOW[rank], good, agreed)


_HOW: tuple[Literal["amount", "about", "kind"], ...] = ("amount", "about", "kind")


def say_match(goods: Sequence[Same], ours: Load, theirs: Load) -> tuple[str, str, str, str]:
    """How the goods agree, what both records say of the first of them, and what each says."""
    if goods[0].how == "untold":
        return "untold", "", _say_all(ours), _say_all(theirs)
    said = (
        (
            f"{one.good} {_say(ours[one.good], one.agreed)}" if one.how == "amount" else one.good,
            f"{one.good} {_say(ours[one.good], ours[one.good])}".strip(),
            f"{one.good} {_say(theirs[one.good], theirs[one.good])}".strip(),
        )
        for one in goods
    )
    return goods[0].how, *min(said)


_FEW = 5
"""Pieces below which an amount tells nothing: most seizures of firearms are of one."""


def _say(amounts: Mapping[str, float], of: Iterable[str]) -> str:
    return ", ".join(f"{figure(amounts[name])} {_UNITS.get(name) or name[len('count ') :]}" for name in sorted(of))


_UNITS = {"mass_kg": "kg", "volume_l": "l"}


def _say_all(goods: Load) -> str:
    return ", ".join(f"{good} {_say(goods[good], goods[good])}".strip() for good in sorted(goods))

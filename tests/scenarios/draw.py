"""Seeded choices. Only `Random.random` is used: Python promises its sequence across versions, not that of `choice`."""

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Draw"]

T = TypeVar("T")


class Draw:
    """A stream of choices that depends on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def chance(self, rate: float) -> bool:
        """True in `rate` of all cases."""
        return self._random.random() < rate

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.number(0, len(options) - 1)]

    def weighed(self, options: Sequence[tuple[T, float]]) -> T:
        """One of the options, each as often as its weight says."""
        at = self._random.random() * sum(weight for _, weight in options)
        for option, weight in options:
            at -= weight
            if at < 0:
                return option
        return options[-1][0]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different ones of the options, or all if there are fewer, in drawn order."""
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(min(count, len(left)))]

    def signs(self, alphabet: str, count: int) -> str:
        """`count` signs of an alphabet."""
        return "".join(self.pick(alphabet) for _ in range(count))

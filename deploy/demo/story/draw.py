"""Seeded choices. Only `Random.random` is used: Python promises its sequence across versions, not that of `choice`."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from deploy.demo.story.numbers import PhoneLine

__all__ = ["SEED", "Draw"]

SEED = 1848
T = TypeVar("T")

_START = datetime(2026, 3, 1, 6, 0)
_DAYS = 91
_AREAS = {"US": ("361", "830", "915", "512"), "MX": ("868", "878", "656", "664", "631", "667")}


class Draw:
    """A stream of choices; phones and numbers are handed out once each, so that background reports share none."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invents a story, guards nothing
        self._given: dict[str, int] = {}

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.number(0, len(options) - 1)]

    def time(self) -> str:
        """A time of publication in March, April or May, `MM-DD HH:MM`."""
        return (_START + timedelta(minutes=self.number(0, _DAYS * 1440 - 1))).strftime("%m-%d %H:%M")

    def count(self, of: str) -> int:
        """1, 2, 3 ... for each name."""
        self._given[of] = self._given.get(of, 0) + 1
        return self._given[of]

    def phone(self, country: str) -> PhoneLine:
        """A phone that nobody else has, of an area code that no line uses."""
        turn = self.count(f"phone {country}") - 1
        areas = _AREAS[country]
        return PhoneLine(country, f"{areas[turn % len(areas)]}55501{20 + turn // len(areas):02}")

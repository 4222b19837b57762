"""Times of comparison records as numbers."""

from datetime import datetime
from functools import lru_cache

__all__ = ["day_number", "seconds", "week_number"]

_DAY_S = 86_400


@lru_cache(maxsize=65_536)
def seconds(moment: str) -> float:
    """An RFC 3339 moment in seconds since 1970, UTC."""
    return datetime.fromisoformat(moment).timestamp()


def day_number(moment: str) -> int:
    """The UTC day since 1970."""
    return int(seconds(moment) // _DAY_S)


def week_number(moment: str) -> int:
    """The UTC week since 1970; weeks begin on Thursday, as 1970 did."""
    return int(seconds(moment) // (7 * _DAY_S))

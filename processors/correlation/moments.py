"""Times of comparison records as numbers."""

import math
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from processors.reference.zones import find_zone

__all__ = ["day_number", "local_day", "seconds", "week_number"]

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


@lru_cache(maxsize=65_536)
def local_day(moment: str, zone: str, *, exclusive: bool = False) -> str:
    """The calendar date in the zone, of the last instant before the moment if that is exclusive; UTC if it has none."""
    at = seconds(moment) - (0.001 if exclusive else 0.0)
    return _name_day(math.floor((at + _offset_s(zone, math.floor(at / _HALF_HOUR_S))) / _DAY_S))


_HALF_HOUR_S = 1_800
"""No zone has changed its clocks within a half hour of UTC since 1973."""


@lru_cache(maxsize=65_536)
def _offset_s(zone: str, half_hour: int) -> float:
    began = datetime.fromtimestamp(half_hour * _HALF_HOUR_S, find_zone(zone) or UTC)
    offset = began.utcoffset()
    assert offset is not None, "it has a zone"
    return offset.total_seconds()


@lru_cache(maxsize=16_384)
def _name_day(day: int) -> str:
    """The date of a day since 1970."""
    return (_EPOCH + timedelta(days=day)).isoformat()


_EPOCH = date(1970, 1, 1)

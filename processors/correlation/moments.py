"""Times of comparison records as numbers."""

from datetime import UTC, datetime, timedelta
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


# Cached, for a network is summed up again at each report that joins it.
@lru_cache(maxsize=65_536)
def local_day(moment: str, zone: str, *, exclusive: bool = False) -> str:
    """The calendar date in the zone, of the last instant before the moment if that is exclusive; UTC if it has none."""
    instant = datetime.fromisoformat(moment) - timedelta(milliseconds=1 if exclusive else 0)
    return instant.astimezone(find_zone(zone) or UTC).date().isoformat()

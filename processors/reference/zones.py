"""Time zones from the pinned `tzdata` package, not from the machine: a replay elsewhere gives the same instants."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import metadata, resources
from zoneinfo import ZoneInfo

__all__ = ["ZONES_VERSION", "find_zone"]

ZONES_VERSION = metadata.version("tzdata")
"""Release of the IANA database; part of the reference version."""

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1024)
def find_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name or an offset such as `-07:00`; None if there is none. `Z` is UTC."""
    if name == "Z":
        return timezone(timedelta(0))
    if match := _OFFSET.fullmatch(name):
        sign, hours, minutes = match[1], int(match[2]), int(match[3])
        # No clock on Earth runs further from UTC than -12 and +14 hours.
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if sign == "-" else offset)
    if name not in _zone_names():
        return None
    with resources.files("tzdata").joinpath("zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)

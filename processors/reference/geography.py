"""Whether a point can lie where a record says: boxes around countries, and distances."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from streams.reports import GeoPoint

__all__ = ["may_lie_in", "measure_km"]

_EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""


class Box(NamedTuple):
    """Degrees, WGS 84, bounds inclusive."""

    south: float
    north: float
    west: float
    east: float


# About a degree beyond the outermost land, so that coastal waters count. Source: extremes of land from the U.S. Census
# and INEGI, rounded outward. U.S. territories have ISO codes of their own, yet agencies write US.
_BOXES: dict[str, tuple[Box, ...]] = {
    "US": (
        Box(23.5, 50.0, -126.0, -65.5),
        Box(50.0, 72.5, -180.0, -129.0),  # Alaska
        Box(50.0, 55.0, 171.0, 180.0),  # the Aleutians beyond the 180th meridian
        Box(17.5, 29.5, -179.5, -153.5),  # Hawaii with its western islands
        Box(16.5, 19.5, -69.0, -63.5),  # Puerto Rico and the Virgin Islands
        Box(12.0, 21.5, 143.5, 147.0),  # Guam and the Northern Marianas
        Box(-15.5, -10.0, -172.5, -167.5),  # American Samoa
    ),
    "MX": (Box(13.5, 33.7, -119.5, -85.7),),
}


def may_lie_in(point: GeoPoint, country: str) -> bool:
    """Whether a point may lie in a country (ISO 3166-1) or off its coast; True for countries without a box."""
    boxes = _BOXES.get(country)
    return boxes is None or any(
        box.south <= point["lat"] <= box.north and box.west <= point["lon"] <= box.east for box in boxes
    )


def measure_km(one: GeoPoint, other: GeoPoint) -> float:
    """Great-circle distance in kilometres (haversine)."""
    south, north = radians(one["lat"]), radians(other["lat"])
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin(radians(other["lon"] - one["lon"]) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))

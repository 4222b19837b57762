"""Real places of the reference tables along eight corridors, as the invented agencies write them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from processors import reference
from processors.reference.files import read_rows
from tests.scenarios.draw import Draw
from tests.scenarios.marks import Json

__all__ = ["ROUTES", "Route", "Spot", "coarsen", "find_point", "write_place"]

_DATA = Path(reference.__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Route:
    """A corridor: ports of entry (CBP), counties (FIPS) north of it, municipalities (INEGI) south of it, and roads."""

    name: str
    ports: tuple[str, ...]
    counties: tuple[str, ...]
    municipalities: tuple[str, ...]
    us_roads: tuple[str, ...]
    mx_roads: tuple[str, ...]


ROUTES = (
    Route("laredo", ("2304",), ("48479", "48283", "48029"), ("28027", "19005", "19044", "19039"),
          ("I-35", "US-83", "US-59"), ("85",)),
    Route("hidalgo", ("2305", "2309"), ("48215", "48047", "48409"), ("28032", "28033", "28035", "19009"),
          ("US-281", "US-83"), ("2", "40", "97")),
    Route("brownsville", ("2301",), ("48061", "48261", "48355"), ("28022", "28040", "28041"), ("US-77", "US-83"),
          ("101", "180")),
    Route("eagle_pass", ("2303", "2302"), ("48323", "48465", "48463"), ("05025", "05002", "05018", "05030"),
          ("US-57", "US-90"), ("57", "2")),
    Route("el_paso", ("2402", "2401"), ("48141", "35013", "48229"), ("08037", "08019", "08001"), ("I-10", "US-62"),
          ("45", "2")),
    Route("nogales", ("2604", "2601"), ("04023", "04019", "04013"), ("26043", "26030", "26017", "26036"),
          ("I-19", "I-10"), ("15", "2")),
    Route("calexico", ("2507", "2503"), ("06025", "06065", "04027"), ("02002", "26055", "02001"), ("I-8", "US-95"),
          ("2", "5")),
    Route("san_diego", ("2504", "2506"), ("06073", "06059", "06037"), ("02004", "02003", "02005"), ("I-5", "I-15"),
          ("1", "3")),
)  # fmt: skip
_BRIDGE = {"2304": "World Trade Bridge, Laredo, TX", "2305": "Hidalgo International Bridge, Hidalgo, TX",
           "2301": "Veterans International Bridge, Brownsville, TX", "2604": "Mariposa Port of Entry, Nogales, AZ",
           "2506": "Otay Mesa Cargo Facility, San Diego, CA"}  # fmt: skip
_OTHER_CLOCKS = {"48141": "America/Denver", "48229": "America/Denver"}
"""El Paso and Hudspeth counties keep mountain time."""
_SOURCES = {"cbp_port": "ports.csv", "fips": "us_counties.csv", "inegi": "mx_municipalities.csv"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: `system` and `code` name it in the reference tables; `zone` is that of its clocks."""

    system: str
    code: str
    name: str
    state: str
    country: str
    zone: str
    lat: float
    lon: float

    @classmethod
    def find(cls, system: str, code: str) -> "Spot":
        """The place of a code; `KeyError` if the tables have none."""
        return _spots()[system, code]


@cache
def _spots() -> dict[tuple[str, str], Spot]:
    states = {row["code"]: row for row in read_rows(_DATA / "states.csv")}
    zones = {"US-TX": "America/Chicago", "US-NM": "America/Denver", "US-AZ": "America/Phoenix",
             "US-CA": "America/Los_Angeles", "MX-TAM": "America/Matamoros", "MX-COA": "America/Matamoros",
             "MX-NLE": "America/Monterrey", "MX-CHH": "America/Ciudad_Juarez", "MX-SON": "America/Hermosillo",
             "MX-BCN": "America/Tijuana"}  # fmt: skip
    found: dict[tuple[str, str], Spot] = {}
    for system, file in _SOURCES.items():
        for row in read_rows(_DATA / file):
            zone = row.get("zone") or _OTHER_CLOCKS.get(row["code"]) or zones.get(row["state"])
            if zone and row["latitude"]:
                state = states[row["state"]]
                spelled = state["name_es"] if state["country"] == "MX" else state["name_en"]
                found[system, row["code"]] = Spot(system, row["code"], row["name"], spelled, state["country"], zone,
                                                  float(row["latitude"]), float(row["longitude"]))  # fmt: skip
    return found


def write_place(draw: Draw, spot: Spot, road: str | None = None) -> Json:
    """The place in the fields of the contract, with its code, and a kilometre of the road where there is one."""
    place: Json = {"country": spot.country, "state": spot.state, "codes": [{"system": spot.system, "value": spot.code}]}
    if spot.system == "cbp_port":
        place["port_of_entry"] = spot.name
        if spot.code in _BRIDGE:
            place["as_written"] = _BRIDGE[spot.code]
    else:
        place["municipality"] = spot.name
    if road is not None:
        place["highway"] = road if spot.country == "US" else f"Carretera Federal {road}"
        place["kilometre"] = draw.number(2, 190)
    return place


def coarsen(draw: Draw, place: Json) -> bool:
    """The state alone, sometimes a municipality without its code; False if it is as coarse already."""
    if "codes" not in place:
        return False
    for part in ("codes", "kilometre", "as_written", *(("highway",) if draw.chance(0.5) else ())):
        place.pop(part, None)
    if draw.chance(0.6):
        for part in ("port_of_entry", "municipality", "highway"):
            place.pop(part, None)
    return True


def find_point(place: Json) -> tuple[float, float] | None:
    """Degrees of a written place, by its code; None where it gives none."""
    for code in place.get("codes", ()):
        spot = _spots().get((code["system"], code["value"]))
        if spot is not None:
            return spot.lat, spot.lon
    return None

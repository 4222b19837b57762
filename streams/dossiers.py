"""The parts of networks and events: amounts of goods, people, things, the timeline, and the links to check first.

People are subjects under certified suspicion, charged or convicted; whoever is protected or only mentioned never gets
this far (`streams.facts`). Lists are cut (`processors.correlation.networks.MAX_LISTED`), the counts beside them not.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from streams.facts import ComparedPlace
from streams.reports import Commodity

__all__ = [
    "EventAmount",
    "Measure",
    "NetworkBridge",
    "NetworkFirearm",
    "NetworkMark",
    "NetworkPerson",
    "NetworkPhone",
    "NetworkVehicle",
    "TimelineEntry",
]

Measure = Literal["mass_kg", "volume_l", "area_ha", "count", "amount"]
"""Kilograms, litres, hectares, pieces (`unit`: pill, round, unit, plant ...), money (`unit`: ISO 4217)."""


class EventAmount(TypedDict):
    """One amount of one commodity in one event, in one measure; another measure of the same goods stands beside it.

    `value` is what the best graded official record says that has it (`agency`, `report_id`); of `only_news` no official
    record has it. `low` and `high` are the least and the most that any record of the event says, where they differ.
    """

    commodity: Commodity
    measure: Measure
    unit: NotRequired[str]
    value: float
    approximate: NotRequired[bool]
    low: NotRequired[float]
    high: NotRequired[float]
    only_news: NotRequired[bool]
    agency: str
    report_id: str


class NetworkPerson(TypedDict):
    """A name of subjects: every way in which records write it, the birth date where they have it, and how many records
    name it. Two people of one name are one entry unless their birth dates differ.
    """

    names: list[str]
    aliases: NotRequired[list[str]]
    born: NotRequired[str]
    reports: int


class NetworkVehicle(TypedDict):
    """A conveyance: each way in which records say how it looks, its plates and VINs in normal form, and how many
    records tell of it. Those that share a plate or a VIN are one; of the others those that look alike are one entry.
    """

    looks: NotRequired[list[str]]
    plates: NotRequired[list[str]]
    vins: NotRequired[list[str]]
    reports: int


class NetworkFirearm(TypedDict):
    """A firearm in the codes of the reference tables, its serial in normal form, and how many records tell of it.

    Guns without a serial that look alike are one entry: how many there are, the counts say.
    """

    type: NotRequired[str]
    make: NotRequired[str]
    model: NotRequired[str]
    calibre: NotRequired[str]
    serial: NotRequired[str]
    reports: int


class NetworkPhone(TypedDict):
    """A telephone number that no great number of reports carries, and how many of the network's do."""

    value: str
    reports: int


class NetworkMark(TypedDict):
    """A press mark, folded, and how many records tell of it."""

    value: str
    reports: int


class TimelineEntry(TypedDict):
    """One event of a network: the local day, the place, the goods as the network's own records tell them, and how many
    records of which agencies. `event` is the id on `events.<view>`; a record of no single event (a period's total) has
    none. `basis` says so of totals.
    """

    event: NotRequired[str]
    day: NotRequired[str]
    place: NotRequired[ComparedPlace]
    goods: NotRequired[list[EventAmount]]
    agencies: list[str]
    reports: int
    basis: NotRequired[Literal["period_total", "running_total"]]


class NetworkBridge(TypedDict):
    """A strong link without which an oversized network falls in two: `left` and `right` are its ends, the counts how
    many members then stand on either side.
    """

    link: str
    left: str
    right: str
    score: float
    left_members: int
    right_members: int

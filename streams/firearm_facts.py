"""What enrichment finds about firearms: an item's facts, and the time from a traced gun's purchase to recovery."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

__all__ = ["FirearmFacts", "TimeToCrime"]


class FirearmFacts(TypedDict, total=False):
    """A firearm, part, magazine or ammunition in the codes of the reference tables; absent where not said or not known.

    `serial` is in its normal form, `serial_variants` what it may be if signs that look alike were misread (at most 8);
    they are for searching and link nothing. `no_serial` says why there is none. `conversion_device`: a part that makes
    a gun fire automatically.
    """

    type: str
    make: str
    make_country: str
    model: str
    calibre: str
    serial: str
    serial_variants: list[str]
    no_serial: Literal["none", "obliterated", "not_legible"]
    privately_made: bool
    converted: bool
    conversion_device: bool


class TimeToCrime(TypedDict):
    """Time from a firearm's purchase to its recovery: an indicator of trafficking, never proof of it.

    From the least to the most that the precision of the two dates allows, in days and in years of 365.25 days. `short`:
    under three years as ATF counts; absent where the dates leave it open.
    """

    indicator: Literal["time_to_crime"]
    days_from: int
    days_to: int
    years_from: float
    years_to: float
    short: NotRequired[bool]

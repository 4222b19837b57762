"""Amounts beyond which a record is taken for a slip of the pen, in normal units, with the reason for each limit."""

from typing import NamedTuple

from processors.reference.units import Dimension
from streams.contracts import CountBasis

__all__ = ["LIMITS", "Limit", "is_absurd"]


class Limit(NamedTuple):
    """The most that one item may hold: of one incident, and of a total over a period."""

    incident: float
    total: float
    reason: str


LIMITS: dict[Dimension, Limit] = {
    "mass": Limit(1e6, 1e8, "1,000 t; the largest seizures of marijuana reached 134 t (Tijuana, 2010)"),
    "volume": Limit(1e8, 1e10, "100 million litres; a tanker of smuggled diesel held 10 million (Tampico, 2025)"),
    "area": Limit(1e5, 1e7, "100,000 ha; all poppy fields of Mexico were 44,100 ha in 2017 (U.S. estimate)"),
    "count": Limit(1e9, 1e10, "a thousand million pieces; the DEA seized 80 million pills in all of 2023"),
    "amount": Limit(1e11, 1e12, "the largest seizure of cash was 207 million USD (Mexico City, 2007)"),
}


def is_absurd(dimension: Dimension, value: float, basis: CountBasis) -> bool:
    """Whether an amount in normal units (kilograms, litres, hectares, pieces, money) is beyond its limit."""
    limit = LIMITS[dimension]
    return value > (limit.incident if basis == "incident" else limit.total)

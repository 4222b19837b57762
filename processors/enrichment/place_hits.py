"""What a resolver of a place takes and gives."""

from typing import NamedTuple

from processors.reference.folding import fold
from processors.reference.places import State
from streams.contracts import Place
from streams.reports import PlaceFacts

__all__ = ["Bounds", "Hit", "find_code"]


class Hit(NamedTuple):
    """One resolved place: its facts, the fields of the place that say so, the source of the table, and why
    its coordinates were dropped, if they were.
    """

    facts: PlaceFacts
    fields: tuple[str, ...]
    source: str = ""
    dropped: str = ""


class Bounds(NamedTuple):
    """What the record says of country and state; a finer name that contradicts it is not believed."""

    country: str | None
    state: State | None
    state_fields: tuple[str, ...]


def find_code(place: Place, system: str) -> str | None:
    """The code that the record gives in a system (`inegi`, `fips`, `cbp_port` ...)."""
    for code in place.codes:
        if fold(code.system).replace(" ", "_") == system:
            return code.value
    return None

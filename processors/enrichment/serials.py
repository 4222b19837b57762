"""Serial numbers of firearms: their normal form, what they may be if misread, and why there is none."""

from itertools import combinations
from typing import Literal

from processors.enrichment.identifier_forms import normalise
from processors.reference import Reference
from processors.reference.folding import fold

__all__ = ["MAX_VARIANTS", "NoSerial", "Serial", "read_serial", "serial_variants"]

NoSerial = Literal["none", "obliterated", "not_legible"]
MAX_VARIANTS = 8
_LOOK_ALIKE = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2", "2": "Z"} | {
    "G": "6",
    "6": "G",
}
"""Signs that a scanner or a tired reader takes for each other."""


class Serial:
    """`value` in its normal form, or None with the reason, if it is known."""

    __slots__ = ("reason", "value")

    def __init__(self, value: str | None, reason: NoSerial | None) -> None:
        self.value = value
        self.reason: NoSerial | None = reason


def read_serial(written: str, country: str, reference: Reference) -> Serial:
    """A serial as a field has it; what is a placeholder here is one for `enrich_identifiers` too."""
    value = normalise("serial", written, country, reference)
    if value is not None:
        return Serial(value, None)
    folded = f" {fold(written)} "
    for reason in ("obliterated", "not_legible"):
        if any(f" {word} " in folded for word in reference.firearms.serial_words[reason]):
            return Serial(None, "obliterated" if reason == "obliterated" else "not_legible")
    if any(sign in written for sign in "?*…"):
        return Serial(None, "not_legible")
    return Serial(None, "none" if reference.placeholders.stands_for_none(written) else None)


def serial_variants(value: str) -> list[str]:
    """What a serial in normal form may be if signs that look alike were misread: fewest changes first, at most 8."""
    places = [place for place, sign in enumerate(value) if sign in _LOOK_ALIKE]
    signs = list(value)
    found: list[str] = []
    for changes in range(1, len(places) + 1):
        for chosen in combinations(places, changes):
            for place in chosen:
                signs[place] = _LOOK_ALIKE[value[place]]
            found.append("".join(signs))
            if len(found) == MAX_VARIANTS:
                return found
            for place in chosen:
                signs[place] = value[place]
    return found

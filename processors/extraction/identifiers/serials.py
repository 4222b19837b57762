"""Serial numbers and VINs after their words: a vehicle's and a firearm's are written in the same words."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import FoundIdentifier, is_amount, make_bridge, name_bearer, read_list
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.check_digits import hold_check_digits, must_hold_vin

__all__ = ["make_serial", "read_serial", "read_short_serial"]

_SERIAL_BRIDGE = make_bridge()
_GUN_REACH = 80
"""Signs between a gun and its serial."""
_SENTENCE_END = re.compile(r"[;!?\n]|(?<!cal)(?<!mod)(?<!mca)(?<!num)(?<! no)\.\s")
_ADDRESS = re.compile(
    r"\b(?:calle|av(?:enida)?|col(?:onia)?|domicilio|carretera|km|boulevard|blvd|calz(?:ada)?|street|address|c\.p)\b"
)
_SHORT_BRIDGE = re.compile(r"[ :.#]{0,3}")
_SERIAL = re.compile(r"[a-z0-9](?:-?[a-z0-9]){3,19}(?![a-z0-9-])")
_NUMBERED = re.compile(r"(?:numero|number|num|no|nro|n)[.°]?\s*(?:de\s*)?$|:|#|\b(?:numero|number|num|no|nro)\b")


def read_serial(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:
    """A serial number, or a VIN, after the word serie, serial, chasis, VIN or NIV."""
    bridge = _SERIAL_BRIDGE.match(text.plain, end)
    position = bridge.end() if bridge else end
    numbered = _NUMBERED.search(text.plain, max(0, start - 12), position) is not None
    is_vin = text.plain.startswith(("vin", "niv", "chas", "identif"), start)
    # "Pistola, serie 123456" needs no word number; "serie de 12000 ataques" is none for all that.
    if not (numbered or is_vin or " de " in text.plain[end:position]):
        numbered = _is_of_gun(text, start, _GUN_REACH)
    for found in read_list(text.plain, position, _SERIAL):
        made = make_serial(text, *found.span(), numbered, is_vin, reference)
        if made is None:
            return
        yield made


def read_short_serial(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:
    """A firearm's serial number after S/N, which in English is serial number and in Spanish none; in an address it is
    a house without one.
    """
    if _is_of_gun(text, start, _GUN_REACH) and _ADDRESS.search(text.plain, max(0, start - _GUN_REACH), start) is None:
        bridge = _SHORT_BRIDGE.match(text.plain, end)
        found = _SERIAL.match(text.plain, bridge.end() if bridge else end)
        if found is not None and (made := make_serial(text, *found.span(), True, False, reference)):
            yield made


def _is_of_gun(text: Text, start: int, reach: int) -> bool:
    """Whether a firearm is what is named last in the sentence before `start`."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text.plain, max(0, start - reach), start)]
    return name_bearer(text.plain, start, start - ends[-1] if ends else reach) == "firearm"


def make_serial(
    text: Text, start: int, end: int, numbered: bool, is_vin: bool, reference: Reference
) -> FoundIdentifier | None:
    """A VIN by its 17 signs, else a serial number: letters and digits, or digits where a word says number."""
    written = text.raw[start:end]
    value = "".join(filter(str.isalnum, text.plain[start:end])).upper()
    digits = sum(map(str.isdecimal, value))
    if not value.isascii() or reference.placeholders.stands_for_none(written):
        return None
    if len(value) == 17 and not set("IOQ") & set(value) and digits >= 4:
        checked = hold_check_digits("vin", value, written)
        if checked is False:
            return None
        return FoundIdentifier(start, end, "vin", value, written, "vin" if checked else "vin_unchecked", checked)
    if is_vin or must_hold_vin(value):
        return None
    # "serie de 12 ataques" and "serial killer" are none.
    if (
        digits < 3
        or len(set(value)) == 1
        or (value.isdecimal() and (len(value) < 5 or not numbered or is_amount(text.plain, end)))
    ):
        return None
    return FoundIdentifier(start, end, "serial", value, written, "serial")

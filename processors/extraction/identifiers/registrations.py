"""Aircraft, vessels and containers; and the word matrícula, which in Mexico is also what a gun's serial is called."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import BRIDGE, FoundIdentifier, make_bridge, name_bearer, read_list
from processors.extraction.identifiers.serials import make_serial
from processors.extraction.identifiers.vehicles import list_plates
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.check_digits import hold_check_digits

__all__ = ["read_aircraft", "read_boat", "read_container", "read_imo", "read_registration"]

# 14 CFR 47 (U.S.: no I, no O) and the nationality marks that ICAO lists for Mexico.
_AIRCRAFT = re.compile(
    r"(?<![a-z0-9-])(?:n-?[1-9](?:\d{2,4}|\d{1,3}[a-hj-np-z]|\d{0,2}[a-hj-np-z]{2})|x[abc]-[a-z]{3})(?![a-z0-9-])"
)
# Marks of the nations to the south (ICAO): digits in some, letters in others.
_SOUTHERN = re.compile(
    r"(?<![a-z0-9-])(?:(?P<digits>hk|yv|hp|ob|cp|hi)-?\d{3,4}[a-z]?|(?P<letters>ti|tg|hr|ys|hc|yn)-[a-z]{3})(?![a-z0-9-])"
)
_SOUTHERN_ISSUERS = {
    "hk": "CO", "yv": "VE", "hp": "PA", "ob": "PE", "cp": "BO", "hi": "DO", "ti": "CR", "tg": "GT", "hr": "HN",
    "ys": "SV", "hc": "EC", "yn": "NI",
}  # fmt: skip
_BESIDE_AIRCRAFT = 24
"""Signs after a maker's or an aircraft's name in which its registration stands ("Piper PA-28, N12345")."""
_BOAT_BRIDGE = re.compile(r"s?[ :,(#]{0,3}(?:(?:no|num|number|numero|registration|matricula)\b[ .:#]{0,3}){0,2}")
_US_BOAT = re.compile(r"([a-z]{2})[ -]?\d{3,4}[ -]?[a-hj-np-z]{2}(?![a-z0-9])")
_OPAQUE = re.compile(r"[a-z0-9](?:-?[a-z0-9]){5,15}(?![a-z0-9])")
_IMO = re.compile(r"\d{7}(?!\d)")
_CONTAINER = re.compile(r"[a-z]{3}[ujz][ -]?\d{6}[ -]?\d(?!\d)")
_REGISTRATION_BRIDGE = make_bridge("mexicana", "american[ao]", "estadounidense", "matriculas?", "tipo")


def read_registration(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:
    """What stands after matrícula or registration: of the aircraft, vessel, firearm or vehicle named just before."""
    bridge = _REGISTRATION_BRIDGE.match(text.plain, end)
    position = bridge.end() if bridge else end
    aircraft = list(_make_aircraft(text, position))
    if aircraft:
        yield from aircraft
        return
    kind = name_bearer(text.plain, start)
    if kind in {None, "aircraft"} and (found := _SOUTHERN.match(text.plain, position)) is not None:
        written = text.raw[found.start() : found.end()]
        if written.isupper():
            issuer = _SOUTHERN_ISSUERS[found[0][:2]]
            yield FoundIdentifier(
                *found.span(), "aircraft", written.replace("-", ""), written, "aircraft", None, issuer
            )
        return
    if kind == "vessel":
        yield from _make_vessels(text, position, reference)
    elif kind == "firearm":
        for found in read_list(text.plain, position, _OPAQUE):
            if made := make_serial(text, *found.span(), True, False, reference):
                yield made
    elif kind == "vehicle":
        yield from list_plates(text, position, None, reference)
    elif kind is None:
        # Of nothing that is named: a plate, if its state is.
        yield from (plate for plate in list_plates(text, position, None, reference) if plate.issuer is not None)


def read_aircraft(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """An N-number of the FAA, or a Mexican XA-, XB- or XC- registration, after a word for aircraft."""
    bridge = _REGISTRATION_BRIDGE.match(text.plain, end)
    position = bridge.end() if bridge else end
    found = list(_make_aircraft(text, position))
    if not found and (later := _AIRCRAFT.search(text.plain, end, min(len(text.plain), end + _BESIDE_AIRCRAFT))):
        found = list(_make_aircraft(text, later.start()))
    yield from found


def read_boat(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A boat's U.S. registration straight after the word: state, number and letters in capitals (33 CFR 173.27)."""
    bridge = _BOAT_BRIDGE.match(text.plain, end)
    found = _US_BOAT.match(text.plain, bridge.end()) if bridge else None
    if found is not None and text.raw[found.start() : found.end()].isupper():
        state = reference.plates.name_issuer(found[1])
        if state is not None and state.startswith("US-"):
            yield _make_vessel(text, found, "vessel_us", state)


def _make_aircraft(text: Text, position: int) -> Iterator[FoundIdentifier]:
    for found in read_list(text.plain, position, _AIRCRAFT):
        written = text.raw[found.start() : found.end()]
        if not written.isupper():
            return
        issuer = "US" if written[0] == "N" else "MX"
        yield FoundIdentifier(*found.span(), "aircraft", written.replace("-", ""), written, "aircraft", None, issuer)


def _make_vessels(text: Text, position: int, reference: Reference) -> Iterator[FoundIdentifier]:
    for found in read_list(text.plain, position, _US_BOAT):
        state = reference.plates.name_issuer(found[1])
        if state is not None and state.startswith("US-"):
            yield _make_vessel(text, found, "vessel_us", state)
            return
    for found in read_list(text.plain, position, _OPAQUE):
        if sum(map(str.isdecimal, found[0])) < 4:
            return
        yield _make_vessel(text, found, "vessel", None)


def _make_vessel(text: Text, found: re.Match[str], rule: str, issuer: str | None) -> FoundIdentifier:
    value = "".join(filter(str.isalnum, found[0])).upper()
    return FoundIdentifier(*found.span(), "vessel", value, text.raw[found.start() : found.end()], rule, None, issuer)


def read_imo(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A ship's IMO number after the word IMO or OMI, if its check digit holds."""
    bridge = BRIDGE.match(text.plain, end)
    found = _IMO.match(text.plain, bridge.end() if bridge else end)
    if found is not None and hold_check_digits("vessel", f"IMO{found[0]}", found[0]):
        yield FoundIdentifier(*found.span(), "vessel", f"IMO{found[0]}", found[0], "vessel_imo", True, "IMO")


def read_container(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A container's number (ISO 6346) after the word contenedor or container, if its check digit holds."""
    bridge = BRIDGE.match(text.plain, end)
    for found in read_list(text.plain, bridge.end() if bridge else end, _CONTAINER):
        value = "".join(filter(str.isalnum, found[0])).upper()
        if hold_check_digits("container", value, value):
            written = text.raw[found.start() : found.end()]
            yield FoundIdentifier(*found.span(), "container", value, written, "container", True)

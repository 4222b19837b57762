"""Documents of people in texts: CURP, RFC, passports and visas."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import BRIDGE, FoundIdentifier, is_amount, make_bridge, read_list
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.check_digits import GENERIC_RFCS, hold_check_digits
from streams.text_facts import TextIdentifierKind

__all__ = ["make_checked", "read_curp", "read_passport", "read_rfc", "read_visa"]

_CURP = re.compile(r"[a-z]{4}[ -]?\d{6}[ -]?[hmx][a-z]{5}[ -]?[a-z0-9]\d(?![a-z0-9])")
_RFC = re.compile(r"[a-z&]{3,4}[ -]?\d{6}[ -]?[a-z0-9]{3}(?![a-z0-9])")
_PASSPORT = re.compile(r"(?=[a-z0-9]{6,9}(?![a-z0-9-]))[a-z]{0,3}\d{5,9}")
_VISA = re.compile(r"(?=[a-z0-9]{8,14}(?![a-z0-9-]))[a-z]{0,4}\d{7,12}")
_CARD = re.compile(r"\b(?:tarjetas?|cards?|credito|debito|credit|debit|mastercard)\b[^.]{0,12}$")
_NATIONS = {
    "mexicano": "MX", "mexicana": "MX", "mexican": "MX", "mexico": "MX", "estadounidense": "US", "american": "US",
    "americano": "US", "u.s.": "US", "us": "US",
}  # fmt: skip
_NATION_WORDS = tuple(re.escape(word) for word in _NATIONS)
_PASSPORT_BRIDGE = make_bridge("ordinario", "oficial", "expedido", "vigente", "foil", "book", *_NATION_WORDS)
_NATION = re.compile(rf"(?<![a-z.])(?:{'|'.join(_NATION_WORDS)})(?![a-z])")


def make_checked(text: Text, start: int, end: int, kind: TextIdentifierKind, rule: str) -> FoundIdentifier | None:
    """An identifier of letters and digits whose check digits hold, or None."""
    written = text.raw[start:end]
    value = "".join(sign for sign in written.upper() if sign.isalnum() or sign == "&")
    if value in GENERIC_RFCS or not hold_check_digits(kind, value, written):
        return None
    return FoundIdentifier(start, end, kind, value, written, rule, True)


def _after(kind: TextIdentifierKind, value: re.Pattern[str], text: Text, end: int) -> Iterator[FoundIdentifier]:
    bridge = BRIDGE.match(text.plain, end)
    for found in read_list(text.plain, bridge.end() if bridge else end, value):
        if made := make_checked(text, *found.span(), kind, kind):
            yield made


def read_curp(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A CURP after its name, if its check digit holds and its date and state exist."""
    return _after("curp", _CURP, text, end)


def read_rfc(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """An RFC after its name, if its check digit holds and its date exists; never SAT's generic ones."""
    return _after("rfc", _RFC, text, end)


def read_passport(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:
    """A passport's number after the word pasaporte or passport; the nation where the text names it."""
    return _opaque("passport", _PASSPORT, text, start, end, reference)


def read_visa(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:
    """A visa's number after the word visa, unless the text speaks of a card."""
    if _CARD.search(text.plain, max(0, start - 30), start):
        return iter(())
    return _opaque("visa", _VISA, text, start, end, reference)


def _opaque(
    kind: TextIdentifierKind, value: re.Pattern[str], text: Text, start: int, end: int, reference: Reference
) -> Iterator[FoundIdentifier]:
    bridge = _PASSPORT_BRIDGE.match(text.plain, end)
    position = bridge.end() if bridge else end
    nation = _NATION.search(text.plain, max(0, start - 12), position)
    for found in read_list(text.plain, position, value):
        written = text.raw[found.start() : found.end()]
        if reference.placeholders.stands_for_none(written) or len(set(filter(str.isdecimal, written))) == 1:
            return
        if is_amount(text.plain, found.end()):
            return
        issuer = _NATIONS[nation[0]] if nation else None
        yield FoundIdentifier(*found.span(), kind, written.upper(), written, kind, None, issuer)

"""Bank accounts in texts: CLABE and IBAN after their words."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import FoundIdentifier, make_bridge, read_list
from processors.extraction.identifiers.people import make_checked
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["read_clabe", "read_iban"]

_BRIDGE = make_bridge("interbancaria", "bancaria", "clabe", "cuenta", "account")
_CLABE = re.compile(r"\d(?:[ -]?\d){17}(?![\d-])")
_IBAN = re.compile(r"[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?![a-z0-9])")


def read_clabe(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A Mexican bank account of 18 digits after CLABE or cuenta, if its check digit holds."""
    bridge = _BRIDGE.match(text.plain, end)
    for found in read_list(text.plain, bridge.end() if bridge else end, _CLABE):
        if made := make_checked(text, *found.span(), "clabe", "clabe"):
            yield made


def read_iban(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A bank account after the word IBAN, if its check digits hold and its country has such a length."""
    bridge = _BRIDGE.match(text.plain, end)
    found = _IBAN.match(text.plain, bridge.end() if bridge else end)
    # The words after a number that is written in groups look like more groups: the longest that checks is it.
    ends = [at.end() for at in re.finditer(r"[a-z0-9](?= |$)", found[0])] if found else []
    for length in reversed([*ends, len(found[0])] if found else []):
        if (
            length >= 15
            and found
            and (made := make_checked(text, found.start(), found.start() + length, "iban", "iban"))
        ):
            yield made
            return

"""English amounts that only divide one given before: "44 guns ... 20 of the guns", "two pistols, a .40 and a .38"."""

import re

from processors.extraction.mention import Mention
from processors.extraction.word_sets import word_set

__all__ = ["drop_parts", "is_part", "tells_among"]

_OF_THOSE = re.compile(r"\S+ of (?:the|those|these|his|her)\b")
_AMONG = re.compile(r"\bamong the (?:\w+ ){1,4}(?:was|were)\b|\bof the \w+(?: \w+)?,")
_GENERAL = word_set(
    "firearm firearms gun guns weapon weapons drug drugs narcotics people individuals suspects defendants arrests"
    " vehicles cars"
)
_PILES = frozenset({"kg", "g", "lb", "oz", "t", "pill"})
_FAR = 12
"""Mentions behind a sum."""
_FEWEST = 2
"""Parts that make up a whole."""


def tells_among(plain: str, start: int, end: int) -> bool:
    """Whether a sentence says what was among the goods before: "among the guns recovered were two rifles"."""
    for opening in ("among the ", "of the "):
        at = plain.find(opening, start, end)
        while at >= 0:
            if _AMONG.match(plain, at, end) is not None:
                return True
            at = plain.find(opening, at + 1, end)
    return False


def is_part(one: str, commodity: str, quantity: float | None, among: bool, given: list[Mention]) -> bool:
    """Whether an amount divides one of the `given`: "20 of the guns", or any in a sentence that tells what was `among`
    them.
    """
    if quantity is None or not (among or " of th" in one or " of h" in one):
        return False
    if not among and not _OF_THOSE.match(one):
        return False
    return any(
        before.commodity == commodity and before.quantity is not None and before.quantity >= quantity
        for before in given
    )


def drop_parts(mentions: list[Mention], parts: set[int]) -> list[Mention]:
    """Without the `parts` (by their starts) and without amounts behind their sum: "33 guns: 25 guns and eight"."""
    if len(mentions) <= _FEWEST and not parts:
        return mentions
    dropped = {at for at, one in enumerate(mentions) if one.start in parts}
    for at, whole in enumerate(mentions):
        if at in dropped or whole.quantity is None or whole.quantity < _FEWEST:
            continue
        left, those = whole.quantity, list[int]()
        for behind in range(at + 1, min(at + _FAR, len(mentions))):
            part = mentions[behind]
            if part.commodity != whole.commodity or part.unit != whole.unit:
                continue
            if part.quantity is None or part.quantity > left or not _divides(whole, part):
                break
            left -= part.quantity
            those.append(behind)
            if abs(left) < whole.quantity / 1e6:
                break
        if len(those) >= _FEWEST and abs(left) < whole.quantity / 1e6:
            dropped.update(those)
    return [one for at, one in enumerate(mentions) if at not in dropped] if dropped else mentions


def _divides(whole: Mention, part: Mention) -> bool:
    """Whether the word of a whole covers its part: "guns" all kinds of guns, "pistols" only pistols."""
    if whole.unit in _PILES:
        return True
    head = whole.text.rsplit(None, 1)[-1].lower()
    return head in _GENERAL or head.rstrip("s") == part.text.rsplit(None, 1)[-1].lower().rstrip("s")

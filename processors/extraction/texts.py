"""A text made ready for reading: folded without moving a character, and cut into words, once for all finders."""

import re
import unicodedata
from functools import cached_property
from typing import Literal, NamedTuple

__all__ = ["Language", "Text", "Word", "fold_in_place"]

Language = Literal["en", "es", "und"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
"""A number with its separators (`1,500.25`), or a run of letters; `M30` is two words, `half-pound` too."""


class _Folding(dict[int, str]):
    """Each character to one character: lower case, no accent; made as characters come."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lowered = char.lower()
        decomposed = unicodedata.normalize("NFKD", lowered)
        # A character that folds to two or to none (ß, a combining accent) stays what it is: offsets must hold.
        base = "".join(one for one in decomposed if not unicodedata.combining(one))
        self[code] = folded = base if len(base) == 1 else lowered if len(lowered) == 1 else char
        return folded


_FOLDING = _Folding()
_FOLDING.update({ord(sign): "-" for sign in "‐‑‒–—−"} | {ord(sign): "'" for sign in "‘’ʼ´`"})
_FOLDING.update({ord(sign): '"' for sign in "“”«»„"} | {ord(sign): " " for sign in "\u00a0\u2007\u202f\t\r"})


def fold_in_place(text: str) -> str:
    """Lower case, without accents, plain dashes, quotes and blanks; as long as `text`: offsets hold in both."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDING)


class Word(NamedTuple):
    """One word or number of a text: `plain` is folded; `start` and `end` are offsets in the text."""

    plain: str
    start: int
    end: int


class Text:
    """One text of an event, folded once. `field` is its path in the event; `country` (ISO 3166) is the publisher's,
    which reads what is written without a prefix. `date` (YYYY-MM-DD) is the day of the text, if known.
    """

    def __init__(
        self,
        raw: str,
        language: Language = "und",
        field: str = "text",
        country: str | None = None,
        date: str | None = None,
    ) -> None:
        self.raw = raw
        self.language = language
        self.field = field
        self.country = country
        self.date = date
        self.plain = fold_in_place(raw)
        """The text folded: `plain[a:b]` is `raw[a:b]` without case and accents."""

    @cached_property
    def words(self) -> list[Word]:
        """The words in order."""
        # Past the named tuple's own constructor: 358 us for 5 kB instead of 435.
        make = tuple.__new__
        return [make(Word, (match[0], match.start(), match.end())) for match in _WORD.finditer(self.plain)]

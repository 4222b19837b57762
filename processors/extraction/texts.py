"""A text made ready for reading: folded without moving a character, and cut into words, once for all finders."""

import re
import unicodedata
from collections.abc import Sequence, Set
from itertools import accumulate, count, repeat
from operator import add
from typing import Any, Literal, NamedTuple

from processors.extraction.word_lists import Standing, WordList, find_standing

__all__ = ["Language", "Text", "Word", "fold_in_place"]

Language = Literal["en", "es", "und"]

_WORD = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+|'\d{3}(?!\d))*)")
"""A number with its separators (`1,500.25`, in Mexico also `2'350,000`), or a run of letters; `M30` is two words,
`half-pound` too.
"""
_ASCII_WORD = re.compile(r"([a-zA-Z]+|[0-9]+(?:[.,][0-9]+|'[0-9]{3}(?![0-9]))*)")
"""The same in a folded text of ASCII, as nearly all are: 100 us for 5 kB instead of 165. A few signs (ᴬ) fold to
capitals.
"""


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


def _fold_page(page: str) -> bytes:
    """How each byte of a one-byte code page is folded."""
    return b"".join(_FOLDING[ord(sign)].encode(page, "replace") for sign in bytes(range(256)).decode(page, "replace"))


_PAGES = (("latin-1", _fold_page("latin-1")), ("cp1252", _fold_page("cp1252")))
"""One-byte code pages with the letters of both languages; the second has dashes and curly quotes too."""
_LEAVES_PAGE = "µ"
"""Their one letter that folds to a letter of another page (a Greek one)."""
_CAPITALS = bytes([1 if 0x41 <= sign <= 0x5A or 0xC0 <= sign <= 0xDE else 0 for sign in range(256)])
"""The capitals of Latin-1 marked with ones."""


def fold_in_place(text: str) -> str:
    """Lower case, without accents, plain dashes, quotes and blanks; as long as `text`: offsets hold in both."""
    if text.isascii():
        return text.lower()
    if _LEAVES_PAGE not in text:
        # Byte by byte: 3 us for 5 kB of Latin-1, 16 us with curly quotes, where `str.translate` takes 120.
        for page, folded in _PAGES:
            try:
                return text.encode(page).translate(folded).decode(page)
            except UnicodeEncodeError:
                pass
    return text.translate(_FOLDING)


class Word(NamedTuple):
    """One word or number of a text: `plain` is folded; `start` and `end` are offsets in the text."""

    plain: str
    start: int
    end: int


class Text:
    """One text of an event, folded and cut into words once. `field` is its path in the event; `country` (ISO 3166) is
    the publisher's, which reads what is written without a prefix. `date` (YYYY-MM-DD) is the day of the text, if known.

    `words` are given where they are known, and with them the `vocabulary`, which may then have words that the text has
    not.
    """

    __slots__ = (
        *("country", "date", "field", "gaps", "kept", "language", "plain", "plains", "raw", "words"),
        *("_capitals", "_number_starts", "_numbers", "_places", "_standing", "_vocabulary"),
    )

    def __init__(
        self,
        raw: str,
        language: Language = "und",
        field: str = "text",
        country: str | None = None,
        date: str | None = None,
        *,
        words: list[Word] | None = None,
        vocabulary: frozenset[str] | None = None,
    ) -> None:
        self.raw = raw
        self.language = language
        self.field = field
        self.country = country
        self.date = date
        self.plain = plain = fold_in_place(raw)
        """The text folded: `plain[a:b]` is `raw[a:b]` without case and accents."""
        self.words: list[Word]
        """The words in order."""
        self.plains: list[str]
        """The words in order, without their offsets."""
        self.gaps: list[str]
        """What stands before each word, and behind the last one: nothing need be cut out of the text again."""
        if words is None:
            # What stands between words, a word, what stands between, ...
            pieces = (_ASCII_WORD if plain.isascii() else _WORD).split(plain)
            ends = list(accumulate(map(len, pieces)))
            self.plains, self.gaps = pieces[1::2], pieces[::2]
            # All of it in C, past the named tuple's own constructor: 215 us for 5 kB, by matches 330.
            self.words = list(map(tuple.__new__, repeat(Word), zip(self.plains, ends[::2], ends[1::2], strict=False)))
        else:
            self.words, self.plains = words, [word[0] for word in words]
            starts = [*(word[1] for word in words), len(plain)]
            ends = [0, *(word[2] for word in words)]
            self.gaps = [plain[end:start] for end, start in zip(ends, starts, strict=True)]
        self.kept: dict[str, Any] = {}
        """What was found in this text and may be asked for again (`readings.py`)."""
        self._vocabulary = vocabulary
        self._places: dict[str, list[int]] | None = None
        self._capitals: list[int] | None = None
        self._numbers: list[int] | None = None
        self._number_starts: list[int] | None = None
        self._standing: Standing | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.plains)
        return self._vocabulary

    @property
    def capitals(self) -> list[int]:
        """The offsets of all capital letters of Latin-1 (and ×) in `raw`."""
        if self._capitals is None:
            # Byte by byte: 5 kB take 8 us, by an expression 40. What is outside of the page becomes a question mark.
            gaps = self.raw.encode("latin-1", "replace").translate(_CAPITALS).split(b"\1")
            self._capitals = list(map(add, accumulate(map(len, gaps[:-1])), count()))
        return self._capitals

    @property
    def numbers(self) -> list[int]:
        """Where in `words` the numbers stand (of ASCII digits)."""
        if self._numbers is None:
            # ASCII digits come before all letters, and words begin with a digit or a letter.
            self._numbers = [at for at, word in enumerate(self.plains) if word < ":"]
        return self._numbers

    @property
    def number_starts(self) -> list[int]:
        """The offsets in the text at which they begin."""
        if self._number_starts is None:
            words = self.words
            self._number_starts = [words[at][1] for at in self.numbers]
        return self._number_starts

    def find_listed(self, wanted: WordList) -> Sequence[int]:
        """Where in `words` those stand that are in the list, in order; of all lists at once."""
        standing = self._standing
        if standing is None or wanted.changed > standing.changes:
            standing = self._standing = find_standing(self.plains)
        return standing.places.get(wanted.number, ())

    def find(self, wanted: Set[str]) -> list[int]:
        """Where in `words` those stand that are among `wanted`, in order."""
        there = self.vocabulary & wanted
        if not there:
            return []
        places = self._places
        if places is None:
            places = self._places = _places_of(self.plains)
        return sorted([at for word in there for at in places.get(word, ())])


def _places_of(plains: list[str]) -> dict[str, list[int]]:
    """Each word, and where it stands; 60 us for 5 kB, and each search after it 5 instead of 30."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(plains):
        if word in places:
            places[word].append(at)
        else:
            places[word] = [at]
    return places

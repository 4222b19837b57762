"""A text made ready for reading: folded without moving a character, and cut into words, once for all finders."""

import re
import unicodedata
from collections.abc import Callable, Sequence, Set
from itertools import accumulate, count, repeat
from operator import add
from typing import Any, Generic, Literal, NamedTuple, TypeVar

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


_Made = TypeVar("_Made")


class _Once(Generic[_Made]):
    """`functools.cached_property` without its lock, which costs 0.6 us a property (until Python 3.12)."""

    def __init__(self, make: "Callable[[Text], _Made]") -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, text: "Text", owner: "type[Text]") -> _Made:
        made = text.__dict__[self._make.__name__] = self._make(text)
        return made


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
        self.kept: dict[str, Any] = {}
        """What was found in this text and may be asked for again (`readings.py`)."""

    @_Once
    def words(self) -> list[Word]:
        """The words in order."""
        # What stands between words, a word, what stands between, ...
        pieces = (_ASCII_WORD if self.plain.isascii() else _WORD).split(self.plain)
        ends = list(accumulate(map(len, pieces)))
        plains = self.__dict__["plains"] = pieces[1::2]
        self.__dict__["gaps"] = pieces[::2]
        # All of it in C, past the named tuple's own constructor: 215 us for 5 kB, by matches 330.
        return list(map(tuple.__new__, repeat(Word), zip(plains, ends[::2], ends[1::2], strict=False)))

    @_Once
    def plains(self) -> list[str]:
        """The words in order, without their offsets."""
        words = self.words
        # Cutting leaves them here; words that were given (a text without its markup) don't.
        return self.__dict__.get("plains") or [word[0] for word in words]

    @_Once
    def gaps(self) -> list[str]:
        """What stands before each word, and behind the last one: nothing need be cut out of the text again."""
        words, plain = self.words, self.plain
        cut: list[str] | None = self.__dict__.get("gaps")
        if cut is not None:
            return cut  # cutting the words left them here
        starts = [*(word[1] for word in words), len(plain)]
        return [plain[end:start] for end, start in zip([0, *(word[2] for word in words)], starts, strict=True)]

    @_Once
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.plains)

    @_Once
    def _places(self) -> dict[str, list[int]]:
        """Each word, and where in `words` it stands; 60 us for 5 kB, and each search after it 5 instead of 30."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self.plains):
            if word in places:
                places[word].append(at)
            else:
                places[word] = [at]
        return places

    @_Once
    def capitals(self) -> list[int]:
        """The offsets of all capital letters of Latin-1 (and ×) in `raw`."""
        # Byte by byte: 5 kB take 8 us, by an expression 40. What is outside of the page becomes a question mark.
        gaps = self.raw.encode("latin-1", "replace").translate(_CAPITALS).split(b"\1")
        return list(map(add, accumulate(map(len, gaps[:-1])), count()))

    @_Once
    def numbers(self) -> list[int]:
        """Where in `words` the numbers stand (of ASCII digits)."""
        # ASCII digits come before all letters, and words begin with a digit or a letter.
        return [at for at, word in enumerate(self.plains) if word < ":"]

    @_Once
    def number_starts(self) -> list[int]:
        """The offsets in the text at which they begin."""
        words = self.words
        return [words[at][1] for at in self.numbers]

    @_Once
    def _standing(self) -> Standing:
        return find_standing(self.plains)

    def find_listed(self, wanted: WordList) -> Sequence[int]:
        """Where in `words` those stand that are in the list, in order; of all lists at once."""
        standing = self._standing
        if wanted.changed > standing.changes:
            standing = self.__dict__["_standing"] = find_standing(self.plains)
        return standing.places.get(wanted.number, ())

    def find(self, wanted: Set[str]) -> list[int]:
        """Where in `words` those stand that are among `wanted`, in order."""
        there = self.vocabulary & wanted
        if not there:
            return []
        places = self._places
        # A vocabulary that was given may have words that the text has not.
        return sorted([at for word in there for at in places.get(word, ())])

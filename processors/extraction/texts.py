"""A text made ready for reading: folded without moving a character, and cut into words, once for all finders."""

import unicodedata
from collections.abc import Sequence, Set
from typing import Any, Literal

from processors.extraction.kernels import capital_offsets, cut_words
from processors.extraction.word_lists import Standing, WordList, find_standing
from processors.extraction.words import Word

__all__ = ["Language", "Text", "Word", "fold_in_place"]

Language = Literal["en", "es", "und"]


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


class Text:
    """One text of an event, folded and cut into words once. `field` is its path in the event; `country` (ISO 3166) is
    the publisher's, which reads what is written without a prefix. `date` (YYYY-MM-DD) is the day of the text, if known.

    `words` are given where they are known, and with them the `vocabulary`, which may then have words that the text has
    not.
    """

    __slots__ = (
        *("country", "date", "field", "gaps", "kept", "language", "numbers", "plain", "plains", "raw", "words"),
        *("_capitals", "_number_starts", "_places", "_standing", "_vocabulary"),
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
        self.numbers: list[int]
        """Where in `words` the numbers stand (of ASCII digits)."""
        if words is None:
            self.words, self.plains, self.gaps, self.numbers = cut_words(plain)
        else:
            self.words, self.plains = words, [word[0] for word in words]
            starts = [*(word[1] for word in words), len(plain)]
            ends = [0, *(word[2] for word in words)]
            self.gaps = [plain[end:start] for end, start in zip(ends, starts, strict=True)]
            self.numbers = [at for at, word in enumerate(self.plains) if word < ":"]
        self.kept: dict[str, Any] = {}
        """What was found in this text and may be asked for again (`readings.py`)."""
        self._vocabulary = vocabulary
        self._places: dict[str, list[int]] | None = None
        self._capitals: list[int] | None = None
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
            self._capitals = capital_offsets(self.raw)
        return self._capitals

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

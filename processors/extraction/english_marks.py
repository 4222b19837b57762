"""Which rules each word of an English text may open: one look at a word, then a rule sees only its own positions.

A sentence without a word of a rule's vocabulary costs that rule nothing but the test of a bit.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from itertools import compress, count
from typing import Any, NamedTuple

from processors.extraction.english_context import AGENCY_WORDS, CASE_WORDS, DAYS, HAVE, PERIOD_WORDS
from processors.extraction.english_doubts import UNTESTED
from processors.extraction.english_events import EVENT_WORDS
from processors.extraction.english_places import SITE_WORDS
from processors.extraction.english_words import ARREST, SUMMING, TRIGGERS
from processors.extraction.lexicon import Lexicon, build_lexicon
from processors.extraction.numbers import number_starts
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference import Reference

__all__ = [
    "HEAD_WORDS",
    "IN_AGENCY",
    "IN_ARREST",
    "IN_CASES",
    "IN_DAYS",
    "IN_EVENT",
    "IN_HAVE",
    "IN_HEAD",
    "IN_NUMBER",
    "IN_PERIOD",
    "IN_SITE",
    "IN_SPENT",
    "IN_SUMMING",
    "IN_UNTESTED",
    "VOCABULARIES",
    "Clause",
    "Marks",
    "mark_text",
]

HEAD_WORDS = TRIGGERS | word_set(
    "arrests rescues apprehensions possession possessed accused encounters search searched searches raid raided"
    " inspection"
)
"""Without one of them a sentence tells of no deed."""
_SPENT = frozenset({"casing", "casings"})

(IN_HEAD, IN_GOODS, IN_NUMBER, IN_ARREST, IN_EVENT, IN_SITE, IN_PERIOD, IN_CASES) = (1 << bit for bit in range(8))
(IN_DAYS, IN_HAVE, IN_AGENCY, IN_UNTESTED, IN_SPENT, IN_SUMMING) = (1 << bit for bit in range(8, 14))

VOCABULARIES: tuple[tuple[int, frozenset[str]], ...] = (
    (IN_HEAD, HEAD_WORDS),
    (IN_NUMBER, number_starts("en")),
    (IN_ARREST, ARREST),
    (IN_EVENT, EVENT_WORDS),
    (IN_SITE, SITE_WORDS),
    (IN_PERIOD, PERIOD_WORDS),
    (IN_CASES, CASE_WORDS),
    (IN_DAYS, DAYS),
    (IN_HAVE, HAVE),
    (IN_AGENCY, AGENCY_WORDS),
    (IN_UNTESTED, UNTESTED),
    (IN_SPENT, _SPENT),
    (IN_SUMMING, SUMMING),
)
_MOST_WORDS = 200_000
_NEW: Callable[..., Any] = tuple.__new__


class _Table(dict[str, int]):
    """Word -> the bits of the vocabularies that have it; other words are added as they come."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon
        for bit, words in (*VOCABULARIES, (IN_GOODS, lexicon.firsts)):
            for word in words:
                self[word] = self.get(word, 0) | bit
        for word in self:
            if word < ":":  # a year, "30s"
                self[word] |= IN_NUMBER

    def __missing__(self, word: str) -> int:
        bits = IN_NUMBER if word < ":" else 0
        if len(self) < _MOST_WORDS:
            self[word] = bits
        return bits


class Clause(NamedTuple):
    """The words `first` to `after`, characters `start` to `end`; `at` are those that some rule knows, `bits` are theirs
    together.
    """

    first: int
    after: int
    start: int
    end: int
    at: list[int]
    bits: int


class Marks:
    """The words of a text with the bits of the rules that know them, and its goods in order."""

    def __init__(self, text: Text, table: _Table) -> None:
        self.bits = bits = list(map(table.__getitem__, text.plains))
        self._at = list(compress(count(), bits))
        self.goods = table.lexicon.read_all(text.plains, [at for at in self._at if bits[at] & IN_GOODS])

    def cut(self, first: int, after: int, start: int, end: int) -> Clause:
        """The words `first` to `after` with what is known of them."""
        low = bisect_left(self._at, first)
        at = self._at[low : bisect_left(self._at, after, low)]
        here, all_bits = 0, self.bits
        for one in at:
            here |= all_bits[one]
        clause: Clause = _NEW(Clause, (first, after, start, end, at, here))
        return clause

    def find(self, clause: Clause, bit: int) -> list[int]:
        """The words of a clause that one vocabulary has."""
        if not clause.bits & bit:
            return []
        bits = self.bits
        return [at for at in clause.at if bits[at] & bit]


def mark_text(text: Text, reference: Reference) -> Marks:
    """The marks of an English text."""
    return Marks(text, _table(reference))


@lru_cache(maxsize=4)
def _table(reference: Reference) -> _Table:
    return _Table(build_lexicon(reference, "en"))

"""Which rules each word of an English text may open: one look at a word, then a rule sees only its own positions.

A sentence without a word of a rule's vocabulary costs that rule nothing but the test of a bit.
"""

from functools import lru_cache

from processors.extraction.english_arrests import HELD_WORDS
from processors.extraction.english_context import AGENCY_WORDS, CASE_WORDS, DAYS, HAVE, PERIOD_OPENERS, PERIOD_WORDS
from processors.extraction.english_doubts import UNTESTED
from processors.extraction.english_events import EVENT_WORDS
from processors.extraction.english_lay import LAY_WORDS, SEARCH_WORDS
from processors.extraction.english_places import BORDERS, HOUSES, LEADS, ROADS
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
    "IN_BORDER",
    "IN_CASES",
    "IN_DAYS",
    "IN_EVENT",
    "IN_HAVE",
    "IN_HEAD",
    "IN_HELD",
    "IN_HOUSE",
    "IN_LAY",
    "IN_LEAD",
    "IN_NUMBER",
    "IN_OPENER",
    "IN_PERIOD",
    "IN_ROAD",
    "IN_SEARCH",
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

IN_HEAD = 0x1
IN_GOODS = 0x2
IN_NUMBER = 0x4
IN_ARREST = 0x8
IN_EVENT = 0x10
IN_LEAD = 0x20
IN_BORDER = 0x40
IN_HOUSE = 0x80
IN_ROAD = 0x100
IN_PERIOD = 0x200
IN_OPENER = 0x400
IN_CASES = 0x800
IN_DAYS = 0x1000
IN_HAVE = 0x2000
IN_AGENCY = 0x4000
IN_UNTESTED = 0x8000
IN_SPENT = 0x10000
IN_SUMMING = 0x20000
IN_HELD = 0x40000
IN_LAY = 0x80000
IN_SEARCH = 0x100000
IN_SITE = IN_LEAD | IN_BORDER | IN_HOUSE | IN_ROAD

VOCABULARIES: tuple[tuple[int, frozenset[str]], ...] = (
    (IN_HEAD, HEAD_WORDS),
    (IN_NUMBER, number_starts("en")),
    (IN_ARREST, ARREST),
    (IN_EVENT, EVENT_WORDS),
    (IN_LEAD, LEADS),
    (IN_BORDER, BORDERS),
    (IN_HOUSE, HOUSES),
    (IN_ROAD, ROADS),
    (IN_HELD, HELD_WORDS),
    (IN_LAY, LAY_WORDS),
    (IN_SEARCH, SEARCH_WORDS),
    (IN_PERIOD, PERIOD_WORDS),
    (IN_OPENER, PERIOD_OPENERS),
    (IN_CASES, CASE_WORDS),
    (IN_DAYS, DAYS),
    (IN_HAVE, HAVE),
    (IN_AGENCY, AGENCY_WORDS),
    (IN_UNTESTED, UNTESTED),
    (IN_SPENT, _SPENT),
    (IN_SUMMING, SUMMING),
)


class Clause:
    """The words `first` to `after`, characters `start` to `end`; `at` are those that some rule knows, `bits` are theirs
    together.
    """

    __slots__ = ("after", "at", "bits", "end", "first", "start")

    def __init__(self, first: int, after: int, start: int, end: int, at: list[int], bits: int) -> None:
        self.first, self.after, self.start, self.end = first, after, start, end
        self.at, self.bits = at, bits


class Marks:
    """The words of a text with the bits of the rules that know them, and its goods in order."""

    __slots__ = ("_at", "_bits", "_next", "goods")

    def __init__(self, text: Text, lexicon: Lexicon, table: dict[str, int]) -> None:
        """`table`: word -> the bits of the vocabularies that have it."""
        self._bits: list[int] = []
        self._at: list[int] = []
        self._next = 0
        goods: list[int] = []
        numbers = [*text.numbers, -1]
        passed = 0
        for at, plain in enumerate(text.plains):
            bits = table.get(plain, 0)
            if at == numbers[passed]:
                bits |= IN_NUMBER
                passed += 1
            self._bits.append(bits)
            if bits:
                self._at.append(at)
                if bits & IN_GOODS:
                    goods.append(at)
        self.goods = lexicon.read_all(text.plains, goods)

    def cut(self, first: int, after: int, start: int, end: int) -> Clause:
        """The words `first` to `after`, none of them cut before, with what is known of them."""
        known, bits = self._at, self._bits
        low, count = self._next, len(known)
        while low < count and known[low] < first:
            low += 1
        high, here = low, 0
        while high < count and known[high] < after:
            here |= bits[known[high]]
            high += 1
        self._next = high
        return Clause(first, after, start, end, known[low:high], here)

    def find(self, clause: Clause, bit: int) -> list[int]:
        """The words of a clause that one vocabulary has."""
        if not clause.bits & bit:
            return []
        bits = self._bits
        return [at for at in clause.at if bits[at] & bit]


def mark_text(text: Text, reference: Reference) -> Marks:
    """The marks of an English text."""
    lexicon, table = _table(reference)
    return Marks(text, lexicon, table)


@lru_cache(maxsize=4)
def _table(reference: Reference) -> tuple[Lexicon, dict[str, int]]:
    lexicon = build_lexicon(reference, "en")
    table: dict[str, int] = {}
    for bit, words in (*VOCABULARIES, (IN_GOODS, lexicon.firsts)):
        for word in words:
            table[word] = table.get(word, 0) | bit
    return lexicon, table

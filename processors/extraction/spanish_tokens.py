"""What the scan of a Spanish text gives: amounts, goods and signs, by sentence.

Plain classes, no named tuples: as many as words are made and asked, which compiled code does at a tenth of the cost.
"""

from processors.extraction.measures import UnitOf
from processors.extraction.numbers import Number
from processors.extraction.spanish_words import Cue
from processors.reference.goods_words import GoodsWord

__all__ = ["Amount", "Good", "Scan", "Sentence", "Sign"]


class Amount:
    """A number with the unit behind it, if any, at the words `first` to `after`."""

    __slots__ = ("after", "end", "first", "number", "qty_si", "quantity", "start", "unit")

    def __init__(
        self,
        first: int,
        after: int,
        start: int,
        end: int,
        quantity: float,
        unit: UnitOf | None,
        qty_si: float,
        number: Number,
    ) -> None:
        self.first, self.after, self.start, self.end = first, after, start, end
        self.quantity, self.unit, self.qty_si, self.number = quantity, unit, qty_si, number


class Good:
    """A goods term at the words `first` to `after`."""

    __slots__ = ("after", "first", "word")

    def __init__(self, first: int, after: int, word: GoodsWord) -> None:
        self.first, self.after, self.word = first, after, word


class Sign:
    """A word that says how amounts are to be read, or a unit that stands alone (`cue` None)."""

    __slots__ = ("after", "cue", "first", "unit")

    def __init__(self, first: int, after: int, cue: Cue | None, unit: UnitOf | None) -> None:
        self.first, self.after, self.cue, self.unit = first, after, cue, unit


class Sentence:
    """The tokens of a sentence in order, at the words `first` to `after`; `paragraph` counts from 0. `scope` are its
    words of time, `agencies` those with which a body's name may begin,
    `openers` those behind which a place may stand ("en", "frente a las costas de"); `items` are the words right behind
    its semicolons.
    """

    __slots__ = ("after", "agencies", "first", "items", "openers", "paragraph", "scope", "tokens")

    def __init__(self, first: int, after: int, paragraph: int) -> None:
        self.first, self.after, self.paragraph = first, after, paragraph
        self.tokens: list[Amount | Good | Sign] = []
        self.scope: list[int] = []
        self.agencies: list[int] = []
        self.openers: list[int] = []
        self.items: list[int] = []


class Scan:
    """A text read: its folded words, with empty ones behind so that looking a few too far finds nothing; sentences."""

    __slots__ = ("plains", "sentences")

    def __init__(self, plains: list[str], sentences: list[Sentence]) -> None:
        self.plains, self.sentences = plains, sentences

"""What the scan of a Spanish text gives: amounts, goods and signs, by sentence."""

from typing import NamedTuple

from processors.extraction.measures import UnitOf
from processors.extraction.numbers import Number
from processors.extraction.spanish_words import Cue
from processors.reference.goods_words import GoodsWord

__all__ = ["Amount", "Good", "Scan", "Sentence", "Sign"]


class Amount(NamedTuple):
    """A number with the unit behind it, if any, at the words `first` to `after`."""

    first: int
    after: int
    start: int
    end: int
    quantity: float
    unit: UnitOf | None
    qty_si: float
    number: Number


class Good(NamedTuple):
    """A goods term at the words `first` to `after`."""

    first: int
    after: int
    word: GoodsWord


class Sign(NamedTuple):
    """A word that says how amounts are to be read, or a unit that stands alone (`cue` None)."""

    first: int
    after: int
    cue: Cue | None
    unit: UnitOf | None


class Sentence(NamedTuple):
    """The tokens of a sentence in order, at the words `first` to `after`; `paragraph` counts from 0. `scope` are its
    words of time, `agencies` those with which a body's name may begin,
    `openers` those behind which a place may stand ("en", "frente a las costas de"); `items` are the words right behind
    its semicolons.
    """

    first: int
    after: int
    paragraph: int
    tokens: list[Amount | Good | Sign]
    scope: list[int]
    agencies: list[int]
    openers: list[int]
    items: list[int]


class Scan(NamedTuple):
    """A text read: its folded words, with empty ones behind so that looking a few too far finds nothing; sentences."""

    plains: list[str]
    sentences: list[Sentence]

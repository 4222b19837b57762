"""The amounts of one English sentence: which numbers count something; years, calibres, models and ages do not."""

from typing import NamedTuple

from processors.extraction.english_words import APPROXIMATORS, CALIBRE_NOUNS, MODEL_NOUNS, MONTHS
from processors.extraction.measures import Measure, make_measure, read_measure, read_unit_after, unit_starts
from processors.extraction.numbers import Number, number_starts, parse_digits
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Amounts", "is_approximate", "read_amounts"]

_STARTS = number_starts("en")
_YEAR_BEFORE = word_set("in since of by from through until during early late year and to before after") | MONTHS
_ARTICLES = frozenset({"a", "an"})
_RANGE_OPENERS = frozenset({"from", "between"})
_GOES_ON = word_set(
    "hundred thousand million billion trillion dozen couple pair half quarter quarters third thirds and to k"
)
_DIGITS = frozenset("0123456789")
_AFTER_ARTICLE = unit_starts("en") | word_set(
    "half quarter dozen couple pair hundred thousand million billion third metric short"
)
_APPROXIMATE_LAST = frozenset(phrase[-1] for phrase in APPROXIMATORS)


class Amounts(NamedTuple):
    """`by_after`: the amounts of a sentence by the word after each; `noise`: words of numbers that count nothing."""

    by_after: dict[int, Measure]
    noise: set[int]


def read_amounts(text: Text, first: int, after: int) -> Amounts:
    """All amounts among the words `first` to `after`, one pass."""
    words = text.words
    by_after: dict[int, Measure] = {}
    noise: set[int] = set()
    at = first
    while at < after:
        plain = words[at].plain
        if plain not in _STARTS and plain[0] not in _DIGITS:
            at += 1
            continue
        if plain in _RANGE_OPENERS and not (at + 1 < after and words[at + 1].plain[0] in _DIGITS):
            at += 1
            continue
        if plain in _ARTICLES and at + 1 < after and words[at + 1].plain not in _AFTER_ARTICLE:
            # An article before an adjective or a good is one piece: no need to look for units and scales.
            word = words[at]
            one = Number(at, at + 1, word.start, word.end, 1.0, "article")
            by_after[at + 1] = Measure(at, at + 1, word.start, word.end, one, 1.0, None, 1.0)
            at += 1
            continue
        measure = _read_digits(text, at) or read_measure(text, at)
        if measure is None or measure.after > after:
            at += 1
            continue
        if _is_noise(text, measure):
            noise.update(range(measure.number.first, measure.number.after))
            at = measure.number.after
            if at < after and words[at].plain in CALIBRE_NOUNS:
                noise.add(at)
                at += 1
            continue
        by_after[measure.after] = measure
        at = max(measure.after, at + 1)
    return Amounts(by_after, noise)


def _read_digits(text: Text, at: int) -> Measure | None:
    """Digits with nothing behind them that could go on the number: the most frequent case, at a third of the cost."""
    words = text.words
    word = words[at]
    if word.plain[0] not in _DIGITS or at + 1 >= len(words):
        return None
    following = words[at + 1].plain
    if following in _GOES_ON or following[0] in _DIGITS or text.plain[word.end] not in " ,.;":
        return None
    value = parse_digits(word.plain)
    if value is None:
        return None
    number = Number(at, at + 1, word.start, word.end, value, "digits")
    return make_measure(text, number, read_unit_after(text, number))


def _is_noise(text: Text, measure: Measure) -> bool:
    """A number that counts nothing: `9mm`, `.40-caliber`, `AK-47`, `Glock 19`, `34-year-old`, `10-round`, `FY22`, `5%`,
    a date, a year.
    """
    number, plain, words = measure.number, text.plain, text.words
    if number.how == "article":
        return False
    start, end = number.start, number.end
    before = plain[start - 1] if start else " "
    if before in "#/:@_" or before.isalpha() or (before == "." and start > 1 and not plain[start - 2].isalnum()):
        return True
    if before == "-" and start > 1 and plain[start - 2].isalnum():
        return True
    behind = plain[end] if end < len(plain) else " "
    if behind == "%" or (behind in ":/" and plain[end + 1 : end + 2].isdigit()):
        return True
    if number.first > 1 and words[number.first - 1].plain == "of" and words[number.first - 2].plain == "out":
        return True  # "seven out of ten pills"
    if measure.unit is not None:
        return False
    if (
        number.first
        and words[number.first - 1].plain in MODEL_NOUNS
        and plain[words[number.first - 1].end : start]
        in {
            " ",
            ". ",
            " #",
            "-",
        }
    ):
        return words[number.first - 1].plain != "no" or "." in plain[words[number.first - 1].end : start]
    if number.after < len(words):
        following = words[number.after]
        gap = plain[end : following.start]
        if gap == "-" or (gap in {"", " "} and following.plain in CALIBRE_NOUNS):
            return True
        if gap == "" and following.start == end:
            return True
    written = plain[start:end]
    if len(written) == 4 and written.isdigit() and 1900 <= number.value <= 2100:
        previous = words[number.first - 1].plain if number.first else ""
        return number.value % 100 != 0 or previous in _YEAR_BEFORE
    return False


def is_approximate(text: Text, measure: Measure) -> bool:
    """Whether the words right before the number say "over", "nearly", "at least", or "+" stands right behind."""
    words = text.words
    at = measure.number.first
    plain = text.plain
    end = measure.number.end
    if plain[end : end + 1] == "+" or plain[end : end + 6] == " or so":
        return True
    if measure.number.how == "range" or (measure.number.rough and measure.number.how != "article"):
        return True
    for _ in range(2):  # "approximately $1,200", "more than a hundred", "over a historic 5,000"
        if at == 0:
            return False
        before = words[at - 1].plain
        if before in _APPROXIMATE_LAST:
            break
        if before in {"a", "an", "the", "us", "s", "historic", "total"}:
            at -= 1
            continue
        return False
    else:
        return False
    gap = plain[words[at - 1].end : words[at].start]
    if "," in gap or "." in gap:
        return False
    for phrase in APPROXIMATORS:
        first = at - len(phrase)
        if first >= 0 and all(words[first + step].plain == word for step, word in enumerate(phrase)):
            return True
    return False

"""Numbers as people write and say them, in English and Spanish: `18 mil 712`, `tres millones y medio`, `a dozen`."""

from typing import Literal

from processors.extraction.number_parts import (
    is_word,
    parse_digits,
    read_cardinal,
    read_collective,
    read_fraction,
    read_half_after,
    words_of,
)
from processors.extraction.number_quick import read_thousands
from processors.extraction.number_words import NumberWords
from processors.extraction.texts import Language, Text, Word

__all__ = ["How", "Number", "number_starts", "parse_digits", "read_half_after", "read_number", "read_numbers"]

_ONES = frozenset({"un", "una"})
"""Articles that are a number too; "a" and "an" are none."""

How = Literal["digits", "words", "mixed", "article", "range"]


class Number:
    """A number at the words `first` (inclusive) to `after` (exclusive) of a text, characters `start` to `end`.

    `how` it is written: `article` is "un", "una", "a", "an" (1; the caller decides if that is an amount), `mixed` is
    "18 mil". A range has its upper end in `value` and its lower in `low`. `rough`: the words themselves are no exact
    count ("un centenar", "a couple").
    """

    __slots__ = ("after", "end", "first", "how", "low", "rough", "start", "value")

    def __init__(
        self,
        first: int,
        after: int,
        start: int,
        end: int,
        value: float,
        how: How,
        low: float | None = None,
        rough: bool = False,
    ) -> None:
        self.first, self.after, self.start, self.end = first, after, start, end
        self.value, self.how, self.low, self.rough = value, how, low, rough


def number_starts(language: Language) -> frozenset[str]:
    """The folded words (not digits) with which a number may begin; a gate for scans."""
    return words_of(language).starts


def read_number(text: Text, index: int, language: Language | None = None) -> Number | None:
    """The longest number that begins at word `index`, ranges included; None if there is none."""
    words = text.words
    if not 0 <= index < len(words):
        return None
    lexis = words_of(language or text.language)
    word = words[index]
    plain = word.plain
    # Most numbers are one word: decide that before anything else (8 us otherwise).
    digits = "0" <= plain[0] <= "9"
    if digits or plain in lexis.small:
        following = words[index + 1] if index + 1 < len(words) else None
        if following is None or (
            following.plain not in lexis.continuers
            and following.start > word.end
            and not "0" <= following.plain[0] <= "9"
            and text.plain[word.end] not in "-/"
        ):
            value = parse_digits(plain) if digits else lexis.small[plain]
            if value is None:
                return None
            how: How = "digits" if digits else "article" if plain in lexis.articles else "words"
            return Number(index, index + 1, word.start, word.end, value, how)
        if digits and _is_one_of_a_row(text, index, lexis):
            return Number(index, index + 1, word.start, word.end, float(plain), "digits")
    if lexis.thousand_groups:
        quick = read_thousands(text, index, lexis)
        if quick is not None:
            after, quantity, mixed = quick
            return Number(index, after, word.start, words[after - 1].end, quantity, "mixed" if mixed else "words")
    if plain in lexis.range_openers:
        return _read_opened_range(text, index, lexis)
    low = _read_plain(text, index, lexis)
    if low is None:
        return None
    return _read_open_range(text, low, lexis) or low


def read_numbers(text: Text, language: Language | None = None) -> list[Number]:
    """All numbers of a text in order, none overlapping, articles included."""
    lexis = words_of(language or text.language)
    starts, found, index = lexis.starts, [], 0
    words = text.words
    count = len(words)
    while index < count:
        plain = words[index].plain
        if plain in starts or "0" <= plain[0] <= "9":
            number = read_number(text, index, language)
            if number is not None:
                found.append(number)
                index = number.after
                continue
        index += 1
    return found


def _is_one_of_a_row(text: Text, index: int, lexis: NumberWords) -> bool:
    """Whether digits stand before a hyphen and others that are no more, as in plates and telephones ("55-0123"): the
    full grammar gives the first ones alone, after trying all else.
    """
    plains, gaps = text.plains, text.gaps
    if gaps[index + 1] != "-" or index + 2 >= len(plains) or gaps[index + 2][:1] in ("", "-", "/"):
        return False
    low, high, beyond = plains[index : index + 3]
    if not (low.isdigit() and high.isdigit()) or beyond < ":" or beyond in lexis.continuers:
        return False
    return float(low) >= float(high)


def _read_plain(text: Text, index: int, lexis: NumberWords) -> Number | None:
    words = text.words
    word = words[index]
    part = read_fraction(text, index, lexis) or read_collective(text, index, lexis) or read_cardinal(text, index, lexis)
    if part is None:
        return None
    how: How = "digits" if part.digits else "words"
    if part.after == index + 1 and word.plain in lexis.articles:
        how = "article"
    elif part.digits and part.after > index + 1:
        how = "mixed"
    rough = part.after > index + 1 and any(words[at].plain in lexis.rough for at in range(index, part.after))
    return Number(index, part.after, word.start, words[part.after - 1].end, part.value, how, None, rough)


def _read_opened_range(text: Text, index: int, lexis: NumberWords) -> Number | None:
    """As in "entre 10 y 12", "between ten and twelve", "from 44 to 66", "de 10 a 12"."""
    closer = lexis.range_openers[text.words[index].plain]
    low = _read_plain(text, index + 1, lexis) if index + 1 < len(text.words) else None
    if low is None or not is_word(text, low.after, closer):
        return None
    high = _read_plain(text, low.after + 1, lexis) if low.after + 1 < len(text.words) else None
    return _make_range(text, text.words[index], index, low, high)


def _read_open_range(text: Text, low: Number, lexis: NumberWords) -> Number | None:
    """As in "44 to 66", "10 a 12", "10-12", "five or six"; two years with a dash stay two numbers."""
    words = text.words
    if low.after >= len(words):
        return None
    if words[low.after].plain == lexis.range_or and text.plain[low.end : words[low.after].end] == f" {lexis.range_or}":
        return _read_either(text, low, lexis)
    if low.how == "article":
        return None
    if text.plain[low.end : words[low.after].start].strip() == "-":
        # "twenty-two-year" is no range: digits on both sides.
        high = _read_plain(text, low.after, lexis) if words[low.after].plain[0].isdigit() else None
    elif words[low.after].plain in lexis.range_links and low.after + 1 < len(words):
        high = _read_plain(text, low.after + 1, lexis)
        if high and high.how == "article":
            return None
    else:
        return None
    return _make_range(text, words[low.first], low.first, low, high)


def _read_either(text: Text, low: Number, lexis: NumberWords) -> Number | None:
    """As in "cinco o seis", "una o dos", "ten or fifteen": two numbers that are near each other. A unit between them
    ("12 mil o 12 toneladas") or a step beyond the double makes a correction or a choice.
    """
    words, at = text.words, low.after + 1
    if at >= len(words) or text.plain[words[low.after].end : words[at].start] != " ":
        return None
    if low.how == "article" and words[low.first].plain not in _ONES:
        return None
    high = _read_plain(text, at, lexis)
    if high is None or high.how == "article":
        return None
    either = _make_range(text, words[low.first], low.first, low, high)
    return either if either is not None and either.low and either.value <= 2 * either.low else None


def _make_range(text: Text, word: Word, first: int, low: Number, high: Number | None) -> Number | None:
    if high is None:
        return None
    below = low.value
    if high.value > below * 1000 and text.words[high.after - 1].plain in ("millones", "million", "mil", "thousand"):
        # "entre dos y tres millones": the scale belongs to both.
        below = below * (1_000_000 if text.words[high.after - 1].plain in ("millones", "million") else 1000)
    if below >= high.value or (1900 <= below <= 2100 and 1900 <= high.value <= 2100):
        return None  # "from 2019 to 2021" are two years, not an amount
    return Number(first, high.after, word.start, high.end, high.value, "range", below, low.rough or high.rough)

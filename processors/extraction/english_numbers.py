"""The amounts of one English sentence: which numbers count something; years, calibres, models and ages do not."""

from processors.extraction.english_words import APPROXIMATORS, CALIBRE_NOUNS, MODEL_NOUNS, MONTHS
from processors.extraction.measures import (
    Measure,
    join_smaller,
    make_measure,
    read_measure,
    read_unit,
    read_unit_after,
    unit_starts,
)
from processors.extraction.number_words import ENGLISH
from processors.extraction.numbers import How, Number, number_starts, parse_digits
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Amounts", "is_approximate", "read_amounts"]

_STARTS = number_starts("en")
_YEAR_BEFORE = word_set("in since of by from through until during early late year and to before after") | MONTHS
_ARTICLES = frozenset({"a", "an"})
_RANGE_OPENERS = frozenset({"from", "between"})
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_VULGAR = frozenset("½¼¾⅓⅔")
_MODEL_GAPS = frozenset({" ", ". ", " #", "-"})
_GOES_ON = word_set(
    "hundred thousand million billion trillion dozen couple pair half quarter quarters third thirds and to or k"
)
_BORES = word_set(
    "cartridge cartridges round rounds magazine magazines ammunition ammo rifle rifles bullet bullets x nato pistol"
)
_DOLLARS = read_unit(Text("dollars", "en"), 0)
_DOLLAR = _DOLLARS.of if _DOLLARS else None
_UNIT_WORDS = (
    "pound pounds lb lbs kilogram kilograms kilo kilos kg gram grams g ounce ounces oz pill pills tablet tablets"
    " package packages packet packets bag bags bundle bundles brick bricks box boxes vial vials plant plants"
)
_UNITS = {word: unit.of for word in _UNIT_WORDS.split() if (unit := read_unit(Text(word, "en"), 0)) is not None}
"""The frequent units of one word, each of scale one."""
_UNIT_STARTS = unit_starts("en")
_SMALL_NUMBERS = {word: value for word, value in ENGLISH.small.items() if word not in _ARTICLES}
_TELLING_AFTER = _UNIT_STARTS.difference(_UNITS) | CALIBRE_NOUNS | _GOES_ON | _VULGAR
"""Words behind a number that may be part of it, its unit, or the reason that it counts nothing."""
_TELLING_BEFORE = MODEL_NOUNS | {"of"}
_BEFORE_SIGN = frozenset(" (;,")
_AFTER_ARTICLE = unit_starts("en") | word_set(
    "half quarter dozen couple pair hundred thousand million billion third metric short"
)
_BY_LAST = {
    last: [list(one) for one in APPROXIMATORS if one[-1] == last] for last in {one[-1] for one in APPROXIMATORS}
}
_APPROXIMATE_LAST = frozenset(_BY_LAST)
_SMALL = frozenset({"a", "an", "the", "us", "s", "historic", "total"})


class Amounts:
    """`by_after`: the amounts of a sentence by the word after each; `noise`: words of numbers that count nothing."""

    __slots__ = ("by_after", "noise")

    def __init__(self) -> None:
        self.by_after: dict[int, Measure] = {}
        self.noise: set[int] = set()


def read_amounts(text: Text, known: list[int], first: int, after: int) -> Amounts:
    """All amounts among the words `first` to `after`; `known` are those with which a number may begin."""
    words, plains = text.words, text.plains
    amounts = Amounts()
    by_after, noise = amounts.by_after, amounts.noise
    done = first
    for at in known:
        if at < done:
            continue
        plain = plains[at]
        digits = plain < ":"
        following = plains[at + 1] if at + 1 < after else ""
        if plain in _ARTICLES and following:
            third = following == "third" and at + 2 < after and plains[at + 2] not in ("of", "to")  # "a third man"
            if third or following not in _AFTER_ARTICLE:
                # An article before an adjective or a good is one piece: no need to look for units and scales.
                _, start, end = words[at]
                one = Number(at, at + 1, start, end, 1.0, "article")
                by_after[at + 1] = Measure(at, at + 1, start, end, one, 1.0, None, 1.0)
                continue
        elif plain in _RANGE_OPENERS and not "/" < following[:1] < ":":
            continue
        plain_one = _read_common(text, at, after)
        if plain_one is not None:
            done = plain_one.after
            by_after[done] = plain_one
            continue
        if digits and _is_part_of_name(text, at):
            noise.add(at)
            done = at + 1
        else:
            measure = (_read_digits(text, at) if digits else None) or read_measure(text, at)
            if measure is not None and measure.unit is not None:
                measure = join_smaller(text, measure)
            if measure is None or measure.after > after:
                continue
            if not _is_noise(text, measure) and (measure.unit is not None or not _repeats(text, measure, by_after)):
                by_after[measure.after] = measure
                done = measure.after
                continue
            done = measure.number.after
            noise.update(range(measure.number.first, done))
        if done < after and plains[done] in CALIBRE_NOUNS:
            noise.add(done)
            done += 1
    return amounts


def _read_common(text: Text, at: int, after: int) -> Measure | None:
    """A number of one word between blanks, with a frequent unit or a word behind it that can't go on the number: most
    of them. None where any rule may have more to say; it is what the rules give, at a third of their time.
    """
    plains, gaps = text.plains, text.gaps
    if at + 2 >= after or gaps[at + 1] != " ":
        return None
    written, following = plains[at], plains[at + 1]
    if following in _TELLING_AFTER or following < ":":
        return None
    if at and (previous := plains[at - 1]) in _TELLING_BEFORE and (previous != "of" or plains[at - 2] == "out"):
        return None
    how: How = "digits"
    if written.isdigit():
        if len(written) == 4 and "1899" < written < "2101":
            return None
        value = float(written)
    elif (word := _SMALL_NUMBERS.get(written)) is not None:
        value, how = word, "words"
    elif (read := parse_digits(written) if written < ":" else None) is not None and not read % 1:
        value = read
    else:
        return None
    _, start, end = text.words[at]
    before = gaps[at]
    of = _UNITS.get(following)
    if before == " $":
        if of is not None or how == "words":
            return None
        return Measure(at, at + 1, start - 1, end, Number(at, at + 1, start, end, value, how), value, _DOLLAR, value)
    if before != " ":
        return None
    if of is None:
        return Measure(at, at + 1, start, end, Number(at, at + 1, start, end, value, how), value, None, value)
    third = plains[at + 2]
    if third == "and" or third < ":" or third in _STARTS:
        return None  # "2 pounds and 3 ounces"
    number = Number(at, at + 1, start, end, value, how)
    return Measure(at, at + 2, start, text.words[at + 1][2], number, value, of, value * of.si)


def _is_part_of_name(text: Text, at: int) -> bool:
    """Digits behind a hyphen or grown together with a word that is no unit: `AK-47`, `CKR-62-55`, `9mm`."""
    _, start, end = text.words[at]
    plain = text.plain
    if plain[start - 1 : start] == "-" and start > 1 and plain[start - 2].isalnum():
        return True
    if at + 1 >= len(text.words):
        return False
    following, next_start, next_end = text.words[at + 1]
    return (
        next_start == end
        and following.isalpha()
        and not (following in _UNIT_STARTS or following in _GOES_ON or text.raw[next_start:next_end] == "M")
    )


def _read_scaled(text: Text, at: int, value: float) -> Number | None:
    """Digits and one word of scale with no more of the number behind them: "81 thousand pills"."""
    words = text.words
    if value >= 1000 or at + 2 >= len(words):
        return None
    _, start, end = words[at]
    scale, scale_start, scale_end = words[at + 1]
    beyond, beyond_start, _ = words[at + 2]
    if beyond in _STARTS or beyond in _GOES_ON or beyond < ":" or text.plain[scale_end:beyond_start] != " ":
        return None
    if text.plain[end:scale_start] != " ":
        return None
    return Number(at, at + 2, start, scale_end, value * _SCALES[scale], "mixed")


def _read_digits(text: Text, at: int) -> Measure | None:
    """Digits with nothing behind them that could go on the number: the most frequent case, at a third of the cost."""
    words, plain = text.words, text.plain
    written, start, end = words[at]
    if at + 1 >= len(words):
        return None
    following, next_start, next_end = words[at + 1]
    scaled = following in _SCALES
    if following in _VULGAR:
        return None  # "1 ½ kilos"
    if (following in _GOES_ON and not scaled) or following < ":" or plain[end] not in " ,.;":
        return None
    value = parse_digits(written)
    if value is None:
        return None
    if scaled:
        whole = _read_scaled(text, at, value)
        return None if whole is None else make_measure(text, whole, read_unit_after(text, whole))
    number = Number(at, at + 1, start, end, value, "digits")
    sign = plain[start - 1 : start] == "$"
    if following not in _UNIT_STARTS:
        if sign and plain[start - 2 : start - 1] in _BEFORE_SIGN:
            return Measure(at, at + 1, start - 1, end, number, value, _DOLLAR, value)
        if not sign and plain[start - 2 : start] != "$ " and plain[end:next_start] == " ":
            return Measure(at, at + 1, start, end, number, value, None, value)
    elif not sign and plain[end:next_start] == " ":
        of = _UNITS.get(following)
        if of is not None and not value % 1 and text.plains[at + 2 : at + 3] != ["and"]:
            return Measure(at, at + 2, start, next_end, number, value, of, value * of.si)
    return make_measure(text, number, read_unit_after(text, number))


def _repeats(text: Text, measure: Measure, by_after: dict[int, Measure]) -> bool:
    """A number in brackets that says again in digits what the words before it said: "two (2) pistols"."""
    first = measure.first
    said = by_after.get(first)
    if said is None or measure.unit is not None or said.unit is not None or said.number.value != measure.number.value:
        return False
    return text.plain[said.end : measure.start] == " (" and text.plain.startswith(")", measure.end)


def _is_noise(text: Text, measure: Measure) -> bool:
    """A number that counts nothing: `9mm`, `.40-caliber`, `AK-47`, `Glock 19`, `34-year-old`, `10-round`, `FY22`, `5%`,
    a date, a year.
    """
    number, plain, words, plains = measure.number, text.plain, text.words, text.plains
    if number.how == "article":
        return False
    first, after, start, end = number.first, number.after, number.start, number.end
    before = plain[start - 1] if start else " "
    previous = plains[first - 1] if first else ""
    if before != " ":
        if before in "#/:@_" or before.isalpha() or (before == "." and start > 1 and not plain[start - 2].isalnum()):
            return True
        if before == "-" and start > 1 and plain[start - 2].isalnum():
            return True
    behind = plain[end] if end < len(plain) else " "
    if behind == "%" or (behind in ":/" and plain[end + 1 : end + 2].isdigit()):
        return True
    if previous == "of" and first > 1 and plains[first - 2] == "out":
        return True  # "seven out of ten pills"
    if measure.unit is not None:
        return False
    following, next_start, _ = words[after] if after < len(words) else ("", end + 9, 0)
    if number.how == "digits" and number.value % 1 and following in _BORES:
        return True  # "5.56 cartridges"
    if previous in MODEL_NOUNS:
        gap = plain[words[first - 1].end : start]
        if gap in _MODEL_GAPS:
            return previous != "no" or "." in gap
    if next_start - end < 2:
        gap = plain[end:next_start]
        if gap == "-" or not gap or (gap == " " and following in CALIBRE_NOUNS):
            return True
    if end - start == 4 and 1900 <= number.value <= 2100 and plain[start:end].isdigit():
        return number.value % 100 != 0 or previous in _YEAR_BEFORE
    return False


def is_approximate(text: Text, measure: Measure) -> bool:
    """Whether the words right before the number say "over", "nearly", "at least", or "+" stands right behind."""
    words, plain, plains = text.words, text.plain, text.plains
    number = measure.number
    if number.how == "article" and measure.unit is None:
        return False  # "under a car"
    at, end = number.first, number.end
    if plain[end : end + 1] == "+" or plain[end : end + 6] == " or so":
        return True
    if number.how == "range" or (number.rough and number.how != "article"):
        return True
    for _ in range(2):  # "approximately $1,200", "more than a hundred", "over a historic 5,000"
        if at == 0:
            return False
        before = plains[at - 1]
        if before in _APPROXIMATE_LAST:
            break
        if before not in _SMALL:
            return False
        at -= 1
    else:
        return False
    gap = plain[words[at - 1].end : words[at].start]
    if "," in gap or "." in gap:
        return False
    for phrase in _BY_LAST[plains[at - 1]]:
        first = at - len(phrase)
        if first >= 0 and plains[first:at] == phrase:
            return True
    return False

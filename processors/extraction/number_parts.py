"""The parts of a number: groups below a thousand with their scales, fractions, dozens."""

import re

from processors.extraction.number_words import ENGLISH, SPANISH, NumberWords
from processors.extraction.texts import Language, Text

__all__ = [
    "Part",
    "is_joined",
    "is_word",
    "parse_digits",
    "read_cardinal",
    "read_collective",
    "read_fraction",
    "read_half_after",
    "words_of",
]

_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}\.\d{3},\d+"
)


class Part:
    """A value said with the words up to `after`; whether `digits` are among them."""

    __slots__ = ("after", "digits", "value")

    def __init__(self, after: int, value: float, digits: bool) -> None:
        self.after, self.value, self.digits = after, value, digits


def parse_digits(written: str) -> float | None:
    """`1,500`, `1.500.000` and `2'350,000` have thousands; `1,5`, `0,500` and `1.500` a fraction, as in Mexico and the
    U.S.

    None where the separators contradict each other.
    """
    if written.isdigit():
        return float(written)
    written = written.replace("'", ",")
    if _THOUSANDS.fullmatch(written):
        # The last separator is a decimal sign only where it differs from the first.
        first = (
            "," if written.find(",") >= 0 and (written.find(".") < 0 or written.find(",") < written.find(".")) else "."
        )
        return float(written.replace(first, "").replace(",", "."))
    if written.count(".") + written.count(",") == 1:
        return float(written.replace(",", "."))
    return None


def read_half_after(text: Text, index: int, language: Language | None = None) -> tuple[float, int] | None:
    """The fraction said after a unit, "dos kilos y medio", "a pound and a half": (0.5, word after it) or None."""
    words = text.words
    lexis = words_of(language or text.language)
    if index + 1 >= len(words) or words[index].plain != lexis.joiner or not is_joined(text, index - 1):
        return None
    at = index + 1
    if words[at].plain in lexis.articles and at + 1 < len(words):
        at += 1
    half = lexis.fractions.get(words[at].plain)
    return None if half is None else (half, at + 1)


def words_of(language: Language) -> NumberWords:
    return ENGLISH if language == "en" else SPANISH


def is_joined(text: Text, index: int) -> bool:
    """Whether only blanks or one hyphen stand between word `index` and the next."""
    words = text.words
    if index < 0 or index + 1 >= len(words):
        return False
    gap = text.plain[words[index].end : words[index + 1].start]
    return gap == " " or gap == "-" or not gap.strip()


def read_cardinal(text: Text, index: int, lexis: NumberWords) -> Part | None:
    """Groups below a thousand with their scales, each scale smaller than the one before."""
    words = text.words
    total, digits, at, limit = 0.0, False, index, float("inf")
    while True:
        group = _read_group(text, at, lexis)
        if at > index and group is not None and (not is_joined(text, at - 1) or group.value >= limit):
            group = None
        scale_at = at if group is None else group.after
        scale = lexis.scales.get(words[scale_at].plain) if scale_at < len(words) else None
        if scale is not None and scale_at > index and not is_joined(text, scale_at - 1):
            scale = None
        if scale is not None and (group.value if group else 1) * scale >= limit:
            scale = None
        if group is None and (scale is None or (at == index and words[at].plain not in lexis.bare_scales)):
            break
        if group is not None and scale is not None and group.digits and group.value >= 1000 and scale == 1000:
            scale = None  # "en 2019 mil 200 armas": a year and an amount
        value = group.value if group else 1.0
        digits = digits or (group is not None and group.digits)
        if scale is None:
            return Part(scale_at, total + value, digits)
        total += value * scale
        at, limit = scale_at + 1, scale
        # "mil 500 millones", "two hundred thousand million": a greater scale multiplies all before it.
        while at < len(words) and is_joined(text, at - 1) and lexis.scales.get(words[at].plain, 0) > scale:
            scale = lexis.scales[words[at].plain]
            total, limit, at = total * scale, scale, at + 1
        if scale == 1000 and lexis.thousand_groups:
            tail = _read_group(text, at, lexis) if at < len(words) and is_joined(text, at - 1) else None
            if tail and tail.value < 1000 and tail.after < len(words) and is_joined(text, tail.after - 1):
                greater = lexis.scales.get(words[tail.after].plain, 0)
                if greater > 1000:
                    total, digits = (total + tail.value) * greater, digits or tail.digits
                    at, limit, scale = tail.after + 1, greater, greater
        half = read_half_after(text, at, "en" if lexis is ENGLISH else "es") if scale >= 1_000_000 else None
        if half:
            return Part(half[1], total + half[0] * scale, digits)
        if at < len(words) and words[at].plain == lexis.joiner and lexis.joins_scales and is_joined(text, at - 1):
            tail = _read_group(text, at + 1, lexis)
            if tail and tail.value < 100 and not tail.digits and is_joined(text, at):
                return Part(tail.after, total + tail.value, digits)
    return Part(at, total, digits) if at > index else None


def _read_group(text: Text, index: int, lexis: NumberWords) -> Part | None:
    """What stands before a scale: digits, or words below a thousand ("two hundred and five")."""
    words = text.words
    if index >= len(words):
        return None
    plain = words[index].plain
    if "0" <= plain[0] <= "9":
        value = parse_digits(plain)
        if value is None:
            return None
        scale = _read_scale_sign(text, index + 1) if lexis.scale_signs else None
        return Part(index + 2, value * scale, True) if scale else Part(index + 1, value, True)
    at, total = index, 0.0
    hundreds = lexis.hundreds.get(plain)
    if hundreds is not None:
        at, total = index + 1, hundreds
    elif lexis.hundred and (value := lexis.small.get(plain)) and value < 10 and is_word(text, index + 1, lexis.hundred):
        at, total = index + 2, value * 100
    if at > index:
        following = at + 1 if lexis.joins_scales and is_word(text, at, lexis.joiner) and is_joined(text, at) else at
        if at >= len(words) or not is_joined(text, at - 1):
            return Part(at, total, False)
        rest = _read_below_hundred(text, following, lexis)
        if (
            rest is None
            and lexis.thousand_groups
            and words[following].plain.isdigit()
            and len(words[following].plain) < 3
        ):
            return Part(following + 1, total + float(words[following].plain), True)  # "quinientos 32"
        return Part(rest.after, total + rest.value, False) if rest else Part(at, total, False)
    return _read_below_hundred(text, index, lexis)


def _read_scale_sign(text: Text, index: int) -> float | None:
    """The scale that is one letter grown together with its digits: "300k", "2.5M" (a small m is a metre)."""
    words = text.words
    if index >= len(words) or words[index].start != words[index - 1].end:
        return None
    plain, start, _ = words[index]
    return 1e3 if plain == "k" else 1e6 if plain == "m" and text.raw[start] == "M" else None


def _read_below_hundred(text: Text, index: int, lexis: NumberWords) -> Part | None:
    words = text.words
    if index >= len(words):
        return None
    plain = words[index].plain
    tens = lexis.tens.get(plain)
    if tens is None:
        value = lexis.small.get(plain)
        return None if value is None else Part(index + 1, value, False)
    at = index + 1
    if at < len(words) and is_joined(text, index):
        if not lexis.joins_scales and words[at].plain == lexis.joiner and is_joined(text, at):
            at += 1
        unit = lexis.small.get(words[at].plain, 0) if at < len(words) else 0
        if 0 < unit < 10 and words[at].plain not in lexis.no_unit:
            return Part(at + 1, tens + unit, False)
    return Part(index + 1, tens, False)


def read_fraction(text: Text, index: int, lexis: NumberWords) -> Part | None:
    """As in "media tonelada", "half a kilo", "tres cuartos de kilo"; the value and the words of it."""
    words = text.words
    plain = words[index].plain
    if plain in lexis.articles and is_joined(text, index) and words[index + 1].plain in lexis.fractions:
        return read_fraction(text, index + 1, lexis)  # "a half-pound"
    half = lexis.fractions.get(plain)
    if half is not None and (plain not in lexis.quarters or (index and words[index - 1].plain in lexis.articles)):
        at = index + 1
        while (
            at < len(words) and at < index + 3 and words[at].plain in lexis.fraction_links and is_joined(text, at - 1)
        ):
            at += 1
        scale = lexis.scales.get(words[at].plain) or lexis.collectives.get(words[at].plain) if at < len(words) else None
        return Part(at + 1, half * scale, False) if scale else Part(at, half, False)
    if "0" <= plain[0] <= "9":
        return _read_slash(text, index)
    value = lexis.small.get(plain)
    if value is None or value > 9 or index + 1 >= len(words):
        return None
    following = words[index + 1].plain
    if following in lexis.quarters and is_joined(text, index):
        at = index + 2
        while (
            at < len(words) and at < index + 4 and words[at].plain in lexis.fraction_links and is_joined(text, at - 1)
        ):
            at += 1
        return Part(at, value * lexis.quarters[following], False)
    after = read_half_after(text, index + 1, "en" if lexis is ENGLISH else "es")
    if after and plain not in lexis.articles:
        at = after[1]
        scale = lexis.scales.get(words[at].plain) if at < len(words) else None
        return Part(at + 1, (value + after[0]) * scale, False) if scale else Part(at, value + after[0], False)
    return None


def _read_slash(text: Text, index: int) -> Part | None:
    """`1/2`, `3 1/2`, `3½`."""
    words = text.words

    def slashed(at: int) -> float | None:
        if at + 1 >= len(words) or text.plain[words[at].end : words[at + 1].start] != "/":
            return None
        over, under = words[at].plain, words[at + 1].plain
        if not (over.isdigit() and under.isdigit() and len(under) == 1 and 0 < int(over) < int(under)):
            return None
        # A third number after a slash makes it a date.
        return None if text.plain[words[at + 1].end : words[at + 1].end + 1] == "/" else int(over) / int(under)

    alone = slashed(index)
    if alone is not None:
        return Part(index + 2, alone, True)
    if words[index].plain.isdigit() and index + 1 < len(words) and is_joined(text, index):
        sign = {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(words[index + 1].plain)
        if sign is not None:
            return Part(index + 2, float(words[index].plain) + sign, True)
        behind = slashed(index + 1)
        if behind is not None:
            return Part(index + 3, float(words[index].plain) + behind, True)
    return None


def read_collective(text: Text, index: int, lexis: NumberWords) -> Part | None:
    """As in "una docena de", "two dozen", "un centenar de", "a couple of": a count of a number of pieces."""
    words = text.words
    plain = words[index].plain
    if plain in lexis.collectives and plain in lexis.bare_scales:
        return Part(_skip(text, index + 1, lexis.of), lexis.collectives[plain], False)
    value = parse_digits(plain) if "0" <= plain[0] <= "9" else lexis.small.get(plain)
    if value is None or index + 1 >= len(words) or not is_joined(text, index):
        return None
    size = lexis.collectives.get(words[index + 1].plain)
    if size is None:
        return None
    return Part(_skip(text, index + 2, lexis.of), value * size, "0" <= plain[0] <= "9")


def is_word(text: Text, index: int, plain: str) -> bool:
    return index < len(text.words) and text.words[index].plain == plain


def _skip(text: Text, index: int, plain: str) -> int:
    """Past the "of" of "a couple of"; Spanish "de" is left for whoever reads the goods."""
    return index + 1 if plain and is_word(text, index, plain) else index

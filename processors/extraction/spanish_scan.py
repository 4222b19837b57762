"""One scan of a Spanish text: its numbers with their units, goods and cues, by sentence."""

import re
from functools import lru_cache

from processors.extraction.lexicon import Lexicon, build_lexicon
from processors.extraction.measures import (
    Measure,
    join_smaller,
    make_measure,
    plain_units,
    read_unit,
    read_unit_after,
    unit_starts,
)
from processors.extraction.number_words import SPANISH
from processors.extraction.numbers import How, Number, number_starts, read_half_after, read_number
from processors.extraction.spanish_places import PLACE_OPENERS
from processors.extraction.spanish_scope import AGENCY_WORDS, is_scope_word
from processors.extraction.spanish_tokens import Amount, Good, Scan, Sentence, Sign
from processors.extraction.spanish_words import ADJECTIVES, cue_of
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["cut_sentences", "scan_text"]

_BREAK = re.compile(r"[\n.!?\u2026]+")
_BREAKING = frozenset("\n.!?\u2026;")
_QUOTES = "\"')"
_ENDS = frozenset([",", ";", "."])
_PLAIN_SIGNS = frozenset([" ", ",", ";", ".", "\n", ":", ")", "?"])
_CONTINUERS, _SMALL, _ARTICLES = SPANISH.continuers, SPANISH.small, SPANISH.articles
_PADDING = [""] * 12
_PLAIN_UNITS = plain_units("es")
_UNIT_FIRSTS = unit_starts("es")

# What a word may begin: one of the first five; and what else it may say.
_NUMBER = 0x1
_ARTICLE = 0x2
_GOOD = 0x4
_UNIT = 0x8
_CUE = 0x10
_SCOPE = 0x20
_AGENCY = 0x40
_OPENER = 0x80
_BEGINS = _NUMBER | _ARTICLE | _GOOD | _UNIT
_TOKEN = _BEGINS | _CUE
_MARK = _SCOPE | _AGENCY | _OPENER
_BEFORE_GOODS = ADJECTIVES | SPANISH.continuers
_GIVING = frozenset(["dar", "da", "dan", "damos", "dado", "dando", "dimos", "dio", "dieron"])
_MOST_KINDS = 200_000


class _Kinds:
    """Word -> the bits above; words that begin neither number nor good are added as they come."""

    __slots__ = ("known", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        known = dict.fromkeys(unit_starts("es"), _UNIT)
        known.update(dict.fromkeys(lexicon.firsts, _GOOD))
        known.update(dict.fromkeys(number_starts("es"), _NUMBER))
        known.update({word: _NUMBER for word in lexicon.firsts if "0" <= word[0] <= "9"})
        known.update(dict.fromkeys(("un", "una"), _ARTICLE))
        self.known = {word: kind | _marks_of(word) for word, kind in known.items()}

    def add(self, word: str) -> int:
        """The bits of a word that is not known yet."""
        kind = _NUMBER if "0" <= word[0] <= "9" else 0 if cue_of(word) is None else _CUE
        kind |= _marks_of(word)
        if len(self.known) < _MOST_KINDS:
            self.known[word] = kind
        return kind


def _marks_of(word: str) -> int:
    return _SCOPE * is_scope_word(word) | _AGENCY * (word in AGENCY_WORDS) | _OPENER * (word in PLACE_OPENERS)


@lru_cache(maxsize=4)
def _kinds(reference: Reference) -> _Kinds:
    return _Kinds(build_lexicon(reference, "es"))


def scan_text(text: Text, reference: Reference) -> Scan:
    """The words and sentences of a text with their tokens; no sentence if the text has no number or no good."""
    kinds = _kinds(reference)
    known, lexicon = kinds.known, kinds.lexicon
    plains = text.plains
    bits: list[int] = []
    telling: list[int] = []
    seen = 0
    for index, plain in enumerate(plains):
        kind = known.get(plain)
        if kind is None:
            kind = kinds.add(plain)
        bits.append(kind)
        if kind:
            telling.append(index)
            seen |= kind
    # The gate: most texts say no amount of anything.
    if not seen & (_NUMBER | _ARTICLE) or not seen & (_GOOD | _UNIT):
        return Scan(plains, [])
    plains = plains + _PADDING
    bounds, behind = cut_sentences(text)
    sentences = [Sentence(first, after, paragraph) for first, after, paragraph in bounds]
    if behind:
        for one in sentences:
            one.items = [item for item in behind if one.first < item < one.after]
    at = taken = 0
    sentence = sentences[0]
    for index in telling:
        while index >= sentence.after:
            at += 1
            sentence = sentences[at]
        kind = bits[index]
        if kind & _MARK:
            if kind & _SCOPE:
                sentence.scope.append(index)
            if kind & _OPENER:
                sentence.openers.append(index)
            if kind & _AGENCY:
                sentence.agencies.append(index)
        if index < taken or not kind & _TOKEN:
            continue
        if kind & _CUE:
            plain = plains[index]
            # "vinculados a proceso", but not "vinculados al cártel".
            # Nor "dar cuenta", which is to report.
            if plain == "cuenta" and plains[index - 1] in _GIVING:
                continue
            if not plain.startswith("vincul") or "proceso" in plains[index + 1 : index + 4]:
                sentence.tokens.append(Sign(index, index + 1, cue_of(plain), None))
        elif kind & _ARTICLE and not _counts(text, index, sentence.after, bits, plains):
            continue  # an article before a noun that is no good
        else:
            number = kind & (_NUMBER | _ARTICLE) != 0
            taken = _read_token(text, index, number, lexicon, plains, sentence.tokens)
    return Scan(plains, sentences)


def _counts(text: Text, index: int, after: int, bits: list[int], plains: list[str]) -> bool:
    """Whether "un" or "una" may be an amount: a good, number or unit follows, or nothing ("embarcaciones, una")."""
    if text.gaps[index + 1][:1] in _ENDS:
        return True
    return index + 1 < after and (bits[index + 1] & _BEGINS != 0 or plains[index + 1] in _BEFORE_GOODS)


def cut_sentences(text: Text) -> tuple[list[tuple[int, int, int]], list[int]]:
    """The sentences as words `first` to `after` and the number of their paragraph; and the words right behind the
    semicolons.

    Both stand between words, and nearly everything there is one blank.
    """
    words, plain, gaps = text.words, text.plain, text.gaps
    bounds: list[tuple[int, int, int]] = []
    items: list[int] = []
    first = paragraph = 0
    for at, gap in enumerate(gaps):
        if gap == " " or gap == ", ":
            continue
        if gap == ". ":  # most of the others
            if at > first and not _ends_initial(plain, words[at - 1][2] if at else 0):
                bounds.append((first, at, paragraph))
                first = at
            continue
        if _BREAKING.isdisjoint(gap):
            continue
        if ";" in gap:
            items += [at] * gap.count(";")
        begins = words[at - 1][2] if at else 0
        for found in _BREAK.finditer(gap):
            start, end = found.span()
            lines = gap.count("\n", start, end)
            if not lines:
                follows = plain[begins + end : begins + end + 1]
                # Within a number or name ("1.5", "a.m.x"), or behind a single letter ("J. Ejemplo").
                if follows and not follows.isspace() and follows not in _QUOTES:
                    continue
                if _ends_initial(plain, begins + start):
                    continue
            if at > first:
                bounds.append((first, at, paragraph))
                first = at
            paragraph += lines
    if first < len(words):
        bounds.append((first, len(words), paragraph))
    return bounds, items


def _ends_initial(plain: str, at: int) -> bool:
    """Whether a single letter stands before the character `at`."""
    return at > 1 and "a" <= plain[at - 1] <= "z" and not (plain[at - 2].isalnum() or plain[at - 2] == "_")


def _read_token(
    text: Text, index: int, number: bool, lexicon: Lexicon, plains: list[str], tokens: list[Amount | Good | Sign]
) -> int:
    """Add the tokens that word `index` begins, perhaps with a `number`; the word behind them."""
    plain = plains[index]
    goods = lexicon.read_plain(plains, index)
    # "4-piperidona" is a name; "por ciento" is no hundred.
    if number and goods is None and not (plain in ("ciento", "cien") and plains[index - 1] == "por"):
        amount = _read_amount(text, index, plains)
        if amount is not None:
            tokens.append(amount)
            return amount.after
    if goods is not None:
        after, word = goods
        cue = cue_of(plain)
        if word.commodity == "person_detained" and word.strength == "firm":
            cue = "detain"
        if cue is not None and word.commodity is not None:
            tokens.append(Sign(index, index + 1, cue, None))
        tokens.append(Good(index, after, word))
        return after
    unit = read_unit(text, index)
    if unit is None:
        return index + 1
    half = None
    if plains[unit.after] == "y" and unit.of.dimension in ("mass", "volume"):
        half = read_half_after(text, unit.after)
    if half is None:
        tokens.append(Sign(index, unit.after, None, unit.of))
        return unit.after
    start, end = text.words[index].start, text.words[half[1] - 1].end
    one = Number(index, half[1], start, end, 1 + half[0], "words")
    quantity = one.value * unit.of.scale
    tokens.append(Amount(index, half[1], start, end, quantity, unit.of, quantity * unit.of.si, one))
    return half[1]


def _read_amount(text: Text, index: int, plains: list[str]) -> Amount | None:
    """The number at word `index` with its unit. Most are one word, and most units too: those are read here at once."""
    words, gaps = text.words, text.gaps
    first, start, end = words[index]
    after = index + 1
    gap = gaps[after]
    behind = plains[after]
    if first == "entre" and not ("0" <= behind[:1] <= "9" or behind in SPANISH.starts):
        return None
    number: Number | None = None
    if behind not in _CONTINUERS and (gap == " " or gap[:1] in _PLAIN_SIGNS) and not "0" <= behind[:1] <= "9":
        value = _SMALL.get(first)
        if value is not None:
            how: How = "article" if first in _ARTICLES else "words"
            number = Number(index, after, start, end, value, how)
        elif first.isdigit():
            value = float(first)
            number = Number(index, after, start, end, value, "digits")
    if number is None:
        number = read_number(text, index)
        if number is None:
            return None
        after, start, end, value = number.after, number.start, number.end, number.value
        behind, gap = plains[after], gaps[after]
    assert value is not None
    unit = _PLAIN_UNITS.get(behind)
    measure: Measure | None = None
    if unit is None:
        if not (behind in _UNIT_FIRSTS or behind == "de" or "$" in gaps[index][-2:]):
            return Amount(index, after, start, end, value, None, value, number)
    elif gap == " " and (third := plains[after + 1]) != "y" and value == int(value):
        quantity = value * unit.scale
        end = words[after][2]
        if unit.dimension != "mass" or not (third == "con" or third in SPANISH.starts or "0" <= third[:1] <= "9"):
            return Amount(index, after + 1, start, end, quantity, unit, quantity * unit.si, number)
        measure = Measure(index, after + 1, start, end, number, quantity, unit, quantity * unit.si)
    if measure is None:
        measure = make_measure(text, number, read_unit_after(text, number))
    one = join_smaller(text, measure)
    return Amount(index, one.after, one.start, one.end, one.quantity, one.unit, one.qty_si, number)

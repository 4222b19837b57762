"""One scan of a Spanish text: its numbers with their units, goods and cues, by sentence."""

import re
from functools import lru_cache
from itertools import compress, count

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
_make = tuple.__new__  # past the named tuples' own constructors: a third of their time
_PADDING = [""] * 12
_NUMBERS, _GOODS = frozenset("na"), frozenset("gu")
_PLAIN_UNITS = plain_units("es")
_UNIT_FIRSTS = unit_starts("es")


class _Kinds(dict[str, str]):
    """Word -> what it may begin: `n`umber, `a`rticle, `g`ood, `u`nit, `c`ue, or nothing. Filled as words come."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(dict.fromkeys(unit_starts("es"), "u"))
        self.update(dict.fromkeys(lexicon.firsts, "g"))
        self.update(dict.fromkeys(number_starts("es"), "n"))
        self.update({word: "n" for word in lexicon.firsts if "0" <= word[0] <= "9"})
        self.update(dict.fromkeys(("un", "una"), "a"))
        self.lexicon = lexicon
        # `s` behind the kind: a word of time; `y`: a body's name may begin here.
        for word in list(self):
            self[word] = self[word] + _flags(word)

    @staticmethod
    def _kind(word: str) -> str:
        kind = "n" if "0" <= word[0] <= "9" else "c" if cue_of(word) is not None else "-"
        flags = _flags(word)
        return kind + flags if flags or kind != "-" else ""

    def __missing__(self, word: str) -> str:
        kind = self._kind(word)
        if len(self) < _MAX_KINDS:
            self[word] = kind
        return kind


_BEFORE_GOODS = ADJECTIVES | SPANISH.continuers
_OPENERS = frozenset({"n", "a", "g", "u"})
_GIVING = frozenset(["dar", "da", "dan", "damos", "dado", "dando", "dimos", "dio", "dieron"])
_MAX_KINDS = 200_000


def _flags(word: str) -> str:
    return "s" * is_scope_word(word) + "y" * (word in AGENCY_WORDS) + "e" * (word in PLACE_OPENERS)


@lru_cache(maxsize=4)
def _kinds(reference: Reference) -> _Kinds:
    return _Kinds(build_lexicon(reference, "es"))


def scan_text(text: Text, reference: Reference) -> Scan:
    """The words and sentences of a text with their tokens; no sentence if the text has no number or no good."""
    kinds = _kinds(reference)
    plains = text.plains
    marks = list(map(kinds.__getitem__, plains))
    # The gate: most texts say no amount of anything.
    seen = {kind[:1] for kind in set(marks)}
    if not seen & _NUMBERS or not seen & _GOODS:
        return Scan(plains, [])
    plains = plains + _PADDING
    bounds, behind = cut_sentences(text)
    sentences: list[Sentence] = []
    at_bound = taken = 0
    first, after, paragraph = bounds[0]
    tokens: list[Amount | Good | Sign] = []
    scope: list[int] = []
    agencies: list[int] = []
    openers: list[int] = []
    for index in compress(count(), marks):
        kind = marks[index]
        while index >= after:
            items = [one for one in behind if first < one < after] if behind else []
            sentences.append(_make(Sentence, (first, after, paragraph, tokens, scope, agencies, openers, items)))
            tokens, scope, agencies, openers = [], [], [], []
            at_bound += 1
            first, after, paragraph = bounds[at_bound]
        if len(kind) > 1:
            if "s" in kind:
                scope.append(index)
            if "e" in kind:
                openers.append(index)
            if "y" in kind:
                agencies.append(index)
            kind = kind[0]
        if kind == "-" or index < taken:
            continue
        if kind == "c":
            plain = plains[index]
            # "vinculados a proceso", but not "vinculados al cártel".
            # Nor "dar cuenta", which is to report.
            if plain == "cuenta" and plains[index - 1] in _GIVING:
                continue
            if not plain.startswith("vincul") or "proceso" in plains[index + 1 : index + 4]:
                tokens.append(_make(Sign, (index, index + 1, cue_of(plain), None)))
        elif kind == "a" and not _counts(text, index, after, marks, plains):
            continue  # an article before a noun that is no good
        else:
            taken = _read_token(text, index, "n" if kind == "a" else kind, kinds.lexicon, plains, tokens)
    items = [one for one in behind if first < one < after]
    sentences.append(_make(Sentence, (first, after, paragraph, tokens, scope, agencies, openers, items)))
    for first, after, paragraph in bounds[at_bound + 1 :]:
        sentences.append(Sentence(first, after, paragraph, [], [], [], [], []))
    return Scan(plains, sentences)


def _counts(text: Text, index: int, after: int, marks: list[str], plains: list[str]) -> bool:
    """Whether "un" or "una" may be an amount: a good, number or unit follows, or nothing ("embarcaciones, una")."""
    if text.gaps[index + 1][:1] in _ENDS:
        return True
    return index + 1 < after and (marks[index + 1][:1] in _OPENERS or plains[index + 1] in _BEFORE_GOODS)


def cut_sentences(text: Text) -> tuple[list[tuple[int, int, int]], list[int]]:
    """The sentences as words `first` to `after` and the number of their paragraph; and the words right behind the
    semicolons.

    Both stand between words, and nearly everything there is one blank.
    """
    words, plain, gaps = text.words, text.plain, text.gaps
    bounds: list[tuple[int, int, int]] = []
    items: list[int] = []
    first = paragraph = 0
    for at in compress(count(), map(" ".__ne__, gaps)):
        gap = gaps[at]
        if gap == ". ":  # most of them
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
    text: Text, index: int, kind: str, lexicon: Lexicon, plains: list[str], tokens: list[Amount | Good | Sign]
) -> int:
    plain = plains[index]
    # "4-piperidona" is a name; "por ciento" is no hundred.
    if kind == "n" and plain in lexicon.firsts and lexicon.read_plain(plains, index) is not None:
        kind = "g"
    if kind == "n" and not (plain in ("ciento", "cien") and plains[index - 1] == "por"):
        amount = _read_amount(text, index, plains)
        if amount is not None:
            tokens.append(amount)
            return amount.after
    goods = lexicon.read_plain(plains, index)
    if goods is not None:
        cue = cue_of(plain)
        if goods.word.commodity == "person_detained" and goods.word.strength == "firm":
            cue = "detain"
        if cue is not None and goods.word.commodity is not None:
            tokens.append(_make(Sign, (index, index + 1, cue, None)))
        tokens.append(_make(Good, goods))
        return goods[1]
    unit = read_unit(text, index)
    if unit is None:
        return index + 1
    half = None
    if plains[unit.after] == "y" and unit.of.dimension in ("mass", "volume"):
        half = read_half_after(text, unit.after)
    if half is None:
        tokens.append(_make(Sign, (index, unit.after, None, unit.of)))
        return unit.after
    word, end = text.words[index], text.words[half[1] - 1].end
    one = Number(index, half[1], word.start, end, 1 + half[0], "words")
    quantity = one.value * unit.of.scale
    tokens.append(Amount(index, half[1], word.start, end, quantity, unit.of, quantity * unit.of.si, one))
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
            number = _make(Number, (index, after, start, end, value, how, None, False))
        elif first.isdigit():
            value = float(first)
            number = _make(Number, (index, after, start, end, value, "digits", None, False))
    if number is None:
        number = read_number(text, index)
        if number is None:
            return None
        _, after, start, end, value, *_ = number
        behind, gap = plains[after], gaps[after]
    assert value is not None
    unit = _PLAIN_UNITS.get(behind)
    measure: Measure | None = None
    if unit is None:
        if not (behind in _UNIT_FIRSTS or behind == "de" or "$" in gaps[index][-2:]):
            return _make(Amount, (index, after, start, end, value, None, value, number))
    elif gap == " " and (third := plains[after + 1]) != "y" and value == int(value):
        quantity = value * unit.scale
        end = words[after][2]
        if unit.dimension != "mass" or not (third == "con" or third in SPANISH.starts or "0" <= third[:1] <= "9"):
            return _make(Amount, (index, after + 1, start, end, quantity, unit, quantity * unit.si, number))
        measure = _make(Measure, (index, after + 1, start, end, number, quantity, unit, quantity * unit.si))
    measure = join_smaller(text, measure or make_measure(text, number, read_unit_after(text, number)))
    return Amount(index, *measure[1:4], *measure[5:8], number)

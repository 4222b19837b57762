"""Words by which a text speaks of somebody who may have to be protected, or of a subject: where they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Set
from typing import NamedTuple

from processors.extraction.texts import Text, Word, fold_in_place
from processors.extraction.word_lists import WordList
from processors.protection.cue_words import (
    PROTECTED_AGE,
    PROTECTED_HEAD,
    PROTECTED_PHRASE,
    PROTECTED_WORD,
    SUBJECT_HEAD,
    SUBJECT_PHRASE,
    SUBJECT_WORD,
)

__all__ = ["Cues", "Span", "gap", "may_speak_of_protected", "read_cues", "word_at"]

_AGE_BEHIND = re.compile(r"[- ]?(?:a|y|m)")
_SHORTENED = "Sr Sra Srta Dr Dra Lic Ing Mr Mrs Ms Ma Gpe Fco Jr St Gral Cap Prof"
_SENTENCE = re.compile(
    r"[.!?;\n](?<![\s.(][A-ZÁÉÍÓÚÑ]\.)(?<!^[A-Z]\.)"
    + "".join(rf"(?<!\b{word}\.)" for word in _SHORTENED.split())
    + r"[\"”'’»)]{0,3}\s{0,8}(?<=\s)(?:(?=[^\sa-zß-öø-ÿ])|(?<=;\s))"
)
"""Where a sentence or line ends and no small letter follows, or a semicolon stands; the full stop of an initial or a
title ends none. One set of signs comes first: as alternatives it took twice the time.
"""
_MOST_SEEN = 65_536
"""Words whose kind is kept; about 6 MB."""
_LONGEST_PHRASE = 40
"""Characters; a phrase is looked for this far around its head."""
_LONGEST_AGE = 20
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[a-zA-Z]+")
"""The same in a folded text of ASCII, in half the time."""


class Span(NamedTuple):
    """Where a word or phrase stands."""

    start: int
    end: int


class _Family:
    """Cues of one kind: single words, and phrases, looked for around their heads.

    Each word is judged when it is first seen; from then on the cues are a list as any other.
    """

    def __init__(self, words: str, heads: str, phrases: str, ages: str) -> None:
        self._word = re.compile(words).fullmatch
        self._head = re.compile(heads).fullmatch
        self._phrase = re.compile(phrases)
        self._age = re.compile(ages)
        self._seen: set[str] = set()
        self._list = WordList()
        self._kinds: dict[str, bool] = {}
        """The words of the list: true for cues, false for heads of phrases."""

    def find(self, text: Text) -> list[Span]:
        """The spans in order; of words and phrases that overlap, each."""
        if not self._seen.issuperset(text.vocabulary):
            self._judge(text.vocabulary)
        places = text.find_listed(self._list)
        if not places:
            return []
        spans: dict[tuple[int, int], None] = {}
        words, kinds = text.words, self._kinds
        for at in places:
            word, start, end = words[at]
            if kinds[word]:
                spans[start, end] = None
            elif not word[0].isdigit():
                start, end = max(start - _LONGEST_PHRASE, 0), end + _LONGEST_PHRASE
                for match in self._phrase.finditer(text.plain, start, end):
                    spans[match.span()] = None
            elif _may_be_age(text.plain, start, end):
                start, end = max(start - _LONGEST_AGE, 0), end + _LONGEST_AGE
                if _may_hold_age(text.plain[start:end]):
                    for match in self._age.finditer(text.plain, start, end):
                        spans[match.span()] = None
        return [tuple.__new__(Span, span) for span in sorted(spans)]

    def stands_in(self, words: list[str]) -> bool:
        """Whether a cue or a head of a phrase is among the words."""
        seen, kinds = self._seen, self._kinds
        if not all(word in seen for word in words):
            self._judge(frozenset(words))
        return any(word in kinds for word in words)

    def _judge(self, words: Set[str]) -> None:
        """Learn the words that were not seen before."""
        if len(self._seen) + len(words) > _MOST_SEEN:
            self._seen.clear()
            self._kinds.clear()
            self._list.clear()
        unseen = words - self._seen
        self._seen |= unseen
        told = {word: True if self._word(word) else False if self._head(word) else None for word in unseen}
        if cues := {word: kind for word, kind in told.items() if kind is not None}:
            self._kinds |= cues
            self._list.add(cues)


_PROTECTED = _Family(PROTECTED_WORD, PROTECTED_HEAD, PROTECTED_PHRASE, PROTECTED_AGE)
_SUBJECT = _Family(SUBJECT_WORD, SUBJECT_HEAD, SUBJECT_PHRASE, r"(?!)")


class Cues:
    """What a text says of whom it speaks: `protected` are the words of people who may have to be protected, `subjects`
    those of subjects of the case; the sentences, in which they count.
    """

    def __init__(self, text: Text) -> None:
        self.protected = _PROTECTED.find(text)
        self._text = text
        self._subjects: list[Span] | None = None
        self._ends: list[int] | None = None
        """Where sentences end; `_starts`: where the next ones begin."""
        self._starts: list[int] = []

    @property
    def subjects(self) -> list[Span]:
        """Words by which the text says that somebody is a subject; looked for when a name asks."""
        if self._subjects is None:
            self._subjects = _SUBJECT.find(self._text)
        return self._subjects

    def sentence(self, start: int, end: int) -> Span:
        """The sentence, or the sentences, that `start` to `end` lies in."""
        ends = self._all_breaks()
        before, after = bisect_right(self._starts, start) - 1, bisect_left(ends, end)
        begin = self._starts[before] if before >= 0 else 0
        return _new_span(begin, ends[after] if after < len(ends) else len(self._text.plain))

    def sentence_before(self, sentence: Span) -> Span:
        """The sentence before one that is not the first."""
        ends, starts = self._all_breaks(), self._starts
        at = bisect_left(starts, sentence[0])
        return _new_span(starts[at - 1] if at else 0, ends[at])

    def _all_breaks(self) -> list[int]:
        """What `_SENTENCE` finds in the whole text, looked for between words alone: 5 us for 300 characters instead
        of 12.

        It finds nothing else: it begins with a sign that is no letter or digit, goes on over quotes and blanks, which
        are none either and fold to none, and ends behind a blank. No word has such a sign before a blank. What may
        follow is one character more. A sign alone ends a sentence only if it is the end of a line.
        """
        if self._ends is None:
            text = self._text
            raw, words, starts = text.raw, text.words, self._starts
            ends: list[int] = []
            for at, gap in enumerate(text.gaps):
                size = len(gap)
                if size < 2 and gap != "\n":
                    continue
                if "." in gap or "\n" in gap or ";" in gap or "?" in gap or "!" in gap:
                    begin = words[at - 1][2] if at else 0
                    for match in _SENTENCE.finditer(raw, begin, begin + size + 1):
                        ends.append(match.start())
                        starts.append(match.end())
            self._ends = ends
        return self._ends

    def protected_in(self, sentence: Span) -> list[Span]:
        """The protected cues of a sentence."""
        return _within(self.protected, sentence)

    def subjects_in(self, sentence: Span) -> list[Span]:
        """The subject cues of a sentence."""
        return _within(self.subjects, sentence)


def read_cues(text: Text) -> Cues:
    """The cues of a text."""
    return Cues(text)


def may_speak_of_protected(raw: str) -> bool:
    """Whether a short text may have a cue of people who may have to be protected: told without reading it."""
    plain = fold_in_place(raw)
    return _PROTECTED.stands_in((_ASCII_LETTERS if plain.isascii() else _LETTERS).findall(plain))


def _may_be_age(plain: str, start: int, end: int) -> bool:
    """Whether a phrase may stand around this number: most numbers are none, and looking closer takes 4 us each."""
    before = plain[max(start - 2, 0) : start]
    return "," in before or before[-1:] == "(" or before in {"e ", "d "} or _AGE_BEHIND.match(plain, end) is not None


def _may_hold_age(plain: str) -> bool:
    """Whether `PROTECTED_AGE` may find anything: all that it finds has one of these in it. Few numbers have one near,
    though many stand before a word with the same first letter ("9 mm").
    """
    return (
        "," in plain
        or "(" in plain
        or "anos" in plain
        or "year" in plain
        or "yo" in plain
        or "y/o" in plain
        or "age" in plain
        or "month" in plain
        or "meses" in plain
    )


def gap(span: Span, start: int, end: int) -> int:
    """Characters between a span and what stands at `start` to `end`."""
    return start - span.end if span.end <= start else max(span.start - end, 0)


def word_at(words: list[Word], start: int) -> int:
    """The place of the first word that begins at `start` or behind it. As `bisect_left` with a key, but past its calls
    of Python.
    """
    first, last = 0, len(words)
    while first < last:
        middle = (first + last) // 2
        if words[middle][1] < start:
            first = middle + 1
        else:
            last = middle
    return first


def _within(spans: list[Span], sentence: Span) -> list[Span]:
    if not spans:
        return spans
    # A span comes after the tuple of its beginning alone.
    start, end = sentence
    return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]


def _new_span(start: int, end: int) -> Span:
    # Past the named tuple's own constructor.
    made: Span = tuple.__new__(Span, (start, end))
    return made

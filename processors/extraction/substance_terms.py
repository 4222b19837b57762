"""The terms of substances in the words that a `Text` is cut into, and how they are looked up; built once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from processors.extraction.word_lists import WordList
from processors.reference import Reference
from processors.reference.substances import CONTEXTS, Meaning, SubstanceTable

__all__ = ["DRUG", "NAMING", "NONE", "UNIT", "Index", "Term", "Terms", "build_index"]

NONE, UNIT, DRUG, NAMING = range(len(CONTEXTS))
"""What a term needs around it (`CONTEXTS`)."""
_TOKEN = re.compile(r"\d+|[a-z]+")
_DIGITS_THEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")


class Term(NamedTuple):
    """A name or slang term as a run of words; `anchor` is the place of the word by which it is looked up."""

    words: tuple[str, ...]
    anchor: int
    is_tight: bool
    rule: str
    readings: tuple[tuple[Meaning, int], ...]
    mark: str | None


class Terms(NamedTuple):
    """Terms by the word that they are looked up by, and those of several words by two words that stand together."""

    anchors: WordList
    single: Mapping[str, Term]
    pairs: Mapping[tuple[str, str], tuple[Term, ...]]


class Index(NamedTuple):
    usual: Terms
    named: Terms
    """With the terms that need to be named too."""
    naming_cues: frozenset[tuple[str, ...]]
    says_name: tuple[str, ...]
    drug_words: frozenset[str]
    pill_words: frozenset[str]
    unit_words: frozenset[str]
    cue_words: frozenset[str]
    cues: WordList
    """The same, looked for in the whole text."""
    leading: WordList


@lru_cache(maxsize=4)
def build_index(reference: Reference) -> Index:
    """The index of a reference; cached."""
    table = reference.commodities.table
    terms = list(_terms(table))
    usual = [term for term in terms if term.mark or any(needed < NAMING for _, needed in term.readings)]
    drugs = {
        _TOKEN.findall(name)[-1]
        for name, (_, substance) in table.plain.items()
        if substance == "unspecified" or table.rows[substance].role in {"drug", "adulterant"}
    }
    drugs = {word for word in drugs if not word.isdigit() and len(word) > 2}
    cue_words = table.words["cue_words"] - {"propias", "similares"}
    return Index(
        _group(usual),
        _group(terms),
        frozenset(tuple(cue.split()) for cue in table.words["naming_cues"]),
        tuple(sorted({cue[:7] for cue in table.words["naming_cues"]})),
        frozenset(drugs),
        table.words["pill_words"],
        table.words["unit_words"],
        cue_words,
        WordList(cue_words),
        WordList(table.words["mark_leading"]),
    )


def _group(terms: Sequence[Term]) -> Terms:
    pairs: dict[tuple[str, str], list[Term]] = {}
    for term in terms:
        if len(term.words) > 1:
            left = max(term.anchor - 1, 0)
            pairs.setdefault((term.words[left], term.words[left + 1]), []).append(term)
    return Terms(
        WordList(term.words[term.anchor] for term in terms),
        {term.words[0]: term for term in terms if len(term.words) == 1},
        {pair: tuple(those) for pair, those in pairs.items()},
    )


def _terms(table: SubstanceTable) -> Iterator[Term]:
    for name, meaning in table.plain.items():
        yield from _make_terms(name, "name", ((meaning, NONE),), None)
    for name, meaning in table.everyday.items():
        yield from _make_terms(name, "name_in_context", ((meaning, UNIT),), None)
    for name, readings in table.slang.items():
        if name in table.everyday or name in table.field_only:
            continue
        # The same term in both languages is one term; its readings keep their own needs.
        needs = tuple(dict.fromkeys((reading.meaning, reading.context) for reading in readings))
        yield from _make_terms(name, "slang", needs, name.upper() if name in table.marks else None)
    for name, meanings in table.marks.items():
        if name not in table.slang:
            yield from _make_terms(name, "pill_mark", tuple((one, NAMING) for one in meanings), name.upper())


def _make_terms(name: str, rule: str, readings: tuple[tuple[Meaning, int], ...], mark: str | None) -> Iterator[Term]:
    """The term in the words that a `Text` is cut into: "1 4 butanediol" is written "1,4-butanediol"."""
    for written in dict.fromkeys((name, _DIGITS_THEN_DIGITS.sub(",", name))):
        words = tuple(token for part in written.split() for token in ([part] if "," in part else _TOKEN.findall(part)))
        if not words:
            continue
        anchor = max(range(len(words)), key=lambda place: (len(words[place]), words[place].isalpha()))
        short = all(len(word) < 4 for word in words)
        is_tight = short and any(word[0].isdigit() for word in words)
        yield Term(words, anchor, is_tight, rule, readings, mark)

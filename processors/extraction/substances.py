"""Substances that a text names: by their names, by slang where the context allows it, and marks on pills."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from processors.extraction.substance_terms import DRUG, NAMING, NONE, UNIT, Index, Term, Terms, build_index
from processors.extraction.texts import Text, Word
from processors.reference import Reference
from streams.reports import Commodity

__all__ = ["FoundSubstance", "find_substances"]

_LINKS = re.compile(r"""[\s,;/("']*(?:(?:y|e|o|u|and|or|de|of)\b)?[\s/("']*(?:(?:la|el|las|los|the|tipo)\b)?[\s"']*""")
"""What may stand between the parts of a list of drugs: "heroína, cristal y marihuana", "cocaine/crystal"."""
_EXPLAINS = re.compile(r"""\s*(?:[/("']+|,?\s*(?:o|or)\b)[\s"']*""")
"""What stands between a drug and another name of it: "metanfetamina (hielo)", "methamphetamine or ice"."""
_MARK = re.compile(r"""[\s"'(]*([A-Z]{1,3})[ -]?(\d{1,3})(?![\w.,]*\d)(?=["')\s.,;]|$)""")
_ADJOINING = frozenset({"de", "of", "del", "la", "las", "los", "el", "the"})
_ENDS = frozenset(".!?\n")
_REACH = 12
"""Words of a sentence that are looked at on either side."""


class FoundSubstance(NamedTuple):
    """A substance that a text names; `start` and `end` are offsets in `Text.raw`.

    `rule`: `name`, `name_in_context` (a name that is an everyday word too), `slang`, `slang_in_context` or `pill_mark`.
    `substance` is None where it may mean several: those are the `candidates`; `commodity` too, unless they share it.
    `presumptive`: the text says that it is only suspected, or it is the mark of pills that are often counterfeit;
    `mark` is a pill mark in its normal form (`M30`).
    """

    start: int
    end: int
    rule: str
    as_written: str
    commodity: Commodity | None
    substance: str | None
    candidates: tuple[str, ...] = ()
    presumptive: bool = False
    mark: str | None = None


class _Match:
    __slots__ = ("first", "last", "term")

    def __init__(self, first: int, last: int, term: Term) -> None:
        self.first = first
        self.last = last
        self.term = term


def find_substances(text: Text, reference: Reference) -> list[FoundSubstance]:
    """The substances that a text names, in order and without overlaps.

    A name counts wherever it stands. Slang counts where it has no other meaning, or where its context is there: an
    amount or a drug beside it, or words that say that it is a drug's name. Two possible meanings stay candidates.
    """
    index = build_index(reference)
    plain = text.plain
    # 1,500 terms are everyday words ("black", "work") that only a naming cue makes a drug's: without one they stay out
    # of the look-up (5 kB of English: 404 us with them, 110 without).
    terms = index.named if any(cue in plain for cue in index.says_name) else index.usual
    hits = text.find_listed(terms.anchors)
    found: list[FoundSubstance] = []
    if hits:
        matches = _longest(_matches(text, hits, terms))
        context = _Context(text, index, [match for match in matches if match.term.rule == "name"])
        found = [one for match in matches if (one := _decide(match, text, context)) is not None]
    if text.find_listed(index.leading) and (
        "pill" in plain or "tablet" in plain or "pastilla" in plain or "comprimid" in plain
    ):
        taken = {one.start for one in found if one.mark}
        found += [one for one in _unknown_marks(text, index) if one.start not in taken]
        found.sort(key=_start_of)
    return found


def _matches(text: Text, hits: Sequence[int], terms: Terms) -> list[_Match]:
    words, plain = text.words, text.plain
    found: list[_Match] = []
    single, pairs = terms.single, terms.pairs
    last_word = len(words) - 1
    for at in hits:
        word = words[at][0]
        if word in single and _stands_alone(words[at].start, words[at].end, plain):
            found.append(_Match(at, at, single[word]))
        beside = pairs.get((words[at - 1][0], word), ()) if at else ()
        if at < last_word:
            beside += pairs.get((word, words[at + 1][0]), ())
        for term in beside:
            first = at - term.anchor
            last = first + len(term.words) - 1
            if first < 0 or last > last_word:
                continue
            run = words[first : last + 1]
            if (
                tuple([one[0] for one in run]) == term.words
                and _hangs_together(run, plain, term.is_tight)
                and _stands_alone(run[0].start, run[-1].end, plain)
            ):
                found.append(_Match(first, last, term))
    return found


def _hangs_together(words: Sequence[Word], plain: str, is_tight: bool) -> bool:
    for left, right in pairwise(words):
        gap = plain[left.end : right.start]
        if is_tight:
            if gap not in {"", "-"}:
                return False
        elif gap not in {" ", "-", "", "'", "\n", ",", ", ", "- ", " & "}:
            return False
    return True


def _stands_alone(start: int, end: int, plain: str) -> bool:
    # M30 is cut into words at the digit: 2M30 and M30X are other marks.
    return not (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum())


def _longest(matches: list[_Match]) -> list[_Match]:
    """Without overlaps: the longer one, then the one of a name."""
    if len(matches) > 1:
        matches.sort(key=_order)
    kept: list[_Match] = []
    for match in matches:
        if kept and match.first <= kept[-1].last:
            if match.last - match.first > kept[-1].last - kept[-1].first:
                kept[-1] = match
            continue
        kept.append(match)
    return kept


def _start_of(one: FoundSubstance) -> int:
    return one.start


def _order(match: _Match) -> tuple[int, int, bool]:
    return match.first, -match.last, match.term.rule != "name"


def _decide(match: _Match, text: Text, context: "_Context") -> FoundSubstance | None:
    term, words = match.term, text.words
    start, end = words[match.first].start, words[match.last].end
    rule = term.rule
    if rule == "name":
        commodity, substance = term.readings[0][0]
        if substance == "unspecified":
            return None
        doubt = context.may_doubt and context.is_suspected(match)
        # Past the named tuple's own constructor.
        made = (start, end, rule, text.raw[start:end], commodity, substance, (), doubt, None)
        found: FoundSubstance = tuple.__new__(FoundSubstance, made)
        return found
    needed = min(context_needed for _, context_needed in term.readings)
    strength = context.strength(match) if needed else NONE
    if strength < needed:
        return None
    meanings = tuple(dict.fromkeys(meaning for meaning, least in term.readings if least <= max(strength, needed)))
    if rule == "slang" and needed:
        rule = "slang_in_context"
    presumptive = term.mark is not None or (context.may_doubt and context.is_suspected(match))
    as_written = text.raw[start:end]
    if len(meanings) > 1:
        commodities = {commodity for commodity, _ in meanings}
        shared = commodities.pop() if len(commodities) == 1 else None
        candidates = tuple([substance for _, substance in meanings])
        return FoundSubstance(start, end, rule, as_written, shared, None, candidates, presumptive, term.mark)
    commodity, substance = meanings[0]
    return FoundSubstance(start, end, rule, as_written, commodity, substance, (), presumptive, term.mark)


def _may_doubt(plain: str) -> bool:
    """Whether there may be a word of doubt; spelt out, a loop takes twice as long."""
    return (
        "suspect" in plain
        or "presum" in plain
        or "presun" in plain
        or "probable" in plain
        or "posible" in plain
        or "caracteristicas" in plain
    )


class _Context:
    """What stands around a term; asked for terms that need it alone."""

    def __init__(self, text: Text, index: Index, sure: list[_Match]) -> None:
        """`sure` are the matches that need no context."""
        self.may_doubt = bool(text.find_listed(index.cues))
        """Whether a word of doubt stands anywhere: in few texts."""
        self._words = text.words
        self._plain = text.plain
        self._index = index
        self._sure = sure
        self._firsts = [match.first for match in sure]

    def strength(self, match: _Match) -> int:
        """How much the context says that the term is a drug (index in `CONTEXTS`)."""
        mark = match.term.mark is not None or match.term.rule == "pill_mark"
        if self._is_named(match):
            return NAMING
        if mark and self._in_sentence(match, self._index.pill_words):
            return NAMING
        near = self._neighbours(match)
        if any(_EXPLAINS.fullmatch(gap) for gap in near):
            return DRUG
        amount = self._amount_before(match)
        if amount and self._has_drug(match):
            return DRUG
        return UNIT if amount or any(_LINKS.fullmatch(gap) for gap in near) else NONE

    def is_suspected(self, match: _Match) -> bool:
        """Whether a word of doubt stands right before ("suspected", "con características de", "probable")."""
        start = self._words[match.first].start
        before = self._plain[max(start - 80, 0) : start]
        if not _may_doubt(before):
            return False
        cues = self._index.cue_words
        for at in range(match.first - 1, max(match.first - 6, -1), -1):
            if self._breaks(at):
                return False
            if self._words[at].plain in cues:
                return True
        return False

    def _neighbours(self, match: _Match) -> list[str]:
        """The signs between the term and the drugs named right before and after it."""
        place = bisect_left(self._firsts, match.first)
        gaps = []
        if place:
            before = self._sure[place - 1]
            if match.first - before.last <= 4:
                gaps.append(self._plain[self._words[before.last].end : self._words[match.first].start])
        if place < len(self._sure):
            after = self._sure[place]
            if after.first - match.last <= 4:
                gaps.append(self._plain[self._words[match.last].end : self._words[after.first].start])
        return gaps

    def _amount_before(self, match: _Match) -> bool:
        at = match.first - 1
        while at >= 0 and match.first - at <= 3 and self._words[at].plain in _ADJOINING:
            at -= 1
        if at < 0 or self._breaks(at):
            return False
        word = self._words[at].plain
        if word in self._index.pill_words and at == match.first - 1:
            # "Pastillas azules" says their colour.
            return False
        return word in self._index.unit_words or (at == match.first - 1 and word[0].isdigit())

    def _is_named(self, match: _Match) -> bool:
        at = match.first - 1
        if at >= 0 and self._words[at].plain in _ADJOINING:
            at -= 1
        for cue in self._index.naming_cues:
            begin = at - len(cue) + 1
            if begin >= 0 and all(self._words[begin + place].plain == word for place, word in enumerate(cue)):
                reach = _Match(begin, begin, match.term)
                return self._has_drug(reach, 5, 0) or self._in_sentence(reach, self._index.pill_words, 5, 0)
        return False

    def _has_drug(self, match: _Match, before: int = _REACH, after: int = _REACH) -> bool:
        return self._in_sentence(match, self._index.drug_words, before, after)

    def _in_sentence(self, match: _Match, wanted: frozenset[str], before: int = _REACH, after: int = _REACH) -> bool:
        for at in range(match.first - 1, max(match.first - before - 1, -1), -1):
            if self._breaks(at):
                break
            if self._words[at].plain in wanted:
                return True
        for at in range(match.last + 1, min(match.last + after + 1, len(self._words))):
            if self._breaks(at - 1):
                break
            if self._words[at].plain in wanted:
                return True
        return False

    def _breaks(self, at: int) -> bool:
        """Whether a sentence ends between word `at` and the next."""
        if at + 1 >= len(self._words):
            return False
        gap = self._plain[self._words[at].end : self._words[at + 1].start]
        return len(gap) > 1 and not _ENDS.isdisjoint(gap)


def _unknown_marks(text: Text, index: Index) -> Iterator[FoundSubstance]:
    """Marks that are in no list, right after "marked", "stamped", "con la leyenda"."""
    words = text.words
    for at in text.find_listed(index.leading):
        end = words[at].end
        if at + 1 < len(words) and words[at + 1].plain in {"with", "con", "as", "como", "on"}:
            end = words[at + 1].end
            if at + 2 < len(words) and words[at + 2].plain in {"the", "la", "el"}:
                end = words[at + 2].end
        if match := _MARK.match(text.raw, end):
            start = match.start(1)
            mark = match[1] + match[2]
            yield FoundSubstance(
                start, match.end(2), "pill_mark", text.raw[start : match.end(2)], None, None, mark=mark
            )

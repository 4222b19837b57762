"""Seizure mentions of an English text: sentences with a word of seizing and a good, and what governs their phrases.

The steps: `english_numbers` reads the amounts of a sentence, `english_goods` its goods, `english_phrases` what is
counted, `english_scope` which of it was seized, sold, arrested or rescued, `english_arrests` single persons,
`english_context` period and agency, `english_places` the place.
"""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from processors.extraction.english_arrests import find_arrested
from processors.extraction.english_context import (
    Totality,
    adds,
    names_period,
    read_totality,
    tells_many_cases,
)
from processors.extraction.english_doubts import find_doubts
from processors.extraction.english_events import read_events
from processors.extraction.english_lay import accept_lying, tells_search, tells_where
from processors.extraction.english_marks import (
    HEAD_WORDS,
    IN_ARREST,
    IN_CASES,
    IN_DAYS,
    IN_EVENT,
    IN_HAVE,
    IN_HEAD,
    IN_HELD,
    IN_LAY,
    IN_NUMBER,
    IN_OPENER,
    IN_PERIOD,
    IN_SEARCH,
    IN_SPENT,
    IN_SUMMING,
    IN_UNTESTED,
    Clause,
    Marks,
    mark_text,
)
from processors.extraction.english_markup import without_markup
from processors.extraction.english_numbers import read_amounts
from processors.extraction.english_parts import drop_parts, is_part, tells_among
from processors.extraction.english_phrases import DRUGS, Phrase, Told, find_phrases
from processors.extraction.english_scope import Sentence, accept_phrases
from processors.extraction.english_sentences import split_sentences
from processors.extraction.english_where import Whereabouts
from processors.extraction.lexicon import GoodsAt
from processors.extraction.mention import Mention
from processors.extraction.texts import Text
from processors.reference import Reference
from streams.text_facts import MentionCommodity, MentionUnit

__all__ = ["find_english_mentions"]

_CASE_STEMS = ("operation", "investigation", "cases", "indictments", "effort")
_HANDED_IN = re.compile(r"\bbuy-?backs?\b|\bgift cards?\b|\bno questions asked\b|\bturned in (?:more than )?\d")
_ARMS = frozenset({"firearm", "ammunition", "magazine"})
_NEW: Callable[..., Any] = tuple.__new__
"""Past the named tuple's own constructor and `_replace`: 2 us a mention."""
_Amount = tuple[float | None, MentionUnit | None, float | None, bool, bool]
_OF_TIME = IN_PERIOD | IN_CASES | IN_DAYS | IN_HAVE
_NO_TIME = Totality(False, False, False)
_IN_BRACKET = re.compile(r"[a-z ]{0,20} \((?:[a-z]+ ){0,3}")
_BY_START = itemgetter(0)
_BULLETS = frozenset({"bullet", "bullets"})
_LONGEST = 400
"""Words: 3,000 arrests in one sentence took two minutes. Seven in ten thousand sentences have more than 200."""


def find_english_mentions(text: Text, reference: Reference) -> list[Mention]:
    """The seizure mentions of an English text in order; [] at once where no word of seizing or arresting stands."""
    if text.vocabulary.isdisjoint(HEAD_WORDS):
        return []
    bare = without_markup(text)
    reader = _TextReader(bare, mark_text(bare, reference))
    for first, after, start, end in split_sentences(bare):
        if after - first <= _LONGEST:
            reader.read_sentence(first, after, start, end)
        else:
            for piece in _cut(bare, first, after, start, end):
                reader.read_sentence(*piece)
    mentions = drop_parts(reader.mentions, reader.parts)
    if bare is text:
        return mentions
    return [one._replace(text=text.raw[one.start : one.end]) for one in mentions]


def _cut(text: Text, first: int, after: int, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """A sentence in pieces of `_LONGEST` words: each phrase looks at all others of its sentence."""
    cuts = [*range(first, after, _LONGEST), after]
    at = [start, *(text.words[cut].start for cut in cuts[1:-1]), end]
    return list(zip(cuts, cuts[1:], at, at[1:], strict=False))


class _TextReader:
    """The sentences of one text in order, and what a sentence takes over from those before it."""

    def __init__(self, text: Text, marks: Marks) -> None:
        self.text, self.marks, self.known = text, marks, marks.goods
        self.mentions: list[Mention] = []
        self.seen: set[tuple[str, float]] = set()
        """Amounts above one that were given: the same figure repeated counts once."""
        self.arrested: set[str | None] = set()
        self.carried = False
        self.handed_in = (
            [match.start() for match in _HANDED_IN.finditer(text.plain)] if "guns" in text.vocabulary else []
        )
        self.searched = False
        """Whether the sentence before gave goods that were seized."""
        self.told = Told()
        self.parts: set[int] = set()
        """Where amounts begin that divide an earlier one."""
        self.earlier: list[Clause] = []
        """The sentences so far."""
        self.where = Whereabouts(text, marks, self.earlier)
        self.next_hit = 0
        self.cases: bool | None = None
        """Whether the text has a word of cases at all; looked for when one is needed."""

    def read_sentence(self, first: int, after: int, start: int, end: int) -> None:
        """Add the mentions of one sentence."""
        clause = self.marks.cut(first, after, start, end)
        hits = self._take_hits(after)
        found: list[Mention] = []
        if clause.bits & IN_HEAD:
            found = self._read_goods(hits, clause)
        searched = self.searched
        if clause.bits & IN_HEAD:
            self.searched = bool(found) or tells_search(self.text, self.marks.find(clause, IN_SEARCH), end)
        sum_or_goods = hits or self.text.plain.find("$", start, end) >= 0
        if searched and not found and sum_or_goods and self._tells_where(clause):
            found = self._read_goods(hits, clause, lying=True)
            self.searched = self.searched or bool(found)
        if clause.bits & IN_HEAD and clause.bits & IN_ARREST:
            found += self._read_arrested(clause, found)
        if found:
            self._add(found)
        if clause.bits & IN_CASES and not self.carried and self._has_cases():
            self.carried = tells_many_cases(self.text, start, end)
        for hit in hits:
            word = hit.word
            if word.commodity in DRUGS and word.commodity != "drugs_unspecified":
                self.told.drugs.add((word.commodity, word.substance))
        self.earlier.append(clause)

    def _tells_where(self, clause: Clause) -> bool:
        return tells_where(self.text, self.marks.find(clause, IN_LAY), clause.start, clause.end)

    def _has_cases(self) -> bool:
        if self.cases is None:
            self.cases = any(stem in self.text.plain for stem in _CASE_STEMS)
        return self.cases

    def _take_hits(self, after: int) -> list[GoodsAt]:
        """The goods before word `after` that no sentence had."""
        known, first = self.known, self.next_hit
        at, count = first, len(known)
        while at < count and known[at].first < after:
            at += 1
        self.next_hit = at
        return known[first:at]

    def _add(self, found: list[Mention]) -> None:
        """The mentions of a sentence."""
        if len(found) > 1:
            found.sort(key=_BY_START)
        self.mentions += found
        for one in found:
            self.told.given.add(one.commodity)

    def _read_goods(self, hits: list[GoodsAt], clause: Clause, lying: bool = False) -> list[Mention]:
        text, marks = self.text, self.marks
        first, after, start, end, bits = clause.first, clause.after, clause.start, clause.end, clause.bits
        if not hits and not bits & IN_ARREST and text.plain.find("$", start, end) < 0:
            return []
        amounts = read_amounts(text, marks.find(clause, IN_NUMBER), first, after)
        phrases = find_phrases(text, hits, amounts, first, after, self.told, bits & IN_ARREST != 0)
        if not phrases:
            return []
        events = read_events(text, marks.find(clause, IN_EVENT), first, after, amounts)
        sentence = Sentence(text, first, after, events, bits & IN_SUMMING != 0)
        accepted = accept_lying(sentence, phrases) if lying else accept_phrases(sentence, phrases)
        if not accepted:
            return []
        carried = self.carried
        if not carried and self.earlier and adds(text, first, start):
            carried = names_period(text, self.earlier[-1].start, self.earlier[-1].end)
        totality = self._read_totality(clause)
        found: list[Mention] = []
        among = tells_among(text.plain, start, end) if self.mentions else False
        for phrase in _whole_ones(accepted):
            if self.handed_in and phrase.commodity in _ARMS and self._is_handed_in(start):
                continue
            if bits & IN_SPENT and phrase.commodity == "ammunition" and text.plains[phrase.after - 1] in _BULLETS:
                continue  # "nine casings and two bullets were recovered": they were fired
            if phrase.quantity is None and text.plains[phrase.first] in ("neither", "nor"):
                continue
            if found and phrase.commodity == "drugs_unspecified" and _is_bracketed(text, found[-1].end, phrase):
                phrase = phrase._replace(commodity=found[-1].commodity, substance=found[-1].substance)
            said = text.plain[phrase.start : phrase.end]
            if self.mentions and is_part(said, phrase.commodity, phrase.quantity, among, self.mentions):
                self.parts.add(phrase.start)
            if phrase.qty_si is not None and phrase.qty_si > 1:
                key = (phrase.commodity, phrase.qty_si)
                if key in self.seen and not _is_apart(phrase, said, found):
                    continue
                self.seen.add(key)
            total = totality.is_total(phrase.quantity, carried) or phrase.stock
            doubt = find_doubts(text, phrase) if bits & IN_UNTESTED else phrase.doubt
            found.append(self._make(clause, phrase, total, doubt))
        return found

    def _make(self, clause: Clause, phrase: Phrase, cumulative: bool, doubt: tuple[str, ...]) -> Mention:
        _, _, start, end, commodity, substance, quantity, unit, qty_si, rough, _, _, rule, _, _ = phrase
        amount = (quantity, unit, qty_si, rough, cumulative)
        return self._place(clause, start, end, commodity, amount, rule, substance, doubt)

    def _place(
        self,
        clause: Clause,
        start: int,
        end: int,
        commodity: MentionCommodity,
        amount: _Amount,
        rule: str,
        substance: str | None = None,
        doubt: tuple[str, ...] = (),
    ) -> Mention:
        """A mention with its place and agency."""
        quantity, unit, qty_si, rough, cumulative = amount
        site, agency = self.where.find_site(clause, end, cumulative), self.where.find_agency(clause)
        place, state = (None, None) if site is None else (site.place, site.state)
        raw = self.text.raw[start:end]
        made: Mention = _NEW(Mention, (
            start, end, raw, commodity, quantity, unit, qty_si, rough, cumulative, place, state, agency, rule,
            substance, doubt,
        ))  # fmt: skip
        return made

    def _read_totality(self, clause: Clause) -> Totality:
        bits = clause.bits
        if not bits & _OF_TIME:
            return _NO_TIME
        return read_totality(
            self.text,
            clause.start,
            clause.end,
            bits & IN_PERIOD != 0,
            self.marks.find(clause, IN_OPENER),
            bits & IN_CASES != 0,
            bits & IN_DAYS != 0,
            self.marks.find(clause, IN_HAVE),
        )

    def _is_handed_in(self, start: int) -> bool:
        """Whether the paragraph tells of arms that were turned in: nobody seized them."""
        before, after = self.text.raw.rfind("\n\n", 0, start), self.text.raw.find("\n\n", start)
        return any(before < at and (after < 0 or at < after) for at in self.handed_in)

    def _read_arrested(self, clause: Clause, found: list[Mention]) -> list[Mention]:
        """Single persons arrested, unless the sentence counted them; a name once a text, "he" only without a name."""
        if any(mention.commodity == "person_detained" for mention in found):
            return []
        named_before = bool(self.arrested)
        persons: list[Mention] = []
        for one in find_arrested(self.text, self.marks.find(clause, IN_HELD), clause.start, clause.end):
            if one.named in self.arrested or (one.named is None and named_before):
                continue
            if one.plural and any(mention.commodity == "person_detained" for mention in self.mentions):
                continue
            self.arrested.add(one.named)
            count = None if one.plural else 1.0
            amount: _Amount = (count, "person", count, False, False)
            persons.append(self._place(clause, one.start, one.end, "person_detained", amount, one.rule))
        return persons


def _is_bracketed(text: Text, end: int, phrase: Phrase) -> bool:
    """Whether pills stand in a bracket right behind a drug: "16 kilograms of fentanyl (some 160,000 tablets)"."""
    return phrase.unit == "pill" and _IN_BRACKET.fullmatch(text.plain, end, phrase.start) is not None


def _whole_ones(phrases: list[Phrase]) -> list[Phrase]:
    """Without those that are the beginning of another: "640 rounds" of "640 rounds of assorted ammunition"."""
    if len(phrases) == 1:
        return phrases
    ends: dict[tuple[int, str], int] = {}
    for one in phrases:
        key = one.first, one.commodity
        ends[key] = max(one.after, ends.get(key, 0))
    return [one for one in phrases if ends[one.first, one.commodity] == one.after]


def _is_apart(phrase: Phrase, said: str, found: list[Mention]) -> bool:
    """Whether an amount given before is another thing of this sentence: "two pistols and two rifles"."""
    return phrase.unit != "person" and any(
        one.commodity == phrase.commodity and one.quantity == phrase.quantity and one.text.lower() != said
        for one in found
    )

"""Seizure mentions of an English text: sentences with a word of seizing and a good, and what governs their phrases.

The steps: `english_numbers` reads the amounts of a sentence, `english_goods` its goods, `english_phrases` what is
counted, `english_scope` which of it was seized, sold, arrested or rescued, `english_arrests` single persons,
`english_context` period, place and agency.
"""

import re
from bisect import bisect_left

from processors.extraction.english_arrests import find_arrested
from processors.extraction.english_context import (
    carries_period,
    read_agency,
    read_place,
    read_totality,
    tells_many_cases,
)
from processors.extraction.english_events import read_events
from processors.extraction.english_numbers import read_amounts
from processors.extraction.english_phrases import Phrase, find_phrases
from processors.extraction.english_scope import Sentence, accept_phrases
from processors.extraction.english_words import ARREST, TRIGGERS
from processors.extraction.lexicon import GoodsAt, build_lexicon
from processors.extraction.mention import Mention
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference import Reference

__all__ = ["find_english_mentions", "split_sentences"]

_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"“‘(\[•*–—-]*\s*[A-Z0-9$])|\n\s*\n|\n(?=\s*[•*-]?\s*[A-Z])")
_ABBREVIATIONS = word_set(
    "u.s jan feb mar apr jun jul aug sept sep oct nov dec no st mr mrs ms dr jr sr sgt lt det capt lbs oz approx"
    " vs inc co gen gov sen rep dept ave blvd rd hwy fla calif ariz tex ft mt p.m a.m d.c"
)
_HEAD_WORDS = frozenset({"arrests", "rescues", "apprehensions", "possession"}) | TRIGGERS


def split_sentences(raw: str) -> list[tuple[int, int]]:
    """The sentences of a text as characters; a line that ends with a colon, comma or semicolon goes on."""
    bounds = []
    start = 0
    for match in _END.finditer(raw):
        at = match.start()
        if raw[at] == "\n":
            before = raw[start:at].rstrip()[-1:]
            if before in ":;,-" or (match[0].count("\n") == 1 and before not in ".!?"):
                continue
        elif raw[at] == ".":
            word = raw[max(start, at - 8) : at].rsplit(None, 1)[-1].lower() if at > start else ""
            word = word.lstrip("(\"'“")
            if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
                following = raw[match.end() : match.end() + 1]
                if word not in ("lbs", "oz", "p.m", "a.m", "inc", "co") or not following.isupper():
                    continue
        bounds.append((start, match.end()))
        start = match.end()
    if start < len(raw):
        bounds.append((start, len(raw)))
    return bounds


def find_english_mentions(text: Text, reference: Reference) -> list[Mention]:
    """The seizure mentions of an English text in order; [] at once where no word of seizing or arresting stands."""
    words = text.words
    triggers = [at for at, word in enumerate(words) if word.plain in _HEAD_WORDS]
    if not triggers:
        return []
    reader = _TextReader(text, build_lexicon(reference, "en").scan(text))
    starts = [word.start for word in words]
    for start, end in split_sentences(text.raw):
        first, after = bisect_left(starts, start), bisect_left(starts, end)
        here = bisect_left(triggers, first)
        governed = here < len(triggers) and triggers[here] < after
        reader.read_sentence(first, after, start, end, governed)
    return reader.mentions


class _TextReader:
    """The sentences of one text in order, and what a sentence takes over from those before it."""

    def __init__(self, text: Text, known: list[GoodsAt]) -> None:
        self.text, self.known = text, known
        self.mentions: list[Mention] = []
        self.seen: set[tuple[str, float]] = set()
        """Amounts above one that were given: the same figure repeated counts once."""
        self.arrested: set[str | None] = set()
        self.carried = False
        self.before: tuple[int, int] | None = None
        self.next_hit = 0
        self.cases = any(
            word in text.plain for word in ("operation", "investigation", "cases", "indictments", "effort")
        )

    def read_sentence(self, first: int, after: int, start: int, end: int, governed: bool) -> None:
        """Add the mentions of one sentence; `governed`: a word of seizing stands in it."""
        from_hit = self.next_hit
        while self.next_hit < len(self.known) and self.known[self.next_hit].first < after:
            self.next_hit += 1
        if not governed and (self.carried or not self.cases):
            self.before = (start, end)
            return
        plain = {word.plain for word in self.text.words[first:after]}
        if governed:
            found = self._read_goods(self.known[from_hit : self.next_hit], first, after, start, end, plain)
            if not plain.isdisjoint(ARREST):
                found += self._read_arrested(start, end, found)
            if found:
                found.sort(key=lambda mention: mention.start)
                agency = read_agency(self.text, start, end, plain)
                place, state = read_place(self.text, start, end, plain)
                self.mentions += [one._replace(place=place, state=state, agency=agency) for one in found]
        self.carried = self.carried or tells_many_cases(self.text, start, end, plain)
        self.before = (start, end)

    def _read_goods(
        self, hits: list[GoodsAt], first: int, after: int, start: int, end: int, plain: set[str]
    ) -> list[Mention]:
        text = self.text
        if not hits and text.plain.find("$", start, end) < 0:
            return []
        amounts = read_amounts(text, first, after)
        phrases = find_phrases(text, hits, amounts, first, after)
        if not phrases:
            return []
        events = read_events(text, first, after, amounts)
        accepted = accept_phrases(Sentence(text, first, after, events), phrases)
        if not accepted:
            return []
        carried = self.carried or carries_period(text, self.before, start)
        totality = read_totality(text, start, end, plain)
        found: list[Mention] = []
        for phrase, _ in accepted:
            if phrase.qty_si is not None and phrase.qty_si > 1:
                key = (phrase.commodity, phrase.qty_si)
                if key in self.seen:
                    continue
                self.seen.add(key)
            found.append(_make(text, phrase, totality.is_total(phrase.quantity, carried)))
        return found

    def _read_arrested(self, start: int, end: int, found: list[Mention]) -> list[Mention]:
        """Single persons arrested, unless the sentence counted them; a name once a text, "he" only without a name."""
        if any(mention.commodity == "person_detained" for mention in found):
            return []
        named_before = bool(self.arrested)
        persons: list[Mention] = []
        for one in find_arrested(self.text, start, end):
            if one.named in self.arrested or (one.named is None and named_before):
                continue
            self.arrested.add(one.named)
            raw = self.text.raw[one.start : one.end]
            persons.append(
                Mention(
                    one.start,
                    one.end,
                    raw,
                    "person_detained",
                    1.0,
                    "person",
                    1.0,
                    False,
                    False,
                    None,
                    None,
                    None,
                    one.rule,
                )
            )
        return persons


def _make(text: Text, phrase: Phrase, cumulative: bool) -> Mention:
    return Mention(
        phrase.start,
        phrase.end,
        text.raw[phrase.start : phrase.end],
        phrase.commodity,
        phrase.quantity,
        phrase.unit,
        phrase.qty_si,
        phrase.approximate,
        cumulative,
        None,
        None,
        None,
        phrase.rule,
        phrase.substance,
    )

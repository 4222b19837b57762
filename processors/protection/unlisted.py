"""People whom only a text names: which of them must be taken for protected. Unsure means protected."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from processors.extraction.people import FoundPerson
from processors.extraction.readings import people_in
from processors.extraction.texts import Text
from processors.protection.beside import find_beside, is_common, is_place
from processors.protection.cues import Cues, Span, gap, may_speak_of_protected, read_cues
from processors.protection.dates import iso_days
from processors.protection.events import NameFinder, Trait, Unlisted
from processors.protection.grammar import Told, read_told
from processors.protection.offices import holds_office
from processors.protection.personal import Personal, find_personal
from processors.protection.shields import PARTICLES, name_words
from processors.reference import Reference

__all__ = ["FreeLines", "name_finder"]

_LEAST_LETTERS = 24
_ODD_SHARE = 0.6
_ASCII_SHARE = 0.75
"""Below this the letters of a text are hardly those of our two languages, and are counted one by one."""
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALLS = bytes(range(ord("a"), ord("z") + 1))


class FreeLines(NamedTuple):
    """The short free fields of a record, one a line, and the words of its address, each with a capital."""

    lines: str = ""
    address: str = ""


_LINES, _ADDRESS = FreeLines._fields
_TELLING = frozenset({"protected", "relative", "speaks"})
_LONGEST_PLACE = 2
_WITNESS = re.compile(r"testig|witness|inform|tipster|denunciante|complainant|colaborador|confidential")


def name_finder(texts: Sequence[Text], reference: Reference, lines: FreeLines | None = None) -> NameFinder:
    """The finder of one record's texts; in its short free fields a name is protected only where its own line speaks of
    people who may have to be.
    """

    def find(strict: bool, known: Sequence[str]) -> Mapping[str, Unlisted]:
        """Each name is protected that is not that of somebody listed, of an official by title, or of a subject by what
        its sentence says. Where the texts, or the record, speak of people who may have to be protected, that holds for
        everything that may be a name, and a text without the usual capitals, which can't be read so, is withheld.
        """
        odd = {text.field for text in texts if _is_oddly_written(text)}
        # Headlines in capitals are usual: names are told by their words alone.
        raised = [_with_capitals(text) if text.field in odd else text for text in texts]
        cues = {text.field: read_cues(text) for text in raised}
        cued = strict or any(one.protected for one in cues.values())
        unsure = odd - {"title"} if cued else set()
        readable = [text for text in raised if text.field not in unsure]
        for field, written in zip(FreeLines._fields, lines or FreeLines(), strict=True):
            if written and (may_speak_of_protected(written) or (cued and field == _ADDRESS)):
                text = Text(written, field=field)
                cues[field] = read_cues(text)
                readable.append(text)
        read = [_Read(text, cues[text.field], reference) for text in readable]
        unlisted: dict[str, Unlisted] = {field: Unlisted((), unsure=True) for field in unsure}
        hidden: set[frozenset[str]] = set()
        told: set[frozenset[str]] = set()
        # Both are asked of the people of a text alone: most texts name nobody.
        if any(one.people for one in read):
            hidden, told = _judge(read, known, reference)
        for one in read:
            found = one.unlisted(hidden, told, cued=cued, whole=one.text.field != _LINES)
            if found is not None:
                unlisted[one.text.field] = found
        return unlisted

    return find


class _Read:
    """The people of one text, and what it says of each."""

    def __init__(self, text: Text, cues: Cues, reference: Reference) -> None:
        self.text = text
        self.cues = cues
        self.reference = reference
        people = [
            one
            for one in people_in(text, reference)
            if one.confidence == "high" or not (is_place(one.name, reference) or is_common(one.name, text, reference))
        ]
        if text.field == _ADDRESS:
            # Every word of an address got a capital: only a known given name tells a name.
            given = reference.person_names.given
            people = [one for one in people if name_words(one.name)[0] in given]
        beside = find_beside(text, cues, reference, people) if text.field != _ADDRESS else ()
        self.people = sorted((*people, *beside), key=_start_of) if beside else people
        self.words = [frozenset(name_words(one.name)) for one in self.people]
        self.told: list[Told] = [
            "official" if holds_office(person, text) else told
            for person, told in zip(self.people, read_told(self.people, text, cues), strict=True)
        ] if self.people else []  # fmt: skip

    def unlisted(
        self,
        hidden: Collection[frozenset[str]],
        told: Collection[frozenset[str]],
        *,
        cued: bool,
        whole: bool,
    ) -> Unlisted | None:
        speaks = cued or bool(self.cues.protected)
        if not (self.people or speaks):
            return None
        names: dict[str, tuple[str, ...]] = {}
        gone: frozenset[str] = frozenset()
        taken: list[Span] = []
        kept: list[Span] = []
        for one, words, kind in zip(self.people, self.words, self.told, strict=True):
            span: Span = tuple.__new__(Span, (one.start, one.end))
            if one.withheld_surname and kind == "subject":
                # Prosecutors name many by one given name: each mention is told by its own sentence.
                kept.append(span)
            elif words not in hidden:
                if len(words) > 1 and words in told and not any(words <= other for other in hidden):
                    kept.append(span)
            elif (cued and whole) or one.confidence == "high" or kind in _TELLING or self._is_cued(span):
                stuck = _whole_words(self.text.raw, one.start, one.end)
                names[one.name] = tuple(dict.fromkeys((*names.get(one.name, ()), *one.aliases, *stuck)))
                taken.append(span)
                gone |= words
        if gone:
            kept += self._places(gone)
        traits = list(self._traits(taken, kept)) if speaks else []
        if not names and not traits and not kept:
            return None
        return Unlisted(list(names), also=names, traits=traits, kept=kept)

    def _places(self, words: frozenset[str]) -> Iterator[Span]:
        """Where places stand whose names have a word with somebody hidden in common: San Miguel Ejemplo."""
        text = self.text
        for at in text.find(words):
            first, last = at, at + 1
            while first and text.words[first].start - text.words[first - 1].end == 1 and at - first < _LONGEST_PLACE:
                first -= 1
            while last < len(text.words) and text.words[last].start - text.words[last - 1].end <= 2 and last - at < 3:
                last += 1
            found = self._place_in(at, first, last, words)
            if found is not None:
                yield found

    def _place_in(self, at: int, first: int, last: int, words: frozenset[str]) -> Span | None:
        by_name, plains, all_words = self.reference.gazetteer.by_name, self.text.plains, self.text.words
        for begin in range(first, at + 1):
            for end in range(last, max(at, begin + 1), -1):
                parts = plains[begin:end]
                if " ".join(parts) in by_name and not words >= {*parts} - PARTICLES:
                    return Span(all_words[begin].start, all_words[end - 1].end)
        return None

    def _is_cued(self, span: Span) -> bool:
        return bool(self.cues.protected_in(self.cues.sentence(*span)))

    def _traits(self, taken: list[Span], kept: list[Span]) -> Iterator[Trait]:
        """Numbers, dates of birth and homes of whom nothing nearer says that they are a subject's."""
        done = -1
        witnesses = any(_WITNESS.match(self.text.plain, span.start) for span in self.cues.protected)
        for one in sorted(find_personal(self.text, witnesses=witnesses)):
            if one.start < done:
                continue
            sentence = self.cues.sentence(one.start, one.end)
            here = [span for span in taken if sentence.start <= span.start < sentence.end]
            protected = [*self._cues_of(one, sentence), *here]
            if not protected:
                continue
            nearest = min(gap(span, one.start, one.end) for span in protected)
            others = [
                *self.cues.subjects_in(sentence),
                *(span for span in kept if sentence.start <= span.start < sentence.end),
            ]
            if any(gap(span, one.start, one.end) < nearest for span in others):
                continue
            done = one.end
            owner = _nearest(here, one)
            written = self.text.raw[one.start : one.end]
            yield Trait(
                one.start,
                one.end,
                one.kind,
                iso_days(self.text.plain[one.start : one.end]) if one.kind == "born" else (written,),
                self.text.raw[owner.start : owner.end] if owner is not None else None,
                sentence.start,
            )

    def _cues_of(self, one: Personal, sentence: Span) -> list[Span]:
        spans = self.cues.protected_in(sentence)
        if not one.only_witnesses:
            return spans
        # Moved people and victims sit in cars that are somebody else's.
        return [span for span in spans if _WITNESS.match(self.text.plain, span.start)]


def _nearest(spans: Sequence[Span], one: Personal) -> Span | None:
    return min(spans, key=lambda span: gap(span, one.start, one.end), default=None)


def _judge(
    read: Sequence[_Read], known: Sequence[str], reference: Reference
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The names, as sets of words, that must be hidden, and those that may be named."""
    told = {frozenset(name_words(name)) for name in known}
    sure: set[frozenset[str]] = set()
    every: set[frozenset[str]] = set()
    for one in read:
        every.update(one.words)
        for words, kind in zip(one.words, one.told, strict=True):
            if kind == "protected":
                sure.add(words)
    for one in read:
        told |= {
            words
            for words, kind in zip(one.words, one.told, strict=True)
            if kind == "official" or (kind == "subject" and words not in sure)
        }
    hidden = {words for words in every if not _is_one_of(words, told, reference)}
    return hidden, {words for words in every if words not in hidden} | told


def _is_one_of(words: frozenset[str], told: Collection[frozenset[str]], reference: Reference) -> bool:
    return words in told or any(_may_be_same(words, other, reference) for other in told)


def _may_be_same(words: frozenset[str], other: frozenset[str], reference: Reference) -> bool:
    """Whether a name is another one less full, or shares two words with it and no given name speaks against it:
    relatives have their surnames in common.
    """
    if words <= other:
        return True
    if len(words & other) < 2:
        return False
    given = reference.person_names.given
    shared = any(word in given for word in words & other)
    mine, its = ([word for word in one if word in given] for one in (words - other, other - words))
    return shared and not (mine and its)


def _with_capitals(text: Text) -> Text:
    return Text(text.raw.title(), text.language, text.field, text.country, text.date)


def _whole_words(raw: str, start: int, end: int) -> tuple[str, ...]:
    """What is written at `start` to `end` with the letters that stick to it ("xMaría Ejemplo"): whole words are masked,
    and the name alone would stay readable in one of them. Nothing if no letter does.
    """
    first, last = start, end
    while first and raw[first - 1].isalnum():
        first -= 1
    while last < len(raw) and raw[last].isalnum():
        last += 1
    return () if first == start and last == end else (raw[first:last],)


def _start_of(person: FoundPerson) -> int:
    return person.start


def _is_oddly_written(text: Text) -> bool:
    """Whether capitals don't tell names: a text in capitals, or in small letters throughout."""
    raw = text.raw
    # Counted in whole passes over the bytes: letter by letter it took 0.4 ms for 5 kB.
    plain = raw.encode("ascii", "ignore")
    if len(plain) < len(raw) * _ASCII_SHARE:
        capitals = sum(sign.isupper() for sign in raw)
        letters = sum(sign.isalpha() for sign in raw)
    elif _has_usual_capitals(text, len(raw) - len(plain)):
        return False
    else:
        capitals = len(plain) - len(plain.translate(None, _CAPITALS))
        letters = capitals + len(plain) - len(plain.translate(None, _SMALLS))
    if letters < _LEAST_LETTERS:
        return False
    return capitals == 0 or capitals / letters > _ODD_SHARE


def _has_usual_capitals(text: Text, foreign: int) -> bool:
    """Whether at most half of the letters of ASCII are capitals, and one at least is: told without counting them.

    A word that is no number has a letter of ASCII, unless a sign of another alphabet (`foreign` are all such signs)
    takes its place: so many letters there are at least. The capitals of ASCII are among `text.capitals`.
    """
    capitals = text.capitals
    least = len(text.plains) - len(text.numbers) - foreign
    return bool(capitals) and 2 * len(capitals) <= least and text.raw[capitals[0]].isascii()

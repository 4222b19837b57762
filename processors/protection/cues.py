"""Words by which a text speaks of somebody who may have to be protected, or of a subject: where they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from processors.extraction.texts import Text

__all__ = ["Cues", "Span", "read_cues"]

# Victims, minors, moved people, informants, witnesses, bystanders: in either language, singular and plural.
_PROTECTED_WORD = (
    r"victim\w*|menor(?:es)?|nin[oa]s?|adolescentes?|juveniles?|minors?|child(?:ren)?|infants?|infantes?|bebes?|babies"
    r"|baby|teen\w*|toddlers?|kids?|girls?|boys?|joven(?:es|cit[oa]s?)?|estudiantes?|alumn[oa]s?|students?"
    r"|migrant\w*|indocumentad\w*|undocumented|noncitizens?|smuggled|traficad[oa]s?"
    r"|trafficked|stowaways?|polizon(?:es)?|rescat\w*|rescu\w+"
    r"|asylum|asilo|refugiad\w*|refugees?|unaccompanied|hacinad\w*"
    r"|secuestrad\w*|secuestro|kidnapp\w*|desaparecid\w*|missing|ofendid\w*|agraviad\w*|quejos[oa]s?|levantad[oa]s?"
    r"|extorsionad\w*|reclutad\w*|violad[oa]s?|abusad[oa]s?|raped|abused|assaulted"
    r"|testig\w*|witness\w*|informant\w*|informador\w*|informers?|denunciante\w*|complainant\w*|tipsters?"
    r"|colaborador(?:es|as?)?|transeuntes?|bystanders?|vecin[oa]s?|neighbou?rs?"
    r"|fallec\w*|deceased|decedents?|muert[oa]s?|muri\w+|died|dead|death|killed|slain|occis[oa]s?|asesin\w*|ahogad\w*"
    r"|drown\w*|bodies|overdos\w*|sobredosis|survivors?|sobrevivientes?|herid[oa]s?|wounded"
    r"|injured|lesionad\w*|hospitali[sz]\w*|shot|baleado|baleada"
    r"|hij[oa]s?|daughters?|espos[oa]s?|wife|husband|madre|padre|mother|father|sister|brother"
    r"|herman[oa]s?|embarazada|pregnant|pasajer\w*|passengers?|huerfan\w*|orphans?|famili(?:a|es|ares)"
)
_PROTECTED_PHRASE = (
    r"\b(?:recien nacid\w*|illegal aliens?|no acompanad\w*|privad[oa]s? de (?:la|su) libertad|confidential source"
    r"|cuerpo sin vida|body of|(?:his|her|their) sons?"
    r"|(?:de )?(?:[0-9]|1[0-7]) anos(?: de edad)?|(?:[0-9]|1[0-7])[- ]?(?:years?|y/?o)[- ]?(?:old)?"
    r"|aged? (?:[0-9]|1[0-7])"
    r"|[0-9]{1,2}[- ]months?[- ]old|[0-9]{1,2} meses"
    r")\b|,\s?(?:[0-9]|1[0-7])(?=[,.)\s])|\((?:[0-9]|1[0-7])\)"
)
# One word of each phrase: where none of them stands there is no phrase to look for. "5yo" is cut after its digit.
_PROTECTED_HEAD = r"nacid\w*|aliens?|acompanad\w*|libertad|source|vida|body|sons?|[0-9]{1,2}"
_SUBJECT_WORD = (
    r"detenid\w*|detuvi\w*|detencion|arrest\w*|imputad\w*|acusad\w*|defendants?|charged|indict\w*|convict\w*"
    r"|sentenc\w*|plead\w*|pled|vinculad\w*|procesad\w*|suspects?|sospechos\w*"
    r"|alias|aka|capturad\w*|aprehendid\w*|apprehended|smugglers?|traffickers?"
    r"|traficantes?|poller[oa]s?|coyotes?|lider|leader|jefe|capo|fugitiv\w*|culpable|guilty"
)
_SUBJECT_PHRASE = r"\b(?:presunt[oa]s? (?:responsable|delincuente|traficante|lider|integrante)s?|a\.?k\.?a)\b"
_SUBJECT_HEAD = r"presunt[oa]s?|k"

_AGE_BEHIND = re.compile(r"[- ]?(?:a|y|m)")
_SENTENCE = re.compile(r"[.!?;\n]+\s+(?=[^a-z])")
_MOST_SEEN = 65_536
"""Words whose kind is kept; about 6 MB."""
_LONGEST_PHRASE = 40
"""Characters; a phrase is looked for this far around its head."""


class Span(NamedTuple):
    """Where a word or phrase stands."""

    start: int
    end: int


class _Family:
    """Cues of one kind: single words, and phrases, looked for around their heads.

    Most words of a text are neither: those seen before are left out in one step.
    """

    def __init__(self, words: str, heads: str, phrases: str) -> None:
        self._word = re.compile(words).fullmatch
        self._head = re.compile(heads).fullmatch
        self._phrase = re.compile(phrases)
        self._neither: set[str] = set()
        self._kinds: dict[str, bool] = {}

    def find(self, text: Text) -> list[Span]:
        """The spans in order; of words and phrases that overlap, each."""
        words = self._words_of(text.vocabulary)
        if not words:
            return []
        spans: dict[tuple[int, int], None] = {}
        for at in text.find(frozenset(words)):
            word, start, end = text.words[at]
            if words[word]:
                spans[start, end] = None
            elif not word[0].isdigit() or _may_be_age(text.plain, start, end):
                start, end = max(start - _LONGEST_PHRASE, 0), end + _LONGEST_PHRASE
                for match in self._phrase.finditer(text.plain, start, end):
                    spans[match.span()] = None
        return [Span(*span) for span in sorted(spans)]

    def _words_of(self, vocabulary: frozenset[str]) -> dict[str, bool]:
        """The cues among the words of a text (true), and the heads of phrases (false)."""
        found = {}
        for word in vocabulary - self._neither:
            kind = self._kinds.get(word)
            if kind is None:
                kind = True if self._word(word) else False if self._head(word) else None
                if len(self._kinds) + len(self._neither) >= _MOST_SEEN:
                    self._kinds.clear()
                    self._neither.clear()
                if kind is None:
                    self._neither.add(word)
                    continue
                self._kinds[word] = kind
            found[word] = kind
        return found


_PROTECTED = _Family(_PROTECTED_WORD, _PROTECTED_HEAD, _PROTECTED_PHRASE)
_SUBJECT = _Family(_SUBJECT_WORD, _SUBJECT_HEAD, _SUBJECT_PHRASE)


class Cues:
    """What a text says of whom it speaks: `protected` are the words of people who may have to be protected, `subjects`
    those of subjects of the case; the sentences, in which the nearest word counts.
    """

    def __init__(self, text: Text) -> None:
        self.protected = _PROTECTED.find(text)
        self._text = text
        self._subjects: list[Span] | None = None
        self._breaks: list[Span] | None = None

    @property
    def subjects(self) -> list[Span]:
        """Words by which the text says that somebody is a subject; looked for when a name asks."""
        if self._subjects is None:
            self._subjects = _SUBJECT.find(self._text)
        return self._subjects

    def is_nearer_subject(self, start: int, end: int) -> bool:
        """Whether in the sentence of the name at `start` to `end` a word of subjects stands nearer than any of people
        who may have to be protected.
        """
        begin, close = self._sentence(start, end)
        subject = min(_gaps(self.subjects, begin, close, start, end), default=None)
        if subject is None:
            return False
        protected = min(_gaps(self.protected, begin, close, start, end), default=None)
        return protected is None or subject < protected

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        if self._breaks is None:
            self._breaks = [Span(*match.span()) for match in _SENTENCE.finditer(self._text.plain)]
        breaks = self._breaks
        before = bisect_right(breaks, start, key=_end_of) - 1
        after = bisect_left(breaks, end, key=_start_of)
        begin = breaks[before].end if before >= 0 else 0
        return begin, breaks[after].start if after < len(breaks) else len(self._text.plain)


def read_cues(text: Text) -> Cues:
    """The cues of a text."""
    return Cues(text)


def _may_be_age(plain: str, start: int, end: int) -> bool:
    """Whether a phrase may stand around this number: most numbers are none, and looking closer takes 4 us each."""
    before = plain[max(start - 2, 0) : start]
    return "," in before or before[-1:] == "(" or before in {"e ", "d "} or _AGE_BEHIND.match(plain, end) is not None


def _gaps(spans: list[Span], begin: int, close: int, start: int, end: int) -> Iterator[int]:
    """Characters between the name and each span of its sentence."""
    for at in range(bisect_left(spans, begin, key=_start_of), len(spans)):
        span = spans[at]
        if span.end > close:
            return
        yield start - span.end if span.end <= start else max(span.start - end, 0)


def _start_of(span: Span) -> int:
    return span.start


def _end_of(span: Span) -> int:
    return span.end

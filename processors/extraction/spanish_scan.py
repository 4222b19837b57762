"""One scan of a Spanish text: its numbers with their units, goods and cues, by sentence."""

import re
from bisect import bisect_left
from functools import lru_cache
from operator import itemgetter

from processors.extraction.lexicon import Lexicon, build_lexicon
from processors.extraction.measures import make_measure, read_unit, read_unit_after, unit_starts
from processors.extraction.number_words import SPANISH
from processors.extraction.numbers import Number, number_starts, read_half_after, read_number
from processors.extraction.spanish_scope import AGENCY_WORDS, is_scope_word
from processors.extraction.spanish_tokens import Amount, Good, Sentence, Sign
from processors.extraction.spanish_words import ADJECTIVES, cue_of
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["scan_sentences"]

_start_of = itemgetter(1)
_BREAK = re.compile(r"\n+|(?<!\W[a-z])[.!?\u2026]+(?=\s|[\"')]|$)")


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
_PLACE_OPENERS = frozenset(
    ["en", "frente", "caso", "costas", "inmediaciones", "altura", "sureste", "suroeste", "noroeste"]
)
_OPENERS = frozenset({"n", "a", "g", "u"})
_MAX_KINDS = 200_000


def _flags(word: str) -> str:
    return "s" if is_scope_word(word) else "y" if word in AGENCY_WORDS else "e" if word in _PLACE_OPENERS else ""


@lru_cache(maxsize=4)
def _kinds(reference: Reference) -> _Kinds:
    return _Kinds(build_lexicon(reference, "es"))


def scan_sentences(text: Text, reference: Reference) -> list[Sentence]:
    """The sentences of a text with their tokens; none at all if the text has no number or no good."""
    kinds = _kinds(reference)
    words = text.words
    hits = [(at, kind) for at, word in enumerate(words) if (kind := kinds[word.plain])]
    # The gate: most texts say no amount of anything.
    seen = {kind[0] for _, kind in hits}
    if not seen & {"n", "a"} or not seen & {"g", "u"}:
        return []
    bounds = _cut(text)
    sentences: list[Sentence] = []
    at_bound = taken = 0
    first, after, paragraph = bounds[0]
    tokens: list[Amount | Good | Sign] = []
    scope: list[int] = []
    agencies: list[int] = []
    openers: list[int] = []
    for index, kind in hits:
        while index >= after:
            sentences.append(Sentence(first, after, paragraph, tokens, scope, agencies, openers))
            tokens, scope, agencies, openers = [], [], [], []
            at_bound += 1
            first, after, paragraph = bounds[at_bound]
        if len(kind) > 1:
            (scope if kind[1] == "s" else openers if kind[1] == "e" else agencies).append(index)
            kind = kind[0]
        if index < taken or kind == "-":
            continue
        if kind == "c":
            cue = cue_of(words[index].plain)
            tokens.append(Sign(index, index + 1, cue, None))
        elif kind == "a" and (
            index + 1 >= after
            or (words[index + 1].plain not in _BEFORE_GOODS and kinds[words[index + 1].plain][:1] not in _OPENERS)
        ):
            continue  # an article before a noun that is no good
        else:
            taken = _read_token(text, index, "n" if kind == "a" else kind, kinds.lexicon, tokens)
    sentences.append(Sentence(first, after, paragraph, tokens, scope, agencies, openers))
    for first, after, paragraph in bounds[at_bound + 1 :]:
        sentences.append(Sentence(first, after, paragraph, [], [], [], []))
    return sentences


def _cut(text: Text) -> list[tuple[int, int, int]]:
    """The sentences as words `first` to `after` and the number of their paragraph."""
    words = text.words
    bounds: list[tuple[int, int, int]] = []
    first = paragraph = 0
    for found in _BREAK.finditer(text.plain):
        after = bisect_left(words, found.start(), first, key=_start_of)
        if after > first:
            bounds.append((first, after, paragraph))
            first = after
        paragraph += "\n" in found[0]
    if first < len(words):
        bounds.append((first, len(words), paragraph))
    return bounds


def _read_token(text: Text, index: int, kind: str, lexicon: Lexicon, tokens: list[Amount | Good | Sign]) -> int:
    # "4-piperidona" is a name; "por ciento" is no hundred.
    if kind == "n" and text.words[index].plain in lexicon.firsts and lexicon.read(text, index) is not None:
        kind = "g"
    if kind == "n" and not (text.words[index].plain in ("ciento", "cien") and text.words[index - 1].plain == "por"):
        number = read_number(text, index)
        if number is not None:
            unit = read_unit_after(text, number)
            measure = make_measure(text, number, unit)
            tokens.append(
                Amount(
                    index,
                    measure.after,
                    measure.start,
                    measure.end,
                    measure.quantity,
                    measure.unit,
                    measure.qty_si,
                    number,
                )
            )
            return measure.after
    goods = lexicon.read(text, index)
    cue = cue_of(text.words[index].plain)
    if goods is not None:
        if goods.word.commodity == "person_detained" and goods.word.strength == "firm":
            cue = "detain"
        if cue is not None:
            tokens.append(Sign(index, index + 1, cue, None))
        tokens.append(Good(goods.first, goods.after, goods.word))
        return goods.after
    unit = read_unit(text, index)
    if unit is None:
        return index + 1
    half = read_half_after(text, unit.after) if unit.of.dimension in ("mass", "volume") else None
    if half is None:
        tokens.append(Sign(index, unit.after, None, unit.of))
        return unit.after
    word, end = text.words[index], text.words[half[1] - 1].end
    one = Number(index, half[1], word.start, end, 1 + half[0], "words")
    quantity = one.value * unit.of.scale
    tokens.append(Amount(index, half[1], word.start, end, quantity, unit.of, quantity * unit.of.si, one))
    return half[1]

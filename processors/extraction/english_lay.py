"""Goods that only lie there in an English sentence behind one that tells of a search: "A pistol was under the bed"."""

import re

from processors.extraction.english_phrases import DRUGS, Phrase
from processors.extraction.english_scope import Sentence
from processors.extraction.word_sets import word_set

__all__ = ["accept_lying", "tells_search", "tells_where"]

_WHERE = re.compile(
    r"\b(?:was|were) (?:also )?(?:under|underneath|in|inside|on|beneath|behind|hidden|tucked|near"
    r"|next to|among|lying)\b"
    r"|\bthere (?:also )?(?:was|were)\b"
    r"|^\W*(?:also )?(?:inside|under|underneath|in|beneath|between|behind|beside|besides|on|atop|next to|nearby)\b"
    r"|\bin the (?:other|second)\b"
)
_SEARCH = re.compile(
    r"\bsearch(?:ed|es)?\b|\b(?:traffic|vehicle) stop\b|\bpulled over\b|\binspection\b|\braid(?:ed|s)?\b|\bk-9\b"
    r"|\bstopped (?:a|an|the|his|her)\b"
)
_KINDS = DRUGS | {"firearm", "ammunition", "magazine", "grenade_explosive", "cash"}
_AUXILIARIES = frozenset({"was", "were", "lay"})
_BETWEEN = _AUXILIARIES | word_set(
    "there also over more than about approximately roughly nearly almost some an estimated around at least"
)


def tells_where(plain: str, start: int, end: int) -> bool:
    """Whether a sentence says where something lay, or that there was something."""
    return _WHERE.search(plain, start, end) is not None or _WHERE.match(plain[start : start + 20]) is not None


def tells_search(plain: str, start: int, end: int) -> bool:
    """Whether a sentence tells of a search or a stop, behind which goods may just lie there."""
    return _SEARCH.search(plain, start, end) is not None


def accept_lying(sentence: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """The counted goods that stand right before or behind "was" or "were", and those listed with them."""
    if any(event.kind == "block" for event in sentence.events):
        return []
    words, found = sentence.text.words, list[Phrase]()
    for phrase in phrases:
        if phrase.commodity not in _KINDS or phrase.how != "counted" or phrase.rule in ("en.restated", "en.worth"):
            continue
        behind = {word.plain for word in words[phrase.after : min(phrase.after + 2, sentence.after)]}
        at = phrase.first - 1
        while at > sentence.first and words[at].plain in _BETWEEN - _AUXILIARIES:
            at -= 1
        before = words[at].plain if at >= sentence.first else ""
        between = sentence.text.plain[found[-1].end : phrase.start] if found else "."
        listed = between.strip(" ,") in ("", "and", "along with", "and a")
        # "Also inside: 9 ounces of cocaine"
        told = sentence.text.plain[max(0, phrase.start - 2) : phrase.start] == ": "
        if told or before in _AUXILIARIES or (phrase.first <= sentence.first + 1 and behind & _AUXILIARIES) or listed:
            found.append(phrase._replace(rule="en.lay", doubt=("no_verb_of_seizing",)))
    return found

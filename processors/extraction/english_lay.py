"""Goods that only lie there in an English sentence behind one that tells of a search: "A pistol was under the bed"."""

import re

from processors.extraction.english_first import match_first
from processors.extraction.english_phrases import DRUGS, Phrase
from processors.extraction.english_scope import Sentence
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["LAY_WORDS", "SEARCH_WORDS", "accept_lying", "tells_search", "tells_where"]

_WHERE = re.compile(
    r"\b(?:was|were) (?:also )?(?:under|underneath|in|inside|on|beneath|behind|hidden|tucked|near"
    r"|next to|among|lying)\b"
    r"|\bthere (?:also )?(?:was|were)\b"
    r"|\bin the (?:other|second)\b"
)
LAY_WORDS = frozenset({"was", "were", "there", "in"})
"""The words with which it begins."""
_OPENS = re.compile(
    r"\W*(?:also )?(?:inside|under|underneath|in|beneath|between|behind|beside|besides|on|atop|next to|nearby)\b"
)
_OPENING = 20
_SEARCH = re.compile(
    r"\bsearch(?:ed|es)?\b|\b(?:traffic|vehicle) stop\b|\bpulled over\b|\binspection\b|\braid(?:ed|s)?\b|\bk-9\b"
    r"|\bstopped (?:a|an|the|his|her)\b"
)
SEARCH_WORDS = word_set("search searched searches traffic vehicle pulled inspection raid raided raids k stopped")
"""The words with which it begins."""
_KINDS = DRUGS | {"firearm", "ammunition", "magazine", "grenade_explosive", "cash"}
_AUXILIARIES = frozenset({"was", "were", "lay"})
_BETWEEN = _AUXILIARIES | word_set(
    "there also over more than about approximately roughly nearly almost some an estimated around at least"
)


def tells_where(text: Text, known: list[int], start: int, end: int) -> bool:
    """Whether the sentence at `start` to `end` says where something lay, or that there was something; `known` are its
    words of `LAY_WORDS`.
    """
    if _OPENS.match(text.plain, start, start + _OPENING) is not None:
        return True
    return match_first(_WHERE, text, known, end) is not None


def tells_search(text: Text, known: list[int], end: int) -> bool:
    """Whether the sentence that ends at `end` tells of a search or a stop, behind which goods may just lie there;
    `known` are its words of `SEARCH_WORDS`.
    """
    return match_first(_SEARCH, text, known, end) is not None


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

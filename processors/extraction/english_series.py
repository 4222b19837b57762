"""Lists and compounds of an English sentence: what one verb seizes together, and goods that name their own seizure."""

from processors.extraction.english_events import Event
from processors.extraction.english_phrases import Phrase
from processors.extraction.english_words import FUNCTION
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["is_in_series", "names_its_seizure"]

_OPENERS = word_set(
    "seized recovered confiscated found located discovered uncovered intercepted retrieved took netted"
) | {
    "yielded",
    "revealed",
    "contained",
    "hauled",
    "removed",
}
_CLAUSE = word_set(
    "that which who whom whose where when while because since until before after was were is are has have had said"
    " says say if though although but during from to by at for not no without against into"
)
_JOINS = word_set("and or along with as well plus also including")
_CALLED = word_set("seizure seizures bust haul interdiction")
_DONE = word_set("seized recovered confiscated intercepted located found")
_LEADS = frozenset(("", "and", "and over", "over", "approximately", "about", "more than", "and approximately"))
_WEIGHED = frozenset({"lb", "kg", "g", "oz", "t", "pill"})
_ARTICLES = word_set("a an the")


def is_in_series(text: Text, event: Event, phrase: Phrase) -> bool:
    """Whether a phrase is an item of the list that is the object of a finite verb: "seized a printer, guns, and drugs".

    No word of a clause may stand between, and before the phrase only its own adjectives behind a comma or "and".
    """
    if event.plain not in _OPENERS:
        return False
    if _is_item(text, event, phrase):
        return True
    if event.passive:
        return False
    words = text.words
    joined = 0
    for at in range(event.at + 1, phrase.first):
        plain = words[at].plain
        if plain in _CLAUSE:
            return False
        gap = text.plain[words[at].end : words[at + 1].start]
        if "." in gap or "(" in gap:
            return False
        if "," in gap or ";" in gap or plain in _JOINS:
            joined = at + 1
    if not joined:
        return False
    own = [words[at].plain for at in range(joined, phrase.first) if words[at].plain not in _JOINS | _ARTICLES]
    return len(own) <= 2 and FUNCTION.isdisjoint(own)


def _is_item(text: Text, event: Event, phrase: Phrase) -> bool:
    """Whether a phrase opens an item of a list behind a colon: "recovered the following: a scale; and $900"."""
    between = text.plain[text.words[event.at].end : phrase.start]
    colon = between.find(":")
    if colon < 0 or "." in between[colon:].replace("u.s.", ""):
        return False
    lead, _, own = between[colon:].rpartition(";") if ";" in between[colon:] else between[colon:].rpartition("\n")
    return bool(lead) and own.strip(" -•*") in _LEADS


def names_its_seizure(text: Text, phrase: Phrase, after: int) -> bool:
    """Reads "a 77-pound fentanyl seizure", "over 80,000 seized weapons": the deed is part of the name."""
    if phrase.how != "counted" or phrase.rule in ("en.restated", "en.each"):
        return False
    plains = text.plains
    if phrase.after < after and plains[phrase.after] in _CALLED:
        return phrase.unit in _WEIGHED and text.plain[phrase.end] == " "
    inside = plains[phrase.first : phrase.after]
    if not any(plain in _DONE for plain in inside):
        return False
    if phrase.rule == "en.good-then-amount":  # "the amount of cocaine seized was 3 pounds"
        return True
    number = False
    for plain in inside:
        number = number or plain[0].isdigit()
        if number and plain in _DONE:
            return True
    return False

"""Whether the people that an English phrase counts were arrested, rescued or found, and what that makes them."""

from processors.extraction.english_events import EVENT_NOUNS, Event
from processors.extraction.english_nearness import continues_list, is_next
from processors.extraction.english_phrases import Phrase
from processors.extraction.english_words import ARREST, RESCUE
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["PERSONS", "counts_arrests", "governs_person", "name_person"]

PERSONS = frozenset(["victim", "migrant", "person_detained"])
_ARREST_VERBS = ARREST - {"netted"}
_CARRIED = word_set("smuggled smuggling transporting transported intercepted found discovered hauling carrying")
_OF_PERSONS = ARREST | RESCUE
_DEEDS = frozenset(["arrests", "apprehensions", "rescues", "detainees", "encounters"])
_OF = word_set("of and for including involving")
_FORMER = frozenset({"prior", "previous"})
_RESCUE_ONLY = word_set("rescued rescuing rescue rescues recovered recovering recover recovery freed freeing")

Verdict = tuple[bool, Event | None]


def counts_arrests(text: Text, phrase: Phrase) -> Verdict | None:
    """The verdict on "57 arrests", "12 rescues": no verb is needed; None where the phrase names no deed."""
    inside = text.plains[phrase.first : phrase.after]
    if _DEEDS.isdisjoint(inside):
        return None
    counted = phrase.how in ("counted", "vague") and _FORMER.isdisjoint(inside)
    return counted and "%" not in text.plain[phrase.start : phrase.end], None


def governs_person(
    text: Text,
    phrase: Phrase,
    left: Event | None,
    passive: Event | None,
    accepted: list[tuple[Phrase, Event | None]],
) -> Verdict:
    """Whether people were arrested or rescued: by the verb before or behind them, or as the next of a list."""
    if phrase.how in ("bare", "one"):
        return False, None
    if passive is not None and text.plains[phrase.first - 1] in ("by", "from"):
        passive = None
    if passive is not None and passive.passive and passive.at - phrase.after <= 2 and passive.plain in _OF_PERSONS:
        return True, passive  # "arrested two men, and six girls were rescued"
    if text.plain.startswith(("'", "’"), phrase.end):
        return False, None  # "one of the victims' cars"
    near = left is not None and left.kind == "trigger" and is_next(text, left, phrase)
    if (
        near
        and left is not None
        and left.plain in EVENT_NOUNS
        and phrase.first - left.at > 3
        and text.plains[left.at + 1] not in _OF
    ):
        near = False  # "these arrests ruined the lives of thousands of people"
    if passive is not None and passive.plain in _OF_PERSONS and not (near and left is not None and not left.passive):
        return True, passive
    if near and left is not None:
        if left.plain in _OF_PERSONS:
            return True, left
        if phrase.commodity == "migrant" and left.plain in _CARRIED:
            return True, left
    elif phrase.commodity == "migrant" and left is not None and left.plain in _CARRIED and is_next(text, left, phrase):
        return False, left
    listed = continues_list(text, phrase, accepted)
    if listed is not None and listed.commodity in PERSONS and (left is None or left.at < listed.after):
        return True, accepted[-1][1]
    return False, None


def name_person(phrase: Phrase, event: Event | None) -> Phrase | None:
    """People are detained, migrants or victims by the verb said of them."""
    if phrase.commodity not in PERSONS or event is None:
        return phrase
    plain = event.plain
    if phrase.commodity == "migrant":
        return phrase._replace(commodity="person_detained") if plain in ("arrested", "arresting") else phrase
    if plain in _ARREST_VERBS:
        return phrase._replace(commodity="person_detained")
    if plain in _RESCUE_ONLY or (phrase.commodity == "victim" and plain in ("located", "locating")):
        return phrase._replace(commodity="victim")
    return None

"""Whether goods that stand without a number in an English sentence were seized: "seized drugs and cash"."""

from processors.extraction.english_events import EVENT_NOUNS, PARTICIPLES, Event
from processors.extraction.english_nearness import is_next
from processors.extraction.english_persons import PERSONS
from processors.extraction.english_phrases import Phrase
from processors.extraction.english_series import is_in_series
from processors.extraction.english_words import CONTAINERS, SEIZE, SELL
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["FINITE_PAST", "governs_bare"]

_BASE = word_set(
    "seize recover confiscate intercept interdict discover dismantle detain arrest apprehend capture rescue sells"
    " traffic smuggle eradicate keeping"
)
FINITE_PAST = (
    PARTICIPLES
    | word_set("found caught sold bought took netted yielded revealed contained turned hauled possessing buys buy")
) - word_set("stopped hidden taken transported transferred")
_LED = word_set("resulted resulting led leading yielded netted announced")
_AGREED = word_set("able conspired helped agreed arranged")
_FOUND = frozenset({"found", "seized", "recovered", "located"})


def governs_bare(
    text: Text,
    first: int,
    phrase: Phrase,
    events: list[Event],
    left: Event | None,
    passive: Event | None,
    listed: Phrase | None,
) -> tuple[bool, Event | None]:
    """A good without a number counts as the object of a finite verb, behind "seizure of", or in a list."""
    plains = text.plains
    if "such" in plains[max(0, phrase.first - 4) : phrase.first]:
        return False, None  # "drugs such as heroin and oxycodone"
    if (left is not None and _is_ongoing(plains, left)) or (passive is not None and _is_ongoing(plains, passive)):
        return False, None
    if left is not None and left.plain == "contained" and plains[left.at - 1] in CONTAINERS:
        return False, None  # "The packages contained pills": they were counted before
    if left is not None and left.kind == "trigger":
        if (left.plain in SELL and plains[left.at - 1].endswith("ed")) or _is_epithet(plains, left):
            return False, None
        if is_in_series(text, left, phrase):
            return True, left
        if listed is not None and listed.commodity not in PERSONS:
            return not plains[phrase.first - 1].startswith("includ"), left
        if (not left.passive or left.plain in _FOUND) and is_next(text, left, phrase):
            return _is_object(plains, first, events, left), left
    if passive is not None and passive.passive and passive.plain in SEIZE:
        return passive.at - phrase.after <= 4 or phrase.how == "one", passive
    return False, None


def _is_object(plains: list[str], first: int, events: list[Event], left: Event) -> bool:
    """Whether the verb before a good without a number has an object: finite, a noun with "of", or helped by another."""
    before = plains[left.at - 1] if left.at else ""
    if left.plain in ("possessing", "buys", "buy") or plains[left.at] == "possession":
        return True
    if left.plain not in EVENT_NOUNS and before in ("of", "the", "all", "any", "by"):
        return False
    if any(event.kind == "block" and left.at - 7 < event.at < left.at for event in events):
        return False
    if left.plain in FINITE_PAST:
        return True
    if left.plain in EVENT_NOUNS:
        led = not _LED.isdisjoint(plains[max(first, left.at - 6) : left.at])
        return led and plains[left.at + 1] == "of"
    if left.plain == "sell" or left.plain in _BASE:
        return not _AGREED.isdisjoint(plains[max(first, left.at - 8) : left.at])
    return left.plain == "keeping"


def _is_ongoing(plains: list[str], event: Event) -> bool:
    """Whether a passive tells of what goes on at large: "guns that are increasingly being recovered"."""
    if event.at < 2 or plains[event.at - 1] != "being":
        return False
    return not {"is", "are"}.isdisjoint(plains[max(0, event.at - 4) : event.at])


def _is_epithet(plains: list[str], event: Event) -> bool:
    """Whether a participle only describes its goods: "illicitly manufactured and distributed drugs"."""
    at = event.at
    if at >= 2 and plains[at - 1] == "and" and plains[at - 2].endswith("ed"):
        at -= 2
    return at > 0 and plains[at - 1] in ("illicitly", "illegally", "widely", "commonly")

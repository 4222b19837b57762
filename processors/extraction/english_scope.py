"""Which phrases of an English sentence were seized, sold, arrested or rescued: the verb that governs each of them.

A phrase is governed by the nearest event word before it, or by a passive verb behind it ("were recovered").
"""

from typing import NamedTuple

from processors.extraction.english_events import EVENT_NOUNS, PARTICIPLES, Event
from processors.extraction.english_nearness import continues_list, is_behind, is_breakdown, is_next
from processors.extraction.english_phrases import DRUGS, Phrase
from processors.extraction.english_words import ARREST, RESCUE, SEIZE, SELL
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Sentence", "accept_phrases"]

_BASE = word_set(
    "seize recover confiscate intercept interdict discover dismantle detain arrest apprehend capture rescue sells"
    " traffic smuggle eradicate keeping"
)
_PAST = (PARTICIPLES | word_set("found caught sold bought took netted yielded revealed contained")) - {
    "stopped",
    "hidden",
    "taken",
    "transported",
    "transferred",
}
_PERSONS = frozenset(["victim", "migrant", "person_detained"])
_ARREST_VERBS = ARREST - {"netted"}
_RECOVER = word_set(
    "seized seizing seizure seizures seize recovered recovering recovery confiscated confiscating confiscation"
    " impounded forfeited forfeiture intercepted interdicted yielded netted"
)
_VALUES = frozenset({"worth", "value", "valued"})
_HELD = SEIZE - {
    "stopped",
    "stopping",
    "removed",
    "taken",
    "took",
    "carrying",
    "kept",
    "keeping",
    "shipment",
    "shipments",
}
_LED = word_set("resulted resulting led leading yielded netted announced")
_CARRIED = word_set("smuggled smuggling transporting transported intercepted found discovered hauling carrying")
_OF_PERSONS = ARREST | RESCUE
_HAVING = EVENT_NOUNS | {"possession"}
_FINITE = _PAST | EVENT_NOUNS | {"carrying"}
_MAGNITUDE = _PAST | EVENT_NOUNS | {"keeping", "seizing"}
_STOPPED = DRUGS | {"cash", "firearm"}
_ONLY_ARREST = ARREST - SEIZE
_NO_OBJECT = word_set(
    "for as to like by through using into finishing transferring was is"
    " were be than fired pulled pointed firing brandishing pointing holding displaying bringing"
)
_PERSON_NOUNS = frozenset(["arrests", "apprehensions", "rescues", "detainees"])
_RESCUE_ONLY = word_set("rescued rescuing rescue rescues recovered recovering recover recovery freed freeing")


class Sentence(NamedTuple):
    """The words `first` to `after` of a text with their events."""

    text: Text
    first: int
    after: int
    events: list[Event]


def accept_phrases(sentence: Sentence, phrases: list[Phrase]) -> list[tuple[Phrase, Event | None]]:
    """The phrases that tell of something seized, sold, arrested or rescued, each with the event that governs it."""
    accepted: list[tuple[Phrase, Event | None]] = []
    waiting: list[Phrase] = []
    spans = [(phrase.first, phrase.after) for phrase in phrases]
    every = [event for event in sentence.events if not any(a <= event.at < b for a, b in spans)]
    # A "street value of $2" only bars the sum, not the goods behind it.
    others = [event for event in every if event.plain not in _VALUES]
    for phrase in phrases:
        governed, event = _govern(sentence, phrase, every if phrase.rule == "en.bare-money" else others, accepted)
        if governed and not is_breakdown(sentence.text, sentence.first, phrase, accepted):
            changed = _name_person(phrase, event)
            if changed is not None:
                accepted += [
                    (one, event) for one in waiting if event is not None and event.passive and event.at > phrase.after
                ]
                waiting = []
                accepted.append((changed, event))
        elif phrase.how == "bare" and phrase.first == sentence.first and phrase.commodity not in _PERSONS:
            waiting.append(phrase)  # "Magazines, 200 rounds and $5,000 were seized": the verb comes at the end
    return accepted


def _govern(
    sentence: Sentence, phrase: Phrase, events: list[Event], accepted: list[tuple[Phrase, Event | None]]
) -> tuple[bool, Event | None]:
    """Whether a phrase is governed by a trigger, and by which one."""
    text = sentence.text
    left = next((event for event in reversed(events) if event.at < phrase.first), None)
    right = next((event for event in events if event.at >= phrase.after), None)
    head = text.words[phrase.after - 1].plain
    person = phrase.commodity in _PERSONS
    if head in _PERSON_NOUNS or (
        person and any(text.words[at].plain in _PERSON_NOUNS for at in range(phrase.first, phrase.after))
    ):
        earlier = {text.words[at].plain for at in range(phrase.first, phrase.after)}
        return phrase.how in ("counted", "vague") and earlier.isdisjoint(
            {"prior", "previous"}
        ) and "%" not in text.plain[phrase.start : phrase.end], None
    if phrase.rule == "en.restated":
        return bool(accepted) and accepted[-1][0].commodity == phrase.commodity, accepted[-1][1] if accepted else None
    if left is not None and left.kind == "block":
        left = _look_past(text, phrase, left, events)
    listed = continues_list(text, phrase, accepted)
    passive = (
        right if right is not None and right.kind == "trigger" and is_behind(text, phrase, right, person) else None
    )
    if passive is not None and person and text.words[phrase.first - 1].plain in ("by", "from"):
        passive = None
    if person:
        if phrase.how in ("bare", "one"):
            return False, None
        if (
            passive is not None
            and passive.plain in _OF_PERSONS
            and not (left and left.kind == "trigger" and is_next(text, left, phrase))
        ):
            return True, passive
        if left is not None and left.kind == "trigger" and left.plain in _OF_PERSONS and is_next(text, left, phrase):
            return True, left
        if (
            phrase.commodity == "migrant"
            and left is not None
            and left.plain in _CARRIED
            and is_next(text, left, phrase)
        ):
            return left.kind == "trigger", left
        if listed is not None and listed.commodity in _PERSONS:
            return True, accepted[-1][1]
        return False, None
    if phrase.commodity in ("vehicle", "property"):
        if phrase.how != "counted":
            return False, None
        if passive is not None and passive.plain in _RECOVER:
            return True, passive
        if (
            left is not None
            and left.kind == "trigger"
            and left.plain in _RECOVER
            and (listed or is_next(text, left, phrase))
        ):
            return True, left
        return False, None
    if phrase.rule == "en.bare-money":
        return _governs_money(text, phrase, left, passive, listed)
    if phrase.commodity == "cash" and phrase.unit == "USD" and left is not None and left.plain in SELL:
        return False, None
    lone = phrase.how == "counted" and phrase.quantity == 1 and text.words[phrase.first].plain in ("a", "an")
    if lone and phrase.first > sentence.first:
        before = text.words[phrase.first - 1].plain
        if before in _NO_OBJECT:
            return False, None
        if before == "of" and text.words[phrase.first - 2].plain not in _HAVING:
            return False, None
        if listed is None and passive is None and left is not None and left.plain not in _FINITE:
            return False, None
    if phrase.unit == "dose" and phrase.quantity is not None and phrase.quantity < 3:
        return False, None
    magnitude = phrase.how == "vague" and phrase.approximate
    if phrase.how in ("bare", "one") or (phrase.how == "vague" and not magnitude):
        return _governs_bare(sentence, phrase, events, left, passive, listed)
    if magnitude and passive is None and (left is None or left.plain not in _MAGNITUDE):
        return False, None
    if passive is not None and (left is None or left.kind == "block" or passive.passive):
        return True, passive
    if left is None:
        return False, None
    if left.kind == "block":
        return False, None
    if left.plain in ("stopped", "stopping") and phrase.commodity not in _STOPPED:
        return False, None
    if left.plain == "carrying" and phrase.commodity not in DRUGS:
        # To carry a gun is no find: somebody must have stopped or searched the bearer.
        return any(one.kind == "trigger" and one.plain != "carrying" for one in sentence.events), left
    if left.plain in _ONLY_ARREST and _wedge(text, left.at, phrase.first, ("for", "after")):
        return False, None
    return True, left


def _look_past(text: Text, phrase: Phrase, left: Event, events: list[Event]) -> Event | None:
    """A blocker holds to the end of its item, the verb of a list for all: "seized A capable of ...; B; C"."""
    between = text.raw[text.words[left.at].end : phrase.start]
    if ";" not in between and "•" not in between and "\n" not in between:
        return left
    return next((event for event in reversed(events) if event.at < left.at and event.kind == "trigger"), left)


def _wedge(text: Text, left: int, first: int, words: tuple[str, ...]) -> bool:
    return any(text.words[at].plain in words for at in range(left + 1, first))


def _governs_money(
    text: Text, phrase: Phrase, left: Event | None, passive: Event | None, listed: Phrase | None
) -> tuple[bool, Event | None]:
    """A sum alone is cash only as the object of seizing or in a list of what was seized."""
    following = text.plain[phrase.end : phrase.end + 30].lstrip()
    if any(text.words[at].plain in _VALUES for at in range(max(0, phrase.first - 5), phrase.first)):
        return False, None
    if following.startswith(
        ("worth", "in ", "reward", "bail", "bond", "per ", "a ", "each", "value", "for ", "street", "fine")
    ):
        return False, None
    if passive is not None and passive.plain in _HELD:
        return True, passive
    if left is not None and left.kind == "trigger" and left.plain in _HELD:
        return bool(listed) or is_next(text, left, phrase), left
    return False, None


def _governs_bare(
    sentence: Sentence,
    phrase: Phrase,
    events: list[Event],
    left: Event | None,
    passive: Event | None,
    listed: Phrase | None,
) -> tuple[bool, Event | None]:
    """A good without a number counts as the object of a finite verb, behind "seizure of", or in a list."""
    text = sentence.text
    if left is not None and left.kind == "trigger":
        if listed is not None and listed.commodity not in _PERSONS:
            return not text.words[phrase.first - 1].plain.startswith("includ"), left
        if left.passive and left.plain not in ("found", "seized", "recovered", "located"):
            return False, None
        if not is_next(text, left, phrase):
            return False, None
        before = text.words[left.at - 1].plain if left.at else ""
        earlier = [event for event in events if left.at - 7 < event.at < left.at and event.kind == "block"]
        if earlier or (left.plain not in EVENT_NOUNS and before in ("of", "the", "all", "any", "by")):
            return False, None
        if left.plain in _PAST:
            return True, left
        if left.plain in EVENT_NOUNS:
            led = {text.words[at].plain for at in range(max(sentence.first, left.at - 6), left.at)} & _LED
            return text.words[left.at + 1].plain == "of" and bool(led), left
        if left.plain == "sell" or left.plain in _BASE:
            back = {text.words[at].plain for at in range(max(sentence.first, left.at - 8), left.at)}
            return bool({"able", "conspired", "helped", "agreed", "arranged"} & back), left
        return left.plain == "keeping", left
    if passive is not None and passive.passive and passive.plain in SEIZE:
        between = range(phrase.after, passive.at)
        return len(between) <= 4 or phrase.how == "one", passive
    return False, None


def _name_person(phrase: Phrase, event: Event | None) -> Phrase | None:
    """People are detained, migrants or victims by the verb said of them."""
    if phrase.commodity not in _PERSONS or event is None:
        return phrase
    plain = event.plain
    if phrase.commodity == "migrant":
        if plain == "arrested" or plain == "arresting":
            return phrase._replace(commodity="person_detained")
        return phrase
    if plain in ("deported", "deporting", "deportation", "repatriated"):
        return phrase._replace(commodity="migrant")
    if plain in _ARREST_VERBS:
        return (
            phrase._replace(commodity="person_detained")
            if phrase.commodity != "victim" or plain != "recovered"
            else phrase
        )
    if plain in _RESCUE_ONLY or (phrase.commodity == "victim" and plain in ("located", "locating")):
        return phrase._replace(commodity="victim")
    return None

"""The event words of an English sentence: triggers (seized, sold, arrested) and blockers (charged, enough, stole)."""

from typing import Literal, NamedTuple

from processors.extraction.english_numbers import Amounts
from processors.extraction.english_words import BLOCKERS, NEGATIONS, TRIGGERS
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["EVENT_NOUNS", "PARTICIPLES", "Event", "read_events"]

Kind = Literal["trigger", "block"]

PARTICIPLES = word_set(
    "seized recovered confiscated intercepted interdicted found located discovered uncovered removed destroyed"
    " taken eradicated dismantled impounded retrieved stopped apprehended arrested detained captured rescued freed"
    " saved sold trafficked smuggled purchased transported distributed shipped hidden concealed nabbed deported"
    " transferred forfeited unearthed observed"
)
EVENT_NOUNS = word_set(
    "seizure seizures recovery recoveries confiscation confiscations interception interdiction discovery removal"
    " destruction eradication arrest arrests apprehension apprehensions capture rescue rescues transfer"
    " deportation forfeiture shipment shipments"
)
_AUXILIARIES = word_set("was were been being is are be")
_TREND = word_set("increase increased decrease decreased reduction rise rose drop surge surged spike decline fell")
_BEFORE_FOUND_NOT = word_set("guilty that responsible liable dead unresponsive not his her himself out a") - {"a"}
_COMPOUNDS = word_set("human sex labor drug drugs gun weapons arms narcotics of and for")
_ADVERBS = word_set("also all both allegedly later subsequently then each successfully not recently reportedly")
_MODALS = word_set("capable can could would might should enough")


class Event(NamedTuple):
    """An event word at word `at`."""

    at: int
    plain: str
    kind: Kind
    passive: bool


def read_events(text: Text, first: int, after: int, amounts: Amounts) -> list[Event]:
    """The event words among the words `first` to `after`."""
    words = text.words
    begins = {measure.first for measure in amounts.by_after.values()}
    found: list[Event] = []
    for at in range(first, after):
        plain = words[at].plain
        if plain in TRIGGERS:
            if _is_trigger(text, at, first, after, begins):
                negated = any(words[back].plain in NEGATIONS for back in range(max(first, at - 3), at))
                trend = any(words[back].plain in _TREND for back in range(max(first, at - 4), at))
                trend = trend and plain in EVENT_NOUNS and words[at - 1].plain in ("in", "the")
                modal = bool(found) and found[-1].plain in _MODALS and at - found[-1].at <= 3
                negated = negated or modal  # "capable of carrying", "could recover"
                passive = plain in PARTICIPLES and _is_passive(text, at, first)
                found.append(Event(at, plain, "block" if negated or trend else "trigger", passive))
        elif plain in BLOCKERS:
            if plain == "possession":
                held = _read_possession(text, at, first)
                if held is not None:
                    found.append(held)
                    continue
            if plain == "may" and (text.raw[words[at].start] == "M"):
                continue
            if plain in ("than", "between") and (
                plain == "between" or words[at - 1].plain in ("more", "less", "greater", "fewer")
            ):
                continue
            if plain == "counts" or plain == "count" or plain != "might":
                found.append(Event(at, plain, "block", False))
    return found


def _read_possession(text: Text, at: int, first: int) -> Event | None:
    """The find that "was in possession of" or "had ... in his possession" tells; "felon in possession" is a crime."""
    words = text.words
    before = words[at - 1].plain if at > first else ""
    earlier = words[at - 2].plain if at - 2 >= first else ""
    if before == "in" and earlier not in ("felon", "being", "persons", "person"):
        return Event(at, "found", "trigger", False)
    if before in ("his", "her", "their") and earlier == "in":
        return Event(at, "found", "trigger", True)
    return None


def _is_trigger(text: Text, at: int, first: int, after: int, begins: set[int]) -> bool:
    """Whether a trigger word is meant as one: not "found guilty", "drug trafficking", "arrest warrant"."""
    words = text.words
    plain = words[at].plain
    following = words[at + 1].plain if at + 1 < after else ""
    before = words[at - 1].plain if at > first else ""
    if plain == "captured":  # by a camera
        return before not in ("video", "footage", "camera", "cameras", "images") and following != "on"
    if plain == "revealed":
        return following != "that"
    if plain == "found":
        return following not in _BEFORE_FOUND_NOT
    if plain == "located":
        return before in _AUXILIARIES or following not in ("in", "at", "on", "near", "within", "along")
    if plain in ("taken", "took", "turned"):
        off = plain != "turned" and any(words[ahead].plain == "off" for ahead in range(at + 1, min(after, at + 12)))
        return off or following in ("into", "up", "from") or (plain == "turned" and following == "over")
    if plain in ("kept", "keeping"):
        return any(words[ahead].plain in ("away", "off", "out") for ahead in range(at + 1, min(after, at + 25)))
    if plain in ("recovery", "discovery", "removal", "destruction", "shipment", "transfer", "capture", "interception"):
        return following == "of" or plain == "capture" or at + 1 in begins
    if plain in ("arrest", "arrests"):
        return following not in ("warrant", "warrants", "record", "records", "rate", "rates", "and")
    if plain in ("trafficking", "smuggling", "dealing", "traffic", "transporting", "distributing", "selling", "buying"):
        if before in _COMPOUNDS:
            return before in ("of", "and", "for") and at + 1 in begins
        return True
    if plain == "custody":
        return before in ("into", "in")
    return True


def _is_passive(text: Text, at: int, first: int) -> bool:
    """Whether an auxiliary stands before: "were seized", "was also recovered", "have been allegedly found"."""
    for back in range(at - 1, max(first, at - 4) - 1, -1):
        plain = text.words[back].plain
        if plain in _AUXILIARIES:
            return True
        if plain not in _ADVERBS:
            return False
    return False

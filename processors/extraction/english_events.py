"""The event words of an English sentence: triggers (seized, sold, arrested) and blockers (charged, enough, stole)."""

import re
from typing import Literal

from processors.extraction.english_numbers import Amounts
from processors.extraction.english_words import BLOCKERS, NEGATIONS, TRIGGERS
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["EVENT_NOUNS", "EVENT_WORDS", "PARTICIPLES", "Event", "read_events"]

Kind = Literal["trigger", "block"]

PARTICIPLES = word_set(
    "seized recovered confiscated intercepted interdicted found located discovered uncovered removed destroyed"
    " taken eradicated dismantled impounded retrieved stopped apprehended arrested detained captured rescued freed"
    " saved sold trafficked smuggled purchased transported distributed shipped hidden concealed nabbed deported"
    " transferred forfeited unearthed observed encountered stashed tucked stuffed jailed booked carted surrendered"
    " offloaded came"
)
EVENT_NOUNS = word_set(
    "seizure seizures recovery recoveries confiscation confiscations interception interdiction discovery removal"
    " destruction eradication arrest arrests apprehension apprehensions capture rescue rescues transfer"
    " deportation forfeiture shipment shipments"
)
_AUXILIARIES = word_set("was were been being is are be")
_TREND = word_set("increase increased decrease decreased reduction rise rose drop surge surged spike decline fell")
_TRIES = word_set(
    "attempt attempts attempted attempting try tried trying plan plans planned planning plot plotted plotting intend"
    " intended intending want wanted hope hoped hoping seek seeking sought order ordered ordering offered offering"
    " suspected going need needs tool tools help"
)
_COORDINATED = word_set("charged indicted convicted deported released sentenced cited prosecuted booked fined")
_GOES_ON_ALONE = word_set("with for by in as on at after to")
_BEFORE_FOUND_NOT = word_set("guilty true sane that responsible liable dead unresponsive not his her himself out")
_TAKEN = frozenset({"taken", "took", "taking", "turned"})
_KEPT = frozenset({"kept", "keeping"})
_AWAY = frozenset({"away", "off", "out"})
_DEEDS = word_set("recovery discovery removal destruction shipment transfer capture interception")
_CAMERAS = word_set("video footage camera cameras images surveillance")
_INJURIES = word_set("injury injuries wound wounds surgery illness")
_ON_BODY = re.compile(r" on (?:him|her|them)\b| (?:when|time of) (?:his|her|their|he was|she was|they were) arrest")
_TOLD = frozenset({"telling", "told", "saying", "said", "claimed", "claiming", "prove"})
_LOOKED = word_set("arrest arrested search searched stopped revealed detained")
_HELD = frozenset({"possessing", "possessed", "having", "had"})
_DEALING = word_set("trafficking smuggling dealing traffic transporting distributing selling buying")
_WITH_PARTICLE = {
    "hauled": word_set("out away off in"),
    "carted": word_set("off away out"),
    "pulled": word_set("out from"),
    "dug": word_set("out up"),
    "came": word_set("off across"),
    "gave": word_set("up"),
    "threw": word_set("in"),
    "rendered": word_set("safe"),
}
"""Verbs that tell of a find with these behind them alone: "gave up five kilos", "came off the street"."""
_BEFORE_AMOUNT = word_set("logged held holding hold moved")
"""Verbs that tell of one right before an amount alone: "one parcel held 1,984 grams"."""
_CHECKED = (
    _TAKEN
    | _KEPT
    | _DEEDS
    | _DEALING
    | word_set("captured revealed found located hauled arrest arrests custody buys buy recovered")
    | word_set("pulled carted came gave threw logged held holding hold dug rendered moved")
)
"""The triggers that are none in some company."""
EVENT_WORDS = TRIGGERS | _HELD | (BLOCKERS - {"might"})
_COMPOUNDS = word_set("human sex labor drug drugs gun weapons arms narcotics of and for")
_ADVERBS = word_set("also all both allegedly later subsequently then each successfully not recently reportedly")
_MODALS = word_set("capable can could would might should enough")


class Event:
    """An event word at word `at`."""

    __slots__ = ("at", "kind", "passive", "plain")

    def __init__(self, at: int, plain: str, kind: Kind, passive: bool) -> None:
        self.at, self.plain, self.kind, self.passive = at, plain, kind, passive


def read_events(text: Text, known: list[int], first: int, after: int, amounts: Amounts) -> list[Event]:
    """The events at the words `known`, which are among `EVENT_WORDS`, of the sentence `first` to `after`."""
    plains = text.plains
    found: list[Event] = []
    for at in known:
        plain = plains[at]
        if plain in TRIGGERS:
            if plain in _CHECKED and not _is_trigger(plains, at, first, after, amounts):
                continue
            back = plains[max(first, at - 4) : at]
            barred = any(plain in NEGATIONS for plain in back[-3:])
            if not barred and plain in EVENT_NOUNS and back and back[-1] in ("in", "the"):
                barred = not _TREND.isdisjoint(back)
            if not barred and found and found[-1].plain in _MODALS:
                barred = at - found[-1].at <= 3  # "capable of carrying", "could recover"
            barred = barred or _is_tried(back)
            passive = plain in PARTICIPLES and _is_passive(back[-4:])
            found.append(Event(at, plain, "block" if barred else "trigger", passive))
            continue
        if plain in _COORDINATED and _shares_object(plains, at, after, found):
            continue
        if plain == "possession" or plain in _HELD:
            held = _read_possession(plains, at, first, found)
            if held is not None:
                found.append(held)
                continue
            if plain in ("having", "had"):
                continue
        if plain == "possessed" and (plains[at - 1] in _AUXILIARIES or plains[at - 1].endswith("ly")):
            continue  # "illegally possessed handguns"
        if plain == "may" and text.raw[text.words[at].start] == "M":
            continue
        if plain == "between" or (plain == "than" and plains[at - 1] in ("more", "less", "greater", "fewer")):
            continue
        found.append(Event(at, plain, "block", False))
    return found


def _is_tried(back: list[str]) -> bool:
    """Whether the deed was only tried or wanted: "attempted to smuggle"; `back` are the words before."""
    if len(back) < 2:
        return False
    if back[-1] != "to":
        return back[-1] in ("seek", "seeking", "seeks")
    return not _TRIES.isdisjoint(back[-3:-1])


def _shares_object(plains: list[str], at: int, after: int, found: list[Event]) -> bool:
    """Whether a blocker is the second of two verbs with one object: "arrested and charged two men"."""
    if not found or found[-1].kind != "trigger" or found[-1].passive or at + 1 >= after:
        return False
    return found[-1].at == at - 2 and plains[at - 1] == "and" and plains[at + 1] not in _GOES_ON_ALONE


def _read_possession(plains: list[str], at: int, first: int, found: list[Event]) -> Event | None:
    """The find that "was in possession of" or "had ... in his possession" tells; "felon in possession" is a crime.

    "Is accused of possessing two guns" tells a fact, "is charged with possessing a gun" only names the crime.
    """
    before = plains[at - 1] if at > first else ""
    earlier = plains[at - 2] if at - 2 >= first else ""
    accused = next((one for one in reversed(found) if one.kind == "block"), None)
    telling = plains[at] in ("possessing", "having") or (before == "in" and earlier == "being")
    if telling and accused is not None and accused.plain == "accused":
        found.remove(accused)
        return Event(at, "possessing", "trigger", False)
    if plains[at] == "had":
        return Event(at, "possessing", "trigger", False) if _ON_BODY.search(" ".join(plains[at : at + 30])) else None
    if plains[at] == "possessed" and not _LOOKED.isdisjoint(plains[first:at]):
        told = before not in _AUXILIARIES and not before.endswith("ly")
        return Event(at, "possessing", "trigger", False) if told else None
    if plains[at] in _HELD:
        return None
    if earlier == "while" or not _TOLD.isdisjoint(plains[max(first, at - 9) : at]):
        return None  # "he told her that he was in possession of a gun"
    if before == "in" and earlier not in ("felon", "being", "persons", "person"):
        return Event(at, "found", "trigger", False)
    if before in ("his", "her", "their") and earlier == "in":
        return Event(at, "found", "trigger", True)
    return None


def _is_trigger(plains: list[str], at: int, first: int, after: int, amounts: Amounts) -> bool:
    """Whether a trigger word is meant as one: not "found guilty", "drug trafficking", "arrest warrant"."""
    plain = plains[at]
    following = plains[at + 1] if at + 1 < after else ""
    before = plains[at - 1] if at > first else ""
    if plain == "found":
        if following == "to" and plains[at + 2 : at + 3] == ["be"]:
            return False  # "found to be true"
        return following not in _BEFORE_FOUND_NOT
    if plain == "revealed":
        return following != "that"
    if plain == "recovered":
        return following != "from" or _INJURIES.isdisjoint(plains[at + 2 : at + 5])
    if plain in ("buys", "buy"):  # made by officers
        return following == "of"
    if plain == "captured":  # by a camera
        return following != "on" and _CAMERAS.isdisjoint(plains[max(first, at - 8) : at])
    if plain == "located":
        return before in _AUXILIARIES or following not in ("in", "at", "on", "near", "within", "along")
    if plain in _TAKEN:
        if following == "into" and at + 2 < after and plains[at + 2] == "custody":
            return False  # "custody" is the event
        off = plain != "turned" and "off" in plains[at + 1 : min(after, at + 12)]
        if plain == "taking":
            return off
        return off or following in ("into", "up", "from") or (plain == "turned" and following in ("over", "up"))
    if plain in _WITH_PARTICLE:
        return following in _WITH_PARTICLE[plain]
    if plain in _BEFORE_AMOUNT:
        return any(_begins(amounts, near) for near in range(at + 1, min(at + 5, after)))
    if plain in _KEPT:
        return not _AWAY.isdisjoint(plains[at + 1 : min(after, at + 25)])
    if plain in _DEEDS:
        return following == "of" or plain == "capture" or _begins(amounts, at + 1)
    if plain in ("arrest", "arrests"):
        if before == "the" and not {"warrant", "warrants"}.isdisjoint(plains[max(first, at - 9) : at]):
            return False  # "a warrant has been issued for the arrest of"
        return following not in ("warrant", "warrants", "record", "records", "rate", "rates", "and")
    if plain in _DEALING:
        return before not in _COMPOUNDS or (before in ("of", "and", "for") and _begins(amounts, at + 1))
    return before == "into"  # custody


def _begins(amounts: Amounts, at: int) -> bool:
    return any(measure.first == at for measure in amounts.by_after.values())


def _is_passive(back: list[str]) -> bool:
    """Whether an auxiliary stands before: "were seized", "was also recovered", "have been allegedly found"."""
    for plain in reversed(back):
        if plain in _AUXILIARIES:
            return True
        if plain not in _ADVERBS:
            return False
    return False

"""Which phrases of an English sentence were seized, sold, arrested or rescued: the verb that governs each of them.

A phrase is governed by the nearest event word before it, or by a passive verb behind it ("were recovered").
"""

from processors.extraction.english_bare import FINITE_PAST, governs_bare
from processors.extraction.english_events import EVENT_NOUNS, Event
from processors.extraction.english_money import VALUES, governs_money
from processors.extraction.english_nearness import (
    continues_list,
    is_behind,
    is_breakdown,
    is_next,
    look_behind,
    names_kind,
    names_part,
    points_to,
)
from processors.extraction.english_persons import PERSONS, counts_arrests, governs_person, name_person
from processors.extraction.english_phrases import DRUGS, Phrase
from processors.extraction.english_series import is_in_series, names_its_seizure
from processors.extraction.english_words import ARREST, SEIZE, SELL, SUMMING
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Sentence", "accept_phrases"]

_RECOVER = word_set(
    "seized seizing seizure seizures seize recovered recovering recovery recover confiscated confiscating confiscation"
    " impounded forfeited forfeiture intercepted interdicted yielded netted hauled"
)
_HAVING = EVENT_NOUNS | {"possession"}
_FINITE = FINITE_PAST | EVENT_NOUNS | {"carrying", "possession"}
_MAGNITUDE = FINITE_PAST | EVENT_NOUNS | {"keeping", "seizing"}
_STOPPED = DRUGS | {"cash", "firearm"}
_ONLY_ARREST = ARREST - SEIZE
_NO_OBJECT = word_set(
    "for as to like by matching through using into finishing transferring was is"
    " were be than fired pulled pointed firing brandishing pointing holding displaying bringing"
)
_GOODS = DRUGS | {"firearm", "ammunition", "magazine", "grenade_explosive"}
_PIECES = frozenset({"unit", "package", "plant", "pill"})
_FOUND = frozenset({"found", "located", "discovered"})
_HOLDING = word_set("held holding hold moved")
_LADEN = [["hauling"], ["carrying"], ["transporting"], ["loaded"], ["containing"], ["filled"], ["driven"], ["with"]]
_ABLE = word_set("capable producing produce produces enough can could would might should will")
_GOT = _RECOVER | _FOUND | word_set("confiscate confiscating dismantled dismantling uncovered taken")
_BESIDE = word_set("and or over more than about approximately nearly almost some at least roughly another")
_VERBS = frozenset({"was", "were", "had", "have", "has"})
_LYING = word_set("under in inside into near behind beside from onto at")
_APPOSED = frozenset({"enough", "equivalent", "equal"})

Verdict = tuple[bool, Event | None]
Accepted = list[tuple[Phrase, Event | None]]


class Sentence:
    """The words `first` to `after` of a text with their events; `sums`: one of `SUMMING` stands among them."""

    __slots__ = ("after", "events", "first", "sums", "text")

    def __init__(self, text: Text, first: int, after: int, events: list[Event], sums: bool) -> None:
        self.text, self.first, self.after = text, first, after
        self.events, self.sums = events, sums


def accept_phrases(sentence: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases that tell of something seized, sold, arrested or rescued."""
    accepted: Accepted = []
    waiting: list[Phrase] = []
    previous: Phrase | None = None
    covered: set[int] = set()
    for phrase in phrases:
        for at in range(phrase.first, phrase.after):
            covered.add(at)
    every = [event for event in sentence.events if event.at not in covered]
    # A "street value of $2" only bars the sum, not the goods behind it.
    others = [event for event in every if event.plain not in VALUES]
    for phrase in phrases:
        before, previous = previous, phrase
        if before is not None and phrase.quantity == 1 and names_part(sentence.text, phrase, before):
            continue
        if accepted and phrase.quantity is None and names_kind(sentence.text, phrase, accepted[-1][0]):
            accepted[-1] = (phrase, accepted[-1][1])  # "drugs including heroin"
            continue
        governed, event = _govern(sentence, phrase, every if phrase.rule == "en.bare-money" else others, accepted)
        if governed and not (accepted and is_breakdown(sentence.text, sentence.first, phrase, accepted)):
            changed = name_person(phrase, event) if phrase.commodity in PERSONS else phrase
            if changed is not None and points_to(sentence.text, phrase) and (event is None or event.plain not in _GOT):
                changed = None  # "they bought the gun": no find
            if changed is not None:
                apart = waiting and not _VERBS.isdisjoint(sentence.text.plains[waiting[-1].after : phrase.first])
                if event is not None and event.at >= phrase.after and not apart:
                    accepted += [(one, event) for one in waiting if event.passive or one.how == "counted"]
                waiting = []
                accepted.append((_mark(sentence, changed, event), event))
        elif phrase.how == "bare" and phrase.first == sentence.first and phrase.commodity not in PERSONS:
            waiting.append(phrase)  # "Magazines, 200 rounds and $5,000 were seized": the verb comes at the end
        elif phrase.how == "counted" and phrase.commodity in _GOODS:
            # "a shotgun, a rifle and two pistols that deputies seized"
            near = not waiting or _BESIDE.issuperset(sentence.text.plains[waiting[-1].after : phrase.first])
            waiting = [*waiting, phrase] if near else [phrase]
        else:
            waiting = []
    if len(accepted) > 1 and sentence.sums:
        accepted = _drop_summed(sentence.text, accepted)
    return [phrase for phrase, _ in accepted]


def _mark(sentence: Sentence, phrase: Phrase, event: Event | None) -> Phrase:
    """The phrase with the rule of goods that name their own seizure, or the doubt of a sale that is only charged."""
    if event is None:
        if phrase.unit != "person" and names_its_seizure(sentence.text, phrase, sentence.after):
            stock = phrase.qty_si is not None and phrase.qty_si >= 1000
            return phrase._replace(rule="en.named-seizure", stock=stock)
        if phrase.unit != "person" and phrase.rule not in ("en.restated", "en.each"):
            return phrase._replace(doubt=(*phrase.doubt, "no_verb_of_seizing"))
    elif event.plain in SELL and _is_charged(sentence, event):
        return phrase._replace(doubt=(*phrase.doubt, "charged"))
    return phrase


def _drop_summed(text: Text, accepted: Accepted) -> Accepted:
    """Without the names that an amount sums up: "powder and pills of fentanyl amounting to 900 doses of fentanyl"."""
    for whole, _ in accepted:
        before = text.plains[max(0, whole.first - 5) : whole.first]
        if whole.how == "counted" and not SUMMING.isdisjoint(before):
            return [
                (one, event)
                for one, event in accepted
                if one.how == "counted" or one.commodity != whole.commodity or one.first > whole.first
            ]
    return accepted


def _govern(sentence: Sentence, phrase: Phrase, events: list[Event], accepted: Accepted) -> Verdict:
    """Whether a phrase is governed by a trigger, and by which one."""
    text, person = sentence.text, phrase.commodity in PERSONS
    if person:
        verdict = counts_arrests(text, phrase)
        if verdict is not None:
            return verdict
    if phrase.rule == "en.restated":
        return bool(accepted) and accepted[-1][0].commodity == phrase.commodity, accepted[-1][1] if accepted else None
    if phrase.rule == "en.each" and accepted and accepted[-1][0].rule == "en.each":
        return True, accepted[-1][1]
    if phrase.how == "counted" and names_its_seizure(text, phrase, sentence.after):
        return True, None
    left: Event | None = None
    for event in events:
        if event.at >= phrase.first:
            break
        left = event
    if left is not None and left.kind == "block":
        left = _look_past(text, phrase, left, events)
    passive = look_behind(text, phrase, events) if events and events[-1].at >= phrase.after else None
    if passive is not None and (passive.kind != "trigger" or not is_behind(text, phrase, passive, person)):
        passive = None
    if person:
        return governs_person(text, phrase, left, passive, accepted)
    if phrase.commodity in ("vehicle", "property"):
        return _governs_vehicle(text, phrase, left, passive, accepted)
    if phrase.rule == "en.bare-money":
        return governs_money(text, phrase, left, passive, continues_list(text, phrase, accepted))
    if left is not None and left.plain in SELL:
        if phrase.commodity == "cash" and phrase.unit == "USD":
            return False, None
    elif phrase.rule == "en.worth" and phrase.commodity in DRUGS:
        return False, None  # what was seized is told by its weight; a sum is its street value
    if phrase.quantity == 1 and phrase.how == "counted" and phrase.unit in _PIECES:
        if _is_no_object(sentence, phrase, left, passive, accepted):
            return False, None
    elif phrase.unit == "dose" and phrase.quantity is not None and phrase.quantity < 3:
        return False, None
    if phrase.how != "counted":
        if phrase.how != "vague" or not phrase.approximate:
            listed = continues_list(text, phrase, accepted)
            return governs_bare(text, sentence.first, phrase, events, left, passive, listed)
        if passive is None and (left is None or left.plain not in _MAGNITUDE):
            return False, None
    if left is None and passive is None and accepted and accepted[-1][1] is None:
        # "900 arrests, 12 pounds of fentanyl, 70 guns": the deed of the first holds for the list
        return phrase.how == "counted" and continues_list(text, phrase, accepted) is not None, None
    if left is not None and left.plain in _HOLDING and phrase.commodity not in DRUGS:
        return continues_list(text, phrase, accepted) is not None, left  # "held 3 kilos and a pistol", not "held a gun"
    return _governs_counted(sentence, phrase, left, passive)


def _governs_counted(sentence: Sentence, phrase: Phrase, left: Event | None, passive: Event | None) -> Verdict:
    """Goods with a number belong to the passive behind them or to the nearest verb before them."""
    text = sentence.text
    if passive is not None and (left is None or left.kind == "block" or passive.passive):
        able = left is not None and left.plain in _ABLE and passive.at - phrase.after > 3
        if not able:
            return True, passive
    if left is None or left.kind == "block":
        return False, None
    if left.plain in ("stopped", "stopping") and phrase.commodity not in _STOPPED:
        return False, None
    if left.plain == "carrying" and phrase.commodity not in DRUGS:
        # To carry a gun is no find: somebody must have stopped or searched the bearer.
        return any(one.kind == "trigger" and one.plain != "carrying" for one in sentence.events), left
    if left.plain in _ONLY_ARREST and not {"for", "after"}.isdisjoint(text.plains[left.at + 1 : phrase.first]):
        return False, None
    return True, left


def _governs_vehicle(
    text: Text, phrase: Phrase, left: Event | None, passive: Event | None, accepted: Accepted
) -> Verdict:
    """Vehicles and property must be seized, not only found; a stolen one may be found."""
    if text.plains[phrase.after : phrase.after + 1] in _LADEN:
        return False, None  # "a truck hauling marijuana" only carried it
    if phrase.how != "counted":  # "the stolen car was found", but not "his car was seized"
        if phrase.how != "one" or "stolen" not in text.plains[phrase.first : phrase.after]:
            return False, None
        if passive is not None and passive.plain in _FOUND:
            return True, passive
    if passive is not None and passive.plain in _RECOVER:
        return text.plains[phrase.first - 1] not in _LYING, passive  # "under a car"
    if left is None or left.kind != "trigger":
        return False, None
    stolen = left.plain in _FOUND and "stolen" in text.plains[phrase.first : phrase.first + 3]
    if left.plain not in _RECOVER and not stolen:
        return False, None
    taken = continues_list(text, phrase, accepted) or is_next(text, left, phrase) or is_in_series(text, left, phrase)
    return (True, left) if taken else (False, None)


def _is_no_object(
    sentence: Sentence, phrase: Phrase, left: Event | None, passive: Event | None, accepted: Accepted
) -> bool:
    """Whether one piece ("a rifle") is no object: "shot with a rifle", "the use of a gun", "trafficking in a gun"."""
    plains = sentence.text.plains
    if phrase.first <= sentence.first or plains[phrase.first] not in ("a", "an"):
        return False
    before = plains[phrase.first - 1]
    if before in _NO_OBJECT or (before == "of" and plains[phrase.first - 2] not in _HAVING):
        return True
    if passive is not None or left is None or left.plain in _FINITE:
        return False
    return continues_list(sentence.text, phrase, accepted) is None


def _is_charged(sentence: Sentence, event: Event) -> bool:
    """Whether a sale is only charged: "charged with selling 12 guns", "accused of trafficking 3 kilos"."""
    return sentence.text.plains[event.at - 1] in ("of", "with") and any(
        one.kind == "block" and one.at < event.at for one in sentence.events
    )


def _look_past(text: Text, phrase: Phrase, left: Event, events: list[Event]) -> Event | None:
    """A blocker holds to the end of its item, the verb of a list for all: "seized A capable of ...; B; C"."""
    between = text.raw[text.words[left.at].end : phrase.start]
    apart = left.plain in _APPOSED and left.at and text.plain[text.words[left.at - 1].end] == ","
    if apart and "," in between and phrase.how == "counted":
        # "seized 24 kilos of fentanyl, enough for 12 million doses, and six guns": said in passing
        return next((event for event in reversed(events) if event.at < left.at and event.kind == "trigger"), left)
    if ";" not in between and "•" not in between and "\n" not in between:
        return left
    return next((event for event in reversed(events) if event.at < left.at and event.kind == "trigger"), left)

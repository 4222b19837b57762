"""How an English phrase stands to the words around it: next to a verb, in a list, behind "including"."""

from processors.extraction.english_events import PARTICIPLES, Event
from processors.extraction.english_phrases import Phrase
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["continues_list", "is_behind", "is_breakdown", "is_next"]

_SMALL = word_set(
    "of a an the more additional suspected also approximately over nearly about around some another illegal"
    " illicit in excess than at least almost estimated total record historic up to and were was had have has been"
    " both all off roughly stolen loaded his her their or as many well close several multiple numerous various"
    " large dozens us allegedly later then currently who"
)
_LIST = word_set(
    "and or along with as well plus also a an the of more than over nearly about approximately at least almost"
    " some roughly around in addition to another additional suspected estimated his her loaded stolen illegal"
)


def is_next(text: Text, event: Event, phrase: Phrase) -> bool:
    """Whether only small words and at most two others stand between an event word and a phrase behind it."""
    others = 0
    for at in range(event.at + 1, phrase.first):
        plain = text.words[at].plain
        if plain in ("from", "by", "at", "inside", "into", "for", "near", "under", "after", "while", "who", "because"):
            return False
        if plain == "in" and text.words[at + 1].plain != "excess":
            return False
        if plain not in _SMALL:
            others += 1
    gap = text.plain[text.words[event.at].end : phrase.start]
    return others <= 2 and "." not in gap.replace("u.s.", "") and ";" not in gap


def is_behind(text: Text, phrase: Phrase, event: Event, person: bool) -> bool:
    """Whether a participle behind a phrase is said of it: "were also seized", "(three guns) recovered during"."""
    if event.plain not in PARTICIPLES and event.plain != "custody":
        return False
    distance = event.at - phrase.after
    if event.plain == "custody":
        return person and distance <= 10
    if 0 < distance <= 4 and text.words[phrase.after].plain in ("that", "which") and not event.passive:
        return not person  # "the heroin that deputies found"
    if event.passive or text.words[event.at - 1].plain == "being":
        limit = 14 if person else 30
        between = text.plain[phrase.end : text.words[event.at].start]
        return distance <= limit and ";" not in between
    return distance <= 1 and "," not in text.plain[phrase.end : text.words[event.at].start]


def continues_list(text: Text, phrase: Phrase, accepted: list[tuple[Phrase, Event | None]]) -> Phrase | None:
    """The accepted phrase right before this one, parted from it by commas, "and", "along with" and adjectives alone."""
    if not accepted:
        return None
    last = accepted[-1][0]
    if not 0 <= phrase.first - last.after <= 8:
        return None
    between = text.plain[last.end : phrase.start]
    if "." in between.replace(".40", "").replace("u.s.", "") or ("(" in between and ")" not in between):
        return None
    others = sum(text.words[at].plain not in _LIST for at in range(last.after, phrase.first))
    joined = (
        "," in between
        or ";" in between
        or " and " in between
        or "with" in between
        or "•" in between
        or "plus" in between
    )
    return last if joined and others <= (2 if phrase.how != "bare" else 1) else None


def is_breakdown(text: Text, first: int, phrase: Phrase, accepted: list[tuple[Phrase, Event | None]]) -> bool:
    """Whether a phrase only divides an earlier one of the same good and unit: "including", a colon, a bracket."""
    before = {text.words[at].plain for at in range(max(first, phrase.first - 5), phrase.first)}
    if "among" in before and phrase.unit == "person":
        return True
    for earlier, _ in accepted:
        if earlier.commodity != phrase.commodity or earlier.unit != phrase.unit:
            continue
        if (
            earlier.qty_si is None
            or phrase.qty_si is None
            or phrase.qty_si > earlier.qty_si
            or phrase.qty_si == earlier.qty_si == 1
        ):
            continue
        between = text.plain[earlier.end : phrase.start]
        if ";" in between or " as well as " in between:
            continue
        if "includ" in between or ": " in between or "(" in between or "consisting of" in between:
            return True
        if phrase.rule == "en.count" and (
            " – " in between or " -- " in between or "—" in text.raw[earlier.end : phrase.start]
        ):
            return True
    return False

"""How an English phrase stands to the words around it: next to a verb, in a list, behind "including"."""

from processors.extraction.english_events import PARTICIPLES, Event
from processors.extraction.english_phrases import Phrase
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = [
    "continues_list",
    "is_behind",
    "is_breakdown",
    "is_next",
    "look_behind",
    "names_kind",
    "names_part",
    "points_to",
]

_SMALL = word_set(
    "of a an the more additional suspected also approximately over nearly about around some another illegal"
    " illicit in excess than at least almost estimated total record historic up to and were was had have has been"
    " both all off roughly stolen loaded his her their or as many well close several multiple numerous various"
    " large dozens us allegedly later then currently who"
)
_AWAY = word_set("from by at inside into for near under after while who because")
_FAR = 30
_WAS = frozenset({"was", "were", "being"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_OTHERS = word_set("he she they it defendant suspect driver officer")
_AUXILIARIES = word_set("was were is are has have had be been who and")
_LIST = word_set(
    "and or along with as well plus also a an the of more than over nearly about approximately at least almost"
    " some roughly around in addition to another additional suspected estimated his her loaded stolen illegal just shy"
)


def is_next(text: Text, event: Event, phrase: Phrase) -> bool:
    """Whether only small words and at most two others stand between an event word and a phrase behind it."""
    plains = text.plains
    between = plains[event.at + 1 : phrase.first]
    if not _AWAY.isdisjoint(between):
        return False
    if len(between) > 2 and sum(plain not in _SMALL for plain in between) > 2:
        return False
    if "in" in between and any(
        plain == "in" and plains[at + 1] != "excess" for at, plain in enumerate(between, event.at + 1)
    ):
        return False
    gap = text.plain[text.words[event.at].end : phrase.start]
    return ";" not in gap and ("." not in gap or "." not in gap.replace("u.s.", ""))


def look_behind(text: Text, phrase: Phrase, events: list[Event]) -> Event | None:
    """The event word behind a phrase; of people, past what only describes them: "two men charged were held"."""
    behind = [event for event in events if event.at >= phrase.after]
    if not behind or phrase.unit != "person" or behind[0].kind == "trigger" or behind[0].at > phrase.after + 6:
        return behind[0] if behind else None
    if not _AUXILIARIES.isdisjoint(text.plains[phrase.after : behind[0].at]):
        return behind[0]
    return next((event for event in behind if event.kind == "trigger"), behind[0])


def is_behind(text: Text, phrase: Phrase, event: Event, person: bool) -> bool:
    """Whether a participle behind a phrase is said of it: "were also seized", "(three guns) recovered during"."""
    if event.plain not in PARTICIPLES and event.plain != "custody":
        return False
    distance = event.at - phrase.after
    if event.plain == "custody":
        return person and distance <= 14
    if 0 < distance <= 4 and text.plains[phrase.after] in ("that", "which") and not event.passive:
        return not person  # "the heroin that deputies found"
    if event.passive or text.plains[event.at - 1] == "being":
        limit = 14 if person else 30
        if _has_own_subject(text.plains, phrase, event):
            return False
        between = text.plain[phrase.end : text.words[event.at].start]
        return distance <= limit and ";" not in between
    return distance <= 1 and "," not in text.plain[phrase.end : text.words[event.at].start]


def _has_own_subject(plains: list[str], phrase: Phrase, event: Event) -> bool:
    """Whether the passive behind a phrase is said of another: "25 guns were used and 12 rifles were recovered"."""
    between = plains[phrase.after : event.at]
    verbs = [at for at, plain in enumerate(between) if plain in _WAS]
    if not verbs:
        return False
    before = between[verbs[-1] - 1] if verbs[-1] else ""
    if phrase.unit == "person" and before in _OTHERS:
        return True  # "one of the victims called, and the defendant was arrested"
    if len(verbs) < 2 or before in ("and", "but", "or", "who", "that", "which", "also", "later"):
        return False
    return _RELATIVE.isdisjoint(between[: verbs[0]]) and verbs[-1] - verbs[0] > 2


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
    others = sum(plain not in _LIST for plain in text.plains[last.after : phrase.first])
    joined = (
        "," in between
        or ";" in between
        or " and " in between
        or "with" in between
        or "as well as" in between
        or "•" in between
        or between.strip() == "-"
        or (between.strip() == "" and "\n" in between)
        or "plus" in between
    )
    return last if joined and others <= (2 if phrase.how != "bare" else 1) else None


def is_breakdown(text: Text, first: int, phrase: Phrase, accepted: list[tuple[Phrase, Event | None]]) -> bool:
    """Whether a phrase only divides an earlier one of the same good and unit: "including", a colon, a bracket."""
    if phrase.unit == "person" and "among" in text.plains[max(first, phrase.first - 5) : phrase.first]:
        return True
    for earlier, _ in accepted[-_FAR:]:
        if earlier.commodity != phrase.commodity or earlier.unit != phrase.unit:
            continue
        if (phrase.how == "bare" or earlier.how == "vague") and "includ" in text.plain[earlier.end : phrase.start]:
            return True  # "six firearms, including rifles", "several firearms, including a rifle"
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
        opened = between.rfind("(") > between.rfind(")")
        if "includ" in between or ": " in between or opened or "consisting of" in between or "among them" in between:
            return True
        if phrase.rule == "en.count" and (
            " – " in between or " -- " in between or "—" in text.raw[earlier.end : phrase.start]
        ):
            return True
    return False


def names_part(text: Text, phrase: Phrase, last: Phrase) -> bool:
    """Whether a phrase is a part of the gun before it, or says what that is: "a pistol with an extended magazine"."""
    if phrase.quantity != 1 or last.commodity != "firearm":
        return False
    between = text.plain[last.end : phrase.start].strip()
    if phrase.commodity == "magazine":
        return between == "with"
    return (
        phrase.commodity == "firearm" and between in ("-", "–", "—", "--") and text.plains[phrase.first] in ("a", "an")
    )


def names_kind(text: Text, phrase: Phrase, last: Phrase) -> bool:
    """Whether a phrase only names the drugs that the one before it left open: "drugs, including heroin"."""
    if last.commodity != "drugs_unspecified" or last.quantity is not None or phrase.quantity is not None:
        return False
    return phrase.unit != "person" and text.plain[last.end : phrase.start].strip(" ,") in ("including", "to include")


def points_to(text: Text, phrase: Phrase) -> bool:
    """Whether a phrase without a number is one that the text points to: "the gun", "all of the stolen cocaine"."""
    return phrase.how in ("one", "bare") and text.plains[phrase.first] in ("the", "all", "most", "some")

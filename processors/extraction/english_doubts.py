"""Why a reader should look twice at an English mention: codes for `doubt`."""

from processors.extraction.english_joining import Phrase
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["UNTESTED", "find_doubts"]

UNTESTED = word_set("suspected believed presumed presumptive purported apparent")


def find_doubts(text: Text, phrase: Phrase) -> tuple[str, ...]:
    """The doubts of the rule itself, then `presumptive` where the goods are only suspected ones."""
    if phrase.unit == "person":
        return phrase.doubt
    words = text.plains[max(0, phrase.first - 2) : phrase.after]
    if text.plains[phrase.after : phrase.after + 2] in (["believed", "to"], ["suspected", "to"], ["suspected", "of"]):
        words.append("suspected")
    return phrase.doubt if UNTESTED.isdisjoint(words) else (*phrase.doubt, "presumptive")

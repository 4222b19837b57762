"""Whether a sum of money that stands alone in an English sentence is cash that was seized."""

from processors.extraction.english_events import Event
from processors.extraction.english_nearness import is_next
from processors.extraction.english_phrases import Phrase
from processors.extraction.english_series import is_in_series
from processors.extraction.english_words import SEIZE
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["VALUES", "governs_money"]

VALUES = frozenset({"worth", "value", "valued"})
_HELD = SEIZE - word_set("stopped stopping removed took taking carrying kept keeping shipment shipments")
_NO_CASH = ("worth", "reward", "bail", "bond", "per ", "a ", "each", "value", "for ", "street", "fine", "in ")
_WHERE = word_set(
    "his her their the a an its this that small large bills denominations various bundles bundled plastic two three"
    " one hundreds twenties fives mixed"
)


def governs_money(
    text: Text, phrase: Phrase, left: Event | None, passive: Event | None, listed: Phrase | None
) -> tuple[bool, Event | None]:
    """A sum alone is cash only as the object of seizing or in a list of what was seized.

    "$5,200 in his jacket" and "$900 in small bills" are cash, "$3,000 in shoes" are shoes.
    """
    following = text.plain[phrase.end : phrase.end + 30].lstrip()
    if any(text.words[at].plain in VALUES for at in range(max(0, phrase.first - 5), phrase.first)):
        return False, None
    if (
        text.plains[phrase.first - 1] in ("was", "is")
        and "value" in text.plains[max(0, phrase.first - 12) : phrase.first]
    ):
        return False, None  # "the value of the cars recovered was $90,000"
    where = following.startswith("in ") and text.words[phrase.after + 1].plain in _WHERE
    if following.startswith(_NO_CASH) and not where:
        return False, None
    if passive is not None and passive.plain in _HELD:
        return True, passive
    if left is not None and left.kind == "trigger" and left.plain in ("took", "taken", "taking") and listed:
        return True, left  # "took a pistol and $900 off the street"
    if left is not None and left.kind == "trigger" and left.plain in _HELD:
        return bool(listed) or is_next(text, left, phrase) or is_in_series(text, left, phrase), left
    return False, None

"""Whether a text says right before a name that somebody holds an office: such a person may be named."""

import re

from processors.extraction.people import FoundPerson
from processors.extraction.texts import Text
from processors.protection.cues import word_at

__all__ = ["holds_office"]

_OFFICIAL = re.compile(
    r"(?:\b(?:president[ea]?|secretari[oa]|secretary|governor|gobernador\w*|fiscal|procurador\w*|attorney|sheriff|chief"
    r"|director\w*|commissioner|comisionad[oa]|general|almirante|admiral|captain|capitan|comandante|commander|coronel"
    r"|colonel|senator|senador\w*|judge|juez|jueza|mayor|alcalde\w*|vocer[oa]|spokes\w+|agent|agente|special agent"
    r"|detective|lieutenant|sergeant|prosecutor|ministro|ministra|embajador\w*|ambassador|canciller)\b[\s.,]*"
    r"(?P<between>(?:\w+[\s.,]+){0,4}))$"
)
"""Words right before a name by which a text says that somebody holds an office."""
_OFFICE_HEAD = re.compile(re.sub(r"\\w.", "", _OFFICIAL.pattern.partition(r"\b(?:")[2].partition(r")\b")[0])).match
"""The beginning of a word for an office; of "special agent" the second."""
_OFFICES: dict[str, bool] = {}
"""Words that were seen: whether they begin so."""
_MOST_KEPT = 20_000
_NO_OFFICE = re.compile(
    r"\b(?:que|quien|that|who|whom|said|dijo|y|and|a|al|con|with|by|por|to|contra|against|is|es|was|fue|identif\w*|confirm\w*"
    r"|inform\w*|told|names?d?|arrested|found)\b"
)
"""With these between, the name is somebody else's: "la fiscal dijo que ..."."""


def holds_office(person: FoundPerson, text: Text) -> bool:
    """Whether an office stands before the name, with nothing between that gives it to somebody else."""
    start = person.start
    first = max(0, start - 60)
    # `_OFFICIAL` begins with a word of the text, whole: behind letters, digits and "_" it finds nothing.
    at = word_at(text.words, start) - 1
    while at >= 0 and text.words[at][1] >= first:
        if _may_be_office(text.words[at][0]):
            found = _OFFICIAL.search(text.plain, first, start)
            return found is not None and _NO_OFFICE.search(found["between"]) is None
        at -= 1
    return False


def _may_be_office(word: str) -> bool:
    told = _OFFICES.get(word)
    if told is None:
        if len(_OFFICES) >= _MOST_KEPT:
            _OFFICES.clear()
        told = _OFFICES[word] = _OFFICE_HEAD(word) is not None
    return told

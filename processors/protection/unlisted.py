"""People whom only a text names: which of them must be taken for protected. Unsure means protected."""

import re
from collections.abc import Collection, Mapping, Sequence

from processors.extraction.people import FoundPerson
from processors.extraction.readings import people_in
from processors.extraction.texts import Text
from processors.protection.cues import Cues, read_cues
from processors.protection.events import NameFinder, Unlisted
from processors.protection.shields import name_words
from processors.reference import Reference

__all__ = ["name_finder"]

_OFFICIAL = re.compile(
    r"(?:\b(?:president[ea]?|secretari[oa]|secretary|governor|gobernador\w*|fiscal|procurador\w*|attorney|sheriff|chief"
    r"|director\w*|commissioner|comisionad[oa]|general|almirante|admiral|captain|capitan|comandante|commander|coronel"
    r"|colonel|senator|senador\w*|judge|juez|jueza|mayor|alcalde\w*|vocer[oa]|spokes\w+|agent|agente|special agent"
    r"|detective|lieutenant|sergeant|prosecutor|ministro|ministra|embajador\w*|ambassador|canciller)\b[\s.,]*(?:\w+[\s.,]+)"
    r"{0,4})$"
)
"""Words right before a name by which a text says that somebody holds an office."""
_LEAST_LETTERS = 24
_ODD_SHARE = 0.6
_ASCII_SHARE = 0.75
"""Below this the letters of a text are hardly those of our two languages, and are counted one by one."""
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALLS = bytes(range(ord("a"), ord("z") + 1))


def name_finder(texts: Sequence[Text], reference: Reference) -> NameFinder:
    """The finder of one record's texts."""

    def find(strict: bool, known: Sequence[str]) -> Mapping[str, Unlisted]:
        """Each name is protected that is not that of somebody listed, of an official by title, or of a subject by the
        words nearest to it. Where the texts, or the record, speak of people who may have to be protected, that holds
        for everything that may be a name, and a text without the usual capitals, which can't be read so, is withheld.
        """
        odd = {text.field for text in texts if _is_oddly_written(text.raw)}
        # Headlines in capitals are usual: names are told by their words alone.
        raised = [_with_capitals(text) if text.field in odd else text for text in texts]
        cues = {text.field: read_cues(text) for text in raised}
        cued = strict or any(one.protected for one in cues.values())
        unsure = odd - {"title"} if cued else set()
        readable = [text for text in raised if text.field not in unsure]
        named = [(text, person) for text in readable for person in people_in(text, reference)]
        unlisted: dict[str, Unlisted] = {field: Unlisted((), unsure=True) for field in unsure}
        if not named:
            return unlisted
        words = {one.name: frozenset(name_words(one.name)) for _, one in named}
        told = {frozenset(name_words(name)) for name in known}
        told |= {words[one.name] for text, one in named if _is_told_of(one, text, cues[text.field])}
        hidden = {name for name, its in words.items() if not _is_one_of(its, told)}
        for text in readable:
            names = [
                one.name
                for its, one in named
                if its is text and one.name in hidden and (cued or one.confidence == "high")
            ]
            if names:
                unlisted[text.field] = Unlisted(names)
        return unlisted

    return find


def _with_capitals(text: Text) -> Text:
    return Text(text.raw.title(), text.language, text.field, text.country, text.date)


def _is_one_of(words: frozenset[str], told: Collection[frozenset[str]]) -> bool:
    return words in told or any(words <= other or len(words & other) > 1 for other in told)


def _is_told_of(person: FoundPerson, text: Text, cues: Cues) -> bool:
    """Whether the text says what else the person is: an official by title, or a subject by the nearest such word."""
    if person.withheld_surname or _OFFICIAL.search(text.plain, max(0, person.start - 60), person.start):
        return True
    return cues.is_nearer_subject(person.start, person.end)


def _is_oddly_written(raw: str) -> bool:
    """Whether capitals don't tell names: a text in capitals, or in small letters throughout."""
    # Counted in whole passes over the bytes: letter by letter it took 0.4 ms for 5 kB.
    plain = raw.encode("ascii", "ignore")
    capitals = len(plain) - len(plain.translate(None, _CAPITALS))
    letters = capitals + len(plain) - len(plain.translate(None, _SMALLS))
    if len(plain) < len(raw) * _ASCII_SHARE:
        capitals = sum(sign.isupper() for sign in raw)
        letters = sum(sign.isalpha() for sign in raw)
    if letters < _LEAST_LETTERS:
        return False
    return capitals == 0 or capitals / letters > _ODD_SHARE

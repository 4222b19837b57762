"""The serial numbers of the firearms that a text describes, and what it says of why one has none."""

import re
from functools import lru_cache
from typing import NamedTuple

from processors.extraction.firearms import FoundFirearm, NoSerial
from processors.extraction.identifiers.found import FoundIdentifier
from processors.extraction.texts import Text
from processors.extraction.word_lists import WordList
from processors.reference import Reference

__all__ = ["join_serials"]

_BEHIND, _BEFORE = 90, 25
"""Characters from a description to its serial behind it, and back to the number of guns."""
_NOUNS = WordList({"serie", "series", "serial", "serials", "matricula", "matriculas", "unserialized"})
_NOUN = r"(?:(?:numeros?|no\.?|num\.?) de )?(?:serie|matriculas?)|serial(?: numbers?| nos?\.?)?|serials"
_LINKS = (
    "que|which|that|it|se|encuentra|encontraba|esta|estaba|fue|era|with|con|had|has|have|been|was|were|is|are"
    "|parcialmente|partially|totalmente|completamente|completely"
)
_NONE = re.compile(
    rf"\b(?:(?:sin|carecian? de|no (?:tiene|tenia|cuenta con|contaba con|presenta|presentaba|porta|portaba))"
    rf" (?:el |la |su )?(?:{_NOUN})"
    rf"|(?:no|without|lacking|bearing no|missing) (?:an? |the |any |visible )?(?:{_NOUN})|unserialized)\b"
)
_NONE_WORDS = frozenset(
    {"sin", "carecia", "carecian", "no", "without", "lacking", "bearing", "missing", "unserialized"}
)
_SHORT_NONE = re.compile(r"(?<![a-z0-9/])s/n(?![a-z0-9/])(?!\s?[:#.]?\s?[a-z0-9-]*\d)")
_STOP = re.compile(r"[;!?\n]|\.(?=\s+[A-ZÁÉÍÓÚÑ])")

_SEVERAL = re.compile(
    r"(?<![.\d])(?:[2-9]|[1-9]\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|varias|varios|two|three|four|five|six"
    r"|seven|eight|nine|ten|several|multiple) (?:[a-z]+ )?$"
)


class _Lack(NamedTuple):
    start: int
    end: int
    reason: NoSerial


def join_serials(
    text: Text, firearms: list[FoundFirearm], identifiers: list[FoundIdentifier], reference: Reference
) -> list[FoundFirearm]:
    """The firearms, each with the serial that stands behind it in its sentence before the next gun, or why it has none.

    A description of several guns ("dos fusiles") gets none: which of them it would be is not said. Of two serials
    behind one gun neither is taken.
    """
    if not firearms:
        return []
    serials = [one for one in identifiers if one.kind == "serial"]
    signs = _find_signs(text)
    if not serials and not signs:
        return firearms
    joined: list[FoundFirearm] = []
    for place, gun in enumerate(firearms):
        limit = firearms[place + 1].start if place + 1 < len(firearms) else len(text.raw)
        limit = min(limit, gun.end + _BEHIND)
        stop = _STOP.search(text.raw, gun.end, limit)
        limit = stop.start() if stop is not None else limit
        own = [one for one in serials if gun.start <= one.start < limit]
        if len(own) == 1 and not _is_of_several(text, gun):
            joined.append(gun._replace(serial=own[0].value))
            continue
        lack = None
        if not own and any(gun.start - _BEFORE <= sign < limit for sign in signs):
            done = max(firearms[place - 1].end if place else 0, gun.start - _BEFORE)
            lack = _lack_of(gun, _find_lacks(text, done, limit, reference), limit)
        if not own and (lack is not None or gun.obliterated):
            reason: NoSerial = "obliterated" if gun.obliterated or lack is None else lack.reason
            gun = gun._replace(no_serial=reason, obliterated=gun.obliterated or reason == "obliterated")
        joined.append(gun)
    return joined


def _find_signs(text: Text) -> list[int]:
    """Where a word stands that says something of a serial: the patterns are tried around it alone."""
    signs = [text.words[at].start for at in text.find_listed(_NOUNS)]
    if "s/n" in text.plain:
        signs += [found.start() for found in _SHORT_NONE.finditer(text.plain)]
    return signs


def _lack_of(gun: FoundFirearm, lacks: list[_Lack], limit: int) -> _Lack | None:
    """What says that the gun has no serial: behind it, or right before it ("unserialized pistol")."""
    behind = [one for one in lacks if gun.start <= one.start < limit]
    if behind:
        return behind[0]
    before = [one for one in lacks if 0 <= gun.start - one.end <= 1]
    return before[0] if before else None


def _is_of_several(text: Text, gun: FoundFirearm) -> bool:
    before = text.plain[max(0, gun.start - _BEFORE) : gun.start]
    return _SEVERAL.search(before) is not None


def _find_lacks(text: Text, start: int, end: int, reference: Reference) -> list[_Lack]:
    plain, vocabulary = text.plain, text.vocabulary
    lacks: list[_Lack] = []
    # Looking costs 10 us a pattern, and what a pattern finds has one of its words in it: whole, unless the end of the
    # stretch cuts a longer one.
    cut = end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum()
    if cut or not _NONE_WORDS.isdisjoint(vocabulary):
        lacks += [_Lack(found.start(), found.end(), "none") for found in _NONE.finditer(plain, start, end)]
    if "s/n" in plain:
        lacks += [_Lack(found.start(), found.end(), "none") for found in _SHORT_NONE.finditer(plain, start, end)]
    for reason, worn, words in _worn(reference):
        if cut or not words.isdisjoint(vocabulary):
            lacks += [_Lack(found.start(), found.end(), reason) for found in worn.finditer(plain, start, end)]
    return lacks


@lru_cache(maxsize=4)
def _worn(reference: Reference) -> tuple[tuple[NoSerial, re.Pattern[str], frozenset[str]], ...]:
    """What is said of a serial that was filed off or can't be read: "matrícula que estaba limada", "defaced serial";
    and the first word of each such phrase.
    """
    patterns: list[tuple[NoSerial, re.Pattern[str], frozenset[str]]] = []
    reasons: tuple[NoSerial, ...] = ("obliterated", "not_legible")
    for reason in reasons:
        words = "|".join(sorted(map(re.escape, reference.firearms.serial_words[reason]), key=len, reverse=True))
        said = rf"(?:{_NOUN})(?:[ :,]{{1,2}}(?:{_LINKS})){{0,4}}[ :,(]{{1,2}}(?:{words})"
        heads = frozenset(Text(phrase).plains[0] for phrase in reference.firearms.serial_words[reason])
        patterns.append((reason, re.compile(rf"\b(?:{said}|(?:{words}) (?:{_NOUN}))\b"), heads))
    return tuple(patterns)

"""What else gives somebody away in a text: telephones, addresses, documents, handles, dates of birth, homes."""

# ruff: noqa: SIM905 - word lists read better as text

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from processors.extraction.texts import Text
from processors.extraction.word_lists import WordList
from processors.protection.dates import DATE

__all__ = ["Personal", "find_personal"]


class Personal(NamedTuple):
    """Where it stands. A `number` is held against fields and other revisions too, a `born` date against texts, a
    `place` or the sign of a vehicle is taken out where it stands. `only_witnesses`: of them alone it is personal.
    """

    start: int
    end: int
    kind: Literal["number", "born", "place"]
    only_witnesses: bool = False


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w{3,}")
_PHONE = re.compile(
    r"(?<![\w$.,/-])(?:\+?\d{1,3}[ .-]?)?(?:\(?\d{2,4}\)?[ .-]?)?\d{3,4}[ .-]?\d{2,4}(?:[ .-]?\d{2})?(?![\w/%]|[.,]\d)"
)
_PHONE_DIGITS = range(10, 14)
_CALLED_DIGITS = range(7, 14)
"""Seven figures are a number only after a word of telephones."""
_SHORTEST_PART, _CODE_FIGURES, _CODE_LETTERS = 4, 6, 4
_GROUPED = re.compile(r"\+|\(\d{2,3}\)|\d{3}[ .-]\d{3}[ .-]\d{4}$|\d{2}[ .-]\d{4}[ .-]\d{4}$")
_PHONE_WORD = re.compile(
    r"\b(?:tel|phone|cel|movil|mobile|whatsapp|llam|call|reach|contact|numero|number|text|mensaj|fax)"
)
_NATIONAL_CODE = re.compile(r"(?<!\w)[a-z]{4}[ -]?\d{6}[ -]?(?:[hmx][a-z]{5}[a-z\d]\d|[a-z\d]{3})(?!\w)")
"""CURP and RFC by their form; whether the check digit holds does not matter here."""
_DOCUMENT_WORDS = WordList(
    "pasaporte pasaportes passport passports curp rfc ine ife visa licencia licence license licenses credencial"
    " elector ssn security nss seguro number id identificacion identity card".split()
)
_DOCUMENT = re.compile(
    r"(?: (?:de|para|no|num|number|numero|card|is|was|es|conducir|elector|mexican[oa]|folio|con|social)\b\.?:?){0,4}"
    r"[ :#.]{1,3}(?P<value>(?=[a-z-]{0,6}\d)[a-z\d](?:[ -]?[a-z\d]){4,21}?)(?![\w-])"
)
_PLATE_WORDS = WordList({"placa", "placas", "plate", "plates", "tag"})
_PLATE = re.compile(
    r"\W{1,3}(?:[a-z]{2,12}\W{1,2}){0,4}?(?P<value>(?=[a-z-]*\d)[a-z\d]{2,4}(?:[- ]?[a-z\d]{1,4}){1,2})\b"
)
_BIRTH_WORDS = WordList("dob born birth birthdate nacido nacida nacio nacimiento nacidos nacidas b".split())
_BORN = re.compile(rf"\.?(?:\W{{1,3}}(?:on|el|dia|de|fecha|is|was|es|date)\b){{0,3}}\W{{1,3}}(?P<value>{DATE})")
_HOME_WORDS = WordList(
    "lives live lived living resides reside resided residing residencia residence home house address vive vivia"
    " domicilio domicilios habita habitaba direccion".split()
)
_HOME = re.compile(
    r"\W{1,2}(?:(?:at|on|in|is|was|en|ubicad[oa]|de|la|el|es|located)\W{1,2}){0,4}"
    r"(?P<value>\d{1,6} (?:[a-z]+\.? ){1,4}?(?:st|street|ave|avenue|road|rd|drive|dr|lane|ln|blvd|way|court|ct|circle"
    r"|trail|highway|place|pl)\b(?:,? (?:apt|unit|#)\.? ?\w+)?"
    r"|(?:calle|avenida|av|privada|andador|calzada|cerrada|callejon|colonia)\.? [\w .]{2,40}?\d{1,5}\b)"
)
_AFTER_WORDS: tuple[tuple[WordList, re.Pattern[str], Literal["number", "born", "place"]], ...] = (
    (_DOCUMENT_WORDS, _DOCUMENT, "number"),
    (_BIRTH_WORDS, _BORN, "born"),
    (_HOME_WORDS, _HOME, "place"),
)
_LOOK_BACK = 40
_AROUND = 22
"""Characters of a telephone number before its last four figures."""


def find_personal(text: Text, *, witnesses: bool = False) -> Iterator[Personal]:
    """All such in a text, whoever's they are; signs of vehicles only if it speaks of `witnesses`."""
    plain = text.plain
    if "@" in plain:
        for match in _MAIL.finditer(plain):
            yield Personal(*match.span(), "number")
    if not text.numbers:
        return
    for wanted, pattern, kind in _AFTER_WORDS:
        for found in _after_words(text, wanted, pattern):
            yield Personal(*found, kind)
    if witnesses:
        for found in _after_words(text, _PLATE_WORDS, _PLATE):
            yield Personal(*found, "number", only_witnesses=True)
    yield from _numbers(text)


def _after_words(text: Text, wanted: WordList, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for at in text.find_listed(wanted):
        match = pattern.match(text.plain, text.words[at].end)
        if match is not None:
            yield match.span("value")


def _numbers(text: Text) -> Iterator[Personal]:
    """Telephones and national codes, looked for around figures that may be part of one."""
    plain, plains, words = text.plain, text.plains, text.words
    done = -1
    for at in text.numbers:
        word = plains[at]
        size = len(word)
        if size < _SHORTEST_PART or not word.isdigit():
            continue
        start, end = words[at].start, words[at].end
        # Four figures after a group of figures, or many in a row.
        if size == _SHORTEST_PART and not (at and plains[at - 1].isdigit() and start - words[at - 1].end <= 2):
            continue
        if size == _CODE_FIGURES and at and len(plains[at - 1]) == _CODE_LETTERS:
            match = _NATIONAL_CODE.match(plain, words[at - 1].start)
            if match is not None:
                yield Personal(*match.span(), "number")
                continue
        begin = max(start - _AROUND, done, 0)
        for match in _PHONE.finditer(plain, begin, min(end + 6, len(plain))):
            digits = sum(map(str.isdecimal, match[0]))
            shaped = digits in _PHONE_DIGITS and _GROUPED.search(match[0])
            if digits in _CALLED_DIGITS and (shaped or _is_called(plain, match.start())):
                yield Personal(*match.span(), "number")
                done = match.end()


def _is_called(plain: str, start: int) -> bool:
    return _PHONE_WORD.search(plain, max(start - _LOOK_BACK, 0), start) is not None

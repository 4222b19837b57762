"""Names that only the words beside them show to be names: first names, nicknames, initials, names in small letters."""

# ruff: noqa: SIM905 - word lists read better as text

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from processors.extraction.people import FoundPerson
from processors.extraction.people_words import CUES, NEVER, PARTICLES, TITLES
from processors.extraction.texts import Text, fold_in_place
from processors.extraction.word_lists import WordList
from processors.protection.cue_words import PROTECTED_WORD, SUBJECT_WORD
from processors.protection.cues import Cues, Span, word_at
from processors.protection.plain_words import COMMON_WORDS
from processors.reference import Reference

__all__ = ["find_beside", "is_common", "is_place"]

_CAP = r"[A-ZÁÉÍÓÚÜÑÀ-Þ]"
_NAME = rf"{_CAP}[\wß-öø-ÿ]+(?:['’\-]{_CAP}?[a-zß-öø-ÿ]+)*"
_INITIALS = re.compile(rf"(?:{_CAP}\.[ ]?){{1,4}}{_CAP}\.?(?!\w)")
_LINK = (
    r"(?:de nombre|de iniciales|con iniciales|de apellidos?|llamad[oa]s?|named|called|known as"
    r"|conocid[oa] como|apodad[oa]|alias|identificad[oa]s? como|identified(?: only)? as|protegid[oa]|initials"
    r"|is|was|es|fue|era|whose name is)"
)
_NEXT = re.compile(
    rf"[\s,:(]{{1,3}}(?:{_LINK}[\s:,]+){{0,3}}"
    rf"(?:(?P<initials>(?:{_CAP}\.[ ]?){{1,4}}{_CAP}\.?(?!\w))"
    rf"|[\"“‘'](?P<nick>(?:[Ee]l|[Ll]a|[Ll]os)\s{_CAP}[\w ]{{1,20}}|{_CAP}[\w ]{{1,20}})[\"”’']"
    rf"|(?P<nickname>(?:El|La) {_NAME})"
    rf"|(?P<name>(?:{_CAP}\. )?{_NAME}(?: (?:(?:de|la|del|los|Van|von) ){{0,2}}{_NAME}){{0,3}}(?: {_CAP}\.(?!\w))?)"
    r"|(?P<small>[a-zß-öø-ÿ]{3,}(?: [a-zß-öø-ÿ]{2,}){1,3}))"
)
"""What may follow a word like "menor", "victim", "testigo protegido": its name in one form or another."""
_OWNER = re.compile(rf"(?:^|\s)(?P<name>{_NAME}(?: {_NAME}){{0,2}})['’](?:s?\s)?$")
_APPOSED = re.compile(
    rf"(?:^|[\s\"“(])(?P<name>(?:{_CAP}\. )?{_NAME}(?: {_NAME}){{0,3}}(?: {_CAP}\.)?)"
    r"(?:,| \()?\s?(?:(?:who|quien|was|were|fue|un|una|uno|a|an|the|el|la|su|his|her|de|joven|little|only)\s){0,3}$"
)
"""A name right before "a minor", "de 6 años", "was raped"."""
_LISTED = re.compile(
    rf"[ \t\-•*·–\d.)]{{0,9}}(?:[\w ]{{3,20}}:[ \t]{{0,3}})?(?P<last>{_CAP}[\w'’\-]+(?: {_CAP}[\w'’\-]+)?), "
    rf"(?P<first>{_NAME}(?: {_NAME})?)(?=\s{{0,3}}(?:[.,;(\n]|$))"
)
"""VICTIM: EJEMPLO, ANA MARIA: the surname first, at the head of a line."""
_FOREIGN = re.compile(rf"{_NAME}(?: {_NAME}){{1,3}}")
"""Capitalised words in a row, of which one at least is a surname: Nguyen Van Ejemplo."""
_TITLED = re.compile(rf"\b(?:Mrs|Mr|Ms|Miss|Sra|Srita|Sr|Do[nñ]a?)\.? (?P<name>{_NAME})")
_ADDRESSES = WordList({"mrs", "mr", "ms", "miss", "sra", "srita", "sr", "don", "dona"})
_LINKS = frozenset("who quien was were fue un una uno a an the el la su his her de joven little only".split())
_WHO = re.compile(r",? (?:who|quien)\b")
_PERSON = re.compile(
    r"victim\w*|menor(?:es)?|nin[oa]s?|adolescentes?|juveniles?|minors?|child(?:ren)?|infants?|bebes?|baby|teen\w*|toddlers?"
    r"|kids?|girls?|boys?|joven(?:es|cit[oa]s?)?|estudiantes?|alumn[oa]s?|students?|migrant\w*|testig\w*|witness\w*"
    r"|informant\w*|informers?|denunciante\w*|complainant\w*|tipsters?|occis[oa]s?|hij[oa]s?|daughters?|sons?|espos[oa]s?"
    r"|wife|husband|madre|mother|sister|herman[oa]s?|cousins?|nephews?|nieces?|sobrin[oa]s?|pasajer[oa]s?|passengers?"
    r"|survivors?|ofendid[oa]s?|agraviad[oa]s?|polizon|stowaways?"
).fullmatch
_OTHER = frozenset(
    "american asian black canadian chinese cuban ecuadorian guatemalan haitian hispanic honduran indian latino"
    " latina mexican nicaraguan salvadoran texan venezuelan white colombian brazilian peruvian russian ukrainian"
    " turkish patrol officer agent police policia guardia fiscalia instituto secretaria protection service"
    " according cuando segun tras despues luego ademas tambien durante asimismo mientras however meanwhile later"
    " arab jewish israeli palestinian european african nation pacific pacifico atlantic atlantico caribe caribbean"
    " facebook twitter whatsapp youtube ice cbp hsi fbi dea dp inm fgr dif ine curp rfc usa eua".split()
)
"""Words with a capital beside such words that are no names: origins, bodies, heads of sentences."""
_KNOWN = re.compile(f"{PROTECTED_WORD}|{SUBJECT_WORD}").fullmatch
_SMALL = frozenset({"little", "young", "poor", "baby", "pequeno", "pequena"})
_PLACE_BEFORE = frozenset("en in at near de del from of the to desde hacia hasta a al".split())
_AGE = re.compile(r",? (?:de )?\(?\d")
_WORDS = re.compile(r"\w+")
_REACH = 60


def find_beside(text: Text, cues: Cues, reference: Reference, found: Sequence[FoundPerson]) -> list[FoundPerson]:
    """Names beside words of people who may have to be protected that are not among those `found`, in order."""
    if not cues.protected:
        return []
    taken = sorted((person.start, person.end) for person in found)
    made: list[FoundPerson] = []
    for start, end in _candidates(text, cues, reference):
        at = bisect_left(taken, (end, 0))
        if at and taken[at - 1][1] > start:
            continue
        insort(taken, (start, end))
        made.append(FoundPerson(start, end, text.raw[start:end], "beside", (), False, "low"))
    return sorted(made, key=_first)


def _candidates(text: Text, cues: Cues, reference: Reference) -> Iterator[tuple[int, int]]:
    raw, words = text.raw, text.words
    yield from _listed(text, reference)
    done = -1
    for span in cues.protected:
        begin, close = cues.sentence(*span)
        if _PERSON(text.plain[span.start : span.end]):
            yield from _after(text, span, close, reference)
        if raw[span.start - 2 : span.start] in {"s ", "' ", "’ "} or raw[span.start - 1 : span.start] in {"'", "’"}:
            before = _OWNER.search(raw, max(span.start - _REACH, 0), span.start)
            if before is not None:
                yield from _trimmed(text, *before.span("name"), reference)
        if _is_apposed(text, word_at(words, span.start)):
            before = _APPOSED.search(raw, max(span.start - _REACH, 0), span.start)
            if before is not None:
                yield from _trimmed(text, *before.span("name"), reference, apposed=True)
        if begin >= done:
            done = close
            for match in _FOREIGN.finditer(raw, begin, close):
                if any(_is_surname(word, reference) for word in match[0].replace("-", " ").split()):
                    yield from _trimmed(text, *match.span(), reference)
    if text.find_listed(_ADDRESSES):
        for match in _TITLED.finditer(raw):
            if _WHO.match(raw, match.end()) or cues.protected_in(cues.sentence(*match.span())):
                yield from _trimmed(text, *match.span("name"), reference)


def _is_apposed(text: Text, at: int) -> bool:
    """Whether the word before this one, small words passed over, has a capital."""
    for before in range(at - 1, max(at - 5, -1), -1):
        word, start, _ = text.words[before]
        if word not in _LINKS:
            return text.raw[start].isupper()
    return False


def _listed(text: Text, reference: Reference) -> Iterator[tuple[int, int]]:
    """Surnames first, at the heads of lines."""
    raw = text.raw
    start = 0
    while start >= 0:
        match = _LISTED.match(raw, start)
        first = match and _is_given(match["first"], text, match.start("first"), reference)
        if match is not None and first and not _is_never(match["last"]):
            yield match.start("last"), match.end("first")
        start = raw.find("\n", start) + 1 or -1


def _after(text: Text, span: Span, close: int, reference: Reference) -> Iterator[tuple[int, int]]:
    match = _NEXT.match(text.raw, span.end, max(close, span.end))
    if match is None:
        return
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    if kind == "small":
        yield from _small(text, start, end, reference)
    elif kind == "name":
        # In a heading the word before has a capital too: "Children Receive Support".
        heading = text.raw[span.start].isupper() and ":" not in text.raw[span.end : start]
        yield from _trimmed(text, start, end, reference, heading=heading)
    else:
        yield start, end


def _small(text: Text, start: int, end: int, reference: Reference) -> Iterator[tuple[int, int]]:
    """A known given name in small letters and the words of the name behind it."""
    names = reference.person_names
    words = text.plain[start:end].split()
    count = 0
    while count < len(words) and words[count] in names.given:
        count += 1
    if not count or _KNOWN(words[0]):
        return
    taken = count
    while taken < len(words) and (taken == count or words[taken] in names.surnames or words[taken] in names.given):
        if len(words[taken]) < 4 or words[taken] in TITLES or _KNOWN(words[taken]):
            break
        taken += 1
    if taken > 1:
        yield start, start + len(" ".join(words[:taken]))


def _trimmed(
    text: Text, start: int, end: int, reference: Reference, *, apposed: bool = False, heading: bool = False
) -> Iterator[tuple[int, int]]:
    """The part of capitalised words that may be a name: no bodies, months, places or words of the kind before it."""
    plain = text.plain
    words = [(match[0], match.start(), match.end()) for match in re.finditer(r"[\w'\-]+\.?", plain[start:end])]
    while words and (
        words[0][0] in TITLES
        or words[0][0] in CUES
        or words[0][0] in PARTICLES
        or words[0][0] in _SMALL
        or _KNOWN(words[0][0])
    ):
        words = words[1:]
    plains = [word for word, _, _ in words]
    if not words or any(_is_never(word) or word in TITLES for word in plains) or all(len(word) < 3 for word in plains):
        return
    given = any(word in reference.person_names.given for word in plains)
    start, end = start + words[0][1], start + words[-1][2]
    if not given and (is_place(text.raw[start:end], reference) or is_common(text.raw[start:end], text, reference)):
        return
    if not given and heading and len(words) < 3:
        return
    if apposed and not given:
        preceded = plain[max(start - 12, 0) : start].split()
        if preceded and preceded[-1] in _PLACE_BEFORE:
            return
        # "Ayer, una niña", "Support teenagers": a lone word is a name only before an age, or with a hyphen.
        if len(words) < 2 and "-" not in words[0][0] and _AGE.match(plain, end) is None:
            return
    yield start, end


def is_place(name: str, reference: Reference) -> bool:
    """Whether the gazetteer has a place of this name."""
    key = " ".join(_WORDS.findall(fold_in_place(name)))
    return key in reference.gazetteer.by_name


def _is_surname(word: str, reference: Reference) -> bool:
    folded = fold_in_place(word)
    return folded in reference.person_names.surnames and folded not in COMMON_WORDS


def _is_given(name: str, text: Text, start: int, reference: Reference) -> bool:
    return text.plain[start : start + len(name)].split()[0] in reference.person_names.given


def _is_never(word: str) -> bool:
    folded = fold_in_place(word)
    return folded in NEVER or folded.rstrip("s") in _OTHER or any(part in NEVER for part in folded.split())


def is_common(name: str, text: Text, reference: Reference) -> bool:
    """Whether the words that may be a name stand in small letters elsewhere in the text, as common words do and names
    don't; known names are names.
    """
    names = reference.person_names
    words = _WORDS.findall(fold_in_place(name))
    if any(word in names.given for word in words):
        return False
    unknown = [word for word in words if word not in names.surnames]
    return bool(unknown) and all(_stands(word, text.raw) for word in unknown)


def _stands(word: str, raw: str) -> bool:
    at = raw.find(f" {word}")
    return at >= 0 and not raw[at + len(word) + 1 : at + len(word) + 2].isalnum()


def _first(person: FoundPerson) -> int:
    return person.start

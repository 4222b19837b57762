"""A name taken apart: given names, surnames, particles, suffix, and whether the surname was withheld."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

from processors.reference.person_names import default_person_names

__all__ = ["NamePart", "ParsedName", "fold_name", "parse_name"]

Role = Literal["given", "surname", "middle"]


class NamePart(NamedTuple):
    """`text` folded. `middle` may be a second given name or a first surname; `married` follows "de"."""

    text: str
    role: Role
    married: bool = False


class ParsedName(NamedTuple):
    """Given names, then surnames. `generation` of Jr., Sr., III; `certain`: the order is known."""

    parts: tuple[NamePart, ...]
    joined: str
    generation: str
    withheld: bool
    certain: bool


_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "dra",
        "prof",
        "sir",
        "madam",
        "lic",
        "licda",
        "licenciado",
        "licenciada",
        "ing",
        "arq",
        "sr",
        "sra",
        "srta",
        "don",
        "dona",
        "c",
        "ciudadano",
        "ciudadana",
        "cmdte",
        "cmte",
        "comandante",
        "cap",
        "capt",
        "captain",
        "capitan",
        "gral",
        "general",
        "col",
        "cnel",
        "coronel",
        "tte",
        "teniente",
        "lt",
        "sgt",
        "sgto",
        "almirante",
        "maestro",
        "mtro",
        "mtra",
        "profr",
        "profra",
        "cp",
        "hon",
        "rev",
        "fray",
        "padre",
        "pbro",
        "president",
        "presidente",
        "presidenta",
        "senor",
        "senora",
        "haji",
        "hajji",
        "shaikh",
        "sheikh",
        "sheik",
        "shaykh",
        "mullah",
        "monsieur",
        "prasident",
        "señor",
    ]
)
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "lo",
        "y",
        "e",
        "i",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "zu",
        "le",
        "el",
        "al",
        "ul",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "san",
        "santa",
        "vda",
        "viuda",
    ]
)
_KEPT = frozenset({"san", "santa", "abu"})
_GENERATIONS = {
    "jr": "junior", "junior": "junior", "hijo": "junior", "h": "junior", "sr": "senior", "senior": "senior",
    "padre": "senior", "ii": "second", "2nd": "second", "iii": "third", "3rd": "third", "iv": "fourth", "4th": "fourth",
}  # fmt: skip
_WITHHELD = re.compile(r"""["'(]\s*n\s*\.?\s*["')]|(?<=\s)n{1,3}\.?\s*$|^\s*n{1,3}\.?\s*,|\bno revelado\b""")
_BRACKETS = re.compile(r"\([^)]*\)|\"[^\"]*\"")
_ALIAS = re.compile(r"[\s,;]+(?:alias|a\.?\s?k\.?\s?a\.?|aka|\(a\)|a/k/a)[\s.:]+.*$")
_JOINED = re.compile(r"(?<=[a-zß-öø-ÿ]{2})(?=[A-ZÀ-Þ][a-zß-öø-ÿ]{2})")
_INITIALS = re.compile(r"\b(?!MA\b|DE\b|LA\b|EL\b|AL\b|LO\b|JR\b|SR\b|II\b|IV\b|DR\b)([A-Z])([A-Z])\b(?= )")
_APOSTROPHES = re.compile(r"['‘’ʼ´`ʿʾ]")
_WORDS = re.compile(r"[^\W_]+")
_JOINED_PARTICLE = re.compile(r"^de(?:l(?:a|os|as)?)?(?=[a-z]{3})")
_DIGITS = str.maketrans("01345789", "oieasjbg")


def fold_name(text: str) -> str:
    """Lower case, without accents, in Latin letters; other scripts are transliterated."""
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return (plain if plain.isascii() else anyascii(plain)).lower()


@lru_cache(maxsize=131_072)
def parse_name(name: str) -> ParsedName:
    """Take a person's name apart. It never fails; nothing readable gives no parts. Takes about 10 us, then cached."""
    spaced = name
    if not (name.isupper() or name.islower()):
        spaced = _INITIALS.sub(r"\1 \2", _JOINED.sub(" ", name))
    plain = _ALIAS.sub("", _APOSTROPHES.sub("'", fold_name(spaced)).replace("“", '"').replace("”", '"'))
    withheld = _WITHHELD.search(plain) is not None
    if withheld:
        plain = _WITHHELD.sub(" ", plain)
    if '"' in plain or "(" in plain:
        plain = _BRACKETS.sub(" ", plain)
    plain = plain.replace("'", "")
    before, comma, after = plain.partition(",")
    head = _read_words(before)
    tail = _read_words(after) if comma else _Words([], "")
    generation = head.generation or tail.generation
    if comma and head.words and tail.words:
        # "Hernández Soto, José Luis": the comma says which is which.
        parts = [NamePart(word, "given", False) for word, _ in tail.words]
        parts += [NamePart(word, "surname", married) for word, married in head.words]
        certain = True
    else:
        parts, certain = _assign([*head.words, *tail.words])
    kept = tuple(parts)
    return ParsedName(kept, "".join(part.text for part in kept), generation, withheld, certain)


class _Words(NamedTuple):
    words: list[tuple[str, bool]]
    generation: str


def _read_words(text: str) -> _Words:
    raw = _WORDS.findall(text)
    generation = ""
    while len(raw) > 1 and raw[-1] in _GENERATIONS:
        generation = _GENERATIONS[raw.pop()]
    while len(raw) > 1 and raw[0] in _TITLES and (len(raw[0]) > 1 or len(raw) > 2):
        raw.pop(0)
    names = default_person_names()
    given, surnames, abbreviations = names.given, names.surnames, names.abbreviations
    words: list[tuple[str, bool]] = []
    previous = ""
    for at, word in enumerate(raw):
        if word in _PARTICLES and word not in _KEPT and len(raw) > 1 and not (at == 0 and word in given):
            previous = word
            continue
        if not word.isalpha():
            word = word.translate(_DIGITS) if not word.isdigit() else ""
        word = abbreviations.get(word, word)
        if word.startswith("de") and word not in surnames and word not in given:
            # Delacruz is de la Cruz.
            bare = _JOINED_PARTICLE.sub("", word)
            word = bare if bare in surnames else word
        elif word == "abd" and raw[at + 1 : at + 2] in (["al"], ["ul"], ["el"]):
            word = "abdul"
        # "Sergey Sergey Shoigu" is a slip of the form; "Pérez Pérez" is a name.
        if word and not (words and words[-1][0] == word and at == 1 and len(raw) > 2):
            words.append((word, previous == "de" or previous in {"vda", "viuda"}))
        previous = word
    if not words and raw:
        words = [(word, False) for word in raw]
    return _Words(words, generation)


def _assign(words: list[tuple[str, bool]]) -> tuple[list[NamePart], bool]:
    """Given names before surnames, or after them where the words themselves say so ("Hernández Soto José Luis")."""
    names = default_person_names()
    given, surnames = names.given, names.surnames
    count = len(words)
    if count <= 1:
        return [NamePart(word, "middle") for word, _ in words], False
    is_given = [word in given or len(word) == 1 for word, _ in words]
    is_surname = [word in surnames and not (word in given and len(word) > 1) for word, _ in words]
    either = [word in given and word in surnames for word, _ in words]
    if not is_given[0] and is_given[-1] and not either[-1] and (is_surname[0] or count == 2):
        turn = count - 1
        while turn > 1 and is_given[turn - 1] and not either[turn - 1]:
            turn -= 1
        words = [*words[turn:], *words[:turn]]
        split = count - turn
        certain = True
    else:
        split = 1
        while split < count - 1 and is_given[split] and not (either[split] and count - split <= 2):
            split += 1
        certain = is_given[0] and not is_given[-1]
    parts = []
    last = count - 1
    known = [word in surnames for word, _ in words]
    for at, (word, married) in enumerate(words):
        if at < split:
            role: Role = "given"
        elif at == last or known[at] or (at == last - 1 and known[last] and count - split == 2 and word not in given):
            role = "surname"
        else:
            role = "middle"
        parts.append(NamePart(word, role, married and at == last))
    return parts, certain

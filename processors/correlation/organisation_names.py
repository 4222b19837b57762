"""How similar two names of companies and other organisations are: legal forms apart, words by their weight."""

# ruff: noqa: SIM905 - word lists read better as text

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from processors.correlation.name_parts import fold_name

__all__ = ["compare_organisations", "is_organisation", "significant_words"]

_FORMS: tuple[tuple[str, str], ...] = (
    ("s a p i de c v|sapi de cv|s a b de c v|sab de cv|s a de c v|sa de cv|sociedad anonima de capital variable", "sa"),
    (
        "s de r l de c v|s de rl de cv|s de r l|s de rl|s r l|srl|ltda|limitada|sociedad de responsabilidad limitada",
        "srl",
    ),
    ("s de p r de r l|spr de rl|s p r de r l|sc|ac", "sc"),
    ("societatea cu raspundere limitata|societa a responsabilita limitata", "srl"),
    ("sociedad anonima|societe anonyme|s a s|sas|s a|sa|s p a|spa|societa per azioni", "sa"),
    ("aktiengesellschaft|a g|ag", "ag"),
    ("gesellschaft mit beschrankter haftung|g m b h|gmbh|m b h|mbh", "gmbh"),
    ("limited liability company|l l c|llc|obshchestvo s ogranichenno[iy]+ otvetstvennost[a-z]+", "llc"),
    ("o o o|ooo", "llc"),
    ("open joint stock company|public joint stock company|closed joint stock company|joint stock company", "jsc"),
    (
        "aktsionernoe obshchestvo|aktsionernoye obshchestvo|o a o|oao|o j s c|ojsc|p j s c|pjsc|p a o|pao|z a o|zao",
        "jsc",
    ),
    ("j s c|jsc|a o|ao", "jsc"),
    ("limited partnership|l l p|llp|l p|lp", "lp"),
    ("public limited company|p l c|plc|limited|ltd|p t e|pte|p t y|pty", "ltd"),
    ("incorporated|inc|corporation|corp|company|co|compania|cia", "inc"),
    ("b v|bv|n v|nv|besloten vennootschap|naamloze vennootschap", "bv"),
    ("sp z o o|sp z oo|sp zoo|spolka z ograniczona odpowiedzialnoscia|kft|d o o|doo|oy|oyj|ab|a b|aps|asa", "other"),
)
_FORM = re.compile(
    r"(?<![a-z0-9])(?:" + "|".join(f"(?P<f{at}>{'|'.join(f'(?:{one})' for one in forms.split('|'))})"
    for at, (forms, _) in enumerate(_FORMS)) + r")(?![a-z0-9])"
)  # fmt: skip
_LONG_FORMS = (
    "aktiengesellschaft",
    "corporation",
    "incorporated",
    "company",
    "limited",
    "limitada",
    "sociedad",
    "compania",
)
_FORM_WORDS = frozenset(re.findall(r"[a-z]{2,}", " ".join(forms for forms, _ in _FORMS)))
_WORTH_MENDING = 6
_PLAIN = re.compile(r"[^a-z0-9&]+")
_FILLER = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "y",
        "e",
        "a",
        "en",
        "von",
        "der",
        "die",
        "das",
        "&",
        "s",
        "group",
        "grupo",
        "holding",
        "holdings",
    ]
)
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}")
_LETTERS = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z])+(?![a-z0-9])")
_WORD = re.compile(r"[a-z&]+")
_BODY_WORDS = frozenset(
    "sapi sab llc inc ltd limited gmbh corp corporation company incorporated plc ltda bank banco trust fund group grupo"
    " holding holdings enterprise enterprises industries industrias services servicios systems solutions international"
    " comercializadora inmobiliaria distribuidora transportes constructora importadora exportadora operadora cartel"
    " cartels organization organisation organizacion foundation fundacion association asociacion ministry department"
    " university universidad academy agency brigade society societies federation government airline airlines aviation"
    " shipping trading logistics aktiengesellschaft ooo oao jsc ojsc pjsc srl partnership refinery agricola ganadera"
    " obshchestvo aktsionernoe aktsionernoye ag ministerio secretaria"
    " minera farmacia gasolinera restaurant restaurante hotel &".split()
)
_DOTTED_FORM = re.compile(
    r"\b(?:s\.? ?a\.?(?: ?[pb]\.?(?: ?i\.?)?)? de c\.? ?v|s\.? de r\.? ?l|l\.l\.c|s\.a\.|g\.m\.b\.h|p\.l\.c"
    r"|sp\. ?z ?o\. ?o|d\.o\.o|s\.r\.l|s\.p\.a|l\.l\.?p|l\.p\.|[bn]\.v\.|a\.g\.|j\.s\.c)"
)
_NUMBERS = {
    "first": "1", "1st": "1", "primero": "1", "primera": "1", "second": "2", "2nd": "2", "segundo": "2", "third": "3",
    "3rd": "3", "tercero": "3", "one": "1", "two": "2", "three": "3", "four": "4", "i": "1", "ii": "2", "iii": "3",
    "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
}  # fmt: skip


_SPELLED = {
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "thirty": 30,
    "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = frozenset(str(tens) for tens in range(20, 100, 10))
_ABBREVIATIONS = {
    "intl": "international", "intnl": "international", "natl": "national", "dept": "department", "govt": "government",
    "mfg": "manufacturing", "assn": "association", "bros": "brothers",
}  # fmt: skip
_APART = str.maketrans({"'": "", "’": "", "&": " & "})


class _Organisation(NamedTuple):
    words: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[str]
    joined: str


@lru_cache(maxsize=65_536)
def is_organisation(name: str) -> bool:
    """Whether a name is plainly not a person's: a legal form, or a word for a company or body."""
    plain = fold_name(name)
    if not _BODY_WORDS.isdisjoint(_WORD.findall(plain)):
        return True
    return ("." in plain or " de " in plain) and _DOTTED_FORM.search(plain) is not None


@lru_cache(maxsize=65_536)
def _parse(name: str) -> _Organisation:
    # "IV L.P." is no "ivlp": what dots hold together is joined before what stands apart.
    dotted = _DOTTED.sub(lambda match: match[0].replace(".", ""), fold_name(name).translate(_APART))
    plain = _PLAIN.sub(" ", dotted).strip()
    forms: set[str] = set()

    def take(match: re.Match[str]) -> str:
        forms.add(_FORMS[int(str(match.lastgroup)[1:])][1])
        return " "

    # "S.A. de C.V." -> sa de cv, "A.B.C." -> abc: letters first, or a form would be found inside an acronym.
    plain = _LETTERS.sub(lambda match: match[0].replace(" ", ""), plain)
    bare = _FORM.sub(take, " ".join(_mend_form(word) for word in plain.split()))
    raw = _spell_out(bare.split() or plain.split())
    numbers = {_NUMBERS.get(word, word) for word in raw if word in _NUMBERS or any(char.isdigit() for char in word)}
    words = tuple(word for word in raw if word not in _FILLER and word not in _NUMBERS) or tuple(raw)
    return _Organisation(words, frozenset(forms), frozenset(numbers), "".join(raw))


@lru_cache(maxsize=65_536)
def _mend_form(word: str) -> str:
    """The long word of a legal form that this is with one letter wrong or missing, or the word itself."""
    if len(word) < _WORTH_MENDING or word in _FORM_WORDS:
        return word
    return next((form for form in _LONG_FORMS if OSA.distance(word, form, score_cutoff=1) <= 1), word)


def _spell_out(words: list[str]) -> list[str]:
    """Abbreviations in full, and numbers in figures: forty four -> 44."""
    found: list[str] = []
    for at, word in enumerate(words):
        number = _SPELLED.get(word)
        if number is not None and number < 10 and found and found[-1] in _TENS:
            found[-1] = str(int(found[-1]) + number)
        elif len(word) == 1 and word in "123456789" and found and found[-1] in _TENS and words[at - 1] in _SPELLED:
            found[-1] = found[-1][0] + word  # forty 4
        elif word == "states" and found and found[-1] == "united":
            found[-1] = "us"
        else:
            found.append(_ABBREVIATIONS.get(word, word) if number is None else str(number))
    return found


def significant_words(name: str) -> tuple[str, ...]:
    """The folded words of an organisation's name without its legal form, in order; for an index of names."""
    return _parse(name).words


@lru_cache(maxsize=131_072)
def _alike(left: str, right: str) -> float:
    if left == right:
        return 1.0
    short, long = sorted((left, right), key=lambda word: (len(word), word))
    allowed = 0 if len(long) < 5 else 1 if len(long) < 9 else 2
    if allowed and OSA.distance(short, long, score_cutoff=allowed) <= allowed:
        return 0.86
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 5:
        return 0.75
    return 0.0


def compare_organisations(left: str, right: str) -> tuple[float, str]:
    """Score 0..1 and the analyst's sentence. Words count by their letters; other numbers or legal forms tell apart."""
    one, other = _parse(left), _parse(right)
    if (len(one.words), one.words) > (len(other.words), other.words):
        one, other = other, one
    if not one.words or not other.words:
        return 0.0, "One of the two holds no name."
    joined_one, joined_other = "".join(one.words), "".join(other.words)
    if joined_one == joined_other or one.joined == other.joined:
        score, said = 1.0, "Agree: " + " ".join(other.words)
    else:
        score, said = _match(one.words, other.words)
        if score < 0.9 and min(len(joined_one), len(joined_other)) > 6:
            apart = OSA.normalized_similarity(joined_one, joined_other, score_cutoff=0.88)
            if apart > max(score, 0.88):
                score, said = apart - 0.05, "Nearly the same letters throughout"
    if one.numbers != other.numbers:
        score, said = min(score * 0.85, 0.68), said + "; other numbers"
    if one.forms and other.forms and one.forms.isdisjoint(other.forms):
        score, said = score * 0.92, said + "; another legal form"
    elif one.forms != other.forms:
        score *= 0.98
    return round(score, 4), said + "."


def _match(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
    rows = sorted(
        (-alike, abs(at - place), at, place)
        for at, word in enumerate(one)
        for place, counterpart in enumerate(other)
        if (alike := _alike(word, counterpart))
    )
    left, right = dict(enumerate(one)), dict(enumerate(other))
    agreed = total = 0.0
    told: list[str] = []
    for alike, _, at, place in rows:
        if at in left and place in right:
            word, counterpart = left.pop(at), right.pop(place)
            weight = (len(word) + len(counterpart)) / 2 + 2
            agreed += -alike * weight
            total += weight
            told.append(word if word == counterpart else f"{word} ~ {counterpart}")
    if not told:
        return 0.0, "Nothing agrees"
    # Words that only one name has are left out by custom; different ones in both tell two bodies apart.
    one_sided = not left or not right
    rest = sum(len(word) + 2 for word in (*left.values(), *right.values()))
    score = agreed / (total + rest * (0.55 if one_sided else 0.9))
    said = "Agree: " + ", ".join(told)
    if rest:
        said += "; on one side only: " + ", ".join((*left.values(), *right.values()))
    return (score if one_sided else min(score, 0.69)), said

"""Firearms that a text describes: the parts of a description (type, maker, model, calibre ...) put together."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from processors.extraction.firearm_terms import FirearmIndex, FirearmTerm, PartKind, build_firearm_index
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["FoundFirearm", "NoSerial", "find_firearms"]

NoSerial = Literal["none", "obliterated", "not_legible"]

_GAPS = frozenset({" ", "-", "", "&", " & ", "/", "\n", ".", ". "})
_WORD = re.compile(r"[a-z0-9]+")
_BESIDE = frozenset(
    {"de", "del", "marca", "make", "made", "by", "modelo", "model", "mod", "tipo", "type", "style", "estilo", "calibre"}
    | {"caliber", "cal", "semi", "automatic", "semiautomatic", "semiautomatica", "semiautomaticas", "semiautomatico"}
    | {"automatica", "automaticas", "automatico", "color", "negra", "negro", "black", "escuadra", "inch", "brand"}
)
"""Words between the parts of one description; any other word ends it."""
_ABOUT = (
    _BESIDE
    | {"con", "with", "an", "a", "that", "was", "were", "had", "been", "whose", "its", "su", "la", "el", "los", "las"}
    | {"y", "and", "the", "has", "have", "having", "un", "una"}
)
"""Words between a gun and what was done to it: "con la matrícula limada", "that had been converted to full auto"."""
_CALIBRE = re.compile(
    r"(?<![\w.,$-])(?P<value>\.?\d{1,3}(?:[.,]\d{1,2})?(?:-\d\d)?(?:\s?(?:mm|milimetros?)\b)?"
    r"(?:\s?(?:x|por)\s?\d{2,3}r?(?:\s?(?:mm|milimetros?)\b)?)?(?:\s?/\s?\.?\d[\d.]{1,4})?"
    r"(?:\s(?:super|special|especial|spl|magnum|acp|auto|s&w|bmg|lr|luger|parabellum|nato|sig|blackout|lapua"
    r"|corto|gauge|ga)\b)?)(?![\w]|[.,]\d)(?P<after>[\s-]?(?:calibre|caliber|cal)\b)?"
)
_CALIBRE_BEFORE = re.compile(r"\b(?:calibres?|caliber|cal)\b\.?\s*(?:de\s)?$")
_UNSAID = frozenset("xmpg")
"""Letters of "7.62x39", "9 mm", "762 por 39", "12 gauge": no word has to say that it is a calibre."""
_AMMUNITION = re.compile(
    r"\s*(?:de\s)?(?:ammunition|ammo|rounds?|cartridges?|cartuchos?|municion(?:es)?|balas?|bullets?|cargador(?:es)?"
    r"|magazines?|granadas?|grenades?|tiros|casquillos?|casings?|kilo|kg|gram|pound|lb|litro|%)"
)
_OF_AMMUNITION = re.compile(
    r"(?:ammunition|ammo|rounds?|cartridges?|cartuchos?(?: utiles)?|municion(?:es)?|cargador(?:es)?|magazines?"
    r"|granadas?)[\s,]*(?:de\s|para\s|for\s)?(?:arma\s)?$"
)
_BY_NICKNAME = "AK pattern"
_REACH = 60
"""Characters around a word for a gun in which calibres are looked for."""


class FoundFirearm(NamedTuple):
    """A firearm that a text describes; `start` and `end` are offsets in `Text.raw`, codes those of the tables.

    What the text does not say is None or False: a model never stands in for its maker, type or calibre. `rule`:
    `privately_made`, `model`, `make`, `type`, the first of them that the description has. `serial` and `no_serial` are
    joined to it by `firearm_serials`.
    """

    start: int
    end: int
    rule: str
    type: str | None = None
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    privately_made: bool = False
    converted: bool = False
    obliterated: bool = False
    serial: str | None = None
    no_serial: NoSerial | None = None


class _Part:
    __slots__ = ("end", "is_distinct", "kind", "start", "value")

    def __init__(self, start: int, end: int, kind: PartKind, value: str, is_distinct: bool) -> None:
        self.start = start
        self.end = end
        self.kind: PartKind = kind
        self.value = value
        self.is_distinct = is_distinct


class _Group:
    __slots__ = ("end", "is_distinct", "parts", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.parts: dict[PartKind, str] = {}
        self.is_distinct = False


def find_firearms(text: Text, reference: Reference) -> list[FoundFirearm]:
    """The firearms that a text describes, in order: one a description, however many guns it speaks of.

    A word for guns in general ("arma de fuego", "gun") counts only with something said of it.
    """
    index = build_firearm_index(reference)
    hits = text.find_listed(index.first_words)
    if not hits:
        return []
    parts = _named_parts(text, hits, index)
    if not any(part.is_distinct or part.kind in {"type", "privately_made"} for part in parts):
        return []
    parts += _calibres(text, parts, reference)
    if len(parts) > 1:
        parts.sort(key=_order)
    groups = _groups(parts, text.plain, index)
    return [found for group in groups if (found := _describe(group, _is_among_guns(group, groups))) is not None]


def _order(part: _Part) -> tuple[int, int]:
    return part.start, -part.end


def _named_parts(text: Text, hits: Sequence[int], index: FirearmIndex) -> list[_Part]:
    parts: list[_Part] = []
    after = -1
    for at in hits:
        if at < after:
            continue
        term = _longest_at(text, at, index.by_first[text.words[at].plain])
        if term is None:
            continue
        after = at + len(term.words)
        # "FN SCAR 17S": a model's name that begins with its maker's says both.
        maker = term if term.kind == "make" else _longest_at(text, at, index.makes.get(text.words[at].plain, ()))
        model, first = _model_of(text, at, maker, index) if maker is not None else (None, 0)
        if maker is None or (model is None and maker is not term):
            parts.append(_part(text, at, after, term))
            continue
        parts.append(_part(text, at, at + len(maker.words), maker))
        if model is not None:
            after = max(after, first + len(model.words))
            parts.append(_part(text, first, first + len(model.words), model))
    return parts


def _model_of(text: Text, at: int, maker: FirearmTerm, index: FirearmIndex) -> tuple[FirearmTerm | None, int]:
    """The maker's model that stands right behind its name at word `at`, and the word at which it begins."""
    behind = at + len(maker.words)
    while behind < len(text.words) and text.words[behind].plain in {"modelo", "model", "mod"}:
        behind += 1
    if behind < len(text.words) and len(text.plain[text.words[behind - 1].end : text.words[behind].start]) <= 2:
        return _longest_at(text, behind, index.models_of.get(maker.value, ())), behind
    return None, behind


def _part(text: Text, first: int, after: int, term: FirearmTerm) -> _Part:
    return _Part(text.words[first].start, text.words[after - 1].end, term.kind, term.value, term.is_distinct)


def _longest_at(text: Text, at: int, terms: tuple[FirearmTerm, ...]) -> FirearmTerm | None:
    words, plain = text.words, text.plain
    for term in terms:
        count = len(term.words)
        run = words[at : at + count]
        if count > 1 and (
            tuple([word[0] for word in run]) != term.words
            or any(plain[run[place].end : run[place + 1].start] not in _GAPS for place in range(count - 1))
        ):
            continue
        if run[0].plain != term.words[0]:
            continue
        # AK-47 is cut at the digit: XAK-47 and AK-47B are other names.
        start, end = run[0].start, run[-1].end
        if not (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum()):
            return term
    return None


def _calibres(text: Text, parts: list[_Part], reference: Reference) -> list[_Part]:
    """Calibres near the parts, but for those of ammunition and magazines."""
    plain = text.plain
    found: list[_Part] = []
    done = 0
    for part in parts:
        start, end = max(part.start - _REACH, done), min(part.end + _REACH, len(plain))
        # A window ends between words, so that no number is cut.
        while 0 < start < part.start and plain[start - 1].isalnum():
            start += 1
        if end <= start:
            continue
        for match in _figures(text, start, end):
            value = match["value"]
            head = plain[max(match.start() - 14, 0) : match.start()]
            before = _CALIBRE_BEFORE.search(head) if "cal" in head else None
            evident = value[0] == "." or before or match["after"] or not _UNSAID.isdisjoint(value)
            if not evident and value not in {"5.56", "7.62", "5,56", "7,62"}:
                continue
            if match.end() == end < len(plain) and plain[end].isalnum():
                continue
            first = match.start() - (len(before[0]) if before else 0)
            if _AMMUNITION.match(plain, match.end()) or _OF_AMMUNITION.search(plain[max(first - 30, 0) : first]):
                continue
            code = reference.firearms.read_calibre(value)
            if code is not None:
                found.append(_Part(first, match.end(), "calibre", code, False))
                done = match.end()
    if not found:
        return found
    spans = [(part.start, part.end) for part in parts]
    return [one for one in found if not any(start < one.end and one.start < end for start, end in spans)]


def _figures(text: Text, start: int, end: int) -> list[re.Match[str]]:
    """What `_CALIBRE` finds from `start` to `end`; tried at the text's numbers alone: 1 us instead of 5."""
    plain, starts = text.plain, text.number_starts
    figures: list[re.Match[str]] = []
    done = start
    for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
        if at > start and plain[at - 1] == ".":
            at -= 1
        found = _CALIBRE.match(plain, at, end) if at >= done else None
        if found is not None:
            done = found.end()
            figures.append(found)
    return figures


def _groups(parts: list[_Part], plain: str, index: FirearmIndex) -> list[_Group]:
    groups: list[_Group] = []
    group: _Group | None = None
    for part in parts:
        if group is not None and part.start < group.end:
            continue
        if group is None or not _belongs(part, group, plain, index):
            group = _Group(part.start, part.end)
            groups.append(group)
        group.end = part.end
        group.parts[part.kind] = part.value
        group.is_distinct = group.is_distinct or part.is_distinct
    return groups


def _belongs(part: _Part, group: _Group, plain: str, index: FirearmIndex) -> bool:
    has = group.parts.get(part.kind)
    if has is not None and has != part.value and part.value not in index.narrower.get(has, ()):
        return False
    if has is not None and part.kind in {"calibre", "make", "model"}:
        return False
    gap = plain[group.end : part.start]
    if len(gap) > 30 or not frozenset(";!?\n").isdisjoint(gap) or ". " in gap:
        return False
    done_to = part.kind in {"obliterated", "converted"}
    # "AK-47, pistolas" are two; "un arma larga, tipo fusil" is one.
    if "," in gap and part.kind == "type" and "ti" not in gap and "ty" not in gap:
        return False
    return (_ABOUT if done_to else _BESIDE).issuperset(_WORD.findall(gap))


def _is_among_guns(group: _Group, groups: list[_Group]) -> bool:
    """Whether guns are named right beside ("AR-15 y M-16"), or in reach, which is enough for "cuerno de chivo"."""
    if "model" not in group.parts:
        return False
    reach = _REACH if group.parts["model"] == _BY_NICKNAME else 4
    return any(
        ("type" in other.parts or other.is_distinct)
        and max(other.start - group.end, group.start - other.end) <= reach
        and other is not group
        for other in groups
    )


def _describe(group: _Group, is_among_guns: bool) -> FoundFirearm | None:
    parts = group.parts
    kind = parts.get("type")
    has_gun = kind is not None or (group.is_distinct and ("make" in parts or "model" in parts))
    has_gun = has_gun or is_among_guns
    made = "privately_made" in parts
    if not has_gun and not (made and group.is_distinct):
        return None
    if set(parts) == {"type"} and kind == "firearm":
        return None
    rule = next(name for name in ("privately_made", "model", "make", "type", "converted") if name in parts)
    return FoundFirearm(
        group.start,
        group.end,
        rule,
        kind if kind != "firearm" else None,
        parts.get("make"),
        parts.get("model"),
        parts.get("calibre"),
        made,
        "converted" in parts,
        "obliterated" in parts,
    )

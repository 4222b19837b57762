"""Whom a text comes from: the wire agency or release that it repeats, from the record or from the text itself.

An origin groups records only if it names one release: a source with its number, or the address of one page. "EFE" alone
doesn't: EFE writes of many things. Nothing of bylines enters an origin: what is read in a text are names of the
reference table alone, and addresses, which may hold an author's name, are hashed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from processors.extraction.texts import Text, fold_in_place
from processors.extraction.urls import canonical_url
from processors.reference.origins import Source, load_origins

__all__ = ["Origin", "find_origin", "lineage_keys"]

_HEAD, _TAIL = 700, 500
"""Datelines, credits and release numbers stand at the head and the tail of a text."""
_NEAR = 90
"""Characters around a release's number within which its issuer is looked for."""
_NOT_COPIES = frozenset({"quotes", "cites", "background", "follow_up", "follow-up", "response", "responds", "related"})
"""Relations of a record's lineage that don't make it a copy; any other, or none, does."""


_SEVERAL = "record lineage, several"


class Origin(NamedTuple):
    """Whom a record repeats. `key` names one release or page and is `None` where only the source is known.

    `name` is what an analyst reads, `source` its id in the reference table or its folded name. `field`, `start` and
    `end` tell where it stands: offsets in `Text.raw`, 0 and 0 for a field of the record. `rule` found it.
    """

    name: str
    source: str
    number: str | None
    key: str | None
    field: str
    start: int
    end: int
    rule: str


class _Patterns(NamedTuple):
    """Compiled once for the reference table."""

    names: Mapping[str, Source]
    name: re.Pattern[str]
    dateline: re.Pattern[str]
    credit: re.Pattern[str]
    declared: re.Pattern[str]


_GATE = re.compile(
    r"\([a-z. -]{2,24}\) ?[.:-]|comunicado|boletin|release|informacion de |information from |reporting (?:by|from) |"
    r"fuentes?:|sources?:|agencia |credito?s?:|\n[a-z -]{2,28}$"
)
_NUMBER_MARK = r"(?:number|numero|num\.?|no\.|no(?= ?\d)|n°|#)"
_RELEASE = re.compile(
    # "comunicado de prensa FGR no. 123/24": a mark or a year must say that the number is the release's own.
    rf"(?:comunicado|boletin|(?:press|news) release|release(?= {_NUMBER_MARK}))(?: conjunto| oficial)?"
    rf"(?: de prensa| informativo)?(?: (?!no\b)[a-z]{{2,6}}(?= ))??[ :]*(?P<mark>{_NUMBER_MARK})?[ :]*"
    r"(?P<number>(?:[a-z]{2,6}[-/ ])?\d{1,5}(?:[/-]\d{1,5}){0,2})(?![\d.,]*\d)(?! de [a-z]+ de)"
)
_BYLINE = re.compile(r"^(?:by|por)\b.*?(?:[/|,;()]\s*| - |$)|[/|,;(]?\s*\b(?:by|por)\b.*$")
_HANDLE = re.compile(r"\S*@\S+")
_YEAR = re.compile(r"[/-](\d{2})$")


@cache
def _patterns() -> _Patterns:
    # Not at import: the table is read when the first text is.
    names = load_origins()
    longest = sorted(names, key=len, reverse=True)
    any_name = "|".join(map(re.escape, longest))
    credited = "|".join(re.escape(name) for name in longest if names[name].credited)
    wires = "|".join(re.escape(name) for name in longest if names[name].is_wire)
    return _Patterns(
        names=names,
        name=re.compile(rf"\b(?:{any_name})\b"),
        dateline=re.compile(rf"\(({wires})\) ?[.:-]"),
        credit=re.compile(
            rf"(?:con informacion de|with information from|with reporting (?:by|from)|(?:fuente|source|credito?)s?:)"
            rf" (?:la |el |the |agencia )*({credited}|ap)\b|(?:^|\n) *({wires}) *$"
        ),
        declared=re.compile(
            rf"(?:comunicado|boletin|(?:press|news) release)(?: conjunto| oficial)?(?: de prensa)?"
            rf"(?: (?:de|del|by|from|of|issued by|published by|emitido por))?(?: (?:la|el|the))?"
            rf" ({credited}|guardia nacional)\b"
        ),
    )


def find_origin(event: Mapping[str, Any], texts: Sequence[Text]) -> Origin | None:
    """Whom a record repeats: what its `lineage` says, else a release's number, a dateline, a credit or a named release.

    `event` is the event's JSON, `texts` its texts. The record's own word goes first; of the texts the first that tells.
    A record that is made of copies of two releases has an origin without a key: it is no copy of one of them.
    """
    declared = _declared_origin(event)
    if declared is not None and (declared.key or declared.rule == _SEVERAL):
        return declared
    for text in texts:
        found = _read_text(text)
        if found is not None:
            return found if declared is None or found.key is not None else declared
    return declared


def lineage_keys(event: Mapping[str, Any], origin: Origin | None) -> tuple[str, ...]:
    """What makes a record one with others: its own page, and the release or page that it repeats; sorted."""
    own = _page_key(event.get("url"))
    return tuple(sorted({key for key in (own, origin.key if origin else None) if key}))


def _declared_origin(event: Mapping[str, Any]) -> Origin | None:
    found: list[Origin] = []
    for number, entry in enumerate(event.get("lineage") or ()):
        if fold_in_place(entry.get("relation") or "") in _NOT_COPIES:
            continue
        source, name = _name_source(entry.get("origin") or "")
        release = _release_number(entry["origin_id"]) if entry.get("origin_id") else None
        key = f"release:{source}#{release}" if release and source else _page_key(entry.get("url"))
        if name or key:
            found.append(Origin(name, source, release, key, f"lineage[{number}]", 0, 0, "record lineage"))
    if not found:
        return None
    keys = {origin.key for origin in found if origin.key}
    best = next((origin for origin in found if origin.key), found[0])
    return best._replace(key=None, number=None, rule=_SEVERAL) if len(keys) > 1 else best


def _name_source(written: str) -> tuple[str, str]:
    """The id and name of a source as a record writes it; a byline in it is left out, unknown names are folded."""
    patterns = _patterns()
    folded = fold_in_place(_HANDLE.sub(" ", written)).strip()
    match = patterns.name.search(folded)
    if match:
        source = patterns.names[match[0]]
        return source.id, source.name
    rest = _BYLINE.sub("", folded)
    words = re.findall(r"[^\W_]+", rest)
    return "-".join(words), " ".join(_HANDLE.sub(" ", written).split()) if rest == folded else rest


def _read_text(text: Text) -> Origin | None:
    plain = text.plain
    parts = [(0, plain)] if len(plain) <= _HEAD + _TAIL else [(0, plain[:_HEAD]), (len(plain) - _TAIL, plain[-_TAIL:])]
    for offset, part in parts:
        if _GATE.search(part):
            found = _read_part(part, text, offset)
            if found is not None:
                return found
    return None


def _read_part(part: str, text: Text, offset: int) -> Origin | None:
    patterns = _patterns()
    for match in _RELEASE.finditer(part):
        issuer = _issuer_near(part, match, patterns)
        number = _release_number(match["number"])
        if issuer is None or not (match["mark"] or "/" in number):
            continue
        # Numbers begin anew each year; of which, the day of the text says.
        if "/" not in number and text.date:
            number = f"{number}/{text.date[:4]}"
        key = f"release:{issuer.id}#{number}" if issuer.is_numbered and "/" in number else None
        where = (text.field, offset + match.start(), offset + match.end())
        return Origin(issuer.name, issuer.id, number, key, *where, "release number")
    for rule, pattern in (
        ("dateline", patterns.dateline),
        ("credit", patterns.credit),
        ("named release", patterns.declared),
    ):
        named = pattern.search(part)
        if named:
            source = patterns.names[named[named.lastindex or 1]]
            where = (text.field, offset + named.start(), offset + named.end())
            return Origin(source.name, source.id, None, None, *where, rule)
    return None


def _issuer_near(part: str, match: re.Match[str], patterns: _Patterns) -> Source | None:
    """The issuer named in the number, right behind it, or nearest before it."""
    for start, end in (match.span(), (match.end(), match.end() + _NEAR)):
        found = patterns.name.search(part, start, end)
        if found:
            return patterns.names[found[0]]
    before = list(patterns.name.finditer(part, max(0, match.start() - _NEAR), match.start()))
    return patterns.names[before[-1][0]] if before else None


def _release_number(written: str) -> str:
    """A release's number without prefix, blanks and leading zeros, its year in full: `FGR 045/24` is `45/2024`."""
    folded = re.sub(r"\s+", " ", fold_in_place(written)).strip()
    prefix = re.match(r"([a-z]{2,6})[-/ ](?=\d)", folded)
    bare = folded[prefix.end() :] if prefix and prefix[1] in _patterns().names else folded
    if not re.fullmatch(r"\d+(?:[/-]\d+)*", bare):
        return folded
    return _YEAR.sub(r"/20\1", "/".join(part.lstrip("0") or "0" for part in re.split(r"[/-]", bare)))


def _page_key(url: str | None) -> str | None:
    page = canonical_url(url) if url else None
    return f"page:{blake2b(page.encode('utf-8', 'replace'), digest_size=12).hexdigest()}" if page else None

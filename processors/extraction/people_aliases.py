"""Aliases in texts: beside a name, or alone."""

import re

from processors.extraction.people_words import NEVER
from processors.extraction.texts import Text

__all__ = ["aliases_after", "lone_aliases"]

_ALIAS = re.compile(
    r"^[\s,]{0,3}[(]?\s?(?:alias|\(a\)|a\.?\s?k\.?\s?a\.?|a/k/a|also known as"
    r"|(?:tambi[eé]n |mejor )?conocid[oa] como|known as|apodad[oa]|nicknamed)[\s:,]{1,3}"
    r"((?:[\"“«'][^\"”»']{1,40}[\"”»'](?:\s?(?:,|y|o|and|or|/)\s?(?=[\"“«]))?)+"
    r"|(?:(?:[Ee]l|[Ll]a|[Ll]os) )?[A-ZÁÉÍÓÚÜÑ][\w\-]*(?: (?:de |del )?[A-ZÁÉÍÓÚÜÑ0-9][\w\-]*){0,2})",
)
_QUOTED_ALIAS = re.compile(
    r"^[\s,]{0,2}[(]?(?:[\"“«]((?:[Ee]l|[Ll]a|[Ll]os) [^\"”»]{1,30}|[A-ZÁÉÍÓÚÑ][^\"”»]{1,25})[\"”»][)]?"
    r"|['‘]((?:[Ee]l|[Ll]a|[Ll]os) [^'’]{1,30}|[A-ZÁÉÍÓÚÑ][^'’,.;]{1,25})['’](?!\w))"
)
_BARE_ALIAS = re.compile(r"^, ((?:El|La|Los|Las) ([A-ZÁÉÍÓÚÑ][\w\-]+)(?: [A-ZÁÉÍÓÚÑ][\w\-]+)?)(?=[,.;)]| [a-zñ])")
"""Without quotes: "Pedro Ejemplo, El Muestra, fue detenido"."""
_ALIAS_NEXT = re.compile(r"[\s,(]{0,5}[aktcmn(\"“«'‘]|, [EL]")
"""The sign that an alias begins with, told in a fifth of the time."""
_QUOTES = re.compile(r"[\"“«']([^\"”»']{1,40})[\"”»']")
_LONE_ALIAS = re.compile(
    r"\b(?:alias|a\.k\.a\.|a/k/a|aka|apodad[oa]|nicknamed)[\s:]+[\"“«]?"
    r"((?:(?:El|La|Los|el|la|los) )?[A-ZÁÉÍÓÚÜÑ][\w\-]*(?: [A-ZÁÉÍÓÚÜÑ0-9][\w\-]*){0,2})"
)


def aliases_after(text: Text, end: int) -> tuple[str, ...]:
    """The aliases that stand right after a name that ends at `end`, as written."""
    if _ALIAS_NEXT.match(text.raw, end) is None:
        return ()
    rest = text.raw[end : end + 120]
    found = _ALIAS.match(rest)
    if found is not None:
        return tuple(_QUOTES.findall(found[1])) or (found[1].strip(),)
    quoted = _QUOTED_ALIAS.match(rest)
    if quoted is not None:
        return (quoted[1] or quoted[2],)
    bare = _BARE_ALIAS.match(rest)
    return (bare[1],) if bare is not None and text.plain[end:][slice(*bare.span(2))] not in NEVER else ()


def lone_aliases(text: Text) -> list[tuple[int, int]]:
    """Where the aliases stand that a word says is one."""
    plain = text.plain
    # One sign is looked for at a third of the time of three.
    if "alias" in plain or "apodad" in plain or ("/" in plain and "a/k/a" in plain) or "a.k.a" in plain:
        return [match.span(1) for match in _LONE_ALIAS.finditer(text.raw)]
    return []

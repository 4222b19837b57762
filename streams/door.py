"""What may not enter at all: alien registration numbers, and asylum or fear claims (8 CFR 208.6).

Agency records that carry them are refused with the citation, so that the publisher removes them at the source. News is
open already: there only A-numbers are refused. A plain nine-digit serial that happens to begin with A is let through
unless the words around it say that it is an A-number; a grouped one (A 123 456 789) never is a serial.
"""

import re
from collections.abc import Iterator

from streams.refusals import Refused

__all__ = ["refuse_confidential"]

_A_NUMBER = re.compile(
    r"""
    (?<![\w-])A[-\s]?\d{2,3}[-\s]\d{3}[-\s]\d{3}(?![\w-])            # A 12 345 678, A123-456-789: grouped
  | \b(?:A-?\#|A-?(?:number|file|no\.?)|alien\s+(?:registration\s+)?(?:number|no\.?|file)|USCIS\s*\#?
      |n[uú]mero\s+A\b|n[uú]mero\s+de\s+(?:extranjero|registro\s+de\s+extranjero))
    \W{0,6}(?:(?:is|es|was)\W{0,3})?A?[-\s]?\d{2,3}[-\s]?\d{3}[-\s]?\d{3}(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLAIM = re.compile(
    r"""
    \b(?:asylum|refugee)[\s-]+(?:claim|applica|seek|interview|officer|case|petition|status|hearing)
  | \b(?:appl(?:y|ied|ies|ying)|fil(?:e|ed|es|ing)|request(?:ed|s|ing)?|claim(?:ed|s|ing)?|seek(?:s|ing)?
      |sought|grant(?:ed|s)?|den(?:y|ied))
    \s+(?:\w+\s+){0,3}asylum\b
  | \b(?:credible|reasonable)\s+fear\b
  | \bfear\s+of\s+(?:returning|return|persecution|being\s+returned)\b
  | \bI-589\b | \bwithholding\s+of\s+removal\b
  | \b(?:solicit\w+|pid\w+|ped\w+|tramit\w+|otorg\w+|neg\w+)\s+(?:\w+\s+){0,3}(?:asilo|refugio)\b
  | \b(?:solicitante|petici[oó]n|solicitud|condici[oó]n)\w*\s+de\s+(?:asilo|refugio|refugiad[oa])\b
  | \btemor\s+(?:cre[ií]ble|fundado|razonable)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_A_KINDS = {"a_number", "a-number", "anumber", "alien_number", "alien_registration_number", "uscis_number"}
_IDENTIFIER_KIND = re.compile(r"people\[\d+\]\.identifiers\[\d+\]\.kind")

# A cheap look at the whole body before the two patterns: few records hold any of these. Substring search costs 1 us
# on a 1.2 KB body; one case-insensitive pattern with the same words cost 48 us.
_WORDS = ("asylum", "refug", "fear", "asilo", "temor", "i-589", "withholding", "alien", "extranje", "uscis")
_BYTE_WORDS = tuple(word.encode() for word in _WORDS)
# A pattern that begins with one letter is searched for fast (0.9 us); so each begins with its own.
_A_HINTS = (r"a(?<!\wa)[-_\s]?(?:\d\d|#|n[ou]|file)", r"mero\s+a\b")
_A_TEXT = tuple(re.compile(hint) for hint in _A_HINTS)
_A_BYTES = tuple(re.compile(hint.encode()) for hint in _A_HINTS)
# In a body of JSON, white space inside a text is written with a backslash.
_ESCAPED_SPACE = re.compile(rb"\\[nrtfb]")
# Letters that match s or i regardless of case and yet have no such lower case: the long s, and both Turkish i.
_ODD_LETTERS = ("\u017f", "\u0131", "\u0307")


def refuse_confidential(tree: object, canonical: bytes, *, news: bool) -> None:
    """Raise `Refused` if any text of the event carries what 8 CFR 208.6 keeps confidential; the reason cites it.

    `tree` is the parsed body and `canonical` the same in canonical JSON.
    """
    if not _needs_a_look(canonical):
        return
    for field, text in _texts(tree, ""):
        if (
            _A_NUMBER.search(text)
            or (not news and _CLAIM.search(text))
            or (_IDENTIFIER_KIND.fullmatch(field) and text.strip().lower().replace(" ", "_") in _A_KINDS)
        ):
            raise Refused.because("asylum_confidential", field=field)


def _needs_a_look(canonical: bytes) -> bool:
    """Whether any text of the body might match; wrong only in saying yes (a property test compares it)."""
    if b"\\" in canonical:
        if b"\\\\" in canonical or b"\\u00" in canonical:
            return True
        canonical = _ESCAPED_SPACE.sub(b" ", canonical)
    if canonical.isascii():
        lowered = canonical.lower()
        return any(word in lowered for word in _BYTE_WORDS) or any(hint.search(lowered) for hint in _A_BYTES)
    text = canonical.decode().lower()
    return any(word in text for word in (*_WORDS, *_ODD_LETTERS)) or any(hint.search(text) for hint in _A_TEXT)


def _texts(tree: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text of the event with its path (`people[0].note`)."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from _texts(part, f"{path}.{name}" if path else name)
    elif isinstance(tree, list):
        for at, part in enumerate(tree):
            yield from _texts(part, f"{path}[{at}]")

"""One spelling of a name, for looking it up: no case, no accents, no punctuation, single spaces."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "fold_letters"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """`Ciudad Acuña` -> `ciudad acuna`; `Q. Roo` -> `q roo`; `N.L.` -> `nl`; empty if nothing is left.

    Dots inside an abbreviation join its letters. Cached: agencies repeat the same few names (2.5 us otherwise).
    """
    plain = fold_letters(text)
    if "." in plain and _is_initials(plain):
        return _NOT_WORD.sub("", plain)
    return _NOT_WORD.sub(" ", plain).strip()


def fold_letters(text: str) -> str:
    """Lower case, without accents; all else stays. Not cached: for what is read once."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _is_initials(text: str) -> bool:
    # N.L., b.c.s., D. F.: single letters with dots.
    parts = text.replace(" ", "").split(".")
    return len(parts) > 2 and all(len(part) <= 1 for part in parts)

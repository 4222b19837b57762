"""Case numbers: whether one says whose it is, and whether two records name two courts or offices. Pure.

Every court has a case 123/2024, every federal district of the U.S. a 1:24-CR-00123. Only a number that carries the
letters of its court or office is the same matter wherever it is read.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from processors.reference import default_reference
from processors.reference.folding import fold

__all__ = ["are_other_courts", "names_office"]

_LETTERS = re.compile(r"[A-Z]{2,}")
_TYPES = frozenset(
    [
        "AP", "CASE", "CASO", "CAUSA", "CARPETA", "CDI", "CI", "CIV", "CP", "CR", "CRIM", "CV", "DOCKET", "EXP",
        "EXPEDIENTE", "FOLIO", "IPH", "JA", "JO", "MC", "MJ", "NIC", "NO", "NUC", "NUM", "PO", "SW", "TOCA",
    ]
)  # fmt: skip
"""Letters that say what kind of file it is, or that it is one, not whose: cr of the federal courts of the U.S., CI and
CDI (carpeta de investigación), CP (causa penal), NUC, EXP.
"""
_WHOLE = 12
"""Letters and digits from which a number with its office's letters is one matter, by whatever name the office goes."""
_OF_ANY = frozenset(
    [
        "a", "and", "al", "de", "del", "el", "en", "for", "in", "la", "las", "los", "of", "the", "y",
        "ficticia", "ficticio", "fictional",
    ]
)  # fmt: skip
_WORTH_SPELLING = 5


@lru_cache(maxsize=16_384)
def names_office(docket: str) -> bool:
    """Whether a case number in its normal form carries letters of its court or office."""
    return any(letters not in _TYPES for letters in _LETTERS.findall(docket))


@lru_cache(maxsize=16_384)
def are_other_courts(docket: str, left: str, right: str) -> bool:
    """Whether the issuers of one case number, as two records write them, are surely two: each has a word that the other
    has not. A nation or a state is no court, and of a long number with its office's letters the names don't matter: the
    prosecutor's file may be called the court's.
    """
    if not left or not right or (names_office(docket) and sum(map(str.isalnum, docket)) >= _WHOLE):
        return False
    if any(_is_area(issuer) for issuer in (left, right)):
        return False
    ours, theirs = (set(fold(issuer).split()) - _OF_ANY for issuer in (left, right))
    return _has_other(ours, theirs) and _has_other(theirs, ours)


def _is_area(issuer: str) -> bool:
    plates = default_reference().plates
    return all(len(fold(part)) <= 3 or plates.name_issuer(fold(part)) is not None for part in issuer.split(","))


def _has_other(words: set[str], others: set[str]) -> bool:
    return any(not any(_is_one_word(word, other) for other in others) for word in words)


def _is_one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _WORTH_SPELLING and OSA.distance(one, other, score_cutoff=1) <= 1

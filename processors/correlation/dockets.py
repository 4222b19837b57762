"""Case numbers: whether one says whose it is, and whether two records name two courts or offices. Pure.

Every court has a case 123/2024, every federal district of the U.S. a 1:24-CR-00123. Only a number that carries the
letters of its court or office is the same matter wherever it is read.
"""

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from processors.reference import default_reference
from processors.reference.folding import fold

__all__ = ["compare_courts", "names_office"]

_LETTERS = re.compile(r"[A-Z]{3,}")
_OF_DISTRICT = re.compile(r"\d{1,2}:\d{2}-[A-Z]{2}-\d+.*")
"""A case number of the federal courts of the U.S.: office in the district, year, kind, number, perhaps a judge's
initials.
"""
_KINDS_OF_FILES = (
    "ACUMULADO", "ADMINISTRATIVO", "AMPARO", "ARREST", "AVERIGUACION", "CARPETA", "CASE", "CASO", "CAUSA", "CDI", "CI",
    "CIVIL", "COURT", "CR", "CRIM", "CRIMINAL", "CRM", "CV", "DE", "DEL", "DIRECTO", "DOCKET", "EL", "EN", "EXP",
    "EXPEDIENTE", "FED", "FEDERAL", "FEL", "FELONY", "FILE", "FISCALIA", "FOLIO", "INDICTMENT", "INDIRECTO", "INV",
    "INVESTIGACION", "IPH", "JUDICIAL", "JUICIO", "JUZGADO", "LA", "MATTER", "MIS", "MISD", "MISDEMEANOR", "NIC", "NO",
    "NUC", "NUM", "NUMBER", "NUMERO", "OFICIO", "ORAL", "PENAL", "PREVIA", "PROCESO", "REVISION", "THE", "TOCA",
    "TRIBUNAL", "UNICA", "UNICO", "WARRANT", "Y",
)  # fmt: skip
"""Words and letters that say what kind of file it is, or that it is one, not whose: CI and CDI (carpeta de
investigación), NUC, EXP. Blanks are gone from a normal form, so that "Causa penal 123" is CAUSAPENAL123.
"""
_ARE_KINDS = re.compile(f"(?:{'|'.join(sorted(_KINDS_OF_FILES, key=len, reverse=True))})+")
_WHOLE = 12
"""Letters and digits from which a number with its office's letters is one matter, by whatever name the office goes."""
_OF_ANY = frozenset(
    [
        "a", "and", "al", "de", "del", "el", "en", "for", "in", "la", "las", "los", "of", "the", "y",
        "ficticia", "ficticio", "fictional",
    ]
)  # fmt: skip
_OF_COURTS = frozenset(
    [
        "attorney", "control", "county", "court", "distrito", "district", "estatal", "federal", "fgr", "fiscalia",
        "general", "juez", "juzgado", "office", "oral", "penal", "poder", "judicial", "prosecutor", "state", "tribunal",
        "unidad", "u", "s", "us", "united", "states",
    ]
)  # fmt: skip
"""Words that name no certain court: of a "Juzgado de Control" there is one in every town."""
_INITIALS = 3
_WORTH_SPELLING = 5


@lru_cache(maxsize=16_384)
def names_office(docket: str) -> bool:
    """Whether a case number in its normal form carries letters of its court or office: three or more that are no words
    for a file. Two letters are the kind of a case in most states (CF, DR), and initials in a district.
    """
    if _OF_DISTRICT.fullmatch(docket):
        return False
    return any(_ARE_KINDS.fullmatch(letters) is None for letters in _LETTERS.findall(fold(docket).upper()))


@lru_cache(maxsize=16_384)
def compare_courts(docket: str, left: str, right: str) -> Literal["one", "other", "unknown"]:
    """Whether the issuers of one case number, as two records write them, are one court or office; `other` if each name
    has a word that the other has not, `unknown` if one of them names none ("US", "Juzgado de Control").

    Of a long number with its office's letters the names don't matter: the prosecutor's file may be called the court's.
    """
    is_own = names_office(docket)
    if is_own and sum(map(str.isalnum, docket)) >= _WHOLE:
        return "one"
    ours, theirs = _name_words(left), _name_words(right)
    if not ours or not theirs:
        return "one" if is_own else "unknown"
    return "other" if _has_other(ours, theirs) and _has_other(theirs, ours) else "one"


def _name_words(issuer: str) -> frozenset[str]:
    """The words by which an issuer is a certain one; none of a nation or state, nor where all of them name any."""
    plates = default_reference().plates
    if all(len(fold(part)) <= _INITIALS or plates.name_issuer(fold(part)) is not None for part in issuer.split(",")):
        return frozenset()
    words = frozenset(fold(issuer).split()) - _OF_ANY
    return frozenset() if words <= _OF_COURTS else words


def _has_other(words: frozenset[str], others: frozenset[str]) -> bool:
    return any(not any(_is_one_word(word, other) for other in others) for word in words)


def _is_one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _WORTH_SPELLING and OSA.distance(one, other, score_cutoff=1) <= 1

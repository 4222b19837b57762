"""Names that a state shares with municipalities and towns of other states: which of them is meant, if the text says."""

import re
from collections.abc import Iterable

from processors.extraction.place_scan import LIST_GAP, NameHit
from processors.reference.gazetteer import Site

__all__ = ["is_surely_state", "list_rivals", "name_rivals", "take_towns"]

_AREAS = frozenset({"state", "country"})
_TOWN_BEFORE = re.compile(
    # In the plural the state's: "municipios de Jalisco". The first letters come first: half the time.
    r"\b(?=[maclpt])(?:municipio|ayuntamiento|alcald[ií]a|alcalde(?:sa)?|cabecera(?: municipal)?"
    r"|president[ea] municipal|presidencia municipal|polic[ií]as? municipal(?:es)?"
    r"|ciudad|city|town|mayor|poblado|localidad)"
    r" (?:de|del|of) $",
    re.IGNORECASE,
)
_LINKS = frozenset({"de ", "el ", "of ", "DE ", "EL ", "OF "})
"""Ends of de, del and of: a quick look before the expression."""
_STATE_BEFORE = re.compile(
    r"\b(?:estados?|states?|gobernador(?:a)?|governor|congreso|congress|fiscal[ií]a(?: general)?(?: del estado)?)"
    r" (?:libre y soberano )?(?:de |del |of )$",
    re.IGNORECASE,
)
_STATE_AFTER = re.compile(r" state\b")
_TOWNS = {"municipality": 5_000, "city": 100_000}
"""Inhabitants from which on a place of another state is a rival of the state's name."""


def take_towns(hit: NameHit, raw: str) -> NameHit:
    """The hit without the state or country where the word before says that a town is meant ("municipio de Hidalgo")."""
    if hit.beside or raw[max(0, hit.start - 3) : hit.start] not in _LINKS or not _is_state(hit):
        return hit
    if not _before(_TOWN_BEFORE, hit, raw):
        return hit
    towns = tuple(site for site in hit.sites if site.kind in _TOWNS)
    return hit._replace(sites=towns) if towns else hit


def name_rivals(sites: Iterable[Site], state: Site) -> tuple[Site, ...]:
    """The places of other states of its nation that the bare name of a state may mean as well."""
    return tuple(
        site
        for site in sites
        if site.population >= _TOWNS.get(site.kind, 1 << 60)
        and site.country == state.country
        and site.state != state.code
    )


def list_rivals(hits: list[NameHit], at: int, raw: str, rivals: tuple[Site, ...]) -> tuple[Site, ...]:
    """The rivals that lie in the state of the towns among which the name is listed ("Villa Ahumada, Guerrero, ...")."""
    states = {
        site.state
        for there in (at - 1, at + 1)
        if 0 <= there < len(hits) and not hits[there].beside and not _is_state(hits[there])
        if _is_listed(raw, *sorted((hits[at], hits[there]), key=_start))
        for site in hits[there].sites
    }
    return tuple(site for site in rivals if site.state in states)


def is_surely_state(hits: list[NameHit], at: int, raw: str) -> bool:
    """Whether the words around a name say that it is the state's, or it stands in a list of states."""
    hit = hits[at]
    if _before(_STATE_BEFORE, hit, raw) or _STATE_AFTER.match(raw, hit.end):
        return True
    return any(
        0 <= there < len(hits) and _is_state(hits[there]) and _is_listed(raw, *sorted((hit, hits[there]), key=_start))
        for there in (at - 1, at + 1)
    )


def _start(hit: NameHit) -> int:
    return hit.start


def _is_state(hit: NameHit) -> bool:
    return not hit.beside and any(site.kind in _AREAS for site in hit.sites)


def _is_listed(raw: str, first: NameHit, second: NameHit) -> bool:
    gap = raw[first.end : second.start].lower()
    return bool(gap.strip()) and LIST_GAP.fullmatch(gap) is not None


def _before(pattern: re.Pattern[str], hit: NameHit, raw: str) -> bool:
    return pattern.search(raw, max(0, hit.start - 48), hit.start) is not None

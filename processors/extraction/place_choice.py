"""Which of the places of one name is meant: by what stands beside it, earlier in the text, and who publishes; never
by size alone.
"""

import re
from typing import NamedTuple

from processors.extraction.place_areas import is_surely_state, list_rivals, name_rivals, take_towns
from processors.extraction.place_context import Around, Home
from processors.extraction.place_scan import NameHit
from processors.reference.gazetteer import Site

__all__ = ["MOST_CANDIDATES", "Choice", "Home", "choose_sites"]

MOST_CANDIDATES = 5
# Mexico City alone has alcaldias.
_BOROUGH = re.compile(r"\b[Aa]lcald[ií]a (?:de )?$")
_FAR_LARGER = 20
_MERE = 50_000
"""Inhabitants below which a city is a mere locality to one twenty times as large."""
_KNOWN_TOWN = 15_000
_KNOWN_LOCALITY = 5_000
"""A locality or small town that the gazetteer has once may have namesakes that it lacks: below `_KNOWN_TOWN` it needs
a strong
cue, below this a state.
"""
_SMALL_KINDS = frozenset({"locality", "city"})
_AREAS = frozenset({"state", "country"})
_FIXED = frozenset({"port", "sector", "office"})


class Choice(NamedTuple):
    """The places that are left, likeliest first, and the rule that left them."""

    sites: tuple[Site, ...]
    rule: str


def choose_sites(raw: str, hits: list[NameHit], home: Home | None) -> list[Choice | None]:
    """One choice a hit; None where the name is no place here. The text's states come first, then places in order."""
    if not hits:
        return []
    hits = [take_towns(hit, raw) for hit in hits]
    around = Around(raw, hits, home)
    implied = around.implied
    choices: list[Choice | None] = []
    for hit in hits:
        choice = _choose(around, hit)
        choices.append(choice)
        implied += _imply(hit, choice)
    if implied:
        # What is still open may be settled by a place that comes later in its sentence.
        choices = [
            _choose(around, hit) if choice is not None and choice.rule in _OPEN_RULES else choice
            for hit, choice in zip(hits, choices, strict=True)
        ]
    return choices


def _imply(hit: NameHit, choice: Choice | None) -> list[tuple[int, str]]:
    """The state that a settled place tells of the places around it."""
    if choice is None or len(choice.sites) > 1 or choice.rule in _OPEN_RULES:
        return []
    site = choice.sites[0]
    return [(hit.start, site.state)] if site.state is not None and site.kind != "state" else []


# A place that size or the publisher's area settled says nothing new of the next one, and a later one may say more of
# it.
_OPEN_RULES = frozenset({"home_state", "home_country", "far_larger", "ambiguous"})


def _choose(around: Around, hit: NameHit) -> Choice | None:
    named, home = around.named, around.home
    sites = hit.sites
    if hit.beside:
        # "Oaxaca, Mexico" is the state.
        own = tuple(
            site for site in sites if site.kind == "state" and any(site.country == area.code for area in hit.beside)
        )
        if own:
            return Choice(own, "state")
        inside = [site for site in sites if _is_inside(site, hit.beside)]
        is_nation = any(site.kind == "country" for site in hit.beside)
        if len(inside) > 1 and is_nation and (choice := _choose_border(around, hit, inside)):
            return choice
        return _settle(inside, "state_beside") if inside else None
    if not _FIXED.isdisjoint([site.kind for site in sites]):
        return _choose_fixed(sites, frozenset(around.corridors))
    raw = around.raw
    if "lcald" in raw[max(0, hit.start - 14) : hit.start] and _BOROUGH.search(raw, max(0, hit.start - 14), hit.start):
        inside = [site for site in sites if site.state == "MX-CMX"]
        if inside:
            return _settle(inside, "alcaldia")
    if sites[0].decides:
        return Choice(sites[:1], "known_name")
    areas = [site for site in sites if site.kind in _AREAS]
    if areas:
        return _choose_area(around, hit, areas)
    if len(sites) == 1 and _stands_alone(sites[0], hit.cue):
        return Choice(sites, "only_one")
    for rule, states in around.states(hit, named):
        inside = [site for site in sites if site.state in states]
        # A hamlet in a state named somewhere is not what a large city's name says.
        if inside and not all(_is_dwarfed(site, sites[0]) for site in inside):
            return _settle(inside, rule)
    if (choice := _choose_border(around, hit, list(sites))) is not None:
        return choice
    if home is not None:
        inside = [site for site in sites if home.state is not None and site.state == home.state]
        if inside and not all(_is_dwarfed(site, sites[0]) for site in inside):
            return _settle(inside, "home_state")
    return _choose_alone(hit, home)


def _choose_border(around: Around, hit: NameHit, sites: list[Site]) -> Choice | None:
    """The one of the border's towns that has the name: where its twin is named, the publisher watches the border, or
    the text names the other nation alone ("Juarez, Mexico" of a U.S. publisher).
    """
    towns = [site for site in sites if site.corridor is not None]
    near = [site for site in towns if around.has_twin(hit, site)]
    if len(near) == 1:
        return Choice((near[0],), "twin_city")
    home = around.home
    if len(towns) != 1 or home is None or (home.state is not None and home.state != towns[0].state):
        return None
    if home.border:
        return Choice((towns[0],), "border_agency")
    abroad = bool(hit.beside) and towns[0].country != home.country
    return Choice((towns[0],), "border_town") if abroad else None


def _choose_fixed(sites: tuple[Site, ...], corridors: frozenset[str]) -> Choice:
    """Ports, sectors and offices: one alone, or the one of the twin cities that the text names."""
    fixed = [site for site in sites if site.kind in _FIXED]
    if len({(site.kind, site.code) for site in fixed}) == 1:
        # San Ysidro is a town of New Mexico too: said of a Mexican or U.S. border text, the port is meant by far.
        return Choice(tuple(fixed[:1]), fixed[0].kind)
    near = [site for site in fixed if site.corridor in corridors]
    if len({(site.kind, site.code) for site in near}) == 1:
        return Choice(tuple(near[:1]), "port_of_twin_cities")
    return Choice(tuple(near or fixed)[:MOST_CANDIDATES], "ambiguous")


def _choose_area(around: Around, hit: NameHit, areas: list[Site]) -> Choice:
    """A state's or country's name alone is the state's: a municipality of that name lies in it, or needs its state
    beside it. A name that places of other states have too is the state's only where the text says so.
    """
    states = [site for site in areas if site.kind == "state"] or areas
    rivals = name_rivals(hit.sites, states[0]) if len(states) == 1 else ()
    at = around.hits.index(hit)
    if not rivals or is_surely_state(around.hits, at, around.raw):
        return Choice(tuple(states[:MOST_CANDIDATES]), states[0].kind)
    listed = list_rivals(around.hits, at, around.raw, rivals)
    if len(listed) == 1:
        return Choice(listed, "town_in_list")
    own = states[0].code
    others = [(start, code) for start, code in around.named if start != hit.start]
    for rule, codes in around.states(hit, others):
        if own in codes:
            return Choice((states[0],), rule)
    if around.home is not None and around.home.state == own:
        return Choice((states[0],), "home_state")
    return Choice((states[0], *rivals)[:MOST_CANDIDATES], "ambiguous")


def _choose_alone(hit: NameHit, home: Home | None) -> Choice | None:
    """Without a state anywhere: the publisher's country, a lone bearer of the name, or one that dwarfs the others."""
    sites = [site for site in hit.sites if _stands_alone(site, hit.cue)]
    if not sites:
        return None
    largest, *others = hit.sites
    if all(_is_dwarfed(other, largest) for other in others):
        return Choice((largest,), "far_larger")
    if home is not None:
        inside = [site for site in hit.sites if site.country == home.country]
        major = [site for site in inside if not _is_mere(site)] or inside
        if len(major) == 1 and _stands_alone(major[0], 2):
            return Choice((major[0],), "home_country")
        rest = [site for site in hit.sites if site.country != home.country]
        return Choice(tuple([*inside, *rest][:MOST_CANDIDATES]), "ambiguous")
    return Choice(hit.sites[:MOST_CANDIDATES], "ambiguous")


def _stands_alone(site: Site, cue: int) -> bool:
    if site.kind not in _SMALL_KINDS:
        return True
    return site.population >= _KNOWN_TOWN or (cue == 2 and site.population >= _KNOWN_LOCALITY)


def _is_mere(site: Site) -> bool:
    return site.kind in _SMALL_KINDS and site.population < _MERE


def _is_dwarfed(site: Site, largest: Site) -> bool:
    return site is not largest and _is_mere(site) and site.population * _FAR_LARGER <= largest.population


def _is_inside(site: Site, areas: tuple[Site, ...]) -> bool:
    if site.kind in _AREAS:
        return False
    return any(site.state == area.code if area.kind == "state" else site.country == area.code for area in areas)


def _settle(inside: list[Site], rule: str) -> Choice:
    """Of several in one state: a municipality or city before a mere locality; else all are kept."""
    if len(inside) > 1:
        major = [site for site in inside if site.kind in {"municipality", "county", "port"}] or [
            site for site in inside if site.kind == "city"
        ]
        if len(major) == 1:
            inside = major
    if len(inside) == 1:
        return Choice((inside[0],), rule)
    return Choice(tuple(inside[:MOST_CANDIDATES]), "ambiguous_in_state")

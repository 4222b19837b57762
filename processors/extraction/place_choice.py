"""Which of the places of one name is meant: by what stands beside it, earlier in the text, and who publishes; never
by size alone.
"""

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from processors.extraction.place_scan import NameHit
from processors.reference.gazetteer import Site

__all__ = ["MOST_CANDIDATES", "Choice", "Home", "choose_sites"]

MOST_CANDIDATES = 5
# One set first: 35 us for 5 kB; as two alternatives it takes 90.
_SENTENCE_END = re.compile(r"[.!?;:\n](?:(?<=\n)|\s+(?=[A-ZÁÉÍÓÚÜÑ¿¡]))")
_SENTENCE_REACH = (1_000, 600)
"""Characters before and after a name in which its sentence's ends are looked for."""
# Mexico City alone has alcaldias.
_BOROUGH = re.compile(r"\b[Aa]lcald[ií]a (?:de )?$")
_TEXT_REACH = 1_500
"""Characters over which a state named in an earlier sentence still speaks for a name; a long address moves on."""
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


class Home(NamedTuple):
    """The publisher's area: its country (ISO 3166-1), and its state (ISO 3166-2) if it works in one."""

    country: str
    state: str | None = None


class Choice(NamedTuple):
    """The places that are left, likeliest first, and the rule that left them."""

    sites: tuple[Site, ...]
    rule: str


def choose_sites(raw: str, hits: list[NameHit], home: Home | None) -> list[Choice | None]:
    """One choice a hit; None where the name is no place here. The text's states come first, then places in order."""
    if not hits:
        return []
    sentences = _Sentences(raw)
    named = [(hit.start, code) for hit in hits for code in _state_codes(hit)]
    corridors: set[str | None] = {
        site.corridor for hit in hits for site in hit.sites if site.corridor and site.kind != "port"
    }
    implied: list[tuple[int, str]] = []
    choices: list[Choice | None] = []
    for hit in hits:
        choice = _choose(sentences, hit, named, implied, corridors, home)
        choices.append(choice)
        implied += _imply(hit, choice)
    if implied:
        # What is still open may be settled by a place that comes later in its sentence.
        choices = [
            _choose(sentences, hit, named, implied, corridors, home)
            if choice is not None and choice.rule in _OPEN_RULES
            else choice
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


def _state_codes(hit: NameHit) -> list[str]:
    if hit.beside:
        return [site.code for site in hit.beside if site.kind == "state"]
    # "New York" and "Chihuahua" alone are the states; so is "Guerrero" with its cue.
    return [site.code for site in hit.sites if site.kind == "state"]


class _Sentences:
    """Where a text's sentences end, looked for when the first name asks."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [match.span() for match in _SENTENCE_END.finditer(self.raw)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Begin and end of the sentence around a name; those of the text where none is near."""
        ends, (back, ahead) = self._ends, _SENTENCE_REACH
        at = bisect_left(ends, (start,))
        begin = ends[at - 1] if at else (0, 0)
        after = next((first for first, last in ends[at:] if first >= end), len(self.raw))
        return begin[1] if begin[0] >= start - back else 0, after if after < end + ahead else len(self.raw)


def _choose(
    sentences: "_Sentences",
    hit: NameHit,
    named: list[tuple[int, str]],
    implied: list[tuple[int, str]],
    corridors: set[str | None],
    home: Home | None,
) -> Choice | None:
    sites = hit.sites
    if hit.beside:
        # "Oaxaca, Mexico" is the state.
        own = tuple(
            site for site in sites if site.kind == "state" and any(site.country == area.code for area in hit.beside)
        )
        if own:
            return Choice(own, "state")
        inside = [site for site in sites if _is_inside(site, hit.beside)]
        return _settle(inside, "state_beside") if inside else None
    if not _FIXED.isdisjoint([site.kind for site in sites]):
        return _choose_fixed(sites, corridors)
    raw = sentences.raw
    if "lcald" in raw[max(0, hit.start - 14) : hit.start] and _BOROUGH.search(raw, max(0, hit.start - 14), hit.start):
        inside = [site for site in sites if site.state == "MX-CMX"]
        if inside:
            return _settle(inside, "alcaldia")
    if sites[0].decides:
        return Choice(sites[:1], "known_name")
    areas = [site for site in sites if site.kind in _AREAS]
    if areas:
        return _choose_area(areas)
    if len(sites) == 1 and _stands_alone(sites[0], hit.cue):
        return Choice(sites, "only_one")
    for rule, states in _states_around(sentences, hit, named, implied):
        inside = [site for site in sites if site.state in states]
        # A hamlet in a state named somewhere is not what a large city's name says.
        if inside and not all(_is_dwarfed(site, sites[0]) for site in inside):
            return _settle(inside, rule)
    if home is not None:
        inside = [site for site in sites if home.state is not None and site.state == home.state]
        if inside and not all(_is_dwarfed(site, sites[0]) for site in inside):
            return _settle(inside, "home_state")
    return _choose_alone(hit, home)


def _choose_fixed(sites: tuple[Site, ...], corridors: set[str | None]) -> Choice:
    """Ports, sectors and offices: one alone, or the one of the twin cities that the text names."""
    fixed = [site for site in sites if site.kind in _FIXED]
    if len({(site.kind, site.code) for site in fixed}) == 1:
        # San Ysidro is a town of New Mexico too: said of a Mexican or U.S. border text, the port is meant by far.
        return Choice(tuple(fixed[:1]), fixed[0].kind)
    near = [site for site in fixed if site.corridor in corridors]
    if len({(site.kind, site.code) for site in near}) == 1:
        return Choice(tuple(near[:1]), "port_of_twin_cities")
    return Choice(tuple(near or fixed)[:MOST_CANDIDATES], "ambiguous")


def _choose_area(areas: list[Site]) -> Choice:
    """A state's or country's name alone is the state's: a municipality of that name lies in it, or needs its state
    beside it.
    """
    states = [site for site in areas if site.kind == "state"] or areas
    return Choice(tuple(states[:MOST_CANDIDATES]), states[0].kind)


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


def _states_around(
    sentences: "_Sentences", hit: NameHit, named: list[tuple[int, str]], implied: list[tuple[int, str]]
) -> list[tuple[str, set[str]]]:
    """The states to try, nearest evidence first."""
    if not named and not implied:
        return []
    begin, finish = sentences.around(hit.start, hit.end)
    tries: list[tuple[str, set[str]]] = []
    for rule, found in (("sentence", named), ("place_in_sentence", implied)):
        before = [code for at, code in found if begin <= at < hit.start]
        after = [code for at, code in found if hit.end <= at < finish]
        # The nearest first; "in Sonora and Sinaloa" gives both a chance, in that order.
        tries += [(f"state_{rule}", {code}) for code in (*reversed(before), *after)]
    earlier = [code for at, code in named if hit.start - _TEXT_REACH <= at < begin]
    tries += [("state_in_text", {code}) for code in reversed(earlier)]
    tries += [("place_in_text", {code}) for at, code in reversed(implied) if hit.start - _TEXT_REACH <= at < begin]
    nearest: dict[frozenset[str], tuple[str, set[str]]] = {}
    for rule, codes in tries:
        nearest.setdefault(frozenset(codes), (rule, codes))
    return list(nearest.values())

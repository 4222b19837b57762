"""What is written straight beside a name and says which place it is: a word for a crossing, a twin city."""

import re

from processors.reference.gazetteer import Gazetteer, Site

__all__ = ["has_twin_beside", "name_crossing"]

_CROSSING = re.compile(
    r"\b(?:aduana|garita|puente|cruce|recinto fiscal|customs|crossing|bridge)"
    r"(?: (?:fronteriz[ao]|internacional|vehicular|comercial))*(?: (?:de|del|en|of|at|in))?(?: el| the)? $"
)
_WORD = re.compile(r"[0-9a-z]+")
_REACH = 40


def name_crossing(plain: str, start: int, key: str, gazetteer: Gazetteer) -> tuple[Site, ...]:
    """The bridge of a name that stands behind a word for a crossing: "aduana de Colombia" is no country."""
    sites = gazetteer.by_name.get(f"puente {key}", ())
    if not sites or _CROSSING.search(plain, max(0, start - _REACH), start) is None:
        return ()
    return tuple(site for site in sites if site.kind == "port")


def has_twin_beside(plain: str, end: int, sites: tuple[Site, ...], gazetteer: Gazetteer) -> bool:
    """Whether a hyphen or a stroke joins the name to its twin city's ("San Diego-Tijuana")."""
    if plain[end : end + 1] not in {"-", "/"}:
        return False
    corridors = {site.corridor for site in sites if site.corridor is not None}
    words = _WORD.findall(plain[end + 1 : end + 1 + _REACH])[:3] if corridors else []
    return any(
        site.corridor in corridors
        for count in range(1, len(words) + 1)
        for site in gazetteer.by_name.get(" ".join(words[:count]), ())
    )

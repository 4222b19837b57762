"""What stands around the names of a text: its sentences, the states that it names, and whose text it is."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from processors.extraction.place_scan import NameHit
from processors.reference.gazetteer import Site

__all__ = ["Around", "Home"]

# One set first: 35 us for 5 kB; as two alternatives it takes 90.
_SENTENCE_END = re.compile(r"[.!?;:\n](?:(?<=\n)|\s+(?=[A-ZÁÉÍÓÚÜÑ¿¡]))")
_SENTENCE_REACH = (1_000, 600)
"""Characters before and after a name in which its sentence's ends are looked for."""
_TEXT_REACH = 1_500
"""Characters over which a state named in an earlier sentence still speaks for a name; a long address moves on."""


class Home(NamedTuple):
    """The publisher's area: its country (ISO 3166-1), its state (ISO 3166-2) if it works in one, and whether the border
    is what it watches.
    """

    country: str
    state: str | None = None
    border: bool = False


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


class Around:
    """What stands around the names of a text: the states that it names, and those that settled places tell of."""

    def __init__(self, raw: str, hits: list[NameHit], home: Home | None) -> None:
        self.raw = raw
        self.hits = hits
        self.home = home
        self.sentences = _Sentences(raw)
        self.named = [(hit.start, code) for hit in hits for code in _state_codes(hit)]
        self.implied: list[tuple[int, str]] = []

    @cached_property
    def corridors(self) -> dict[str, list[NameHit]]:
        """The corridors of the towns that are named, with their names."""
        found: dict[str, list[NameHit]] = {}
        for hit in self.hits:
            for corridor in {site.corridor for site in hit.sites if site.corridor and site.kind != "port"}:
                found.setdefault(corridor, []).append(hit)
        return found

    def has_twin(self, hit: NameHit, site: Site) -> bool:
        """Whether another name of the same sentence is that of the site's twin city."""
        named = self.corridors.get(site.corridor, []) if site.corridor is not None else []
        others = [other.start for other in named if other.key != hit.key]
        if not others:
            return False
        begin, finish = self.sentences.around(hit.start, hit.end)
        return any(begin <= start < finish for start in others)

    def states(self, hit: NameHit, named: list[tuple[int, str]]) -> list[tuple[str, set[str]]]:
        """The states to try, nearest evidence first."""
        implied = self.implied
        if not named and not implied:
            return []
        begin, finish = self.sentences.around(hit.start, hit.end)
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


def _state_codes(hit: NameHit) -> list[str]:
    if hit.beside:
        return [site.code for site in hit.beside if site.kind == "state"]
    # "New York" and "Chihuahua" alone are the states; so is "Guerrero" with its cue.
    return [site.code for site in hit.sites if site.kind == "state"]

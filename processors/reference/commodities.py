"""Substances by the names that agencies write."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast, get_args

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold
from streams.reports import Commodity

__all__ = ["Commodities", "Named", "load_commodities"]

_SEPARATORS = re.compile(r"[/+,;&]")
_BRACKETS = re.compile(r"[()\[\]]")
_LOOKS_LIKE = re.compile(
    r"\b(?:con )?(?:las )?caracteristicas(?: (?:propias|similares))?(?: (?:de|del|a|al)(?: (?:la|el|los|las))?\b)?"
)
"""Mexican agencies' words for an untested find: "vegetal verde con las características propias de la marihuana"."""


class Named(NamedTuple):
    """What a name means: `how` is `name`, `form_words` (some left out), `mixture`, `unknown_name`, or `presumptive` and
    `mixture_presumptive` where the name itself says that nobody has tested it.
    """

    commodity: Commodity
    substance: str
    how: str


class Commodities:
    """Substances by folded name."""

    def __init__(
        self,
        by_name: dict[str, tuple[Commodity, str]],
        form_words: frozenset[str],
        cue_words: frozenset[str],
        matter_words: frozenset[str],
        mixture_words: frozenset[str],
        source: str,
    ) -> None:
        """All names and words are folded."""
        self._by_name = by_name
        self._cue_words = cue_words
        self._matter_words = matter_words
        self._form_words = form_words | cue_words | matter_words
        self._mixture_words = mixture_words
        self.source = source
        self.read = lru_cache(maxsize=16_384)(self._read)

    def _read(self, written: str) -> Named:
        """The commodity and substance of a name as reported.

        An unknown name is another drug under its own folded name; a mixture of different commodities under one weight
        belongs to none of them and is `drugs_unspecified`.
        """
        folded = fold(written)
        if folded in self._by_name:
            return Named(*self._by_name[folded], "name")
        # A bracket adds to the name, "methamphetamine (liquid)", or says it again, "cristal (metanfetamina)".
        known = self._find(_BRACKETS.sub(" ", written)) or self._agreed(
            [self._find(side) for side in _BRACKETS.split(written) if self._says_something(side)]
        )
        if not known:
            return Named("other_drug", folded, "unknown_name")
        presumptive = _LOOKS_LIKE.search(folded) is not None or not self._cue_words.isdisjoint(folded.split())
        if len(known) == 1:
            return Named(*known[0], "presumptive" if presumptive else "form_words")
        commodities = {commodity for commodity, _ in known}
        how = "mixture_presumptive" if presumptive else "mixture"
        joined = " + ".join(substance for _, substance in known)
        return Named(commodities.pop() if len(commodities) == 1 else "drugs_unspecified", joined, how)

    def _find(self, written: str) -> list[tuple[Commodity, str]]:
        """The different substances of a name; none if any part of it is unknown."""
        found: list[tuple[Commodity, str]] = []
        nameless = False
        for piece in _SEPARATORS.split(written):
            # What it looks like and what it is taken for are one find: "polvo blanco" says nothing, "crack" must agree.
            sides = [side for side in _LOOKS_LIKE.split(fold(piece)) if self._says_something(side)]
            known = self._agreed([self._find_parts(side) for side in sides])
            if sides and not known:
                return []
            found += known
            nameless = nameless or (not sides and self._is_matter(fold(piece).split()))
        return [] if nameless else list(dict.fromkeys(found))

    def _find_parts(self, folded: str) -> list[tuple[Commodity, str]]:
        parts = self._split(folded)
        known = [self._by_name[part] for part in parts if part in self._by_name]
        return list(dict.fromkeys(known)) if len(known) == len(parts) else []

    def _agreed(self, readings: list[list[tuple[Commodity, str]]]) -> list[tuple[Commodity, str]]:
        return readings[0] if readings and all(reading == readings[0] for reading in readings) else []

    def _says_something(self, written: str) -> bool:
        return bool(self._split(fold(written)))

    def _split(self, folded: str) -> list[str]:
        parts: list[list[str]] = [[]]
        matter = [False]
        for word in folded.split():
            if word in self._mixture_words:
                parts.append([])
                matter.append(False)
            elif word not in self._form_words:
                parts[-1].append(word)
            elif word in self._matter_words:
                matter[-1] = True
        named = [" ".join(part) for part in parts if part]
        # "Vegetal verde y cocaína" is two finds, and only one has a name.
        nameless = any(is_matter and not part for part, is_matter in zip(parts, matter, strict=True))
        return [*named, ""] if named and nameless else named

    def _is_matter(self, words: list[str]) -> bool:
        return not self._matter_words.isdisjoint(words)


def load_commodities(path: Path) -> Commodities:
    """Read `commodities.yaml`; raises `ReferenceDataError` where a name stands twice or a commodity is unknown."""
    tree = read_yaml(path)
    by_name: dict[str, tuple[Commodity, str]] = {}
    for row in tree["substances"]:
        if row["commodity"] not in get_args(Commodity):
            raise ReferenceDataError(f"There is no commodity {row['commodity']!r}: correct {path}.")
        for name in row["names"]:
            if fold(name) in by_name:
                raise ReferenceDataError(f"The substance name {name!r} stands twice in {path}: keep one.")
            by_name[fold(name)] = (cast(Commodity, row["commodity"]), row["substance"])
    return Commodities(
        by_name,
        frozenset(fold(word) for word in tree["form_words"]),
        frozenset(fold(word) for word in tree["cue_words"]),
        frozenset(fold(word) for word in tree["matter_words"]),
        frozenset(fold(word) for word in tree["mixture_words"]),
        tree["source"],
    )

"""Substances by the names that agencies write."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from processors.reference.folding import fold
from processors.reference.substances import CONTEXTS, Meaning, SubstanceRow, SubstanceTable, load_substances
from streams.reports import Commodity

__all__ = ["Commodities", "Named", "load_commodities"]

_NAMING = CONTEXTS.index("naming")
_MARK = re.compile(r"\b([A-Za-z]{1,3})[ -](\d{1,3})\b")
_SEPARATORS = re.compile(r"[/+,;&]")
_BRACKETS = re.compile(r"[()\[\]]")
_LOOKS_LIKE = re.compile(
    r"\b(?:con )?(?:las )?caracteristicas(?: (?:propias|similares))?(?: (?:de|del|a|al)(?: (?:la|el|los|las))?\b)?"
)
"""Mexican agencies' words for an untested find: "vegetal verde con las características propias de la marihuana"."""


class Named(NamedTuple):
    """What a name means: `how` is `name`, `form_words` (some left out), `mixture`, `unknown_name`, `slang`,
    `slang_ambiguous`, or `presumptive`, `mixture_presumptive` and `slang_presumptive` where nobody has tested it: the
    name itself says so, or it is the mark of pills that are often counterfeit (M30).

    `substance` is None for slang that may mean several: those are the `candidates`.
    """

    commodity: Commodity
    substance: str | None
    how: str
    candidates: tuple[Meaning, ...] = ()


class Commodities:
    """Substances by folded name."""

    def __init__(self, table: SubstanceTable) -> None:
        self.table = table
        self.source = table.source
        self.plain_names: Mapping[str, Meaning] = table.plain
        """Names that mean their substance wherever they stand, without slang; folded. For the readers of texts."""
        names = {**table.plain, **table.everyday, **table.field_only}
        # In a field, which is context enough, slang is a name like another, unless it needs to be named as such.
        self._slang = {
            term: tuple(dict.fromkeys(reading.meaning for reading in readings if reading.context < _NAMING))
            for term, readings in table.slang.items()
            if term not in names
        }
        sure = {term: meanings[0] for term, meanings in self._slang.items() if len(meanings) == 1}
        self._by_name: dict[str, Meaning] = {**sure, **names}
        self._cue_words = table.words["cue_words"]
        self._matter_words = table.words["matter_words"]
        self._form_words = table.words["form_words"] | self._cue_words | self._matter_words
        self._mixture_words = table.words["mixture_words"]
        self._marks = table.marks.keys()
        self.read = lru_cache(maxsize=16_384)(self._read)

    def row(self, substance: str) -> SubstanceRow | None:
        """The row of a substance as `read` names it."""
        return self.table.rows.get(substance)

    def _read(self, written: str) -> Named:
        """The commodity and substance of a name as reported.

        An unknown name is another drug under its own folded name; a mixture of different commodities under one weight
        belongs to none of them and is `drugs_unspecified`, and so is slang that may mean several.
        """
        written = _MARK.sub(self._join_mark, written)
        folded = fold(written)
        if self._slang.get(folded):
            return self._read_slang(folded)
        if folded in self._by_name:
            return Named(*self._by_name[folded], "name")
        # A bracket adds to the name, "methamphetamine (liquid)", or says it again, "cristal (metanfetamina)".
        known = self._find(_BRACKETS.sub(" ", written)) or self._agreed(
            [self._find(side) for side in _BRACKETS.split(written) if self._says_something(side)]
        )
        if not known:
            parts = self._split(folded)
            if len(parts) == 1 and self._slang.get(parts[0]):
                return self._read_slang(parts[0])
            return Named("other_drug", folded, "unknown_name")
        presumptive = (
            _LOOKS_LIKE.search(folded) is not None
            or not self._cue_words.isdisjoint(folded.split())
            or not self._marks.isdisjoint(folded.split())
        )
        if len(known) == 1:
            return Named(*known[0], "presumptive" if presumptive else "form_words")
        how = "mixture_presumptive" if presumptive else "mixture"
        joined = " + ".join(substance for _, substance in known)
        commodities = {commodity for commodity, substance in known if not self._is_cut(substance)} or {known[0][0]}
        return Named(commodities.pop() if len(commodities) == 1 else "drugs_unspecified", joined, how)

    def _read_slang(self, term: str) -> Named:
        meanings = self._slang[term]
        if len(meanings) == 1:
            return Named(*meanings[0], "slang_presumptive" if term in self._marks else "slang")
        commodities = {commodity for commodity, _ in meanings}
        commodity = commodities.pop() if len(commodities) == 1 else "drugs_unspecified"
        return Named(commodity, None, "slang_ambiguous", meanings)

    def _join_mark(self, match: re.Match[str]) -> str:
        """`M-30` -> `M30`, if that is a mark."""
        joined = match[1] + match[2]
        return joined if joined.lower() in self._marks else match[0]

    def _is_cut(self, substance: str) -> bool:
        row = self.table.rows.get(substance)
        return row is not None and row.role == "cutting_agent"

    def _find(self, written: str) -> list[Meaning]:
        """The different substances of a name; none if any part of it is unknown."""
        found: list[Meaning] = []
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

    def _find_parts(self, folded: str) -> list[Meaning]:
        parts = self._split(folded)
        known = [self._by_name[part] for part in parts if part in self._by_name]
        return list(dict.fromkeys(known)) if len(known) == len(parts) else []

    def _agreed(self, readings: list[list[Meaning]]) -> list[Meaning]:
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
        # The mark beside a name ("fentanyl M30") is a form; alone it is all that the part says.
        parts = [[word for word in part if word not in self._marks] or part for part in parts]
        named = [" ".join(part) for part in parts if part]
        # "Vegetal verde y cocaína" is two finds, and only one has a name.
        nameless = any(is_matter and not part for part, is_matter in zip(parts, matter, strict=True))
        return [*named, ""] if named and nameless else named

    def _is_matter(self, words: list[str]) -> bool:
        return not self._matter_words.isdisjoint(words)


def load_commodities(path: Path) -> Commodities:
    """Read `substances.yaml`; raises `ReferenceDataError` where it contradicts itself."""
    return Commodities(load_substances(path))

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


class Named(NamedTuple):
    """What a name means: `how` is `name`, `form_words` (some left out), `mixture`, or `unknown_name`."""

    commodity: Commodity
    substance: str
    how: str


class Commodities:
    """Substances by folded name."""

    def __init__(
        self,
        by_name: dict[str, tuple[Commodity, str]],
        form_words: frozenset[str],
        mixture_words: frozenset[str],
        source: str,
    ) -> None:
        """All names and words are folded."""
        self._by_name = by_name
        self._form_words = form_words
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
        parts = self._split(written)
        known = [self._by_name[part] for part in parts if part in self._by_name]
        if not parts or len(known) < len(parts):
            return Named("other_drug", folded, "unknown_name")
        known = list(dict.fromkeys(known))
        if len(known) == 1:
            return Named(*known[0], "form_words")
        commodities = {commodity for commodity, _ in known}
        joined = " + ".join(substance for _, substance in known)
        return Named(commodities.pop() if len(commodities) == 1 else "drugs_unspecified", joined, "mixture")

    def _split(self, written: str) -> list[str]:
        parts: list[list[str]] = [[]]
        for piece in _SEPARATORS.split(written):
            parts.append([])
            for word in fold(piece).split():
                if word in self._mixture_words:
                    parts.append([])
                elif word not in self._form_words:
                    parts[-1].append(word)
        return [" ".join(part) for part in parts if part]


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
        frozenset(fold(word) for phrase in tree["form_words"] for word in phrase.split()),
        frozenset(fold(word) for word in tree["mixture_words"]),
        tree["source"],
    )

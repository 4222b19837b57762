"""Goods by the words of free text, for one language."""

from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold
from streams.text_facts import MentionCommodity, MentionUnit

__all__ = ["GoodsWord", "GoodsWords", "Strength", "load_goods_words"]

Strength = Literal["firm", "weak", "short", "none"]


class GoodsWord(NamedTuple):
    """What a term means. `unit` is counted where no unit is said; `strength` says when the term counts (see the file).
    `commodity` is None only for terms that are no goods (`none`). `substance` is the reference name of a drug.
    """

    commodity: MentionCommodity | None
    unit: MentionUnit
    strength: Strength
    substance: str | None = None


GoodsWords = dict[Literal["en", "es"], dict[str, GoodsWord]]
"""Folded term -> meaning, by language."""


def load_goods_words(path: Path) -> GoodsWords:
    """Read `goods_words.yaml`; raises `ReferenceDataError` where a term stands twice or a value is unknown."""
    tree = read_yaml(path)
    words: GoodsWords = {"en": {}, "es": {}}
    for language, by_name in words.items():
        for row in tree[language]:
            commodity, unit, strength = row["commodity"], row["unit"], row["strength"]
            known = (commodity in get_args(MentionCommodity) or (commodity is None and strength == "none")) and (
                unit in get_args(MentionUnit) and strength in get_args(Strength)
            )
            if not known:
                raise ReferenceDataError(f"The goods row {row['names'][0]!r} has an unknown value: correct {path}.")
            for name in row["names"]:
                meaning = GoodsWord(commodity, cast(MentionUnit, unit), cast(Strength, strength))
                if by_name.setdefault(fold(name), meaning) != meaning:
                    raise ReferenceDataError(f"The goods word {name!r} stands twice in {path}: keep one.")
    return words

"""Words that stand in a field where a number should be: S/N, SIN PLACAS, obliterated."""

from pathlib import Path

from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Placeholders", "load_placeholders"]


class Placeholders:
    """Whole fields, without spaces, and single words, all folded."""

    def __init__(self, whole: frozenset[str], words: frozenset[str], source: str) -> None:
        """`whole` has folded entries without spaces, `words` folded words."""
        self._whole = whole
        self._words = words
        self.source = source

    def stands_for_none(self, written: str) -> bool:
        """Whether the field says that there is no number, or only part of one."""
        parts = fold(written).split()
        return "".join(parts) in self._whole or not self._words.isdisjoint(parts)


def load_placeholders(path: Path) -> Placeholders:
    """Read `placeholders.yaml`; raises `ReferenceDataError`."""
    tree = read_yaml(path)
    whole = frozenset(fold(str(entry)).replace(" ", "") for entry in tree["whole"])
    return Placeholders(whole, frozenset(fold(str(word)) for word in tree["words"]), tree["source"])

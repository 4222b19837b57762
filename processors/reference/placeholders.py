"""Words that stand in a field where a number should be: S/N, SIN PLACAS, obliterated."""

import re
from pathlib import Path

from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Placeholders", "load_placeholders"]


_LISTED = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{0,2})$|(?:19|20)\d\d$")
"""A year, or a number of a short list; more digits are a number of their own: CASE 20260118."""


class Placeholders:
    """Whole fields, without spaces, what only a number of the list may follow, and single words, all folded."""

    def __init__(
        self, whole: frozenset[str], words: frozenset[str], source: str, numbered: frozenset[str] = frozenset()
    ) -> None:
        """`whole` and `numbered` have folded entries without spaces, `words` folded words."""
        self._whole = whole
        self._words = words
        self._numbered = numbered
        self._first_signs = frozenset(entry[0] for entry in numbered)
        self.source = source

    def stands_for_none(self, written: str) -> bool:
        """Whether the field says that there is no number, or only part of one."""
        parts = fold(written).split()
        joined = "".join(parts)
        if joined in self._whole or not self._words.isdisjoint(parts):
            return True
        if joined[:1] not in self._first_signs:
            return False
        listed = _LISTED.search(joined)
        return listed is not None and (joined[: listed.start()] in self._numbered or joined in self._numbered)


def load_placeholders(path: Path) -> Placeholders:
    """Read `placeholders.yaml`; raises `ReferenceDataError`."""
    tree = read_yaml(path)
    whole = frozenset(fold(str(entry)).replace(" ", "") for entry in tree["whole"])
    numbered = frozenset(fold(str(entry)).replace(" ", "") for entry in tree["numbered"])
    return Placeholders(whole, frozenset(fold(str(word)) for word in tree["words"]), tree["source"], numbered)

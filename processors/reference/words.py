"""Directions and modes of transport by the words that agencies write."""

from pathlib import Path

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Words", "load_words"]


class Words:
    """Folded word -> normal value, for one list."""

    def __init__(self, by_word: dict[str, str], source: str) -> None:
        """`by_word` has folded keys."""
        self._by_word = by_word
        self.source = source

    def read(self, written: str) -> str | None:
        """The normal value, or None if the word is not known."""
        return self._by_word.get(fold(written))


def load_words(path: Path, name: str) -> Words:
    """Read the list `name` of `words.yaml`; raises `ReferenceDataError` where a word stands twice."""
    tree = read_yaml(path)
    by_word: dict[str, str] = {}
    for value, words in tree[name].items():
        for word in words:
            if fold(word) in by_word:
                raise ReferenceDataError(f"The word {word!r} stands twice under {name} in {path}: keep one.")
            by_word[fold(word)] = value
    return Words(by_word, tree["source"])

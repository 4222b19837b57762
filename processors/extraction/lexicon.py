"""The goods that a text may name: one dictionary by first word, the longest term wins, one scan of the words."""

from collections.abc import Iterator
from functools import lru_cache

from processors.extraction.texts import Language, Text
from processors.reference import Reference
from processors.reference.goods_words import GoodsWord
from streams.text_facts import MentionCommodity

__all__ = ["GoodsAt", "Lexicon", "build_lexicon"]


class GoodsAt:
    """A goods term at the words `first` to `after` (exclusive) of a text."""

    __slots__ = ("after", "first", "word")

    def __init__(self, first: int, after: int, word: GoodsWord) -> None:
        self.first, self.after, self.word = first, after, word


class Lexicon:
    """Goods terms of one language: substances by their plain names and everything else by `goods_words.yaml`."""

    def __init__(self, terms: dict[str, GoodsWord]) -> None:
        """`terms`: folded term, words parted by blanks -> meaning."""
        self.by_first: dict[str, list[tuple[tuple[str, ...], GoodsWord]]] = {}
        for term, word in terms.items():
            first, *rest = term.split()
            self.by_first.setdefault(first, []).append((tuple(rest), word))
        for rows in self.by_first.values():
            rows.sort(key=lambda row: -len(row[0]))
        self.firsts = frozenset(self.by_first)
        # By first word the lengths of the rest, longest first, each with its terms: one look-up a length.
        self._by_length: dict[str, list[tuple[int, dict[tuple[str, ...], GoodsWord]]]] = {}
        for first, rows in self.by_first.items():
            lengths: dict[int, dict[tuple[str, ...], GoodsWord]] = {}
            for others, word in rows:
                lengths.setdefault(len(others), {}).setdefault(others, word)
            self._by_length[first] = list(lengths.items())

    def read(self, text: Text, index: int) -> GoodsAt | None:
        """The longest goods term that begins at word `index`, terms that are no goods included; None if none."""
        words = text.words
        if index >= len(words):
            return None
        for rest, word in self.by_first.get(words[index].plain, ()):
            after = index + 1 + len(rest)
            if not rest or tuple(one.plain for one in words[index + 1 : after]) == rest:
                return GoodsAt(index, after, word)
        return None

    def read_plain(self, plains: list[str], index: int) -> tuple[int, GoodsWord] | None:
        """As `read`, of the folded words alone: the word after the term, and its meaning."""
        lengths = self._by_length.get(plains[index])
        if lengths is None:
            return None
        for length, terms in lengths:
            after = index + 1 + length
            word = terms.get(tuple(plains[index + 1 : after]))
            if word is not None:
                return after, word
        return None

    def scan(self, text: Text) -> list[GoodsAt]:
        """All goods terms of a text in order, none overlapping."""
        return self.read_all(text.plains, text.find(self.firsts))

    def read_all(self, plains: list[str], firsts: list[int]) -> list[GoodsAt]:
        """The goods terms that begin at the words `firsts`, in order, none overlapping."""
        found: list[GoodsAt] = []
        index = 0
        for at in firsts:
            if at < index:
                continue
            for length, terms in self._by_length[plains[at]]:
                after = at + 1 + length
                word = terms.get(tuple(plains[at + 1 : after]))
                if word is not None:
                    found.append(GoodsAt(at, after, word))
                    index = after
                    break
        return found


@lru_cache(maxsize=16)
def build_lexicon(reference: Reference, language: Language) -> Lexicon:
    """The terms of one language ("und" reads as Spanish); kept for each reference."""
    return Lexicon(dict(_name_substances(reference)) | reference.goods_words["en" if language == "en" else "es"])


def _name_substances(reference: Reference) -> Iterator[tuple[str, GoodsWord]]:
    """Substances by the names that mean them wherever they stand: no slang. Names of both languages serve in each."""
    for name, (commodity, substance) in reference.commodities.plain_names.items():
        goods = _AS_MENTION.get(commodity)
        if goods is not None and name and len(name) > 2:
            yield name, GoodsWord(goods, "kg", "firm", substance)


_AS_MENTION: dict[str, MentionCommodity] = {
    "fentanyl": "fentanyl",
    "methamphetamine": "methamphetamine",
    "cocaine": "cocaine",
    "heroin": "heroin",
    "marijuana": "marijuana",
    "opium_poppy": "opium_poppy",
    "other_drug": "other_drug",
    "drugs_unspecified": "drugs_unspecified",
    "precursor": "precursor",
}

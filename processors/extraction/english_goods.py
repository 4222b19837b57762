"""The goods of an English sentence with the words of their form, and the way left from a good to its number."""

from typing import NamedTuple

from processors.extraction.english_numbers import Amounts
from processors.extraction.english_words import ATTRIBUTE_OF, CONTAINERS, FORMS, FUNCTION, PILL_NOUNS, TRIGGERS, VAGUE
from processors.extraction.lexicon import GoodsAt
from processors.extraction.measures import Measure
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from streams.text_facts import MentionCommodity, MentionUnit

__all__ = ["DRUGS", "MASS_NOUNS", "Good", "GoodsReader"]

DRUGS = word_set("fentanyl methamphetamine cocaine heroin marijuana opium_poppy other_drug drugs_unspecified precursor")
MASS_NOUNS = DRUGS | {"ammunition", "cash", "fuel"}
_PERSONS = frozenset({"victim", "person_detained", "migrant"})
_DOTTED = frozenset({"lb", "lbs", "oz", "kg", "kgs", "g", "gr", "gal"})
_LOOSE = frozenset(" -+\"'")


class Good(NamedTuple):
    """A good with the words of its form: `pills` behind a drug make the unit, the last noun is the head."""

    first: int
    after: int
    commodity: MentionCommodity
    unit: MentionUnit
    substance: str | None
    firm: bool
    container: bool
    plural: bool


class GoodsReader:
    """The goods of one sentence; made anew for each."""

    def __init__(self, text: Text, hits: list[GoodsAt], amounts: Amounts, first: int, after: int) -> None:
        self.text, self.words, self.plain = text, text.words, text.plain
        self.hits, self.amounts, self.first, self.after = hits, amounts, first, after
        self.stops = {hit.first: hit for hit in hits}

    def gap(self, at: int) -> str:
        """What stands between word `at` and the next."""
        return self.plain[self.words[at].end : self.words[at + 1].start] if at + 1 < len(self.words) else "."

    def loose(self, at: int) -> bool:
        """Whether only blanks, hyphens and quotes stand between word `at` and the next."""
        return at + 1 < self.after and _LOOSE.issuperset(self.gap(at))

    def read_good(self, index: int) -> tuple[Good | None, int]:
        """The good of hit `index` with its form words, and the index of the hit behind it.

        "fentanyl-laced counterfeit pills" are pills of fentanyl; "fentanyl precursor chemicals" are a precursor.
        """
        hit = self.hits[index]
        word, after, index = hit.word, hit.after, index + 1
        commodity, unit, substance = word.commodity, word.unit, word.substance
        container = False
        at = after
        while at < self.after and at < after + 6 and (self.loose(at - 1) or self.gap(at - 1) == "/"):
            plain = self.words[at].plain
            if plain == "laced" and at + 1 < self.after and self.words[at + 1].plain == "with":
                break
            if at in self.amounts.noise:  # "Glock 19 pistol"
                at += 1
                continue
            behind = self.hits[index] if index < len(self.hits) and self.hits[index].first == at else None
            if behind is not None:
                if (
                    behind.word.commodity is None
                    or commodity is None
                    or (commodity in _PERSONS and behind.word.commodity not in _PERSONS)
                ):
                    break
                if behind.word.commodity == "drugs_unspecified" and behind.word.unit != "pill" and commodity in DRUGS:
                    pass  # "fentanyl-laced drugs"
                elif behind.word.unit == "pill" and commodity in DRUGS:
                    unit = "pill"
                elif self.gap(at - 1) in ("/", "-") and {commodity, behind.word.commodity} <= DRUGS:
                    if commodity != behind.word.commodity:  # "a fentanyl-heroin mixture"
                        commodity, substance = "drugs_unspecified", None
                else:
                    commodity, unit, substance = behind.word.commodity, behind.word.unit, behind.word.substance
                at = after = behind.after
                index += 1
                continue
            if plain in PILL_NOUNS and commodity in DRUGS:
                unit, after = "pill", at + 1
            elif plain in CONTAINERS and commodity in DRUGS:
                unit, container, after = "package", True, at + 1
            elif plain in ("doses", "dose") and commodity in DRUGS:
                unit, container, after = "dose", True, at + 1
            elif plain in ("plants", "plant") and commodity in DRUGS:
                unit, container, after = "plant", True, at + 1
            elif plain not in FORMS:
                break
            elif plain in ("powder", "base", "mixture", "rocks", "paste"):
                after = at + 1
            at += 1
        if commodity is None:
            return None, index
        last = self.words[after - 1].plain
        if commodity in DRUGS and last in ("plant", "plants"):
            unit, container = "plant", True
        if at < self.after and self.loose(at - 1) and self._is_attribute(at):
            return None, index
        plural = self.words[after - 1].plain.endswith(("s", "men", "people", "children"))
        return Good(
            hit.first, max(after, hit.after), commodity, unit, substance, word.strength == "firm", container, plural
        ), index

    def _is_attribute(self, at: int) -> bool:
        """A noun behind the good makes it an attribute: "fentanyl crisis", "drug-related"; a verb does not."""
        plain = self.words[at].plain
        if plain in ATTRIBUTE_OF:
            return True
        if plain in FUNCTION or plain in TRIGGERS or plain in FORMS or at in self.stops or at in self.amounts.noise:
            return False
        return not plain.endswith(("ed", "ly", "ing", "en")) and not plain[0].isdigit() and self.gap(at - 1) == "-"

    def walk_left(self, at: int) -> tuple[int, Measure | None]:
        """From the word `at` over adjectives to the number that ends there, or to the word that stops the walk."""
        ends, noise, words = self.amounts.by_after, self.amounts.noise, self.words
        for step in range(8):
            if at < self.first:
                break
            gap, plain = self.gap(at), words[at].plain
            loose = (
                _LOOSE.issuperset(gap) or (gap == ". " and plain in _DOTTED) or (gap == " ." and at + 1 in noise)
            )  # ".40-caliber"
            measure = ends.get(at + 1)
            if measure is not None and loose:
                return at, measure
            if not loose and not (gap == ", " and step and plain.endswith(("ed", "ic", "al", "le"))):
                break
            if at not in noise:
                if plain in VAGUE or plain in FUNCTION or (plain in TRIGGERS and at not in ends):
                    break
                person = at in self.stops and self.stops[at].word.commodity in _PERSONS and plain != "individual"
                if at in self.stops and (step or person):
                    break
            at -= 1
        return at, None

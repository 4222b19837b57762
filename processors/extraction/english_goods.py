"""The goods of an English sentence with the words of their form, and the way left from a good to its number."""

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
_PLURAL = ("s", "men", "people", "children")
_NO_FORM = FUNCTION - ATTRIBUTE_OF - FORMS - PILL_NOUNS - CONTAINERS - {"laced"}
_LOOSE = frozenset(" -+\"'")
_TRIGGERS_ALONE = (TRIGGERS - FUNCTION).difference(VAGUE)
_HALTS = (FUNCTION | TRIGGERS).union(VAGUE)
"""Words at which the way left from a good ends."""


class Good:
    """A good with the words of its form: `pills` behind a drug make the unit, the last noun is the head."""

    __slots__ = ("after", "commodity", "container", "firm", "first", "plural", "substance", "unit")

    def __init__(
        self,
        first: int,
        after: int,
        commodity: MentionCommodity,
        unit: MentionUnit,
        substance: str | None,
        firm: bool,
        container: bool,
        plural: bool,
    ) -> None:
        self.first, self.after, self.commodity, self.unit = first, after, commodity, unit
        self.substance, self.firm, self.container, self.plural = substance, firm, container, plural

    def named(self, after: int, commodity: MentionCommodity, substance: str | None) -> "Good":
        """The same good up to word `after` under another name."""
        return Good(self.first, after, commodity, self.unit, substance, self.firm, self.container, self.plural)


class GoodsReader:
    """The goods of one sentence; made anew for each."""

    def __init__(self, text: Text, hits: list[GoodsAt], amounts: Amounts, first: int, after: int) -> None:
        self.text, self.words, self.plain, self.gaps = text, text.words, text.plain, text.gaps
        self.hits, self.amounts, self.first, self.after = hits, amounts, first, after
        self.stops = {hit.first: hit for hit in hits}

    def gap(self, at: int) -> str:
        """What stands between word `at` and the next."""
        return self.gaps[at + 1] if at + 1 < len(self.words) else "."

    def loose(self, at: int) -> bool:
        """Whether only blanks, hyphens and quotes stand between word `at` and the next."""
        return at + 1 < self.after and ((gap := self.gaps[at + 1]) == " " or _LOOSE.issuperset(gap))

    def read_good(self, index: int) -> tuple[Good | None, int]:
        """The good of hit `index` with its form words, and the index of the hit behind it.

        "fentanyl-laced counterfeit pills" are pills of fentanyl; "fentanyl precursor chemicals" are a precursor.
        """
        hits, plains = self.hits, self.text.plains
        hit = hits[index]
        first, after, word = hit.first, hit.after, hit.word
        index += 1
        commodity, unit, _, substance = word
        container = False
        at = after
        alone = at >= self.after or ((plains[at] in _NO_FORM or not self.loose(at - 1)) and self.gaps[at] != "/")
        if commodity is not None and alone:  # most goods have no words of form behind them
            if commodity in DRUGS and plains[at - 1] in ("plant", "plants"):
                unit, container = "plant", True
            firm, plural = word.strength == "firm", plains[at - 1].endswith(_PLURAL)
            return Good(first, at, commodity, unit, substance, firm, container, plural), index
        while at < self.after and at < after + 6 and (self.loose(at - 1) or self.gap(at - 1) == "/"):
            plain = plains[at]
            if plain == "laced" and at + 1 < self.after and plains[at + 1] == "with":
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
            if commodity == "migrant" and self._names_gang(at, index):
                pass  # "illegal immigrant MS-13 gang members" are members
            elif plain in PILL_NOUNS and commodity in DRUGS:
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
        if commodity in DRUGS and plains[after - 1] in ("plant", "plants"):
            unit, container = "plant", True
        if at < self.after and self.loose(at - 1) and self._is_attribute(at) and not self._is_weighed(hit, at):
            return None, index
        plural = plains[after - 1].endswith(_PLURAL)
        return Good(
            hit.first, max(after, hit.after), commodity, unit, substance, word.strength == "firm", container, plural
        ), index

    def _names_gang(self, at: int, index: int) -> bool:
        """Whether word `at` belongs to a name (capitals, numbers) between a migrant and hit `index`, a person's."""
        if index >= len(self.hits) or self.hits[index].word.commodity != "person_detained":
            return False
        initial = self.text.raw[self.words[at].start]
        return self.hits[index].first - at <= 4 and (initial.isupper() or initial.isdigit())

    def _is_attribute(self, at: int) -> bool:
        """A noun behind the good makes it an attribute: "fentanyl crisis", "drug-related"; a verb does not."""
        plain = self.words[at].plain
        if plain in ATTRIBUTE_OF:
            return True
        if plain in FUNCTION or plain in TRIGGERS or plain in FORMS or at in self.stops or at in self.amounts.noise:
            return False
        return not plain.endswith(("ed", "ly", "ing", "en")) and not plain[0].isdigit() and self.gap(at - 1) == "-"

    def _is_weighed(self, hit: GoodsAt, at: int) -> bool:
        """Whether a weight stands before goods that only name what was seized: "a 77-pound fentanyl seizure"."""
        amount = self.amounts.by_after.get(hit.first)
        return (
            self.words[at].plain in ("seizure", "seizures", "bust", "haul")
            and amount is not None
            and amount.unit is not None
            and amount.unit.dimension == "mass"
        )

    def walk_left(self, at: int) -> tuple[int, Measure | None]:
        """From the word `at` over adjectives to the number that ends there, or to the word that stops the walk."""
        ends, noise = self.amounts.by_after, self.amounts.noise
        plains, gaps, count = self.text.plains, self.gaps, len(self.words)
        for step in range(8):
            if at < self.first:
                break
            plain = plains[at]
            gap = gaps[at + 1] if at + 1 < count else "."
            loose = gap == " " or (
                _LOOSE.issuperset(gap)
                or (gap == ". " and plain in _DOTTED)
                or (gap == " ." and at + 1 in noise)  # ".40-caliber"
                or (gap == " & " and step)  # "a Smith & Wesson revolver"
                or (gap in (" (", ") ", ") .") and (at in noise or at + 1 in noise))  # "two (2) 9mm pistols"
            )
            measure = ends.get(at + 1)
            if measure is not None and loose:
                return at, measure
            if not loose and not (
                gap == ", " and step and plain.endswith(("ed", "ic", "al", "le", "ous", "ent", "ive"))
            ):
                break
            if at not in noise:
                if plain in _HALTS:
                    if plain == "off" and at > self.first and plains[at - 1] == "sawed":
                        at -= 1
                        continue
                    if plain not in _TRIGGERS_ALONE or at not in ends:
                        break
                stop = self.stops.get(at)
                if stop is not None and (step or (stop.word.commodity in _PERSONS and plain != "individual")):
                    break
            at -= 1
        return at, None

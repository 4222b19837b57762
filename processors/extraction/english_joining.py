"""The phrases of one English sentence as they are found; what one good says together with its neighbours."""

from collections.abc import Callable
from typing import Any, NamedTuple

from processors.extraction.english_goods import DRUGS, Good, GoodsReader
from processors.extraction.english_numbers import Amounts, is_approximate
from processors.extraction.english_words import CONTAINING
from processors.extraction.lexicon import GoodsAt
from processors.extraction.measures import Measure, UnitOf, read_unit
from processors.extraction.texts import Text
from streams.text_facts import MentionCommodity, MentionUnit

__all__ = [
    "TOTALS",
    "Phrase",
    "PhraseReader",
    "amount_behind",
    "join_list",
    "join_pills",
    "name_pills",
    "read_leftovers",
    "unit_word",
]

_NEW: Callable[..., Any] = tuple.__new__
_ROUGHLY = frozenset({"or", "about", "approximately", "roughly", "nearly", "almost", "over", "more", "than", "just"})
TOTALS = frozenset({"amount", "weight", "quantity", "total"})
_WEIGHTS = frozenset({"g", "oz", "package"})
"""Of small amounts: "a baggie of fentanyl and Xanax pills" is one, "five kilos of cocaine and pills" are two."""
_COUNTED = frozenset({"pill", "dose", "package", "plant", "unit", "lb", "kg", "t", "g", "oz"})


class Phrase(NamedTuple):
    """A good at words `first` to `after`. `how`: `counted`, `vague` ("thousands of"), `one` ("his firearm"), `bare`.

    `stock`: what was seized before, at large ("over 80,000 seized weapons"). `doubt`: codes of a weak rule.
    """

    first: int
    after: int
    start: int
    end: int
    commodity: MentionCommodity
    substance: str | None
    quantity: float | None
    unit: MentionUnit | None
    qty_si: float | None
    approximate: bool
    how: str
    firm: bool
    rule: str
    stock: bool = False
    doubt: tuple[str, ...] = ()


class PhraseReader(GoodsReader):
    """Collects the phrases of one sentence; `used` are the amounts that have their good, by the word after them."""

    def __init__(self, text: Text, hits: list[GoodsAt], amounts: Amounts, first: int, after: int) -> None:
        super().__init__(text, hits, amounts, first, after)
        self.used: set[int] = set()
        self.found: list[Phrase] = []

    def add(
        self,
        first: int,
        good: Good,
        measure: Measure | None,
        unit: UnitOf | MentionUnit | None,
        how: str,
        rule: str,
        approximate: bool = False,
        after: int = 0,
        doubt: tuple[str, ...] = (),
    ) -> None:
        """One phrase; its quantity comes from `measure`, in `unit` where that is given."""
        quantity = qty_si = None
        name: MentionUnit | None = unit.unit if isinstance(unit, UnitOf) else unit
        start = self.words[first][1]
        if measure is not None:
            self.used.add(measure.after)
            measure = self._part_of(measure)
            of = measure.unit
            if of is not None:
                quantity, qty_si = measure.quantity, measure.qty_si
                doubt = (of.doubt,) if of.doubt else doubt
            elif isinstance(unit, UnitOf):
                quantity = measure.number.value * unit.scale
                qty_si = quantity * unit.si
            else:
                quantity, qty_si = measure.number.value, measure.qty_si
            approximate = is_approximate(self.text, measure)
            first = min(first, measure.first)
            start = min(start, measure.start)
        elif how == "one":
            quantity = qty_si = 1.0
        after = max(after, good.after)
        end = self.words[after - 1][2]
        self.found.append(_NEW(Phrase, (
            first, after, start, end, good.commodity, good.substance, quantity, name, qty_si, approximate, how,
            good.firm, rule, False, doubt,
        )))  # fmt: skip

    def _part_of(self, measure: Measure) -> Measure:
        """The number that takes part of this one, if one does: 16 of "16 of the 19 people"."""
        at, plains = measure.first, self.text.plains
        if measure.unit is not None or at - 3 < self.first or plains[at - 1] != "the" or plains[at - 2] != "of":
            return measure
        part = self.amounts.by_after.get(at - 2)
        return measure if part is None or part.unit is not None else part


def name_pills(reader: PhraseReader, good: Good) -> Good:
    """Pills without a name are of the one drug named before: "8 pounds of fentanyl pills, roughly 36,000 pills"."""
    named = {(one.commodity, one.substance) for one in reader.found if one.commodity in DRUGS}
    if len({commodity for commodity, _ in named}) != 1 or reader.words[good.first - 1].plain in (
        "oxycodone",
        "prescription",
    ):
        return good
    commodity, substance = named.pop()
    return good.named(good.after, commodity, substance)


def join_pills(reader: PhraseReader, good: Good, index: int) -> tuple[Good, int]:
    """Reads "pills containing fentanyl", "counterfeit pills laced with fentanyl", "powder believed to be heroin"."""
    if good.commodity != "drugs_unspecified" or index >= len(reader.hits):
        return good, index
    behind = reader.hits[index]
    between = [word.plain for word in reader.words[good.after : behind.first]]
    suspected = between[:1] == ["of"] and set(between) <= {"of", "suspected", "illicit"}  # "200 pills of fentanyl"
    if suspected or (
        0 < len(between) <= 5 and not CONTAINING.isdisjoint(between) and not {"and", "or", "who", "in"} & set(between)
    ):
        if behind.word.commodity not in DRUGS:
            return good, index
        joined, index = reader.read_good(index)
        if joined is not None:
            return good.named(joined.after, joined.commodity, joined.substance), index
    return good, index


def unit_word(reader: PhraseReader) -> int:
    """The word of the unit of the amount before, for "nine grams of heroin, two of methamphetamine"."""
    last = reader.found[-1]
    for at in range(last.first, last.after):
        unit = read_unit(reader.text, at)
        if unit is not None:
            return at
    return len(reader.words)


def amount_behind(reader: PhraseReader, good: Good) -> Measure | None:
    """Reads "cocaine (3 pounds)", "fentanyl weighing approximately 10 pounds", "heroin: 2 kg"."""
    for after, amount in reader.amounts.by_after.items():
        if after in reader.used or amount.first < good.after or amount.first > good.after + 5:
            continue
        fits = ("money",) if good.commodity == "cash" else ("mass", "volume")
        if amount.unit is None or amount.unit.dimension not in fits:
            return None
        between = reader.plain[reader.words[good.after - 1].end : amount.start]
        if " was " in between or " were " in between:
            return amount if reader.words[good.first - 2].plain in TOTALS else None
        if between.lstrip()[:1] in ("(", ":") or "weighing" in between or "totaling" in between or " - " in between:
            return amount
        return None
    return None


def join_list(reader: PhraseReader, index: int) -> int:
    """Drugs under one weight: "25 kilograms of fentanyl and heroin" are drugs_unspecified; passes the hits it joins."""
    if not reader.found or index >= len(reader.hits):
        return index
    last = reader.found[-1]
    if (
        last.commodity not in DRUGS
        or last.unit not in ("t", "kg", "g", "oz", "lb", "l", "USD", "package", "dose")
        or last.rule not in ("en.measure", "en.worth")
    ):
        return index
    after, at, names = last.after, index, {last.commodity}
    mixed = False
    while at < len(reader.hits):
        between = reader.plain[reader.words[after - 1].end : reader.words[reader.hits[at].first].start].strip(" ,")
        between = between.removesuffix(" other")
        mixed = "mixed with" in between or "laced with" in between
        good, behind = reader.read_good(at)
        if good is None or good.commodity not in DRUGS or good.container:
            return index
        if good.unit == "pill" and (between != "and" or last.unit not in _WEIGHTS):
            return index
        if between not in ("", "and", "or", "mixed with", "laced with", "and suspected", "suspected"):
            return index
        names.add(good.commodity)
        after, at = good.after, behind
        if between in ("and", "or", "and suspected", "mixed with", "laced with"):
            break
    else:
        return index
    commodity = last.commodity if len(names) == 1 or mixed else "drugs_unspecified"
    substance = last.substance if commodity == last.commodity else None
    reader.found[-1] = last._replace(
        after=after, end=reader.words[after - 1].end, commodity=commodity, substance=substance, rule="en.joint"
    )
    return at


def read_leftovers(reader: PhraseReader) -> None:
    """Amounts without a good of their own: money, a weight in brackets behind a good, "from 40 pounds ... to 60"."""
    for after, amount in reader.amounts.by_after.items():
        if after in reader.used or amount.number.how == "article":
            continue
        if amount.unit is not None and amount.unit.dimension == "money":
            good = Good(amount.first, after, "cash", "USD", None, False, False, True)
            reader.add(amount.first, good, amount, amount.unit, "counted", "en.bare-money")
            continue
        previous = None
        for phrase in reader.found:
            if phrase.start < amount.start and phrase.rule != "en.bare-money":
                previous = phrase if previous is None or phrase.start > previous.start else previous
        if previous is None or previous.commodity not in DRUGS:
            continue
        between = reader.plain[previous.end : amount.start]
        if len(between) > 70:
            continue
        good = Good(amount.first, after, previous.commodity, "kg", previous.substance, previous.firm, False, True)
        said = between.replace(",", " ").split()
        other = said[:1] == ["or"] and _ROUGHLY.issuperset(said)  # "30 kilograms of cocaine, or about 66 pounds"
        restated = (
            other
            or (between.lstrip().startswith("(") and ")" not in between)
            or "weighing" in between
            or " weight of " in between
        )
        if amount.unit is not None and amount.unit.dimension == "mass" and restated and previous.how == "counted":
            reader.add(amount.first, good, amount, amount.unit, "counted", "en.restated")
        elif (
            (amount.unit is None or amount.unit.dimension == "mass")
            and " to " in between
            and previous.first
            and reader.words[previous.first - 1].plain == "from"
            and previous.unit in _COUNTED
        ):
            known = read_unit(reader.text, unit_word(reader)) if previous is reader.found[-1] else None
            unit = amount.unit or (known.of if known else None)
            if unit is not None:
                reader.add(amount.first, good, amount, unit, "counted", "en.from-to")

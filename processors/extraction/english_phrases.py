"""What an English sentence counts: every phrase of a number and a good, a good alone, or an amount of money.

Whether a phrase was seized is decided in `english_scope.py`.
"""

from operator import itemgetter

from processors.extraction.english_definite import SMALL_BAGS, Told, find_of_purported, name_drug, read_definite
from processors.extraction.english_elided import read_assets, read_persons_counted
from processors.extraction.english_goods import DRUGS, MASS_NOUNS, Good
from processors.extraction.english_joining import (
    TOTALS,
    Phrase,
    PhraseReader,
    amount_behind,
    join_list,
    join_pills,
    name_pills,
    read_leftovers,
    unit_word,
)
from processors.extraction.english_numbers import Amounts
from processors.extraction.english_restated import read_double, read_each
from processors.extraction.english_words import AMOUNT_NOUNS, CONTAINERS, PILL_NOUNS, TRIGGERS, VAGUE
from processors.extraction.lexicon import GoodsAt
from processors.extraction.measures import Measure, UnitOf, read_unit
from processors.extraction.texts import Text
from streams.text_facts import MentionUnit

__all__ = ["DRUGS", "Phrase", "Told", "find_phrases"]

_PERSONS = frozenset({"victim", "person_detained", "migrant"})
_ONE_KIND = frozenset({"drug", "opioid", "narcotic", "substance"})
"""Nouns in the singular that only say what something is: "fentanyl, a potent and dangerous drug"."""
_BY_START = itemgetter(2)
_SINGULAR = frozenset({"handgun", "rifle", "pistol", "firearm", "gun", "weapon", "shotgun", "revolver", "carbine"})
_UNHEARD_OF = frozenset({"record", "historic", "unprecedented"})
_DEFINITE = frozenset({"the", "his", "her", "their", "this", "that", "its"})


def find_phrases(
    text: Text, hits: list[GoodsAt], amounts: Amounts, first: int, after: int, told: Told, arrests: bool
) -> list[Phrase]:
    """The phrases among the words `first` to `after`, in order; `hits` are the goods terms there.

    `told`: what the sentences before named, for "the drug" and "the pistol"; `arrests`: a word of arresting is there.
    """
    reader = PhraseReader(text, hits, amounts, first, after)
    index, has_money = 0, text.plain.find("$", text.words[first].start, text.words[after - 1].end) >= 0
    while index < len(hits):
        hit = hits[index]
        before = text.plains[hit.first - 1] if hit.first > first else ""
        definite = hit.word.strength == "weak" and before in _DEFINITE
        if hit.word.unit == "package" and text.plains[hit.after : hit.after + 1] == ["of"]:
            index += 1  # "40 glassines of heroin": a container
            continue
        if definite and hit.first - 2 not in amounts.by_after:
            index += 1  # "the driver", "his vehicle": nothing is counted
            continue
        good, index = reader.read_good(index)
        if good is None:
            continue
        if not good.plural and read_definite(reader, good, told):
            continue
        if good.commodity == "drugs_unspecified":
            good, index = join_pills(reader, good, index)
        if good.commodity == "drugs_unspecified":
            good = name_pills(reader, good) if good.unit in ("pill", "package") else name_drug(reader, good, told)
        whole = read_assets(reader, good, index) if has_money else None
        if whole is not None:
            index = whole
            continue
        _read_phrase(reader, good)
        if index < len(hits):
            index = join_list(reader, index)
    read_leftovers(reader)
    if arrests:
        read_persons_counted(reader)
    if len(reader.found) > 1:
        reader.found.sort(key=_BY_START)
    return reader.found


def _read_phrase(reader: PhraseReader, good: Good) -> None:
    """What stands before a good: a number, "of" with a unit, "in" with a sum, a vague count, or nothing."""
    words = reader.words
    ends = reader.amounts.by_after
    own = ends.get(good.after) or ends.get(good.first + 1)
    if own is not None and own.first < good.first and own.unit is not None and own.unit.unit == good.unit:
        reader.add(own.first, good, own, own.unit, "counted", "en.count")  # "two pills": the unit is the good
        return
    if reader.found and reader.found[-1].rule == "en.each" and read_each(reader, good):
        return
    at, measure = reader.walk_left(good.first - 1)
    if measure is not None and measure.number.how == "article" and good.commodity in DRUGS and not good.container:
        of = measure.first - 1  # "1.5 kilos of a fentanyl mixture"
        if of > reader.first and words[of].plain == "of" and measure.unit is None and good.unit != "pill":
            _read_of(reader, good, of)
            return
    if measure is not None:
        _count(reader, good, measure)
        return
    plain = words[at].plain if at >= reader.first else ""
    if plain == "the" and at > reader.first and words[at - 1].plain == "of" and at - 1 in reader.amounts.by_after:
        at, plain = at - 1, "of"  # "590 pounds of the deadly opioid"
    if plain == "of" and reader.loose(at) and at > reader.first:
        _read_of(reader, good, at)
        return
    if plain == "be" and good.commodity in DRUGS and (of := find_of_purported(reader, at)):
        _read_of(reader, good, of)
        return
    if plain in ("in", "with", "containing") and at > reader.first:
        amount = reader.amounts.by_after.get(at)
        if plain == "in" and amount is not None and reader.loose(at - 1):
            _read_sum_in(reader, good, amount)
            return
        if plain == "containing" or (plain == "with" and words[at - 1].plain in ("filled", "stuffed")):
            found = _read_container(reader, good, at - (plain == "with"), "container")
            if found:
                return
        if plain == "with" and words[at - 1].plain in SMALL_BAGS and _read_container(reader, good, at, "container"):
            return  # "a bag with fentanyl pills"
    if plain in VAGUE and good.plural:
        reader.add(at, good, None, _unit_of(good), "vague", "en.vague", VAGUE[plain])
        return
    if plain in ("another", "his", "her", "their") and not good.plural and good.commodity not in MASS_NOUNS:
        reader.add(at, good, None, _unit_of(good), "one", "en.one")
        return
    amount = amount_behind(reader, good)
    if amount is not None:
        reader.add(
            good.first, good, amount, amount.unit or good.unit, "counted", "en.good-then-amount", after=amount.after
        )
        return
    if plain == "the" and words[at - 1].plain == "of" and words[at - 2].plain in ("all", "most", "some"):
        reader.add(at - 2, good, None, _bare_unit(good), "bare", "en.bare")  # "all of the stolen cocaine"
        return
    if plain in ("the", "this", "that", "these", "those", "any", "no"):
        return
    between = {words[word].plain for word in range(max(at, reader.first), good.first)}
    if between & {"enough", "more", "less", "fewer", "much", "other", "record", "many"}:
        return
    if good.plural or (good.commodity in MASS_NOUNS and reader.text.plains[good.after - 1] not in _ONE_KIND):
        reader.add(max(at + 1, reader.first), good, None, _bare_unit(good), "bare", "en.bare")


def _count(reader: PhraseReader, good: Good, measure: Measure) -> None:
    """Reads "726 fentanyl pills", "a ghost gun", "$500 cash", "six kilogram packages of"."""
    if measure.unit is not None and measure.unit.dimension == "money":
        if good.commodity == "cash":
            reader.add(measure.first, good, measure, measure.unit, "counted", "en.money")
        return
    if measure.number.how == "article" and measure.unit is None and (good.plural or good.commodity in MASS_NOUNS):
        if good.container:
            reader.add(measure.first, good, measure, good.unit, "counted", "en.count")
        return
    if measure.unit is not None:  # "10 pounds fentanyl", "two-kilo cocaine package"
        reader.add(measure.first, good, measure, measure.unit, "counted", "en.measure")
        return
    if good.commodity == "cash" or (good.plural and measure.number.value == 1):
        return
    if measure.number.value > 1 and _is_singular(reader, good):  # "twelve handgun lowers"
        return
    if good.unit in ("kg", "l") and not good.container:  # "46 synthetic drugs": substances, not an amount
        return
    reader.add(measure.first, good, measure, good.unit, "counted", "en.count")


def _is_singular(reader: PhraseReader, good: Good) -> bool:
    """Whether a good is named by a noun in the singular, which after a number above one only describes another noun."""
    return good.commodity == "firearm" and reader.words[good.after - 1].plain in _SINGULAR


def _unit_of(good: Good) -> MentionUnit:
    if good.unit in ("kg", "l", "g") and not good.container:
        return "unit"
    return good.unit


def _bare_unit(good: Good) -> MentionUnit | None:
    if good.commodity in DRUGS and not good.container and good.unit != "pill":
        return None
    return good.unit


def _read_of(reader: PhraseReader, good: Good, of: int) -> None:
    """Reads "3 pounds of", "40 small bags of", "thousands of pounds of", "$900 worth of", "a large amount of"."""
    words, ends = reader.words, reader.amounts.by_after
    if words[of - 1].plain in ("combined", "total") and ends.get(of - 1) is not None:
        of -= 1
    measure = ends.get(of)
    if read_double(reader, good, of, measure):
        return
    if measure is not None and reader.loose(of - 1):
        unit = measure.unit
        if unit is None and reader.found and reader.found[-1].unit in ("kg", "g", "lb", "oz", "t", "l", "ml"):
            known = read_unit(reader.text, unit_word(reader))
            unit = known.of if known else None
        if unit is None and good.plural:  # "a dozen of", "three of"
            if good.commodity not in DRUGS and words[of + 1].plain in ("the", "those", "these"):
                reader.add(measure.first, good, measure, good.unit, "counted", "en.count")  # "twenty of the defendants"
            return
        reader.add(measure.first, good, measure, unit or _unit_of(good), "counted", "en.measure")
        return
    before = words[of - 1].plain
    if before == "each" and of - 1 in ends:  # "a pound each of cocaine and heroin"
        each = ends[of - 1]
        if each.unit is not None and each.unit.dimension != "money":
            reader.add(each.first, good, each, each.unit, "counted", "en.each")
        return
    if before == "worth":
        sum_ = ends.get(of - 1)
        if sum_ is not None and sum_.unit is not None and sum_.unit.dimension == "money":
            reader.add(sum_.first, good, sum_, sum_.unit, "counted", "en.worth")
        return
    if _read_container(reader, good, of, "measure"):
        return
    if before in VAGUE:
        first = of - 1
        while first - 2 >= reader.first and words[first - 1].plain == "of" and words[first - 2].plain in VAGUE:
            first -= 2
        reader.add(first, good, None, _bare_unit(good), "vague", "en.vague", VAGUE[before])
    elif before in TOTALS and (amount := amount_behind(reader, good)) is not None:
        reader.add(
            of - 1, good, amount, amount.unit or good.unit, "counted", "en.good-then-amount", after=amount.after
        )  # "the amount of cocaine seized was 3 pounds"
    elif before in AMOUNT_NOUNS or (before == "levels" and words[of - 2].plain in _UNHEARD_OF):
        reader.add(of - 1, good, None, _bare_unit(good), "vague", "en.vague")
    elif before == "possession" and words[of - 2].plain == "in" and good.commodity in MASS_NOUNS:
        reader.add(good.first, good, None, _bare_unit(good), "bare", "en.bare")
    elif before in ("possession", "mixture", "total"):
        return
    elif before in TRIGGERS and (good.plural or good.commodity in MASS_NOUNS):
        reader.add(good.first, good, None, _bare_unit(good), "bare", "en.bare")


def _read_container(reader: PhraseReader, good: Good, of: int, kind: str) -> bool:
    """A unit or a container before "of" or "containing", with a number, a vague count or nothing before it."""
    words = reader.words
    unit = read_unit(reader.text, of - 1)
    name: UnitOf | MentionUnit | None = unit.of if unit and unit.of.dimension != "money" else None
    if name is None and words[of - 1].plain in CONTAINERS:
        name = "package"
    if name is None and words[of - 1].plain in PILL_NOUNS:
        name = "pill"
    if name is None and good.commodity == "ammunition" and words[of - 1].plain in ("rounds", "round", "boxes"):
        name = "unit"
    if name is None:
        return False
    measure = reader.amounts.by_after.get(of)
    at = of - 1
    if measure is None:
        at, measure = reader.walk_left(of - 2)
    if measure is not None and measure.unit is None:
        reader.add(measure.first, good, measure, name, "counted", f"en.{kind}")
        return True
    if measure is not None and measure.unit is not None and measure.unit.dimension != "money":
        reader.add(measure.first, good, measure, measure.unit, "counted", f"en.{kind}")
        return True
    plain = words[at].plain if at >= reader.first else ""
    unit_name: MentionUnit = name.unit if isinstance(name, UnitOf) else name
    if plain == "of" and at > reader.first and words[at - 1].plain in VAGUE:
        reader.add(at - 1, good, None, unit_name, "vague", "en.vague", VAGUE[words[at - 1].plain])
        return True
    if plain in VAGUE:
        reader.add(at, good, None, unit_name, "vague", "en.vague", VAGUE[plain])
        return True
    if kind == "measure":
        reader.add(of - 1, good, None, unit_name, "bare", "en.bare")
        return True
    return False


def _read_sum_in(reader: PhraseReader, good: Good, amount: Measure) -> None:
    """Reads "$79,000 in cash", "10,000 in concentrates"; a sum "in drugs" is their street value."""
    money = amount.unit is not None and amount.unit.dimension == "money"
    if money and good.commodity == "cash":
        reader.add(amount.first, good, amount, amount.unit, "counted", "en.money")
    elif money:
        reader.used.add(amount.after)
    elif amount.unit is None and good.plural:
        reader.add(amount.first, good, amount, _unit_of(good), "counted", "en.count")

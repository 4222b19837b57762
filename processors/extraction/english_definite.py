"""English goods that a text points to: "the drug", "the loaded pistol", "what was believed to be cocaine"."""

from processors.extraction.english_goods import DRUGS, Good
from processors.extraction.english_joining import PhraseReader
from processors.extraction.english_words import FUNCTION, TRIGGERS
from processors.extraction.word_sets import word_set
from streams.text_facts import MentionCommodity

__all__ = ["SMALL_BAGS", "Told", "find_of_purported", "name_drug", "read_definite"]

SMALL_BAGS = word_set("bag bags baggie baggies bottle bottles vial vials package packages packet packets jar jars")
_PURPORTED = word_set(
    "what believed suspected purported appeared appears appearing determined thought presumed identified alleged tested"
)
_ONE_DRUG = word_set("drug opioid narcotic substance")
_PIECES = frozenset({"firearm", "laboratory"})
_UNCLEAR = frozenset({"weapon", "lab"})
"""A weapon may be a knife, a lab that of the police."""
_DEFINITE = frozenset({"the", "this", "that"})
_STOPS = FUNCTION | TRIGGERS | {"a", "an"}
_FAR = 10


class Told:
    """What the sentences before named: the drugs, and the goods that were given as seized."""

    __slots__ = ("drugs", "given")

    def __init__(self) -> None:
        self.drugs: set[tuple[MentionCommodity, str | None]] = set()
        self.given: set[MentionCommodity] = set()


def name_drug(reader: PhraseReader, good: Good, told: Told) -> Good:
    """The one drug that was named before, for "four kilos of the deadly drug"."""
    words = reader.text.plains
    if words[good.after - 1] not in _ONE_DRUG:
        return good
    if _DEFINITE.isdisjoint(words[max(reader.first, good.first - 3) : good.first]):
        return good
    named = {(one.commodity, one.substance) for one in reader.found if one.commodity in DRUGS} or told.drugs
    if len({commodity for commodity, _ in named}) != 1:
        return good
    commodity, substance = next(iter(named))
    return good.named(good.after, commodity, substance)


def read_definite(reader: PhraseReader, good: Good, told: Told) -> bool:
    """One piece with "the": "the loaded pistol was recovered", "the stolen car", unless its like was given."""
    plains = reader.text.plains
    if good.plural or good.commodity in told.given:
        return False
    at = good.first - 1
    stolen = False
    while at > reader.first and at > good.first - 5 and plains[at] not in _STOPS:
        stolen = stolen or plains[at] == "stolen"
        at -= 1
    if at < reader.first or plains[at] != "the" or (at > reader.first and plains[at - 1] in ("of", "with")):
        return False
    if not all(reader.loose(one) or one + 1 in reader.amounts.noise for one in range(at, good.first - 1)):
        return False
    if good.commodity == "vehicle":
        told_apart = stolen
    else:
        told_apart = good.commodity in _PIECES and plains[good.after - 1] not in _UNCLEAR
        told_apart = told_apart or (good.commodity in _PIECES and good.after - good.first > 1)
    if not told_apart:
        return False
    reader.add(at, good, None, good.unit, "one", "en.one")
    return True


def find_of_purported(reader: PhraseReader, at: int) -> int:
    """The word "of" of "3 grams of what was believed to be" that ends at word `at`; 0 if there is none."""
    plains, ends = reader.text.plains, reader.amounts.by_after
    for of in range(at - 1, max(reader.first, at - _FAR), -1):
        if plains[of] == "of" and ends.get(of) is not None and ends[of].unit is not None:
            return of if not _PURPORTED.isdisjoint(plains[of:at]) else 0
    return 0

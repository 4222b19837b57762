"""Amounts whose noun an English sentence leaves out or takes for several: "arrested 26", "$900 in cash and cars"."""

from processors.extraction.english_goods import DRUGS, Good
from processors.extraction.english_joining import PhraseReader
from processors.extraction.english_words import ARREST
from processors.extraction.measures import Measure
from processors.extraction.word_sets import word_set

__all__ = ["read_assets", "read_persons_counted"]

_AND = frozenset({"and", ", and", ",", "and other", ", and other", "along with", "as well as"})
_MOST = 6
_VALUED = frozenset({"valued", "worth", "value", "totaling", "totalling"})
_ENDS = word_set("and in during on for after as since at over from across by who")
_HELD = frozenset({"arrested", "detained", "apprehended"})
_LEADS = word_set("more than over nearly about approximately roughly around almost at least some another a total of")


def read_assets(reader: PhraseReader, good: Good, index: int) -> int | None:
    """One sum over cash and other goods, or over assets alone; the index of the hit behind them, None if it is none.

    "cash, jewelry and vehicles valued at $640,000", "$18 billion in drugs and cash", "$300,000 worth of jewelry".
    """
    after, at, kinds = good.after, index, {good.commodity}
    while at < min(len(reader.hits), index + _MOST):
        between = reader.plain[reader.words[after - 1].end : reader.words[reader.hits[at].first].start]
        if between.strip() not in _AND:
            break
        one, behind = reader.read_good(at)
        if one is None:
            break
        after, at = one.after, behind
        kinds.add(one.commodity)
    alone = kinds <= {"property", "vehicle"}
    if not alone and (len(kinds) == 1 or kinds <= DRUGS or kinds.isdisjoint({"cash", "property"})):
        return None
    at_left, own = reader.walk_left(good.first - 1)
    if own is not None:
        return None
    plain = reader.words[at_left].plain if at_left >= reader.first else ""
    amount = None if alone or (plain == "of" and at_left in reader.amounts.by_after) else _sum_behind(reader, after)
    if amount is None and good.commodity != "cash":
        amount = _sum_before(reader, at_left)
    if amount is None:
        return None
    whole = Good(good.first, after, "property", "USD", None, True, False, True)
    reader.add(good.first, whole, amount, amount.unit, "counted", "en.assets", after=max(after, amount.after))
    return at


def _sum_behind(reader: PhraseReader, after: int) -> Measure | None:
    for at in range(after, min(after + 5, reader.after)):
        if reader.words[at].plain in _VALUED:
            return next((one for one in _sums(reader) if at < one.first <= at + 4), None)
    return None


def _sum_before(reader: PhraseReader, at: int) -> Measure | None:
    if at <= reader.first:
        return None
    plain = reader.words[at].plain
    end = at if plain == "in" else at - 1 if plain == "of" and reader.words[at - 1].plain == "worth" else -1
    return next((one for one in _sums(reader) if one.after == end), None)


def _sums(reader: PhraseReader) -> list[Measure]:
    amounts = reader.amounts.by_after.values()
    return [one for one in amounts if one.unit is not None and one.unit.dimension == "money"]


def read_persons_counted(reader: PhraseReader) -> None:
    """People that are a number alone: "arrested 26 in the county", "arrested 150 and deported 80", "45 arrested"."""
    words = reader.words
    for after, amount in list(reader.amounts.by_after.items()):
        if amount.unit is not None or amount.number.how not in ("digits", "words", "mixed") or after in reader.used:
            continue
        following = words[after].plain if after < reader.after else ""
        gap = reader.plain[amount.end : words[after].start] if after < len(words) else "."
        before = amount.first - 1
        while before > reader.first and words[before].plain in _LEADS:
            before -= 1
        verb = before >= reader.first and words[before].plain in ARREST and words[before].plain != "custody"
        closed = gap.strip()[:1] in (",", ".", ";", ":") or not following or following in _ENDS
        headline = following in _HELD and gap == " " and (amount.first == reader.first or before < reader.first)
        if (verb and closed and amount.number.value > 1) or headline:
            good = Good(amount.first, after, "person_detained", "person", None, False, False, True)
            reader.add(amount.first, good, amount, "person", "counted", "en.persons-counted", doubt=("elided_noun",))

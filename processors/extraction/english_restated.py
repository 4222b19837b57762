"""One English amount for two phrases: the same in two units, or one weight for each of several goods."""

from processors.extraction.english_goods import Good
from processors.extraction.english_joining import PhraseReader
from processors.extraction.measures import Measure
from processors.extraction.word_sets import word_set

__all__ = ["read_double", "read_each"]

_BETWEEN = word_set("or about approximately roughly nearly almost over more than around")


def read_double(reader: PhraseReader, good: Good, of: int, measure: Measure | None) -> bool:
    """One amount in two units: "two kilograms (4.4 pounds) of heroin", "5 kilos - or 11 pounds - of heroin"."""
    if measure is None or measure.unit is None:
        return False
    gap = reader.gap(of - 1).strip()
    if gap and gap not in (")", "-", ","):
        return False
    at = measure.first
    while at > reader.first and at > measure.first - 4 and reader.words[at - 1].plain in _BETWEEN:
        at -= 1
    other = reader.amounts.by_after.get(at)
    if other is None or other.unit is None or other.unit.dimension == "money":
        return False
    if measure.unit.dimension not in ("mass", "volume"):
        return False
    between = reader.plain[other.end : reader.words[at].start].strip()
    said = at < measure.first and reader.words[at].plain == "or"
    if between != "(" and not (said and between in ("", ",", "-")):
        return False
    reader.add(other.first, good, other, other.unit, "counted", "en.measure")
    reader.add(measure.first, good, measure, measure.unit, "counted", "en.restated")
    return True


def read_each(reader: PhraseReader, good: Good) -> bool:
    """The further goods of "a pound each of cocaine, heroin and marijuana"."""
    if not reader.found or reader.found[-1].rule != "en.each":
        return False
    last = reader.found[-1]
    if reader.plain[last.end : reader.words[good.first].start].strip() not in ("and", ",", ", and"):
        return False
    reader.found.append(
        last._replace(
            first=good.first,
            after=good.after,
            start=reader.words[good.first].start,
            end=reader.words[good.after - 1].end,
            commodity=good.commodity,
            substance=good.substance,
        )
    )
    return True

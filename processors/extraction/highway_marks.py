"""Highways and kilometre marks: "carretera México-Nogales km 24", "kilómetro 15+500 de la carretera federal 2", "I-35
mile marker 29".
"""

import re
from typing import NamedTuple

from processors.extraction.texts import Text
from processors.extraction.word_lists import WordList
from processors.reference.highways import Highways
from streams.text_facts import PlaceCandidate

__all__ = ["FoundHighway", "find_highways"]

_MX_WORDS = WordList({"carretera", "autopista", "maxipista", "tramo", "via", "mex"})
"""Every Mexican highway begins with one; it is tried at them alone, a search through 5 kB takes 60 us."""
_US_WORDS = WordList({"i", "interstate", "us", "u", "highway", "hwy"})
"""Every U.S. highway begins with one."""
_MX_GATES = ("carretera", "autopista", "maxipista", "tramo", "mex-", "mex ")
_US_GATES = ("I-", "nterstate", "NTERSTATE", "US ", "US-", "U.S. ", "ighway", "HIGHWAY", "Hwy")
_MILE_KM = 1.609344
_MX_ROAD = re.compile(
    r"\b(?:(?:carretera|autopista|maxipista|tramo(?: carretero)?|via)"
    r"(?: (?:federal|internacional|estatal|nacional|libre|costera|de cuota|de peaje|rapida))*"
    r"(?: (?:numero|num\.?|no\.?|mexico|mex))?(?: (?P<number>\d{1,3}(?: ?d)?)\b"
    r"| (?:de la |del |la )?(?P<name>[^\W\d_]+(?:[ .-]{1,3}[^\W\d_]+){0,8}))|mex-? ?(?P<mex>\d{1,3}(?: ?d)?)\b)"
)
# Read with capitals: "us 83" may be we, "US 83" is a road.
_US_ROAD = re.compile(
    r"\b(?:I-|(?:[Ii]nterstate|INTERSTATE)(?: [Hh]ighway)? )(?P<interstate>\d{1,3}[EW]?)\b"
    r"|\bU\.?S\.?(?: [Hh]ighway| HIGHWAY| [Rr]oute|-| [Hh]wy\.?) ?(?P<route>\d{1,3})\b"
    r"|\bU\.S\. (?P<bare>\d{1,3})\b(?! [a-z]+s\b)|\bUS (?P<plain>\d{1,3})\b(?! [a-z]+s\b)"
    r"|\b(?:[Hh]ighway|HIGHWAY|Hwy\.?) (?P<highway>\d{1,3})\b"
)
_KM = r"(?:kilometros?|kms?\.?)(?: (?:numero|no\.?))? (?P<km>\d{1,4})(?:(?:\+|\.)(?P<metres>\d{1,3}))?"
_KM_AFTER = re.compile(rf"(?:,? ?(?:(?:en|a|al|a la altura|en el|sobre el|altura) )?(?:(?:del|el|de) )?)?{_KM}")
_KM_BEFORE = re.compile(rf"{_KM},? (?:(?:de|en|sobre) )?(?:(?:la|el|una) )?$")
_MILE_AFTER = re.compile(
    r",? ?(?:(?:near|at|by|around|close to) )?(?:the )?"
    r"(?:mile ?(?:marker|post)?s?|mm|mp)\.? ?(?P<mile>\d{1,4}(?:\.\d)?)"
)
_MILE_BEFORE = re.compile(
    r"\b(?:mile ?(?:marker|post)|mm|mp)\.? ?(?P<mile>\d{1,4}(?:\.\d)?),? (?:of|on|along) (?:the )?$"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_REACH = 60


class FoundHighway(NamedTuple):
    """A highway, with its mark as `kilometre` of the one candidate; miles are turned into kilometres."""

    start: int
    end: int
    as_written: str
    candidates: list[PlaceCandidate]
    rule: str


def find_highways(text: Text, highways: Highways) -> list[FoundHighway]:
    """The highways of the table that a text names. A mark gives no point: no course of a road is kept."""
    plain, raw = text.plain, text.raw
    found: list[FoundHighway] = []
    if not (text.find_listed(_MX_WORDS) or text.find_listed(_US_WORDS)):
        return found
    for road in _roads(text, plain, _MX_WORDS, _MX_ROAD, _MX_GATES):
        read = _read_mexican(road, highways)
        if read is not None:
            code, name, end = read
            found.append(_mark(text, road.start(), end, code, name, "MX"))
    for road in _roads(text, raw, _US_WORDS, _US_ROAD, ()):
        if not any(gate in road[0] for gate in _US_GATES):
            continue
        number = road[road.lastgroup or 0]
        code = f"US-I-{number}" if road["interstate"] else f"US-{number}"
        if code in highways.codes and not any(one.start <= road.start() < one.end for one in found):
            name = code.removeprefix("US-") if road["interstate"] else code
            found.append(_mark(text, road.start(), road.end(), code, name, "US"))
    return _join_stretches(text, sorted(found)) if len(found) > 1 else found


def _join_stretches(text: Text, found: list[FoundHighway]) -> list[FoundHighway]:
    """One road told twice, by its number and by its ends ("carretera federal 15, km 24, tramo Culiacán-Mazatlán"), is
    one; behind a number a stretch (tramo) is of that road, whatever number its ends have.
    """
    joined: list[FoundHighway] = []
    for road in found:
        before = joined[-1] if joined else None
        if before is not None and _is_same_road(text.plain, before, road):
            first, second = before.candidates[0], road.candidates[0]
            marked = first if "kilometre" in first or "kilometre" not in second else {**first, **_mark_of(second)}
            rule = before.rule if marked is first else road.rule
            end = max(before.end, road.end)
            joined[-1] = FoundHighway(before.start, end, text.raw[before.start : end], [marked], rule)
        else:
            joined.append(road)
    return joined


def _mark_of(candidate: PlaceCandidate) -> PlaceCandidate:
    return {"kilometre": candidate["kilometre"]}  # type: ignore[typeddict-item]


def _is_same_road(plain: str, before: FoundHighway, road: FoundHighway) -> bool:
    gap = plain[before.end : road.start] if before.end <= road.start else ""
    if gap.strip(" ,(") or len(gap) > 3:
        return False
    kilometres = {one.candidates[0].get("kilometre") for one in (before, road)} - {None}
    if before.end <= road.start and len(kilometres) > 1:
        return False
    same = before.candidates[0]["code"] == road.candidates[0]["code"]
    return same or "tramo" in plain[road.start : road.end]


def _roads(
    text: Text, written: str, heads: WordList, road: re.Pattern[str], gates: tuple[str, ...]
) -> list[re.Match[str]]:
    """What a pattern finds at the words that it begins with, without overlap, where one of the gates is open."""
    roads: list[re.Match[str]] = []
    places = text.find_listed(heads)
    if not places or (gates and not any(gate in text.plain for gate in gates)):
        return roads
    done = 0
    for at in places:
        start = text.words[at][1]
        found = road.match(written, start) if start >= done else None
        if found is not None:
            done = found.end()
            roads.append(found)
    return roads


def _read_mexican(match: re.Match[str], highways: Highways) -> tuple[str, str, int] | None:
    """Code, name and end of a Mexican highway by its number or by its ends."""
    number = match["number"] or match["mex"]
    if number:
        code = f"MX-{number.replace(' ', '').upper()}"
        group = "number" if match["number"] else "mex"
        return (code, code, match.end(group)) if code in highways.codes else None
    words = list(_LETTERS.finditer(match["name"]))
    for count in range(len(words), 0, -1):
        name = " ".join(word[0] for word in words[:count])
        if (found := highways.ends.get(name)) is not None:
            return found, found, match.start("name") + words[count - 1].end()
    return None


def _mark(text: Text, start: int, end: int, code: str, name: str, country: str) -> FoundHighway:
    """The highway with the mark that stands straight before or after it."""
    candidate: PlaceCandidate = {"kind": "highway", "code": code, "name": name, "country": country}
    plain, rule = text.plain, "highway"
    before = plain[max(0, start - _REACH) : start]
    if country == "US":
        mile = _MILE_AFTER.match(plain, end) or _MILE_BEFORE.search(before)
        if mile is not None:
            candidate["kilometre"] = round(float(mile["mile"]) * _MILE_KM, 1)
            start, end = _stretch(mile, before, start, end)
            rule = "highway_mile"
        return FoundHighway(start, end, text.raw[start:end], [candidate], rule)
    mark = _KM_AFTER.match(plain, end) or _KM_BEFORE.search(before)
    if mark is not None:
        metres = mark["metres"]
        candidate["kilometre"] = float(f"{mark['km']}.{metres}") if metres else float(mark["km"])
        start, end = _stretch(mark, before, start, end)
        rule = "highway_kilometre"
    return FoundHighway(start, end, text.raw[start:end], [candidate], rule)


def _stretch(mark: re.Match[str], before: str, start: int, end: int) -> tuple[int, int]:
    if mark.string == before:
        return start - len(before) + mark.start(), end
    return start, mark.end()

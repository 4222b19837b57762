"""Features of events: place, time and goods of the same seizure told twice, marks of one hand, and copies of a text."""

import math
from typing import Any, Literal

from processors.correlation.keys import mark_key, narrow_area_of
from processors.correlation.load_matching import match_loads, say_match
from processors.correlation.moments import seconds, week_number
from processors.correlation.sides import NOTHING, Found, Shared, Side, Where
from processors.extraction.fingerprints import SAME_TEXT, details_conflict, estimate_similarity
from streams.facts import ComparedWord, ComparisonRecord

__all__ = [
    "EVENT_WITHIN_S",
    "NEWS_WITHIN_S",
    "be_impossible",
    "hide_alike",
    "repeat_text",
    "repeats_text",
    "share_mark",
    "tell_event",
]

_HOUR, _DAY = 3_600.0, 86_400.0
_EARTH_KM = 6371.0
_FINE = frozenset({"point", "port", "city", "locality"})
EVENT_WITHIN_S = 1.5 * _DAY
"""How far apart the times of two records of one event lie at most."""
NEWS_WITHIN_S = EVENT_WITHIN_S + 2 * _DAY
"""The same if one of them is news, which is published after the event."""
_NEWS_DAYS = 4
"""Days within which a text is copied."""
_FASTEST_KMH = 900.0
"""What a passenger jet does; what is faster can't be one thing at two places."""


def tell_event(left: Side, right: Side) -> Found:
    """Both reports tell of a seizure at about the same place and time, of the same goods.

    Los dos informes narran un aseguramiento en más o menos el mismo lugar y momento, de las mismas mercancías.
    """
    ours, theirs = left.record, right.record
    if ours["agency"] == theirs["agency"] and ours["kind"] == theirs["kind"]:
        return NOTHING  # an agency that files two reports tells of two events
    if ours.get("count_basis", "incident") != "incident" or theirs.get("count_basis", "incident") != "incident":
        return NOTHING
    hours = _time_apart(left, right)
    if hours is None:
        return NOTHING
    goods = match_loads(left.load, right.load)
    if not goods:
        return NOTHING
    near = _nearness(ours, theirs)
    if near is None:
        return NOTHING
    how, said, mine, their = say_match(goods, left.load, right.load)
    level = f"{hours}_{near}_{how}"
    return Found(level, (Shared(None, said, _tell(ours, mine), _tell(theirs, their)),))


def _time_apart(left: Side, right: Side) -> Literal["hours", "day"] | None:
    """How far apart the two spans lie: not more than three hours, or than a day and a half."""
    one, other = left.told_time, right.told_time
    if one is None or other is None or one.is_vague or other.is_vague:
        return None
    ours_is_news, theirs_is_news = left.record["kind"] == "news", right.record["kind"] == "news"
    # What was published before can't tell of it. Six hours' grace, for it may be dated by another clock.
    if ours_is_news and not theirs_is_news and other.start - one.end > _FORETOLD_S:
        return None
    if theirs_is_news and not ours_is_news and one.start - other.end > _FORETOLD_S:
        return None
    gap = max(one.start, other.start) - min(one.end, other.end)
    if gap > (NEWS_WITHIN_S if ours_is_news or theirs_is_news else EVENT_WITHIN_S):
        return None
    return "hours" if gap <= 3 * _HOUR and one.is_exact and other.is_exact else "day"


_FORETOLD_S = _DAY / 4
"""From how long before an event news were not about it."""


def _nearness(ours: ComparisonRecord, theirs: ComparisonRecord) -> Literal["here", "near"] | None:
    """`here`: the same place or 2 km apart; `near`: the same area, or up to 40 km; None: elsewhere, or not known."""
    one, other = ours.get("place"), theirs.get("place")
    if one is None or other is None:
        return "near" if _areas(ours) & _areas(theirs) else None
    if one.get("code") is not None and one.get("code") == other.get("code") and one["kind"] in _FINE:
        return "here"
    if "location" in one and "location" in other and one["kind"] in _FINE and other["kind"] in _FINE:
        far = _distance_km(one["location"], other["location"])
        return "here" if far <= 2 else "near" if far <= 40 else None
    area = narrow_area_of(one)
    return "near" if area is not None and area == narrow_area_of(other) else None


def _areas(record: ComparisonRecord) -> set[str]:
    area = narrow_area_of(record["place"]) if "place" in record else None
    told = set(record.get("told_places", ()))
    return told if area is None else told | {area}


def _tell(record: ComparisonRecord, said: str) -> Where:
    place = record.get("place", {}).get("name", "")
    when = record["when"]["start"][:16].replace("T", " ") if "when" in record else ""
    return {"field": "when, place, items", "as_written": ", ".join(filter(None, (when, place, said)))}


def _distance_km(one: Any, other: Any) -> float:
    lat, lat_ = math.radians(one["lat"]), math.radians(other["lat"])
    half = math.sin((lat_ - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat_) * math.sin(math.radians(other["lon"] - one["lon"]) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def be_impossible(left: Side, right: Side) -> Found:
    """One thing or person can't have been at both places: they are too far apart for the time between.

    Una misma cosa o persona no pudo estar en los dos lugares: están demasiado lejos para el tiempo transcurrido.
    """
    ours, theirs = left.record, right.record
    mine, their = left.told_time, right.told_time
    if mine is None or their is None or "news" in (ours["kind"], theirs["kind"]):
        return NOTHING
    one, other = ours.get("place"), theirs.get("place")
    if one is None or other is None or "location" not in one or "location" not in other:
        return NOTHING
    if one["kind"] not in _FINE or other["kind"] not in _FINE:
        return NOTHING
    # The most time that may lie between: a day told as a day leaves all of it.
    most = max(mine.end, their.end) - min(mine.start, their.start)
    far = _distance_km(one["location"], other["location"])
    if far < 150 or far <= _FASTEST_KMH * most / _HOUR:
        return NOTHING
    said = f"{far:.0f} km"
    return Found("apart", (Shared(None, said, _tell(ours, ""), _tell(theirs, "")),))


def share_mark(left: Side, right: Side) -> Found:
    """Goods of both reports carry the same mark.

    Mercancías de los dos informes llevan la misma marca.
    """
    ours, theirs = _words_of("press_marks", left), _words_of("press_marks", right)
    exercise = left.record.get("exercise", False)
    found: list[tuple[str, Shared]] = []
    for value in sorted(ours.keys() & theirs.keys()):
        frequency = left.frequency_of(mark_key(exercise, value))
        found.append((frequency or "everywhere", _shared_word(value, ours[value], theirs[value])))
    if not found:
        return NOTHING
    level = min((frequency for frequency, _ in found), key=("rare", "common", "everywhere").index)
    near = _weeks_apart(left, right) <= 1
    # A common mark beside a rare one must not look as if it weighed as much.
    told = tuple(shared for frequency, shared in found if frequency == level)
    return Found(f"{level}_near" if near else level, told)


def hide_alike(left: Side, right: Side) -> Found:
    """Both reports say in the same words where the goods were hidden, in one corridor and within two weeks.

    Los dos informes dicen con las mismas palabras dónde estaba oculta la mercancía, en un corredor y dentro de dos
    semanas.
    """
    ours, theirs = _words_of("concealment", left), _words_of("concealment", right)
    common = sorted(ours.keys() & theirs.keys())
    if not common or _weeks_apart(left, right) > 1:
        return NOTHING
    return Found("near", tuple(_shared_word(value, ours[value], theirs[value]) for value in common))


def _words_of(part: Literal["press_marks", "concealment"], side: Side) -> dict[str, ComparedWord]:
    return {one["value"]: one for one in side.record.get(part, ())}


def _shared_word(value: str, mine: ComparedWord, their: ComparedWord) -> Shared:
    ours, theirs = (Where(field=one["field"], as_written=one["as_written"]) for one in (mine, their))
    return Shared(None, value, ours, theirs)


def _weeks_apart(left: Side, right: Side) -> float:
    """Weeks between two reports of one corridor; infinite where they have none in common, or no time."""
    ours, theirs = left.record, right.record
    corridor = ours.get("place", {}).get("corridor")
    if corridor is None or corridor != theirs.get("place", {}).get("corridor"):
        return math.inf
    if "when" not in ours or "when" not in theirs:
        return math.inf
    return abs(week_number(ours["when"]["start"]) - week_number(theirs["when"]["start"]))


def repeat_text(left: Side, right: Side) -> Found:
    """The texts of both reports are one, or parts of one.

    Los textos de los dos informes son el mismo, o partes de uno mismo.
    """
    return repeats_text(left.record, right.record)


def repeats_text(ours: ComparisonRecord, theirs: ComparisonRecord) -> Found:
    """Whether two records repeat one text: `release`, `copy` or `partly`, the latter two `_later` if they lie apart."""
    if "origin" in ours and ours.get("origin") == theirs.get("origin"):
        shared = Shared(None, ours["origin"], *(Where(field="lineage", as_written=ours["origin"]) for _ in range(2)))
        return Found("release", (shared,))
    best: tuple[float, Shared] | None = None
    for one in ours.get("texts", ()):
        for other in theirs.get("texts", ()):
            if set(one["minhash"]).isdisjoint(other["minhash"]):
                continue  # less than a third alike, nearly always
            similarity = (
                1.0 if one["exact"] == other["exact"] else estimate_similarity(one["minhash"], other["minhash"])
            )
            if similarity < SAME_TEXT / 2 or details_conflict(one.get("details", ()), other.get("details", ())):
                continue
            both = (Where(field=text["field"], as_written=f"{text['words']} words") for text in (one, other))
            shared = Shared(None, f"{similarity:.0%}", *both)
            best = max(best, (similarity, shared), key=lambda found: found[0]) if best else (similarity, shared)
    if best is None:
        return NOTHING
    how = "copy" if best[0] >= SAME_TEXT else "partly"
    # What a clerk writes every week in the same words is a form, not a copy.
    return Found(how if _days_apart(ours, theirs) <= _NEWS_DAYS else f"{how}_later", (best[1],))


def _days_apart(ours: ComparisonRecord, theirs: ComparisonRecord) -> float:
    if "when" not in ours or "when" not in theirs:
        return math.inf
    return abs(seconds(ours["when"]["start"]) - seconds(theirs["when"]["start"])) / _DAY

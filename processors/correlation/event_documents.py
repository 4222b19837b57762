"""The records that tell of one event -> its document. Pure, and a function of the set of records."""

from collections.abc import Sequence

from processors.correlation.amounts import official_first, settle_amounts
from processors.correlation.corroboration import find_origins, grade_origins
from processors.correlation.keys import area_of
from processors.correlation.marks import combine_handling, name_report
from processors.correlation.moments import local_day
from streams.events import EventDocument
from streams.facts import ComparedPlace, ComparisonRecord
from streams.links import CAUTION
from streams.reports import Span

__all__ = ["MAX_LISTED", "gone_event", "most_exact_place", "most_exact_time", "summarise_event"]

MAX_LISTED = 1000
"""Members that an event lists."""
_TIMES = ("second", "minute", "hour", "day", "month", "year")
_PLACES = ("point", "port", "city", "locality", "municipality", "county", "office", "sector", "state", "country")


def summarise_event(records: Sequence[ComparisonRecord], version: int = 0) -> EventDocument:
    """The document of an event: one live record of a single incident, or more."""
    ordered = sorted(records, key=official_first) if len(records) > 1 else records
    origins = find_origins(ordered)
    members = sorted(map(name_report, records), key=lambda one: one["id"])
    document: EventDocument = {
        "id": members[0]["id"],
        "version": version,
        "state": "live",
        "members": members[:MAX_LISTED],
        "member_count": len(members),
        "agencies": sorted({one["agency"] for one in members}),
        "origins": len(origins),
        "only_news": all(record["kind"] == "news" for record in ordered),
        "goods": settle_amounts(ordered),
        "exercise": ordered[0].get("exercise", False),
        "grade": grade_origins(origins),
        "handling": combine_handling(ordered),
        "caution": CAUTION,
    }
    if (when := most_exact_time(ordered)) is not None:
        document["span"] = when
        document["day"] = local_day(when["start"], when["zone"])
    if (place := most_exact_place(ordered)) is not None:
        document["place"] = place
    if areas := _areas(ordered):
        document["areas"] = areas
    for record in ordered:
        if "flow" in record:
            document["flow"] = record["flow"]
            break
    return document


def gone_event(report: str, version: int, redirect_to: str | None) -> EventDocument:
    """The document of a report that is no event's id: it leads to the event in which it is told of, or nowhere."""
    if redirect_to is None:
        return {"id": report, "version": version, "state": "withdrawn"}
    return {"id": report, "version": version, "state": "merged", "redirect_to": redirect_to}


def most_exact_time(ordered: Sequence[ComparisonRecord]) -> Span | None:
    """The most exact time that agencies tell, else news; of equally exact ones the first record's."""
    if len(ordered) == 1:  # as nearly all are
        return ordered[0].get("when")
    timed = [record for record in ordered if "when" in record]
    if not timed:
        return None
    return min(timed, key=lambda one: (one["kind"] == "news", _TIMES.index(one["when"]["precision"])))["when"]


def most_exact_place(ordered: Sequence[ComparisonRecord]) -> ComparedPlace | None:
    """The most exact place that agencies tell, else news; of equally exact ones the first record's."""
    if len(ordered) == 1:
        return ordered[0].get("place")
    placed = [record for record in ordered if "place" in record]
    if not placed:
        return None
    return min(placed, key=lambda one: (one["kind"] == "news", _fineness(one["place"])))["place"]


def _fineness(place: ComparedPlace) -> int:
    return _PLACES.index(place["kind"]) if place["kind"] in _PLACES else len(_PLACES)


def _areas(records: Sequence[ComparisonRecord]) -> list[str]:
    """Where it was: the areas of the records' own places, or, if none has one, those that news texts name."""
    own = {area for record in records if "place" in record and (area := area_of(record["place"])) is not None}
    return sorted(own or {area for record in records for area in record.get("told_places", ())})[:MAX_LISTED]

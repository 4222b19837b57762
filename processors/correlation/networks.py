"""The members of a network -> its summary. Pure, and a function of the set of members."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from processors.correlation.keys import LINKING_KINDS, identifier_key
from processors.correlation.marks import combine_grade, combine_handling, name_report
from processors.reference.zones import find_zone
from streams.facts import ComparedPlace, ComparisonRecord
from streams.links import CAUTION, GoodsTotal, NetworkCounts, NetworkDocument, SharedIdentifier
from streams.reports import Commodity, IdentifierKind, ItemFacts

__all__ = ["MAX_LISTED", "gone_network", "summarise_network"]

MAX_LISTED = 1000
"""Members, identifiers and places that a network lists: about 300 kB, far from the limit of a record (8 MiB)."""


def summarise_network(
    members: Sequence[ComparisonRecord], link_count: int, is_hub: Callable[[str], bool], version: int = 0
) -> NetworkDocument:
    """The document of a network of live records, two at least; `is_hub` tells of a key whether too many live
    reports are filed under it.

    Sums hold what reports of single incidents say, so that no period total is added to the loads it counts.
    """
    ordered = sorted(members, key=lambda record: record["id"])
    identifiers = _shared_identifiers(ordered, is_hub)
    incidents = [item for one in ordered if one.get("count_basis") == "incident" for item in one.get("items", ())]
    places = _distinct_places(ordered)
    document: NetworkDocument = {
        "id": ordered[0]["id"],
        "version": version,
        "state": "live",
        "members": [name_report(record) for record in ordered[:MAX_LISTED]],
        "member_count": len(ordered),
        "oversized": len(ordered) > MAX_LISTED,
        "link_count": link_count,
        "identifiers": identifiers[:MAX_LISTED],
        "identifier_count": len(identifiers),
        "agencies": sorted({record["agency"] for record in ordered}),
        "places": places[:MAX_LISTED],
        "goods": _sum_goods(incidents),
        "counts": _count_pieces(incidents),
        "counted": "per_report",
        "exercise": any(record.get("exercise", False) for record in ordered),
        "grade": combine_grade(ordered),
        "handling": combine_handling(ordered),
        "caution": CAUTION,
    }
    spans = [record["when"] for record in ordered if "when" in record]
    if spans:
        document["first"] = min(span["start"] for span in spans)
        document["last"] = max(span["end"] for span in spans)
        document["first_day"] = min(_local_day(span["start"], span["zone"]) for span in spans)
        document["last_day"] = max(_local_day(span["end"], span["zone"], exclusive=True) for span in spans)
    return document


def gone_network(network: str, version: int, redirect_to: str | None) -> NetworkDocument:
    """The document of an id that is no network's any more: it leads to the one its report is in, or nowhere."""
    if redirect_to is None:
        return {"id": network, "version": version, "state": "withdrawn"}
    return {"id": network, "version": version, "state": "merged", "redirect_to": redirect_to}


# Cached, for a network is summed up again at each report that joins it.
@lru_cache(maxsize=65_536)
def _local_day(moment: str, zone: str, *, exclusive: bool = False) -> str:
    """The calendar date in the zone, of the last instant before the moment if that is exclusive; UTC if it has none."""
    instant = datetime.fromisoformat(moment) - timedelta(milliseconds=1 if exclusive else 0)
    return instant.astimezone(find_zone(zone) or UTC).date().isoformat()


def _shared_identifiers(members: Sequence[ComparisonRecord], is_hub: Callable[[str], bool]) -> list[SharedIdentifier]:
    carriers: Counter[tuple[bool, IdentifierKind, str]] = Counter()
    for record in members:
        exercise = record.get("exercise", False)
        carriers.update(
            (exercise, *of)
            for of in {(one["kind"], one["value"]) for one in record.get("identifiers", ())}
            if of[0] in LINKING_KINDS
        )
    shared: list[SharedIdentifier] = [
        {"kind": kind, "value": value, "reports": count}
        for (exercise, kind, value), count in carriers.items()
        if count > 1 and not is_hub(identifier_key(exercise, kind, value))
    ]
    return sorted(shared, key=lambda one: (-one["reports"], one["kind"], one["value"]))


def _distinct_places(members: Sequence[ComparisonRecord]) -> list[ComparedPlace]:
    places: dict[tuple[str, str, str, str], ComparedPlace] = {}
    for record in members:
        place = record.get("place")
        if place is not None and "name" in place:
            at = (place["name"], place["kind"], place.get("country", ""), place.get("state", ""))
            places.setdefault(at, place)
    return [places[at] for at in sorted(places)]


def _sum_goods(items: Sequence[ItemFacts]) -> list[GoodsTotal]:
    masses: dict[Commodity, list[float]] = {}
    for item in items:
        if "mass_kg" in item:
            masses.setdefault(item["commodity"], []).append(item["mass_kg"])
    # `fsum` is exact, so that the order of the members can't move the last digit.
    return [{"commodity": name, "mass_kg": round(math.fsum(masses[name]), 6)} for name in sorted(masses)]


def _count_pieces(items: Sequence[ItemFacts]) -> NetworkCounts:
    def count(fits: Callable[[ItemFacts], bool]) -> int:
        return round(math.fsum(item["count"] for item in items if "count" in item and fits(item)))

    return {
        "firearms": count(lambda item: item["commodity"] == "firearm" and item.get("count_unit") == "unit"),
        "rounds": count(lambda item: item.get("count_unit") == "round"),
        "pills": count(lambda item: item.get("count_unit") == "pill"),
    }

"""The members of a network -> its summary. Pure, and a function of the set of members."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from processors.correlation.bridges import MAX_BRIDGES, is_oversized
from processors.correlation.dossiers import list_firearms, list_marks, list_people, list_phones, list_vehicles
from processors.correlation.keys import identifier_key
from processors.correlation.marks import combine_marks, weakest_grade
from processors.correlation.members import Member, PlaceName
from processors.correlation.timelines import count_pieces, sum_goods, tell_happenings
from streams.dossiers import NetworkBridge
from streams.facts import ComparedPlace, ComparisonRecord
from streams.links import CAUTION, NetworkDocument, SharedIdentifier

__all__ = ["MAX_LISTED", "gone_network", "summarise_network"]

MAX_LISTED = 1000
"""Members, identifiers and places that a network lists: about 300 kB, far from the limit of a record (8 MiB)."""


def summarise_network(
    members: Sequence[Member],
    link_count: int,
    is_hub: Callable[[str], bool],
    version: int = 0,
    *,
    read: Callable[[str], ComparisonRecord],
    event_of: Mapping[str, str] | None = None,
    bridges: Sequence[NetworkBridge] = (),
) -> NetworkDocument:
    """The document of a network of live records, two at least; `is_hub` tells of a key whether too many live
    reports are filed under it.

    `event_of` gives the event of each report that is told of together with others (`tell_happenings`), of which `read`
    gives the records. `bridges` are the network's weakest ones, if it is oversized. Sums hold what records of single
    incidents say, so that no period total is added to the loads it counts, and each event once.
    """
    ordered = sorted(members, key=lambda member: member.named["id"])
    identifiers = _shared_identifiers(ordered, is_hub)
    places = _distinct_places(ordered)
    happenings = tell_happenings(ordered, event_of or {}, read)
    people, vehicles, firearms = list_people(ordered), list_vehicles(ordered), list_firearms(ordered)
    phones, marks = list_phones(ordered, is_hub), list_marks(ordered)
    document: NetworkDocument = {
        "id": ordered[0].named["id"],
        "version": version,
        "state": "live",
        "members": [member.named for member in ordered[:MAX_LISTED]],
        "member_count": len(ordered),
        "oversized": is_oversized(len(ordered)),
        "link_count": link_count,
        "identifiers": identifiers[:MAX_LISTED],
        "identifier_count": len(identifiers),
        "agencies": sorted({member.named["agency"] for member in ordered}),
        "places": places[:MAX_LISTED],
        "goods": sum_goods(happenings),
        "counts": count_pieces(happenings),
        "counted": "per_event",
        "timeline": [happening.entry for happening in happenings[:MAX_LISTED]],
        "timeline_count": len(happenings),
        "people": people[:MAX_LISTED],
        "people_count": len(people),
        "vehicles": vehicles[:MAX_LISTED],
        "vehicle_count": len(vehicles),
        "firearms": firearms[:MAX_LISTED],
        "firearm_count": len(firearms),
        "phones": phones[:MAX_LISTED],
        "phone_count": len(phones),
        "marks": marks[:MAX_LISTED],
        "mark_count": len(marks),
        "exercise": any(member.exercise for member in ordered),
        "grade": weakest_grade([happening.grade for happening in happenings]),
        "handling": combine_marks(member.mark for member in ordered),
        "caution": CAUTION,
    }
    if document["oversized"]:
        document["bridges"] = list(bridges[:MAX_BRIDGES])
        document["bridge_count"] = len(bridges)
    times = [member.times for member in ordered if member.times is not None]
    if times:
        document["first"] = min(one.start for one in times)
        document["last"] = max(one.end for one in times)
        document["first_day"] = min(one.first_day for one in times)
        document["last_day"] = max(one.last_day for one in times)
    return document


def gone_network(network: str, version: int, redirect_to: str | None) -> NetworkDocument:
    """The document of an id that is no network's any more: it leads to the one its report is in, or nowhere."""
    if redirect_to is None:
        return {"id": network, "version": version, "state": "withdrawn"}
    return {"id": network, "version": version, "state": "merged", "redirect_to": redirect_to}


def _shared_identifiers(members: Sequence[Member], is_hub: Callable[[str], bool]) -> list[SharedIdentifier]:
    carriers = Counter(chain.from_iterable(member.numbers for member in members))
    shared: list[SharedIdentifier] = [
        {"kind": kind, "value": value, "reports": count}
        for (exercise, kind, value), count in carriers.items()
        if count > 1 and not is_hub(identifier_key(exercise, kind, value))
    ]
    return sorted(shared, key=lambda one: (-one["reports"], one["kind"], one["value"]))


def _distinct_places(members: Sequence[Member]) -> list[ComparedPlace]:
    places: dict[PlaceName, ComparedPlace] = {}
    for member in members:
        if member.place is not None:
            places.setdefault(*member.place)
    return [places[name] for name in sorted(places)]

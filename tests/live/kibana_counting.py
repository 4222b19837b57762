"""What each panel of the dashboard should say, counted in Python from the records themselves.

Keys are the buckets from the outside, months as YYYY-MM; figures are those of the panel's metrics.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from deploy.kibana.queries import MISSING
from streams.reports import EnrichedReport
from tests.live.kibana_world import World

__all__ = ["EXPECTED", "Answer", "seizures", "shown"]

Answer = dict[tuple[str, ...], tuple[float, ...]]


def middle(report: EnrichedReport) -> datetime:
    """The middle of the reported time."""
    start, end = (datetime.fromisoformat(report["facts"]["when"][side]) for side in ("start", "end"))
    moment: datetime = start + (end - start) / 2
    return moment


def shown(records: Iterable[Any], exercises: bool) -> list[Any]:
    """Those that the dashboard's filter lets through."""
    return [record for record in records if exercises or not record.get("exercise", False)]


def monthly(report: EnrichedReport) -> bool:
    """Whether its figures are totals of one month."""
    facts = report["facts"]
    return facts["count_basis"] == "period_total" and facts["when"]["precision"] == "month"


def incident(report: EnrichedReport) -> bool:
    """Whether it tells of one incident."""
    return report["facts"]["count_basis"] == "incident"


def seizures(world: World, exercises: bool) -> list[EnrichedReport]:
    """Seizure reports of incidents."""
    return [one for one in shown(world.reports, exercises) if one["kind"] == "seizure" and incident(one)]


def add(pairs: Iterable[tuple[tuple[str, ...], float]]) -> Answer:
    """The sum of the figures of each key."""
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for key, figure in pairs:
        sums[key] += figure
    return {key: (figure,) for key, figure in sums.items()}


def masses(
    world: World, exercises: bool, key: Callable[[EnrichedReport, Any], tuple[str, ...]], *commodities: str
) -> Answer:
    """Kilograms in monthly totals."""
    return add(
        (key(report, item), item.get("mass_kg", 0.0))
        for report in shown(world.reports, exercises)
        if monthly(report)
        for item in report["facts"]["items"]
        if not commodities or item["commodity"] in commodities
    )


def pieces(
    world: World, exercises: bool, commodity: str, unit: str, flow: str | None, key: Callable[[EnrichedReport], Any]
) -> Answer:
    """Pieces in incidents."""
    return add(
        (key(report), item["count"])
        for report in shown(world.reports, exercises)
        if incident(report) and flow in {None, report["facts"].get("flow")}
        for item in report["facts"]["items"]
        if item["commodity"] == commodity and item.get("count_unit") == unit
    )


def place_of(report: EnrichedReport, field: str) -> str:
    """A part of its place, as the panel names what is missing."""
    return str(report["facts"].get("place", {}).get(field, MISSING))


def month_of(report: EnrichedReport) -> str:
    """Its month."""
    return middle(report).strftime("%Y-%m")


def top_places(world: World, exercises: bool) -> Answer:
    """Reports and agencies of each place; a name is withheld where the index withholds it."""
    places: dict[str, list[str]] = defaultdict(list)
    for report in seizures(world, exercises):
        if report["facts"].get("place", {}).get("kind") not in {None, "unresolved", "point"}:
            places[place_of(report, "name")].append(report["agency"])
    return {(name,): (len(agencies), len(set(agencies))) for name, agencies in places.items()}


def linked_agencies(world: World, exercises: bool) -> Answer:
    """Links and their highest score by pair of agencies."""
    scores: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for link in shown(world.links, exercises):
        pair = sorted(report["agency"] for report in link["reports"])
        if pair[0] != pair[1]:
            scores[(" + ".join(pair),)].append(link["score"])
    return {pair: (len(found), max(found)) for pair, found in scores.items()}


EXPECTED: dict[str, Callable[[World, bool], Answer]] = {
    "incidents": lambda world, exercises: {(): (len(seizures(world, exercises)),)},
    "fentanyl-kg": lambda world, exercises: masses(world, exercises, lambda *_: (), "fentanyl"),
    "firearms-southbound": lambda world, exercises: pieces(
        world, exercises, "firearm", "unit", "southbound", lambda _: ()
    ),
    "networks": lambda world, exercises: {(): (len(shown(world.networks, exercises)),)},
    "fentanyl-by-month-and-region": lambda world, exercises: masses(
        world, exercises, lambda report, _: (place_of(report, "region"), month_of(report)), "fentanyl"
    ),
    "fentanyl-by-month-and-corridor": lambda world, exercises: pieces(
        world, exercises, "fentanyl", "pill", None, lambda report: (place_of(report, "corridor"), month_of(report))
    ),
    "seizures-by-month-and-commodity": lambda world, exercises: add(
        ((commodity, month_of(report)), 1)
        for report in seizures(world, exercises)
        for commodity in {item["commodity"] for item in report["facts"]["items"]}
    ),
    "drugs-by-month": lambda world, exercises: masses(
        world, exercises, lambda report, item: (item["commodity"], month_of(report))
    ),
    "firearms-southbound-by-corridor": lambda world, exercises: pieces(
        world, exercises, "firearm", "unit", "southbound", lambda report: (place_of(report, "corridor"),)
    ),
    "top-places": top_places,
    "linked-agencies": linked_agencies,
    "standing-alerts": lambda world, exercises: add(
        ((alert["subscriber"], alert["subscription"]), 1)
        for alert in shown(world.alerts, exercises)
        if alert["state"] == "standing"
    ),
    "open-dead-letters": lambda world, _: add(
        ((letter["agency"], reason["code"]), 1)
        for letter in world.letters
        if letter["state"] == "open"
        for reason in letter["reasons"]
    ),
}

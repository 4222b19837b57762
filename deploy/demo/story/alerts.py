"""Who must be alerted of what in the end, reckoned from the story's books; `demo/subscriptions.yaml` asks for it.

Each line says in the story's own terms what a subscription waits for: what a report's author marked or wrote, never
what the platform makes of it.
"""

from collections.abc import Callable, Iterable

from deploy.demo.story.guns import DOCKET as PURCHASE_DOCKET
from deploy.demo.story.guns import PISTOL_HIDALGO, PISTOL_REYNOSA, PISTOL_SAN_FERNANDO
from deploy.demo.story.ledger import Published
from deploy.demo.story.marks import Json
from deploy.demo.story.pills import NISSAN
from deploy.demo.story.smuggling import GUIDE

__all__ = ["expect_alerts"]

Test = Callable[[Published], bool]
_KILOGRAMS = {"kg": 1.0, "lb": 0.45359237, "g": 0.001}
_PILLS = frozenset({"pills", "pastillas"})
_ROUNDS = frozenset({"rounds", "cartuchos"})


def _carries(kind: str, *values: str) -> Test:
    return lambda event: any(found.kind == kind and found.normal in values for found in event.marks())


def _sum(event: Published, fits: Callable[[Json, str], float]) -> float:
    """Over the items of a single incident; `fits` gives the factor of an item in its written unit, 0 if it is out."""
    if event.event.get("count_basis", "incident") != "incident":
        return 0.0
    items = [item for item in event.event.get("items", []) if "quantity" in item]
    return float(sum(item["quantity"]["value"] * fits(item, item["quantity"]["unit"]) for item in items))


def _pills_at_laredo(event: Published) -> bool:
    pills = _sum(event, lambda item, unit: unit in _PILLS and item.get("name") in {"Fentanyl", "fentanilo"})
    place = event.event.get("place", {})
    twins = {place.get(part) for part in ("port_of_entry", "municipality", "locality")} & {"Laredo", "Nuevo Laredo"}
    return bool(twins) and pills >= 1000


def _half_a_tonne(event: Published) -> bool:
    named = {"metanfetamina", "methamphetamine"}
    return _sum(event, lambda item, unit: _KILOGRAMS.get(unit, 0.0) * (str(item.get("name")).lower() in named)) >= 500


def _thousand_rounds(event: Published) -> bool:
    return _sum(event, lambda item, unit: item["kind"] == "ammunition" and unit in _ROUNDS) >= 1000


def _of_purchase_case(event: Published) -> bool:
    return event.kind == "case" and _carries("docket", PURCHASE_DOCKET)(event)


_REPORTS: tuple[tuple[str, str, Test], ...] = (
    ("laredo-desk", "pills-at-laredo", _pills_at_laredo),
    ("laredo-desk", "meth-by-the-tonne", _half_a_tonne),
    ("laredo-desk", "red-versa", _carries("plate", NISSAN)),
    (
        "southbound-guns",
        "ejemplar-pistols",
        _carries("serial", PISTOL_HIDALGO, PISTOL_REYNOSA, PISTOL_SAN_FERNANDO),
    ),
    ("southbound-guns", "much-ammunition", _thousand_rounds),
    ("southbound-guns", "straw-purchase-case", _of_purchase_case),
)
_ARMED = frozenset({"Armas al sur / Southbound guns", "Célula Reynosa-Laredo"})
"""Networks with guns and reports in the twin cities of the bridges at Hidalgo and Brownsville."""


def expect_alerts(live: Iterable[Published], networks: Iterable[Json]) -> list[Json]:
    """The alerts that stand in the end: subscriber, subscription, and the report or the network's name."""
    reports = sorted(live, key=lambda event: event.key)
    found = [
        _alert(subscriber, subscription, {"agency": event.agency, "report_id": event.event["report_id"]})
        for subscriber, subscription, is_wanted in _REPORTS
        for event in reports
        if is_wanted(event)
    ]
    for network in networks:
        subject = {"network": network["name"]}
        if len(network["members"]) >= 5:
            found.append(_alert("analysis-desk", "growing-networks", subject))
        if ("phone", GUIDE.e164) in {(one["kind"], one["normalised"]) for one in network["identifiers"]}:
            found.append(_alert("analysis-desk", "guide-phone", subject))
        if network["name"] in _ARMED:
            found.append(_alert("southbound-guns", "armed-networks", subject))
    return found


def _alert(subscriber: str, subscription: str, subject: Json) -> Json:
    return {"subscriber": subscriber, "subscription": subscription, "subject": subject}

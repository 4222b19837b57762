"""From a link, a network or an alert to its document. Pure functions.

`_id` is the record's `id` and its `version` is the external one. What is withdrawn or merged stays as `live: false`:
the read alias hides it from searches, and reading by id still tells what became of it. Nothing else of it is kept.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast, get_type_hints

from streams.alerts import AlertDocument
from streams.events import EventDocument
from streams.links import LinkDocument, NetworkDocument

__all__ = ["Document", "alert_document", "begin_document", "distinct", "link_document", "network_document"]

Document = dict[str, Any]

_LIVE = {"live": True, "standing": True, "merged": False, "withdrawn": False}
# The sets of the contracts: a field that a later writer adds is for a later mapping.
_LINK, _NETWORK, _ALERT = (tuple(get_type_hints(kind)) for kind in (LinkDocument, NetworkDocument, AlertDocument))
_GONE_LINK = ("id", "version", "state", "left", "right")
_GONE_NETWORK = ("id", "version", "state", "redirect_to")
_GONE_ALERT = ("id", "version", "state", "change", "view", "subscriber", "subscription", "subject")


def link_document(link: LinkDocument, written: str) -> Document:
    """The document of a link; `written` is when the broker took in this version (RFC 3339)."""
    document, live = begin_document(link, _LINK, _GONE_LINK, written)
    if not live:
        return document
    reports, reasons = link.get("reports", []), link.get("reasons", [])
    document |= _identified((reason.get("kind"), reason.get("value")) for reason in reasons)
    document["features"] = distinct(reason["feature"] for reason in reasons)
    if judged := link.get("judged"):
        document |= {
            "disputed": judged["disputed"],
            "awaiting_second": judged["awaiting_second"],
            "judges": distinct(one["judge"] for one in judged["judgements"]),
        }
        if "verdict" in judged:
            document["verdict"] = judged["verdict"]
    if reports:
        agencies = sorted(report["agency"] for report in reports)
        document |= {
            "agencies": distinct(agencies),
            "report_ids": distinct(report["report_id"] for report in reports),
            "report_kinds": distinct(report["kind"] for report in reports),
            "agency_pair": " + ".join(agencies),
            "cross_agency": len(set(agencies)) > 1,
        }
    return document


def network_document(network: NetworkDocument, written: str) -> Document:
    """The document of a network; `written` as for a link. Sums get a field for each commodity."""
    document, live = begin_document(network, _NETWORK, _GONE_NETWORK, written)
    if not live:
        return document
    members = network.get("members", [])
    goods, counts = network.get("goods", []), network.get("counts")
    document |= _identified((one["kind"], one["value"]) for one in network.get("identifiers", []))
    document |= {
        "member_ids": [member["id"] for member in members],
        "report_ids": distinct(member["report_id"] for member in members),
        "report_kinds": distinct(member["kind"] for member in members),
        "agency_count": len(network.get("agencies", [])),
        "goods_kg": {one["commodity"]: one["mass_kg"] for one in goods},
        "commodities": distinct([*(one["commodity"] for one in goods), *_counted(counts or {})]),
        "event_ids": distinct(one["event"] for one in network.get("timeline", []) if "event" in one),
        "person_names": distinct(name for one in network.get("people", []) for name in one["names"]),
        "press_marks": distinct(one["value"] for one in network.get("marks", [])),
    }
    if "first" in network and "last" in network:
        first, last = network["first"], network["last"]
        document |= {"when": first, "when_end": last}
        days = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() / 86_400
        if days > 0:
            document |= {"when_range": {"gte": first, "lt": last}, "days": round(days, 3)}
    return document


def alert_document(alert: AlertDocument, written: str) -> Document:
    """The document of an alert; `written` as for a link: for a reader, when the alert came out."""
    document, live = begin_document(alert, _ALERT, _GONE_ALERT, written)
    if not live:
        return document
    reasons = alert.get("reasons", [])
    document |= _identified((reason.get("identifier_kind"), reason["value"]) for reason in reasons)
    document["conditions"] = distinct(reason["condition"] for reason in reasons)
    return document


def begin_document(
    record: Mapping[str, Any] | LinkDocument | NetworkDocument | EventDocument | AlertDocument,
    fields: tuple[str, ...],
    gone: tuple[str, ...],
    written: str,
) -> tuple[Document, bool]:
    """What all kinds begin with, and whether there is more to say: `fields` of a live record, `gone` of another."""
    tree = cast(Mapping[str, Any], record)
    live = _LIVE[tree["state"]]
    document: Document = {name: tree[name] for name in (fields if live else gone) if name in tree}
    document |= {"live": live, "written": written}
    if live:
        if grade := tree.get("grade"):
            document |= {"reliability": grade["reliability"], "credibility": grade["credibility"]}
        if handling := tree.get("handling"):
            document |= {"tlp": handling["tlp"], "releasable_to": handling["releasable_to"]}
    return document, live


def _identified(pairs: Iterable[tuple[str | None, str | None]]) -> Document:
    """Identifiers to search and to count by; a value without a kind is no identifier."""
    found = {(kind, value) for kind, value in pairs if kind and value}
    return {
        "identifier_kinds": distinct(kind for kind, _ in found),
        "identifier_values": distinct(value for _, value in found),
    }


def _counted(counts: Mapping[str, Any]) -> Iterable[str]:
    """The commodities that are known by their pieces alone; whose pills they are, the sums don't say."""
    if counts.get("firearms"):
        yield "firearm"
    if counts.get("rounds"):
        yield "ammunition"


def distinct(values: Iterable[str]) -> list[str]:
    """Each value once, sorted."""
    return sorted(set(values))

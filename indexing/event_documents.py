"""From an event to its document. Pure functions; id, version and what is gone as in `indexing.derived_documents`."""

from typing import Any, get_type_hints

from indexing.derived_documents import Document, begin_document, distinct
from streams.dossiers import EventAmount
from streams.events import EventDocument

__all__ = ["event_document"]

# The set of the contract: a field that a later writer adds is for a later mapping.
_EVENT = tuple(get_type_hints(EventDocument))
_GONE = ("id", "version", "state", "redirect_to")


def event_document(event: EventDocument, written: str) -> Document:
    """The document of an event; `written` is when the broker took in this version (RFC 3339).

    Masses get a field for each commodity, what only news tell apart from the others.
    """
    document, live = begin_document(event, _EVENT, _GONE, written)
    if not live:
        return document
    members, goods = event.get("members", []), event.get("goods", [])
    document |= {
        "member_ids": [member["id"] for member in members],
        "report_ids": distinct(member["report_id"] for member in members),
        "report_kinds": distinct(member["kind"] for member in members),
        "agency_count": len(event.get("agencies", [])),
        "commodities": distinct(one["commodity"] for one in goods),
        "goods_kg": _masses(goods, only_news=False),
        "news_kg": _masses(goods, only_news=True),
        "counts": _count_pieces(goods),
    }
    if (span := event.get("span")) is not None:
        document |= {"when": span["start"], "when_end": span["end"], "when_precision": span["precision"]}
        if span["start"] < span["end"]:
            document["when_range"] = {"gte": span["start"], "lt": span["end"]}
    return document


def _masses(goods: list[EventAmount], *, only_news: bool) -> dict[str, float]:
    return {
        one["commodity"]: one["value"]
        for one in goods
        if one["measure"] == "mass_kg" and one.get("only_news", False) is only_news
    }


def _count_pieces(goods: list[EventAmount]) -> dict[str, int]:
    counts: dict[str, Any] = {"firearms": 0, "rounds": 0, "pills": 0}
    named = {"round": "rounds", "pill": "pills"}
    for one in goods:
        if one["measure"] != "count" or one.get("only_news"):
            continue
        name = (
            "firearms" if (one["commodity"], one.get("unit")) == ("firearm", "unit") else named.get(one.get("unit", ""))
        )
        if name is not None:
            counts[name] += round(one["value"])
    return counts

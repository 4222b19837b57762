"""Enrichers of direction, mode and flow."""

from processors.enrichment.draft import Draft, Finding, finding
from streams.contracts import SeizureReport

__all__ = ["enrich_direction", "enrich_flow", "enrich_mode"]

_BY_LAND = frozenset({"land", "rail", "pedestrian"})
_INTO = {"US": "northbound", "MX": "southbound"}
"""Which way across their common border leads into a country."""


def enrich_mode(draft: Draft) -> list[Finding]:
    """The mode of transport, from the record's own word for it; a word that is not known stays unknown."""
    if not isinstance(draft.event, SeizureReport) or draft.event.mode is None:
        return []
    words = draft.reference.modes
    mode = words.read(draft.event.mode)
    return [finding(("mode",), mode or "unknown", ("mode",), "word" if mode else "unknown_word", words.source)]


def enrich_direction(draft: Draft) -> list[Finding]:
    """Inbound or outbound as its publisher sees it, into or out of the publisher's own country, from the record's word
    for it; northbound and southbound are read so only at the southwest border, elsewhere they are a point of the
    compass; a word that is not known stays unknown.
    """
    if not isinstance(draft.event, SeizureReport) or draft.event.direction is None:
        return []
    words = draft.reference.directions
    word = words.read(draft.event.direction)
    fields: tuple[str, ...] = ("direction",)
    how = "word" if word else "unknown_word"
    if word in {"northbound", "southbound"}:
        how = "compass_elsewhere"
        fields = ("direction",) if draft.event.place is None else ("direction", "place")
        if _at_border(draft):
            how = "compass_at_border"
            word = "inbound" if word == _INTO[draft.agency.country] else "outbound"
        else:
            word = None
    return [finding(("direction",), word or "unknown", fields, how, words.source)]


def enrich_flow(draft: Draft) -> list[Finding]:
    """Southbound is out of the United States (or into Mexico) by land at an office or port of the southwest border,
    northbound the other way; by sea, by air, elsewhere or without a direction there is none.
    """
    facts = draft.facts
    if facts["direction"] == "unknown" or facts["mode"] not in _BY_LAND or not _at_border(draft):
        return []
    into = _INTO[draft.agency.country]
    out = "southbound" if into == "northbound" else "northbound"
    flow = into if facts["direction"] == "inbound" else out
    return [finding(("flow",), flow, ("direction", "mode", "place"), "land_border")]


def _at_border(draft: Draft) -> bool:
    place = draft.facts.get("place")
    return place is not None and place.get("region") == "southwest_border"

"""What the index holds of the facts that enrichment read from texts. Apart from the facts of fields, in names too."""

from typing import Any, get_args

from indexing.fields import AMOUNT, COUNT, KEYWORD, NUMBER, STORED, strict_object
from streams.reports import EnrichedReport
from streams.text_facts import MentionCommodity

__all__ = ["TEXT_FACT_FIELDS", "text_fact_fields"]

_AMOUNTS = strict_object(**dict.fromkeys(get_args(MentionCommodity), AMOUNT))

TEXT_FACT_FIELDS: dict[str, Any] = {
    "text_languages": KEYWORD,
    "text_commodities": KEYWORD,  # of every amount that a text tells of, totals over a period too
    "text_mass_kg": _AMOUNTS,  # by commodity; single seizures only, nothing twice within one report
    "text_pills": _AMOUNTS,
    "text_numbers": NUMBER,  # identifiers that stand only in a text; they link nothing
    "text_places": KEYWORD,  # codes of places that were told apart
    "text_substances": KEYWORD,
    "groups": KEYWORD,  # criminal organisations that a text names
    "watch_list": KEYWORD,  # entries of published lists that a name is like; on the name alone: possible
    "watch_hits": COUNT,
    "origin": KEYWORD,  # the release or wire agency that the text repeats
    "text_facts": STORED,
}


def text_fact_fields(report: EnrichedReport) -> dict[str, Any]:
    """Field -> value for one report; a field without a value is left out."""
    facts: dict[str, Any] = dict(report["facts"])
    read: dict[str, Any] = facts.get("text") or {}
    hits = [*facts.get("watch_list", ()), *read.get("watch_list", ())]
    totals: dict[str, dict[str, float]] = read.get("totals") or {}
    fields: dict[str, Any] = {
        "text_languages": _distinct(one["language"] for one in read.get("languages", ())),
        "text_commodities": _distinct(one["commodity"] for one in read.get("mentions", ())),
        "text_mass_kg": {name: amounts["mass_kg"] for name, amounts in totals.items() if "mass_kg" in amounts},
        "text_pills": {name: amounts["pills"] for name, amounts in totals.items() if "pills" in amounts},
        "text_numbers": _distinct(one["value"] for one in read.get("identifiers", ())),
        "text_places": _distinct(
            one["candidates"][0]["code"] for one in read.get("places", ()) if len(one["candidates"]) == 1
        ),
        "text_substances": _distinct(one["substance"] for one in read.get("substances", ()) if one.get("substance")),
        "groups": _distinct(one["id"] for one in read.get("organisations", ()) if one["kind"] == "criminal"),
        "watch_list": _distinct(f"{one['list_name']} {one['entry']}" for one in hits),
        "watch_hits": len(hits),
        "origin": read.get("origin"),
        "text_facts": read,
    }
    return {name: value for name, value in fields.items() if value}


def _distinct(values: Any) -> list[str]:
    return sorted(set(values))

"""A report held against what its other revisions protect: the most protective role over all of them wins."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import orjson

from processors.protection.events import TEXT_FIELDS, WITHHELD, mask_event, text_of
from processors.protection.keys import TOKEN, TokenKeys
from processors.protection.masking import mask_tree
from processors.protection.shields import Guard
from streams.protection import NAMED_BY_PUBLISHER, fold_words
from streams.reports import EnrichedReport, Facts, Shield

__all__ = ["hide_others", "may_name_people", "shields_of"]

_READ_FROM_TEXT = ("text", "watch_list")
"""Facts whose spans point into texts that have changed, or that hold names: dropped where anything was masked."""


def shields_of(report: EnrichedReport) -> Sequence[Shield]:
    """What gives away the people whom this revision, and those enriched before it, protect."""
    mark = report.get("protection")
    return mark.get("shields", []) if mark else []


def may_name_people(report: EnrichedReport) -> bool:
    """Whether another revision could protect somebody in this one: it lists people, or has a text."""
    event = report["event"]
    return bool(event.get("people")) or any(text_of(event, field) for field in TEXT_FIELDS)


def hide_others(report: EnrichedReport, shields: Iterable[Shield], keys: TokenKeys) -> EnrichedReport:
    """The report without the people whom `shields` of other revisions protect; the same object where none is in it.

    Where a shield was made by a key that is gone, everybody is taken for protected, and the texts are left out.
    """
    mark = report.get("protection")
    own = shields_of(report)
    # Another revision may know an alias or a number more of the same person.
    others = [shield for shield in shields if shield not in own]
    if not others:
        return report
    guard = Guard(keys, report["id"], others)
    event = report["event"]
    hidden = [guard.blind] * len(event.get("people") or ())
    withheld = dict.fromkeys((field for field in TEXT_FIELDS if text_of(event, field)), WITHHELD) if guard.blind else {}
    masked = mask_event(event, guard, hidden, withheld)
    facts = _mask_facts(report["facts"], guard)
    if masked is event and facts is report["facts"]:
        return report
    dropped = {name for name in _READ_FROM_TEXT if name in facts}
    # Counted in what stands there at the end, so that it doesn't depend on the order of the revisions.
    people = max(mark["people"] if mark else 0, _count_tokens(masked))
    return {
        **report,
        "event": masked,
        "facts": cast("Facts", {name: fact for name, fact in facts.items() if name not in dropped}),
        "provenance": [
            origin
            for origin in report["provenance"]
            if origin["fact"].partition("[")[0].partition(".")[0] not in dropped
        ],
        "protection": {"people": people, "texts": "withheld" if guard.blind else "tokenised"},
    }


def _count_tokens(event: dict[str, Any]) -> int:
    """Protected people of an event: tokens, and those who have none because nothing is known of them."""
    unnamed = sum(bool(person.get("protected")) and "name" not in person for person in event.get("people") or ())
    return unnamed + len(set(TOKEN.findall(orjson.dumps(event).decode())))


def _mask_facts(facts: Facts, guard: Guard) -> Facts:
    kept = facts.copy()
    identifiers = facts.get("identifiers", [])
    allowed = [
        one
        for one in identifiers
        if not (guard.blind and one["field"].startswith("people"))
        and guard.number("".join(fold_words(one["value"]))) is None
    ]
    if len(allowed) < len(identifiers):
        kept["identifiers"] = allowed
    place = facts.get("place")
    if place is not None and place["kind"] in NAMED_BY_PUBLISHER:
        kept["place"] = mask_tree(place, guard)
    items = mask_tree(facts["items"], guard)
    if items is not facts["items"]:
        kept["items"] = items
    unchanged = all(kept.get(name) is facts.get(name) for name in facts)
    return facts if unchanged else kept

"""A report held against what its other revisions protect: the most protective role over all of them wins."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

import orjson

from processors.protection.events import TEXT_FIELDS, WITHHELD, catch_people, mask_event, text_of
from processors.protection.free_fields import has_free_fields, withhold_free_fields
from processors.protection.keys import TOKEN, TokenKeys
from processors.protection.masking import mask_tree
from processors.protection.shields import Guard
from streams.protection import NAMED_BY_PUBLISHER, fold_words
from streams.reports import EnrichedReport, Facts, Shield

__all__ = ["caught_in", "hide_others", "may_name_people", "shields_of"]

_READ_FROM_TEXT = ("text", "watch_list")
"""Facts whose spans point into texts that have changed, or that hold names: dropped where anything was masked."""


def shields_of(report: EnrichedReport) -> Sequence[Shield]:
    """What gives away the people whom this revision, and those enriched before it, protect."""
    mark = report.get("protection")
    return mark.get("shields", []) if mark else []


def may_name_people(report: EnrichedReport) -> bool:
    """Whether another revision could protect somebody in this one: it lists people, or has a text or a free field."""
    event = report["event"]
    return bool(event.get("people")) or any(text_of(event, field) for field in TEXT_FIELDS) or has_free_fields(event)


def caught_in(report: EnrichedReport, shields: Sequence[Shield], keys: TokenKeys) -> list[Shield]:
    """The shields of people whom the report lists and `shields` of other revisions protect: of the names and numbers
    that only this revision knows.
    """
    if not shields or not report["event"].get("people"):
        return []
    people = report["event"]["people"]
    guard = Guard(keys, report["id"], shields)
    return catch_people(people, [bool(one.get("protected")) for one in people], guard, keys.current, report["id"])


def hide_others(report: EnrichedReport, shields: Iterable[Shield], keys: TokenKeys) -> EnrichedReport:
    """The report without the people whom `shields` of other revisions protect; the same object where none is in it.

    Whoever the report lists and one of them knows is hidden with all that the report knows of them. Where a shield was
    made by a key that is gone, everybody is taken for protected, and the texts and free fields are left out.
    """
    mark = report.get("protection")
    own = shields_of(report)
    # Another revision may know an alias or a number more of the same person.
    others = [shield for shield in shields if shield not in own]
    if not others:
        return report
    guard = Guard(keys, report["id"], others)
    event = report["event"]
    people: list[dict[str, Any]] = event.get("people") or []
    hidden = [guard.blind] * len(people)
    catch_people(people, hidden, guard, keys.current, report["id"])
    withheld = dict.fromkeys((field for field in TEXT_FIELDS if text_of(event, field)), WITHHELD) if guard.blind else {}
    masked = mask_event(event, guard, hidden, withheld)
    if guard.blind:
        masked = withhold_free_fields(masked)
    facts = _mask_facts(report["facts"], guard, {f"people[{at}]" for at, hide in enumerate(hidden) if hide})
    if masked is event and facts is report["facts"]:
        return report
    dropped = {name for name in _READ_FROM_TEXT if name in facts}
    # Counted in what stands there at the end, so that it doesn't depend on the order of the revisions.
    people_hidden = max(mark["people"] if mark else 0, _count_tokens(masked))
    is_withheld = guard.blind or (mark is not None and mark["texts"] == "withheld")
    return {
        **report,
        "event": masked,
        "facts": cast("Facts", {name: fact for name, fact in facts.items() if name not in dropped}),
        "provenance": [
            origin
            for origin in report["provenance"]
            if origin["fact"].partition("[")[0].partition(".")[0] not in dropped
        ],
        "protection": {"people": people_hidden, "texts": "withheld" if is_withheld else "tokenised"},
    }


def _count_tokens(event: dict[str, Any]) -> int:
    """Protected people of an event: tokens, and those who have none because nothing is known of them."""
    unnamed = sum(bool(person.get("protected")) and "name" not in person for person in event.get("people") or ())
    return unnamed + len(set(TOKEN.findall(orjson.dumps(event).decode())))


def _mask_facts(facts: Facts, guard: Guard, hidden: Collection[str]) -> Facts:
    """The facts without what `guard` knows and those of the `hidden` people; if it is blind, only goods are left."""
    kept = facts.copy()
    identifiers = facts.get("identifiers", [])
    allowed = [
        one
        for one in identifiers
        if not (guard.blind and not one["field"].startswith("items"))
        and one["field"].partition(".")[0] not in hidden
        and guard.number("".join(fold_words(one["value"]))) is None
    ]
    if len(allowed) < len(identifiers):
        kept["identifiers"] = allowed
    place = facts.get("place")
    if place is not None and place["kind"] in NAMED_BY_PUBLISHER:
        kept["place"] = {**place, "name": WITHHELD} if guard.blind else mask_tree(place, guard)
    items = mask_tree(facts["items"], guard)
    if items is not facts["items"]:
        kept["items"] = items
    unchanged = all(kept.get(name) is facts.get(name) for name in facts)
    return facts if unchanged else kept

"""From an enriched report to its comparison record, and which of two versions of a report counts. Pure."""

import orjson

from processors.correlation.compared import compare_people, compare_texts, compare_vehicles, compare_words
from processors.reference.known_hubs import KnownHubs, default_known_hubs
from streams.facts import ComparedPlace, ComparisonRecord
from streams.protection import NAMED_BY_PUBLISHER
from streams.reports import EnrichedReport, IdentifierFacts, PlaceFacts

__all__ = ["MAX_IDENTIFIERS", "comparison_record", "encode_record", "supersedes"]

MAX_IDENTIFIERS = 256
"""Identifiers of one report that are compared, the first ones by kind and value: a list of 5,000 telephone numbers is
an evidence file, and links from it would say nothing."""


def comparison_record(report: EnrichedReport, hubs: KnownHubs | None = None) -> ComparisonRecord:
    """What correlation compares of a rendition; of a retraction only that there is none any more.

    It takes no free text, and of people only subjects who are under certified suspicion, charged or convicted. Numbers
    and marks that are known `hubs` (by default those of the reference data) are left out: they stay in the report,
    where they are found and counted, and link nothing.
    """
    hubs = hubs or default_known_hubs()
    record: ComparisonRecord = {
        "id": report["id"],
        "version": report["version"],
        "agency": report["agency"],
        "report_id": report["report_id"],
        "revision": report["revision"],
        "kind": report["kind"],
        "live": not report["retracted"],
        "received": report["received"],
    }
    if report["retracted"]:
        return record
    facts = report["facts"]
    record["exercise"] = report["exercise"]
    # The time of arrival is no time of the event: two copies of one event would differ in it.
    if "when" in facts and facts.get("when_of") != "received":
        record["when"] = facts["when"]
    if "flow" in facts:
        record["flow"] = facts["flow"]
    if "place" in facts:
        record["place"] = _summarise_place(facts["place"])
    record["count_basis"] = facts["count_basis"]
    record["items"] = facts["items"]
    identifiers = [one for one in facts.get("identifiers", ()) if not hubs.holds(one["kind"], one["value"])]
    record["identifiers"] = sorted(identifiers, key=_order)[:MAX_IDENTIFIERS]
    for part in (compare_people, compare_vehicles, compare_words, compare_texts):
        record.update(part(report))
    if "press_marks" in record:
        record["press_marks"] = [mark for mark in record["press_marks"] if not hubs.holds_mark(mark["value"])]
        if not record["press_marks"]:
            del record["press_marks"]
    record["grade"] = report["grade"]
    record["handling"] = report["handling"]
    return record


def _order(identifier: IdentifierFacts) -> tuple[str, str]:
    return identifier["kind"], identifier["value"]


def _summarise_place(place: PlaceFacts) -> ComparedPlace:
    summary: ComparedPlace = {"kind": place["kind"]}
    if place["kind"] not in NAMED_BY_PUBLISHER:
        summary["name"] = place["name"]
    if "country" in place:
        summary["country"] = place["country"]
    if "state" in place:
        summary["state"] = place["state"]
    if "location" in place:
        summary["location"] = place["location"]
    for name in ("corridor", "code", "municipality", "h3"):
        if name in place:
            summary[name] = place[name]
    return summary


def encode_record(record: ComparisonRecord) -> bytes:
    """The record's canonical bytes: equal records have equal bytes."""
    # A copy, for orjson leaves its whole buffer behind what it returns: 8 kB held in memory for 700 bytes.
    return bytes(memoryview(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)))


def supersedes(new: tuple[int, str, bytes], held: tuple[int, str, bytes]) -> bool:
    """Whether a record takes the place of the one held; both as (version, received, canonical bytes).

    The higher version does. One version twice is one event published twice, and the copy received first stays, so that
    the answer is the same in any order. The very same copy with other content was enriched or released anew: the last
    one counts, as in `processors.release.memory`.
    """
    if new[0] != held[0]:
        return new[0] > held[0]
    return new[1] < held[1] or (new[1] == held[1] and new[2] != held[2])

"""From an enriched report to its documents: the report, one document a seized item, and tombstones. Pure functions.

A document's `_id` is the report's `id`, an item's is `streams.identity.document_id(agency, report_id, ordinal)`; both
are written with the report's version as an external one, so that the order of arrival does not matter
(`indexing.protocol`).
"""

import unicodedata
from typing import Any, cast

from indexing.labels import COMMODITY_WORDS, MOVEMENT_WORDS, month_words
from indexing.text_fields import text_fact_fields
from indexing.texts import collect_details, collect_numbers, organisation_names, person_names
from streams.firearm_facts import FirearmFacts
from streams.identity import document_id
from streams.protection import NAMED_BY_PUBLISHER, Protection, protect_report
from streams.reports import STATE_RANK, DeadLetter, EnrichedReport, ItemFacts, Span

__all__ = [
    "dead_letter_document",
    "dead_letter_version",
    "item_documents",
    "item_slots",
    "item_tombstone",
    "report_document",
]

Document = dict[str, Any]

_ITEM_FACTS = (
    *("ordinal", "kind", "commodity", "substance", "mass_kg", "volume_l", "count", "count_unit"),
    *("amount", "currency", "area_ha", "approximate", "unit_unknown", "substance_candidates", "cas"),
)
_ITEM_FIELDS = ("name", "make", "model", "calibre", "form", "serial")
_COPIED = ("direction", "flow", "mode", "count_basis", "event_count")


def item_slots(report: EnrichedReport) -> int:
    """How many item ordinals this version uses: the highest one plus one, 0 for a retraction."""
    if report["retracted"]:
        return 0
    return max((item["ordinal"] + 1 for item in report["facts"]["items"]), default=0)


def report_document(report: EnrichedReport, slots: int) -> Document:
    """The document of a report; `slots` is what the protocol wants remembered as `item_slots`.

    A retraction's document is itself a tombstone: ids, version and `live: false`, no content.
    """
    document: Document = {
        "live": not report["retracted"],
        "id": report["id"],
        "version": report["version"],
        "revision": report["revision"],
        "agency": report["agency"],
        "report_id": report["report_id"],
        "kind": report["kind"],
        "retracted": report["retracted"],
        "received": report["received"],
        "item_slots": slots,
    }
    if report["retracted"]:
        return document
    event, facts = report["event"], report["facts"]
    people, protection = protect_report(report)
    mark = report.get("protection")
    document |= _shared(report, protection)
    document |= {
        "event_id": report["event_id"],
        "item_count": len(facts["items"]),
        "commodities": sorted({item["commodity"] for item in facts["items"]}),
        "substances": sorted({item["substance"] for item in facts["items"] if "substance" in item}),
        "items": [_stored_item(item, protection) for item in facts["items"]],
        "times": {name: _span(cast(Span, span)) for name, span in facts["times"].items()},
        "labels": _labels(report),
        "people": person_names(people),
        "organisations": organisation_names(event, protection),
        "protected_people": protection.count,
        "text_withheld": mark["texts"] == "withheld" if mark is not None else protection.count > 0,
        "grade_given_by": report["grade"]["given_by"],
        "rules": report["versions"]["rules"],
        "reference_data": report["versions"]["reference"],
        "provenance": report["provenance"],
        **collect_numbers(event, people, protection),
        **text_fact_fields(report),
    }
    if identifiers := _identifiers(report, protection):
        document["identifiers"] = identifiers
    if "time_to_crime" in facts:
        document["time_to_crime"] = facts["time_to_crime"]
    if report["kind"] == "case" and "kind" in event:
        document["case_kind"] = event["kind"]
    if "smuggling" in event:
        document["smuggling"] = {key: value for key, value in event["smuggling"].items() if isinstance(value, int)}
    if protection.count == 0:
        document |= _free_texts(report)
        document["event"] = event
    elif mark is not None and mark["texts"] == "tokenised":
        # Enrichment has read the texts and put tokens into them; the short fields beside them it can't read so surely.
        document |= {name: text for name, text in _free_texts(report).items() if name != "details"}
    return document


def _free_texts(report: EnrichedReport) -> Document:
    """What people wrote in their own words: only for records without protected people."""
    event = report["event"]
    texts: Document = {"details": [_nfc(text) for text in collect_details(event)]}
    narrative = event.get("narrative") or {}
    if text := narrative.get("text") or event.get("body"):
        texts["text"] = _nfc(text)
    if language := narrative.get("language") or event.get("language"):
        texts["language"] = language
    if title := event.get("title"):
        texts["title"] = _nfc(title)
    for field in ("outlet", "url"):
        if field in event:
            texts[field] = event[field]
    return texts


def item_documents(report: EnrichedReport) -> dict[int, Document]:
    """Ordinal -> document of each seized item; empty for a retraction. Sums over them use one `count_basis` only."""
    if report["retracted"] or not report["facts"]["items"]:
        return {}
    _, protection = protect_report(report)
    shared: Document = {
        "live": True,
        "version": report["version"],
        "revision": report["revision"],
        "agency": report["agency"],
        "report_id": report["report_id"],
        "report": report["id"],
        "report_kind": report["kind"],
        "received": report["received"],
        **_shared(report, protection),
    }
    written = report["event"].get("items") or ()
    documents: dict[int, Document] = {}
    for item in report["facts"]["items"]:
        ordinal = item["ordinal"]
        source = written[ordinal] if ordinal < len(written) else {}
        documents[ordinal] = {**shared, **_item(item, source, protection)}
    return documents


def _item(facts: ItemFacts, source: dict[str, Any], protection: Protection) -> Document:
    document: Document = {field: facts[field] for field in _ITEM_FACTS if field in facts}  # type: ignore[literal-required]
    if "firearm" in facts:
        document["firearm"] = _firearm(facts["firearm"], protection)
    for field in _ITEM_FIELDS:
        value = source.get(field)
        # The name as reported is free text; the others are one word or a number.
        if value and (protection.count == 0 or (field != "name" and protection.allows(value))):
            document[field] = value
    return document


def _stored_item(facts: ItemFacts, protection: Protection) -> Document:
    item: Document = dict(facts)
    if "firearm" in facts:
        item["firearm"] = _firearm(facts["firearm"], protection)
    return item


def _firearm(facts: FirearmFacts, protection: Protection) -> Document:
    """A firearm's facts; a serial that is a number of a protected person is left out, and what it may be with it."""
    firearm: Document = dict(facts)
    serial = facts.get("serial")
    if serial is not None and not protection.allows(serial):
        del firearm["serial"]
        firearm.pop("serial_variants", None)
    return firearm


def item_tombstone(report: EnrichedReport, ordinal: int) -> tuple[str, Document]:
    """Id and document that take item `ordinal` out of every view: no content but what identifies it."""
    return document_id(report["agency"], report["report_id"], ordinal), {
        "live": False,
        "version": report["version"],
        "report": report["id"],
        "ordinal": ordinal,
    }


def dead_letter_document(letter: DeadLetter) -> Document:
    """A dead letter is indexed as it is: it holds no content of the record."""
    return dict(letter)


def dead_letter_version(letter: DeadLetter) -> int:
    """The rank of its state: a replayed "open" never reopens a letter."""
    return STATE_RANK[letter["state"]]


def _shared(report: EnrichedReport, protection: Protection) -> Document:
    facts = report["facts"]
    document: Document = {field: facts[field] for field in _COPIED if field in facts}  # type: ignore[literal-required]
    document |= {
        "exercise": report["exercise"],
        "tlp": report["handling"]["tlp"],
        "releasable_to": report["handling"]["releasable_to"],
        "reliability": report["grade"]["reliability"],
        "credibility": report["grade"]["credibility"],
    }
    if when := facts.get("when"):
        document |= {
            "when": when["start"],
            "when_end": when["end"],
            "when_range": {"gte": when["start"], "lt": when["end"]},
            "when_precision": when["precision"],
        }
    if "when_of" in facts:
        document["when_of"] = facts["when_of"]
    if place := facts.get("place"):
        document["place"] = dict(place)
        # Words of the publisher, not of the gazetteer, may say whose house it is.
        if protection.count and place["kind"] in NAMED_BY_PUBLISHER:
            del document["place"]["name"]
    return document


def _identifiers(report: EnrichedReport, protection: Protection) -> list[str]:
    """Identifiers in normal form; those of people are left out wherever one of them is protected."""
    found = report["facts"].get("identifiers", ())
    return protection.keep(
        identifier["value"]
        for identifier in found
        if not (protection.count and identifier["field"].startswith("people"))
    )


def _labels(report: EnrichedReport) -> str:
    facts = report["facts"]
    words = [report["agency"], report["kind"]]
    for item in facts["items"]:
        words.append(COMMODITY_WORDS.get(item["commodity"], item["commodity"]))
        words.append(item.get("substance", "").replace("_", " "))
    words.extend(MOVEMENT_WORDS.get(movement, "") for movement in (facts["direction"], facts.get("flow", "")))
    if "when" in facts:
        words.append(month_words(facts["when"]))
    return " ".join(dict.fromkeys(filter(None, words)))


def _span(span: Span) -> Document:
    return {
        "range": {"gte": span["start"], "lt": span["end"]},
        "precision": span["precision"],
        "zone": span["zone"],
        "zone_from": span["zone_from"],
    }


def _nfc(text: str) -> str:
    # One form of an accented letter, composed: the tokenizer takes a lone accent for part of the word, the folding not.
    return text if text.isascii() else unicodedata.normalize("NFC", text)

"""A report that is known to be good: if the index refuses even this one, the index is wrong and not the records."""

from indexing.documents import Document, item_documents, item_slots, report_document
from streams.identity import document_id
from streams.reports import DeadLetter, EnrichedReport, Span

__all__ = ["CANARY", "canary_items", "canary_letter", "canary_report"]

_AGENCY = "canary"
_WHEN: Span = {
    "start": "2024-01-01T06:00:00.000Z",
    "end": "2024-01-02T06:00:00.000Z",
    "precision": "day",
    "zone": "America/Chicago",
    "zone_from": "record",
}

CANARY: EnrichedReport = {
    "id": document_id(_AGENCY, "canary"),
    "version": 1,
    "agency": _AGENCY,
    "report_id": "canary",
    "revision": 0,
    "kind": "seizure",
    "retracted": False,
    "exercise": True,
    "event_id": "canary",
    "received": "2024-01-01T00:00:00.000Z",
    "event": {
        "report_id": "canary",
        "items": [{"kind": "substance", "name": "Fentanyl"}],
        "narrative": {"text": "A fictional record that tests the index.", "language": "en"},
        "conveyances": [{"kind": "truck", "plates": [{"number": "555-XYZ"}]}],
    },
    "facts": {
        "times": {"occurred": _WHEN},
        "when": _WHEN,
        "when_of": "occurred",
        "count_basis": "incident",
        "direction": "inbound",
        "mode": "land",
        "place": {"kind": "point", "name": "Canary", "location": {"lat": 27.5, "lon": -99.5}},
        "items": [{"ordinal": 0, "kind": "substance", "commodity": "fentanyl", "mass_kg": 1.0}],
    },
    "provenance": [],
    "grade": {"reliability": "F", "credibility": "6", "given_by": "record"},
    "handling": {"tlp": "RED", "releasable_to": []},
    "versions": {"rules": "canary", "reference": "canary"},
}


def canary_report() -> Document:
    """The canary's document, hidden from every reader."""
    return {**report_document(CANARY, item_slots(CANARY)), "live": False}


def canary_items() -> dict[str, Document]:
    """Id -> the canary's item documents, hidden too."""
    documents = item_documents(CANARY).items()
    return {document_id(_AGENCY, "canary", ordinal): {**document, "live": False} for ordinal, document in documents}


def canary_letter() -> DeadLetter:
    """A closed dead letter of nobody's record."""
    return {
        "id": document_id(_AGENCY, "dead-letter"),
        "agency": _AGENCY,
        "topic": "canary",
        "partition": 0,
        "offset": 0,
        "stage": "index",
        "received": "2024-01-01T00:00:00.000Z",
        "report_id": None,
        "document_id": None,
        "event_id": None,
        "reasons": [{"code": "document_refused", "field": "", "en": "A test.", "es": "Una prueba."}],
        "state": "closed",
        "by": "puente",
        "note": "Written to test the index.",
    }

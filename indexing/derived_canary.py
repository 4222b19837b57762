"""A link, a network, an event and an alert that are known to be good, as `indexing.canary` has a report."""

from streams.alerts import AlertDocument, alert_id
from streams.dossiers import EventAmount
from streams.events import EventDocument
from streams.facts import ComparedPlace
from streams.identity import document_id
from streams.links import CAUTION, DerivedGrade, LinkDocument, LinkedReport, NetworkDocument, link_id
from streams.reports import HandlingMark

__all__ = ["CANARY_ALERT", "CANARY_EVENT", "CANARY_LINK", "CANARY_NETWORK"]

_IDS = sorted(document_id("canary", name) for name in ("canary", "canary-2"))
_GRADE: DerivedGrade = {"reliability": "F", "credibility": "6"}
_HANDLING: HandlingMark = {"tlp": "RED", "releasable_to": []}
_REPORTS: list[LinkedReport] = [
    {"id": name, "agency": "canary", "report_id": "canary", "kind": "seizure"} for name in _IDS
]
_PLACE: ComparedPlace = {"kind": "point", "name": "Canary", "location": {"lat": 27.5, "lon": -99.5}}
_GOODS: list[EventAmount] = [
    {"commodity": "fentanyl", "measure": "mass_kg", "value": 1.5, "agency": "canary", "report_id": "canary"},
]

CANARY_LINK: LinkDocument = {
    "id": link_id(_IDS[0], _IDS[1]),
    "version": 1,
    "state": "live",
    "left": _IDS[0],
    "right": _IDS[1],
    "strength": "possible",
    "score": 0.5,
    "reports": _REPORTS,
    "reasons": [],
    "reason_count": 0,
    "judged": {
        "verdict": "different",
        "disputed": False,
        "awaiting_second": False,
        "judgements": [
            {
                "judge": "canary",
                "known_by": "login",
                "said": "different",
                "why": "A canary.",
                "received": "2024-01-01T06:00:00.000Z",
            }
        ],
        "judgement_count": 1,
    },
    "exercise": True,
    "grade": _GRADE,
    "handling": _HANDLING,
    "caution": CAUTION,
}
CANARY_NETWORK: NetworkDocument = {
    "id": _IDS[0],
    "version": 1,
    "state": "live",
    "members": _REPORTS,
    "member_count": 2,
    "oversized": False,
    "link_count": 1,
    "identifiers": [{"kind": "plate", "value": "555XYZ", "reports": 2}],
    "identifier_count": 1,
    "agencies": ["canary"],
    "places": [_PLACE],
    "first": "2024-01-01T06:00:00.000Z",
    "last": "2024-01-02T06:00:00.000Z",
    "first_day": "2024-01-01",
    "last_day": "2024-01-01",
    "goods": [{"commodity": "fentanyl", "mass_kg": 1.5}],
    "counts": {"firearms": 0, "rounds": 0, "pills": 1},
    "counted": "per_event",
    "timeline": [
        {"event": _IDS[0], "day": "2024-01-01", "place": _PLACE, "goods": _GOODS, "agencies": ["canary"], "reports": 2}
    ],
    "timeline_count": 1,
    "people": [{"names": ["Canary"], "reports": 1}],
    "people_count": 1,
    "vehicles": [{"looks": ["yellow"], "plates": ["555XYZ"], "reports": 2}],
    "vehicle_count": 1,
    "firearms": [{"make": "canary", "reports": 1}],
    "firearm_count": 1,
    "phones": [{"value": "+15555550100", "reports": 1}],
    "phone_count": 1,
    "marks": [{"value": "canary", "reports": 1}],
    "mark_count": 1,
    "bridges": [
        {
            "link": CANARY_LINK["id"],
            "left": _IDS[0],
            "right": _IDS[1],
            "score": 0.5,
            "left_members": 1,
            "right_members": 1,
        }
    ],
    "bridge_count": 1,
    "exercise": True,
    "grade": _GRADE,
    "handling": _HANDLING,
    "caution": CAUTION,
}
CANARY_EVENT: EventDocument = {
    "id": _IDS[0],
    "version": 1,
    "state": "live",
    "members": _REPORTS,
    "member_count": 2,
    "agencies": ["canary"],
    "origins": 1,
    "only_news": False,
    "span": {
        "start": "2024-01-01T06:00:00.000Z",
        "end": "2024-01-02T06:00:00.000Z",
        "precision": "day",
        "zone": "America/Chicago",
        "zone_from": "record",
    },
    "day": "2024-01-01",
    "place": _PLACE,
    "areas": ["canary"],
    "flow": "northbound",
    "goods": _GOODS,
    "exercise": True,
    "grade": _GRADE,
    "handling": _HANDLING,
    "caution": CAUTION,
}
CANARY_ALERT: AlertDocument = {
    "id": alert_id("canary", "canary", "canary", "report", _IDS[0]),
    "version": 1,
    "state": "standing",
    "change": "new",
    "view": "canary",
    "subscriber": "canary",
    "subscription": "canary",
    "subject": {"kind": "report", "id": _IDS[0], "agency": "canary", "report_id": "canary"},
    "title_en": "A test.",
    "title_es": "Una prueba.",
    "level": 1.0,
    "reasons": [],
    "commodities": ["fentanyl"],
    "agencies": ["canary"],
    "place": {"name": "Canary"},
    "when": "2024-01-01T06:00:00.000Z",
    "received": "2024-01-01T06:00:00.000Z",
    "exercise": True,
    "grade": _GRADE,
    "handling": _HANDLING,
    "caution": CAUTION,
}

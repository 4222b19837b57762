"""The mappings of links, networks, events and alerts.

A document holds its record as it lies on the topic, every field under its own name, so that reading gives back what was
written (`indexing.derived_search`). What is only read back is stored; beside it stand flat fields to search, to count
and to sum by, named as those of reports and items are, so that one filter in Kibana fits all indices.
"""

from typing import Any, get_args

from indexing.analysis import TEXT
from indexing.fields import (
    AMOUNT,
    COUNT,
    DATE,
    FOLDED,
    KEYWORD,
    LONG,
    NUMBER,
    NUMBERS,
    PLACE,
    STORED,
    YES_NO,
    strict_object,
)
from streams.reports import Commodity

__all__ = ["ALERT_FIELDS", "EVENT_FIELDS", "LINK_FIELDS", "NETWORK_FIELDS"]

_DERIVED: dict[str, Any] = {
    "live": YES_NO,  # false: withdrawn or merged, which the alias hides from searches; reading by id finds it
    "id": KEYWORD,
    "version": LONG,
    "state": KEYWORD,
    "written": DATE,  # when the broker took in this version
    "exercise": YES_NO,
    "agencies": KEYWORD,
    "tlp": KEYWORD,
    "releasable_to": KEYWORD,
    "reliability": KEYWORD,
    "credibility": KEYWORD,
    "numbers": NUMBERS,
    "grade": STORED,
    "handling": STORED,
    "caution": STORED,
}

_IDENTIFIED: dict[str, Any] = {
    "identifier_kinds": KEYWORD,
    "identifier_values": NUMBER,  # in normal form
}
# One field for each commodity: Kibana can't sum nested objects correctly.
_BY_COMMODITY = strict_object(**dict.fromkeys(get_args(Commodity), AMOUNT))

LINK_FIELDS: dict[str, Any] = {
    **_DERIVED,
    **_IDENTIFIED,
    "left": KEYWORD,
    "right": KEYWORD,
    "strength": KEYWORD,
    "score": AMOUNT,
    "probability": AMOUNT,
    "reason_count": COUNT,
    "reports": STORED,
    "reasons": STORED,
    "report_ids": NUMBER,
    "report_kinds": KEYWORD,
    "agency_pair": KEYWORD,  # "a + b", in alphabetical order: whose records meet whose
    "cross_agency": YES_NO,
    "features": KEYWORD,
    "judged": STORED,
    "verdict": KEYWORD,  # same or different; missing where no verdict holds
    "disputed": YES_NO,
    "awaiting_second": YES_NO,
    "judges": KEYWORD,
}

NETWORK_FIELDS: dict[str, Any] = {
    **_DERIVED,
    **_IDENTIFIED,
    "redirect_to": KEYWORD,
    "members": STORED,
    "member_ids": KEYWORD,  # document ids of the reports listed: which network a report is in
    "member_count": COUNT,
    "oversized": YES_NO,
    "link_count": COUNT,
    "report_ids": NUMBER,
    "report_kinds": KEYWORD,
    "agency_count": COUNT,
    "identifiers": STORED,
    "identifier_count": COUNT,
    "places": PLACE,
    "first": DATE,
    "last": DATE,
    "first_day": KEYWORD,  # local calendar dates: each report's own zone
    "last_day": KEYWORD,
    "when": DATE,  # as `first` and `last`, under the names that reports have
    "when_end": DATE,
    "when_range": {"type": "date_range"},
    "days": AMOUNT,
    "goods": STORED,
    "goods_kg": _BY_COMMODITY,
    "commodities": KEYWORD,
    "counts": strict_object(firearms=LONG, rounds=LONG, pills=LONG),
    "counted": KEYWORD,
    "timeline": STORED,
    "timeline_count": COUNT,
    "event_ids": KEYWORD,  # of the events listed
    "people": STORED,
    "people_count": COUNT,
    "person_names": {
        "type": "keyword",
        "normalizer": "folded",
        "fields": {"text": FOLDED},
    },  # of subjects, as records write them
    "vehicles": STORED,
    "vehicle_count": COUNT,
    "firearms": STORED,
    "firearm_count": COUNT,
    "phones": STORED,
    "phone_count": COUNT,
    "marks": STORED,
    "mark_count": COUNT,
    "press_marks": KEYWORD,
    "bridges": STORED,
    "bridge_count": COUNT,
}

EVENT_FIELDS: dict[str, Any] = {
    **_DERIVED,
    "redirect_to": KEYWORD,
    "members": STORED,
    "member_ids": KEYWORD,
    "member_count": COUNT,
    "report_ids": NUMBER,
    "report_kinds": KEYWORD,
    "agency_count": COUNT,
    "origins": COUNT,
    "only_news": YES_NO,
    "span": STORED,
    "when": DATE,
    "when_end": DATE,
    "when_range": {"type": "date_range"},
    "when_precision": KEYWORD,
    "day": KEYWORD,  # local calendar date
    "place": PLACE,
    "areas": KEYWORD,
    "flow": KEYWORD,
    "goods": STORED,
    "commodities": KEYWORD,
    # Sums hold what official records tell. What only news tell stands apart, so that no sum mixes the two.
    "goods_kg": _BY_COMMODITY,
    "news_kg": _BY_COMMODITY,
    "counts": strict_object(firearms=LONG, rounds=LONG, pills=LONG),
}

ALERT_FIELDS: dict[str, Any] = {
    **_DERIVED,
    **_IDENTIFIED,
    "change": KEYWORD,
    "view": KEYWORD,
    "subscriber": KEYWORD,
    "subscription": KEYWORD,
    "subject": strict_object(kind=KEYWORD, id=KEYWORD, agency=KEYWORD, report_id=NUMBER),
    "title_en": TEXT,
    "title_es": TEXT,
    "level": AMOUNT,
    "reasons": STORED,
    "conditions": KEYWORD,
    "commodities": KEYWORD,
    "place": PLACE,
    "when": DATE,
    "received": DATE,
}

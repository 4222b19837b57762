"""What an index holds: the mapping of each kind, strict, with nothing that only a full Elasticsearch has.

An index is named after the hash of its mapping and analysis, `<prefix>reports-joint-1f2e3d4c`: a changed mapping is a
new index, filled by replay (`indexing.setup`). Readers use the alias `<prefix>reports-joint` and never see the hash.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indexing.analysis import ANALYSIS, TEXT
from indexing.derived_fields import ALERT_FIELDS, EVENT_FIELDS, LINK_FIELDS, NETWORK_FIELDS
from indexing.fields import (
    AMOUNT,
    COUNT,
    DATE,
    FOLDED,
    KEYWORD,
    LONG,
    NAME,
    NUMBER,
    NUMBERS,
    PLACE,
    STORED,
    YES_NO,
    strict_object,
)
from indexing.text_fields import TEXT_FACT_FIELDS
from streams.parsing import canonical_json

__all__ = [
    "ALERTS",
    "ALERT_FAMILY",
    "DEAD_LETTERS",
    "EVENTS",
    "EVENT_FAMILY",
    "FAMILIES",
    "ITEMS",
    "LETTER_FAMILY",
    "LINKS",
    "LINK_FAMILY",
    "NETWORKS",
    "NETWORK_FAMILY",
    "REPORTS",
    "REPORT_FAMILY",
    "Family",
    "Kind",
]

PEOPLE_TEXT = {**FOLDED, "fields": {"name": NAME}}
SPAN = strict_object(range={"type": "date_range"}, precision=KEYWORD, zone=KEYWORD, zone_from=KEYWORD)
# What a report and each of its items carry alike, so that items sum by place, time and basis without a join.
SHARED: dict[str, Any] = {
    "live": YES_NO,  # false: a tombstone, which the alias hides
    "version": LONG,
    "revision": LONG,
    "agency": KEYWORD,
    "report_id": NUMBER,
    "exercise": YES_NO,
    "received": DATE,
    "when": DATE,  # its start: to sort by and to draw histograms
    "when_end": DATE,
    "when_range": {"type": "date_range"},
    "when_precision": KEYWORD,
    "when_of": KEYWORD,
    "place": PLACE,
    "direction": KEYWORD,
    "flow": KEYWORD,
    "mode": KEYWORD,
    "count_basis": KEYWORD,
    "event_count": COUNT,
    "tlp": KEYWORD,
    "releasable_to": KEYWORD,
    "reliability": KEYWORD,
    "credibility": KEYWORD,
    "numbers": NUMBERS,
}

_REPORT: dict[str, Any] = {
    **SHARED,
    "id": KEYWORD,
    "kind": KEYWORD,
    "case_kind": KEYWORD,
    "event_id": KEYWORD,
    "retracted": YES_NO,
    "item_slots": {"type": "byte", "index": False},  # ordinals ever written: read back by the sink alone
    "item_count": COUNT,
    "commodities": KEYWORD,
    "substances": KEYWORD,
    "times": strict_object(occurred=SPAN, seized=SPAN, reported=SPAN, published=SPAN, period=SPAN),
    "title": TEXT,
    "text": TEXT,
    "details": TEXT,
    "labels": FOLDED,
    "text_withheld": YES_NO,
    "protected_people": COUNT,
    "people": PEOPLE_TEXT,
    "organisations": PEOPLE_TEXT,
    "outlet": NAME,
    "url": {"type": "keyword", "doc_values": False},
    "language": KEYWORD,
    "identifiers": NUMBER,  # in normal form, as enrichment found them; the lists below hold them as written
    "plates": NUMBER,
    "vins": NUMBER,
    "serials": NUMBER,
    "phones": NUMBER,
    "imeis": NUMBER,
    "accounts": NUMBER,
    "handles": NUMBER,
    "person_numbers": NUMBER,
    "organisation_numbers": NUMBER,
    "containers": NUMBER,
    "conveyance_numbers": NUMBER,
    "references": NUMBER,
    "case_numbers": NUMBER,
    "item_numbers": NUMBER,
    "press_marks": NUMBER,
    "smuggling": strict_object(
        people_moved=COUNT, adults=COUNT, minors=COUNT, unaccompanied=COUNT, deaths=COUNT, rescued=COUNT
    ),
    "time_to_crime": strict_object(
        indicator=KEYWORD, days_from=COUNT, days_to=COUNT, years_from=AMOUNT, years_to=AMOUNT, short=YES_NO
    ),
    "grade_given_by": KEYWORD,
    "rules": KEYWORD,
    "reference_data": KEYWORD,
    **TEXT_FACT_FIELDS,
    "items": STORED,
    "provenance": STORED,
    "event": STORED,
}

_ITEM: dict[str, Any] = {
    **SHARED,
    "report": KEYWORD,
    "report_kind": KEYWORD,
    "ordinal": {"type": "byte"},
    "kind": KEYWORD,
    "commodity": KEYWORD,
    "substance": KEYWORD,
    "name": NAME,
    "make": NAME,
    "model": NAME,
    "calibre": NAME,
    "form": NAME,
    "serial": NUMBER,
    "mass_kg": AMOUNT,
    "volume_l": AMOUNT,
    "count": AMOUNT,
    "count_unit": KEYWORD,
    "amount": AMOUNT,
    "currency": KEYWORD,
    "area_ha": AMOUNT,
    "approximate": YES_NO,
    "unit_unknown": YES_NO,
    "substance_candidates": KEYWORD,
    "cas": KEYWORD,
    "firearm": strict_object(
        type=KEYWORD,
        make=KEYWORD,
        make_country=KEYWORD,
        model=KEYWORD,
        calibre=KEYWORD,
        serial=NUMBER,
        serial_variants=NAME,  # searched when asked for, never among the numbers: no such gun may exist
        no_serial=KEYWORD,
        privately_made=YES_NO,
        converted=YES_NO,
        conversion_device=YES_NO,
    ),
}

_DEAD_LETTER: dict[str, Any] = {
    "id": KEYWORD,
    "agency": KEYWORD,
    "topic": KEYWORD,
    "partition": COUNT,
    "offset": LONG,
    "stage": KEYWORD,
    "received": DATE,
    "report_id": KEYWORD,
    "document_id": KEYWORD,
    "event_id": {"type": "keyword", "ignore_above": 1024},
    "reasons": strict_object(
        code=KEYWORD,
        field={"type": "keyword", "ignore_above": 1024},
        en={"type": "text", "index": False},
        es={"type": "text", "index": False},
    ),
    "state": KEYWORD,
    "by": KEYWORD,
    "note": FOLDED,
}


@dataclass(frozen=True)
class Kind:
    """One kind of index: `per_view` ones exist once a view; `tombstones` says that the read alias hides dead ones."""

    name: str
    properties: dict[str, Any]
    per_view: bool
    tombstones: bool

    def alias(self, prefix: str, view: str | None) -> str:
        """The name to read by."""
        return f"{prefix}{self.name}-{view}" if self.per_view else f"{prefix}{self.name}"


@dataclass(frozen=True)
class Family:
    """The kinds that one source fills. They share one hash, so that the documents of one report change index together:
    were a new items index beside an old reports index, two sinks would keep one `item_slots` for two sets of items.
    """

    name: str
    kinds: tuple[Kind, ...]
    documents_version: int = 1
    """Raised when the same fields are filled otherwise (`indexing.documents`, `indexing.derived_documents`): like a
    changed mapping, it makes new indices."""

    @cached_property
    def hash(self) -> str:
        """Eight hexadecimal digits of mappings, analysis and the documents' version.

        Shards, replicas and refreshing may change beside them.

        It names the indices and the consumer group that fills them: a new mapping reads its topic from the start.
        """
        content = {
            "documents": self.documents_version,
            "kinds": {kind.name: kind.properties for kind in self.kinds},
            "analysis": ANALYSIS,
        }
        return hashlib.blake2b(canonical_json(content), digest_size=4).hexdigest()

    def index(self, kind: Kind, prefix: str, view: str | None) -> str:
        """The name to write to."""
        return f"{kind.alias(prefix, view)}-{self.hash}"

    def group(self, prefix: str, view: str | None) -> str:
        """The consumer group that fills these indices."""
        return f"{prefix}index-{view}-{self.hash}" if view else f"{prefix}index-{self.name}-{self.hash}"

    def mappings(self, kind: Kind) -> dict[str, Any]:
        """The mapping as Elasticsearch takes it; an unknown field is refused, never guessed."""
        return {"dynamic": "strict", "date_detection": False, "properties": kind.properties}


REPORTS = Kind("reports", _REPORT, per_view=True, tombstones=True)
ITEMS = Kind("items", _ITEM, per_view=True, tombstones=True)
DEAD_LETTERS = Kind("dead-letters", _DEAD_LETTER, per_view=False, tombstones=False)
LINKS = Kind("links", LINK_FIELDS, per_view=True, tombstones=True)
NETWORKS = Kind("networks", NETWORK_FIELDS, per_view=True, tombstones=True)
EVENTS = Kind("events", EVENT_FIELDS, per_view=True, tombstones=True)
ALERTS = Kind("alerts", ALERT_FIELDS, per_view=True, tombstones=True)

REPORT_FAMILY = Family("reports", (REPORTS, ITEMS))
LETTER_FAMILY = Family("dead-letters", (DEAD_LETTERS,))
LINK_FAMILY = Family("links", (LINKS,))
NETWORK_FAMILY = Family("networks", (NETWORKS,), documents_version=3)
EVENT_FAMILY = Family("events", (EVENTS,))
ALERT_FAMILY = Family("alerts", (ALERTS,))

FAMILIES = (REPORT_FAMILY, LETTER_FAMILY, LINK_FAMILY, NETWORK_FAMILY, EVENT_FAMILY, ALERT_FAMILY)
"""Every family of indices. A new kind is a mapping and a place in one of them."""

"""Which views see a record, and what they see of it. Pure, and closed where in doubt."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from processors.protection.keys import TOKEN
from processors.protection.masking import WHOLE_OR_NONE
from streams.contracts import Handling
from streams.protection import NAMED_BY_PUBLISHER, Protection, protect_report
from streams.reports import EnrichedReport, Facts, HandlingMark, IdentifierFacts, PlaceFacts

__all__ = ["released_views", "rendition", "tombstone"]

_SHARED_TLP = frozenset({"AMBER+STRICT", "AMBER", "GREEN", "CLEAR"})
"""TLP:RED is for named persons; a view has an audience, so RED is released to none, whatever the record lists."""
_UNMARKED = Handling()


def released_views(handling: HandlingMark, views: Sequence[str]) -> tuple[str, ...]:
    """Those of the switched-on `views` that the marks release a record to, in the order of `views`.

    Default, unknown mark, unknown view: none, the record stays its agency's own.
    """
    tlp, releasable_to = handling["tlp"], handling["releasable_to"]
    if tlp not in _SHARED_TLP:
        return ()
    shown: list[str] = []
    for view in views:
        if view in releasable_to and view not in shown:
            shown.append(view)
    return tuple(shown)


def rendition(report: EnrichedReport) -> EnrichedReport:
    """The report as a view that its marks release it to may see it; it holds no intake offsets.

    A retraction is a tombstone: its reason is free text, and nothing later would take it out of the view again. Of a
    report with protected people (`streams.protection`) the structured values are left that hold nothing of theirs, and
    the texts that enrichment has read and put tokens into; of the people themselves their roles and tokens. Others are
    handed back as they are, the same object. The views of today see alike; what one of them may not see would be
    decided here, by its name.
    """
    if report["retracted"]:
        return tombstone(report)
    people, protection = protect_report(report)
    mark = report.get("protection")
    if mark is None:
        return _withhold(report, people, protection) if protection.count else report
    shown: EnrichedReport = {**report, "protection": {"people": mark["people"], "texts": mark["texts"]}}
    return _withhold(shown, people, protection)


def tombstone(report: EnrichedReport) -> EnrichedReport:
    """What a view is told that must forget the report: ids, version, time of receipt and `retracted`, no content.

    It does not tell a retraction from a release that was narrowed; that there is a later revision, it does tell.
    """
    told: EnrichedReport = {
        **report,
        "retracted": True,
        "event_id": "",  # the publisher's own words
        "event": {},
        "facts": {"times": {}, "count_basis": "incident", "direction": "unknown", "mode": "unknown", "items": []},
        "provenance": [],
        "grade": {"reliability": "F", "credibility": "6", "given_by": "registry"},
        "handling": {"tlp": _UNMARKED.tlp, "releasable_to": list(_UNMARKED.releasable_to)},
    }
    told.pop("faulted", None)
    told.pop("protection", None)
    return told


# -- protected people -----------------------------------------------------------------------------------------

# The fields that a record with protected people keeps, by name; what isn't listed is dropped, so that a new field of
# the contract stays in until somebody has thought of it. A mapping is the fields of a part, or of each of its parts.
_Fields = Mapping[str, "_Fields | None"]


def _fields(names: str, **parts: _Fields) -> _Fields:
    return {**dict.fromkeys(names.split()), **parts}


_MOMENT = _fields("value fiscal_year month precision zone")
_QUANTITY = _fields("value unit measure approximate")
# Names of places are the publisher's words; those that the gazetteer knows are in the facts.
_PLACE = _fields("country kilometre latitude longitude uncertainty_m", codes=_fields("system value"))
_IDENTIFIER = _fields("kind value issuer")
_PHONE = _fields("number country imei role")
_AMENDS = _fields("agency report_id exhibit line serial")
_PERSON = _fields(
    "name given_names surnames aliases roles basis review_date birth_date birth_year age sex nationality",
    identifiers=_IDENTIFIER,
    phones=_PHONE,
)
_ITEM = _fields(
    "kind name crop line exhibit laboratory_number form purity_percent identification press_marks cas_number hectares"
    " type make model calibre serial country_of_origin privately_made converted obliterated instrument fuel_type",
    quantity=_QUANTITY,
    packages=_QUANTITY,
    capacity=_QUANTITY,
)
_EVENT = _fields(
    "report_id revision exercise kind incident_number direction mode count_basis event_count",
    grade=_fields("reliability credibility"),
    handling=_fields("tlp releasable_to"),
    occurred=_MOMENT,
    seized=_MOMENT,
    reported=_MOMENT,
    period=_MOMENT,
    place=_PLACE,
    conveyances=_fields(
        "kind vin make model year colour registration imo_number container_number seal_number bill_of_lading"
        " shipper consignee seized",
        plates=_fields("number state country"),
    ),
    items=_ITEM,
    people=_PERSON,
    organisations=_fields("name aliases role", identifiers=_IDENTIFIER),
    phones=_PHONE,
    accounts=_fields("kind value institution network"),
    social_handles=_fields("platform handle"),
    references=_fields("issuer number kind"),
    case_numbers=_fields("system number issuer"),
    smuggling=_fields(
        "people_moved adults minors unaccompanied deaths rescued nationalities", fee=_QUANTITY, stash_house=_PLACE
    ),
    operation=_fields("", start=_MOMENT, end=_MOMENT, place=_PLACE, targets=_fields("kind token")),
    laboratory_result=_fields("laboratory_number", amends=_AMENDS, net_weight=_QUANTITY, analysed=_MOMENT),
    trace_result=_fields("trace_number status", amends=_AMENDS, recovered=_MOMENT, purchased=_MOMENT),
    nibin_lead=_fields("confirmed", exhibits=_AMENDS),
)


def _withhold(report: EnrichedReport, people: list[dict[str, Any]], protection: Protection) -> EnrichedReport:
    # The name of an unknown substance is the publisher's words, in the event and in the facts.
    unknown = {
        origin["fact"]
        for origin in report["provenance"]
        if origin["fact"].endswith("].substance") and origin["rule"].endswith(":unknown_name")
    }
    unnamed = {at for at, item in enumerate(report["facts"]["items"]) if f"items[{at}].substance" in unknown}
    event = _keep(report["event"], _EVENT, protection)
    # An identity, as on the report itself; and who the people are was decided person by person.
    event["report_id"] = report["report_id"]
    event |= _texts_of(report)
    if "people" in event:
        event["people"] = [
            {**kept, "roles": written["roles"]} if written in people else _token_of(written)
            for written, kept in zip(report["event"]["people"], event["people"], strict=True)
        ]
    named = {origin["fact"] for origin in report["provenance"]} - unknown
    for at, (item, facts) in enumerate(zip(event.get("items", ()), report["facts"]["items"], strict=False)):
        if f"items[{at}].substance" not in named:
            item.pop("name", None)
            item.pop("crop", None)
        # A firearm's type is a code, any other's a line of text.
        if facts["kind"] != "firearm":
            item.pop("type", None)
    return {
        **report,
        "event_id": "",  # the publisher's own words: it may hold a name
        "event": event,
        "facts": _withhold_facts(report["facts"], unnamed, protection),
        "provenance": [origin for origin in report["provenance"] if origin["fact"] not in unknown],
    }


_READ_TEXTS = ("narrative", "title", "body", "language", "outlet", "url", "published", "lineage")


def _token_of(person: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of a protected person: the roles, and the token where enrichment gave one."""
    kept = {"roles": person["roles"], "protected": True}
    name = person.get("name") or ""
    return {**kept, "name": name} if TOKEN.fullmatch(name) else kept


def _texts_of(report: EnrichedReport) -> dict[str, Any]:
    """The texts that enrichment has read and taken protected people out of."""
    event = report["event"]
    if "protection" not in report:
        return {}
    return {name: event[name] for name in _READ_TEXTS if name in event}


def _keep(tree: Mapping[str, Any], fields: _Fields, protection: Protection) -> dict[str, Any]:
    """What of a part of the event is listed and holds nothing of a protected person."""
    kept: dict[str, Any] = {}
    for name, inner in fields.items():
        value = tree.get(name)
        if value is None:
            continue
        if isinstance(value, str):
            if protection.allows(value):
                kept[name] = value
        elif isinstance(value, list):
            kept[name] = _keep_list(value, inner, protection, whole=name in WHOLE_OR_NONE)
        elif isinstance(value, dict):
            kept[name] = _keep(value, inner or {}, protection)
        else:
            kept[name] = value
    return kept


def _keep_list(values: list[Any], inner: _Fields | None, protection: Protection, *, whole: bool) -> list[Any]:
    if inner is None:
        return [value for value in values if isinstance(value, str) and protection.allows(value)]
    parts = [(part, _keep(part, inner, protection)) for part in values]
    # Other lists keep their length: facts point at items and people by their place.
    return [kept for part, kept in parts if not whole or kept == _keep(part, inner, _ALLOW_ALL)]


_ALLOW_ALL = Protection(0)


def _withhold_facts(facts: Facts, unnamed: Collection[int], protection: Protection) -> Facts:
    kept = facts.copy()
    kept["items"] = [item.copy() for item in facts["items"]]
    for at in unnamed:
        kept["items"][at].pop("substance", None)
    if "place" in facts:
        kept["place"] = _withhold_place(facts["place"])
    if "identifiers" in facts:
        kept["identifiers"] = [
            _withhold_identifier(one, protection) for one in facts["identifiers"] if protection.allows(one["value"])
        ]
    return kept


def _withhold_place(place: PlaceFacts) -> PlaceFacts:
    return {**place, "name": "?"} if place["kind"] in NAMED_BY_PUBLISHER else place


def _withhold_identifier(identifier: IdentifierFacts, protection: Protection) -> IdentifierFacts:
    """The identifier as it is, but for words around it that hold a protected person's name."""
    kept = identifier.copy()
    if not protection.allows(kept["as_written"]):
        kept["as_written"] = kept["value"]
    if not protection.allows(kept.get("issuer", "")):
        kept.pop("issuer", None)
    return kept

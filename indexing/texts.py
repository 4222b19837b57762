"""Reading a record's own fields for search: its names, its numbers, and the short texts beside its narrative."""

from collections.abc import Iterator
from typing import Any

from streams.protection import Protection

__all__ = ["NUMBER_FIELDS", "collect_details", "collect_numbers", "organisation_names", "person_names"]

Tree = dict[str, Any]

NUMBER_FIELDS = (
    *("plates", "vins", "serials", "phones", "imeis", "accounts", "handles", "person_numbers", "organisation_numbers"),
    *("containers", "conveyance_numbers", "references", "case_numbers", "item_numbers", "press_marks"),
)
"""The lists of identifiers in a report's document."""


def person_names(people: list[Tree]) -> list[str]:
    """Names and aliases of people who may be named."""
    names: list[str] = []
    for person in people:
        spelled = " ".join(filter(None, (person.get("given_names"), *person.get("surnames", ()))))
        names += [person.get("name") or spelled, *person.get("aliases", ())]
    return list(dict.fromkeys(filter(None, names)))


def organisation_names(event: Tree, protection: Protection) -> list[str]:
    """Names and aliases of organisations, with shippers and consignees."""
    names: list[str | None] = []
    for organisation in event.get("organisations", ()):
        names += [organisation["name"], *organisation.get("aliases", ())]
    for conveyance in event.get("conveyances", ()):
        names += [conveyance.get("shipper"), conveyance.get("consignee")]
    return protection.keep(names)


def collect_numbers(event: Tree, people: list[Tree], protection: Protection) -> dict[str, list[str]]:
    """Field -> identifiers of a record, without those of protected people; empty lists are left out."""
    found: dict[str, list[str | None]] = {field: [] for field in NUMBER_FIELDS}
    for field, value in _numbers(event, people):
        found[field].append(value)
    kept = {field: protection.keep(values) for field, values in found.items() if values}
    return {field: values for field, values in kept.items() if values}


def _numbers(event: Tree, people: list[Tree]) -> Iterator[tuple[str, str | None]]:
    for conveyance in event.get("conveyances", ()):
        for plate in conveyance.get("plates", ()):
            yield "plates", plate["number"]
        yield "vins", conveyance.get("vin")
        yield "containers", conveyance.get("container_number")
        for field in ("registration", "imo_number", "seal_number", "bill_of_lading"):
            yield "conveyance_numbers", conveyance.get(field)
    for phone in (*event.get("phones", ()), *(phone for person in people for phone in person.get("phones", ()))):
        yield "phones", phone.get("number")
        yield "imeis", phone.get("imei")
    for account in event.get("accounts", ()):
        yield "accounts", account["value"]
    for handle in event.get("social_handles", ()):
        yield "handles", handle["handle"]
    for person in people:
        for identifier in person.get("identifiers", ()):
            yield "person_numbers", identifier["value"]
    for organisation in event.get("organisations", ()):
        for identifier in organisation.get("identifiers", ()):
            yield "organisation_numbers", identifier["value"]
    yield "references", event.get("incident_number")
    for reference in event.get("references", ()):
        yield "references", reference["number"]
    for number in event.get("case_numbers", ()):
        yield "case_numbers", number["number"]
    yield from _item_numbers(event)
    yield from _result_numbers(event)


def _item_numbers(event: Tree) -> Iterator[tuple[str, str | None]]:
    for item in event.get("items", ()):
        yield "serials", item.get("serial")
        for field in ("exhibit", "laboratory_number"):
            yield "item_numbers", item.get(field)
        for mark in item.get("press_marks", ()):
            yield "press_marks", mark


def _result_numbers(event: Tree) -> Iterator[tuple[str, str | None]]:
    """Numbers in laboratory results, traces and ballistic leads, which amend other agencies' items."""
    laboratory, trace, lead = (event.get(name) or {} for name in ("laboratory_result", "trace_result", "nibin_lead"))
    yield "item_numbers", laboratory.get("laboratory_number")
    yield "references", trace.get("trace_number")
    amended = (laboratory.get("amends"), trace.get("amends"), *lead.get("exhibits", ()))
    for item in filter(None, amended):
        yield "serials", item.get("serial")
        yield "item_numbers", item.get("exhibit")
        yield "references", item.get("report_id")


_ITEM_TEXTS = (
    *(
        "description",
        "name",
        "concealment",
        "form",
        "packaging",
        "type",
        "make",
        "model",
        "calibre",
        "importer",
        "part",
    ),
    *("product", "crop", "fuel_type", "instrument", "disposition"),
)
_CONVEYANCE_TEXTS = ("make", "model", "colour", "name")
_PLACE_TEXTS = ("as_written", "municipality", "locality", "port_of_entry", "office", "region", "state", "highway")


def collect_details(event: Tree) -> list[str]:
    """Every short text beside title and narrative, each once: only for records without protected people."""
    return list(dict.fromkeys(filter(None, _details(event))))


def _details(event: Tree) -> Iterator[str | None]:
    for field in ("unit", "discovery_method", "concealment", "disposition"):
        yield event.get(field)
    place = event.get("place") or {}
    for field in _PLACE_TEXTS:
        yield place.get(field)
    for item in event.get("items", ()):
        for field in _ITEM_TEXTS:
            yield item.get(field)
        yield from item.get("markings", ())
        for part in item.get("mixture", ()):
            yield part["name"]
    for conveyance in event.get("conveyances", ()):
        for field in _CONVEYANCE_TEXTS:
            yield conveyance.get(field)
    for offence in event.get("offences", ()):
        yield offence["name"]
        yield offence.get("statute")
    for person in event.get("people", ()):
        yield person.get("note")
    laboratory = event.get("laboratory_result") or {}
    for part in laboratory.get("substances", ()):
        yield part["name"]

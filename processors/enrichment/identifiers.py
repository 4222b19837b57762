"""The enricher of exact identifiers in structured fields: what may say that two reports mean one thing or person."""

from collections.abc import Iterable
from datetime import date

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.identifier_forms import normalise
from processors.reference.check_digits import CHECKED_KINDS, hold_check_digits
from processors.reference.folding import fold
from streams import protection
from streams.contracts import (
    FIRM_BASES,
    SUBJECT_ROLES,
    CaseEvent,
    Conveyance,
    NewsItem,
    Person,
    Phone,
    SeizureReport,
)
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = ["enrich_identifiers", "is_protected"]

_OF_PERSON: dict[str, IdentifierKind] = {
    "curp": "curp",
    "rfc": "rfc",
    "passport": "passport",
    "pasaporte": "passport",
    "visa": "visa",
}
_OF_ACCOUNT: dict[str, IdentifierKind] = {"wallet": "wallet", "clabe": "clabe", "iban": "iban"}
_OF_REGISTRATION: dict[str, IdentifierKind] = {"aircraft": "aircraft", "vessel": "vessel"}


class Written:
    """A number as a record has it; `country` reads a telephone number, `issuer` is who gave the number."""

    __slots__ = ("country", "field", "issuer", "kind", "text")

    def __init__(
        self, kind: IdentifierKind, text: str, field: str, country: str | None = None, issuer: str | None = None
    ) -> None:
        self.kind: IdentifierKind = kind
        self.text = text
        self.field = field
        self.country = country
        self.issuer = issuer


def enrich_identifiers(draft: Draft) -> list[Finding]:
    """Plates, VINs, registrations of aircraft and vessels, containers, telephone numbers, IMEIs, serials, CURPs, RFCs,
    passports, visas, bank accounts, wallets and case numbers of the record's own fields in one spelling each, with
    whether their check digits hold; of people only subjects under certified suspicion, charged or convicted count, and
    nothing that a protected person carries; news, placeholders (S/N) and partly legible numbers give none.
    """
    event = draft.event
    found: list[Finding] = []
    if (not isinstance(event, SeizureReport) and isinstance(event, NewsItem)) or event.retraction is not None:
        return found
    withheld: set[tuple[str, str]] = set()
    for at, person in enumerate(event.people):
        if not _is_firm_subject(person, draft):
            for one in _of_person(person, f"people[{at}]"):
                if (value := _normalise(one, draft)) is not None:
                    withheld.add((one.kind, value))
    known: set[tuple[str, str]] = set()
    identifiers: list[IdentifierFacts] = []
    for one in _written(event, draft):
        kind, value, issuer = one.kind, _normalise(one, draft), one.issuer
        # A report gives each value once, at its first place; a number that somebody who is protected, only mentioned or
        # cleared shares with a subject or with the report itself is theirs too.
        if value is None or (kind, value) in withheld or (kind, value) in known:
            continue
        # A plate of letters alone is a word ("TEXAS") unless somebody issued it.
        if kind == "plate" and not issuer and value.isalpha():
            continue
        facts: IdentifierFacts = {"kind": kind, "value": value, "field": one.field, "as_written": one.text}
        if issuer:
            facts["issuer"] = issuer
        elif kind == "plate" and (candidates := draft.reference.plates.narrow(value)):
            facts["issuer_candidates"] = list(candidates)
        checked = hold_check_digits(kind, value, one.text) if kind in CHECKED_KINDS else None
        if checked is not None:
            facts["checked"] = checked
        known.add((kind, value))
        identifiers.append(facts)
    if identifiers:
        found.append(finding(("identifiers",), list(identifiers)))
        for place, facts in enumerate(identifiers):
            found.append(finding(("identifiers", place), facts, (facts["field"],), facts["kind"]))
    return found


def _is_firm_subject(person: Person, draft: Draft) -> bool:
    return person.basis in FIRM_BASES and not SUBJECT_ROLES.isdisjoint(person.roles) and not is_protected(person, draft)


def is_protected(person: Person, draft: Draft) -> bool:
    """Whether the person must not link reports: a protected role, or under 18 at the time, or perhaps so."""
    when = draft.facts.get("when")
    on = date.fromisoformat(when["start"][:10]) if when is not None else draft.received.date()
    fields = person.model_dump(include={"roles", "protected", "age", "birth_date", "birth_year"})
    return protection.is_protected(fields, on)


def _normalise(one: Written, draft: Draft) -> str | None:
    return normalise(one.kind, one.text, one.country or draft.agency.country, draft.reference)


def _written(event: SeizureReport | CaseEvent, draft: Draft) -> list[Written]:
    found: list[Written] = []
    for at, conveyance in enumerate(event.conveyances):
        _add_conveyance(found, conveyance, f"conveyances[{at}]")
    if isinstance(event, SeizureReport):
        for at, item in enumerate(event.items):
            if (item.kind == "firearm" or item.kind == "firearm_part") and item.serial is not None:
                make = item.make if item.kind == "firearm" else None
                found.append(Written("serial", item.serial, f"items[{at}].serial", None, make))
    if event.phones:
        _add_phones(found, event.phones, "phones")
    for at, account in enumerate(event.accounts):
        kind = _OF_ACCOUNT.get(fold(account.kind))
        if kind is not None:
            issuer = account.network if kind == "wallet" else account.institution
            found.append(Written(kind, account.value, f"accounts[{at}].value", None, issuer))
    if not isinstance(event, SeizureReport):
        _add_case(found, event)
    for at, person in enumerate(event.people):
        if _is_firm_subject(person, draft):
            found += _of_person(person, f"people[{at}]")
    return found


def _add_conveyance(found: list[Written], conveyance: Conveyance, field: str) -> None:
    for number, plate in enumerate(conveyance.plates):
        state, country = plate.state, plate.country
        issuer = f"{state}, {country}" if state and country else state or country
        found.append(Written("plate", plate.number, f"{field}.plates[{number}].number", None, issuer))
    if conveyance.vin is not None:
        found.append(Written("vin", conveyance.vin, f"{field}.vin", None, conveyance.make))
    registered = _OF_REGISTRATION.get(conveyance.kind)
    if registered is not None and conveyance.registration is not None:
        found.append(Written(registered, conveyance.registration, f"{field}.registration"))
    if conveyance.imo_number is not None:
        found.append(Written("vessel", conveyance.imo_number, f"{field}.imo_number", None, "IMO"))
    if conveyance.container_number is not None:
        found.append(Written("container", conveyance.container_number, f"{field}.container_number"))


def _add_case(found: list[Written], event: CaseEvent) -> None:
    for at, case in enumerate(event.case_numbers):
        found.append(Written("docket", case.number, f"case_numbers[{at}].number", None, case.issuer))
    if event.trace_result is not None and event.trace_result.amends.serial is not None:
        found.append(Written("serial", event.trace_result.amends.serial, "trace_result.amends.serial"))
    if event.nibin_lead is not None:
        for at, exhibit in enumerate(event.nibin_lead.exhibits):
            if exhibit.serial is not None:
                found.append(Written("serial", exhibit.serial, f"nibin_lead.exhibits[{at}].serial"))


def _of_person(person: Person, field: str) -> list[Written]:
    found: list[Written] = []
    for at, identifier in enumerate(person.identifiers):
        kind = _OF_PERSON.get(fold(identifier.kind))
        if kind is not None:
            found.append(Written(kind, identifier.value, f"{field}.identifiers[{at}].value", None, identifier.issuer))
    _add_phones(found, person.phones, f"{field}.phones")
    return found


def _add_phones(found: list[Written], phones: Iterable[Phone], field: str) -> None:
    for at, phone in enumerate(phones):
        # A lawyer's number or a tip line stands in the papers of many who have nothing to do with each other.
        if not protection.links_phone(phone.role):
            continue
        if phone.number is not None:
            found.append(Written("phone", phone.number, f"{field}[{at}].number", phone.country))
        if phone.imei is not None:
            found.append(Written("imei", phone.imei, f"{field}[{at}].imei"))

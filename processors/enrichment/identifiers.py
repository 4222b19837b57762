"""The enricher of exact identifiers in structured fields: what may say that two reports mean one thing or person."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.identifier_forms import normalise
from processors.reference.check_digits import hold_check_digits
from processors.reference.folding import fold
from streams import protection
from streams.contracts import (
    FIRM_BASES,
    SUBJECT_ROLES,
    Account,
    AnyEvent,
    CaseEvent,
    Conveyance,
    Firearm,
    FirearmPart,
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


class Written(NamedTuple):
    """A number as a record has it; `country` reads a telephone number, `issuer` is who gave the number."""

    kind: IdentifierKind
    text: str
    field: str
    country: str | None = None
    issuer: str | None = None


def enrich_identifiers(draft: Draft) -> Iterator[Finding]:
    """Plates, VINs, registrations of aircraft and vessels, containers, telephone numbers, IMEIs, serials, CURPs, RFCs,
    passports, visas, bank accounts, wallets and case numbers of the record's own fields in one spelling each, with
    whether their check digits hold; of people only subjects under certified suspicion, charged or convicted count, and
    nothing that a protected person carries; news, placeholders (S/N) and partly legible numbers give none.
    """
    event = draft.event
    if isinstance(event, NewsItem) or event.retraction is not None:
        return
    withheld = {
        (one.kind, value)
        for at, person in enumerate(event.people)
        if not _is_firm_subject(person, draft)
        for one in _of_person(person, f"people[{at}]")
        if (value := _normalise(one, draft)) is not None
    }
    found: dict[tuple[str, str], IdentifierFacts] = {}
    for one in _written(event, draft):
        value = _normalise(one, draft)
        # A report gives each value once, at its first place; a number that somebody who is protected, only mentioned or
        # cleared shares with a subject or with the report itself is theirs too.
        if value is None or (one.kind, value) in withheld or (one.kind, value) in found:
            continue
        # A plate of letters alone is a word ("TEXAS") unless somebody issued it.
        if one.kind == "plate" and not one.issuer and value.isalpha():
            continue
        facts: IdentifierFacts = {"kind": one.kind, "value": value, "field": one.field, "as_written": one.text}
        if one.issuer:
            facts["issuer"] = one.issuer
        elif one.kind == "plate" and (candidates := draft.reference.plates.narrow(value)):
            facts["issuer_candidates"] = list(candidates)
        checked = hold_check_digits(one.kind, value, one.text)
        if checked is not None:
            facts["checked"] = checked
        found[one.kind, value] = facts
    if found:
        identifiers = list(found.values())
        yield finding(("identifiers",), list(identifiers))
        for place, facts in enumerate(identifiers):
            yield finding(("identifiers", place), facts, (facts["field"],), facts["kind"])


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


def _written(event: AnyEvent, draft: Draft) -> Iterator[Written]:
    assert not isinstance(event, NewsItem)
    for at, conveyance in enumerate(event.conveyances):
        yield from _of_conveyance(conveyance, f"conveyances[{at}]")
    if isinstance(event, SeizureReport):
        for at, item in enumerate(event.items):
            if isinstance(item, Firearm | FirearmPart) and item.serial is not None:
                make = item.make if isinstance(item, Firearm) else None
                yield Written("serial", item.serial, f"items[{at}].serial", issuer=make)
    yield from _of_phones(event.phones, "phones")
    for at, account in enumerate(event.accounts):
        yield from _of_account(account, f"accounts[{at}]")
    if isinstance(event, CaseEvent):
        yield from _of_case(event)
    for at, person in enumerate(event.people):
        if _is_firm_subject(person, draft):
            yield from _of_person(person, f"people[{at}]")


def _of_conveyance(conveyance: Conveyance, field: str) -> Iterator[Written]:
    for number, plate in enumerate(conveyance.plates):
        issuer = ", ".join(part for part in (plate.state, plate.country) if part)
        yield Written("plate", plate.number, f"{field}.plates[{number}].number", issuer=issuer)
    if conveyance.vin is not None:
        yield Written("vin", conveyance.vin, f"{field}.vin", issuer=conveyance.make)
    registered = _OF_REGISTRATION.get(conveyance.kind)
    if conveyance.registration is not None and registered is not None:
        yield Written(registered, conveyance.registration, f"{field}.registration")
    if conveyance.imo_number is not None:
        yield Written("vessel", conveyance.imo_number, f"{field}.imo_number", issuer="IMO")
    if conveyance.container_number is not None:
        yield Written("container", conveyance.container_number, f"{field}.container_number")


def _of_account(account: Account, field: str) -> Iterator[Written]:
    kind = _OF_ACCOUNT.get(fold(account.kind))
    if kind is not None:
        issuer = account.network if kind == "wallet" else account.institution
        yield Written(kind, account.value, f"{field}.value", issuer=issuer)


def _of_case(event: CaseEvent) -> Iterator[Written]:
    for at, case in enumerate(event.case_numbers):
        yield Written("docket", case.number, f"case_numbers[{at}].number", issuer=case.issuer)
    if event.trace_result is not None and event.trace_result.amends.serial is not None:
        yield Written("serial", event.trace_result.amends.serial, "trace_result.amends.serial")
    if event.nibin_lead is not None:
        for at, exhibit in enumerate(event.nibin_lead.exhibits):
            if exhibit.serial is not None:
                yield Written("serial", exhibit.serial, f"nibin_lead.exhibits[{at}].serial")


def _of_person(person: Person, field: str) -> Iterator[Written]:
    for at, identifier in enumerate(person.identifiers):
        kind = _OF_PERSON.get(fold(identifier.kind))
        if kind is not None:
            yield Written(kind, identifier.value, f"{field}.identifiers[{at}].value", issuer=identifier.issuer)
    yield from _of_phones(person.phones, f"{field}.phones")


def _of_phones(phones: Iterable[Phone], field: str) -> Iterator[Written]:
    for at, phone in enumerate(phones):
        # A lawyer's number or a tip line stands in the papers of many who have nothing to do with each other.
        if not protection.links_phone(phone.role):
            continue
        if phone.number is not None:
            yield Written("phone", phone.number, f"{field}[{at}].number", phone.country)
        if phone.imei is not None:
            yield Written("imei", phone.imei, f"{field}[{at}].imei")

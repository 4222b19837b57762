"""What may not enter at all: alien registration numbers, and asylum or fear claims (8 CFR 208.6).

Agency records that carry them are refused with the citation, so that the publisher removes them at the source. News is
open already: there only A-numbers are refused. A plain nine-digit serial that happens to begin with A is let through
unless the words around it say that it is an A-number; a grouped one (A 123 456 789) never is a serial.
"""

import re
from collections.abc import Iterator

from streams.contracts import AnyEvent, CaseEvent, NewsItem, SeizureReport
from streams.refusals import Refused

__all__ = ["refuse_confidential"]

_A_NUMBER = re.compile(
    r"""
    (?<![\w-])A[-\s]?\d{2,3}[-\s]\d{3}[-\s]\d{3}(?![\w-])            # A 12 345 678, A123-456-789: grouped
  | \b(?:A-?\#|A-?(?:number|file|no\.?)|alien\s+(?:registration\s+)?(?:number|no\.?|file)|USCIS\s*\#?
      |n[uú]mero\s+A\b|n[uú]mero\s+de\s+(?:extranjero|registro\s+de\s+extranjero))
    \W{0,6}(?:(?:is|es|was)\W{0,3})?A?[-\s]?\d{2,3}[-\s]?\d{3}[-\s]?\d{3}(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLAIM = re.compile(
    r"""
    \b(?:asylum|refugee)[\s-]+(?:claim|applica|seek|interview|officer|case|petition|status|hearing)
  | \b(?:appl(?:y|ied|ies|ying)|fil(?:e|ed|es|ing)|request(?:ed|s|ing)?|claim(?:ed|s|ing)?|seek(?:s|ing)?
      |sought|grant(?:ed|s)?|den(?:y|ied))
    \s+(?:\w+\s+){0,3}asylum\b
  | \b(?:credible|reasonable)\s+fear\b
  | \bfear\s+of\s+(?:returning|return|persecution|being\s+returned)\b
  | \bI-589\b | \bwithholding\s+of\s+removal\b
  | \b(?:solicit\w+|pid\w+|ped\w+|tramit\w+|otorg\w+|neg\w+)\s+(?:\w+\s+){0,3}(?:asilo|refugio)\b
  | \b(?:solicitante|petici[oó]n|solicitud|condici[oó]n)\w*\s+de\s+(?:asilo|refugio|refugiad[oa])\b
  | \btemor\s+(?:cre[ií]ble|fundado|razonable)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A cheap look before the two patterns: few texts hold any of these.
_HINT = re.compile(
    r"(?i)asylum|refug|fear|asilo|temor|i-589|withholding|alien|extranjero|uscis"
    r"|\ba[-\s]?\d\d|\ba-?#|\ba-?n[ou]|a-?file|mero a\b"
)
_A_KINDS = {"a_number", "a-number", "anumber", "alien_number", "alien_registration_number", "uscis_number"}


def refuse_confidential(event: AnyEvent) -> None:
    """Raise `Refused` if the event carries what 8 CFR 208.6 keeps confidential; the reason cites it."""
    claims = not isinstance(event, NewsItem)
    for field, text in _texts(event):
        if not _HINT.search(text):
            continue
        if _A_NUMBER.search(text) or (claims and _CLAIM.search(text)):
            raise Refused.because("asylum_confidential", field=field)
    if isinstance(event, NewsItem):
        return
    for at, person in enumerate(event.people):
        for number, identifier in enumerate(person.identifiers):
            if identifier.kind.strip().lower().replace(" ", "_") in _A_KINDS or _A_NUMBER.search(identifier.value):
                raise Refused.because("asylum_confidential", field=f"people[{at}].identifiers[{number}]")


def _texts(event: AnyEvent) -> Iterator[tuple[str, str]]:
    """Every free text of an event with its path."""
    if isinstance(event, NewsItem):
        yield from (("title", event.title or ""), ("body", event.body or ""))
        return
    if event.narrative is not None:
        yield "narrative.text", event.narrative.text
    if event.disposition:
        yield "disposition", event.disposition
    for at, person in enumerate(event.people):
        if person.note:
            yield f"people[{at}].note", person.note
    if isinstance(event, CaseEvent):
        for at, offence in enumerate(event.offences):
            yield f"offences[{at}].name", offence.name
    if isinstance(event, SeizureReport):
        if event.concealment:
            yield "concealment", event.concealment
        if event.discovery_method:
            yield "discovery_method", event.discovery_method
        for at, item in enumerate(event.items):
            if item.description:
                yield f"items[{at}].description", item.description

"""What more than one step reads from the same text: found once, and kept with the text."""

from processors.extraction.identifiers import FoundIdentifier, find_identifiers
from processors.extraction.people import FoundPerson, find_people
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["identifiers_in", "people_in"]


def people_in(text: Text, reference: Reference) -> list[FoundPerson]:
    """The people whom a text names; protection asks for them first, enrichment again."""
    found: list[FoundPerson] | None = text.kept.get("people")
    if found is None:
        found = text.kept["people"] = find_people(text, reference)
    return found


def identifiers_in(text: Text, reference: Reference) -> list[FoundIdentifier]:
    """The identifiers of a text; its firearms ask for their serials first."""
    found: list[FoundIdentifier] | None = text.kept.get("identifiers")
    if found is None:
        found = text.kept["identifiers"] = find_identifiers(text, reference)
    return found

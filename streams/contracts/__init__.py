"""The contracts: what agencies publish. `EVENT_TYPES` is the list to extend."""

from streams.contracts.base import (
    MAX_NARRATIVE_BYTES,
    Event,
    Grade,
    Handling,
    Model,
    Narrative,
    Reference,
    Retraction,
)
from streams.contracts.case import CaseEvent
from streams.contracts.conveyances import Conveyance, Plate
from streams.contracts.goods import (
    MAX_ITEMS,
    Ammunition,
    Currency,
    Explosive,
    Firearm,
    FirearmPart,
    Fuel,
    Laboratory,
    Magazine,
    Plantation,
    Precursor,
    Property,
    Quantity,
    Substance,
)
from streams.contracts.news import Lineage, NewsItem
from streams.contracts.people import (
    FIRM_BASES,
    PROTECTED_ROLES,
    SUBJECT_ROLES,
    Account,
    Identifier,
    Organisation,
    Person,
    Phone,
    SocialHandle,
)
from streams.contracts.places import Place, PlaceCode
from streams.contracts.seizure import CountBasis, SeizureReport
from streams.contracts.times import MONTHS, Moment

__all__ = [
    "EVENT_TYPES",
    "FIRM_BASES",
    "MAX_ITEMS",
    "MAX_NARRATIVE_BYTES",
    "MONTHS",
    "PROTECTED_ROLES",
    "SUBJECT_ROLES",
    "Account",
    "Ammunition",
    "AnyEvent",
    "CaseEvent",
    "Conveyance",
    "CountBasis",
    "Currency",
    "Event",
    "Explosive",
    "Firearm",
    "FirearmPart",
    "Fuel",
    "Grade",
    "Handling",
    "Identifier",
    "Laboratory",
    "Lineage",
    "Magazine",
    "Model",
    "Moment",
    "Narrative",
    "NewsItem",
    "Organisation",
    "Person",
    "Phone",
    "Place",
    "PlaceCode",
    "Plantation",
    "Plate",
    "Precursor",
    "Property",
    "Quantity",
    "Reference",
    "Retraction",
    "SeizureReport",
    "SocialHandle",
    "Substance",
    "type_of",
]

AnyEvent = SeizureReport | NewsItem | CaseEvent

EVENT_TYPES: dict[str, type[SeizureReport] | type[NewsItem] | type[CaseEvent]] = {
    "puente.seizure.v1": SeizureReport,
    "puente.case.v1": CaseEvent,
    "puente.news.v1": NewsItem,
}
"""CloudEvents type -> contract. A new contract is a model and a line here."""


def type_of(event: AnyEvent) -> str:
    """The CloudEvents type of an event."""
    for name, model in EVENT_TYPES.items():
        if isinstance(event, model):
            return name
    raise TypeError(f"{type(event).__name__} is no event")

"""The seizure report: one incident, or one total over a period."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streams.contracts.base import Code, Event, Narrative, Number, Reference, Title
from streams.contracts.conveyances import Conveyance
from streams.contracts.goods import MAX_ITEMS, Item
from streams.contracts.people import Account, Organisation, Person, Phone, SocialHandle
from streams.contracts.places import Place
from streams.contracts.times import Moment

__all__ = ["CountBasis", "SeizureReport"]

CountBasis = Literal["incident", "period_total", "running_total"]
"""What the figures count: one incident, all of a period, or everything since some start. Sums never mix them."""


class SeizureReport(Event):
    """What was seized, when, where, how and from whom, as the publishing agency recorded it.

    `occurred`, `seized` and `reported` are three times. `direction` and `mode` are as written (INBOUND, southbound,
    Land); enrichment normalises them. A total (`count_basis` other than incident) names its `period` and, where
    known, in how many events (`event_count`) it came together.
    """

    incident_number: Number | None = None
    unit: Title | None = None
    discovery_method: Title | None = None
    occurred: Moment | None = None
    seized: Moment | None = None
    reported: Moment | None = None
    place: Place | None = None
    direction: Code | None = None
    mode: Code | None = None
    conveyances: tuple[Conveyance, ...] = Field((), max_length=64)
    concealment: Title | None = None
    items: tuple[Item, ...] = Field((), max_length=MAX_ITEMS)
    people: tuple[Person, ...] = Field((), max_length=256)
    organisations: tuple[Organisation, ...] = Field((), max_length=64)
    phones: tuple[Phone, ...] = Field((), max_length=64)
    accounts: tuple[Account, ...] = Field((), max_length=64)
    social_handles: tuple[SocialHandle, ...] = Field((), max_length=64)
    narrative: Narrative | None = None
    references: tuple[Reference, ...] = Field((), max_length=64)
    count_basis: CountBasis = "incident"
    period: Moment | None = None
    event_count: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    disposition: Title | None = None

    @model_validator(mode="after")
    def _total_has_period(self) -> Self:
        if self.retraction is not None:
            return self
        if self.count_basis != "incident" and self.period is None:
            raise ValueError("period_missing")
        if not (self.items or self.narrative or self.people or self.conveyances):
            raise ValueError("report_empty")
        return self

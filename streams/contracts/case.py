"""Case events: what happens to a matter after, or before, a seizure."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streams.contracts.base import Code, Event, Model, Narrative, Number, Reference, Title
from streams.contracts.conveyances import Conveyance
from streams.contracts.goods import MixturePart, Quantity
from streams.contracts.people import Account, Organisation, Person, Phone, SocialHandle
from streams.contracts.places import Place
from streams.contracts.times import Moment

__all__ = [
    "CaseEvent",
    "CaseNumber",
    "LaboratoryResult",
    "NibinLead",
    "Offence",
    "OperationNotice",
    "SmugglingFacts",
    "TargetToken",
    "TraceResult",
]

CaseKind = Literal[
    "opened",
    "arrest",
    "remand",  # vinculacion a proceso
    "precautionary_measure",  # medida cautelar
    "indictment",
    "plea",
    "sentence",
    "sobreseimiento",
    "amparo",
    "extradition",
    "closed",
    "operation_notice",
    "laboratory_result",
    "trace_result",
    "nibin_lead",
]


class CaseNumber(Model):
    """A number of a matter and who issued it; both opaque (docket, carpeta, NUC, causa penal, IPH, folio 911 ...)."""

    system: Literal["docket", "carpeta", "nuc", "causa_penal", "iph", "folio_911", "detention_registry", "other"]
    number: Number
    issuer: Title


class Offence(Model):
    """An offence as the record names it, with the article or section."""

    name: Title
    statute: Title | None = None


class SmugglingFacts(Model):
    """Counts of people moved. People appear as counts here, never as names."""

    people_moved: Annotated[int, Field(ge=0, le=100_000)] | None = None
    adults: Annotated[int, Field(ge=0, le=100_000)] | None = None
    minors: Annotated[int, Field(ge=0, le=100_000)] | None = None
    unaccompanied: Annotated[int, Field(ge=0, le=100_000)] | None = None
    deaths: Annotated[int, Field(ge=0, le=100_000)] | None = None
    rescued: Annotated[int, Field(ge=0, le=100_000)] | None = None
    fee: Quantity | None = None
    stash_house: Place | None = None
    nationalities: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = Field((), max_length=64)


class TargetToken(Model):
    """A target of an operation as a keyed token, so that a clash shows without saying who it is."""

    kind: Code
    token: Number


class OperationNotice(Model):
    """An operation announced so that two agencies don't meet in the dark: window, place, tokens, whom to call."""

    start: Moment
    end: Moment
    place: Place
    targets: tuple[TargetToken, ...] = Field((), max_length=256)
    contact: Title


class AmendsItem(Model):
    """The item of another agency's report that a result speaks of, by that agency's numbers."""

    agency: Code
    report_id: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    exhibit: Number | None = None
    line: Number | None = None
    serial: Number | None = None

    @model_validator(mode="after")
    def _names_the_item(self) -> Self:
        if not (self.report_id or self.exhibit or self.line or self.serial):
            raise ValueError("amended_item_unnamed")
        return self


class LaboratoryResult(Model):
    """A laboratory's finding on an exhibit; it amends the item, it does not replace the report."""

    amends: AmendsItem
    laboratory: Title
    laboratory_number: Number | None = None
    substances: tuple[MixturePart, ...] = Field(min_length=1, max_length=32)
    net_weight: Quantity | None = None
    analysed: Moment | None = None


class TraceResult(Model):
    """A firearm trace: who asked, when it was bought and recovered, in which state, and how the trace ended."""

    amends: AmendsItem
    requester: Title
    trace_number: Number | None = None
    recovered: Moment | None = None
    purchased: Moment | None = None
    purchase_state: Title | None = None
    status: Literal["traced_to_purchaser", "traced_to_dealer", "foreign", "not_traceable", "pending"]


class NibinLead(Model):
    """A ballistic lead: exhibits that may have been fired from one weapon; a lead, until an examiner confirms it."""

    exhibits: tuple[AmendsItem, ...] = Field(min_length=2, max_length=64)
    confirmed: bool = False


_DETAIL = {
    "operation_notice": "operation",
    "laboratory_result": "laboratory_result",
    "trace_result": "trace_result",
    "nibin_lead": "nibin_lead",
}


class CaseEvent(Event):
    """One step of a case. Four kinds carry a part of their own, named like the kind; the others carry none."""

    kind: CaseKind | None = None
    case_numbers: tuple[CaseNumber, ...] = Field((), max_length=16)
    occurred: Moment | None = None
    reported: Moment | None = None
    place: Place | None = None
    offences: tuple[Offence, ...] = Field((), max_length=64)
    people: tuple[Person, ...] = Field((), max_length=256)
    organisations: tuple[Organisation, ...] = Field((), max_length=64)
    conveyances: tuple[Conveyance, ...] = Field((), max_length=64)
    phones: tuple[Phone, ...] = Field((), max_length=64)
    accounts: tuple[Account, ...] = Field((), max_length=64)
    social_handles: tuple[SocialHandle, ...] = Field((), max_length=64)
    smuggling: SmugglingFacts | None = None
    operation: OperationNotice | None = None
    laboratory_result: LaboratoryResult | None = None
    trace_result: TraceResult | None = None
    nibin_lead: NibinLead | None = None
    narrative: Narrative | None = None
    references: tuple[Reference, ...] = Field((), max_length=64)
    disposition: Title | None = None

    @model_validator(mode="after")
    def _detail_fits_kind(self) -> Self:
        if self.retraction is not None:
            return self
        if self.kind is None:
            raise ValueError("case_kind_missing")
        for kind, field in _DETAIL.items():
            if (getattr(self, field) is not None) != (self.kind == kind):
                raise ValueError("case_detail_mismatch")
        return self

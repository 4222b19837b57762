"""What every contract shares: the frozen model, text types, grading, handling, and the report's own identity."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "MAX_NARRATIVE_BYTES",
    "MAX_REVISION",
    "Code",
    "Event",
    "Grade",
    "Handling",
    "Language",
    "Model",
    "Narrative",
    "Number",
    "Reference",
    "Retraction",
    "Text",
    "Title",
    "Url",
]

MAX_NARRATIVE_BYTES = 256 * 1024
"""Longest narrative or news body, in bytes of UTF-8."""

MAX_REVISION = 2**42
"""Revisions must leave 20 bits of a signed 64-bit version for the body's hash (`streams.identity`)."""


class Model(BaseModel):
    """Base of all contracts: frozen, no unknown fields, no silent conversions, no NaN or infinity."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )


def _fits_narrative(text: str) -> str:
    # A character is at most four bytes, so most texts are settled without encoding them.
    if len(text) * 4 > MAX_NARRATIVE_BYTES and len(text.encode()) > MAX_NARRATIVE_BYTES:
        raise ValueError("narrative_too_long")
    return text


Code = Annotated[str, Field(min_length=1, max_length=64)]
"""A short code or enumeration value as the publisher writes it."""
Number = Annotated[str, Field(min_length=1, max_length=128)]
"""A number somebody issued (incident, exhibit, serial, docket): opaque, never arithmetic."""
Title = Annotated[str, Field(min_length=1, max_length=500)]
"""A name or one line of text."""
Text = Annotated[str, Field(min_length=1, max_length=MAX_NARRATIVE_BYTES), AfterValidator(_fits_narrative)]
"""Free text of at most 256 KiB in UTF-8."""
Url = Annotated[str, Field(min_length=8, max_length=2048, pattern=r"^https?://")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
"""BCP 47 tag, such as `es-MX` or `en`."""


class Grade(Model):
    """Admiralty grade: reliability of the source and credibility of the information, as two separate axes.

    `F` and `6` mean "cannot be judged"; they are not the worst grades.
    """

    reliability: Literal["A", "B", "C", "D", "E", "F"]
    credibility: Literal["1", "2", "3", "4", "5", "6"]


class Handling(Model):
    """Who may see the record: TLP 2.0 mark and the views it is released to (`joint`, `us`, `mx`).

    The default releases to nobody: the record stays in its agency's own space.
    """

    tlp: Literal["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"] = "AMBER+STRICT"
    releasable_to: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")], ...] = Field((), max_length=16)


class Retraction(Model):
    """The publisher takes the report back; every later view drops it, the intake keeps it."""

    reason: Title


class Narrative(Model):
    """Free text as the publisher wrote it, with its language where the publisher knows it."""

    text: Text
    language: Language | None = None


class Reference(Model):
    """Another agency's number for the same matter; issuer and number are both opaque."""

    issuer: Title
    number: Number
    kind: Code | None = None


class Event(Model):
    """What every event carries beside its own content.

    `report_id` is the publisher's stable name of the report: revisions and the retraction repeat it. `revision` grows;
    a publisher who has no revision numbers leaves it out in every event, and the envelope's time orders them.
    """

    report_id: Annotated[str, Field(min_length=1, max_length=256)]
    revision: Annotated[int, Field(ge=0, lt=MAX_REVISION)] | None = None
    retraction: Retraction | None = None
    grade: Grade | None = None
    handling: Handling = Handling()
    exercise: bool = False
    """True marks a fictional record, made for training or demonstration."""

    @model_validator(mode="after")
    def _retraction_is_bare(self) -> Self:
        # A retraction repeats nothing of what it takes back, so that the text does not travel once more.
        bare = {"report_id", "revision", "retraction", "grade", "handling", "exercise", "kind", "count_basis"}
        if self.retraction is not None and self.model_fields_set - bare:
            raise ValueError("retraction_with_content")
        return self

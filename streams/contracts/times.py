"""Times as sources know them: a value cut to its precision, with a zone, or a fiscal year and month."""

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from streams.contracts.base import Model

__all__ = ["MONTHS", "Moment", "Month", "Precision"]

Precision = Literal["year", "month", "day", "hour", "minute", "second"]
Month = Literal["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
MONTHS: tuple[Month, ...] = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_ORDER: tuple[Precision, ...] = get_args(Precision)
_FORM = re.compile(r"\d{4}(?:(-\d\d)(?:(-\d\d)(?:(T\d\d)(?:(:\d\d)(:\d\d(?:\.\d{1,6})?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?")
"""All forms at once, a group for each precision after the year."""


class Moment(Model):
    """A time, as exactly as its source knows it.

    Either `value` (ISO 8601, cut where the knowledge ends: `2024`, `2024-04`, `2024-04-07`, `2024-04-07T13:05`; with an
    offset or beside a `zone`), or `fiscal_year` with an optional `month` (U.S. federal: 2024 begins in October 2023).
    `precision` may be coarser than the value is written ("about noon" -> hour); without it the value's form decides.
    `zone` is an IANA name or an offset such as `-07:00`; without it the publishing agency's zone holds.
    """

    value: Annotated[str, Field(max_length=40)] | None = None
    fiscal_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    month: Month | None = None
    precision: Precision | None = None
    zone: (
        Annotated[str, Field(pattern=r"^([A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*|[+-]\d\d:\d\d)$", max_length=64)]
        | None
    ) = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        value, precision = self.value, self.precision
        if (value is None) == (self.fiscal_year is None) or (self.month and value is not None):
            raise ValueError("moment_form")
        if value is None:
            return self
        written = _FORM.fullmatch(value)
        if written is None:
            raise ValueError("moment_form")
        if precision and _ORDER.index(precision) > (written.lastindex or 0):
            raise ValueError("moment_precision")
        return self

    def written_precision(self) -> Precision:
        """The precision that the form of the value shows; `ValueError` if it has none of the forms."""
        if self.value is None:
            return "month" if self.month else "year"
        written = _FORM.fullmatch(self.value)
        if written is None:
            raise ValueError("moment_form")
        return _ORDER[written.lastindex or 0]

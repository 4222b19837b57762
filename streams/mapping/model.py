"""What a mapping file says: how the columns of a partner's table become fields of an event."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from streams.contracts import EVENT_TYPES, Model
from streams.contracts.base import MAX_REVISION

__all__ = ["CellType", "Column", "Group", "Mapping", "ReportId", "Revision", "TableFormat", "Target", "Vintage"]

CellType = Literal["text", "id", "integer", "number", "moment", "boolean"]

_TEMPLATE_PART = re.compile(r"\{([^{}]+)\}")
_FIELD = r"^[a-z_]+(\[[0-9]*\])?(\.[a-z_]+(\[\])?)*$"


class _Rule(Model):
    """Base of these models: unlike in an event, white space has a meaning here (a tab separates columns)."""

    model_config = ConfigDict(str_strip_whitespace=False)


class Target(_Rule):
    """One field that a column fills.

    `field` is a path such as `place.office` or `items[].quantity.value`; `items[]` is the item of this row, and
    `items[0]`, `items[1]` are several of one row. `values` translates what the cell says; a value that is an object is
    merged into the field. `otherwise` says what becomes of a cell that the table does not list.
    """

    field: Annotated[str, Field(pattern=_FIELD)]
    values: dict[str, Any] | None = None
    otherwise: Literal["refuse", "keep", "leave_out"] = "refuse"
    default: Any = None
    """Stands for cells that `values` does not list; goes before `otherwise`."""


class Column(_Rule):
    """How one column is read.

    `pattern` must match the whole cell, and its first group (or all of it) is the value. Cells in `empty` count as
    empty, as written or after cleaning; an empty cell leaves its fields out unless the column is `required`. `formats`
    are those of `strptime`; they give the precision too. `zone` (IANA) and `unit` stand beside what the column fills.
    """

    to: tuple[Target, ...] = ()
    type: CellType = "text"
    pattern: str | None = None
    formats: tuple[str, ...] = ()
    zone: str | None = None
    unit: str | None = None
    empty: tuple[str, ...] = ()
    required: bool = False

    @field_validator("to", mode="before")
    @classmethod
    def _short_form(cls, to: object) -> object:
        # `to: place.office` and `to: [place.office, {field: ...}]` are short for lists of targets.
        entries = to if isinstance(to, list) else [to]
        return [{"field": entry} if isinstance(entry, str) else entry for entry in entries]

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"is no regular expression ({error})") from None
        return pattern

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.type == "moment") != bool(self.formats):
            raise ValueError("formats belong to the type moment, and it needs them")
        if self.unit is not None and not all(target.field.endswith(".value") for target in self.to):
            raise ValueError("a unit needs a field that ends in .value")
        if self.zone is not None and self.type != "moment":
            raise ValueError("a zone belongs to the type moment")
        return self

    def is_figure(self) -> bool:
        """Whether the column says how much: a number in an amount's `value`, or in `event_count`."""
        return self.type in ("number", "integer") and any(
            target.field.endswith(".value") or target.field == "event_count" for target in self.to
        )


class TableFormat(_Rule):
    """How the file is written. XLSX takes `sheet` alone (the first one by default)."""

    encoding: str = "utf-8-sig"
    separator: Annotated[str, Field(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'", "\u00a0", "\u202f"] = ""
    sheet: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError("decimal mark and thousands mark are the same")
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"the encoding {self.encoding} is not known") from None
        return self


class ReportId(_Rule):
    """The publisher's name of the report.

    `template` joins columns, `{Office}-{Number}`. Where one of them is empty, or without a template, the id is a hash
    of the columns `hash_of` with an ordinal among rows that are the same in all of them. By default they are all mapped
    columns but the figures (`Column.is_figure` and those of the vintage): a corrected amount is a revision of its row,
    not another report. Rows that differ in figures alone are numbered by them, and are refused together.
    """

    template: str | None = None
    hash_of: tuple[str, ...] = ()

    def columns(self) -> Iterator[str]:
        """The columns that the template names."""
        yield from _TEMPLATE_PART.findall(self.template or "")

    def form(self) -> str:
        """The template for `str.format`, with a place for each of its columns."""
        return "{}".join(
            part.replace("{", "{{").replace("}", "}}") for part in _TEMPLATE_PART.split(self.template or "")[::2]
        )


class Group(_Rule):
    """Rows that make one event: those with the same value in column `by`; an empty value (see `empty`) never groups.

    Fields outside lists must agree. A group that disagrees in a column of `split_on` is split and reported; any other
    disagreement refuses its rows. The parts of a split group are named `77 [Area | DIR]`, the whole group `77`: a file
    does not know how another one told the group, so `puente publish` names both, and if an earlier file published the
    other form, the publisher retracts that at the newer file's revision (a retraction without a revision would also
    hide every later vintage). `sort_items` orders the items by content, so that the order of rows does not matter.
    """

    by: str
    split_on: tuple[str, ...] = ()
    sort_items: bool = False


class Revision(_Rule):
    """Where the revision comes from: a column of whole numbers, or one number for all."""

    column: str | None = None
    constant: Annotated[int, Field(ge=0, lt=MAX_REVISION)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.column is None) == (self.constant is None):
            raise ValueError("a revision needs either column or constant")
        return self


class Vintage(_Rule):
    """Files that come again and again with newer figures for the same reports: the revision is the file's vintage.

    It is the last fiscal year in the file times 100, plus the last month of that year (1 = October). `figures` lists
    the columns whose relative differences up to the given share (0.001 = 0.1%) are rounding and no revision.
    """

    fiscal_year: str
    month: str | None = None
    figures: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)


class Mapping(_Rule):
    """A whole mapping file."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    source: str
    event_type: str = "puente.seizure.v1"
    table: TableFormat = TableFormat()
    columns: Annotated[dict[str, Column], Field(min_length=1)]
    constants: dict[Annotated[str, Field(pattern=_FIELD)], Any] = Field(default_factory=dict)
    report_id: ReportId
    revision: Revision | None = None
    vintage: Vintage | None = None
    group: Group | None = None

    @model_validator(mode="after")
    def _names_its_columns(self) -> Self:
        if self.event_type not in EVENT_TYPES:
            raise ValueError(f"event_type must be one of {', '.join(EVENT_TYPES)}")
        if self.revision is not None and self.vintage is not None:
            raise ValueError("revision and vintage exclude each other")
        if self.vintage is not None and self.vintage.figures and self.group is not None:
            raise ValueError("figures with a tolerance need one row an event, and this mapping groups rows")
        for name in self._named():
            if name not in self.columns:
                raise ValueError(f"the column {name!r} is named but not listed under columns")
        return self

    def _named(self) -> Iterator[str]:
        yield from self.report_id.columns()
        yield from self.report_id.hash_of
        if self.group is not None:
            yield from (self.group.by, *self.group.split_on)
        if self.revision is not None and self.revision.column is not None:
            yield self.revision.column
        if self.vintage is not None:
            yield from (self.vintage.fiscal_year, *self.vintage.figures)
            if self.vintage.month is not None:
                yield self.vintage.month

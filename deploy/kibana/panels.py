"""What a panel is: a small description, from which both its saved object and its query are made.

One description, two renderings: `deploy.kibana.lens` writes what Kibana stores, `deploy.kibana.queries` what
Elasticsearch is asked. So a test may run the panel's question on the real Elasticsearch without Kibana.
"""

from dataclasses import dataclass
from typing import Literal

from indexing.mappings import Kind

__all__ = [
    "NOT_EXERCISES",
    "WITH_EXERCISES",
    "Basis",
    "Bucket",
    "Counted",
    "DataView",
    "Documents",
    "Is",
    "Label",
    "Metric",
    "Months",
    "Number",
    "Panel",
    "Queried",
    "Series",
    "Table",
    "Terms",
    "Words",
]

Basis = Literal["incident", "monthly_total"]
"""What the figures of a panel count. A sum uses one basis only: an incident is part of its month's total."""


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in both languages."""

    en: str
    es: str

    def __str__(self) -> str:
        return self.en if self.en == self.es else f"{self.en} · {self.es}"


@dataclass(frozen=True, slots=True)
class DataView:
    """A view on the indices of one kind; `middle` adds the field `when_middle` to it."""

    kind: Kind
    label: Label
    time_field: str
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A condition: the field has this value."""

    field: str
    value: str | bool


NOT_EXERCISES = Is("exercise", True)
"""What the dashboard leaves out until the reader says otherwise. Said as "not true": not every index has the field."""

WITH_EXERCISES = Label("with exercises", "con ejercicios")


@dataclass(frozen=True, slots=True)
class Terms:
    """One bucket for each of the `size` first values of a keyword field; `missing` adds one for those without it."""

    field: str
    label: Label
    size: int
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """One bucket for each month of the middle of the reported time.

    A monthly total starts at midnight where it was counted; west of there that is still the month before. The middle
    of the month is the same month in every time zone that a reader's browser may have.
    """

    label: Label = Label("Month", "Mes")
    field: str = "when_middle"


Bucket = Terms | Months


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted: documents, or the sum, maximum or number of values of a field."""

    operation: Literal["count", "sum", "max", "unique_count"]
    label: Label
    field: str | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A rectangle of the dashboard, `width` of 48 columns wide; `name` never changes, the id is made of it."""

    name: str
    title: Label
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Panel):
    """A text in Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queried(Panel):
    """A panel that asks: `data` says where, `only` and `basis` of what; `explained` is shown with the title."""

    data: DataView
    explained: Label
    only: tuple[Is, ...] = ()
    basis: Basis | None = None

    @property
    def conditions(self) -> tuple[Is, ...]:
        """`only`, and what the basis asks for: totals of months alone, for a year's total holds them once more."""
        bases: dict[Basis | None, tuple[Is, ...]] = {
            None: (),
            "incident": (Is("count_basis", "incident"),),
            "monthly_total": (Is("count_basis", "period_total"), Is("when_precision", "month")),
        }
        return (*self.only, *bases[self.basis])

    @property
    def knows_exercises(self) -> bool:
        """Whether its records say if they are of an exercise; dead letters don't."""
        return NOT_EXERCISES.field in self.data.kind.properties

    @property
    def library_title(self) -> str:
        """The title where the panel stands alone, without the dashboard's filter: a figure then says what it counts.

        The filter is not in the panel's own query, for then the reader of the dashboard could not switch it off. A list
        needs no such mark: each of its rows has one.
        """
        if isinstance(self, Documents) or not self.knows_exercises:
            return self.full_title
        return f"{self.full_title}, {WITH_EXERCISES}"

    @property
    def full_title(self) -> str:
        """The title with its basis, in both languages."""
        named = {
            "incident": Label("incidents", "incidentes"),
            "monthly_total": Label("monthly totals", "totales mensuales"),
        }
        return str(self.title) if self.basis is None else f"{self.title} [{named[self.basis]}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Queried):
    """One figure."""

    metric: Metric

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """None: everything is one figure."""
        return ()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The figure."""
        return (self.metric,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Queried):
    """Stacked bars: `across` from left to right, stacked by `split`."""

    metric: Metric
    across: Bucket
    split: Terms | None = None

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The split comes first, so that the same values are stacked in every bar."""
        return (self.across,) if self.split is None else (self.split, self.across)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The height of the bars."""
        return (self.metric,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Queried):
    """A row for each combination of `rows`, in the order of the first metric, biggest first."""

    rows: tuple[Terms, ...]
    figures: tuple[Metric, ...]

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The columns on the left."""
        return self.rows

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The columns on the right."""
        return self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents(Queried):
    """A list of documents, sorted by one field, biggest first."""

    columns: tuple[str, ...]
    sort: str


Counted = Number | Series | Table

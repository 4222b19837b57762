"""Events on `events.<view>`, keyed by their id: what several records tell of one happening, told once.

Every live report of a single incident is in exactly one event, most of them alone in theirs. So a sum over the live
events counts no load twice, however many agencies and newspapers tell of it. A lead, not proof (`caution`).
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from streams.dossiers import EventAmount
from streams.facts import ComparedPlace
from streams.links import Caution, DerivedGrade, LinkedReport
from streams.reports import HandlingMark, Span

__all__ = ["EventDocument"]


class EventDocument(TypedDict):
    """One event; the id is the smallest document id among its reports.

    `merged`: the report of this id is told of in the event `redirect_to`. `withdrawn`: it is in none (retracted, or no
    single incident any more). Both end after these fields. So the document id of a report leads to its event.

    `span`, `day` (the local date on which it began) and `place` are those of the official record that knows them most
    exactly; `areas` are corridors, or codes of places outside of one. `origins` counts independent ones: the records of
    one agency, and copies of one text, are one. `grade` is that of the best graded origin, its credibility raised by
    the others (`processors.correlation.corroboration`). `only_news`: no official record tells of it.
    """

    id: str
    version: int
    state: Literal["live", "merged", "withdrawn"]
    redirect_to: NotRequired[str]
    members: NotRequired[list[LinkedReport]]
    member_count: NotRequired[int]
    agencies: NotRequired[list[str]]
    origins: NotRequired[int]
    only_news: NotRequired[bool]
    span: NotRequired[Span]
    day: NotRequired[str]
    place: NotRequired[ComparedPlace]
    areas: NotRequired[list[str]]
    flow: NotRequired[Literal["northbound", "southbound"]]
    goods: NotRequired[list[EventAmount]]
    exercise: NotRequired[bool]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]
    caution: NotRequired[Caution]

"""Overlapping files of the same reports: rounding is no revision, a change of substance is one.

Each file has a vintage (how far its data reach). Files that are given together are folded in the order of their
vintages, whatever the order in which they were named: a row within the tolerance of the figures that hold so far keeps
those figures and their revision, so its event is the same to the byte; any other row opens a revision of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streams.contracts import MONTHS
from streams.mapping.cells import BadCellError, Value
from streams.mapping.model import Vintage
from streams.mapping.rows import Draft, Plan, RefusedRow
from streams.refusals import make_reason

__all__ = ["Dated", "fold_vintages", "vintage_of"]

_FISCAL_MONTHS: dict[str, int] = {name: (at + 3) % 12 + 1 for at, name in enumerate(MONTHS)}  # OCT = 1 ... SEP = 12


@dataclass(slots=True)
class Dated:
    """A draft with its file, its plan and the file's vintage; after the fold, what it is published as."""

    draft: Draft
    plan: Plan
    source: str
    vintage: int
    published: "Dated | None" = None


def vintage_of(plan: Plan, rule: Vintage, rows: Sequence[Draft | RefusedRow]) -> int:
    """The last fiscal year in the file times 100, plus its last month: 202508 for data up to May 2025; 0 if unknown.

    Refused rows count as far as year and month can be read: a mistake in the newest month makes no older file.
    """
    year_at = plan.position(rule.fiscal_year)
    month_at = None if rule.month is None else plan.position(rule.month)
    last = 0
    for row in rows:
        year = _value(plan, row, year_at)
        if isinstance(year, int):
            month = 0 if month_at is None else _FISCAL_MONTHS.get(str(_value(plan, row, month_at)).upper()[:3], 0)
            last = max(last, year * 100 + month)
    return last


def _value(plan: Plan, row: Draft | RefusedRow, at: int) -> Value | None:
    if isinstance(row, Draft):
        return row.cleaned[at]
    column = plan.columns[at]
    try:
        value: Value | None = column.read(row.cells[column.at])
    except (BadCellError, IndexError):
        return None
    return value


def fold_vintages(rule: Vintage, dated: Sequence[Dated]) -> Iterator[RefusedRow]:
    """Set what each draft is published as; yields the rows of one vintage that contradict each other."""
    by_report: dict[str, list[Dated]] = defaultdict(list)
    for entry in dated:
        by_report[entry.draft.report_id].append(entry)
    for entries in by_report.values():
        if len(entries) == 1:
            entries[0].published = entries[0]
            continue
        contents = {id(entry): _content(rule, entry) for entry in entries}
        entries.sort(key=lambda entry: (entry.vintage, contents[id(entry)].order))
        yield from _fold_report(rule, entries, contents)


@dataclass(frozen=True, slots=True)
class _Content:
    figures: tuple[float | None, ...]
    rest: str

    @property
    def order(self) -> tuple[tuple[float, ...], str]:
        return tuple(-1.0 if figure is None else figure for figure in self.figures), self.rest


def _content(rule: Vintage, entry: Dated) -> _Content:
    positions = [entry.plan.position(name) for name in rule.figures]
    figures = tuple(_figure(entry.draft.cleaned[at]) for at in positions)
    if rule.figures:
        rest = [value for at, value in enumerate(entry.draft.cleaned) if at not in positions]
        return _Content(figures, repr(rest))
    return _Content((), repr(entry.draft.tree()))


def _figure(value: Value | None) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _fold_report(rule: Vintage, entries: list[Dated], contents: dict[int, _Content]) -> Iterator[RefusedRow]:
    tolerances = tuple(rule.figures.values())
    running: Dated | None = None
    at = 0
    while at < len(entries):
        same_vintage = [entry for entry in entries[at:] if entry.vintage == entries[at].vintage]
        at += len(same_vintage)
        first = same_vintage[0]
        other = next(
            (entry for entry in same_vintage if not _agree(contents[id(first)], contents[id(entry)], tolerances)), None
        )
        if other is not None:
            yield from _refuse_all(same_vintage)
            continue
        if running is None or not _agree(contents[id(running)], contents[id(first)], tolerances):
            running = first
        for entry in same_vintage:
            entry.published = running


def _agree(one: _Content, other: _Content, tolerances: tuple[float, ...]) -> bool:
    return one.rest == other.rest and all(
        _is_close(a, b, tolerance) for a, b, tolerance in zip(one.figures, other.figures, tolerances, strict=True)
    )


def _is_close(one: float | None, other: float | None, tolerance: float) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or abs(one - other) < tolerance * max(abs(one), abs(other))


def _refuse_all(entries: list[Dated]) -> Iterator[RefusedRow]:
    for entry in entries:
        other = next(e for e in entries if e is not entry)
        for row in entry.draft.rows:
            reason = make_reason("same_report_twice", line=other.draft.rows[0].line)
            yield RefusedRow(entry.source, row.line, "", (reason,), row.cells)

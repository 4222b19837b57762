"""Tables to events: drafts, groups, vintages, then the same door that every event passes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from streams.errors import MappingError
from streams.mapping.grouping import SplitGroup, group_drafts, name_drafts
from streams.mapping.model import Mapping
from streams.mapping.rows import Draft, Plan, RefusedRow, compile_mapping, draft_row
from streams.mapping.tables import Row, Table
from streams.mapping.vintages import Dated, fold_vintages, vintage_of
from streams.parsing import ParsedEvent, encode_tree, parse_event
from streams.refusals import Reason, Refused, make_reason
from streams.topics import INTAKE_LIMIT

__all__ = ["Mapped", "MappedEvent", "map_rows", "map_tables"]


@dataclass(frozen=True, slots=True)
class MappedEvent:
    """A valid event with the rows of the table that gave it."""

    source: str
    rows: tuple[Row, ...]
    parsed: ParsedEvent

    @property
    def lines(self) -> tuple[int, ...]:
        """The first line of each row."""
        return tuple(row.line for row in self.rows)


Mapped = MappedEvent | RefusedRow | SplitGroup


def map_rows(mapping: Mapping, table: Table, *, revision: int | None = None) -> Iterator[Mapped]:
    """The events of one table; `revision` replaces the one that the mapping finds."""
    yield from map_tables(mapping, [table], revision=revision)


def map_tables(mapping: Mapping, tables: Iterable[Table], *, revision: int | None = None) -> Iterator[Mapped]:
    """The events of tables that are published together.

    A mapping without a vintage is read table after table, row after row; rows without an id of their own come at the
    table's end. With one, all tables are read before the first event is given, since the order of vintages decides.
    Raises `MappingError` if a table lacks a column.
    """
    if mapping.vintage is not None:
        yield from _map_vintages(mapping, list(tables), revision)
        return
    seen: dict[str, tuple[bytes, int]] = {}
    for table in tables:
        plan = compile_mapping(mapping, table.columns)
        for draft in _read_drafts(plan, table):
            if not isinstance(draft, Draft):
                yield draft
                continue
            for result in _finish(plan, draft, table.source, _revision_of(plan, draft, revision)):
                if isinstance(result, MappedEvent):
                    canonical, line = seen.setdefault(draft.report_id, (result.parsed.canonical, result.lines[0]))
                    if canonical != result.parsed.canonical:
                        yield from _refuse_rows(draft, table.source, make_reason("same_report_twice", line=line))
                        continue
                yield result


def _read_drafts(plan: Plan, table: Table) -> Iterator[Draft | RefusedRow | SplitGroup]:
    drafts = (draft_row(plan, row, table.source) for row in table.rows)
    if plan.mapping.group is None:
        return name_drafts(plan, drafts, table.source)
    return group_drafts(plan, plan.mapping.group, drafts, table.source)


def _map_vintages(mapping: Mapping, tables: Sequence[Table], revision: int | None) -> Iterator[Mapped]:
    rule = mapping.vintage
    if rule is None:
        raise TypeError("the mapping has no vintage")
    if revision is not None and len(tables) > 1:
        raise MappingError("One revision for several vintages would mix them up: publish the files one by one.")
    dated: list[Dated] = []
    for table in tables:
        plan = compile_mapping(mapping, table.columns)
        results = list(_read_drafts(plan, table))
        drafts = [result for result in results if isinstance(result, Draft)]
        told = [result for result in results if not isinstance(result, SplitGroup)]
        vintage = vintage_of(plan, rule, told) if revision is None else revision
        dated.extend(Dated(draft, plan, table.source, vintage) for draft in drafts)
        yield from (result for result in results if not isinstance(result, Draft))
    yield from fold_vintages(rule, dated)
    finished: dict[int, list[MappedEvent | RefusedRow]] = {}
    for entry in dated:
        published = entry.published
        if published is None:
            continue
        if id(published) not in finished:
            finished[id(published)] = list(
                _finish(published.plan, published.draft, published.source, published.vintage)
            )
        for result in finished[id(published)]:
            if isinstance(result, MappedEvent):
                yield MappedEvent(entry.source, tuple(entry.draft.rows), result.parsed)
            elif entry is published:
                yield result
            else:
                yield from _refuse_rows(entry.draft, entry.source, *result.reasons)
                break


def _revision_of(plan: Plan, draft: Draft, given: int | None) -> int | None:
    rule = plan.mapping.revision
    if given is not None or rule is None:
        return given
    if rule.column is None:
        return rule.constant
    value = draft.cleaned[plan.position(rule.column)]
    return value if isinstance(value, int) else None


def _finish(plan: Plan, draft: Draft, source: str, revision: int | None) -> Iterator[MappedEvent | RefusedRow]:
    """Through the door: the event, or its rows with the reasons."""
    tree: dict[str, Any] = draft.tree()
    if revision is not None:
        tree["revision"] = revision
    try:
        parsed = parse_event(plan.mapping.event_type, encode_tree(tree), limit=INTAKE_LIMIT)
    except Refused as refused:
        yield from _blame(plan, draft, source, refused.reasons)
        return
    yield MappedEvent(source, tuple(draft.rows), parsed)


def _blame(plan: Plan, draft: Draft, source: str, reasons: tuple[Reason, ...]) -> Iterator[RefusedRow]:
    """Give each reason to the row whose field it names; the other rows of the report are refused with it."""
    mine: dict[int, list[Reason]] = {}
    for reason in reasons:
        mine.setdefault(_line_of(draft, reason.field), []).append(reason)
    first = min(mine)
    for row in draft.rows:
        own = tuple(mine.get(row.line, ())) or (make_reason("other_row_refused", line=first),)
        yield RefusedRow(source, row.line, plan.column_of(own[0].field) if own[0].field else "", own, row.cells)


def _line_of(draft: Draft, field: str) -> int:
    name, bracket, rest = field.partition("[")
    if bracket:
        ordinal = int(rest.partition("]")[0])
        held = [row for element, _, row in draft.elements if element == name]
        if ordinal < len(held):
            return held[ordinal].line
    return draft.rows[0].line


def _refuse_rows(draft: Draft, source: str, *reasons: Reason) -> Iterator[RefusedRow]:
    for row in draft.rows:
        yield RefusedRow(source, row.line, reasons[0].field, tuple(reasons), row.cells)

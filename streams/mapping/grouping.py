"""Rows that make one event together: grouped by a key, split where they disagree on named columns."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streams.mapping.cells import BadCellError, Value
from streams.mapping.model import Group
from streams.mapping.rows import Draft, Plan, RefusedRow, number_equals, row_digest, template_id
from streams.mapping.tables import Row
from streams.parsing import canonical_json
from streams.refusals import make_reason

__all__ = ["SplitGroup", "group_drafts", "name_drafts"]


@dataclass(frozen=True, slots=True)
class SplitGroup:
    """A group whose rows disagree: `columns` are those that differ, `report_ids` what was made of it.

    `report_id` is the plain id, which the group has in a file where its rows agree.
    """

    source: str
    key: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    event_type: str
    report_id: str
    report_ids: tuple[str, ...]


def name_drafts(plan: Plan, drafts: Iterable[Draft | RefusedRow], source: str) -> Iterator[Draft | RefusedRow]:
    """One report a row: every draft gets its id. Rows that need a hash come last, for equal ones are counted."""
    nameless = _Nameless(plan, source)
    for draft in drafts:
        if isinstance(draft, RefusedRow):
            nameless.note_refused(draft)
            yield draft
        elif (name := template_id(plan, draft)) is not None:
            draft.report_id = name
            yield draft
        else:
            nameless.add(draft)
    yield from nameless.named()


class _Nameless:
    """Rows without an id of their own: named by a hash, and refused with a row that would have the same hash.

    Otherwise the repaired row, published alone, would be number one of its equals and replace another row's report.
    """

    def __init__(self, plan: Plan, source: str) -> None:
        self._plan = plan
        self._source = source
        self._equal: dict[str, list[Draft]] = {}
        self._refused: dict[str, int] = {}

    def add(self, draft: Draft) -> None:
        self._equal.setdefault(row_digest(self._plan, draft.cleaned), []).append(draft)

    def note_refused(self, row: RefusedRow) -> None:
        plan = self._plan
        values: list[Value | None] = [None] * len(plan.columns)
        try:
            for at in plan.hash_positions:
                column = plan.columns[at]
                values[at] = column.read(row.cells[column.at])
        except (BadCellError, IndexError):
            return
        self._refused.setdefault(row_digest(plan, values), row.line)

    def named(self) -> Iterator[Draft | RefusedRow]:
        for digest, drafts in self._equal.items():
            if digest in self._refused:
                reason = make_reason("other_row_refused", line=self._refused[digest])
                for draft in drafts:
                    yield RefusedRow(self._source, draft.rows[0].line, "", (reason,), draft.rows[0].cells)
            else:
                number_equals(digest, drafts)
                yield from drafts


def group_drafts(
    plan: Plan, group: Group, drafts: Iterable[Draft | RefusedRow], source: str
) -> Iterator[Draft | RefusedRow | SplitGroup]:
    """Drafts of rows to drafts of reports, in the order of their first rows.

    The whole file is read first: rows of one group may stand anywhere (82 lines apart in CBP's weapons file). If a row
    of a group is refused, so are the others, so that a report is never published with a part of its items.
    """
    at = plan.position(group.by)
    groups: dict[str, list[Draft]] = {}
    refused: dict[str, int] = {}
    order: list[RefusedRow | str] = []
    nameless = _Nameless(plan, source)
    for draft in drafts:
        if isinstance(draft, RefusedRow):
            order.append(draft)
            nameless.note_refused(draft)
            for key in _keys_of_refused(plan, group, draft):
                refused.setdefault(key, draft.line)
            continue
        value = draft.cleaned[at]
        if value is None:
            nameless.add(draft)
            continue
        key = str(value)
        if key not in groups:
            groups[key] = []
            order.append(key)
        groups[key].append(draft)
    for entry in order:
        if not isinstance(entry, str):
            yield entry
        elif entry in refused:
            reason = make_reason("other_row_refused", field=group.by, line=refused[entry])
            for draft in groups[entry]:
                yield RefusedRow(source, draft.rows[0].line, group.by, (reason,), draft.rows[0].cells)
        else:
            yield from _make_reports(plan, group, entry, groups[entry], source)
    yield from nameless.named()


_SHIFTED = frozenset({"line_unreadable", "line_columns"})


def _keys_of_refused(plan: Plan, group: Group, refused: RefusedRow) -> Iterator[str]:
    """The groups that a refused row may belong to: where its cells may have shifted, any cell may be the key."""
    column = plan.columns[plan.position(group.by)]
    shifted = any(reason.code in _SHIFTED for reason in refused.reasons)
    for cell in refused.cells if shifted else refused.cells[column.at : column.at + 1]:
        with contextlib.suppress(BadCellError):
            value = column.read(
                cell.strip(f"{plan.mapping.table.quote} ") if shifted and isinstance(cell, str) else cell
            )
            if value is not None:
                yield str(value)


def _make_reports(
    plan: Plan, group: Group, key: str, drafts: list[Draft], source: str
) -> Iterator[Draft | RefusedRow | SplitGroup]:
    base = template_id(plan, drafts[0])
    if base is None:
        base = f"row-{row_digest(plan, drafts[0].cleaned)}-1"
    positions = [plan.position(name) for name in group.split_on]
    parts: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        parts.setdefault(tuple(str(draft.cleaned[at] or "") for at in positions), []).append(draft)
    if len(parts) > 1:
        differing = tuple(name for at, name in enumerate(group.split_on) if len({values[at] for values in parts}) > 1)
        lines = tuple(draft.rows[0].line for draft in drafts)
        names = {values: f"{base} [{' | '.join(values)}]" for values in parts}
        yield SplitGroup(source, key, differing, lines, plan.mapping.event_type, base, tuple(names.values()))
    else:
        names = dict.fromkeys(parts, base)
    for values, members in parts.items():
        yield from _join(plan, group, names[values], members, source)


def _join(plan: Plan, group: Group, report_id: str, drafts: list[Draft], source: str) -> Iterator[Draft | RefusedRow]:
    first = drafts[0]
    for draft in drafts[1:]:
        if draft.header != first.header:
            yield from _refuse_disagreement(plan, drafts, source)
            return
    elements = [element for draft in drafts for element in draft.elements]
    if group.sort_items:
        elements.sort(key=lambda element: (element[0], canonical_json(element[1])))
    rows: list[Row] = [draft.rows[0] for draft in drafts]
    yield Draft(rows, first.cleaned, first.header, elements, report_id)


def _refuse_disagreement(plan: Plan, drafts: list[Draft], source: str) -> Iterator[RefusedRow]:
    for at, column in enumerate(plan.columns):
        outside_lists = any(setter.root is None for setter in column.setters)
        if outside_lists and len({str(draft.cleaned[at]) for draft in drafts}) > 1:
            break
    for draft in drafts:
        row = draft.rows[0]
        yield RefusedRow(source, row.line, column.name, (make_reason("rows_disagree", field=column.name),), row.cells)

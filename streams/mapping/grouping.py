"""Rows that make one event together: grouped by a key, split where they disagree on named columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streams.mapping.cells import BadCellError
from streams.mapping.model import Group
from streams.mapping.rows import Draft, Plan, RefusedRow, report_id_of
from streams.mapping.tables import Row
from streams.parsing import canonical_json
from streams.refusals import make_reason

__all__ = ["SplitGroup", "group_drafts", "name_drafts"]


@dataclass(frozen=True, slots=True)
class SplitGroup:
    """A group whose rows disagree: `columns` are those that differ, `report_ids` what was made of it."""

    source: str
    key: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    report_ids: tuple[str, ...]


def name_drafts(plan: Plan, drafts: Iterable[Draft | RefusedRow]) -> Iterator[Draft | RefusedRow]:
    """One report a row: every draft gets its id."""
    for draft in drafts:
        if isinstance(draft, Draft):
            draft.report_id = report_id_of(plan, draft)
        yield draft


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
    order: list[Draft | RefusedRow | str] = []
    for draft in drafts:
        if isinstance(draft, RefusedRow):
            order.append(draft)
            key = _key_of_refused(plan, group, draft)
            if key is not None:
                refused.setdefault(key, draft.line)
            continue
        value = draft.cleaned[at]
        if value is None:
            draft.report_id = report_id_of(plan, draft)
            order.append(draft)
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


def _key_of_refused(plan: Plan, group: Group, refused: RefusedRow) -> str | None:
    column = plan.columns[plan.position(group.by)]
    if len(refused.cells) <= column.at:
        return None
    try:
        value = column.read(refused.cells[column.at])
    except BadCellError:
        return None
    return None if value is None else str(value)


def _make_reports(
    plan: Plan, group: Group, key: str, drafts: list[Draft], source: str
) -> Iterator[Draft | RefusedRow | SplitGroup]:
    base = report_id_of(plan, drafts[0])
    positions = [plan.position(name) for name in group.split_on]
    parts: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        parts.setdefault(tuple(str(draft.cleaned[at] or "") for at in positions), []).append(draft)
    if len(parts) > 1:
        differing = tuple(name for at, name in enumerate(group.split_on) if len({values[at] for values in parts}) > 1)
        lines = tuple(draft.rows[0].line for draft in drafts)
        names = {values: f"{base} [{' | '.join(values)}]" for values in parts}
        yield SplitGroup(source, key, differing, lines, tuple(names.values()))
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

"""One row to the fields that it gives: a mapping compiled once, then a function of the row alone."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from streams.errors import MappingError
from streams.mapping.cells import BadCellError, Cell, Value, reader_of
from streams.mapping.model import Column, Mapping, Target
from streams.mapping.paths import Root, merge_missing, put, split_path
from streams.mapping.tables import ADDED_COLUMNS, Row
from streams.parsing import canonical_json
from streams.refusals import Reason, make_reason

__all__ = ["Draft", "Plan", "RefusedRow", "compile_mapping", "draft_row", "number_equals", "row_digest", "template_id"]

# Most columns hold few different values: a cell seen before costs one look-up. Bounded, for narratives.
_REMEMBERED_CELLS = 4096
_REMEMBERED_LENGTH = 64


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that gives no event: where it stands, which column, why, and the row itself for repair."""

    source: str
    line: int
    column: str
    reasons: tuple[Reason, ...]
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Draft:
    """What rows give before validation: fields outside lists, and list elements with the row each came from.

    `cleaned` is the value of every mapped column of the first row, in the order of the plan.
    """

    rows: list[Row]
    cleaned: tuple[Value | None, ...]
    header: dict[str, Any]
    elements: list[tuple[str, dict[str, Any], Row]]
    report_id: str = ""

    def tree(self) -> dict[str, Any]:
        """The event as a dictionary."""
        tree = {"report_id": self.report_id, **self.header}
        for name, element, _ in self.elements:
            tree.setdefault(name, []).append(element)
        return tree


@dataclass(frozen=True, slots=True)
class _Setter:
    root: Root
    names: tuple[str, ...]
    target: Target
    unit: str | None
    is_plain: bool
    """The path has no list inside and its values are no objects: set without merging, which takes half the time."""


_Effect = tuple[_Setter, Any]
_Reading = tuple[Value | None, tuple[_Effect, ...]]


@dataclass(slots=True)
class _ColumnPlan:
    name: str
    at: int
    column: Column
    setters: tuple[_Setter, ...]
    read: Any
    seen: dict[Cell, _Reading] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """A mapping fitted to the columns of one table."""

    mapping: Mapping
    columns: tuple[_ColumnPlan, ...]
    constants: dict[str, Any]
    element_constants: dict[Root, dict[str, Any]]
    amounts: tuple[tuple[Root, tuple[str, ...]], ...]
    id_form: str
    id_positions: tuple[int, ...]
    hash_positions: tuple[int, ...]
    """Columns of the hash that names a row without an id: what it is, never how much of it."""

    def position(self, name: str) -> int:
        """Where a column stands in `Draft.cleaned`."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)

    def column_of(self, path: str) -> str:
        """The column that fills a field of an event, or "" (`items[3].quantity.value` -> its column)."""
        wanted = re.sub(r"\[\d*\]", "[]", path)
        best, length = "", 0
        for column in self.columns:
            for target in column.column.to:
                filled = re.sub(r"\[\d*\]", "[]", target.field)
                if (wanted == filled or wanted.startswith((f"{filled}.", f"{filled}["))) and len(filled) >= length:
                    best, length = column.name, len(filled)
                elif filled.startswith(f"{wanted}.") and not best:
                    best = column.name
        return best


def compile_mapping(mapping: Mapping, columns: Sequence[str]) -> Plan:
    """Fit a mapping to the heading of a table; `MappingError` if columns are missing or stand twice."""
    places = {name: at for at, name in enumerate(columns) if name not in ADDED_COLUMNS}
    missing = [name for name in mapping.columns if name not in places]
    if missing:
        raise MappingError(
            f"The table has no column {', '.join(map(repr, missing))}, which the mapping {mapping.name} reads: "
            f"it has {', '.join(map(repr, places))}."
        )
    twice = [name for name in mapping.columns if list(columns).count(name) > 1]
    if twice:
        raise MappingError(f"The column {twice[0]!r} stands twice in the table: rename one.")
    plans = tuple(
        _ColumnPlan(
            name,
            places[name],
            column,
            tuple(_setter(target, column) for target in column.to),
            reader_of(column, mapping.table),
        )
        for name, column in mapping.columns.items()
    )
    constants: dict[str, Any] = {}
    element_constants: dict[Root, dict[str, Any]] = {}
    for path, value in mapping.constants.items():
        root, names = split_path(path)
        put(constants if root is None else element_constants.setdefault(root, {}), names, value)
    amounts = tuple(
        (setter.root, setter.names[:-1])
        for plan in plans
        for setter in plan.setters
        if setter.names and setter.names[-1] == "value" and plan.column.type == "number"
    )
    rule, order = mapping.report_id, list(mapping.columns)
    return Plan(
        mapping,
        plans,
        constants,
        element_constants,
        amounts,
        id_form=rule.form(),
        id_positions=tuple(order.index(name) for name in rule.columns()),
        hash_positions=tuple(order.index(name) for name in rule.hash_of or _identifying(mapping)),
    )


def _identifying(mapping: Mapping) -> tuple[str, ...]:
    # An amount that is corrected must not give the row another id, or both would stand.
    tolerated = mapping.vintage.figures if mapping.vintage is not None else {}
    return tuple(name for name, column in mapping.columns.items() if name not in tolerated and not column.is_figure())


def _setter(target: Target, column: Column) -> _Setter:
    root, names = split_path(target.field)
    listed = [*(target.values or {}).values(), target.default]
    plain = bool(names) and column.type != "moment" and not any(name.endswith("]") for name in names)
    return _Setter(root, names, target, column.unit, plain and not any(isinstance(value, dict) for value in listed))


def draft_row(plan: Plan, row: Row, source: str) -> Draft | RefusedRow:
    """What one row gives, or why it gives nothing; all its bad cells are named."""
    if row.problem is not None:
        return RefusedRow(source, row.line, "", (row.problem,), row.cells)
    cleaned: list[Value | None] = []
    header: dict[str, Any] = {}
    elements: dict[Root, dict[str, Any]] = {}
    reasons: list[Reason] = []
    for column in plan.columns:
        cell = row.cells[column.at]
        reading = column.seen.get(cell) if isinstance(cell, str) else None
        if reading is None:
            try:
                reading = _read_cell(column, cell)
            except BadCellError as bad:
                reasons.append(make_reason(bad.code, field=column.name, expected=bad.expected))
                continue
        value, effects = reading
        cleaned.append(value)
        for setter, filled in effects:
            root = setter.root
            tree = header if root is None else elements.get(root)
            if tree is None:
                tree = elements[root] = {}
            if setter.is_plain:
                for name in setter.names[:-1]:
                    tree = tree.setdefault(name, {})
                tree[setter.names[-1]] = filled
            else:
                put(tree, setter.names, filled)
    if reasons:
        return RefusedRow(source, row.line, reasons[0].field, tuple(reasons), row.cells)
    _complete(plan, header, elements)
    ordered = sorted(((root, tree) for root, tree in elements.items() if root is not None), key=lambda pair: pair[0])
    return Draft([row], tuple(cleaned), header, [(root[0], tree, row) for root, tree in ordered])


def _read_cell(column: _ColumnPlan, cell: Cell) -> _Reading:
    value = column.read(cell)
    if value is None and column.column.required:
        raise BadCellError("column_empty")
    effects: list[_Effect] = []
    if value is not None:
        for setter in column.setters:
            filled = _translate(setter.target, value)
            if filled is not None:
                effects.append((setter, filled))
                if setter.unit is not None:
                    beside = replace(setter, names=(*setter.names[:-1], "unit"))
                    effects.append((beside, setter.unit))
    reading = value, tuple(effects)
    # Only texts: 1, 1.0 and True are one key of a dictionary.
    if isinstance(cell, str) and len(column.seen) < _REMEMBERED_CELLS and len(cell) <= _REMEMBERED_LENGTH:
        column.seen[cell] = reading
    return reading


def _translate(target: Target, value: Value) -> Any:
    if target.values is None:
        return value
    listed = target.values.get(str(value))
    if listed is not None:
        return listed
    if target.default is not None:
        return target.default
    if target.otherwise == "refuse":
        raise BadCellError("column_value")
    return value if target.otherwise == "keep" else None


def _complete(plan: Plan, header: dict[str, Any], elements: dict[Root, dict[str, Any]]) -> None:
    """Add the constants, but none to an element that no column filled; then drop amounts without a value."""
    merge_missing(header, plan.constants)
    for root, tree in list(elements.items()):
        if tree:
            merge_missing(tree, plan.element_constants.get(root, {}))
        else:
            del elements[root]
    for root, names in plan.amounts:
        _drop_empty_amount(header if root is None else elements.get(root), names)


def _drop_empty_amount(tree: dict[str, Any] | None, names: tuple[str, ...]) -> None:
    # A quantity that the source left empty is no zero: the item stays, without quantity and unit.
    for name in names[:-1]:
        if tree is None:
            return
        tree = tree.get(name)
    if tree is not None and names and "value" not in tree.get(names[-1], {"value": 0}):
        del tree[names[-1]]


def template_id(plan: Plan, draft: Draft) -> str | None:
    """The report's id by the mapping's template; None without a template, or where a part of it is empty."""
    parts = [draft.cleaned[at] for at in plan.id_positions]
    return None if not plan.id_form or None in parts else plan.id_form.format(*parts)


def row_digest(plan: Plan, values: Sequence[Value | None]) -> str:
    """The hash that names a row without an id, from its cleaned values (`Draft.cleaned`)."""
    return hashlib.blake2b(canonical_json([values[at] for at in plan.hash_positions]), digest_size=10).hexdigest()


def number_equals(digest: str, drafts: Sequence[Draft]) -> None:
    """Name the rows of one hash by ordinals: by their content, so that the order of rows does not matter."""
    ordered = sorted(drafts, key=lambda draft: canonical_json(list(draft.cleaned))) if len(drafts) > 1 else drafts
    for ordinal, draft in enumerate(ordered, start=1):
        draft.report_id = f"row-{digest}-{ordinal}"

"""Reading one cell: numbers, dates, identifiers and yes/no as partners write them. Nothing is guessed."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from streams.mapping.model import Column, TableFormat

__all__ = ["BadCellError", "Cell", "Value", "cell_text", "is_empty", "reader_of"]

Cell = str | int | float | bool | datetime | date | None
"""A CSV cell is text; a spreadsheet's may be a number or a date of its own."""
Value = str | int | float | bool | dict[str, str]

_SPREADSHEET_ID = re.compile(r"(-?[0-9]+)\.0+")
_ROUNDED_ID = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,3})?"
_TRUE = frozenset({"true", "yes", "y", "1", "si", "sí", "s", "verdadero", "x"})
_FALSE = frozenset({"false", "no", "n", "0", "falso"})
# strptime directives from coarse to fine, with the form that `Moment.value` takes at that precision.
_PRECISIONS = (
    ("S", "%Y-%m-%dT%H:%M:%S"),
    ("M", "%Y-%m-%dT%H:%M"),
    ("HI", "%Y-%m-%dT%H"),
    ("dj", "%Y-%m-%d"),
    ("mbB", "%Y-%m"),
    ("Yy", "%Y"),
)


class BadCellError(Exception):
    """A cell that can't be read; `code` is a reason of `streams.refusals`."""

    def __init__(self, code: str, expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def cell_text(cell: Cell) -> str:
    """A cell as text, outer white space removed; a spreadsheet's whole number without a decimal point."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def is_empty(cell: Cell, column: Column) -> bool:
    """Whether a cell counts as empty before it is read."""
    text = cell_text(cell)
    return not text or text in column.empty


def reader_of(column: Column, table: TableFormat) -> Callable[[Cell], Value | None]:
    """The function that reads cells of a column; it gives None for an empty cell and raises `BadCellError`."""
    pattern = re.compile(column.pattern) if column.pattern is not None else None
    convert = _converter(column, table)

    def read(cell: Cell) -> Value | None:
        if is_empty(cell, column):
            return None
        if pattern is not None:
            match = pattern.fullmatch(cell_text(cell))
            if match is None:
                raise BadCellError("column_format")
            cell = match.group(1) if pattern.groups else match.group()
            if not cell:
                return None
        value = convert(cell)
        return None if isinstance(value, str) and (not value or value in column.empty) else value

    return read


def _converter(column: Column, table: TableFormat) -> Callable[[Cell], Value]:
    if column.type == "id":
        return _read_id
    if column.type == "boolean":
        return _read_boolean
    if column.type == "moment":
        return lambda cell: _read_moment(cell, column)
    if column.type == "number":
        return lambda cell: _read_number(cell, table)
    if column.type == "integer":
        return lambda cell: _read_integer(cell, table)
    return cell_text


def _read_id(cell: Cell) -> str:
    """A number somebody issued. Spreadsheets turn it into a float ("3460425857.0") or cut it ("3.46E+09")."""
    text = cell_text(cell)
    if _ROUNDED_ID.fullmatch(text) or (isinstance(cell, float) and abs(cell) >= 2**53):
        raise BadCellError("id_rounded")
    match = _SPREADSHEET_ID.fullmatch(text)
    return match.group(1) if match else text


def _read_boolean(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = cell_text(cell).lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise BadCellError("column_boolean")


@cache
def _number_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    whole = r"[0-9]+" if not thousands else rf"(?:[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+)"
    point = re.escape(decimal)
    return re.compile(rf"[+-]?(?:{whole}(?:{point}[0-9]*)?|{point}[0-9]+){_EXPONENT}")


def _read_number(cell: Cell, table: TableFormat) -> float:
    """A number as written with the table's marks; 1,234 is refused where the comma is neither."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = float(cell)
    else:
        text = cell_text(cell)
        if not _number_pattern(table.decimal, table.thousands).fullmatch(text):
            raise BadCellError("column_number")
        number = float(text.replace(table.thousands, "").replace(table.decimal, ".") if table.thousands
                       else text.replace(table.decimal, "."))  # fmt: skip
    if not math.isfinite(number):
        raise BadCellError("column_number")
    return number


def _read_integer(cell: Cell, table: TableFormat) -> int:
    number = _read_number(cell, table)
    if not number.is_integer() or abs(number) > 2**53:
        raise BadCellError("column_integer")
    return int(number)


def _read_moment(cell: Cell, column: Column) -> dict[str, str]:
    """A `Moment`: the first format that fits decides, and its finest directive is the precision."""
    for form in column.formats:
        if isinstance(cell, date):
            return _moment(
                cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day), form, column
            )
        try:
            moment = datetime.strptime(cell_text(cell), form)
        except ValueError:
            continue
        return _moment(moment, form, column)
    raise BadCellError("column_date", expected=", ".join(column.formats))


def _moment(moment: datetime, form: str, column: Column) -> dict[str, str]:
    directives = set(re.findall(r"%([a-zA-Z])", form))
    written = next((value for letters, value in _PRECISIONS if directives & set(letters)), "%Y-%m-%d")
    # Not strftime for the year: it writes 0999 as 999 on some systems.
    value = f"{moment.year:04d}" + moment.strftime(written.removeprefix("%Y"))
    if moment.tzinfo is not None and "T" in written:
        return {"value": value + _offset(moment)}
    return {"value": value, "zone": column.zone} if column.zone is not None else {"value": value}


def _offset(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"

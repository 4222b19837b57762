"""Cells as partners write them: numbers with either decimal mark, dates, identifiers, yes and no."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from streams.contracts import Moment
from streams.mapping.cells import BadCellError, Cell, cell_text, reader_of
from streams.mapping.model import Column, TableFormat


def read(cell: Cell, *, table: Any = None, **column: Any) -> Any:
    return reader_of(Column.model_validate(column, strict=False), TableFormat.model_validate(table or {}))(cell)


def code(cell: Cell, **options: Any) -> str:
    with pytest.raises(BadCellError) as caught:
        read(cell, **options)
    return caught.value.code


MARKS = [(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (",", "\u202f"), (".", "'")]


@given(st.integers(-(10**12), 10**12), st.integers(0, 999_999), st.sampled_from(MARKS), st.booleans())
def test_number_is_read_with_the_marks_of_its_table(
    whole: int, fraction: int, marks: tuple[str, str], grouped: bool
) -> None:
    decimal, thousands = marks
    digits = f"{abs(whole):,}".replace(",", thousands) if grouped else str(abs(whole))
    text = f"{'-' if whole < 0 else ''}{digits}{decimal}{fraction:06d}"
    expected = float(f"{'-' if whole < 0 else ''}{abs(whole)}.{fraction:06d}")
    assert read(text, table={"decimal": decimal, "thousands": thousands}, type="number") == expected


@given(st.text(max_size=8), st.sampled_from(MARKS))
def test_whatever_is_read_as_a_number_has_only_its_characters(text: str, marks: tuple[str, str]) -> None:
    try:
        value = read(text, table={"decimal": marks[0], "thousands": marks[1]}, type="number")
    except BadCellError:
        return
    assert value is None or set(text.strip()) <= set("0123456789+-eE" + marks[0] + marks[1])


UNCLEAR = ["1,234.5", "1.234,5", "12,34", "1_000", "0x10", "nan", "inf", "1e999", "٣", "1 000", "--1", "1.2.3", "."]


@pytest.mark.parametrize("text", UNCLEAR)
def test_unclear_number_is_refused(text: str) -> None:
    assert code(text, type="number") == "column_number"


def test_thousands_mark_must_stand_every_three_digits() -> None:
    table = {"decimal": ",", "thousands": "."}
    assert read("1.234.567,8", table=table, type="number") == 1234567.8
    assert code("1.23", table=table, type="number") == "column_number"
    assert code("1234.567", table=table, type="number") == "column_number"


@given(st.integers(-(2**53), 2**53))
def test_integer_is_read_with_and_without_the_point_of_a_spreadsheet(number: int) -> None:
    assert (
        read(str(number), type="integer")
        == read(f"{number}.0", type="integer")
        == read(number, type="integer")
        == number
    )


def test_fraction_is_no_integer() -> None:
    assert code("1.5", type="integer") == "column_integer"
    assert code("9007199254740993000", type="integer") == "column_integer"


FORMS = [("%d/%m/%Y", "day"), ("%Y-%m-%d %H:%M", "minute"), ("%d-%b-%Y %H:%M:%S", "second"), ("%m/%Y", "month"),
         ("%Y", "year"), ("%d.%m.%Y %H", "hour")]  # fmt: skip


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from(FORMS))
def test_date_gives_a_moment_of_the_precision_of_its_form(moment: datetime, form: tuple[str, str]) -> None:
    written = moment.strftime(form[0])
    value = read(written, type="moment", formats=[form[0]], zone="America/Tijuana")
    result = Moment.model_validate(value)
    assert result.zone == "America/Tijuana"
    assert result.written_precision() == form[1]
    assert result.value is not None
    parts = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}
    assert result.value == moment.isoformat()[: parts[form[1]]]
    assert read(moment, type="moment", formats=[form[0]], zone="America/Tijuana") == value


def test_date_with_an_offset_needs_no_zone() -> None:
    column = {"type": "moment", "formats": ["%Y-%m-%dT%H:%M%z"], "zone": "America/Tijuana"}
    assert read("2024-04-07T13:05-0700", **column) == {"value": "2024-04-07T13:05-07:00"}


def test_first_format_that_fits_decides_and_impossible_dates_are_refused() -> None:
    column = {"type": "moment", "formats": ["%d/%m/%Y", "%Y"]}
    assert read("03/04/2024", **column) == {"value": "2024-04-03"}
    assert read(date(2024, 4, 3), **column) == {"value": "2024-04-03"}
    assert code("31/02/2024", **column) == "column_date"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("3460425857.0", "3460425857"), (3460425857.0, "3460425857"), (17, "17"), (" A-1.0 ", "A-1.0"), ("1.50", "1.50")],
)
def test_id_loses_what_a_spreadsheet_added(cell: Cell, value: str) -> None:
    assert read(cell, type="id") == value


@pytest.mark.parametrize("cell", ["3.46E+09", "3,46E+09", "1e5", 2.0**60])
def test_id_that_a_spreadsheet_cut_is_refused(cell: Cell) -> None:
    assert code(cell, type="id") == "id_rounded"


@pytest.mark.parametrize(
    ("cell", "value"), [("Sí", True), ("no", False), ("X", True), (True, True), ("1", True), ("FALSO", False)]
)
def test_yes_and_no(cell: Cell, value: bool) -> None:
    assert read(cell, type="boolean") is value
    assert code("maybe", type="boolean") == "column_boolean"


def test_pattern_takes_its_first_group_and_must_match_all() -> None:
    column = {"type": "integer", "pattern": r"([0-9]{4})(?: \(FYTD\))?"}
    assert read("2025 (FYTD)", **column) == 2025
    assert code("FY2025", **column) == "column_format"


@given(st.text(max_size=10), st.sampled_from(["text", "id"]))
def test_empty_is_what_the_column_says(text: str, kind: str) -> None:
    assume(cell_text(text))
    assert read(text, type=kind, empty=[cell_text(text)]) is None
    assert read("", type=kind) is None
    assert read(" \t\u00a0", type=kind) is None


def test_filler_is_empty_before_and_after_cleaning() -> None:
    column = {"type": "id", "empty": ["-2147483648"]}
    assert read("-2147483648.0", **column) is None
    assert read("-2147483648", **column) is None
    assert read(-2147483648, **column) is None

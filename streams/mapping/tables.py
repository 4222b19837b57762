"""Reading tables: CSV, compressed CSV (.zip, .gz, .xz, .bz2) and XLSX, row by row with line numbers."""

import bz2
import csv
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from streams.contracts import MAX_NARRATIVE_BYTES
from streams.errors import MappingError
from streams.mapping.cells import Cell, cell_text
from streams.mapping.model import TableFormat
from streams.refusals import Reason, make_reason

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

__all__ = ["ADDED_COLUMNS", "Row", "Table", "open_table", "read_csv"]

ADDED_COLUMNS = ("puente_line", "puente_column", "puente_reason_en", "puente_reason_es")
"""What `--check` adds behind the original columns; ignored when the repaired file is read."""

# What a cut or damaged file makes its decoder raise, also in the middle of reading (gzip: zlib.error, BadGzipFile).
_DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, UnicodeError, NotImplementedError)
# openpyxl reads XML lazily and checks little: ElementTree's ParseError is a SyntaxError, a lost part is a KeyError.
_XLSX_DAMAGE = (*_DAMAGE, SyntaxError, LookupError, ValueError, TypeError, AttributeError)

_UNDECODED = re.compile("[\udc80-\udcff]")


class Row(NamedTuple):
    """A row with the number of its first line in the file (from 1); `problem` if it could not be read."""

    line: int
    cells: tuple[Cell, ...]
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is being read: rows come once, in order."""

    source: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    size: int = 0
    """Bytes of the file, for a progress bar."""


@contextmanager
def open_table(path: Path, form: TableFormat) -> Iterator[Table]:
    """Open a table file; it and its rows raise `MappingError`, naming the file, if it can't be read as a table."""
    is_xlsx = path.suffix.lower() == ".xlsx"
    damage = _XLSX_DAMAGE if is_xlsx else _DAMAGE
    with ExitStack() as stack:
        try:
            size = path.stat().st_size
            table = _read_xlsx(path, form, stack, size) if is_xlsx else _read_text(path, form, stack, size)
        except (*damage, RuntimeError) as exc:  # RuntimeError: a ZIP with a password
            raise _unreadable(path, exc) from exc
        # Several tables are open at once, so damage is told by the rows of the table that has it. An `except` round
        # this `yield` would blame the file that was opened last.
        yield replace(table, rows=_guarded(path, table.rows, damage))


def _guarded(path: Path, rows: Iterator[Row], damage: tuple[type[Exception], ...]) -> Iterator[Row]:
    try:
        yield from rows
    except damage as exc:
        raise _unreadable(path, exc) from exc


def _unreadable(path: Path, exc: Exception) -> MappingError:
    why = (exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)) or type(exc).__name__
    return MappingError(f"{path} can't be read as a table ({' '.join(why.split())}): check the path and the file.")


def _read_text(path: Path, form: TableFormat, stack: ExitStack, size: int) -> Table:
    raw = _open_bytes(path, stack)
    text = stack.enter_context(io.TextIOWrapper(raw, encoding=form.encoding, errors="surrogateescape", newline=""))
    columns, rows = read_csv(text, form, str(path))
    return Table(str(path), columns, rows, size)


def _open_bytes(path: Path, stack: ExitStack) -> BinaryIO:
    match path.suffix.lower():
        case ".gz":
            return cast("BinaryIO", stack.enter_context(gzip.open(path, "rb")))
        case ".xz":
            return cast("BinaryIO", stack.enter_context(lzma.open(path, "rb")))
        case ".bz2":
            return cast("BinaryIO", stack.enter_context(bz2.open(path, "rb")))
        case ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path))
            names = [
                name
                for name in archive.namelist()
                if name.lower().endswith((".csv", ".tsv", ".txt")) and not name.startswith("__MACOSX/")
            ]
            if len(names) != 1:
                raise MappingError(f"{path} holds {len(names)} CSV files and should hold one: unpack it first.")
            return cast("BinaryIO", stack.enter_context(archive.open(names[0])))
        case _:
            return stack.enter_context(path.open("rb"))


def read_csv(lines: Iterable[str], form: TableFormat, name: str = "The table") -> tuple[tuple[str, ...], Iterator[Row]]:
    """Heading and rows of a CSV text. Bytes that are not in the table's encoding arrive as lone surrogates.

    A quotation mark that is not closed joins lines until another one ends the cell or the reading. Each of those lines
    is a refused row of its own, so that none is lost from the count or from the file for repair.
    """
    # A cell may hold a whole narrative; the csv module's limit is one for the process.
    csv.field_size_limit(max(csv.field_size_limit(), 4 * MAX_NARRATIVE_BYTES))
    taken: list[str] = []
    reader = _reader(_noting(lines, taken), form)
    try:
        heading = next(reader)
    except StopIteration:
        raise MappingError(f"{name} is empty: it needs a line with the names of its columns.") from None
    except csv.Error as exc:
        raise MappingError(f"The heading of {name} can't be read ({exc}): check separator and quotes.") from exc
    columns = tuple(name.strip() for name in heading)
    return columns, _csv_rows(reader, taken, len(columns), form)


def _reader(lines: Iterable[str], form: TableFormat) -> "CsvReader":
    return csv.reader(lines, delimiter=form.separator, quotechar=form.quote, strict=True)


def _noting(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _csv_rows(reader: "CsvReader", taken: list[str], width: int, form: TableFormat) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1
        taken.clear()
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield from _refused_lines(line, taken, form)
            continue
        if len(cells) != width:
            if len(taken) > 1:
                # Two stray marks make one cell of all the lines between them.
                yield from _refused_lines(line, taken, form)
            elif any(cell.strip() for cell in cells):
                yield Row(line, cells, make_reason("line_columns", expected=str(width)))
            continue
        joined = "".join(cells)
        if not joined.isascii() and _UNDECODED.search(joined):
            yield Row(line, cells, make_reason("line_encoding", expected=form.encoding))
        elif joined.strip():
            yield Row(line, cells)


def _refused_lines(first: int, lines: Sequence[str], form: TableFormat) -> Iterator[Row]:
    for number, line in enumerate(lines, start=first):
        text = line.rstrip("\r\n")
        if text.strip():
            try:
                cells = next(_reader([text], form))
            except csv.Error:
                cells = text.split(form.separator)
            yield Row(number, tuple(cells), make_reason("line_unreadable"))


def _read_xlsx(path: Path, form: TableFormat, stack: ExitStack, size: int) -> Table:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise MappingError("Reading XLSX needs openpyxl: run `pip install '.[mapping]'` in the checkout.") from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except InvalidFileException as exc:
        raise _unreadable(path, exc) from exc
    stack.callback(book.close)
    if form.sheet is not None and form.sheet not in book.sheetnames:
        raise MappingError(f"{path} has no sheet {form.sheet!r}: use one of {', '.join(book.sheetnames)}.")
    sheet = book[form.sheet or book.sheetnames[0]]
    rows = sheet.iter_rows(values_only=True)
    heading = tuple(cell_text(cast("Cell", cell)) for cell in next(rows, ()))
    while heading and not heading[-1]:
        heading = heading[:-1]
    if not heading:
        raise MappingError(f"{path} has an empty first row: it needs the names of the columns.")
    return Table(str(path), heading, _xlsx_rows(cast("Iterator[tuple[Cell, ...]]", rows), len(heading)), size)


def _xlsx_rows(rows: Iterator[tuple[Cell, ...]], width: int) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=2):
        if any(cell is not None and cell != "" for cell in cells):
            # A sheet may be wider or narrower than its heading: cells without one are nobody's.
            padded = (*cells[:width], *([None] * (width - len(cells))))
            yield Row(line, padded)

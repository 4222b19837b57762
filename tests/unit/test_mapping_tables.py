"""Table files: CSV in any packing and encoding, XLSX, and files that are none."""

import gzip
import lzma
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from streams.errors import MappingError
from streams.mapping import Table, open_table
from streams.mapping.model import TableFormat
from streams.mapping.tables import Row

TEXT = "Folio;Lugar\n1;Culiacán\n2;Tijuana\n"
ROWS = [Row(2, ("1", "Culiacán")), Row(3, ("2", "Tijuana"))]
FORM = TableFormat(separator=";")


def read(path: Path, form: TableFormat = FORM) -> tuple[Table, list[Row]]:
    with open_table(path, form) as table:
        return table, list(table.rows)


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".csv.xz", ".zip", ".txt"])
def test_csv_is_read_in_every_packing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    raw = TEXT.encode("utf-8-sig")
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner/t.csv", raw)
            archive.writestr("__MACOSX/t.csv", b"")
            archive.writestr("readme.pdf", b"")
    else:
        packed = {".csv.gz": gzip.compress(raw), ".csv.xz": lzma.compress(raw)}
        path.write_bytes(packed.get(suffix, raw))
    table, rows = read(path)
    assert table.columns == ("Folio", "Lugar")
    assert rows == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16"])
def test_csv_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path, TableFormat(separator=";", encoding=encoding))[1] == ROWS


def test_columns_may_be_separated_by_tabs(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(TEXT.replace(";", "\t"))
    assert read(path, TableFormat(separator="\t"))[1] == ROWS


def test_line_in_another_encoding_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode("latin-1"))
    first, second = read(path)[1]
    assert first.problem is not None
    assert (first.line, first.problem.code) == (2, "line_encoding")
    assert "utf-8" in first.problem.en
    assert second == ROWS[1]


def test_unclosed_quote_is_refused_with_the_line_where_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Folio;Lugar\n1;A\n2;"B\n3;C\n')
    rows = read(path)[1]
    assert rows[0] == Row(2, ("1", "A"))
    assert [(row.line, row.problem and row.problem.code) for row in rows[1:]] == [(3, "line_unreadable")]


def test_cell_may_hold_a_whole_narrative(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"Folio;Lugar\n1;{'x' * 262_144}\n")
    assert len(str(read(path)[1][0].cells[1])) == 262_144


def test_xlsx_keeps_numbers_and_dates_and_skips_empty_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Datos")
    for row in (
        ["Folio", " Kilos ", "Fecha"],
        [3460425857, 2.5, datetime(2024, 4, 7)],
        [None, None, None],
        ["2", None, "x"],
    ):
        sheet.append(row)
    path = tmp_path / "t.xlsx"
    book.save(path)
    table, rows = read(path, TableFormat(sheet="Datos"))
    assert table.columns == ("Folio", "Kilos", "Fecha")
    assert rows == [Row(2, (3460425857, 2.5, datetime(2024, 4, 7))), Row(4, ("2", None, "x"))]
    with pytest.raises(MappingError, match="Datos"):
        read(path, TableFormat(sheet="Hoja9"))
    with pytest.raises(MappingError, match="empty first row"):
        read(path, TableFormat())


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv.gz", b"no gzip", "can't be read"),
        ("t.csv.xz", b"no xz", "can't be read"),
        ("t.csv.xz", lzma.compress(TEXT.encode())[:-20], "can't be read"),
        ("t.zip", b"no zip", "can't be read"),
        ("t.xlsx", b"no xlsx", "can't be read"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_file_that_is_no_table_is_one_sentence(tmp_path: Path, name: str, raw: bytes | None, words: str) -> None:
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(MappingError, match=words) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_zip_with_two_tables_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    with pytest.raises(MappingError, match="2 CSV files"):
        read(path)

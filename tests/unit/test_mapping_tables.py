"""Table files: CSV in any packing and encoding, XLSX, and files that are none."""

import bz2
import gzip
import lzma
import zipfile
from contextlib import ExitStack
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


def test_unclosed_quote_refuses_every_line_that_it_swallows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Folio;Lugar\n1;A\n2;"B\n3;C\n')
    rows = read(path)[1]
    assert rows[0] == Row(2, ("1", "A"))
    assert [(row.line, row.problem and row.problem.code) for row in rows[1:]] == [
        (3, "line_unreadable"),
        (4, "line_unreadable"),
    ]
    assert [row.cells for row in rows[1:]] == [("2", '"B'), ("3", "C")]


def test_two_stray_quotes_refuse_the_lines_between_them_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Folio;Lugar\n1;A\n"2;B\n3;C\n4";D;E\n5;F\n')
    rows = read(path)[1]
    assert [row.line for row in rows if row.problem is not None] == [3, 4, 5]
    assert [row.line for row in rows if row.problem is None] == [2, 6]


def _damaged(folder: Path, suffix: str) -> Path:
    path = folder / f"bad{suffix}"
    raw = ("Folio;Lugar\n" + "".join(f"{n};{n * 7919 % 10007}\n" for n in range(50_000))).encode()
    if suffix == ".xlsx":
        book, good = Workbook(), folder / "whole.xlsx"
        for n in range(3000):
            book.worksheets[0].append([f"Folio{n}", n])
        book.save(good)
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                new.writestr(name, part[: len(part) // 2] + b"<<" if name.endswith("sheet1.xml") else part)
        return path
    packers = {".csv.gz": gzip.compress(raw), ".csv.bz2": bz2.compress(raw), ".csv.xz": lzma.compress(raw)}
    packed = packers[suffix]
    middle = len(packed) // 2
    path.write_bytes(packed[:middle] + bytes(b ^ 0x5A for b in packed[middle : middle + 400]) + packed[middle + 400 :])
    return path


@pytest.mark.parametrize("suffix", [".csv.gz", ".csv.bz2", ".csv.xz", ".xlsx"])
def test_damage_in_the_middle_names_its_own_file_among_several(tmp_path: Path, suffix: str) -> None:
    good = tmp_path / "good.csv"
    good.write_text(TEXT)
    bad = _damaged(tmp_path, suffix)

    def read_both() -> None:
        with ExitStack() as stack:
            for table in [stack.enter_context(open_table(path, FORM)) for path in (bad, good)]:
                list(table.rows)

    with pytest.raises(MappingError, match=f"bad{suffix} can't be read") as caught:
        read_both()
    assert "good.csv" not in str(caught.value)


def test_xlsx_that_lacks_a_part_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    with pytest.raises(MappingError, match="can't be read"):
        read(path)


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

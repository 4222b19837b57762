"""The refused rows as a table that can be repaired and published with the same mapping."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from streams.errors import MappingError
from streams.mapping.cells import Cell, cell_text
from streams.mapping.model import TableFormat
from streams.mapping.rows import RefusedRow
from streams.mapping.tables import ADDED_COLUMNS

__all__ = ["write_refusals"]


def write_refusals(path: Path, columns: Sequence[str], refused: Iterable[RefusedRow], form: TableFormat) -> int:
    """Write refused rows as CSV: the original columns as they were, then line, column and the reasons in two languages.

    Separator and encoding are the table's own, so that the repaired file is read by the same mapping, which ignores the
    added columns. Rows of one report stand together: repair them together. Returns the number of rows.
    """
    original = [name for name in columns if name not in ADDED_COLUMNS]
    keep = [at for at, name in enumerate(columns) if name not in ADDED_COLUMNS]
    count = 0
    try:
        with path.open("w", encoding=form.encoding, errors="surrogateescape", newline="") as out:
            writer = csv.writer(out, delimiter=form.separator, quotechar=form.quote)
            writer.writerow([*original, *ADDED_COLUMNS])
            for row in refused:
                cells = [_as_written(row.cells[at]) if at < len(row.cells) else "" for at in keep]
                added = [str(row.line), row.column, _join(r.en for r in row.reasons), _join(r.es for r in row.reasons)]
                writer.writerow([*cells, *(_encodable(text, form.encoding) for text in added)])
                count += 1
    except OSError as exc:
        raise MappingError(f"{path} can't be written ({exc.strerror}): choose another place.") from exc
    return count


def _as_written(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell_text(cell)


def _join(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(sentences))


def _encodable(text: str, encoding: str) -> str:
    return text.encode(encoding.removesuffix("-sig"), "replace").decode(encoding.removesuffix("-sig"))

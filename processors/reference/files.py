"""Reading reference files; every error names the file."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from processors.reference.errors import ReferenceDataError

__all__ = ["read_rows", "read_yaml"]


def read_yaml(path: Path) -> Mapping[str, Any]:
    """A YAML mapping that cites its `source`."""
    import yaml

    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReferenceDataError(f"The reference file {path} can't be read: restore it from the release.") from error
    if not isinstance(tree, dict) or not tree.get("source"):
        raise ReferenceDataError(f"The reference file {path} must be a mapping that cites its source.")
    return tree


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV whose lines in front begin with #; every row cites its `source`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"The reference file {path} can't be read: restore it from the release.") from error
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = list(csv.DictReader(lines[start:]))
    for number, row in enumerate(rows, start + 2):
        # DictReader fills a short row with None and keeps what is too much under the key None.
        if None in row or None in row.values() or not row.get("source"):
            raise ReferenceDataError(f"Line {number} of {path} has too few or too many columns, or cites no source.")
    return rows

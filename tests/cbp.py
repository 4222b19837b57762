"""CBP's files as shipped, mapped once for all tests, and read once more by a few independent lines."""

import csv
import gc
import lzma
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from deploy.demo.sources import DATA
from streams.mapping import Mapped, load_mapping, map_tables, open_table

__all__ = ["DRUG_FILES", "WEAPON_FILES", "map_files", "read_rows"]

DRUG_FILES = tuple(sorted(DATA.glob("cbp_drug_seizures_*")))
WEAPON_FILES = tuple(sorted(DATA.glob("cbp_weapons_seizures_*")))


@cache
def map_files(name: str, files: tuple[Path, ...]) -> tuple[Mapped, ...]:
    """What the shipped mapping makes of files published in one command."""
    mapping = load_mapping(name)
    with ExitStack() as stack:
        results = tuple(map_tables(mapping, [stack.enter_context(open_table(path, mapping.table)) for path in files]))
    # They live as long as the tests: without this the collector walks over them again and again (twice the time).
    gc.freeze()
    return results


@cache
def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a file with the csv module alone."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))

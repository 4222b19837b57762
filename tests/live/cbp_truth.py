"""The CBP figures, recomputed from the files by a few lines that share nothing with the project's code."""

import csv
import lzma
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[2] / "deploy/demo/data"
POUND_KG = 0.45359237
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
FILLER = "-2147483648.0"


def read_rows(pattern: str) -> list[list[dict[str, str]]]:
    """The rows of each file whose name fits, oldest vintage first."""
    files = []
    for path in sorted(DATA.glob(pattern)):
        with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as source:
            files.append(list(csv.DictReader(source)))
    return files


def month_of(fiscal_year: str, month: str) -> str:
    """`2019`, `OCT` -> `2018-10`."""
    number = MONTHS.index(month) + 1
    return f"{int(fiscal_year[:4]) - (number >= 10)}-{number:02}"


def drug_figures() -> dict[tuple[str, str, str], tuple[float, int]]:
    """(drug, month, area) -> (pounds, events), each key of the seven columns counted once, by its oldest vintage."""
    first: dict[tuple[str, ...], tuple[float, int]] = {}
    for rows in read_rows("cbp_drug_*"):
        for row in rows:
            key = (row["FY"][:4], *list(row.values())[1:7])
            first.setdefault(key, (float(row["Sum Qty (lbs)"]), int(row["Count of Event"])))
    sums: dict[tuple[str, str, str], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for (year, month, _, _, _, area, drug), (pounds, events) in first.items():
        at = (drug, month_of(year, month), area)
        sums[at] = (sums[at][0] + pounds, sums[at][1] + events)
    return dict(sums)


def weapon_figures() -> dict[tuple[str, str], float]:
    """(category, direction) -> quantity; empty quantities are nothing."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in read_rows("cbp_weapons_*")[0]:
        sums[row["Category"], row["Inbound/Outbound"]] += float(row["Quantity Seized"] or 0)
    return dict(sums)


def weapon_events() -> int:
    """Distinct event ids, and each row of the filler id for itself."""
    ids = [row["Event ID"] for row in read_rows("cbp_weapons_*")[0]]
    return len(set(ids) - {FILLER}) + ids.count(FILLER)


def published_events() -> int:
    """Every row of the drug files and every event of the weapons file."""
    return sum(len(rows) for rows in read_rows("cbp_drug_*")) + weapon_events()

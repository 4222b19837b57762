"""All shipped CBP figures pass enrichment, and the sums are those of the files."""

import contextlib
import csv
import io
import lzma
import re
from collections import defaultdict
from functools import cache

from deploy.demo.sources import CBP_SOURCES, DATA
from processors.enrichment.stage import enrich_record
from processors.enrichment.validate import validate_record
from processors.reference import default_reference
from streams.mapping import MappedEvent, load_mapping, map_tables, open_table
from streams.registry import default_registry
from streams.reports import EnrichedReport
from tests.unit.enriching import KEYS, TOPICS, store

POUND = 0.45359237


@cache
def newest() -> dict[str, EnrichedReport]:
    """The newest revision of every CBP report, by report id. A refusal would raise."""
    reports: dict[str, EnrichedReport] = {}
    with contextlib.ExitStack() as stack:
        for source in CBP_SOURCES:
            assert source.mapping
            assert source.agency
            mapping = load_mapping(source.mapping)
            tables = [stack.enter_context(open_table(path, mapping.table)) for path in source.files]
            for result in map_tables(mapping, tables):
                if not isinstance(result, MappedEvent):
                    continue
                record = store(result.parsed.canonical, agency=source.agency)
                valid = validate_record(record, TOPICS, default_registry(), default_reference())
                report = enrich_record(valid, default_reference(), KEYS)
                known = reports.get(report["report_id"])
                if known is None or known["version"] < report["version"]:
                    reports[report["report_id"]] = report
    return reports


def rows(pattern: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(DATA.glob(pattern)):
        text = lzma.decompress(path.read_bytes()).decode("utf-8-sig")
        found += csv.DictReader(io.StringIO(text))
    return found


def test_fentanyl_by_fiscal_year_is_what_cbp_published() -> None:
    pounds: dict[int, float] = defaultdict(float)
    for report in newest().values():
        for item in report["facts"]["items"]:
            if item["commodity"] == "fentanyl":
                pounds[report["event"]["period"]["fiscal_year"]] += item["mass_kg"] / POUND
    # The published totals in pounds; 2025 is to date.
    assert {year: round(weight) for year, weight in sorted(pounds.items())} == {
        2019: 2804, 2020: 4791, 2021: 11201, 2022: 14700, 2023: 27023, 2024: 21889, 2025: 8465,
    }  # fmt: skip


def test_periods_begin_in_the_calendar_month_of_the_fiscal_one() -> None:
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    checked = 0
    for report in newest().values():
        period = report["event"].get("period")
        if period is None:
            continue
        number = months.index(period["month"]) + 1
        year = period["fiscal_year"] - (number >= 10)
        assert report["facts"]["when"]["start"].startswith(f"{year}-{number:02}-01T0"), period
        checked += 1
    assert checked == 16_617  # the keys over four vintages


def test_rounds_and_firearms_by_direction_are_those_of_the_rows() -> None:
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows("cbp_weapons*"):
        category = row["Category"]
        kind = "round" if category == "Ammunition" else "firearm" if re.search("Hand|Long|Other Fire", category) else ""
        if kind and row["Quantity Seized"]:
            direction = {"OTHER": "unknown"}.get(row["Inbound/Outbound"], row["Inbound/Outbound"].lower())
            expected[kind, direction] += float(row["Quantity Seized"])
    found: dict[tuple[str, str], float] = defaultdict(float)
    for report in newest().values():
        for item in report["facts"]["items"]:
            kind = {"ammunition": "round", "firearm": "firearm"}.get(item["commodity"], "")
            if kind and "count" in item:
                assert item["count_unit"] == ("round" if kind == "round" else "unit")
                found[kind, report["facts"]["direction"]] += item["count"]
    assert found == expected
    assert found["firearm", "outbound"] > 0


def test_southbound_is_outbound_by_land_at_the_southwest_border() -> None:
    def key(row: dict[str, str]) -> bool:
        return (
            row["Inbound/Outbound"] == "OUTBOUND"
            and row["Mode of Transportation"] == "Land"
            and row["Region"] == "Southwest Border"
        )

    expected = sum(float(row["Quantity Seized"] or 0) for row in rows("cbp_weapons*") if key(row))
    found = sum(
        item.get("count", 0.0)
        for report in newest().values()
        if report["facts"].get("flow") == "southbound"
        for item in report["facts"]["items"]
    )
    assert found == expected > 0


def test_every_area_is_known_and_none_has_a_corridor() -> None:
    for report in newest().values():
        place = report["facts"]["place"]
        assert place["kind"] in {"office", "sector"}, place
        assert "corridor" not in place
        assert not any(item.get("unit_unknown") for item in report["facts"]["items"])

"""The shipped mappings on CBP's real files, against figures that a few lines with the csv module recompute."""

import csv
import lzma
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import pytest

from streams.contracts import Event, SeizureReport
from streams.identity import version_number
from streams.mapping import MappedEvent, RefusedRow, SplitGroup, load_mapping, map_tables, open_table
from tests.cbp import DRUG_FILES, WEAPON_FILES, map_files, read_rows

KEY = ("FY", "Month (abbv)", "Component", "Region", "Land Filter", "Area of Responsibility", "Drug Type")
FILLER = "-2147483648.0"
PUBLIC = ["joint", "us", "mx"]


def events_of(name: str, files: tuple[Path, ...]) -> list[MappedEvent]:
    results = map_files(name, files)
    assert all(isinstance(result, MappedEvent) for result in results), "no row is refused, no group is split"
    return [result for result in results if isinstance(result, MappedEvent)]


def seizure(event: Event) -> SeizureReport:
    assert isinstance(event, SeizureReport)
    return event


def drug_key(row: dict[str, str]) -> str:
    return "|".join([row["FY"][:4], *(row[name] for name in KEY[1:])])


def winners(events: list[MappedEvent]) -> dict[str, bytes]:
    """The final state: of each report the body with the highest version."""
    best: dict[str, tuple[int, bytes]] = {}
    for event in events:
        revision = event.parsed.event.revision
        assert revision is not None
        version = version_number(revision, event.parsed.canonical)
        name = event.parsed.event.report_id
        best[name] = max(best.get(name, (0, b"")), (version, event.parsed.canonical))
    return {name: body for name, (_, body) in best.items()}


def test_four_drug_files_and_one_weapons_file_ship() -> None:
    assert len(DRUG_FILES) == 4
    assert len(WEAPON_FILES) == 1


def test_every_drug_row_is_one_event_of_its_key() -> None:
    events = events_of("cbp_drugs", DRUG_FILES)
    rows = [row for path in DRUG_FILES for row in read_rows(path)]
    assert len(events) == len(rows) == 38_886
    assert Counter(event.parsed.event.report_id for event in events) == Counter(map(drug_key, rows))
    assert len({event.parsed.canonical for event in events}) == len({drug_key(row) for row in rows}) == 16_617


def test_drug_figures_are_those_of_the_first_vintage_of_a_key() -> None:
    first: dict[str, dict[str, str]] = {}
    for path in DRUG_FILES:
        for row in read_rows(path):
            first.setdefault(drug_key(row), row)
    sums: dict[int, float] = defaultdict(float)
    expected: dict[int, float] = defaultdict(float)
    seen = set()
    for event in events_of("cbp_drugs", DRUG_FILES):
        report = seizure(event.parsed.event)
        row = first[report.report_id]
        item = report.items[0]
        assert item.quantity is not None
        assert item.quantity.value == float(row["Sum Qty (lbs)"])
        assert item.quantity.unit == "lb"
        assert report.event_count == int(row["Count of Event"])
        assert report.place is not None
        assert (report.place.office, report.place.region) == (row["Area of Responsibility"], row["Region"])
        assert report.mode == ("Land" if row["Land Filter"] == "Land Only" else "Other")
        assert report.unit == row["Component"]
        assert item.kind == "substance"
        assert item.name == row["Drug Type"]
        assert report.period is not None
        assert (report.period.fiscal_year, report.period.month) == (int(row["FY"][:4]), row["Month (abbv)"])
        assert report.count_basis == "period_total"
        assert report.handling.tlp == "CLEAR"
        assert list(report.handling.releasable_to) == PUBLIC
        if report.report_id not in seen and item.name == "Fentanyl":
            sums[report.period.fiscal_year or 0] += item.quantity.value
            expected[int(row["FY"][:4])] += float(row["Sum Qty (lbs)"])
        seen.add(report.report_id)
    assert sums == expected
    rounded = {year: round(pounds) for year, pounds in sums.items()}
    assert rounded == {2019: 2804, 2020: 4791, 2021: 11201, 2022: 14700, 2023: 27023, 2024: 21889, 2025: 8465}


def test_vintage_is_the_last_month_in_the_file() -> None:
    revisions = [{event.parsed.event.revision for event in events_of("cbp_drugs", (path,))} for path in DRUG_FILES]
    assert revisions == [{202212}, {202312}, {202412}, {202508}]


def test_order_of_files_in_one_command_does_not_matter() -> None:
    expected = Counter(event.parsed.canonical for event in events_of("cbp_drugs", DRUG_FILES))
    events = events_of("cbp_drugs", tuple(DRUG_FILES[at] for at in (1, 3, 0, 2)))
    assert Counter(event.parsed.canonical for event in events) == expected


def test_files_published_one_by_one_end_the_same_in_any_order_and_within_the_tolerance() -> None:
    together = winners(events_of("cbp_drugs", DRUG_FILES))
    states = [
        winners([event for path in order for event in events_of("cbp_drugs", (path,))])
        for order in permutations(DRUG_FILES)
    ]
    assert all(state == states[0] for state in states)
    assert states[0].keys() == together.keys()
    mapping = load_mapping("cbp_drugs")
    assert mapping.vintage is not None
    alone = {
        e.parsed.event.report_id: seizure(e.parsed.event)
        for path in DRUG_FILES
        for e in events_of("cbp_drugs", (path,))
    }
    for event in events_of("cbp_drugs", DRUG_FILES):
        report, other = seizure(event.parsed.event), alone[event.parsed.event.report_id]
        first, last = report.items[0].quantity, other.items[0].quantity
        assert first is not None
        assert last is not None
        assert last.value == pytest.approx(first.value, rel=0.001)


Change = dict[int, tuple[str, str]]


def alter(path: Path, out: Path, change: Change, *, only: tuple[str, str] | None = None) -> Path:
    """A copy of a file in which some lines (from 2) have another value in a column; `only` keeps rows with a value."""
    rows = [dict(row) for row in read_rows(path)]
    for line, (column, value) in change.items():
        rows[line - 2][column] = value
    if only is not None:
        rows = [row for row in rows if row[only[0]] == only[1]]
    with lzma.open(out, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return out


@pytest.mark.parametrize(("factor", "is_revision"), [(1.0009, False), (1.0011, True), (0.5, True)])
def test_difference_below_a_thousandth_is_no_revision(tmp_path: Path, factor: float, is_revision: bool) -> None:
    old, new = DRUG_FILES[2:]
    rows = read_rows(new)
    office = ("Area of Responsibility", "TUCSON FIELD OFFICE")
    line = 2 + next(
        at
        for at, row in enumerate(rows)
        if row["FY"] == "2024" and float(row["Sum Qty (lbs)"]) > 1 and row[office[0]] == office[1]
    )
    name, pounds = drug_key(rows[line - 2]), float(rows[line - 2]["Sum Qty (lbs)"]) * factor
    altered = alter(new, tmp_path / "new.csv.xz", {line: ("Sum Qty (lbs)", repr(pounds))}, only=office)
    earlier = alter(old, tmp_path / "old.csv.xz", {}, only=office)
    for order in ((earlier, altered), (altered, earlier)):
        mine = [event for event in events_of("cbp_drugs", order) if event.parsed.event.report_id == name]
        revisions = sorted(event.parsed.event.revision or 0 for event in mine)
        assert revisions == ([202412, 202508] if is_revision else [202412, 202412])
        final = max(mine, key=lambda event: event.parsed.event.revision or 0)
        quantity = seizure(final.parsed.event).items[0].quantity
        assert quantity is not None
        assert (quantity.value == pounds) is is_revision


def test_weapons_rows_of_one_event_id_are_one_report() -> None:
    events = events_of("cbp_weapons", WEAPON_FILES)
    rows = read_rows(WEAPON_FILES[0])
    groups = Counter(row["Event ID"] for row in rows)
    fillers = groups.pop(FILLER)
    assert len(groups) + 1 == 14_924
    assert len(events) == len(groups) + fillers
    sizes = {event.parsed.event.report_id: len(event.lines) for event in events}
    assert {f"{number}.0": size for number, size in sizes.items() if not number.startswith("row-")} == groups
    assert [size for number, size in sizes.items() if number.startswith("row-")] == [1] * fillers
    assert sorted(line for event in events for line in event.lines) == list(range(2, len(rows) + 2))


UNITS = {"Ammunition": "rounds"}
KINDS = {"Handgun": "firearm", "Long Arm": "firearm", "Other Firearms": "firearm", "Ammunition": "ammunition",
         "Magazine": "magazine", "Explosives": "explosive", "Vest Body Armor": "property",
         "Other Weapons": "property"}  # fmt: skip


def test_weapons_items_are_the_rows_as_written() -> None:
    rows = read_rows(WEAPON_FILES[0])
    for event in events_of("cbp_weapons", WEAPON_FILES):
        report = seizure(event.parsed.event)
        mine = [rows[line - 2] for line in event.lines]
        wanted = Counter(
            (
                KINDS.get(row["Category"], "firearm_part"),
                row["Category"],
                (float(row["Quantity Seized"]), UNITS.get(row["Category"], "each")) if row["Quantity Seized"] else None,
            )
            for row in mine
        )
        assert wanted == Counter(
            (item.kind, item.description, item.quantity and (item.quantity.value, item.quantity.unit))
            for item in report.items
        )
        for row in mine:
            assert report.place is not None
            assert report.seized is not None
            assert (report.place.office, report.place.region) == (row["Area of Responsibility"], row["Region"])
            assert (report.direction, report.mode) == (row["Inbound/Outbound"], row["Mode of Transportation"])
            assert (report.seized.fiscal_year, report.seized.month) == (
                int(row["Fiscal Year"][:4]),
                row["Month (abbv)"],
            )
            assert report.incident_number == (None if row["Event ID"] == FILLER else row["Event ID"].removesuffix(".0"))
        assert report.count_basis == "incident"
        assert list(report.handling.releasable_to) == PUBLIC


def test_empty_quantity_is_an_item_without_one_and_zero_stays_zero() -> None:
    items = [item for event in events_of("cbp_weapons", WEAPON_FILES) for item in seizure(event.parsed.event).items]
    quantities = [row["Quantity Seized"] for row in read_rows(WEAPON_FILES[0])]
    assert sum(item.quantity is None for item in items) == quantities.count("") == 5
    zeros = sum(item.quantity is not None and item.quantity.value == 0 for item in items)
    assert zeros == sum(bool(text) and float(text) == 0 for text in quantities)


def test_group_that_disagrees_is_split_and_reported(tmp_path: Path) -> None:
    rows = read_rows(WEAPON_FILES[0])
    groups = defaultdict(list)
    for line, row in enumerate(rows, start=2):
        groups[row["Event ID"]].append(line)
    area, direction, mode = [number for number, lines in groups.items() if len(lines) == 3 and number != FILLER][:3]
    altered = alter(
        WEAPON_FILES[0],
        tmp_path / "altered.csv.xz",
        {
            groups[area][1]: ("Area of Responsibility", "Laredo Field Office (altered)"),
            groups[direction][0]: ("Inbound/Outbound", "ALTERED"),
            groups[mode][2]: ("Mode of Transportation", "Altered"),
        },
    )
    results = map_files("cbp_weapons", (altered,))
    splits = [result for result in results if isinstance(result, SplitGroup)]
    assert {(split.key, split.columns) for split in splits} == {
        (area.removesuffix(".0"), ("Area of Responsibility",)),
        (direction.removesuffix(".0"), ("Inbound/Outbound",)),
    }
    by_id = {result.parsed.event.report_id: result for result in results if isinstance(result, MappedEvent)}
    for split in splits:
        assert split.lines == tuple(groups[f"{split.key}.0"])
        assert sorted(len(by_id[name].lines) for name in split.report_ids) == [1, 2]
        assert split.key not in by_id
        assert all(seizure(by_id[name].parsed.event).incident_number == split.key for name in split.report_ids)
    refused = [result for result in results if isinstance(result, RefusedRow)]
    assert [row.line for row in refused] == groups[mode]
    assert {(row.column, row.reasons[0].code) for row in refused} == {("Mode of Transportation", "rows_disagree")}


def test_reports_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = read_rows(WEAPON_FILES[0])
    out = tmp_path / "reversed.csv"
    with out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(reversed(rows))
    mapping = load_mapping("cbp_weapons")
    with open_table(out, mapping.table) as table:
        results = list(map_tables(mapping, [table]))
    expected = {event.parsed.canonical for event in events_of("cbp_weapons", WEAPON_FILES)}
    assert {result.parsed.canonical for result in results if isinstance(result, MappedEvent)} == expected

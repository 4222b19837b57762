"""Mapping files and rows: values, groups, ids, vintages, and the way back for what is refused."""

import csv
import random
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.mapping import (
    Mapped,
    MappedEvent,
    RefusedRow,
    SplitGroup,
    map_rows,
    open_table,
    write_refusals,
)
from tests.unit.mapping_tools import BASE, HEADING, events, mapping, refused, rows_of_a_table, run, table


def test_row_becomes_an_event() -> None:
    assert events(run(["2024/1;07/04/2024;Culiacán;CRISTAL;1.234,5"], mapping())) == [
        {
            "report_id": "2024/1",
            "incident_number": "2024/1",
            "seized": {"value": "2024-04-07", "zone": "America/Mexico_City"},
            "place": {"as_written": "Culiacán", "country": "MX"},
            "items": [
                {
                    "kind": "substance",
                    "name": "metanfetamina",
                    "description": "CRISTAL",
                    "quantity": {"value": 1234.5, "unit": "kg"},
                }
            ],
        }
    ]


def test_empty_cells_leave_their_fields_out_and_an_amount_goes_with_its_unit() -> None:
    (event,) = events(run(["1;;Culiacán;goma;"], mapping()))
    assert "seized" not in event
    assert event["items"] == [{"kind": "substance", "name": "goma", "description": "goma"}]


def test_coarser_date_gives_coarser_precision() -> None:
    (event,) = events(run(["1;04/2024;Culiacán;goma;1"], mapping()))
    assert event["seized"]["value"] == "2024-04"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("1;31/02/2024;Culiacán;goma;1", "Fecha", "column_date"),
        ("1;;;goma;1", "Lugar", "column_empty"),
        ("1;;Culiacán;goma;1.23", "Kilos", "column_number"),
        ("1;;Culiacán;goma;1,234.5", "Kilos", "column_number"),
        ("1;;Culiacán;goma;uno", "Kilos", "column_number"),
        ("1;;Culiacán;goma;nan", "Kilos", "column_number"),
        ("1;;Culiacán;goma;-1", "Kilos", "out_of_range"),
        ("3,46E+09;;Culiacán;goma;1", "Folio", "id_rounded"),
        ("1;;Culiacán;goma", "", "line_columns"),
        ("1;;Culiacán;goma;1;2", "", "line_columns"),
        ('1;;"Culia"cán;goma;1', "", "line_unreadable"),
        ("1;;Culiacán;applied for asylum;1", "Droga", "asylum_confidential"),
    ],
)
def test_bad_row_is_refused_with_line_column_and_reason_and_others_go_on(row: str, column: str, code: str) -> None:
    results = run(["7;;Tijuana;goma;1", row, "8;;Tijuana;goma;1"], mapping())
    assert refused(results) == [(3, column, code)]
    assert [event["report_id"] for event in events(results)] == ["7", "8"]


def test_row_with_several_bad_cells_names_them_all() -> None:
    (row,) = [r for r in run(["1;x;;goma;y"], mapping()) if isinstance(r, RefusedRow)]
    assert [reason.field for reason in row.reasons] == ["Fecha", "Lugar", "Kilos"]
    assert all(reason.en and reason.es for reason in row.reasons)


def test_line_numbers_count_lines_not_rows() -> None:
    results = run(['1;;"dos\nlíneas";goma;1', "", "2;;;goma;1"], mapping())
    assert refused(results) == [(5, "Lugar", "column_empty")]
    assert [result.lines for result in results if isinstance(result, MappedEvent)] == [(2,)]


def test_unlisted_value_is_refused_kept_left_out_or_replaced() -> None:
    def results(**target: Any) -> list[Mapped]:
        rules = mapping(
            columns={
                **BASE["columns"],
                "Lugar": {"to": {"field": "place.as_written", "values": {"A": "Alfa"}, **target}},
            }
        )
        return run(["1;;A;goma;1", "2;;B;goma;1"], rules)

    assert refused(results()) == [(3, "Lugar", "column_value")]
    assert events(results(otherwise="keep"))[1]["place"]["as_written"] == "B"
    assert events(results(otherwise="leave_out"))[1]["place"] == {"country": "MX"}
    assert events(results(default="Otro"))[1]["place"]["as_written"] == "Otro"


def test_several_items_of_one_row() -> None:
    columns = {
        "Folio": {"to": "report_id"},
        "Arma 1": {"to": "items[0].type"},
        "Serie 1": {"to": "items[0].serial"},
        "Arma 2": {"to": "items[1].type"},
        "Placa": {"to": "conveyances[].plates[].number"},
    }
    constants = {"items[0].kind": "firearm", "items[1].kind": "firearm", "conveyances[].kind": "vehicle"}
    rules = mapping(columns={**columns, "Folio": {}}, constants=constants)
    results = list(
        map_rows(
            rules, table(["1;rifle;S/N;pistola;555FICT", "2;rifle;;;"], rules, "Folio;Arma 1;Serie 1;Arma 2;Placa")
        )
    )
    first, second = events(results)
    assert first["items"] == [
        {"kind": "firearm", "type": "rifle", "serial": "S/N"},
        {"kind": "firearm", "type": "pistola"},
    ]
    assert first["conveyances"] == [{"kind": "vehicle", "plates": [{"number": "555FICT"}]}]
    assert second["items"] == [{"kind": "firearm", "type": "rifle"}]
    assert "conveyances" not in second


GROUPED = {"group": {"by": "Folio", "split_on": ["Lugar"], "sort_items": True}}


def test_rows_of_one_key_are_one_event_wherever_they_stand() -> None:
    results = run(["1;;A;goma;1", "2;;A;goma;1", "1;;A;polvo;2"], mapping(**GROUPED))
    first, second = events(results)
    assert [item["name"] for item in first["items"]] == ["goma", "polvo"]
    assert (first["report_id"], second["report_id"]) == ("1", "2")


def test_rows_with_an_empty_key_never_group() -> None:
    results = events(run(["S/N;;A;goma;1", "S/N;;A;goma;1", ";;A;goma;1"], mapping(**GROUPED)))
    assert len({event["report_id"] for event in results}) == 3
    assert all("incident_number" not in event for event in results)


def test_refused_row_takes_its_group_with_it() -> None:
    results = run(["1;;A;goma;1", "1;;A;goma;x", "2;;A;goma;1"], mapping(**GROUPED))
    assert sorted(refused(results)) == [(2, "Folio", "other_row_refused"), (3, "Kilos", "column_number")]
    assert [event["report_id"] for event in events(results)] == ["2"]


def test_contract_blames_the_row_whose_item_is_wrong() -> None:
    results = run(["1;;A;goma;1", "1;;A;polvo;-1"], mapping(group={"by": "Folio"}))
    assert refused(results) == [(2, "", "other_row_refused"), (3, "Kilos", "out_of_range")]


def test_same_report_with_other_content_is_refused_and_with_the_same_is_not() -> None:
    results = run(["1;;A;goma;1", "1;;A;goma;1", "1;;A;goma;2"], mapping())
    assert len(events(results)) == 2
    assert [(line, code) for line, _, code in refused(results)] == [(4, "same_report_twice")]


@given(rows_of_a_table, st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_event(rows: list[str], order: random.Random) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    one, other = run(rows, mapping(**GROUPED)), run(shuffled, mapping(**GROUPED))
    assert Counter(map(orjson.dumps, events(one))) == Counter(map(orjson.dumps, events(other)))
    assert sum(isinstance(r, SplitGroup) for r in one) == sum(isinstance(r, SplitGroup) for r in other)


@given(rows_of_a_table)
def test_every_row_is_in_one_event_or_refused(rows: list[str]) -> None:
    for rules in (mapping(**GROUPED), mapping(report_id={})):
        results = run(rows, rules)
        lines = [line for r in results if isinstance(r, MappedEvent) for line in r.lines]
        lines += [r.line for r in results if isinstance(r, RefusedRow)]
        assert sorted(lines) == list(range(2, len(rows) + 2))


@given(rows_of_a_table)
def test_split_parts_hold_the_rows_that_agree(rows: list[str]) -> None:
    results = run(rows, mapping(**GROUPED))
    by_id = {r.parsed.event.report_id: r for r in results if isinstance(r, MappedEvent)}
    for split in (r for r in results if isinstance(r, SplitGroup)):
        assert split.columns == ("Lugar",)
        assert len(split.report_ids) == 2
        parts = [by_id[name].lines for name in split.report_ids if name in by_id]
        assert sorted(line for part in parts for line in part) == sorted(split.lines)
        for part in parts:
            assert len({rows[line - 2].split(";")[2] for line in part}) == 1


@given(rows_of_a_table)
def test_refusals_are_written_ready_for_repair(rows: list[str]) -> None:
    import tempfile

    rules = mapping(**GROUPED)
    bad = [r for r in run(rows, rules) if isinstance(r, RefusedRow)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "repair.csv"
        assert write_refusals(out, HEADING.split(";"), bad, rules.table) == len(bad)
        with out.open(encoding="utf-8-sig", newline="") as lines:
            read = list(csv.reader(lines, delimiter=";"))
        assert read[0] == [*HEADING.split(";"), "puente_line", "puente_column", "puente_reason_en", "puente_reason_es"]
        assert [";".join(row[:5]) for row in read[1:]] == [rows[r.line - 2] for r in bad]
        # The same mapping reads the file as it is, and refuses the same rows for the same reasons.
        with open_table(out, rules.table) as opened:
            again = [r for r in map_rows(rules, opened) if isinstance(r, RefusedRow)]
        assert Counter(r.reasons[0].code for r in again) == Counter(r.reasons[0].code for r in bad)


def test_stray_quote_refuses_all_it_swallows_and_the_groups_of_those_lines() -> None:
    rows = ["9;;A;goma;1", '1;;A;"goma;1', *(f"{n};;A;goma;1" for n in range(2, 10))]
    results = run(rows, mapping(**GROUPED))
    assert events(results) == []
    assert sorted(line for line, _, _ in refused(results)) == list(range(2, 12))
    assert (2, "Folio", "other_row_refused") in refused(results)


def ids_by_kilos(rows: list[str]) -> dict[float, str]:
    return {event["items"][0]["quantity"]["value"]: event["report_id"] for event in events(run(rows, mapping()))}


def test_corrected_amount_keeps_the_id_of_a_row_without_one() -> None:
    before, after = ids_by_kilos(["S/N;;A;goma;1"]), ids_by_kilos(["S/N;;A;goma;2"])
    assert before[1] == after[2]
    assert ids_by_kilos(["S/N;;B;goma;1"])[1] != before[1]


def test_rows_that_differ_in_amount_alone_get_ids_that_no_order_changes() -> None:
    one, other = ids_by_kilos(["S/N;;A;goma;1", "S/N;;A;goma;2"]), ids_by_kilos(["S/N;;A;goma;2", "S/N;;A;goma;1"])
    assert one == other
    assert len(set(one.values())) == 2


@pytest.mark.parametrize("changes", [{}, GROUPED])
def test_repaired_row_without_id_can_not_replace_its_equal(changes: dict[str, Any]) -> None:
    results = run(["S/N;;A;goma;1", "S/N;;A;goma;x", "S/N;;B;goma;1"], mapping(**changes))
    assert sorted((line, code) for line, _, code in refused(results)) == [
        (2, "other_row_refused"),
        (3, "column_number"),
    ]
    assert len(events(results)) == 1

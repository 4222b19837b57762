"""Overlapping files: rounding is no revision, substance is one, and no order of files matters."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import MappingError
from streams.identity import version_number
from streams.mapping import (
    Mapped,
    MappedEvent,
    Mapping,
    Table,
    map_tables,
)
from tests.unit.mapping_tools import events, mapping, refused, table

VINTAGE = {
    "columns": {"FY": {"to": "period.fiscal_year", "type": "integer"}, "Clave": {"to": "items[].name"},
                "Kilos": {"to": "items[].quantity.value", "type": "number", "unit": "kg"}},
    "constants": {"items[].kind": "substance", "count_basis": "period_total"},
    "report_id": {"template": "{FY}/{Clave}"},
    "vintage": {"fiscal_year": "FY", "figures": {"Kilos": 0.01}},
    "table": {},
}  # fmt: skip


def vintage_tables(files: Sequence[Sequence[tuple[int, str, str]]], rules: Mapping) -> list[Table]:
    return [
        table([f"{year},{name},{kilos}" for year, name, kilos in rows], rules, "FY,Clave,Kilos", f"{at}.csv")
        for at, rows in enumerate(files)
    ]


def fold(files: Sequence[Sequence[tuple[int, str, str]]]) -> list[Mapped]:
    rules = mapping(**VINTAGE)
    return list(map_tables(rules, vintage_tables(files, rules)))


def figures(results: Sequence[Mapped]) -> list[tuple[int, float]]:
    return sorted((event["revision"], event["items"][0]["quantity"]["value"]) for event in events(results))


def test_rounding_keeps_the_first_figures_and_substance_opens_a_revision() -> None:
    files = [
        [(2020, "a", "100")],
        [(2020, "a", "100.9"), (2021, "b", "1")],
        [(2020, "a", "101.5"), (2022, "b", "1")],
    ]
    results = fold(files)
    # 101.5 lies within the tolerance of the second file, but not of the figures that hold since the first.
    assert figures(results) == sorted([(202000, 100), (202000, 100), (202200, 101.5), (202100, 1), (202200, 1)])


def test_one_vintage_that_contradicts_itself_is_refused() -> None:
    results = fold([[(2020, "a", "100"), (2020, "a", "200"), (2020, "b", "1")]])
    assert [(line, code) for line, _, code in refused(results)] == [(2, "same_report_twice"), (3, "same_report_twice")]
    assert [event["report_id"] for event in events(results)] == ["2020/b"]


def test_a_revision_for_several_vintages_is_refused() -> None:
    rules = mapping(**VINTAGE)
    with pytest.raises(MappingError, match="one by one"):
        list(map_tables(rules, vintage_tables([[(2020, "a", "1")], [(2021, "a", "1")]], rules), revision=7))
    results = list(map_tables(rules, vintage_tables([[(2020, "a", "1")]], rules), revision=7))
    assert figures(results) == [(7, 1)]


kilos = st.sampled_from(["100", "100.5", "101.2", "150", "0", ""])
vintages = st.lists(
    st.tuples(
        st.integers(2020, 2023),
        st.lists(st.tuples(st.sampled_from("ab"), kilos), max_size=3, unique_by=lambda row: row[0]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda file: file[0],
).map(lambda files: [[(2019, name, amount) for name, amount in rows] + [(year, "end", "1")] for year, rows in files])


@given(vintages, st.randoms(use_true_random=False))
def test_any_order_of_files_gives_the_same_events(
    files: list[list[tuple[int, str, str]]], order: random.Random
) -> None:
    shuffled = list(files)
    order.shuffle(shuffled)
    one, other = fold(files), fold(shuffled)
    assert Counter(map(orjson.dumps, events(one))) == Counter(map(orjson.dumps, events(other)))
    assert len(events(one)) == sum(map(len, files))


def final_state(results: Iterator[Mapped] | Sequence[Mapped]) -> dict[str, int]:
    state: dict[str, int] = {}
    for result in results:
        if isinstance(result, MappedEvent):
            event = result.parsed.event
            version = version_number(event.revision or 0, result.parsed.canonical)
            state[event.report_id] = max(version, state.get(event.report_id, 0))
    return state


@given(vintages, st.randoms(use_true_random=False))
def test_separate_publications_end_the_same_in_any_order(
    files: list[list[tuple[int, str, str]]], order: random.Random
) -> None:
    shuffled = list(files)
    order.shuffle(shuffled)
    states = [final_state([result for file in files_ for result in fold([file])]) for files_ in (files, shuffled)]
    assert states[0] == states[1]
    assert {name for name, _ in states[0].items()} == final_state(fold(files)).keys()


def test_refused_row_of_the_newest_year_still_counts_for_the_vintage() -> None:
    assert figures(fold([[(2020, "a", "1"), (2021, "b", "x")]])) == [(202100, 1)]

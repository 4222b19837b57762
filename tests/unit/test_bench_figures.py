"""What the benchmarks do with measured figures: percentiles, medians, ratios, tables."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import SHARES, median_rate, percentile, render_table, show_count, show_ratio, summarise

FLOATS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1), (0.501, 51)]
)
def test_a_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


@given(FLOATS, st.floats(0.001, 1))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_a_percentile_of_nothing_or_beyond_the_end_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="a percentile needs"):
        percentile(values, share)


def test_a_summary_has_its_number_and_every_share() -> None:
    assert summarise([3.04, 1.0, 2.0]) == {"count": 3, "p50": 2.0, "p95": 3.0, "p99": 3.0, "max": 3.0}
    assert list(summarise([1.0])) == ["count", *SHARES]


def test_a_summary_of_nothing_tells_no_share() -> None:
    assert summarise([]) == {"count": 0}


@given(st.dictionaries(st.sampled_from(["ours", "plain"]), FLOATS, min_size=1))
def test_each_way_has_its_own_median(rates: dict[str, list[float]]) -> None:
    assert median_rate(rates) == {way: statistics.median(found) for way, found in rates.items()}


def test_figures_are_shown_short() -> None:
    assert (show_count(12345.6), show_count(None), show_count(0)) == ("12,346", "-", "0")
    assert (show_ratio(3, 2), show_ratio(3, None), show_ratio(3, 0)) == ("1.50", "-", "-")


def test_a_table_aligns_names_to_the_left_and_figures_to_the_right() -> None:
    assert render_table(("stage", "a"), [("x", "1,000"), ("longest name", "2")]).splitlines() == [
        "stage             a",
        "------------  -----",
        "x             1,000",
        "longest name      2",
    ]


def test_a_row_that_lacks_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        render_table(("stage", "a"), [("x",)])

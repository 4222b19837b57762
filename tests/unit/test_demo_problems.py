"""The demo exits with 1 if any count is off: each way of being off is named, and a right run has none."""

from dataclasses import replace

import pytest

from deploy.demo.briefings import LEAST_SHARE, Extraction, find_extraction_problems
from deploy.demo.counting import IndexCounts
from deploy.demo.run import find_problems
from deploy.demo.summary import DemoSummary

RIGHT = IndexCounts(found=80, missing=0, items=120, items_of_reports=120)
READ = Extraction(24, 110, 7, 1, 110, LEAST_SHARE, LEAST_SHARE, ())


def test_a_right_run_has_no_problem() -> None:
    assert find_problems(100, 100, 0, 0, RIGHT, restarted=False) == ()


@pytest.mark.parametrize(
    ("enriched", "refused", "rows", "counts", "words"),
    [
        (99, 0, 0, RIGHT, "1 events were neither enriched nor refused"),
        (101, 0, 0, RIGHT, "1 records more were enriched"),
        (98, 2, 0, RIGHT, "2 events were refused"),
        (100, 0, 3, RIGHT, "3 rows of a file"),
        (100, 0, 0, IndexCounts(79, 1, 120, 120), "1 reports are missing"),
        (100, 0, 0, IndexCounts(80, 0, 121, 120), "121 items are in the index, its reports have 120"),
    ],
)
def test_each_way_of_being_off_is_named(
    enriched: int, refused: int, rows: int, counts: IndexCounts, words: str
) -> None:
    (problem,) = find_problems(100, enriched, refused, rows, counts, restarted=False)
    assert words in problem


def test_a_report_in_a_view_that_may_not_see_it_is_a_problem() -> None:
    (problem,) = find_problems(100, 100, 0, 0, RIGHT, leaked=2, restarted=True)
    assert "2 reports are in the joint view" in problem


def test_a_restarted_worker_may_enrich_twice_but_never_loses() -> None:
    assert find_problems(100, 130, 0, 0, RIGHT, restarted=True) == ()
    assert find_problems(100, 99, 0, 0, RIGHT, restarted=True) != ()


def test_amounts_misread_are_a_problem_only_if_they_are_many() -> None:
    assert find_extraction_problems(READ) == ()
    (missing,) = find_extraction_problems(replace(READ, core_recall=LEAST_SHARE - 0.01))
    assert missing == "only 84% of the amounts were found in the briefings, at least 85% are wanted"
    (untrue,) = find_extraction_problems(replace(READ, core_precision=0.5))
    assert untrue == "only 50% of the amounts found in the briefings are true, at least 85% are wanted"


def test_a_summary_with_a_problem_is_not_right() -> None:
    summary = DemoSummary(100, 99, 0, 80, 0, 80, 120, 0, 0, 0, 0, 1.0, 100.0)
    assert summary.is_right
    assert not DemoSummary(100, 99, 0, 80, 0, 80, 120, 0, 0, 0, 0, 1.0, 100.0, problems=("off",)).is_right

"""What was read out of the briefings against the truth: each way of being wrong is counted."""

from typing import Any

import pytest

from deploy.demo.briefings import (
    CLOSE,
    Extraction,
    compare_extraction,
    find_extraction_problems,
    load_briefings_truth,
)

Mention = dict[str, Any]
TRUTH = load_briefings_truth()
LABELS: dict[str, list[Mention]] = TRUTH["reports"]
COUNT = sum(map(len, LABELS.values()))


def mention(commodity: str, qty_si: float | None, unit: str | None = "kg", **more: Any) -> Mention:
    """A mention as the index holds it, as far as it is looked at."""
    plain = {"at": {"field": "body", "start": 0, "end": 1}, "cumulative": False, "place": None}
    return {"commodity": commodity, "qty_si": qty_si, "unit": unit, **plain, **more}


def truth_of(totals: dict[str, dict[str, float]] | None = None, /, **reports: list[Mention]) -> dict[str, Any]:
    """A truth of its own, by report id."""
    return {"reports": reports, "totals": totals or {}}


def counts(read: Extraction) -> tuple[int, int, int]:
    """Found, missed, invented."""
    return read.found, read.missed, read.invented


def test_the_truth_itself_is_found_whole() -> None:
    read = compare_extraction(LABELS, TRUTH)
    assert counts(read) == (COUNT, 0, 0)
    assert (read.reports, read.cumulative_right, read.core_precision, read.core_recall) == (24, COUNT, 1.0, 1.0)
    assert read.extracted() == pytest.approx(read.expected(), abs=1e-5)
    assert read.expected()["fentanyl"] == pytest.approx(90.114369)
    assert {one.commodity: one.texts for one in read.kilograms}["fentanyl"] == 7
    assert find_extraction_problems(read) == ()


def test_nothing_found_is_a_problem_of_recall_alone() -> None:
    read = compare_extraction({}, TRUTH)
    assert counts(read) == (0, COUNT, 0)
    assert (read.core_precision, read.core_recall) == (1.0, 0.0)
    assert set(read.extracted().values()) == {0.0}
    (problem,) = find_extraction_problems(read)
    assert "0% of the amounts were found" in problem


def test_every_mention_twice_is_a_problem_of_precision_alone() -> None:
    read = compare_extraction({name: labels * 2 for name, labels in LABELS.items()}, TRUTH)
    assert counts(read) == (COUNT, 0, COUNT)
    assert (read.core_precision, read.core_recall) == (0.5, 1.0)
    (problem,) = find_extraction_problems(read)
    assert "50% of the amounts found in the briefings are true" in problem


@pytest.mark.parametrize("name", LABELS)
def test_the_labels_of_another_text_are_no_match(name: str) -> None:
    """A mention counts in its own report."""
    read = compare_extraction({f"{name}-other": LABELS[name]}, {"reports": {name: LABELS[name]}, "totals": {}})
    assert counts(read) == (0, len(LABELS[name]), len(LABELS[name]))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (mention("fentanyl", 10 * (1 + 0.9 * CLOSE)), (1, 0, 0)),
        (mention("fentanyl", 10 * (1 + 2 * CLOSE)), (0, 1, 1)),
        (mention("heroin", 10), (0, 1, 1)),
        (mention("fentanyl", None), (0, 1, 1)),
        (mention("fentanyl", 10, cumulative=True), (1, 0, 0)),
    ],
)
def test_commodity_and_amount_must_agree(found: Mention, wanted: tuple[int, int, int]) -> None:
    read = compare_extraction({"one": [found]}, truth_of(one=[mention("fentanyl", 10)]))
    assert counts(read) == wanted
    assert read.cumulative_right == (wanted[0] if not found["cumulative"] else 0)


def test_a_label_is_met_by_the_mention_that_is_a_total_as_it_is() -> None:
    labels = [mention("fentanyl", 10, cumulative=True), mention("fentanyl", 10)]
    read = compare_extraction({"one": labels[::-1]}, truth_of(one=labels))
    assert (counts(read), read.cumulative_right) == ((2, 0, 0), 2)


def test_a_figure_that_the_title_repeats_counts_once() -> None:
    title: dict[str, Any] = {"at": {"field": "title", "start": 0, "end": 1}}
    labels = [mention("fentanyl", 10)]
    repeated = {"one": [mention("fentanyl", 10, "kg", **title), mention("fentanyl", 10)]}
    assert counts(compare_extraction(repeated, truth_of(one=labels))) == (1, 0, 0)
    other = {"one": [mention("fentanyl", 20, "kg", **title), mention("fentanyl", 10)]}
    assert counts(compare_extraction(other, truth_of(one=labels))) == (1, 0, 1)
    alone = {"one": [mention("fentanyl", 10, "kg", **title)]}
    assert counts(compare_extraction(alone, truth_of(one=labels))) == (1, 0, 0)


def test_people_vehicles_and_amounts_without_a_number_are_no_core() -> None:
    loose = [mention("migrant", 63, "person"), mention("vehicle", 2, "unit"), mention("cocaine", None, None)]
    core = [mention("fentanyl", 10)]
    missing = compare_extraction({"one": core}, truth_of(one=core + loose))
    assert (counts(missing), missing.core_recall) == ((1, 3, 0), 1.0)
    extra = compare_extraction({"one": core + loose}, truth_of(one=core))
    assert (counts(extra), extra.core_precision) == ((1, 0, 3), 1.0)


def test_kilograms_are_of_single_seizures_and_stand_beside_the_truth() -> None:
    labels = [mention("fentanyl", 10), mention("fentanyl", 900, cumulative=True), mention("fentanyl", 500, "pill")]
    truth = truth_of({"fentanyl": {"mass_kg": 20, "pills": 500}, "heroin": {"mass_kg": 3}}, one=labels, two=labels[:1])
    read = compare_extraction({"one": labels, "two": labels[:1], "three": [mention("opium_poppy", 7)]}, truth)
    assert [(one.commodity, one.found, one.true, one.texts) for one in read.kilograms] == [
        ("fentanyl", 20.0, 20.0, 2),
        ("heroin", 0.0, 3.0, 0),
        ("opium_poppy", 7.0, 0.0, 1),
    ]
    assert read.extracted() == {"fentanyl": 20.0, "heroin": 0.0, "opium_poppy": 7.0}

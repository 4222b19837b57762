"""How links and networks are measured against the truth, by cases that can be reckoned by hand."""

import pytest

from tests.scenarios import generate
from tests.scenarios.measure import (
    FoundLink,
    Quality,
    count_bait,
    measure,
    measure_events,
    measure_networks,
    measure_noise,
    measure_possible,
    measure_strong,
    render_noise,
)
from tests.scenarios.truth import ReportTruth, Truth, components


def report(name: str, *noise: str, live: bool = True) -> ReportTruth:
    return ReportTruth(f"id-{name}", "agency", name, "seizure", live, None, noise, ())


def make_truth() -> Truth:
    """a, b, c are one event; d, e share a person by name alone; f, g carry bait; x was retracted."""
    reports = {name: report(name) for name in "abdefg"} | {"c": report("c", "ocr", "late")}
    reports["x"] = report("x", "retracted", live=False)
    groups = {"event:1": ("a", "b", "c"), "object:gun-1": ("a", "b"), "person:1": ("d", "e")}
    baits = {"tip_line-1": ("a", "f", "g", "b"), "common_name-1": ("f", "g"), "common_name-2": ("d", "f")}
    return Truth(1, reports, groups, baits, (("a", "b"), ("a", "c")))


TRUTH = make_truth()


def test_pairs_and_their_reasons() -> None:
    assert TRUTH.pairs() == {
        ("a", "b"): ["event:1", "object:gun-1"],
        ("a", "c"): ["event:1"],
        ("b", "c"): ["event:1"],
        ("d", "e"): ["person:1"],
    }
    assert components("abcd", [("b", "c"), ("a", "b")]) == [["a", "b", "c"], ["d"]]


def test_strong_and_possible_links() -> None:
    links: list[FoundLink] = [
        ("b", "a", "strong"),
        ("a", "b", "strong"),
        ("b", "c", "strong"),
        ("f", "g", "strong"),
        ("e", "d", "possible"),
    ]
    strong = measure_strong(TRUTH, links)
    # a-b and b-c are true, f-g is not; of the reachable a-b and a-c one was found.
    assert strong == Quality(3, 2, 2, 1)
    assert strong.precision == pytest.approx(2 / 3)
    assert strong.recall == 0.5
    assert measure_possible(TRUTH, links) == Quality(4, 3, 4, 3)


def test_a_link_to_a_retracted_report_is_wrong() -> None:
    assert measure_strong(TRUTH, [("a", "x", "strong")]) == Quality(1, 0, 2, 0)


def test_nothing_found_is_never_wrong() -> None:
    assert measure_strong(TRUTH, []).precision == 1.0
    assert measure_strong(TRUTH, []).recall == 0.0


def test_bait_counts_where_it_is_shared_and_the_pair_is_not_true() -> None:
    links: list[FoundLink] = [("f", "g", "strong"), ("a", "b", "strong"), ("d", "f", "possible"), ("a", "g", "strong")]
    assert count_bait(TRUTH, links) == {"common_name": 1, "tip_line": 2}
    assert count_bait(TRUTH, []) == {"common_name": 0, "tip_line": 0}


def test_networks_by_b_cubed() -> None:
    # Components: abc, and d, e, f, g alone. Found: ab, cd.
    found = measure_networks(TRUTH, [["a", "b"], ["d", "c"]])
    # precision: a 1, b 1, c 1/2, d 1/2; recall: a 2/3, b 2/3, c 1/3, d 1.
    assert found.precision == pytest.approx(3 / 4)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.f1 == pytest.approx(2 * 0.75 * (8 / 12) / (0.75 + 8 / 12))
    whole = measure_networks(TRUTH, [["a", "b"], ["d", "c"]], of_all=True)
    assert whole.precision == pytest.approx((3 + 3) / 7)
    assert whole.recall == pytest.approx((8 / 3 + 3) / 7)


def test_networks_right_and_missing() -> None:
    assert measure_networks(TRUTH, [["c", "a", "b"]]).f1 == 1.0
    assert measure_networks(TRUTH, []).recall == pytest.approx(1 / 3)
    assert measure_networks(TRUTH, [["a", "b", "c", "x"]]).precision == pytest.approx((3 / 4 * 3 + 1 / 4) / 4)


def test_recall_by_noise() -> None:
    links: list[FoundLink] = [("a", "b", "strong"), ("a", "c", "possible"), ("b", "c", "strong")]
    found = measure_noise(TRUTH, links)
    assert found.keys() == {"none", "ocr", "late"}
    # a-c (reachable, only possible) and b-c (not reachable) touch c.
    assert found["ocr"] == found["late"] == (1, 0, 2, 2)
    # a-b and d-e have no noise.
    assert found["none"] == (1, 1, 2, 1)
    assert (found["none"].strong_recall, found["none"].recall) == (1.0, 0.5)


def test_what_the_truth_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="does not know"):
        measure_strong(TRUTH, [("a", "nobody", "strong")])
    with pytest.raises(ValueError, match="does not know"):
        measure_networks(TRUTH, [["a", "nobody"]])
    with pytest.raises(ValueError, match="two networks"):
        measure_networks(TRUTH, [["a", "b"], ["b", "c"]])


def test_a_perfect_answer_to_a_scenario() -> None:
    truth = generate(6, 200).truth
    reachable = set(truth.reachable)
    links: list[FoundLink] = [
        (left, right, "strong" if (left, right) in reachable else "possible") for left, right in truth.pairs()
    ]
    networks = [members for members in components(truth.live(), reachable) if len(members) > 1]
    figures = measure(truth, links, networks)
    assert (figures.events.precision, figures.events.recall) == (1.0, 0.0)
    assert figures.strong.precision == figures.strong.recall == 1.0
    assert figures.linked.precision == figures.linked.recall == 1.0
    assert figures.networks.f1 == figures.networks_of_all.f1 == 1.0
    assert not any(figures.bait.values())
    assert not figures.wrong
    assert all(row.strong_recall == row.recall == 1.0 for row in figures.noise.values())
    assert "| ocr |" in render_noise(figures)


def test_pairs_of_one_event_are_held_against_those_that_tell_of_one() -> None:
    # a-b is right, a-d and b-d are not, and a-c and b-c are missing; d-e is one person, no event.
    assert measure_events(TRUTH, [["a", "b", "d"], ["e"], ["c"]]) == Quality(3, 1, 3, 1)
    assert measure_events(TRUTH, [["d", "e"]]) == Quality(1, 0, 3, 0)

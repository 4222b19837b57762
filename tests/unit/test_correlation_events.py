"""Which reports are one event: the rules against each pair, chains over days, and what stays apart."""

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.components import Components
from processors.correlation.events import (
    EventRules,
    Telling,
    may_be_one_event,
    read_telling,
    tells_alone,
    tells_one,
)
from processors.correlation.grouping import Apart, Edge
from tests.unit.correlating import GOODS, make_record

NODES = "abcdefg"
HOUR = 3_600.0
TELLINGS = st.builds(
    lambda slot, start, length: Telling(slot, start * HOUR, (start + length) * HOUR),
    st.sampled_from([None, ("cbp", "seizure"), ("dea", "seizure"), ("dea", "case")]),
    st.integers(0, 200),
    st.integers(0, 30),
) | st.just(Telling(("gn", "seizure"), float("-inf"), float("inf")))
EDGES = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1])


def _when(day: int) -> dict[str, str]:
    span = {"start": f"2026-03-{day:02}T00:00:00.000Z", "end": f"2026-03-{day + 1:02}T00:00:00.000Z"}
    return {**span, "precision": "day", "zone": "UTC", "zone_from": "record"}


def _group_plainly(tellings: dict[str, Telling], edges: dict[Edge, int], apart: set[Edge]) -> set[frozenset[str]]:
    groups = [{node} for node in NODES]
    for left, right in sorted(edges, key=lambda edge: (edges[edge], edge), reverse=True):
        [ours] = [group for group in groups if left in group]
        [theirs] = [group for group in groups if right in group]
        pairs = [(min(one, other), max(one, other)) for one in ours for other in theirs]
        if ours is theirs or any(
            pair in apart or not may_be_one_event(tellings[pair[0]], tellings[pair[1]]) for pair in pairs
        ):
            continue
        ours |= theirs
        groups.remove(theirs)
    return {frozenset(group) for group in groups if len(group) > 1}


@settings(max_examples=600, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(NODES, TELLINGS)),
    st.dictionaries(EDGES, st.integers(0, 3)),
    st.sets(EDGES, max_size=2),
)
def test_events_are_grouped_as_the_rules_say_of_each_pair(
    tellings: dict[str, Telling], edges: dict[Edge, int], judged: set[Edge]
) -> None:
    apart = Apart()
    for edge in judged:
        apart.put(edge, apart=True)
    # A link whose two ends may not stand together is none of an event.
    edges = {
        edge: score
        for edge, score in edges.items()
        if edge not in judged and may_be_one_event(tellings[edge[0]], tellings[edge[1]])
    }
    components = Components(rules=EventRules(apart, tellings.__getitem__, lambda edge: (edges[edge], edge)))
    components.change((), edges)
    groups = {frozenset(components.members(head)) for head in components.heads()}
    assert groups == _group_plainly(tellings, edges, judged)
    for group in groups:
        assert all(may_be_one_event(tellings[one], tellings[other]) for one, other in combinations(group, 2))


def _grouped(records: list[Any], edges: dict[Edge, float]) -> list[list[str]]:
    tellings = dict(zip(NODES, map(read_telling, records), strict=False))
    components = Components(rules=EventRules(Apart(), tellings.__getitem__, lambda edge: (edges[edge], edge)))
    components.change((), edges)
    return sorted(sorted(components.members(head)) for head in components.heads())


def test_a_chain_of_reports_does_not_roll_on_from_day_to_day() -> None:
    records = [make_record(at, agency=f"agency-{at}", when=_when(1 + 2 * at)) for at in range(4)]
    edges = {("a", "b"): 9.0, ("b", "c"): 8.0, ("c", "d"): 7.0}
    assert _grouped(records, edges) == [["a", "b"], ["c", "d"]]
    # News comes later, but no chain of news rolls on either.
    news = [make_record(at, kind="news", agency="press", when=_when(1 + 3 * at)) for at in range(4)]
    assert _grouped(news, edges) == [["a", "b"], ["c", "d"]]


def test_two_reports_of_one_agency_are_two_events_though_both_fit_a_third() -> None:
    records = [make_record(0, agency="cbp"), make_record(1, agency="dea"), make_record(2, agency="cbp")]
    assert _grouped(records, {("a", "b"): 5.0, ("b", "c"): 6.0}) == [["b", "c"]]
    # A case is another record of what an agency seized; and one desk collects many newspapers.
    records[2] = make_record(2, agency="cbp", kind="case")
    assert _grouped(records, {("a", "b"): 5.0, ("b", "c"): 6.0}) == [["a", "b", "c"]]
    press = [make_record(at, agency="press", kind="news") for at in range(3)]
    assert _grouped(press, {("a", "b"): 5.0, ("b", "c"): 6.0}) == [["a", "b", "c"]]


def test_what_makes_an_event() -> None:
    assert tells_alone(make_record(1, items=[]))
    assert not tells_one(make_record(1, count_basis="period_total", items=GOODS[:1]))
    assert not tells_one(make_record(1, live=False))
    news: Any = make_record(1, kind="news")
    assert tells_one(news)
    assert not tells_alone(news)
    news["told"] = [{"field": "body", "as_written": "2 kg", "commodity": "fentanyl", "qty_si": 2.0, "unit": "kg"}]
    assert tells_alone(news)

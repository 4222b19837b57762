"""Bridges of a network against taking each edge away and looking."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.bridges import Bridge, find_bridges, weakest_bridges
from processors.correlation.grouping import Edge

NODES = "abcdefgh"
EDGES = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1]))


def _reach(start: str, edges: set[Edge]) -> set[str]:
    reached = {start}
    while more := {end for edge in edges if set(edge) & reached for end in edge} - reached:
        reached |= more
    return reached


def _neighbours(edges: set[Edge]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in edges:
        found[left].add(right)
        found[right].add(left)
    return found


@settings(max_examples=500, deadline=None)
@given(EDGES)
def test_an_edge_is_a_bridge_if_its_ends_lose_each_other_without_it(edges: set[Edge]) -> None:
    members = _reach("a", edges)
    inside = {edge for edge in edges if set(edge) <= members}
    plain = set()
    for edge in inside:
        left = _reach(edge[0], inside - {edge})
        if edge[1] not in left:
            plain.add(Bridge(edge, len(left), len(members) - len(left)))
    found = find_bridges(members, _neighbours(edges).__getitem__)
    assert len(found) == len(set(found))
    assert set(found) == plain


def test_edges_that_leave_the_members_count_for_nothing() -> None:
    # c joins a and b by a way round that is not theirs.
    edges = {("a", "b"), ("a", "c"), ("b", "c")}
    assert find_bridges({"a", "b"}, _neighbours(edges).__getitem__) == [Bridge(("a", "b"), 1, 1)]


def test_the_weakest_bridge_comes_first_and_one_that_holds_a_single_report_is_left_out() -> None:
    scores = {("a", "b"): 5.0, ("b", "c"): 3.0, ("c", "d"): 4.0, ("d", "e"): 3.0, ("e", "f"): 1.0}
    found = weakest_bridges(set("abcdef"), _neighbours(set(scores)).__getitem__, scores.__getitem__)
    assert found == [Bridge(("b", "c"), 2, 4), Bridge(("d", "e"), 4, 2), Bridge(("c", "d"), 3, 3)]


def test_a_chain_longer_than_the_stack_of_python() -> None:
    names = [f"{number:06}" for number in range(20_000)]
    edges = set(pairwise(names))
    assert len(find_bridges(set(names), _neighbours(edges).__getitem__)) == 19_999

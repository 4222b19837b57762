"""Groups under constraints against a plain oracle: edges, ranks and judgements coming and going, in any order."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.components import Components
from processors.correlation.grouping import Apart, Camp, Edge, divide

NODES = "abcdefgh"
EDGES = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1])


class _Judged(Apart):
    """Pairs that stay apart, and a score for each edge."""

    def __init__(self) -> None:
        super().__init__()
        self.scores: dict[Edge, int] = {}

    def rank(self, edge: Edge) -> Any:
        return self.scores[edge], edge


def group_plainly(edges: dict[Edge, int], apart: set[Edge]) -> set[frozenset[str]]:
    """Groups of two and more: edges in descending (score, edge) join, unless a pair that stays apart would meet."""
    groups = [{node} for node in NODES]
    for left, right in sorted(edges, key=lambda edge: (edges[edge], edge), reverse=True):
        [ours] = [group for group in groups if left in group]
        [theirs] = [group for group in groups if right in group]
        if ours is theirs or any((min(one, other), max(one, other)) in apart for one in ours for other in theirs):
            continue
        ours |= theirs
        groups.remove(theirs)
    return {frozenset(group) for group in groups if len(group) > 1}


def _heads(components: Components) -> set[frozenset[str]]:
    return {frozenset(components.members(head)) for head in components.heads()}


TURNS = st.lists(
    st.tuples(
        st.dictionaries(EDGES, st.integers(0, 3), max_size=4),  # there already with that score: taken away
        st.sets(EDGES, max_size=2),  # kept apart; if they were already: no longer
    ),
    max_size=20,
)


@settings(max_examples=600, deadline=None)
@given(TURNS, st.integers(0, 20))
def test_groups_are_as_if_worked_out_anew_and_every_old_id_is_told(
    turns: list[tuple[dict[Edge, int], set[Edge]]], restart: int
) -> None:
    rules = _Judged()
    components = Components(rules=rules)
    edges: dict[Edge, int] = {}
    apart: set[Edge] = set()
    told: dict[str, str | None] = {}
    ever: set[str] = set()
    for number, (changed, judged) in enumerate(turns):
        if number == restart:
            components = Components(ever, rules)
            components.change((), edges)
        before = _heads(components)
        removed = {edge for edge, score in changed.items() if edges.get(edge) == score}
        added = changed.keys() - edges.keys()
        edges = {edge: score for edge, score in {**edges, **changed}.items() if edge not in removed}
        apart ^= judged
        rules.scores = {**rules.scores, **edges}
        for edge in judged:
            rules.put(edge, edge in apart)
        affected = components.change(removed, added, {end for edge in (*changed, *judged) for end in edge})
        groups = group_plainly(edges, apart)
        assert _heads(components) == groups
        heads = {min(group) for group in groups}
        ever |= heads
        assert components.once == ever
        assert affected.new <= affected.names
        # Every group that is another than before is told of, those that are gone included.
        assert {min(group) for group in groups ^ before} <= affected.names
        told.update({name: components.head(name) for name in affected.names})
        assert told == {name: components.head(name) for name in ever}
        for node in NODES:
            home = next((group for group in groups if node in group), frozenset())
            assert components.members(node) == home
            assert components.head(node) == (min(home) if home else None)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(EDGES, st.integers(0, 3)), st.sets(EDGES, max_size=4), st.permutations(NODES))
def test_one_division_equals_the_oracle_in_any_order(edges: dict[Edge, int], apart: set[Edge], order: Any) -> None:
    rules = _Judged()
    rules.scores = edges
    for edge in sorted(apart, key=lambda edge: order.index(edge[0])):
        rules.put(edge, apart=True)
    groups = divide(set(NODES), lambda: sorted(edges, key=lambda edge: order.index(edge[0])), rules)
    plain = group_plainly(edges, apart)
    if groups is None:
        assert not apart
    else:
        assert {frozenset(group) for group in groups if len(group) > 1} == plain
        assert set().union(*groups) == set(NODES)


def test_a_judgement_splits_at_the_weaker_edge_and_takes_it_back() -> None:
    rules = _Judged()
    components = Components(rules=rules)
    rules.scores = {("a", "b"): 9, ("b", "c"): 5, ("c", "d"): 8}
    components.change((), rules.scores)
    assert _heads(components) == {frozenset("abcd")}
    rules.put(("a", "d"), apart=True)
    affected = components.change((), (), ("a", "d"))
    assert _heads(components) == {frozenset("ab"), frozenset("cd")}
    assert affected == ({"a", "c"}, {"c"})
    rules.put(("a", "d"), apart=False)
    affected = components.change((), (), ("a", "d"))
    assert _heads(components) == {frozenset("abcd")}
    assert affected.names == {"a", "c"}
    assert components.head("c") == "a"


def test_a_component_without_a_judgement_inside_is_never_sorted() -> None:
    class Unsorted(_Judged):
        def rank(self, edge: Edge) -> Any:
            raise AssertionError("sorted")

    rules = Unsorted()
    components = Components(rules=rules)
    rules.put(("a", "x"), apart=True)
    components.change((), [("a", "b"), ("b", "c")])
    components.change([("a", "b")], [("c", "d")])
    assert _heads(components) == {frozenset("bcd")}


def test_pairs_are_put_apart_and_back() -> None:
    apart = Apart()
    apart.put(("a", "b"), apart=True)
    apart.put(("a", "c"), apart=True)
    assert (len(apart), apart.foes("a"), apart.holds(("a", "b"))) == (3, {"b", "c"}, True)
    apart.put(("a", "b"), apart=False)
    apart.put(("a", "b"), apart=False)
    assert (len(apart), apart.foes("a"), apart.foes("b")) == (2, {"c"}, frozenset())
    assert apart.join(Camp({"a"}, {"c"}), Camp({"b", "c"}, set())) is None

"""Components kept up to date against components worked out anew, and what a reader of their ids knows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.components import Components, Edge

NODES = "abcdefgh"
EDGES = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1])


def _reach(start: str, edges: set[Edge]) -> set[str]:
    reached = {start}
    while more := {end for edge in edges if set(edge) & reached for end in edge} - reached:
        reached |= more
    return reached


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sets(EDGES, max_size=4), max_size=25), st.integers(0, 25))
def test_components_are_as_if_worked_out_anew_and_every_old_id_is_told(turns: list[set[Edge]], restart: int) -> None:
    """Each turn adds the edges that are not there and removes those that are."""
    components = Components()
    edges: set[Edge] = set()
    told: dict[str, str | None] = {}
    ever: set[str] = set()
    for number, turn in enumerate(turns):
        if number == restart:
            components = Components(ever)
            components.change((), edges)
        removed, added = turn & edges, turn - edges
        edges = edges - removed | added
        affected = components.change(removed, added)
        assert affected.new <= affected.names
        assert not affected.new & ever
        told.update({name: components.head(name) for name in affected.names})
        parts = {node: _reach(node, edges) for node in NODES}
        heads = {min(part) for part in parts.values() if len(part) > 1}
        ever |= heads
        assert components.heads() == heads
        assert components.once == ever
        for node, part in parts.items():
            assert components.members(node) == (part if len(part) > 1 else set())
            assert components.head(node) == (min(part) if len(part) > 1 else None)
        # Whoever kept an id, and heard of all changes since, knows where it leads.
        assert told == {name: components.head(name) for name in ever}

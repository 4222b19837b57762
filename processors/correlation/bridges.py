"""The weakest bridges of a network: which single link an analyst should check before believing a large one. Pure."""

from collections.abc import Callable, Iterable, Set
from typing import NamedTuple

from processors.correlation.grouping import Edge
from streams.dossiers import NetworkBridge
from streams.links import link_id

__all__ = ["MAX_BRIDGES", "OVERSIZED_FROM", "Bridge", "find_bridges", "is_oversized", "list_bridges", "weakest_bridges"]

OVERSIZED_FROM = 100
"""Members from which a network is flagged as oversized: a crew and its loads are rarely told of in so many reports, and
one false link may have joined two."""
MAX_BRIDGES = 10
"""Bridges that a network lists."""


def is_oversized(members: int) -> bool:
    """Whether a network of so many members is flagged."""
    return members >= OVERSIZED_FROM


class Bridge(NamedTuple):
    """An edge without which its component falls apart, and how many members then stand on the side of each end."""

    edge: Edge
    left: int
    right: int


def find_bridges(members: Set[str], neighbours: Callable[[str], Iterable[str]]) -> list[Bridge]:
    """All bridges of one connected component, in no order: Tarjan (1974), linear in members and edges.

    `neighbours` gives the other ends of a member's edges; of those outside of `members` nothing is taken.
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    size: dict[str, int] = {}
    found: list[Bridge] = []
    # Its own stack: a chain of a few thousand reports is deeper than Python's.
    start = min(members)
    number[start] = low[start] = 0
    size[start] = 1
    stack = [(start, "", iter(neighbours(start)))]
    while stack:
        here, parent, waiting = stack[-1]
        for there in waiting:
            if there == parent or there not in members:
                continue
            if there in number:
                low[here] = min(low[here], number[there])
                continue
            number[there] = low[there] = len(number)
            size[there] = 1
            stack.append((there, here, iter(neighbours(there))))
            break
        else:
            stack.pop()
            if not parent:
                continue
            low[parent] = min(low[parent], low[here])
            size[parent] += size[here]
            if low[here] > number[parent]:
                beyond, rest = size[here], len(members) - size[here]
                found.append(
                    Bridge((parent, here), rest, beyond) if parent < here else Bridge((here, parent), beyond, rest)
                )
    return found


def weakest_bridges(
    members: Set[str], neighbours: Callable[[str], Iterable[str]], score: Callable[[Edge], float]
) -> list[Bridge]:
    """The bridges between parts of two members or more, the lowest score first, the most even cut first of equal ones.

    A link that holds a single report is none: without it the network loses a member and stays what it is.
    """
    between = [one for one in find_bridges(members, neighbours) if min(one.left, one.right) > 1]
    return sorted(between, key=lambda one: (score(one.edge), -min(one.left, one.right), one.edge))


def list_bridges(
    members: Set[str], neighbours: Callable[[str], Iterable[str]], score: Callable[[Edge], float]
) -> list[NetworkBridge]:
    """The weakest bridges as a network's document has them, all of them."""
    return [
        {
            "link": link_id(*one.edge),
            "left": one.edge[0],
            "right": one.edge[1],
            "score": score(one.edge),
            "left_members": one.left,
            "right_members": one.right,
        }
        for one in weakest_bridges(members, neighbours, score)
    ]

"""Groups under constraints: the strongest edges join first, and none joins what must stay apart. Pure.

A component of edges is divided into groups as Kruskal (1956) grows a tree: its edges in descending rank, each joining
the groups at its two ends unless the rules forbid it. So the groups follow from the set of edges and rules alone. Rules
speak of pairs: two groups may join if each member of the one may stand beside each of the other. Hence whatever is
allowed of a whole is allowed of its parts, and a component that breaks no rule is one group, found without sorting.
"""

from collections.abc import Callable, Iterable, Set
from typing import Any, NamedTuple, Protocol, TypeVar

__all__ = ["Apart", "Camp", "Edge", "Rules", "divide"]

Edge = tuple[str, str]
"""Two document ids, the smaller one first."""

Sum = TypeVar("Sum")


class Rules(Protocol[Sum]):
    """What may not come together, and which edge goes first. `Sum` is what the rules must know of a group."""

    def bind(self, members: Set[str]) -> bool:
        """Whether any two of these may be forbidden to come together; asked first, so it should cost little."""
        ...

    def begin(self, member: str) -> Sum:
        """What is to be known of one member alone."""
        ...

    def join(self, ours: Sum, theirs: Sum) -> Sum | None:
        """What is to be known of both together, or None if they may not join. What was handed in is used up, unless
        they may not.
        """
        ...

    def rank(self, edge: Edge) -> Any:
        """What edges are sorted by, the highest first; no two edges have the same."""
        ...


def divide(members: Set[str], edges: Callable[[], Iterable[Edge]], rules: Rules[Any]) -> list[set[str]] | None:
    """The groups of one component, single members included; None if it is one group.

    `edges` gives those that hold the members together. Cost: linear if nothing is forbidden, else that of sorting the
    edges.
    """
    if not rules.bind(members) or _may_stand_together(members, rules):
        return None
    group_of = {member: {member} for member in members}
    known = {member: rules.begin(member) for member in members}
    name_of = {member: member for member in members}
    for left, right in sorted(edges(), key=rules.rank, reverse=True):
        ours, theirs = group_of[left], group_of[right]
        if ours is theirs:
            continue
        our_name, their_name = name_of[left], name_of[right]
        both = rules.join(known[our_name], known[their_name])
        if both is None:
            continue
        if len(ours) < len(theirs):
            ours, theirs, our_name = theirs, ours, their_name
        known[our_name] = both
        ours |= theirs
        for member in theirs:
            group_of[member] = ours
            name_of[member] = our_name
    return list({id(group): group for group in group_of.values()}.values())


def _may_stand_together(members: Set[str], rules: Rules[Any]) -> bool:
    known: Any = None
    for member in members:
        one = rules.begin(member)
        known = one if known is None else rules.join(known, one)
        if known is None:
            return False
    return True


class Camp(NamedTuple):
    """A group, and all that must stay apart from one of its members."""

    members: set[str]
    foes: set[str]


class Apart:
    """Pairs that must never come together, as analysts judged them."""

    def __init__(self) -> None:
        """None."""
        self._foes: dict[str, set[str]] = {}

    def __len__(self) -> int:
        """How many reports must stay apart from another."""
        return len(self._foes)

    def holds(self, edge: Edge) -> bool:
        """Whether this pair must stay apart."""
        return edge[1] in self._foes.get(edge[0], ())

    def foes(self, report: str) -> Set[str]:
        """What must stay apart from a report."""
        return self._foes.get(report, frozenset())

    def put(self, edge: Edge, apart: bool) -> None:
        """Keep a pair apart from now on, or no longer."""
        for one, other in (edge, edge[::-1]):
            if apart:
                self._foes.setdefault(one, set()).add(other)
            elif one in self._foes:
                self._foes[one].discard(other)
                if not self._foes[one]:
                    del self._foes[one]

    def bind(self, members: Set[str]) -> bool:
        """Whether two of these must stay apart; it costs the smaller of the two sets."""
        return any(not self._foes[one].isdisjoint(members) for one in self._foes.keys() & members)

    def begin(self, member: str) -> Camp:
        """A report alone."""
        return Camp({member}, set(self._foes.get(member, ())))

    @staticmethod
    def join(ours: Camp, theirs: Camp) -> Camp | None:
        """Both together, unless a member of one must stay apart from a member of the other."""
        if not ours.foes.isdisjoint(theirs.members):
            return None
        if len(ours.members) < len(theirs.members):
            ours, theirs = theirs, ours
        ours.members.update(theirs.members)
        ours.foes.update(theirs.foes)
        return ours

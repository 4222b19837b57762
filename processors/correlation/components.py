"""Groups of reports joined by edges, kept up to date edge by edge: connected components, divided where rules forbid.

A group's id is its smallest member. An id that a group once had leads to the group in which its report is now (`head`),
so old references keep working through merges and splits.
"""

from collections.abc import Iterable, Sequence, Set
from typing import Any, NamedTuple

from processors.correlation.grouping import Edge, Rules, divide

__all__ = ["Affected", "Components", "Edge"]


class Affected(NamedTuple):
    """Ids of groups: `names` are all that a change touched, `new` those of them that were none before."""

    names: set[str]
    new: set[str]


class _Component:
    """A component of two members or more; `once` are those members whose id is, or was, a group's.

    `parts` is None where the component is one group; else it gives each member the group that it stands in.
    """

    __slots__ = ("head", "members", "once", "parts")

    def __init__(self, members: set[str], once: set[str]) -> None:
        self.members = members
        self.head = min(members)
        self.once = once
        self.parts: dict[str, _Part] | None = None

    def groups(self) -> "list[tuple[str, Set[str]]]":
        """Head and members of each group of two or more."""
        if self.parts is None:
            return [(self.head, self.members)]
        return [(part.head, part.members) for part in set(self.parts.values()) if len(part.members) > 1]


class _Part(NamedTuple):
    """A group within a divided component."""

    head: str
    members: frozenset[str]


class Components:
    """An addition costs the size of the smaller side, and the ids of the larger one too if its head changes; a removal
    costs the size of its component. Where rules divide a component, each change there costs sorting its edges.
    """

    def __init__(self, once: Iterable[str] = (), rules: Rules[Any] | None = None) -> None:
        """No edges; `once` are the ids that groups had before (after a restart)."""
        self._neighbours: dict[str, set[str]] = {}
        self._component_of: dict[str, _Component] = {}
        self._once: set[str] = set(once)
        self._rules = rules

    @property
    def once(self) -> Set[str]:
        """Every id that a group has, or had."""
        return self._once

    def neighbours(self, report: str) -> Set[str]:
        """The reports that an edge joins with `report`, in its group or not."""
        return self._neighbours.get(report, frozenset())

    def head(self, report: str) -> str | None:
        """The id of the group that `report` is in, None if it is alone."""
        component = self._component_of.get(report)
        if component is None:
            return None
        if component.parts is None:
            return component.head
        part = component.parts[report]
        return part.head if len(part.members) > 1 else None

    def members(self, report: str) -> Set[str]:
        """The group that `report` is in; empty if it is alone."""
        component = self._component_of.get(report)
        if component is None:
            return frozenset()
        if component.parts is None:
            return component.members
        part = component.parts[report].members
        return part if len(part) > 1 else frozenset()

    def edges(self, members: Set[str]) -> list[Edge]:
        """The edges among `members`, each once."""
        return [
            (member, other)
            for member in members
            for other in self._neighbours.get(member, ())
            if member < other and other in members
        ]

    def heads(self) -> set[str]:
        """The ids of all groups."""
        components = {id(one): one for one in self._component_of.values()}
        return {head for component in components.values() for head, _ in component.groups()}

    def groups_around(self, reports: Iterable[str]) -> set[frozenset[str]]:
        """All groups of the components in which these reports are."""
        return {frozenset(group) for one in self._components(reports) for _, group in one.groups()}

    def change(self, removed: Iterable[Edge], added: Iterable[Edge], stirred: Iterable[str] = ()) -> Affected:
        """Take away and add edges; says which groups that touched, those that ended included.

        `stirred` are reports of which the rules say something else than before, or an edge of which has another rank.
        """
        removed, added = list(removed), list(added)
        ends = {end for edge in (*removed, *added) for end in edge}.union(stirred)
        touched = self._components(ends)
        may_part = bool(removed) or any(component.parts is not None for component in touched)
        alone = [end for end in ends if end in self._once and end not in self._component_of]
        before: dict[str, str | None] = {}
        stood = [(component, component.head) for component in touched]
        former: set[Set[str]] = set()
        if may_part:
            for component in touched:
                before.update((one, self.head(one)) for one in component.once)
                if component.parts is not None:
                    former.update(part.members for part in component.parts.values())
                    component.parts = None
        swallowed = self._connect(removed, added)
        heads: dict[str, _Component] = {}
        for component in self._components(ends):
            self._divide(component)
            for head, members in component.groups():
                if component.parts is None or members not in former or not ends.isdisjoint(members):
                    heads[head] = component
        if not may_part:
            before = self._heads_that_moved(stood, swallowed)
        before.update(dict.fromkeys(alone))
        affected = {one for one, head in before.items() if self.head(one) != head}
        new = heads.keys() - self._once
        for head in new:
            heads[head].once.add(head)
        self._once |= new
        return Affected(affected | heads.keys(), new)

    def _heads_that_moved(
        self, stood: Sequence[tuple[_Component, str]], swallowed: Sequence[_Component]
    ) -> dict[str, str | None]:
        """Which id led to which group before components grew, of those ids that may lead to another now.

        A network that takes in a report keeps its head nearly always, and then none of the thousand ids that lead to it
        need be looked at.
        """
        order = {id(component): at for at, component in enumerate(swallowed)}
        moved: dict[str, str | None] = {}
        # What was swallowed first knows its own ids alone, so it has the last word.
        for component, head in sorted(stood, key=lambda one: -order.get(id(one[0]), len(order))):
            grown = self._component_of[head]
            if grown is not component or grown.head != head or grown.parts is not None:
                moved.update(dict.fromkeys(component.once, head))
        return moved

    def _connect(self, removed: Iterable[Edge], added: Iterable[Edge]) -> list[_Component]:
        """Change the edges; returns the components that became part of others, in order."""
        swallowed: list[_Component] = []
        for left, right in removed:
            self._forget(left, right)
            self._forget(right, left)
        # Every part of a split holds an end of a removed edge.
        for cut in self._components(end for edge in removed for end in edge):
            self._split(cut)
        for left, right in added:
            self._neighbours.setdefault(left, set()).add(right)
            self._neighbours.setdefault(right, set()).add(left)
            if (taken := self._unite(left, right)) is not None:
                swallowed.append(taken)
        return swallowed

    def _divide(self, component: _Component) -> None:
        component.parts = None
        if self._rules is None or not self._rules.bind(component.members):
            return
        groups = divide(component.members, lambda: self.edges(component.members), self._rules)
        if groups is not None:
            parts = (_Part(min(group), frozenset(group)) for group in groups)
            component.parts = {member: part for part in parts for member in part.members}

    def _components(self, reports: Iterable[str]) -> list[_Component]:
        found = {id(one): one for report in reports if (one := self._component_of.get(report)) is not None}
        return list(found.values())

    def _forget(self, report: str, neighbour: str) -> None:
        held = self._neighbours[report]
        held.remove(neighbour)
        if not held:
            del self._neighbours[report]

    def _split(self, component: _Component) -> None:
        left = set(component.members)
        while left:
            part = self._reach(left.pop())
            left -= part
            if len(part) == 1:
                del self._component_of[part.pop()]
                continue
            piece = _Component(part, component.once & part)
            for report in part:
                self._component_of[report] = piece

    def _reach(self, start: str) -> set[str]:
        reached, waiting = {start}, [start]
        while waiting:
            new = self.neighbours(waiting.pop()) - reached
            reached |= new
            waiting.extend(new)
        return reached

    def _unite(self, left: str, right: str) -> _Component | None:
        """Make two components one; returns the one that is none any more."""
        ours, theirs = self._single(left), self._single(right)
        if ours is theirs:
            return None
        if len(ours.members) < len(theirs.members):
            ours, theirs = theirs, ours
        ours.members |= theirs.members
        ours.once |= theirs.once
        ours.head = min(ours.head, theirs.head)
        for report in theirs.members:
            self._component_of[report] = ours
        return theirs

    def _single(self, report: str) -> _Component:
        component = self._component_of.get(report)
        if component is None:
            component = self._component_of[report] = _Component({report}, {report} & self._once)
        return component

"""Connected components of strong links, kept up to date link by link.

A component's id is its smallest member. An id that a component once had leads to the component in which its report is
now (`head`), so old references keep working through merges and splits.
"""

from collections.abc import Iterable, Set
from typing import NamedTuple

__all__ = ["Affected", "Components", "Edge"]

Edge = tuple[str, str]
"""Two document ids, the smaller one first."""


class Affected(NamedTuple):
    """Ids of components: `names` are all that a change touched, `new` those of them that were none before."""

    names: set[str]
    new: set[str]


class _Group:
    """A component of two members or more; `once` are those members whose id is, or was, a component's."""

    __slots__ = ("head", "members", "once")

    def __init__(self, members: set[str], once: set[str]) -> None:
        self.members = members
        self.head = min(members)
        self.once = once


class Components:
    """An addition costs the size of the smaller side, a removal that of its component."""

    def __init__(self, once: Iterable[str] = ()) -> None:
        """No links; `once` are the ids that components had before (after a restart)."""
        self._neighbours: dict[str, set[str]] = {}
        self._group_of: dict[str, _Group] = {}
        self._once: set[str] = set(once)

    @property
    def once(self) -> Set[str]:
        """Every id that a component has, or had."""
        return self._once

    def neighbours(self, report: str) -> Set[str]:
        """The reports that `report` is linked with."""
        return self._neighbours.get(report, frozenset())

    def head(self, report: str) -> str | None:
        """The id of the component that `report` is in, None if it is alone."""
        group = self._group_of.get(report)
        return None if group is None else group.head

    def members(self, report: str) -> Set[str]:
        """The component that `report` is in; empty if it is alone."""
        group = self._group_of.get(report)
        return frozenset() if group is None else group.members

    def heads(self) -> set[str]:
        """The ids of all components."""
        return {group.head for group in self._group_of.values()}

    def change(self, removed: Iterable[Edge], added: Iterable[Edge]) -> Affected:
        """Take away and add links; says which components that touched, those that ended included."""
        removed, added = list(removed), list(added)
        ends = {end for edge in (*removed, *added) for end in edge}
        before: dict[str, str | None] = {end: None for end in ends if end in self._once}
        before.update({one: group.head for group in self._groups(ends) for one in group.once})
        for left, right in removed:
            self._forget(left, right)
            self._forget(right, left)
        for cut in self._groups(end for edge in removed for end in edge):
            self._split(cut)
        for left, right in added:
            self._neighbours.setdefault(left, set()).add(right)
            self._neighbours.setdefault(right, set()).add(left)
            self._unite(left, right)
        affected = {one for one, head in before.items() if self.head(one) != head}
        # Every part of a split holds an end of a removed link, so no component is missed here.
        heads = {group.head: group for group in self._groups(ends)}
        new = heads.keys() - self._once
        for head in new:
            heads[head].once.add(head)
        self._once |= new
        return Affected(affected | heads.keys(), new)

    def _groups(self, reports: Iterable[str]) -> list[_Group]:
        found = {id(group): group for report in reports if (group := self._group_of.get(report)) is not None}
        return list(found.values())

    def _forget(self, report: str, neighbour: str) -> None:
        held = self._neighbours[report]
        held.remove(neighbour)
        if not held:
            del self._neighbours[report]

    def _split(self, group: _Group) -> None:
        left = set(group.members)
        while left:
            part = self._reach(left.pop())
            left -= part
            if len(part) == 1:
                del self._group_of[part.pop()]
                continue
            piece = _Group(part, group.once & part)
            for report in part:
                self._group_of[report] = piece

    def _reach(self, start: str) -> set[str]:
        reached, waiting = {start}, [start]
        while waiting:
            new = self.neighbours(waiting.pop()) - reached
            reached |= new
            waiting.extend(new)
        return reached

    def _unite(self, left: str, right: str) -> None:
        ours, theirs = self._single(left), self._single(right)
        if ours is theirs:
            return
        if len(ours.members) < len(theirs.members):
            ours, theirs = theirs, ours
        ours.members |= theirs.members
        ours.once |= theirs.once
        ours.head = min(ours.head, theirs.head)
        for report in theirs.members:
            self._group_of[report] = ours

    def _single(self, report: str) -> _Group:
        group = self._group_of.get(report)
        if group is None:
            group = self._group_of[report] = _Group({report}, {report} & self._once)
        return group

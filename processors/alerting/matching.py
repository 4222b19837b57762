"""All subscriptions of a view against one subject, without asking each of them. Pure.

Each subscription is filed under its rarest part (`FILED_UNDER`), and a subject asks only for those filed under what it
carries: with hundreds of subscriptions few are left to be looked at (tests/bench/bench_alerting.py has the figures).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from processors.alerting.conditions import CONDITIONS, Condition, find_reasons
from processors.alerting.documents import Content, describe
from processors.alerting.subjects import Subject
from processors.alerting.subscriptions import On, Subscriber, Subscription, of_view

__all__ = ["FILED_UNDER", "Matcher", "Standing", "is_wanted"]

Key = tuple[str, ...]


class Standing(NamedTuple):
    """What one subscription says of a subject: the alert without its history."""

    subscriber: str
    subscription: str
    level: float
    content: Content


class _Watch(NamedTuple):
    """A subscription with the conditions that its filter asks for."""

    subscriber: Subscriber
    subscription: Subscription
    conditions: tuple[Condition, ...]


class _Filing(NamedTuple):
    """One way of filing: the parts of the filter that it needs, their keys, and those under which a subject is met."""

    parts: tuple[str, ...]
    keys: Callable[[Subscription], list[Key]]
    met: Callable[[Subject], list[Key]]


FILED_UNDER: tuple[_Filing, ...] = (
    _Filing(
        ("identifiers",),
        lambda one: [("identifier", kind, value) for kind, value in one.filter.watched],
        lambda subject: [("identifier", one.kind, one.value) for one in subject.identifiers],
    ),
    # Alone, a corridor left 67 of 1,000 subscriptions to be looked at, and so five times the time.
    _Filing(
        ("corridors", "commodities"),
        lambda one: [("both", *pair) for pair in product(one.filter.corridors or (), one.filter.commodities or ())],
        lambda subject: [("both", at.corridor, name) for at in subject.corridors for name in subject.commodities or ()],
    ),
    _Filing(
        ("corridors",),
        lambda one: [("corridor", name) for name in one.filter.corridors or ()],
        lambda subject: [("corridor", crossed.corridor) for crossed in subject.corridors],
    ),
    _Filing(
        ("substances",),
        lambda one: [("substance", name) for name in one.filter.substances or ()],
        lambda subject: [("substance", name) for name in subject.substances or ()],
    ),
    _Filing(
        ("commodities",),
        lambda one: [("commodity", name) for name in one.filter.commodities or ()],
        lambda subject: [("commodity", name) for name in subject.commodities or ()],
    ),
    _Filing(
        ("kinds",),
        lambda one: [("kind", name) for name in one.filter.kinds or ()],
        lambda subject: [("kind", subject.kind)] if subject.kind else [],
    ),
)
"""The first that a filter has is used; a subscription that has none of them is asked every time."""
_ALWAYS: Key = ("always",)


class Matcher:
    """The subscriptions of one view, filed."""

    def __init__(self, subscribers: Sequence[Subscriber], view: str, conditions: Sequence[Condition] = CONDITIONS):
        """`subscribers` as loaded; those of other views are left out."""
        self._view = view
        self._watches: list[_Watch] = []
        self._filed: dict[On, dict[Key, list[int]]] = {"report": {}, "network": {}}
        for subscriber in of_view(subscribers, view):
            for one in subscriber.subscriptions:
                asked = tuple(condition for condition in conditions if getattr(one.filter, condition.part) is not None)
                filed = self._filed[one.on]
                for key in _keys_of(one):
                    filed.setdefault(key, []).append(len(self._watches))
                self._watches.append(_Watch(subscriber, one, asked))

    @property
    def subscribers(self) -> frozenset[str]:
        """The ids of the view's subscribers."""
        return frozenset(watch.subscriber.id for watch in self._watches)

    def match(self, subject: Subject) -> Iterator[Standing]:
        """What the subscriptions say of the subject, in the order of the file; nothing of what is withdrawn."""
        if not subject.live:
            return
        filed = self._filed[subject.on]
        found = set(filed.get(_ALWAYS, ()))
        for filing in FILED_UNDER:
            for key in filing.met(subject):
                found.update(filed.get(key, ()))
        for number in sorted(found):
            watch = self._watches[number]
            one = watch.subscription
            if not is_wanted(one, subject):
                continue
            met = find_reasons(one.filter, subject, watch.conditions)
            if met is not None:
                reasons, level = met
                content = describe(self._view, watch.subscriber, one, subject, reasons, level)
                yield Standing(watch.subscriber.id, one.id, level, content)


def is_wanted(subscription: Subscription, subject: Subject) -> bool:
    """Whether the subscription takes exercises, where the subject is one, and real records, where it is none."""
    return subscription.exercises is not False if subject.exercise else subscription.exercises != "only"


def _keys_of(subscription: Subscription) -> Mapping[Key, None]:
    asked = subscription.filter.asked()
    for filing in FILED_UNDER:
        if set(filing.parts) <= set(asked):
            return dict.fromkeys(filing.keys(subscription))
    return {_ALWAYS: None}

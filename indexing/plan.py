"""Which topics fill which indices: one list for the sink, the set-up and whoever watches the indexer's lag."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexing.derived_canary import CANARY_ALERT, CANARY_EVENT, CANARY_LINK, CANARY_NETWORK
from indexing.derived_documents import alert_document, link_document, network_document
from indexing.event_documents import event_document
from indexing.mappings import (
    ALERT_FAMILY,
    EVENT_FAMILY,
    LETTER_FAMILY,
    LINK_FAMILY,
    NETWORK_FAMILY,
    REPORT_FAMILY,
    Family,
    Kind,
)
from streams.topics import Topics

__all__ = ["DERIVED", "Derived", "IndexJob", "Subscribers", "index_jobs"]

Subscribers = Mapping[str, Sequence[str]]
"""View -> the subscribers who are told of it."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A family of one index in each view, each of whose records is one document.

    `read` gives the topics for a view and its subscribers; `make` the document of a record, with the time when the
    broker took it in. `belongs` says whether a record is of this view: a topic may hold those of several.
    """

    family: Family
    read: Callable[[Topics, str, Sequence[str]], tuple[str, ...]]
    make: Callable[[Any, str], dict[str, Any]]
    canary: Any
    belongs: Callable[[dict[str, Any], str], bool] = lambda _tree, _view: True

    @property
    def kind(self) -> Kind:
        """The one kind of index."""
        return self.family.kinds[0]


def _read_links(topics: Topics, view: str, _subscribers: Sequence[str]) -> tuple[str, ...]:
    return (topics.links(view),)


def _read_networks(topics: Topics, view: str, _subscribers: Sequence[str]) -> tuple[str, ...]:
    return (topics.networks(view),)


def _read_events(topics: Topics, view: str, _subscribers: Sequence[str]) -> tuple[str, ...]:
    return (topics.events(view),)


def _read_alerts(topics: Topics, _view: str, subscribers: Sequence[str]) -> tuple[str, ...]:
    return tuple(topics.alerts(subscriber) for subscriber in sorted(set(subscribers)))


def _is_of_view(tree: dict[str, Any], view: str) -> bool:
    return bool(tree["view"] == view)


DERIVED: tuple[Derived, ...] = (
    Derived(LINK_FAMILY, _read_links, link_document, CANARY_LINK),
    Derived(NETWORK_FAMILY, _read_networks, network_document, CANARY_NETWORK),
    Derived(ALERT_FAMILY, _read_alerts, alert_document, CANARY_ALERT, _is_of_view),
    Derived(EVENT_FAMILY, _read_events, event_document, CANARY_EVENT),
)
"""Every family of that kind. A new one is a mapping, a function that makes the document, a canary and a line here."""


@dataclass(frozen=True, slots=True)
class IndexJob:
    """One consumer group's work: topics into the indices of a family. No topics: the indices are made, and stay empty.

    `derived` is missing for reports and dead letters, which have writers of their own.
    """

    family: Family
    view: str | None
    topics: tuple[str, ...]
    derived: Derived | None = None

    def group(self, prefix: str) -> str:
        """The consumer group."""
        return self.family.group(prefix, self.view)

    def member(self, instance_id: str) -> str:
        """The member's static name in the group. Where the topics change with the configuration, they are part of it.

        Kafka gives a static member that comes back the partitions it had, whatever it subscribes to now: a subscriber
        who had come in between was not read for a minute, and would not have been before some other rebalance. Under a
        new name the group is shared out anew once the old one has timed out, after about ten seconds.
        """
        if self.family is not ALERT_FAMILY:
            return instance_id
        return f"{instance_id}-{hashlib.blake2b(' '.join(self.topics).encode(), digest_size=4).hexdigest()}"


def index_jobs(topics: Topics, views: Sequence[str], subscribers: Subscribers | None = None) -> list[IndexJob]:
    """Everything that the indexer does for these views and their subscribers."""
    told = subscribers or {}
    return [
        *(IndexJob(REPORT_FAMILY, view, (topics.reports(view),)) for view in views),
        *(
            IndexJob(derived.family, view, derived.read(topics, view, told.get(view, ())), derived)
            for view in views
            for derived in DERIVED
        ),
        IndexJob(LETTER_FAMILY, None, (topics.dead_letters,)),
    ]

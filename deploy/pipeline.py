"""What must exist before the workers start: topics and indices. Safe to repeat at every start."""

import asyncio
from collections.abc import Iterable

from indexing.elastic import Address, Elastic
from indexing.plan import index_jobs
from indexing.setup import prepare_family
from processors.alerting.subscriptions import Subscriber
from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from streams.admin import ensure_topics
from streams.registry import Registry
from streams.topics import PARTITIONS, Topics, TopicSpec

__all__ = ["changelogs", "index_groups", "prepare", "subscribers_by_view"]


def prepare(
    *,
    brokers: str,
    elasticsearch: str,
    topics: Topics,
    registry: Registry,
    views: tuple[str, ...],
    subscribers: tuple[Subscriber, ...] = (),
) -> None:
    """Create the topics, the stages' changelogs and the indices of each view, where they lack."""
    table = topics.table(registry, views, (subscriber.id for subscriber in subscribers))
    ensure_topics(brokers, [*table, *changelogs(topics, views)])

    async def make_indices() -> None:
        async with Elastic(Address.read(elasticsearch)) as elastic:
            for job in index_jobs(topics, views):
                await prepare_family(elastic, job.family, prefix=topics.prefix, view=job.view)

    asyncio.run(make_indices())


def changelogs(topics: Topics, views: tuple[str, ...]) -> list[TopicSpec]:
    """Where the stages with state keep it: as many partitions as what they read."""
    names = {"enrich": PARTITIONS, "release": PARTITIONS}
    for view in views:
        names |= {f"correlate.{view}": 1, f"alert.{view}": PARTITIONS}
    return [
        TopicSpec(topics.state(name), partitions, dict(CHANGELOG_TOPIC_CONFIG)) for name, partitions in names.items()
    ]


def index_groups(
    topics: Topics, views: tuple[str, ...], subscribers: tuple[Subscriber, ...] = ()
) -> dict[str, list[str]]:
    """The consumer groups of the indexer and the topics that each of them reads."""
    jobs = index_jobs(topics, views, subscribers_by_view(subscribers))
    return {job.group(topics.prefix): list(job.topics) for job in jobs if job.topics}


def subscribers_by_view(subscribers: Iterable[Subscriber]) -> dict[str, list[str]]:
    """View -> the ids of its subscribers, as the indexer wants them."""
    told: dict[str, list[str]] = {}
    for subscriber in subscribers:
        told.setdefault(subscriber.view, []).append(subscriber.id)
    return told

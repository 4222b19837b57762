"""What must exist before the workers start: topics and indices. Safe to repeat at every start."""

import asyncio

from indexing.elastic import Address, Elastic
from indexing.mappings import LETTER_FAMILY, REPORT_FAMILY
from indexing.setup import prepare_family
from streams.admin import ensure_topics
from streams.registry import Registry
from streams.topics import Topics

__all__ = ["index_groups", "prepare"]


def prepare(*, brokers: str, elasticsearch: str, topics: Topics, registry: Registry, views: tuple[str, ...]) -> None:
    """Create the topics of the table and the indices of each view, where they lack."""
    ensure_topics(brokers, topics.table(registry, views))

    async def make_indices() -> None:
        async with Elastic(Address((elasticsearch,))) as elastic:
            for view in views:
                await prepare_family(elastic, REPORT_FAMILY, prefix=topics.prefix, view=view)
            await prepare_family(elastic, LETTER_FAMILY, prefix=topics.prefix, view=None)

    asyncio.run(make_indices())


def index_groups(topics: Topics, views: tuple[str, ...]) -> dict[str, list[str]]:
    """The consumer groups of the indexer and the topics that each of them reads."""
    groups = {REPORT_FAMILY.group(topics.prefix, view): [topics.reports(view)] for view in views}
    groups[LETTER_FAMILY.group(topics.prefix, None)] = [topics.dead_letters]
    return groups

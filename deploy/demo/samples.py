"""Three sample searches, as an analyst would type them."""

import asyncio

from deploy.demo.summary import SampleSearch
from deploy.describing import describe_item, plain
from deploy.synonyms import SYNONYMS
from indexing.elastic import Address, Elastic
from indexing.search import Hit, search
from streams.topics import Topics

__all__ = ["SAMPLE_QUERIES", "sample_searches"]

SAMPLE_QUERIES = ("fentanyl tucson", "pistola laredo southbound", "metanfetamina san diego")
SHOWN = 3


def sample_searches(elasticsearch: str, topics: Topics, view: str) -> tuple[SampleSearch, ...]:
    """Run the sample searches and keep the first three hits of each as lines."""

    async def ask() -> tuple[SampleSearch, ...]:
        found = []
        async with Elastic(Address.read(elasticsearch)) as elastic:
            for query in SAMPLE_QUERIES:
                hits = await search(elastic, view, query, prefix=topics.prefix, size=SHOWN, synonyms=SYNONYMS)
                found.append(SampleSearch(query, hits.total, tuple(_line(hit) for hit in hits.hits)))
        return tuple(found)

    return asyncio.run(ask())


def _line(hit: Hit) -> str:
    place = plain((hit.place or {}).get("name", "place not stated"))
    what = hit.title or "; ".join(describe_item(item) for item in hit.items) or hit.kind
    when = (hit.when or hit.received)[:7]
    return f"{when}  {place:<24} {plain(what):<28}  {hit.agency}, {hit.grade}, {hit.count_basis}"

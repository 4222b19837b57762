"""Counting afterwards: is every published report in the index, in the version published or a later one?"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from indexing.elastic import Address, Elastic
from indexing.mappings import ITEMS, REPORT_FAMILY, REPORTS
from streams.topics import Topics

__all__ = ["IndexCounts", "count_index"]

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """Reports found and missing among those asked for; the view's live items, and how many its live reports have."""

    found: int
    missing: int
    items: int
    items_of_reports: int


def count_index(elasticsearch: str, topics: Topics, view: str, versions: Mapping[str, int]) -> IndexCounts:
    """Look up every report by its id (document id -> version published), and count the items of the view."""

    async def count() -> IndexCounts:
        async with Elastic(Address.read(elasticsearch)) as elastic:
            # The indices themselves: after a change of mapping the read aliases follow a moment later.
            reports, items = (REPORT_FAMILY.index(kind, topics.prefix, view) for kind in (REPORTS, ITEMS))
            await elastic.expect("POST", f"/{reports},{items}/_refresh")
            found = 0
            waiting = iter(versions)
            while ids := list(islice(waiting, CHUNK)):
                answer = await elastic.expect("POST", f"/{reports}/_mget", {"ids": ids}, params={"_source": "false"})
                found += sum(
                    bool(doc.get("found")) and doc["_version"] >= versions[doc["_id"]] for doc in answer["docs"]
                )
            live = await elastic.expect("POST", f"/{items}/_count", {"query": {"term": {"live": True}}})
            summed = {"query": {"term": {"live": True}}, "size": 0, "aggs": {"items": {"sum": {"field": "item_count"}}}}
            answer = await elastic.expect("POST", f"/{reports}/_search", summed)
            of_reports = int(answer["aggregations"]["items"]["value"])
            return IndexCounts(found, len(versions) - found, int(live["count"]), of_reports)

    return asyncio.run(count())

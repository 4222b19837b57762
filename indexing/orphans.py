"""Alerts in the index of a subscriber who left the subscriptions file, or moved to another view.

The indexer doesn't read the topic of somebody who left, so their alerts would stand for ever, with what they say of a
report that its owner may have taken back. They are hidden, and shown again should the subscriber come back.
"""

from collections.abc import Collection
from typing import Any

import orjson

from indexing.bulk import BulkWriter, Operation
from indexing.elastic import Elastic
from indexing.mappings import ALERT_FAMILY, ALERTS

__all__ = ["settle_orphaned_alerts"]

CHUNK = 1000


async def settle_orphaned_alerts(
    elastic: Elastic, *, prefix: str, view: str, subscribers: Collection[str]
) -> tuple[int, int]:
    """Hide what stands in the view for none of its `subscribers`, show what was hidden of them; how many of each.

    Each keeps its version: a newer one from the topic takes its place in any case.
    """
    known = {"terms": {"subscriber": sorted(subscribers)}}
    standing = {"term": {"state": "standing"}}
    hidden = {"bool": {"filter": [standing, {"term": {"live": True}}], "must_not": [known]}}
    shown = {"bool": {"filter": [standing, {"term": {"live": False}}, known]}}
    index = ALERT_FAMILY.index(ALERTS, prefix, view)
    await elastic.expect("POST", f"/{index}/_refresh")
    counts = [await _mark(elastic, index, query, live) for query, live in ((hidden, False), (shown, True))]
    if any(counts):
        await elastic.expect("POST", f"/{index}/_refresh")
    return counts[0], counts[1]


async def _mark(elastic: Elastic, index: str, query: dict[str, Any], live: bool) -> int:
    found: list[dict[str, Any]] = []
    after: list[Any] = []
    while True:
        body: dict[str, Any] = {"size": CHUNK, "query": query, "sort": ["id"]}
        answer = await elastic.expect("POST", f"/{index}/_search", body | ({"search_after": after} if after else {}))
        hits = answer["hits"]["hits"]
        found += (hit["_source"] for hit in hits)
        if len(hits) < CHUNK:
            break
        after = hits[-1]["sort"]
    changed = [Operation(one["id"], one["version"], orjson.dumps({**one, "live": live})) for one in found]
    if changed:
        await BulkWriter(elastic).send_until_done(index, changed)
    return len(changed)

"""Taking out the alerts of a subscriber who left the subscriptions file, or moved to another view.

The alert stage can't tell who isn't there, and the indexer doesn't read the topic of somebody who left. Their alerts
would stand in the index with what they say of a report, even after its owner has taken it back.
"""

from collections.abc import Collection
from typing import Any

import orjson

from indexing.bulk import BulkWriter, Operation
from indexing.derived_documents import alert_document
from indexing.elastic import Elastic
from indexing.mappings import ALERT_FAMILY, ALERTS

__all__ = ["withdraw_orphaned_alerts"]

CHUNK = 1000
_KEPT = ("id", "version", "view", "subscriber", "subscription", "subject")


async def withdraw_orphaned_alerts(elastic: Elastic, *, prefix: str, view: str, subscribers: Collection[str]) -> int:
    """Withdraw what stands in the view for none of its `subscribers`; returns how many there were.

    Each keeps its version, so that the same alert, told again to a subscriber who came back, takes its place.
    """
    index = ALERT_FAMILY.index(ALERTS, prefix, view)
    await elastic.expect("POST", f"/{index}/_refresh")
    query = {
        "bool": {"filter": [{"term": {"live": True}}], "must_not": [{"terms": {"subscriber": sorted(subscribers)}}]}
    }
    found: list[dict[str, Any]] = []
    after: list[Any] = []
    while True:
        body = {"size": CHUNK, "query": query, "sort": ["id"], "_source": [*_KEPT, "written"]}
        answer = await elastic.expect("POST", f"/{index}/_search", body | ({"search_after": after} if after else {}))
        hits = answer["hits"]["hits"]
        found += (hit["_source"] for hit in hits)
        if len(hits) < CHUNK:
            break
        after = hits[-1]["sort"]
    if found:
        await BulkWriter(elastic).send_until_done(index, [_withdraw(alert) for alert in found])
        await elastic.expect("POST", f"/{index}/_refresh")
    return len(found)


def _withdraw(alert: dict[str, Any]) -> Operation:
    gone: Any = {**{name: alert[name] for name in _KEPT}, "state": "withdrawn", "change": "withdrawn"}
    return Operation(alert["id"], alert["version"], orjson.dumps(alert_document(gone, alert["written"])))

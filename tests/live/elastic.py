"""Asking the real Elasticsearch in tests, with nothing but HTTP."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any


def ask(url: str, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> dict[str, Any]:
    """The decoded answer of one request; an error status raises."""
    request = urllib.request.Request(
        f"{url}/{path.lstrip('/')}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"content-type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def count_live(url: str, alias: str, query: dict[str, Any] | None = None) -> int:
    """Documents that readers of `alias` see."""
    ask(url, f"{alias}/_refresh")
    return int(ask(url, f"{alias}/_count", {"query": query or {"match_all": {}}})["count"])


def composite(
    url: str, alias: str, keys: dict[str, dict[str, Any]], sums: tuple[str, ...], query: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, float]]]:
    """Every bucket of a composite aggregation: its key and the sum of each field, with `docs` as their number."""
    sources = [{name: {**source}} for name, source in keys.items()]
    after: dict[str, Any] = {}
    while True:
        aggregation = {
            "composite": {"size": 5000, "sources": sources, **after},
            "aggs": {field: {"sum": {"field": field}} for field in sums},
        }
        answer = ask(url, f"{alias}/_search", {"size": 0, "query": query, "aggs": {"all": aggregation}})
        buckets = answer["aggregations"]["all"]["buckets"]
        for bucket in buckets:
            yield bucket["key"], {**{field: bucket[field]["value"] for field in sums}, "docs": bucket["doc_count"]}
        if not buckets:
            return
        after = {"after": answer["aggregations"]["all"]["after_key"]}

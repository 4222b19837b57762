"""From a panel to the request that Elasticsearch gets: pure functions. Kibana builds the same from the saved object."""

from typing import Any

from deploy.kibana.panels import NOT_EXERCISES, Documents, Is, Metric, Months, Number, Queried, Series, Table, Terms

__all__ = ["MISSING", "RUNTIME_FIELDS", "kuery", "metric_name", "search_body"]

MISSING = "__missing__"
"""The key that Kibana gives to documents without the field."""

_MIDDLE = (
    "if (doc['when'].size() > 0 && doc['when_end'].size() > 0) {"
    " emit((doc['when'].value.toInstant().toEpochMilli() + doc['when_end'].value.toInstant().toEpochMilli()) / 2) }"
)
RUNTIME_FIELDS: dict[str, Any] = {"when_middle": {"type": "date", "script": {"source": _MIDDLE}}}
"""Fields that a data view adds to its index."""


def kuery(conditions: tuple[Is, ...]) -> str:
    """The conditions in Kibana's query language."""
    return " and ".join(f"{one.field} : {_kuery_value(one.value)}" for one in conditions)


def _kuery_value(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def metric_name(number: int) -> str:
    """The name of a panel's metric in the request."""
    return f"metric-{number}"


def search_body(
    panel: Queried,
    *,
    exercises: bool = False,
    since: str | None = None,
    until: str | None = None,
    zone: str = "UTC",
    size: int = 50,
) -> dict[str, Any]:
    """The request of a panel to `_search` of its data view.

    `exercises`: the dashboard's filter is off. `since` and `until` (RFC 3339 or date maths) are the dashboard's time
    range, `zone` is the reader's, `size` the most documents of a list.
    """
    body: dict[str, Any] = {"query": _query(panel, exercises, since, until), "track_total_hits": True}
    if panel.data.middle:
        body["runtime_mappings"] = RUNTIME_FIELDS
    if isinstance(panel, Documents):
        order = [{panel.sort: {"order": "desc", "unmapped_type": "boolean"}}]
        return body | {"size": size, "sort": order, "fields": list(panel.columns), "_source": False}
    if not isinstance(panel, Number | Series | Table):
        raise TypeError(f"{panel.name} asks for nothing")
    metrics = _metrics(panel.metrics)
    level = metrics
    for number, bucket in reversed(list(enumerate(panel.buckets))):
        inner = {**level, **metrics}
        level = {f"bucket-{number}": _bucket(bucket, panel.metrics[0], zone) | ({"aggs": inner} if inner else {})}
    return body | {"size": 0, "aggs": level}


def _query(panel: Queried, exercises: bool, since: str | None, until: str | None) -> dict[str, Any]:
    clauses: list[dict[str, Any]] = [{"term": {one.field: one.value}} for one in panel.conditions]
    bounds = {name: bound for name, bound in (("gte", since), ("lt", until)) if bound is not None}
    if bounds:
        clauses.append({"range": {panel.data.time_field: bounds}})
    hidden = [] if exercises else [{"term": {NOT_EXERCISES.field: NOT_EXERCISES.value}}]
    return {"bool": {"filter": clauses, "must_not": hidden}}


def _metrics(metrics: tuple[Metric, ...]) -> dict[str, Any]:
    kinds = {"sum": "sum", "max": "max", "unique_count": "cardinality"}
    return {
        metric_name(number): {kinds[metric.operation]: {"field": metric.field}}
        for number, metric in enumerate(metrics)
        if metric.operation != "count"
    }


def _bucket(bucket: Terms | Months, first: Metric, zone: str) -> dict[str, Any]:
    if isinstance(bucket, Months):
        histogram = {"field": bucket.field, "calendar_interval": "1M", "time_zone": zone, "min_doc_count": 0}
        return {"date_histogram": histogram}
    order = "_count" if first.operation == "count" else metric_name(0)
    terms: dict[str, Any] = {"field": bucket.field, "size": bucket.size, "order": {order: "desc"}}
    return {"terms": terms | ({"missing": MISSING} if bucket.missing else {})}

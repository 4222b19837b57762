"""From a panel to what Kibana stores of it, in the shapes of Kibana 8.9 to 9.4: pure functions.

The shapes are those of versions that Kibana 9.4 still migrates (`VERSIONS`): an older shape is taken in and brought up
to date at import, a newer one than the running Kibana's is refused.
"""

from typing import Any

from deploy.kibana.panels import Bucket, Counted, Documents, Metric, Months, Number, Series, Table
from deploy.kibana.queries import kuery

__all__ = ["LAYER", "OPERATIONS", "VERSIONS", "lens_attributes", "search_attributes"]

VERSIONS = {"dashboard": "10.2.0", "index-pattern": "8.0.0", "lens": "8.9.0", "search": "10.5.0"}
"""The shape that each type of saved object is written in."""

LAYER = "data"
RECORDS = "___records___"
"""What Kibana calls the count of documents instead of a field."""
OPERATIONS = {"count", "sum", "max", "unique_count", "terms", "date_histogram"}

Attributes = dict[str, Any]


def lens_attributes(panel: Counted) -> Attributes:
    """The attributes of a `lens` saved object; it refers to its data view by `indexpattern-datasource-layer-data`."""
    kind, drawn = _draw(panel)
    return {
        "title": panel.full_title,
        "description": str(panel.explained),
        "visualizationType": kind,
        "state": {
            "datasourceStates": {"formBased": {"layers": {LAYER: _layer(panel)}}, "textBased": {"layers": {}}},
            "visualization": drawn,
            "query": {"language": "kuery", "query": kuery(panel.conditions)},
            "filters": [],
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def search_attributes(panel: Documents, search_source: str) -> Attributes:
    """The attributes of a `search` saved object; `search_source` is its query as JSON."""
    return {
        "title": panel.full_title,
        "description": str(panel.explained),
        "columns": list(panel.columns),
        "sort": [[panel.sort, "desc"]],
        "grid": {},
        "hideChart": True,
        "isTextBasedQuery": False,
        "timeRestore": False,
        "kibanaSavedObjectMeta": {"searchSourceJSON": search_source},
    }


def _layer(panel: Counted) -> Attributes:
    columns = {_bucket_id(number): _bucket_column(bucket) for number, bucket in enumerate(panel.buckets)}
    columns |= {_metric_id(number): _metric_column(metric) for number, metric in enumerate(panel.metrics)}
    # The order is that of nesting: the first bucket is the outermost.
    return {"columns": columns, "columnOrder": list(columns), "incompleteColumns": {}, "sampling": 1}


def _bucket_id(number: int) -> str:
    return f"bucket-{number}"


def _metric_id(number: int) -> str:
    return f"metric-{number}"


def _bucket_column(bucket: Bucket) -> Attributes:
    column = {"label": str(bucket.label), "customLabel": True, "isBucketed": True, "sourceField": bucket.field}
    if isinstance(bucket, Months):
        return column | {
            "dataType": "date",
            "operationType": "date_histogram",
            "scale": "interval",
            # Otherwise Kibana holds the time range against this field, and no longer against the data view's own.
            "params": {"interval": "1M", "ignoreTimeRange": True, "includeEmptyRows": True, "dropPartials": False},
        }
    return column | {
        "dataType": "string",
        "operationType": "terms",
        "scale": "ordinal",
        "params": {
            "size": bucket.size,
            "orderBy": {"type": "column", "columnId": _metric_id(0)},
            "orderDirection": "desc",
            # Kibana counts documents without the field only beside a bucket for all other values.
            "otherBucket": bucket.missing,
            "missingBucket": bucket.missing,
            "parentFormat": {"id": "terms"},
        },
    }


def _metric_column(metric: Metric) -> Attributes:
    number = {"id": "number", "params": {"decimals": metric.decimals}}
    return {
        "label": str(metric.label),
        "customLabel": True,
        "dataType": "number",
        "isBucketed": False,
        "operationType": metric.operation,
        "scale": "ratio",
        "sourceField": metric.field or RECORDS,
        "params": {"format": number} if metric.operation == "max" else {"format": number, "emptyAsNull": False},
    }


def _draw(panel: Counted) -> tuple[str, Attributes]:
    data = {"layerId": LAYER, "layerType": "data"}
    match panel:
        case Number():
            return "lnsMetric", {**data, "metricAccessor": _metric_id(0)}
        case Series():
            return "lnsXY", _bars(panel, data)
        case Table():
            ids = [_bucket_id(number) for number in range(len(panel.rows))]
            ids += [_metric_id(number) for number in range(len(panel.figures))]
            paging = {"size": 10, "enabled": True}
            return "lnsDatatable", {**data, "columns": [{"columnId": name} for name in ids], "paging": paging}


def _bars(panel: Series, data: Attributes) -> Attributes:
    shown = {"x": True, "yLeft": True, "yRight": True}
    # Buckets are numbered from the outside: the split, if there is one, comes before what goes across.
    across = _bucket_id(len(panel.buckets) - 1)
    layer = {**data, "seriesType": "bar_stacked", "xAccessor": across, "accessors": [_metric_id(0)]}
    if panel.split is not None:
        layer["splitAccessor"] = _bucket_id(0)
    return {
        "preferredSeriesType": "bar_stacked",
        "layers": [layer],
        "legend": {"isVisible": panel.split is not None, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": True, "yRight": False},
        "tickLabelsVisibilitySettings": shown,
        "gridlinesVisibilitySettings": shown,
    }

"""The saved objects of a view's dashboard, and their NDJSON, as Kibana's import takes it: pure functions.

Ids are hashes of names: importing again overwrites what is there, and views and deployments don't meet.
"""

import hashlib
import json
import uuid
from typing import Any

from deploy.kibana.lens import LAYER, VERSIONS, lens_attributes, search_attributes
from deploy.kibana.overview import CONTROLS, DATA_VIEWS, ROWS, TITLE, all_panels
from deploy.kibana.panels import NOT_EXERCISES, DataView, Documents, Number, Panel, Queried, Series, Table, Words
from deploy.kibana.queries import RUNTIME_FIELDS, kuery

__all__ = ["SavedObject", "export_ndjson", "object_id", "saved_objects"]

SavedObject = dict[str, Any]

SEARCH_SOURCE_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"
SEARCH_SOURCE_FILTER = "kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index"


def saved_objects(view: str, prefix: str = "") -> list[SavedObject]:
    """Every saved object of `view`, whatever is referred to before what refers to it."""
    scope = f"{prefix}/{view}"
    return [
        *(_data_view(data, prefix, view) for data in DATA_VIEWS),
        *(_panel_object(panel, scope, view) for panel in all_panels()),
        _dashboard(scope, view),
    ]


def export_ndjson(view: str, prefix: str = "") -> str:
    """The saved objects, one JSON object a line, the same text at each call."""
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) for one in saved_objects(view, prefix))
    return "".join(f"{line}\n" for line in lines)


def object_id(scope: str, kind: str, name: str) -> str:
    """The id of a saved object: a hash of where it belongs, its type and its name."""
    digest = hashlib.blake2b(f"puente/{scope}/{kind}/{name}".encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest))


def _object(scope: str, kind: str, name: str, attributes: dict[str, Any], references: list[Any]) -> SavedObject:
    return {
        "type": kind,
        "id": object_id(scope, kind, name),
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": "8.8.0",
        "typeMigrationVersion": VERSIONS[kind],
        "managed": False,
    }


def _refer(scope: str, kind: str, target: str, name: str) -> dict[str, str]:
    return {"type": kind, "id": object_id(scope, kind, target), "name": name}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _data_view(data: DataView, prefix: str, view: str) -> SavedObject:
    attributes = {
        "title": data.kind.alias(prefix, view),
        "name": f"Puente: {data.label} ({view})",
        "timeFieldName": data.time_field,
        "allowNoIndex": True,
        "fields": "[]",
        "fieldAttrs": "{}",
        "fieldFormatMap": "{}",
        "runtimeFieldMap": _json(RUNTIME_FIELDS if data.middle else {}),
        "sourceFilters": "[]",
        "typeMeta": "{}",
    }
    return _object(f"{prefix}/{view}", "index-pattern", data.kind.name, attributes, [])


def _panel_object(panel: Queried, scope: str, view: str) -> SavedObject:
    target = panel.data.kind.name
    if isinstance(panel, Documents):
        source = {
            "query": {"language": "kuery", "query": kuery(panel.conditions)},
            "filter": [],
            "indexRefName": SEARCH_SOURCE_INDEX,
        }
        kind, attributes, reference = "search", search_attributes(panel, _json(source)), SEARCH_SOURCE_INDEX
    elif isinstance(panel, Number | Series | Table):
        kind, attributes = "lens", lens_attributes(panel)
        reference = f"indexpattern-datasource-layer-{LAYER}"
    else:
        raise TypeError(f"{panel.name} is no panel that Kibana stores")
    # In Kibana's library the titles of several views stand side by side; the dashboard shows `full_title` instead.
    attributes["title"] = f"{panel.library_title} ({view})"
    return _object(scope, kind, panel.name, attributes, [_refer(scope, "index-pattern", target, reference)])


def _dashboard(scope: str, view: str) -> SavedObject:
    panels: list[dict[str, Any]] = []
    references = [_refer(scope, "index-pattern", CONTROLS[0][0].kind.name, SEARCH_SOURCE_FILTER)]
    top = 0
    for height, row in ROWS:
        left = 0
        for panel in row:
            name = panel.name
            place = {"x": left, "y": top, "w": panel.width, "h": height, "i": name}
            panels.append({"gridData": place, "panelIndex": name, **_placed(panel)})
            if not isinstance(panel, Words):
                kind = "search" if isinstance(panel, Documents) else "lens"
                references.append(_refer(scope, kind, name, f"{name}:panel_{name}"))
            left += panel.width
        top += height
    controls, of_controls = _controls(scope)
    attributes = {
        "title": f"{TITLE} ({view})",
        "description": "A lead, not proof. · Un indicio, no una prueba.",
        "panelsJSON": _json(panels),
        "optionsJSON": _json({"useMargins": True, "syncColors": True, "syncCursor": True, "hidePanelTitles": False}),
        "controlGroupInput": controls,
        "kibanaSavedObjectMeta": {"searchSourceJSON": _json(_default_filter())},
        "timeRestore": True,
        "timeFrom": "now-10y",
        "timeTo": "now",
        "refreshInterval": {"pause": True, "value": 60000},
        "version": 1,
    }
    return _object(scope, "dashboard", "overview", attributes, [*references, *of_controls])


def _placed(panel: Panel) -> dict[str, Any]:
    if isinstance(panel, Words):
        source = {"query": {"language": "kuery", "query": ""}, "filter": []}
        drawn = {"markdown": panel.markdown, "fontSize": 12, "openLinksInNewTab": True}
        visualisation = {
            "type": "markdown",
            "title": "",
            "description": "",
            "params": drawn,
            "uiState": {},
            "data": {"aggs": [], "searchSource": source},
        }
        return {"type": "visualization", "embeddableConfig": {"title": str(panel.title), "savedVis": visualisation}}
    assert isinstance(panel, Queried)
    kind = "search" if isinstance(panel, Documents) else "lens"
    shown = {"title": panel.full_title, "description": str(panel.explained)}
    return {"type": kind, "embeddableConfig": shown, "panelRefName": f"panel_{panel.name}"}


def _controls(scope: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    lists, references = {}, []
    for order, (data, field, label) in enumerate(CONTROLS):
        name = f"control-{field}"
        lists[name] = {
            "type": "optionsListControl",
            "order": order,
            "width": "medium",
            "grow": True,
            "explicitInput": {"id": name, "fieldName": field, "title": str(label), "selectedOptions": []},
        }
        reference = f"controlGroup_{name}:optionsListDataView"
        references.append(_refer(scope, "index-pattern", data.kind.name, reference))
    ignored = dict.fromkeys(("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations"), False)
    group = {
        "controlStyle": "oneLine",
        "chainingSystem": "HIERARCHICAL",
        "panelsJSON": _json(lists),
        "ignoreParentSettingsJSON": _json(ignored),
    }
    return group, references


def _default_filter() -> dict[str, Any]:
    """The dashboard's own query: exercises are left out. A click on the filter brings them back."""
    field, value = NOT_EXERCISES.field, NOT_EXERCISES.value
    pill = {
        "meta": {
            "type": "phrase",
            "key": field,
            "params": {"query": value},
            "negate": True,
            "disabled": False,
            "alias": None,
            "indexRefName": SEARCH_SOURCE_FILTER,
        },
        "query": {"match_phrase": {field: value}},
        "$state": {"store": "appState"},
    }
    return {"query": {"language": "kuery", "query": ""}, "filter": [pill]}

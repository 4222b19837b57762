"""The saved objects hang together, fit the mappings, and never mix what a sum counts."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import pytest

import deploy.kibana
from deploy.kibana import export_ndjson, saved_objects
from deploy.kibana.lens import LAYER, VERSIONS
from deploy.kibana.overview import CONTROLS, DATA_VIEWS, GUIDE, ROWS, all_panels
from deploy.kibana.panels import Counted, Documents, Is, Months, Number, Queried, Series, Table, Terms, Words
from deploy.kibana.queries import RUNTIME_FIELDS, kuery, search_body
from processors.reference import default_reference
from streams.links import CAUTION
from streams.reports import Commodity

FILE = Path(deploy.kibana.__file__).with_name("puente-joint.ndjson")
OBJECTS = saved_objects("joint")
BY_KEY = {(one["type"], one["id"]): one for one in OBJECTS}
DASHBOARD = OBJECTS[-1]
PANELS = all_panels()
COUNTED = [panel for panel in PANELS if isinstance(panel, Number | Series | Table)]

NUMBERS = {"long", "integer", "short", "byte", "double", "float"}
TAKES = {
    "terms": {"keyword"},
    "date_histogram": {"date"},
    "sum": NUMBERS,
    "max": NUMBERS | {"date"},
    "unique_count": {"keyword"} | NUMBERS,
}
"""Operation -> the types of fields that it may take (Lens says "string" for keyword)."""

DASHBOARD_ATTRIBUTES = {
    *("title", "description", "panelsJSON", "optionsJSON", "controlGroupInput", "kibanaSavedObjectMeta"),
    *("timeRestore", "timeFrom", "timeTo", "refreshInterval", "version", "hits"),
}
"""What a dashboard may hold; Kibana refuses anything else."""


def lens_layer(panel: Queried) -> tuple[dict[str, Any], dict[str, Any]]:
    """The stored state of a counted panel: its layer and its drawing."""
    (found,) = (
        one
        for one in OBJECTS
        if one["type"] == "lens" and one["attributes"]["title"] == f"{panel.library_title} (joint)"
    )
    state = found["attributes"]["state"]
    return state["datasourceStates"]["formBased"]["layers"][LAYER], state["visualization"]


def field_type(panel: Queried, path: str) -> str:
    """The type of a field in the panel's mapping, runtime fields included."""
    if panel.data.middle and path in RUNTIME_FIELDS:
        return str(RUNTIME_FIELDS[path]["type"])
    properties: dict[str, Any] = panel.data.kind.properties
    *parents, name = path.split(".")
    for parent in parents:
        properties = properties[parent]["properties"]
    assert properties[name].get("doc_values", True), f"{path} can't be counted by"
    return str(properties[name]["type"])


def refs_named(value: Any) -> Iterator[str]:
    """Every name of a reference that a saved object's attributes use, JSON inside strings included."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in {"indexRefName", "panelRefName"}:
                yield part
            else:
                yield from refs_named(json.loads(part) if key.endswith("JSON") else part)
    elif isinstance(value, list):
        for part in value:
            yield from refs_named(part)


def test_the_committed_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == export_ndjson("joint"), (
        "Write it anew: puente kibana export -o deploy/kibana/puente-joint.ndjson"
    )


def test_each_line_is_one_object_and_what_is_referred_to_comes_first() -> None:
    lines = [json.loads(line) for line in export_ndjson("joint").splitlines()]
    assert lines == OBJECTS
    seen: set[tuple[str, str]] = set()
    for one in lines:
        assert {(ref["type"], ref["id"]) for ref in one["references"]} <= seen
        seen.add((one["type"], one["id"]))
    assert len(seen) == len(lines)
    assert Counter(one["type"] for one in lines) == {
        "index-pattern": len(DATA_VIEWS),
        "lens": len(COUNTED),
        "search": len(PANELS) - len(COUNTED),
        "dashboard": 1,
    }


def test_ids_are_stable_and_apart() -> None:
    """An id that changed would leave the old dashboard beside the new one."""
    assert DASHBOARD["id"] == "ef732dbd-7900-ea89-5ef6-1e91aae54ba4"
    ids = [
        {one["id"] for one in saved_objects(view, prefix)}
        for view, prefix in (("joint", ""), ("us", ""), ("joint", "test-"))
    ]
    assert len(set().union(*ids)) == sum(map(len, ids))


def test_data_views_read_by_alias() -> None:
    titles = [one["attributes"]["title"] for one in saved_objects("us", "p-") if one["type"] == "index-pattern"]
    assert titles == ["p-reports-us", "p-items-us", "p-links-us", "p-networks-us", "p-alerts-us", "p-dead-letters"]
    for data in DATA_VIEWS:
        assert data.kind.properties[data.time_field]["type"] == "date"
        if data.middle:
            assert {"when", "when_end"} <= data.kind.properties.keys()
            assert not RUNTIME_FIELDS.keys() & data.kind.properties.keys()


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: f"{one['type']} {one['attributes']['title']}")
def test_an_object_uses_each_of_its_references(one: dict[str, Any]) -> None:
    assert one["typeMigrationVersion"] == VERSIONS[one["type"]]
    given = [ref["name"] for ref in one["references"]]
    assert len(given) == len(set(given))
    used = set(refs_named(one["attributes"]))
    if one["type"] == "lens":
        used = {
            f"indexpattern-datasource-layer-{name}"
            for name in one["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]
        }
    if one["type"] == "dashboard":
        panels = json.loads(one["attributes"]["panelsJSON"])
        used -= {panel.get("panelRefName") for panel in panels}
        used |= {f"{panel['panelIndex']}:{panel['panelRefName']}" for panel in panels if "panelRefName" in panel}
        controls = json.loads(one["attributes"]["controlGroupInput"]["panelsJSON"])
        used |= {f"controlGroup_{name}:optionsListDataView" for name in controls}
    assert used == set(given)
    for ref in one["references"]:
        assert (ref["type"], ref["id"]) in BY_KEY


@pytest.mark.parametrize("panel", COUNTED, ids=lambda panel: panel.name)
def test_the_columns_of_a_panel_fit_the_mapping(panel: Counted) -> None:
    layer, drawn = lens_layer(panel)
    columns = layer["columns"]
    assert layer["columnOrder"] == list(columns)
    assert [column["isBucketed"] for column in columns.values()] == [True] * len(panel.buckets) + [False] * len(
        panel.metrics
    )
    for column in columns.values():
        if column["operationType"] == "count":
            assert column["sourceField"] == "___records___"
            continue
        assert field_type(panel, column["sourceField"]) in TAKES[column["operationType"]]
        if column["operationType"] == "date_histogram":
            # The time range is the data view's; only a fixed interval goes without one.
            assert column["sourceField"] != panel.data.time_field
            assert column["params"]["ignoreTimeRange"]
            assert column["params"]["interval"] == "1M"
        if column["operationType"] == "terms":
            ordered = column["params"]["orderBy"]["columnId"]
            assert columns[ordered]["isBucketed"] is False
            assert column["params"]["otherBucket"] or not column["params"]["missingBucket"]
    assert drawn["layerId"] == LAYER if not isinstance(panel, Series) else True


@pytest.mark.parametrize("panel", COUNTED, ids=lambda panel: panel.name)
def test_a_panel_draws_every_column_once(panel: Counted) -> None:
    layer, drawn = lens_layer(panel)
    if isinstance(panel, Number):
        used = [drawn["metricAccessor"]]
    elif isinstance(panel, Table):
        used = [column["columnId"] for column in drawn["columns"]]
    else:
        (bars,) = drawn["layers"]
        assert bars["layerId"] == LAYER
        used = [*([bars["splitAccessor"]] if "splitAccessor" in bars else []), bars["xAccessor"], *bars["accessors"]]
        across = layer["columns"][bars["xAccessor"]]
        assert across["sourceField"] == panel.across.field
        if panel.split is not None:
            assert layer["columns"][bars["splitAccessor"]]["sourceField"] == panel.split.field
    assert used == layer["columnOrder"]


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_conditions_and_lists_name_fields_of_the_mapping(panel: Queried) -> None:
    for one in panel.conditions:
        assert field_type(panel, one.field) == ("boolean" if isinstance(one.value, bool) else "keyword")
    if isinstance(panel, Documents):
        assert field_type(panel, panel.sort) in NUMBERS | {"date"}
        assert all(field_type(panel, column) for column in panel.columns)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_both_renderings_ask_the_same(panel: Queried) -> None:
    """The conditions in Kibana's language, read back, are those of the request."""
    stored = kuery(panel.conditions)
    told = {}
    for part in filter(None, stored.split(" and ")):
        field, value = re.fullmatch(r'([\w.]+) : ("(?:[^"\\]|\\.)*"|true|false)', part).groups()  # type: ignore[union-attr]
        told[field] = json.loads(value)
    clauses = search_body(panel)["query"]["bool"]["filter"]
    assert [{"term": {field: value}} for field, value in told.items()] == clauses
    (found,) = (one for one in OBJECTS if one["attributes"]["title"] == f"{panel.library_title} (joint)")
    attributes = found["attributes"]
    query = (
        attributes["state"]["query"]
        if found["type"] == "lens"
        else json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]
    )
    assert query == {"language": "kuery", "query": stored}


def test_values_are_quoted() -> None:
    assert kuery((Is("a.b", 'x "y" \\z'), Is("c", True))) == r'a.b : "x \"y\" \\z" and c : true'


@pytest.mark.parametrize("panel", COUNTED, ids=lambda panel: panel.name)
def test_a_sum_has_one_basis_and_says_which(panel: Counted) -> None:
    sums = [metric for metric in panel.metrics if metric.operation == "sum"]
    about_seizures = "count_basis" in panel.data.kind.properties
    if sums or about_seizures:
        assert panel.basis is not None, "figures of several bases would be mixed"
    bases = [one.value for one in panel.conditions if one.field == "count_basis"]
    assert len(bases) == (panel.basis is not None)
    if panel.basis is not None:
        named = {"incident": ("incidents", "incidentes"), "monthly_total": ("monthly totals", "totales mensuales")}
        assert panel.full_title.endswith("[{} · {}]".format(*named[panel.basis]))
    for metric in sums:
        # Pieces and pills are one number only where their unit is one.
        if metric.field == "count":
            assert "count_unit" in {one.field for one in panel.conditions}


@pytest.mark.parametrize("panel", COUNTED, ids=lambda panel: panel.name)
def test_no_value_falls_under_a_stack(panel: Counted) -> None:
    """Stacked values show the whole: room for the whole vocabulary."""
    corridors = {port.corridor for port in default_reference().places.ports.values()}
    known = {"place.corridor": len(corridors), "place.region": 3, "commodity": len(get_args(Commodity))}
    known["commodities"] = known["commodity"]
    if isinstance(panel, Series):
        for bucket in panel.buckets:
            if isinstance(bucket, Terms):
                assert bucket.size > known[bucket.field] > 1


def test_the_dashboard_holds_every_panel_once_and_nothing_overlaps() -> None:
    attributes = DASHBOARD["attributes"]
    assert attributes.keys() <= DASHBOARD_ATTRIBUTES
    placed = json.loads(attributes["panelsJSON"])
    assert [panel["panelIndex"] for panel in placed] == [panel.name for _, row in ROWS for panel in row]
    cells: Counter[tuple[int, int]] = Counter()
    for panel in placed:
        grid = panel["gridData"]
        assert grid["i"] == panel["panelIndex"]
        assert 0 <= grid["x"] < grid["x"] + grid["w"] <= 48
        cells.update(
            (x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])
        )
    assert max(cells.values()) == 1
    for height, row in ROWS:
        assert height > 0
        assert sum(panel.width for panel in row) == 48


def test_exercises_are_left_out_until_the_reader_says_otherwise() -> None:
    source = json.loads(DASHBOARD["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    (pill,) = source["filter"]
    assert (pill["meta"]["key"], pill["meta"]["negate"], pill["meta"]["disabled"]) == ("exercise", True, False)
    assert pill["query"] == {"match_phrase": {"exercise": True}}
    for panel in PANELS:
        assert search_body(panel)["query"]["bool"]["must_not"] == [{"term": {"exercise": True}}]
        assert search_body(panel, exercises=True)["query"]["bool"]["must_not"] == []


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_a_panel_that_is_opened_alone_says_what_is_fiction(panel: Queried) -> None:
    """Alone it lacks the dashboard's filter: a list marks each row and grades it, a figure says that it counts all."""
    placed = {one["panelIndex"]: one for one in json.loads(DASHBOARD["attributes"]["panelsJSON"])}[panel.name]
    assert placed["embeddableConfig"]["title"] == panel.full_title
    stored = {one["attributes"]["title"] for one in OBJECTS}
    if isinstance(panel, Documents):
        assert {"exercise", "reliability", "credibility"} <= set(panel.columns)
    elif "exercise" in panel.data.kind.properties:
        assert f"{panel.full_title}, with exercises · con ejercicios (joint)" in stored
        # The reader of the dashboard may switch the filter off: then the panel must count them.
        assert "exercise" not in {one.field for one in panel.conditions}
    else:
        assert f"{panel.full_title} (joint)" in stored


def test_controls_name_fields_to_choose_from() -> None:
    controls = json.loads(DASHBOARD["attributes"]["controlGroupInput"]["panelsJSON"])
    in_order = sorted(controls.values(), key=lambda one: cast(int, one["order"]))
    assert [one["explicitInput"]["fieldName"] for one in in_order] == [field for _, field, _ in CONTROLS]
    for name, one in controls.items():
        assert one["explicitInput"]["id"] == name


def test_the_caution_stands_there_in_both_languages() -> None:
    (guide,) = (panel for _, row in ROWS for panel in row if isinstance(panel, Words))
    assert guide.markdown == GUIDE
    assert CAUTION["en"] in GUIDE
    assert CAUTION["es"] in GUIDE
    stored = cast(list[dict[str, Any]], json.loads(DASHBOARD["attributes"]["panelsJSON"]))[0]
    assert stored["embeddableConfig"]["savedVis"]["params"]["markdown"] == GUIDE


def test_every_label_is_in_both_languages() -> None:
    for panel in PANELS:
        assert panel.title.en != panel.title.es
        assert panel.explained.en != panel.explained.es
    for counted in COUNTED:
        assert all(part.label.en and part.label.es for part in (*counted.buckets, *counted.metrics))


def test_months_are_those_of_the_middle_of_a_time() -> None:
    for panel in COUNTED:
        for bucket in panel.buckets:
            if isinstance(bucket, Months):
                assert panel.data.middle
                assert search_body(panel)["runtime_mappings"] == RUNTIME_FIELDS

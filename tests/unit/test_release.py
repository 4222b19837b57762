"""Release fails closed."""

import itertools
from collections.abc import Callable, Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from indexing.documents import item_documents, report_document
from processors.correlation.facts import comparison_record
from processors.protection.keys import TOKEN
from processors.release.renditions import released_views, rendition, tombstone
from streams.contracts import CaseEvent, Handling, Moment, SeizureReport
from streams.parsing import canonical_json
from streams.reports import EnrichedReport, HandlingMark
from tests.indexed import make_report
from tests.unit.enriching import enrich, make_stage, open_output, run, store

VIEWS = ("joint", "us", "mx")
SHARED = ["AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]


def mark(tlp: str = "AMBER+STRICT", *views: str) -> HandlingMark:
    return {"tlp": tlp, "releasable_to": list(views)}


def test_the_default_is_the_own_agency_alone() -> None:
    default = Handling()
    assert released_views(mark(default.tlp, *default.releasable_to), VIEWS) == ()


@pytest.mark.parametrize("tlp", SHARED)
def test_a_release_names_its_views(tlp: str) -> None:
    handling = mark(tlp, "mx", "joint")
    assert released_views(handling, VIEWS) == ("joint", "mx")
    assert released_views(handling, ("us",)) == ()
    assert released_views(handling, ()) == ()


@pytest.mark.parametrize("tlp", ["RED", "PURPLE", "", "amber"])
def test_red_and_marks_that_nobody_knows_go_nowhere(tlp: str) -> None:
    assert released_views(mark(tlp, *VIEWS), VIEWS) == ()


@given(
    tlp=st.sampled_from(["RED", *SHARED]),
    released=st.lists(st.sampled_from(["joint", "us", "mx", "press", "all"]), max_size=6),
    views=st.lists(st.sampled_from(VIEWS), max_size=4),
)
def test_no_view_sees_what_was_not_released_to_it(tlp: str, released: list[str], views: list[str]) -> None:
    seen = released_views(mark(tlp, *released), views)
    assert set(seen) == (set() if tlp == "RED" else set(views) & set(released))
    assert len(set(seen)) == len(seen)


def test_a_tombstone_holds_no_content() -> None:
    report = make_report(event={"narrative": {"text": "Motivo-Ficticio"}}, event_id="Motivo-Ficticio")
    told = tombstone(report)
    assert b"Motivo" not in canonical_json(told)
    assert (told["id"], told["version"], told["report_id"]) == (report["id"], report["version"], report["report_id"])
    assert told["handling"] == {"tlp": "AMBER+STRICT", "releasable_to": []}
    assert comparison_record(told) == {
        **{name: told[name] for name in ("id", "version", "agency", "report_id", "revision", "kind", "received")},
        "live": False,
    }
    document = report_document(told, 3)
    assert (document["live"], document["version"], document["item_slots"]) == (False, report["version"], 3)
    assert not item_documents(told)


# -- protected people -----------------------------------------------------------------------------------------

_PATTERNED = {"country": "US", "country_of_origin": "US", "nationality": "US", "nationalities": "US",
              "cas_number": "123-45-6", "birth_date": "1980-01-01", "review_date": "2030-01-01"}  # fmt: skip
_FIXED: dict[str, Any] = {
    "retraction": None,
    "handling": {"releasable_to": ["joint"]},
    "grade": {"reliability": "A", "credibility": "1"},
    "age": 40,
    "birth_year": 1980,
    "year": 2015,
    "agency": "atf",
    "report_id": "FICTION-1",
    "language": "es",
    "basis": "charged",
}
Texts = dict[str, str]


def fill(model: type[BaseModel], path: str, write: Callable[[str], str], texts: Texts) -> dict[str, Any]:
    """An event, or a part of one, with every field filled; `texts` takes each text of its publisher by its path."""
    filled = {
        name: _FIXED[name] if name in _FIXED else _value(hint, name, f"{path}.{name}".lstrip("."), write, texts)
        for name, hint in get_type_hints(model, include_extras=True).items()
        if name != "model_config"
    }
    return {name: value for name, value in filled.items() if value is not None}


def _value(hint: Any, name: str, path: str, write: Callable[[str], str], texts: Texts) -> Any:
    kind, parts = get_origin(hint), [part for part in get_args(hint) if part not in (type(None), ...)]
    if kind is Annotated:
        return _value(parts[0], name, path, write, texts)
    if kind is tuple:
        if name == "items":
            return [_value(one, name, path, write, texts) for one in get_args(get_args(parts[0])[0])]
        if name == "roles":
            return ["suspect"]
        return [_value(parts[0], name, path, write, texts) for _ in range(2)]
    if kind is Literal:
        return parts[0]
    if kind in (Union, UnionType):
        return _value(parts[0], name, path, write, texts)
    if hint is Moment:
        return {"value": "2024-04-07T13:05", "zone": "America/Chicago"}
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return fill(hint, path, write, texts)
    if hint is not str:
        return {bool: False, int: 7, float: 7.0}[hint]
    if name in _PATTERNED:
        return _PATTERNED[name]
    texts[(text := write(path))] = path
    return text


def _events(write: Callable[[str], str], texts: Texts) -> Iterator[tuple[str, dict[str, Any]]]:
    details = {
        "operation_notice": "operation",
        **{name: name for name in ("laboratory_result", "trace_result", "nibin_lead")},
    }
    yield "puente.seizure.v1", fill(SeizureReport, "", write, texts)
    for kind in ("arrest", *details):
        event = fill(CaseEvent, "", write, texts)
        others = {field for one, field in details.items() if one != kind}
        yield "puente.case.v1", {name: part for name, part in event.items() if name not in others} | {"kind": kind}


_MAY_STAY = {
    *("incident_number", "direction", "mode", "organisations.name", "organisations.aliases", "organisations.role"),
    *(f"conveyances.{name}" for name in ("vin", "make", "model", "colour", "registration", "imo_number", "shipper")),
    *(f"conveyances.{name}" for name in ("container_number", "seal_number", "bill_of_lading", "consignee")),
    *("conveyances.plates.number", "conveyances.plates.state"),  # telephones of an unknown role may be a victim's
    *(f"people.{name}" for name in ("name", "given_names", "surnames", "aliases")),
    *(f"people.phones.{name}" for name in ("number", "imei", "role")),
    *(f"{who}.identifiers.{name}" for who in ("people", "organisations") for name in ("kind", "value", "issuer")),
    *(f"accounts.{name}" for name in ("kind", "value", "institution", "network")),
    *("social_handles.platform", "social_handles.handle", "references.issuer", "references.number", "references.kind"),
    *("case_numbers.number", "case_numbers.issuer", "operation.targets.kind", "operation.targets.token"),
    *(f"items.{name}" for name in ("line", "exhibit", "laboratory_number", "form", "press_marks", "type", "make")),
    *(f"items.{name}" for name in ("model", "calibre", "serial", "instrument", "fuel_type")),
    *(f"items.{name}.unit" for name in ("quantity", "packages", "capacity")),
    *("laboratory_result.laboratory_number", "trace_result.trace_number", "laboratory_result.net_weight.unit"),
    *(f"{result}.amends.{name}" for result in ("laboratory_result", "trace_result")
      for name in ("exhibit", "line", "serial")),
    *(f"nibin_lead.exhibits.{name}" for name in ("exhibit", "line", "serial")),
    *(f"{place}.codes.{name}" for place in ("place", "operation.place", "smuggling.stash_house")
      for name in ("system", "value")),
    *("smuggling.fee.unit", "narrative.text"),
}  # fmt: skip
"""Texts of a publisher that a record with a protected person keeps: numbers, codes, names of others, makes, and the
narrative, which enrichment reads (`test_protection.py`)."""


def _rendered(event_type: str, event: dict[str, Any]) -> str:
    [output] = run(make_stage(), store(event, event_type=event_type))
    assert output.topic == "reports.joint", output.value
    comparison = comparison_record(cast(EnrichedReport, open_output(output)))
    return ((output.value or b"") + canonical_json(comparison)).decode().casefold()


@pytest.mark.parametrize("victim", [{"roles": ["victim"]}, {"roles": ["suspect"], "age": 17}])
def test_of_a_record_with_a_protected_person_only_listed_fields_stay(victim: dict[str, Any]) -> None:
    """Every text of every model is a mark of its own."""
    count = itertools.count(10_000)
    texts: Texts = {}
    seen: set[str] = set()
    for event_type, event in _events(lambda _path: f"Marca{next(count)}", texts):
        first, second = event["people"]
        event["people"] = [{**first, **victim}, second]
        rendered = _rendered(event_type, event)
        assert str(second["name"]).casefold() in rendered
        for mark in filter(lambda mark: mark in str(first), texts):
            assert mark.casefold() not in rendered, texts[mark]
        seen |= {path for mark, path in texts.items() if mark.casefold() in rendered}
        assert '"protected":true' in rendered
    assert len(texts) > 500
    assert seen == _MAY_STAY


@pytest.mark.parametrize("written", ["Juana Ficticia Marcada", "FICTICIA, Juana", "casa de juana ficticia marcada"])
def test_the_name_of_a_protected_person_stands_nowhere(written: str) -> None:
    for event_type, event in _events(lambda _path: written, {}):
        first, second = event["people"]
        event["people"] = [{**first, "name": "Juana Ficticia Marcada", "roles": ["victim"]}, second]
        rendered = _rendered(event_type, event)
        for word in ("juana", "ficticia", "marcada"):
            assert word not in rendered


def test_a_number_of_a_protected_person_stands_nowhere_and_others_stay() -> None:
    [output] = run(make_stage(), store({
        "report_id": "FICTION-1",
        "handling": {"releasable_to": ["joint"]},
        "people": [{"name": "Juana Ficticia", "roles": ["witness"], "phones": [{"number": "956 555 0142"}]}],
        "phones": [{"number": "(956) 555-0142", "imei": "490154203237518"}, {"number": "956 555 0199"}],
        "items": [{"kind": "substance", "name": "Fentanyl"}, {"kind": "substance", "name": "polvo de Chucho"}],
    }))  # fmt: skip
    report = open_output(output)
    assert report["event"]["phones"] == [{"number": "956 555 0199"}]
    [person] = report["event"]["people"]
    assert person == {"roles": ["witness"], "protected": True, "name": person["name"]}
    assert TOKEN.fullmatch(person["name"])
    assert report["event"]["items"] == [{"kind": "substance", "name": "Fentanyl"}, {"kind": "substance"}]
    assert [item.get("substance") for item in report["facts"]["items"]] == ["fentanyl", None]
    assert "items[1].substance" not in {origin["fact"] for origin in report["provenance"]}
    document = report_document(cast(EnrichedReport, report), 2)
    assert (document["protected_people"], document["text_withheld"]) == (1, False)
    assert "details" not in document


def test_a_person_protected_by_age_stays_protected_in_the_index() -> None:
    person = {"name": "Persona Ficticia", "roles": ["suspect"], "birth_year": 2007}
    report = cast(EnrichedReport, enrich({"people": [person]}))
    [kept] = report["event"]["people"]
    assert (kept["roles"], kept["protected"], TOKEN.fullmatch(kept["name"]) is not None) == (["suspect"], True, True)
    assert report_document(report, 0)["protected_people"] == 1


def test_a_record_without_protected_people_is_whole_and_rendering_changes_nothing() -> None:
    event = {"report_id": "FICTION-1", "people": [{"name": "Pedro Inventado", "roles": ["officer"], "note": "Nota."}]}
    assert enrich(event)["event"]["people"] == event["people"]
    report = make_report(event={"people": [{"name": "Juana Ficticia", "roles": ["victim"]}], "unit": "Juana"})
    before = canonical_json(report)
    assert rendition(report) == rendition(report) != report
    assert canonical_json(report) == before


@pytest.mark.parametrize("figure", ["people_moved", "adults", "minors", "unaccompanied", "deaths", "rescued"])
def test_people_who_stand_as_a_figure_are_protected_in_the_texts(figure: str) -> None:
    """Found in review: a narrative named a child of whom the record only said that there was one."""
    event = {
        "kind": "arrest",
        "people": [{"name": "Pedro Inventado", "roles": ["suspect"], "basis": "charged", "review_date": "2030-01-01"}],
        "narrative": {"text": "Juana Ficticia, 9, con el guía."},
        "smuggling": {figure: 1},
    }
    report = cast(EnrichedReport, enrich(event, event_type="puente.case.v1"))
    assert "Juana" not in str(report)
    assert "[P:" in report["event"]["narrative"]["text"]
    assert report["event"]["smuggling"] == {figure: 1}
    assert [person["name"] for person in report["event"]["people"]] == ["Pedro Inventado"]
    document = report_document(report, 0)
    assert (document["protected_people"], document["text_withheld"]) == (1, False)
    assert "narrative" in enrich({**event, "smuggling": {figure: 0}}, event_type="puente.case.v1")["event"]
    # Found in review: a record that lists nobody at all stopped the release stage.
    nobody = enrich({name: value for name, value in event.items() if name != "people"}, event_type="puente.case.v1")
    assert "people" not in nobody["event"]
    assert "Juana" not in str(nobody)


def test_the_publisher_s_id_of_an_event_with_protected_people_stays_behind() -> None:
    """Found in review: it may be anything, such as a name."""
    report = enrich({"people": [{"name": "Juana Ficticia", "roles": ["victim"]}]})
    assert report["event_id"] == ""
    assert enrich({"narrative": {"text": "Nota ficticia."}})["event_id"] == "event-1"

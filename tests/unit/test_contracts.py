"""The contracts take real-shaped records of both countries, refuse what is wrong, and survive the wire unchanged."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from streams import contracts
from streams.contracts import EVENT_TYPES, AnyEvent, Moment, SeizureReport, type_of
from streams.parsing import encode_event, parse_event
from streams.refusals import Refused
from streams.topics import INTAKE_LIMIT
from tests.unit.records import CASES, NEWS, SEIZURES

SEIZURE, CASE, NEWS_TYPE = "puente.seizure.v1", "puente.case.v1", "puente.news.v1"
RECORDS = [*((SEIZURE, r) for r in SEIZURES), *((CASE, r) for r in CASES), *((NEWS_TYPE, r) for r in NEWS)]


def refusal_codes(event_type: str, tree: object) -> set[tuple[str, str]]:
    import orjson

    with pytest.raises(Refused) as caught:
        parse_event(event_type, orjson.dumps(tree), limit=INTAKE_LIMIT)
    return {(reason.code, reason.field) for reason in caught.value.reasons}


@pytest.mark.parametrize(
    ("event_type", "record"), RECORDS, ids=lambda value: value["report_id"][:24] if isinstance(value, dict) else ""
)
def test_real_shaped_record_travels_unchanged(event_type: str, record: dict[str, Any]) -> None:
    event = EVENT_TYPES[event_type].model_validate(record, strict=False)
    body = encode_event(event)
    parsed = parse_event(event_type, body, limit=INTAKE_LIMIT)
    assert parsed.event == event
    assert parsed.canonical == body
    assert encode_event(parsed.event) == body
    assert type_of(event) == event_type


def test_events_are_frozen_and_take_no_unknown_field() -> None:
    event = SeizureReport.model_validate(SEIZURES[0], strict=False)
    with pytest.raises(ValidationError):
        event.report_id = "other"  # type: ignore[misc]
    assert ("unknown_field", "?") in refusal_codes(SEIZURE, {**SEIZURES[0], "colour": "red"})


def test_default_releases_to_nobody() -> None:
    event = SeizureReport.model_validate({k: v for k, v in SEIZURES[2].items() if k != "handling"}, strict=False)
    assert event.handling.tlp == "AMBER+STRICT"
    assert event.handling.releasable_to == ()


@pytest.mark.parametrize(
    ("event_type", "tree", "expected"),
    [
        (SEIZURE, {}, ("missing_field", "report_id")),
        (SEIZURE, {"report_id": "a"}, ("report_empty", "")),
        (SEIZURE, {**SEIZURES[2], "period": None}, ("period_missing", "")),
        (SEIZURE, {**SEIZURES[2], "report_id": 7}, ("wrong_type", "report_id")),
        (SEIZURE, {**SEIZURES[2], "event_count": "4"}, ("wrong_type", "event_count")),
        (SEIZURE, {**SEIZURES[2], "report_id": "x" * 257}, ("too_long", "report_id")),
        (SEIZURE, {**SEIZURES[2], "report_id": ""}, ("too_short", "report_id")),
        (SEIZURE, {**SEIZURES[2], "count_basis": "guess"}, ("not_allowed", "count_basis")),
        (SEIZURE, {**SEIZURES[2], "revision": -1}, ("out_of_range", "revision")),
        (SEIZURE, {**SEIZURES[2], "revision": 2**42}, ("out_of_range", "revision")),
        (SEIZURE, {**SEIZURES[2], "items": [{"kind": "substance"}]}, ("missing_field", "items[0].name")),
        (SEIZURE, {**SEIZURES[2], "items": [{"name": "x"}]}, ("missing_field", "items[0].kind")),
        (SEIZURE, {**SEIZURES[2], "items": [{"kind": "gold"}]}, ("not_allowed", "items[0]")),
        (SEIZURE, {**SEIZURES[2], "items": [{"kind": "ammunition", "quantity": {"value": -1, "unit": "each"}}]},
         ("out_of_range", "items[0].quantity.value")),
        (SEIZURE, {**SEIZURES[2], "items": [{"kind": "ammunition"}] * 65}, ("too_many", "items")),
        (SEIZURE, {**SEIZURES[2], "place": {}}, ("place_empty", "place")),
        (SEIZURE, {**SEIZURES[2], "place": {"latitude": 1.0}}, ("coordinates_incomplete", "place")),
        (SEIZURE, {**SEIZURES[2], "phones": [{}]}, ("phone_empty", "phones[0]")),
        (SEIZURE, {**SEIZURES[2], "people": [{"roles": ["suspect"], "basis": "charged"}]},
         ("review_date_missing", "people[0]")),
        (SEIZURE, {**SEIZURES[2], "narrative": {"text": "ñ" * (128 * 1024 + 1)}},
         ("narrative_too_long", "narrative.text")),
        (SEIZURE, {**SEIZURES[2], "retraction": {"reason": "x"}}, ("retraction_with_content", "")),
        (SEIZURE, {**SEIZURES[2], "seized": {"value": "7 April"}}, ("moment_form", "seized")),
        (SEIZURE, {**SEIZURES[2], "seized": {"value": "2024", "precision": "day"}}, ("moment_precision", "seized")),
        (SEIZURE, {**SEIZURES[2], "seized": {"value": "2024", "fiscal_year": 2024}}, ("moment_form", "seized")),
        (SEIZURE, {**SEIZURES[2], "seized": {"value": "2024", "month": "APR"}}, ("moment_form", "seized")),
        (CASE, {"report_id": "a"}, ("case_kind_missing", "")),
        (CASE, {"report_id": "a", "kind": "trace_result"}, ("case_detail_mismatch", "")),
        (CASE, {**CASES[2], "kind": "opened"}, ("case_detail_mismatch", "")),
        (CASE, {**CASES[2], "laboratory_result": {**CASES[2]["laboratory_result"], "amends": {"agency": "cbp"}}},
         ("amended_item_unnamed", "laboratory_result.amends")),
        (NEWS_TYPE, {"report_id": "a", "outlet": "El Ficticio"}, ("news_without_outlet_or_title", "")),
    ],
)  # fmt: skip
def test_wrong_record_is_refused_with_its_reason(
    event_type: str, tree: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in refusal_codes(event_type, tree)


def test_one_refusal_names_every_reason() -> None:
    tree = {"report_id": 1, "x": 2, "count_basis": "guess", "items": [{"kind": "substance", "name": ""}]}
    assert refusal_codes(SEIZURE, tree) == {
        ("wrong_type", "report_id"),
        ("unknown_field", "?"),
        ("not_allowed", "count_basis"),
        ("too_short", "items[0].name"),
    }


@pytest.mark.parametrize("kind", ["retraction"])
@pytest.mark.parametrize("event_type", list(EVENT_TYPES))
def test_bare_retraction_is_valid_for_every_contract(event_type: str, kind: str) -> None:
    import orjson

    body = orjson.dumps({"report_id": "a", kind: {"reason": "Fictional"}, "revision": 2})
    assert parse_event(event_type, body, limit=INTAKE_LIMIT).event.retraction is not None


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2024", "year"), ("2024-04", "month"), ("2024-04-07", "day"), ("2024-04-07T13", "hour"),
     ("2024-04-07T13:05Z", "minute"), ("2024-04-07T13:05:09.5-07:00", "second")],
)  # fmt: skip
def test_form_of_a_moment_gives_its_precision(value: str, precision: str) -> None:
    assert Moment(value=value).written_precision() == precision


MODELS = [
    model
    for name in contracts.__all__
    if isinstance(model := getattr(contracts, name), type) and issubclass(model, BaseModel) and model.model_fields
]


def _events() -> st.SearchStrategy[tuple[str, AnyEvent]]:
    """Events with random parts: every model that hypothesis can build from its types, kept if it is valid."""
    names = (
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
        .map(str.strip)
        .filter(bool)
    )
    moments = st.one_of(
        st.builds(lambda d: {"value": d.isoformat()}, st.dates()),
        st.builds(
            lambda y, m: {"fiscal_year": y, "month": m}, st.integers(1990, 2050), st.sampled_from(contracts.MONTHS)
        ),
    )
    quantities = st.fixed_dictionaries(
        {"value": st.floats(0, 1e12), "unit": names},
        optional={"measure": st.sampled_from(["gross", "net", "unknown"]), "approximate": st.booleans()},
    )
    base = {"line": names, "description": names, "quantity": quantities, "exhibit": names}
    items = st.one_of(
        st.fixed_dictionaries(
            {"kind": st.just("substance"), "name": names}, optional={**base, "purity_percent": st.floats(0, 100)}
        ),
        st.fixed_dictionaries(
            {"kind": st.just("firearm")}, optional={**base, "serial": names, "privately_made": st.booleans()}
        ),
        st.fixed_dictionaries({"kind": st.just("property"), "type": names}, optional=base),
        st.fixed_dictionaries({"kind": st.just("magazine")}, optional={**base, "capacity": st.integers(1, 1000)}),
        st.fixed_dictionaries(
            {"kind": st.just("plantation"), "crop": names}, optional={**base, "hectares": st.floats(0, 100_000)}
        ),
    )
    people = st.fixed_dictionaries(
        {"roles": st.lists(st.sampled_from(["suspect", "victim", "officer"]), min_size=1, max_size=3)},
        optional={"name": names, "surnames": st.lists(names, max_size=4), "age": st.integers(0, 130)},
    )
    common = {
        "revision": st.integers(0, 2**42 - 1),
        "handling": st.fixed_dictionaries(
            {}, optional={"tlp": st.sampled_from(["RED", "CLEAR"]), "releasable_to": st.just(["joint"])}
        ),
        "exercise": st.booleans(),
    }
    seizures = st.fixed_dictionaries(
        {"report_id": names, "items": st.lists(items, min_size=1, max_size=5)},
        optional={
            **common,
            "occurred": moments,
            "people": st.lists(people, max_size=3),
            "place": st.fixed_dictionaries({"as_written": names}),
        },
    )
    cases = st.fixed_dictionaries(
        {"report_id": names, "kind": st.sampled_from(["arrest", "opened", "closed"])},
        optional={**common, "occurred": moments, "people": st.lists(people, max_size=3), "disposition": names},
    )
    news = st.fixed_dictionaries(
        {"report_id": names, "outlet": names, "title": names}, optional={**common, "body": names, "published": moments}
    )
    return st.one_of(
        st.tuples(st.just(SEIZURE), seizures), st.tuples(st.just(CASE), cases), st.tuples(st.just(NEWS_TYPE), news)
    ).map(lambda pair: (pair[0], EVENT_TYPES[pair[0]].model_validate(pair[1], strict=False)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_events())
def test_any_event_encodes_and_parses_to_itself(pair: tuple[str, AnyEvent]) -> None:
    event_type, event = pair
    body = encode_event(event)
    try:
        parsed = parse_event(event_type, body, limit=INTAKE_LIMIT)
    except Refused as refused:
        codes = {reason.code for reason in refused.reasons}
    else:
        assert parsed.event == event
        assert parsed.canonical == body
        return
    assert codes == {"control_character"}, "random text may hold a bidirectional control; nothing else is refused"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_says_what_it_is_and_is_strict(model: type[BaseModel]) -> None:
    assert model.__doc__
    assert model.model_config.get("frozen")
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("strict")
    assert model.model_config.get("hide_input_in_errors")

"""The generated schemas are current, valid, and agree with the models on real-shaped records."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from streams.contracts import EVENT_TYPES
from streams.envelope import Envelope, parse_time
from streams.schema import ASYNCAPI_FILE, SCHEMAS, render_schemas
from tests.unit.test_contracts import RECORDS

FILES = render_schemas()


def load(name: str) -> dict[str, Any]:
    tree = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    assert isinstance(tree, dict)
    return tree


def test_checked_in_files_are_current() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert there.keys() == FILES.keys(), "run: python -m streams.schema"
    for name, text in FILES.items():
        assert there[name] == text, f"{name} is out of date: run python -m streams.schema"


@pytest.mark.parametrize("name", [name for name in FILES if name != ASYNCAPI_FILE])
def test_schema_is_valid(name: str) -> None:
    schema = load(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:puente:schema:{name.removesuffix('.json')}"


@pytest.mark.parametrize(("event_type", "record"), RECORDS)
def test_record_fits_its_schema_and_a_wrong_one_does_not(event_type: str, record: dict[str, Any]) -> None:
    validator = Draft202012Validator(load(f"{event_type}.json"))
    validator.validate(record)
    assert not validator.is_valid({**record, "unknown": 1})
    assert not validator.is_valid({**record, "report_id": 7})


def resolve(tree: dict[str, Any], reference: str) -> Any:
    node: Any = tree
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [ref for part in node.values() for ref in references(part)]
    return [ref for part in node for ref in references(part)] if isinstance(node, list) else []


def test_asyncapi_document_has_its_structure() -> None:
    tree = load(ASYNCAPI_FILE)
    assert tree["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= tree["info"].keys()
    addresses = {channel["address"] for channel in tree["channels"].values()}
    assert addresses == {
        *("intake.{agency}", "reports.{view}", "facts.{view}", "links.{view}", "networks.{view}"),
        *("events.{view}", "alerts.{subscriber}", "dead-letters", "judgements"),
    }
    for channel in tree["channels"].values():
        placeholders = {part[1:-1] for part in channel["address"].split(".") if part.startswith("{")}
        assert channel.get("parameters", {}).keys() == placeholders
        assert channel["messages"]
    for operation in tree["operations"].values():
        assert operation["action"] in {"send", "receive"}
        assert resolve(tree, operation["channel"]["$ref"])
    for reference in references(tree):
        if reference.startswith("./"):
            assert (SCHEMAS / reference).exists()
        else:
            assert resolve(tree, reference) is not None


def test_asyncapi_messages_carry_cloudevents_headers() -> None:
    tree = load(ASYNCAPI_FILE)
    headers = tree["components"]["messageTraits"]["cloudEvent"]["headers"]
    Draft202012Validator.check_schema(headers)

    written = Envelope("i", "s", next(iter(EVENT_TYPES)), parse_time("2026-03-01T12:00:00Z")).to_headers()
    Draft202012Validator(headers).validate({name: value.decode() for name, value in written})
    intake = tree["channels"]["intake"]["messages"]
    assert len(intake) == len(EVENT_TYPES)
    for message in intake.values():
        traits = resolve(tree, message["$ref"])["traits"]
        assert traits == [{"$ref": "#/components/messageTraits/cloudEvent"}]

"""JSON Schemas of what crosses the wire, and an AsyncAPI document, generated from the models.

`python -m streams.schema` writes them to `streams/schemas/`. They are checked in, so that a partner reads them without
Python and a change of contract shows in review; a test holds them current.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from streams.alerts import AlertDocument
from streams.contracts import EVENT_TYPES
from streams.contracts.judgement import Judgement
from streams.events import EventDocument
from streams.facts import ComparisonRecord
from streams.judgements import JUDGEMENT_TYPE, JudgementRecord
from streams.links import LinkDocument, NetworkDocument
from streams.reports import DeadLetter, EnrichedReport
from streams.topics import INTAKE_LIMIT

__all__ = ["ASYNCAPI_FILE", "SCHEMAS", "render_schemas", "write_schemas"]

SCHEMAS = Path(__file__).with_name("schemas")
ASYNCAPI_FILE = "asyncapi.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The version of the contracts, not of the distribution: it moves when a schema does.
_VERSION = "1.0.0"

_HEADERS: dict[str, str] = {
    "ce_specversion": "CloudEvents version, always 1.0.",
    "ce_id": "Id of this publication; the same body of the same report has the same id by default.",
    "ce_source": "urn:puente:agency:<agency>; must be the agency that owns the topic.",
    "ce_type": "One of the contracts, such as puente.seizure.v1.",
    "ce_time": "RFC 3339 with zone; orders the revisions of a report that carries no revision number.",
}

DERIVED: dict[str, Any] = {
    "enriched-report": EnrichedReport,
    "comparison-record": ComparisonRecord,
    JUDGEMENT_TYPE: Judgement,
    "judgement-record": JudgementRecord,
    "link": LinkDocument,
    "network": NetworkDocument,
    "event": EventDocument,
    "alert": AlertDocument,
    "dead-letter": DeadLetter,
}
"""What the platform writes, by the name of its schema."""

_VIEW = {"view": {"description": "joint, us or mx."}}
# Channel -> address, parameters, what lies there, and the names of its messages' schemas.
_CHANNELS: dict[str, tuple[str, dict[str, Any], str, *tuple[str, ...]]] = {
    "judgements": (
        "judgements",
        {},
        "What analysts judge of links, as CloudEvents; only the command line and the console write here. Key: link id.",
        JUDGEMENT_TYPE,
    ),
    "reports": (
        "reports.{view}",
        _VIEW,
        "Enriched reports as the audience of a view may see them. Key: document id.",
        "enriched-report",
    ),
    "facts": (
        "facts.{view}",
        _VIEW,
        "What correlation compares, in one partition, keyed by document id, and what is judged, by link and judge.",
        "comparison-record",
        "judgement-record",
    ),
    "links": ("links.{view}", _VIEW, "Reports that belong together, with the reasons. Key: link id.", "link"),
    "networks": ("networks.{view}", _VIEW, "Reports joined by strong links. Key: network id.", "network"),
    "events": (
        "events.{view}",
        _VIEW,
        "What several records tell of one happening, told once. Key: document id of a report.",
        "event",
    ),
    "alerts": (
        "alerts.{subscriber}",
        {"subscriber": {"description": "Id of the subscriber in the subscriptions file."}},
        "Versions of the alerts of one subscriber. Key: alert id.",
        "alert",
    ),
    "deadLetters": (
        "dead-letters",
        {},
        "Why a record was refused, without its content. Key: dead-letter id.",
        "dead-letter",
    ),
}
_READERS = {
    "reports": "A subscriber reads the reports of its view.",
    "links": "An analyst's tool reads the links of its view.",
    "networks": "An analyst's tool reads the networks of its view.",
    "events": "An analyst's tool reads the events of its view.",
    "alerts": "A subscriber is told what it waits for.",
    "deadLetters": "An operator reads what was refused.",
}


def render_schemas() -> dict[str, str]:
    """File name -> content of every generated file."""
    schemas: dict[str, dict[str, Any]] = {name: model.model_json_schema() for name, model in EVENT_TYPES.items()}
    schemas |= {name: TypeAdapter(shape).json_schema() for name, shape in DERIVED.items()}
    files = {
        f"{name}.json": {"$schema": _DIALECT, "$id": f"urn:puente:schema:{name}", **schema}
        for name, schema in schemas.items()
    }
    return {name: _render(tree) for name, tree in {**files, ASYNCAPI_FILE: _asyncapi()}.items()}


def write_schemas(folder: Path = SCHEMAS) -> list[Path]:
    """Write the files, and remove those of contracts that are gone."""
    folder.mkdir(exist_ok=True)
    files = render_schemas()
    for stale in folder.glob("*.json"):
        if stale.name not in files:
            stale.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _render(tree: dict[str, Any]) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def _asyncapi() -> dict[str, Any]:
    events = {name.split(".")[1]: name for name in EVENT_TYPES}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Puente",
            "version": _VERSION,
            "description": "Events of the partner agencies (CloudEvents 1.0, Kafka binary mode, JSON bodies), "
            "and what comes of them in each view: enriched reports, links, networks, events, alerts and dead letters.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "intake": {
                "address": "intake.{agency}",
                "description": f"What one agency publishes; at most {INTAKE_LIMIT} bytes with key and headers. "
                "The topic decides who the publisher is. Key: report_id.",
                "parameters": {"agency": {"description": "Id of the agency in the agency registry."}},
                "messages": {short: {"$ref": f"#/components/messages/{short}"} for short in events},
            },
            **{name: _channel(*described) for name, described in _CHANNELS.items()},
        },
        "operations": {
            "publishEvent": _operation("send", "intake", "An agency publishes a record, a revision or a retraction."),
            **{
                f"receive{name[0].upper()}{name[1:]}": _operation("receive", name, summary)
                for name, summary in _READERS.items()
            },
        },
        "components": {
            "messages": {
                **{short: _event_message(name) for short, name in events.items()},
                **{name: _message(name, _summary(shape)) for name, shape in DERIVED.items()},
            },
            "messageTraits": {"cloudEvent": {"headers": _headers()}},
        },
    }


def _channel(address: str, parameters: dict[str, Any], description: str, *messages: str) -> dict[str, Any]:
    channel = {"address": address, "description": description}
    named = {"parameters": parameters} if parameters else {}
    return {**channel, **named, "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages}}


def _summary(shape: Any) -> str:
    return str(shape.__doc__).splitlines()[0]


def _operation(action: str, channel: str, summary: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}, "summary": summary}


def _event_message(name: str) -> dict[str, Any]:
    message = _message(name, (EVENT_TYPES[name].__doc__ or name).splitlines()[0])
    return {**message, "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}]}


def _message(name: str, summary: str) -> dict[str, Any]:
    return {
        "name": name,
        "summary": summary,
        "contentType": "application/json",
        "payload": {"schemaFormat": "application/schema+json;version=draft-2020-12", "schema": _file(name)},
    }


def _file(name: str) -> dict[str, str]:
    return {"$ref": f"./{name}.json"}


def _headers() -> dict[str, Any]:
    properties: dict[str, Any] = {
        name: {"type": "string", "description": text, "minLength": 1, "maxLength": 512}
        for name, text in _HEADERS.items()
    }
    properties["ce_specversion"]["const"] = "1.0"
    properties["ce_type"]["enum"] = list(EVENT_TYPES)
    return {"type": "object", "required": list(_HEADERS), "properties": properties}


if __name__ == "__main__":
    for path in write_schemas():
        sys.stdout.write(f"{path}\n")

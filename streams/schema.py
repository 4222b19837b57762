"""JSON Schemas of what crosses the wire, and an AsyncAPI document, generated from the models.

`python -m streams.schema` writes them to `streams/schemas/`. They are checked in, so that a partner reads them without
Python and a change of contract shows in review; a test holds them current.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from streams.contracts import EVENT_TYPES
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


def render_schemas() -> dict[str, str]:
    """File name -> content of every generated file."""
    schemas: dict[str, dict[str, Any]] = {name: model.model_json_schema() for name, model in EVENT_TYPES.items()}
    schemas["enriched-report"] = TypeAdapter(EnrichedReport).json_schema()
    schemas["dead-letter"] = TypeAdapter(DeadLetter).json_schema()
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
            "the enriched reports of each view, and the dead letters.",
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
            "reports": {
                "address": "reports.{view}",
                "description": "Enriched reports as the audience of a view may see them. Key: document id.",
                "parameters": {"view": {"description": "joint, us or mx."}},
                "messages": {"enrichedReport": {"$ref": "#/components/messages/enrichedReport"}},
            },
            "deadLetters": {
                "address": "dead-letters",
                "description": "Why a record was refused, without its content. Key: dead-letter id.",
                "messages": {"deadLetter": {"$ref": "#/components/messages/deadLetter"}},
            },
        },
        "operations": {
            "publishEvent": _operation("send", "intake", "An agency publishes a record, a revision or a retraction."),
            "receiveReports": _operation("receive", "reports", "A subscriber reads the reports of its view."),
            "receiveDeadLetters": _operation("receive", "deadLetters", "An operator reads what was refused."),
        },
        "components": {
            "messages": {
                **{short: _event_message(name) for short, name in events.items()},
                "enrichedReport": _message("enriched-report", "An enriched report in one view."),
                "deadLetter": _message("dead-letter", "A refused record."),
            },
            "messageTraits": {"cloudEvent": {"headers": _headers()}},
        },
    }


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

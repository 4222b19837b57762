"""Handing records to the enrich stage in tests: a record as the broker stores it, and the stage with what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from processors.enrichment import ENRICHERS
from processors.enrichment.draft import Enricher
from processors.enrichment.stage import EnrichStage
from processors.protection.keys import parse_keys
from processors.reference import default_reference
from processors.release.stage import ReleaseStage
from processors.stages import OUTPUT_LIMIT_BYTES, StateView
from streams.envelope import Envelope, source_of
from streams.records import Headers, Output, StoredRecord
from streams.registry import Agency, default_registry
from streams.topics import Topics

TOPICS = Topics()
RECEIVED = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
"""The broker's clock in these tests."""
SEIZURE = "puente.seizure.v1"
KEYS = parse_keys("t1:" + "5a" * 32)
"""The token keys of these tests."""

__all__ = [
    "KEYS",
    "RECEIVED",
    "SEIZURE",
    "TOPICS",
    "Way",
    "empty_state",
    "enrich",
    "enrich_only",
    "facts_of",
    "headers_of",
    "make_stage",
    "open_output",
    "release_only",
    "run",
    "store",
]


def headers_of(agency: str = "cbp", event_type: str = SEIZURE, **replaced: bytes) -> list[tuple[str, bytes]]:
    """The CloudEvents headers of an agency's event; `replaced` gives other values (`ce_time=b"..."`)."""
    envelope = Envelope("event-1", source_of(agency), event_type, datetime(2025, 6, 1, 11, 0, tzinfo=UTC))
    return [(name, replaced.get(name, value)) for name, value in envelope.to_headers()]


def store(
    body: object, *, agency: str = "cbp", event_type: str = SEIZURE, headers: Headers | None = None, offset: int = 7
) -> StoredRecord:
    """A record on the agency's intake topic; `body` is JSON, or bytes as they are."""
    value = body if isinstance(body, bytes) else orjson.dumps(body)
    return StoredRecord(
        TOPICS.intake(agency),
        3,
        offset,
        int(RECEIVED.timestamp() * 1000),
        b"key",
        value,
        tuple(headers_of(agency, event_type) if headers is None else headers),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """The first two stages of the way of a report, each with its memory."""

    enrich: EnrichStage
    release: ReleaseStage
    shields: StateView
    memory: StateView

    @property
    def counts(self) -> Mapping[str, int]:
        """What the enrich stage counted."""
        return self.enrich.counts


def make_stage(
    views: Sequence[str] = ("joint",),
    enrichers: Sequence[Enricher] = ENRICHERS,
    registry: Mapping[str, Agency] | None = None,
) -> Way:
    """Enrichment with the shipped registry and reference data, and release with an empty memory."""
    enrich_stage = EnrichStage(TOPICS, registry or default_registry(), default_reference(), views, KEYS, enrichers)
    return Way(enrich_stage, ReleaseStage(TOPICS, views, KEYS), empty_state(), empty_state())


def empty_state(limit: int = OUTPUT_LIMIT_BYTES) -> StateView:
    """A state that holds nothing yet; the rows of a stage are laid over it."""
    return StateView(lambda _key: None, limit)


def run(way: Way, *records: StoredRecord, limit: int = OUTPUT_LIMIT_BYTES) -> list[Output]:
    """What becomes of the records: renditions and dead letters, in order.

    Comparison records (`facts.<view>`) are left to the tests of correlation.
    """
    outputs: list[Output] = []
    for output in enrich_only(way, *records, limit=limit):
        outputs += release_only(way, output) if output.topic == TOPICS.enriched else [output]
    return [output for output in outputs if not output.topic.startswith("facts.")]


def enrich_only(way: Way, *records: StoredRecord, limit: int = OUTPUT_LIMIT_BYTES) -> list[Output]:
    """What the enrich stage emits, in that order."""
    way.shields.output_limit = limit
    emitted = way.enrich.process(records, way.shields)
    way.shields.lay(emitted.rows)
    return list(emitted.outputs)


def release_only(way: Way, *enriched: Output) -> list[Output]:
    """What the release stage makes of outputs of the enrich stage, in that order."""
    records = [
        StoredRecord(output.topic, 0, offset, 0, output.key, output.value, output.headers)
        for offset, output in enumerate(enriched)
    ]
    emitted = way.release.process(records, way.memory)
    way.memory.lay(emitted.rows)
    return list(emitted.outputs)


def enrich(event: dict[str, Any], *, agency: str = "cbp", event_type: str = SEIZURE) -> dict[str, Any]:
    """The enriched report of an event, released to `joint` unless it says otherwise."""
    event = {"report_id": "FICTION-1", "handling": {"tlp": "CLEAR", "releasable_to": ["joint"]}, **event}
    outputs = run(make_stage(), store(event, agency=agency, event_type=event_type))
    assert [output.topic for output in outputs] == [TOPICS.reports("joint")], open_output(outputs[-1])
    return open_output(outputs[0])


def facts_of(event: dict[str, Any], **where: str) -> dict[str, Any]:
    """The facts of an event; a narrative is added, so that a test may give only the fields that it is about."""
    facts: dict[str, Any] = enrich({"narrative": {"text": "Fictional record."}, **event}, **where)["facts"]
    return facts


def open_output(output: Output) -> dict[str, Any]:
    """The JSON object in an output."""
    assert output.value is not None
    opened: dict[str, Any] = orjson.loads(output.value)
    return opened

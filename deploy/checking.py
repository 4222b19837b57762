"""The dry run of `puente publish`: what the publisher and then enrichment would say to an event, without a server."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from processors.enrichment.validate import validate_record
from processors.reference import Reference, default_reference
from streams.contracts import type_of
from streams.envelope import Envelope, source_of
from streams.identity import document_id, revision_number, version_number
from streams.parsing import ParsedEvent, encode_tree, parse_event
from streams.publisher import SEIZURE, default_event_id
from streams.records import StoredRecord
from streams.refusals import Refused
from streams.registry import Registry
from streams.topics import INTAKE_LIMIT, Topics

__all__ = ["Checker"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Checker:
    """Judges events as if they arrived now; `clock` stands for the broker's."""

    def __init__(
        self,
        topics: Topics,
        registry: Registry,
        *,
        reference: Reference | None = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._topics = topics
        self._registry = registry
        self._reference = reference or default_reference()
        self._clock = clock

    def check(
        self,
        agency: str,
        event: Mapping[str, Any] | ParsedEvent,
        *,
        event_type: str = SEIZURE,
        event_id: str | None = None,
        time: datetime | None = None,
    ) -> tuple[str, int]:
        """The document id and the version that the event would have; raises `Refused` with the reasons."""
        if agency not in self._registry:
            raise Refused.because("unknown_agency", field="agency")
        if isinstance(event, ParsedEvent):
            parsed, event_type = event, type_of(event.event)
        else:
            body = encode_tree(event)
            if len(body) > INTAKE_LIMIT:
                raise Refused.because("event_too_large", limit=INTAKE_LIMIT)
            parsed = parse_event(event_type, body, limit=INTAKE_LIMIT)
        now = self._clock()
        document = document_id(agency, parsed.event.report_id)
        published = time or now
        envelope = Envelope(
            event_id or default_event_id(document, parsed.canonical), source_of(agency), event_type, published
        )
        headers, key = tuple(envelope.to_headers()), parsed.event.report_id.encode()
        if len(parsed.canonical) + len(key) + sum(len(n) + len(v) for n, v in headers) > INTAKE_LIMIT:
            raise Refused.because("event_too_large", limit=INTAKE_LIMIT)
        arrived = int(now.timestamp() * 1000)
        record = StoredRecord(self._topics.intake(agency), 0, 0, arrived, key, parsed.canonical, headers)
        validate_record(record, self._topics, self._registry, self._reference)
        return document, version_number(revision_number(parsed.event.revision, published), parsed.canonical)

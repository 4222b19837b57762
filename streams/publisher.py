"""Publishing events as one agency: validated at the door, idempotent, acknowledged by all replicas.

Example::

    with Publisher("cbp", "localhost:9092") as publisher:
        receipt = publisher.publish({"report_id": "FT-1", "items": [{"kind": "substance", "name": "Fentanyl"}]})
    print(receipt.topic, receipt.partition, receipt.offset)
"""

import hashlib
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from streams.connecting import admin_client, say_why, unreachable
from streams.contracts import Event, type_of
from streams.envelope import Envelope, source_of
from streams.errors import OversizedEventError, PublishError, UnknownAgencyError
from streams.identity import document_id, revision_number, version_number
from streams.parsing import ParsedEvent, encode_event, encode_tree, parse_event
from streams.receipts import Receipt
from streams.topics import INTAKE_LIMIT, Topics

if TYPE_CHECKING:
    from kafka import KafkaProducer
    from kafka.producer.future import FutureRecordMetadata

    from streams.contracts import AnyEvent

__all__ = ["Publisher", "Receipt", "default_event_id"]

SEIZURE = "puente.seizure.v1"
# Measured on one broker with 520-byte bodies: 16 KiB without linger 4,900 events/s, 64 KiB and 10 ms 6,900; larger
# batches gain little. With the C extension crc32c installed it is 17,700: kafka-python's own checksum is pure Python.
_BATCH_BYTES = 64 * 1024
_LINGER_MS = 10
# kafka-python bounds no memory: events that wait for an acknowledgement are bounded here.
_MAX_WAITING_BYTES = 32 * 1024 * 1024
_REQUEST_TIMEOUT_S = 30.0
_TOPIC_AUTHORIZATION_FAILED = 29


def _utc_now() -> datetime:
    return datetime.now(UTC)


def default_event_id(document: str, canonical: bytes) -> str:
    """The CloudEvents id of a body: the same for the same report and content, so that a repetition is recognisable."""
    return f"{document}-{hashlib.blake2b(canonical, digest_size=8).hexdigest()}"


class Publisher:
    """Publishes the events of one agency on its intake topic. One thread at a time may use it.

    `brokers` is `host:port`, several separated by commas. `client_options` go to kafka-python as they are (security
    and SASL settings). `connect_timeout_s` bounds the first contact, `delivery_timeout_s` the wait for the
    acknowledgement of one event. Raises `KafkaUnreachableError` and `UnknownAgencyError` at once.
    """

    def __init__(
        self,
        agency: str,
        brokers: str,
        *,
        topics: Topics | None = None,
        clock: Callable[[], datetime] = _utc_now,
        connect_timeout_s: float = 10.0,
        delivery_timeout_s: float = 120.0,
        client_options: Mapping[str, Any] | None = None,
    ) -> None:
        self.agency = agency
        self.topic = (topics or Topics()).intake(agency)
        self._brokers = brokers
        self._clock = clock
        self._source = source_of(agency)
        self._delivery_timeout_s = delivery_timeout_s
        self._waiting: deque[tuple[FutureRecordMetadata, int]] = deque()
        self._waiting_bytes = 0
        self._sent = 0
        self._failed = 0
        self._first_failure: BaseException | None = None
        options = dict(client_options or {})
        self._require_topic(connect_timeout_s, options)
        self._producer = self._connect(connect_timeout_s, options)
        self._closed = False

    def _require_topic(self, connect_timeout_s: float, options: Mapping[str, Any]) -> None:
        with admin_client(self._brokers, connect_timeout_s=connect_timeout_s, client_options=options) as client:
            found = client.describe_topics([self.topic])[0]
        if found["error_code"] == _TOPIC_AUTHORIZATION_FAILED:
            raise PublishError(
                f"The broker does not let you publish as {self.agency}: ask the operator for the WRITE grant on "
                f"{self.topic}."
            )
        if found["error_code"] != 0 and not found["partitions"]:
            raise UnknownAgencyError(
                f"There is no intake topic {self.topic}: check the agency's name, or ask the operator to add "
                f"{self.agency} to the agency registry and create its topic (puente prepare)."
            )

    def _connect(self, connect_timeout_s: float, options: Mapping[str, Any]) -> "KafkaProducer":
        from kafka import KafkaProducer
        from kafka.errors import KafkaError

        request_timeout_s = min(_REQUEST_TIMEOUT_S, max(self._delivery_timeout_s - _LINGER_MS / 1000, 0.1))
        settings = {
            "acks": "all",
            "enable_idempotence": True,
            "allow_auto_create_topics": False,
            "batch_size": _BATCH_BYTES,
            "linger_ms": _LINGER_MS,
            "metrics_enabled": False,
            # Room for the batch's own header: the size of an event is judged in `publish`, not by kafka-python.
            "max_request_size": INTAKE_LIMIT + 1024,
            "max_block_ms": int(connect_timeout_s * 1000),
            "bootstrap_timeout_ms": int(connect_timeout_s * 1000),
            "request_timeout_ms": int(request_timeout_s * 1000),
            "delivery_timeout_ms": int(self._delivery_timeout_s * 1000),
        }
        try:
            return KafkaProducer(bootstrap_servers=self._brokers, **{**settings, **options})
        except KafkaError as exc:
            raise unreachable(self._brokers, connect_timeout_s) from exc

    def publish(
        self,
        event: "AnyEvent | Mapping[str, Any] | ParsedEvent",
        *,
        event_type: str = SEIZURE,
        event_id: str | None = None,
        time: datetime | None = None,
    ) -> Receipt:
        """Validate an event and hand it to Kafka; the receipt resolves once it is acknowledged.

        `event` is a contract model, a dictionary of the contract `event_type`, or what `parse_event` returned. `time`
        (with zone) is the envelope's time, the clock's by default: it orders the revisions of a report that has no
        revision numbers. At-least-once: an event whose receipt resolved is in the topic; one that failed may be, and
        publishing it again changes nothing.

        Raises `Refused` with every reason, `OversizedEventError`, or `PublishError`.
        """
        if self._closed:
            raise PublishError("The publisher is closed: open a new one.")
        parsed, name = self._parse(event, event_type)
        body, report_id = parsed.canonical, parsed.event.report_id
        document = document_id(self.agency, report_id)
        published = time or self._clock()
        envelope = Envelope(event_id or default_event_id(document, body), self._source, name, published)
        headers = envelope.to_headers()
        key = report_id.encode()
        size = len(body) + len(key) + sum(len(name) + len(value) for name, value in headers)
        if size > INTAKE_LIMIT:
            raise _oversized(size)
        revision = revision_number(parsed.event.revision, published)
        return Receipt(
            self._send(key, body, headers, size),
            self._delivery_timeout_s + 1,
            topic=self.topic,
            document_id=document,
            event_id=envelope.id,
            revision=revision,
            version=version_number(revision, body),
        )

    @staticmethod
    def _parse(event: "AnyEvent | Mapping[str, Any] | ParsedEvent", event_type: str) -> tuple[ParsedEvent, str]:
        if isinstance(event, ParsedEvent):
            return event, type_of(event.event)
        if isinstance(event, Event):
            event_type = type_of(event)
            body = encode_event(event)
        else:
            body = encode_tree(event)
        if len(body) > INTAKE_LIMIT:
            raise _oversized(len(body))
        return parse_event(event_type, body, limit=INTAKE_LIMIT), event_type

    def _send(self, key: bytes, body: bytes, headers: list[tuple[str, bytes]], size: int) -> "FutureRecordMetadata":
        from kafka.errors import KafkaError

        self._collect(_MAX_WAITING_BYTES - size)
        try:
            future = self._producer.send(self.topic, value=body, key=key, headers=headers)
        except KafkaError as exc:
            raise PublishError(f"Kafka took no event ({say_why(exc)}): publish it again.") from exc
        self._waiting.append((future, size))
        self._waiting_bytes += size
        self._sent += 1
        return future

    def _collect(self, room: int) -> None:
        """Count off what is done; wait for the oldest events while more than `room` bytes are under way."""
        from kafka.errors import KafkaError

        while self._waiting and (self._waiting_bytes > room or self._waiting[0][0].is_done):
            future, size = self._waiting[0]
            try:
                future.get(timeout=self._delivery_timeout_s + _REQUEST_TIMEOUT_S)
            except KafkaError as exc:
                self._failed += 1
                self._first_failure = self._first_failure or exc
            self._waiting.popleft()
            self._waiting_bytes -= size

    def flush(self) -> None:
        """Wait until every event so far is acknowledged.

        Raises `PublishError` with the number of events that were not, and the first cause. A failure is told once: by
        the `flush` or `close` after it.
        """
        from kafka.errors import KafkaError

        try:
            self._producer.flush(timeout=self._delivery_timeout_s + _REQUEST_TIMEOUT_S)
        except KafkaError as exc:
            self._first_failure = self._first_failure or exc
        self._collect(0)
        failed, sent, first = self._failed, self._sent, self._first_failure
        self._failed, self._sent, self._first_failure = 0, 0, None
        if failed and first is not None:
            raise PublishError(
                f"{failed} of {sent} events did not reach Kafka ({say_why(first)}): publish them again."
            ) from first

    def close(self) -> None:
        """Flush, then close the connection; raises what `flush` raises. Closing twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            self.flush()
        finally:
            self._producer.close(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        try:
            self.close()
        except PublishError as exc:  # the error under way comes first; this one must be seen too
            error.add_note(str(exc))


def _oversized(size: int) -> OversizedEventError:
    return OversizedEventError(
        f"The event has {size:,} bytes with key and headers and the intake takes {INTAKE_LIMIT:,}: shorten or split it."
    )

"""A judgement on its way: as an event on `judgements`, read from there, and as the record for correlation.

`publish_judgement` trusts its caller in who judges: the command line and the console find that out.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from streams.connecting import admin_client, say_why, unreachable
from streams.contracts.judgement import Judgement
from streams.door import is_confidential
from streams.envelope import Envelope, format_time
from streams.errors import PublishError
from streams.judgements import JUDGEMENT_TYPE, JudgementRecord, judgement_key
from streams.parsing import canonical_json, explain_validation, read_object
from streams.records import Record
from streams.refusals import Refused
from streams.topics import INTAKE_LIMIT, Topics

__all__ = ["SOURCE", "JudgementReceipt", "encode_judgement", "make_judgement", "publish_judgement", "read_judgement"]

SOURCE = "urn:puente:judging"
"""The CloudEvents source of every judgement."""
_CLOCKS_DIFFER = timedelta(days=1)
_TOPIC_AUTHORIZATION_FAILED = 29


class JudgementReceipt(NamedTuple):
    """Where a judgement lies, and what correlation will read of it."""

    topic: str
    partition: int
    offset: int
    record: JudgementRecord


def make_judgement(tree: Mapping[str, Any]) -> Judgement:
    """A judgement of its fields; raises `Refused` with every reason why they are none."""
    return _validate(canonical_json(tree))


def encode_judgement(judgement: Judgement, judged_at: datetime) -> tuple[Envelope, bytes]:
    """The envelope and the body of the event; `judged_at` is aware."""
    body = canonical_json(judgement.model_dump(mode="json"))
    # The time is part of the id: the same judge may say the same again after having taken it back.
    digest = hashlib.blake2b(format_time(judged_at).encode() + body, digest_size=16).hexdigest()
    return Envelope(digest, SOURCE, JUDGEMENT_TYPE, judged_at), body


def read_judgement(record: Record) -> tuple[Judgement, JudgementRecord]:
    """The judgement in a record of `judgements`, and what correlation reads of it; raises `Refused` with the reasons.

    When it was received is the broker's clock.
    """
    if not record.value:
        raise Refused.because("empty_value")
    if len(record.value) > INTAKE_LIMIT:
        raise Refused.because("event_too_large", limit=INTAKE_LIMIT)
    envelope = Envelope.from_headers(record.headers)
    if envelope.type != JUDGEMENT_TYPE:
        raise Refused.because("not_allowed", field="ce_type", expected=JUDGEMENT_TYPE)
    judgement = _validate(record.value)
    received = datetime.fromtimestamp(record.timestamp / 1000, UTC)
    if envelope.time > received + _CLOCKS_DIFFER:
        raise Refused.because("future_time", field="ce_time")
    return judgement, _record_of(judgement, envelope, received)


def publish_judgement(
    brokers: str,
    judgement: Judgement,
    *,
    judged_at: datetime,
    topics: Topics | None = None,
    timeout_s: float = 30.0,
    connect_timeout_s: float = 10.0,
    client_options: Mapping[str, Any] | None = None,
) -> JudgementReceipt:
    """Write a judgement to `judgements`, keyed by its link; returns once all in-sync replicas have it.

    `client_options` go to kafka-python as they are (security and SASL settings). If it raises, the judgement may have
    been written all the same: publishing it again changes nothing. Raises PublishError, KafkaUnreachableError.
    """
    from kafka import KafkaProducer
    from kafka.errors import KafkaError

    topic = (topics or Topics()).judgements
    options = dict(client_options or {})
    _require_topic(brokers, topic, connect_timeout_s, options)
    envelope, body = encode_judgement(judgement, judged_at)
    settings = {
        "acks": "all",
        "enable_idempotence": True,
        "allow_auto_create_topics": False,
        "metrics_enabled": False,
        "max_block_ms": int(connect_timeout_s * 1000),
        "bootstrap_timeout_ms": int(connect_timeout_s * 1000),
    }
    try:
        producer = KafkaProducer(bootstrap_servers=brokers, **{**settings, **options})
    except KafkaError as exc:
        raise unreachable(brokers, connect_timeout_s) from exc
    try:
        sent = producer.send(topic, value=body, key=judgement.link.encode(), headers=envelope.to_headers())
        written = sent.get(timeout=timeout_s)
    except KafkaError as exc:
        raise PublishError(f"Kafka did not take the judgement ({say_why(exc)}): judge again, that is safe.") from exc
    finally:
        producer.close(timeout=5)
    received = datetime.fromtimestamp(written.timestamp / 1000, UTC)
    return JudgementReceipt(topic, written.partition, written.offset, _record_of(judgement, envelope, received))


def _require_topic(brokers: str, topic: str, connect_timeout_s: float, options: Mapping[str, Any]) -> None:
    # kafka-python waits for a topic that doesn't exist until its time is out, and then doesn't say so.
    with admin_client(brokers, connect_timeout_s=connect_timeout_s, client_options=options) as client:
        found = client.describe_topics([topic])[0]
    if found["error_code"] == _TOPIC_AUTHORIZATION_FAILED:
        raise PublishError(f"The broker does not let you judge: ask the operator for the WRITE grant on {topic}.")
    if found["error_code"] != 0 and not found["partitions"]:
        raise PublishError(f"There is no topic {topic}: ask the operator to create it (puente prepare).")


def _validate(body: bytes) -> Judgement:
    _tree, canonical = read_object(body)
    try:
        judgement = Judgement.model_validate_json(canonical)
    except ValidationError as error:
        raise Refused(explain_validation(error)) from None
    if is_confidential(judgement.why, news=False):
        raise Refused.because("asylum_confidential", field="why")
    return judgement


def _record_of(judgement: Judgement, envelope: Envelope, received: datetime) -> JudgementRecord:
    return {
        "id": judgement_key(judgement.link, judgement.judge),
        "kind": "judgement",
        "link": judgement.link,
        "left": judgement.left,
        "right": judgement.right,
        "said": judgement.said,
        "why": judgement.why,
        "judge": judgement.judge,
        "known_by": judgement.known_by,
        "judged_at": format_time(envelope.time),
        "received": format_time(received),
        "event_id": envelope.id,
    }

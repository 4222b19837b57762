"""What an operator does with a dead letter: read its original, send it again (repaired or not), close it.

A change of state is a whole `DeadLetter` record on the `dead-letters` topic under the letter's id; the index keeps the
highest state. Every step can be repeated: an original sent twice is the same report twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import orjson

from streams.dead_letters import ORIGIN_HEADERS
from streams.envelope import Envelope, parse_time
from streams.errors import KafkaUnreachableError, PublishError, PuenteError
from streams.parsing import canonical_json, parse_event
from streams.refusals import Refused
from streams.reports import DeadLetter
from streams.topics import INTAKE_LIMIT, LATER_LIMIT, Topics

if TYPE_CHECKING:
    from kafka import KafkaConsumer, TopicPartition

__all__ = [
    "RESUBMISSION_HEADER",
    "DeadLetterError",
    "Original",
    "OriginalMissingError",
    "RepairRefusedError",
    "close_letter",
    "read_original",
    "resubmit_letter",
]

RESUBMISSION_HEADER = "puente_resubmission_of"
TIMEOUT_S = 30.0
CONNECT_TIMEOUT_MS = 10_000
# An original is written after the record that it copies; brokers' clocks may differ by this much.
CLOCK_SLACK_MS = 60_000


class DeadLetterError(PuenteError):
    """The dead letter is not in a state, or not of a kind, that allows this."""


class OriginalMissingError(DeadLetterError):
    """Neither the restricted topic nor the coordinates hold the refused bytes any more."""


class RepairRefusedError(DeadLetterError):
    """The repaired record would be refused again, or is not of this report."""


@dataclass(frozen=True, slots=True)
class Original:
    """The refused bytes with the headers they came with; `found` says where they were read."""

    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    found: Literal["restricted topic", "coordinates"]


def read_original(brokers: str, topics: Topics, letter: DeadLetter, *, timeout_s: float = TIMEOUT_S) -> Original:
    """The refused bytes: from the restricted topic, else from where the record lay.

    Raises OriginalMissingError, KafkaUnreachableError.
    """
    from kafka import TopicPartition
    from kafka.partitioner.default import murmur2

    with _consumer(brokers) as consumer:
        count = len(consumer.partitions_for_topic(topics.originals) or ())
        if count:
            key = letter["id"].encode()
            partition = TopicPartition(topics.originals, (murmur2(key) & 0x7FFFFFFF) % count)
            since = int(parse_time(letter["received"]).timestamp() * 1000) - CLOCK_SLACK_MS
            for record in _scan(consumer, partition, _offset_at(consumer, partition, since), timeout_s):
                if record.key == key:
                    return Original(record.value, _own_headers(record.headers), "restricted topic")
        there = letter["partition"] in (consumer.partitions_for_topic(letter["topic"]) or ())
        if there:
            partition = TopicPartition(letter["topic"], letter["partition"])
            for record in _scan(consumer, partition, letter["offset"], timeout_s):
                if record.offset == letter["offset"]:
                    return Original(record.value, _own_headers(record.headers), "coordinates")
                break
    raise OriginalMissingError(
        f"The original of dead letter {letter['id']} is not kept any more: ask {letter['agency']} to publish it again."
    )


def resubmit_letter(
    brokers: str, topics: Topics, letter: DeadLetter, *, by: str, repaired: bytes | None = None
) -> DeadLetter:
    """Publish the original, or `repaired` in its place, where it was refused, then mark the letter as resubmitted.

    A report refused after its intake (by the index) goes back to the topic it lay on, and can't be repaired here: its
    owner publishes a new revision. Links, networks and alerts don't go back: their topics keep the last arrival, which
    would then be an old version. Returns the letter in its new state, once both are acknowledged.
    Raises DeadLetterError, OriginalMissingError, RepairRefusedError, PublishError, KafkaUnreachableError.
    """
    if letter["state"] == "closed":
        raise DeadLetterError(f"Dead letter {letter['id']} is closed: publish the record again instead.")
    intake = _is_intake(topics, letter)
    if not intake and (letter["document_id"] is None or not topics.holds_reports(letter["topic"])):
        raise DeadLetterError(f"Dead letter {letter['id']} holds no report: close it, and mend what wrote the record.")
    if not intake and repaired is not None:
        raise DeadLetterError(
            f"The record of dead letter {letter['id']} was refused after its intake: ask {letter['agency']} to publish "
            "a repaired revision, then close this one."
        )
    original = read_original(brokers, topics, letter)
    if not intake:
        _check_rules(topics, original, letter)
    if repaired is not None:
        _check_repair(original, letter, repaired)
    # kafka-python takes no record that has neither key nor value.
    key = (letter["report_id"] if intake else letter["document_id"]) or letter["id"]
    headers = [*original.headers, (RESUBMISSION_HEADER, letter["id"].encode())]
    body = original.value if repaired is None else repaired
    changed: DeadLetter = {**letter, "state": "resubmitted", "by": by, "note": "repaired" if repaired else None}
    with _producer(brokers) as send:
        send(letter["topic"], key.encode(), body, headers)
        send(topics.dead_letters, letter["id"].encode(), orjson.dumps(changed), [])
    return changed


def close_letter(brokers: str, topics: Topics, letter: DeadLetter, *, by: str, why: str) -> DeadLetter:
    """Mark a letter as closed; returns it in its new state, once that is acknowledged.

    Raises DeadLetterError, PublishError, KafkaUnreachableError.
    """
    if not why.strip():
        raise DeadLetterError("Say why the dead letter is closed: --why TEXT.")
    if letter["state"] == "closed":
        raise DeadLetterError(f"Dead letter {letter['id']} was closed already by {letter['by']}: nothing is to do.")
    changed: DeadLetter = {**letter, "state": "closed", "by": by, "note": why.strip()}
    with _producer(brokers) as send:
        send(topics.dead_letters, letter["id"].encode(), orjson.dumps(changed), [])
    return changed


def _is_intake(topics: Topics, letter: DeadLetter) -> bool:
    try:
        topics.agency_of(letter["topic"])
    except ValueError:
        return False
    return True


def _check_rules(topics: Topics, original: Original, letter: DeadLetter) -> None:
    """A rendition goes back as it is: it must be what today's rules would make, or it might undo what they protect."""
    from processors.enrichment import RULES_VERSION
    from processors.reference import default_reference
    from processors.release.renditions import rendition

    try:
        report = orjson.loads(original.value or b"")
        versions = report["versions"]
        is_whole = letter["topic"] == topics.enriched or canonical_json(rendition(report)) == canonical_json(report)
    except (ValueError, KeyError, TypeError, AttributeError):
        versions, is_whole = None, False
    if not is_whole or versions != {"rules": RULES_VERSION, "reference": default_reference().version}:
        raise DeadLetterError(
            f"The record of dead letter {letter['id']} was enriched by other rules than today's: read its agency's "
            "intake anew (set back the offsets of the group `enrich`), then close this one."
        )


def _check_repair(original: Original, letter: DeadLetter, repaired: bytes) -> None:
    """Hold the repaired body against the door that it will meet."""
    try:
        envelope = Envelope.from_headers(original.headers)
    except Refused as error:
        raise RepairRefusedError(
            f"The original's headers can't be used again ({error}): publish the repaired record with `puente publish`, "
            "then close this dead letter."
        ) from error
    try:
        parsed = parse_event(envelope.type, repaired, limit=INTAKE_LIMIT)
    except Refused as error:
        raise RepairRefusedError(f"The repaired record would be refused again: {error}") from error
    if letter["report_id"] is not None and parsed.event.report_id != letter["report_id"]:
        raise RepairRefusedError(
            f"The repaired record is of report {parsed.event.report_id!r}, the dead letter of {letter['report_id']!r}: "
            "publish other reports with `puente publish`."
        )


def _own_headers(headers: Any) -> tuple[tuple[str, bytes], ...]:
    """The publisher's headers, without those that say where the original lay and of what it is a resubmission.

    Headers without a value are left out: kafka-python sends none.
    """
    added = {*ORIGIN_HEADERS, RESUBMISSION_HEADER}
    return tuple((name, value) for name, value in headers if name not in added and value is not None)


@contextmanager
def _consumer(brokers: str) -> Iterator["KafkaConsumer"]:
    from kafka import KafkaConsumer
    from kafka.errors import KafkaError

    try:
        consumer = KafkaConsumer(
            bootstrap_servers=brokers,
            bootstrap_timeout_ms=CONNECT_TIMEOUT_MS,
            enable_auto_commit=False,
            max_partition_fetch_bytes=LATER_LIMIT + 64 * 1024,
            allow_auto_create_topics=False,
        )
    except (KafkaError, OSError) as error:
        raise _unreachable(brokers) from error
    try:
        yield consumer
    except KafkaError as error:
        raise _unreachable(brokers) from error
    finally:
        consumer.close()


def _offset_at(consumer: "KafkaConsumer", partition: "TopicPartition", timestamp_ms: int) -> int:
    found = consumer.offsets_for_times({partition: timestamp_ms})[partition]
    return int(consumer.end_offsets([partition])[partition]) if found is None else int(found.offset)


def _scan(consumer: "KafkaConsumer", partition: "TopicPartition", start: int, timeout_s: float) -> Iterator[Any]:
    """The records of a partition from `start` to its present end; fewer if Kafka hands out none for `timeout_s`."""
    end = consumer.end_offsets([partition])[partition]
    if start >= end or start < consumer.beginning_offsets([partition])[partition]:
        return
    consumer.assign([partition])
    consumer.seek(partition, start)
    while consumer.position(partition) < end:
        found = consumer.poll(timeout_ms=int(timeout_s * 1000))
        if not found:
            return
        for records in found.values():
            yield from records


@contextmanager
def _producer(brokers: str) -> Iterator[Any]:
    """A function `send(topic, key, value, headers)` that returns once the record is acknowledged by all replicas."""
    from kafka import KafkaProducer
    from kafka.errors import KafkaError

    try:
        producer = KafkaProducer(
            bootstrap_servers=brokers,
            bootstrap_timeout_ms=CONNECT_TIMEOUT_MS,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
            max_request_size=LATER_LIMIT + 64 * 1024,
        )
    except (KafkaError, OSError) as error:
        raise _unreachable(brokers) from error

    def send(topic: str, key: bytes, value: bytes | None, headers: list[tuple[str, bytes]]) -> None:
        try:
            producer.send(topic, value=value, key=key, headers=headers).get(timeout=TIMEOUT_S)
        except KafkaError as error:
            raise PublishError(
                f"Kafka did not take the record for {topic} ({type(error).__name__}): do it again, that is safe."
            ) from error

    try:
        yield send
    finally:
        producer.close(timeout=5)


def _unreachable(brokers: str) -> KafkaUnreachableError:
    return KafkaUnreachableError(
        f"No Kafka broker answered at {brokers}: check the address, or start the servers (`puente up`)."
    )

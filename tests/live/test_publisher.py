"""The publisher against the real broker: receipts, and every way in which an event may not arrive."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from streams.admin import ensure_topics
from streams.contracts import SeizureReport
from streams.envelope import Envelope, source_of
from streams.errors import (
    KafkaUnreachableError,
    OversizedEventError,
    PublishError,
    TopicError,
    UnknownAgencyError,
)
from streams.identity import document_id, revision_number, version_number
from streams.parsing import canonical_json, parse_event
from streams.publisher import Publisher
from streams.refusals import Refused
from streams.topics import INTAKE_LIMIT, PARTITIONS, Topics, TopicSpec
from tests.conftest import RunningServers

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def topics(servers: RunningServers, prefix: str) -> Topics:
    names = Topics(prefix)
    ensure_topics(servers.kafka, names.table(["cbp"], ["joint"]))
    return names


@contextmanager
def open_publisher(servers: RunningServers, topics: Topics, **options: Any) -> Iterator[Publisher]:
    with Publisher("cbp", servers.kafka, topics=topics, clock=lambda: NOW, **options) as publisher:
        yield publisher


def read_topic(brokers: str, topic: str, count: int) -> list[Any]:
    """The first `count` records of a topic."""
    from kafka import KafkaConsumer, TopicPartition

    consumer = KafkaConsumer(bootstrap_servers=brokers, auto_offset_reset="earliest", enable_auto_commit=False)
    try:
        consumer.assign([TopicPartition(topic, partition) for partition in range(PARTITIONS)])
        consumer.seek_to_beginning()
        records: list[Any] = []
        deadline = time.monotonic() + 20
        while len(records) < count and time.monotonic() < deadline:
            records += [record for batch in consumer.poll(timeout_ms=500).values() for record in batch]
        return records
    finally:
        consumer.close()


def event(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"report_id": f"FICTION-{number}", "items": [{"kind": "ammunition", "description": "x"}], **changes}


def test_receipt_says_where_the_event_lies(servers: RunningServers, topics: Topics) -> None:
    before = time.time() * 1000
    with open_publisher(servers, topics) as publisher:
        receipt = publisher.publish(event())
        again = publisher.publish(event())
        revised = publisher.publish(event(revision=7), event_id="my-own-id", time=datetime(2026, 3, 2, tzinfo=UTC))
        receipt.wait(10)
    assert receipt.is_acknowledged
    assert receipt.topic == topics.intake("cbp")
    assert receipt.document_id == document_id("cbp", "FICTION-1")
    assert receipt.revision == revision_number(None, NOW)
    assert receipt.version == version_number(receipt.revision, canonical_json(event()))
    assert before - 60_000 < receipt.timestamp < time.time() * 1000 + 60_000
    assert again.event_id == receipt.event_id, "a repetition is recognisable"
    assert again.version == receipt.version
    assert (again.partition, again.offset) == (receipt.partition, receipt.offset + 1)
    assert (revised.event_id, revised.revision) == ("my-own-id", 7)

    records = {(r.partition, r.offset): r for r in read_topic(servers.kafka, topics.intake("cbp"), 3)}
    record = records[receipt.partition, receipt.offset]
    assert record.key == b"FICTION-1"
    assert record.timestamp == receipt.timestamp
    assert Envelope.from_headers(record.headers) == Envelope(
        receipt.event_id, source_of("cbp"), "puente.seizure.v1", NOW
    )
    assert parse_event("puente.seizure.v1", record.value, limit=INTAKE_LIMIT).canonical == canonical_json(event())


def test_model_dictionary_and_parsed_event_give_the_same_record(servers: RunningServers, topics: Topics) -> None:
    model = SeizureReport.model_validate(event(), strict=False)
    parsed = parse_event("puente.seizure.v1", orjson.dumps(event()), limit=INTAKE_LIMIT)
    with open_publisher(servers, topics) as publisher:
        receipts = [publisher.publish(form) for form in (model, event(), parsed)]
        case = publisher.publish({"report_id": "c", "kind": "arrest"}, event_type="puente.case.v1")
    assert len({receipt.event_id for receipt in receipts}) == 1
    records = read_topic(servers.kafka, topics.intake("cbp"), 4)
    assert len({record.value for record in records}) == 2
    types = {Envelope.from_headers(record.headers).type for record in records if record.key == b"c"}
    assert types == {"puente.case.v1"}
    assert case.is_acknowledged


def test_bad_event_is_refused_at_once_and_nothing_of_it_is_sent(servers: RunningServers, topics: Topics) -> None:
    with open_publisher(servers, topics) as publisher:
        for bad, code in (
            ({"report_id": "a"}, "report_empty"),
            (event(narrative={"text": "claimed asylum"}), "asylum_confidential"),
            (event(place={"latitude": float("nan"), "longitude": 1.0}), "not_json"),
            (event(agency="fgr"), "unknown_field"),
        ):
            with pytest.raises(Refused) as caught:
                publisher.publish(bad)
            assert caught.value.reasons[0].code == code
        receipt = publisher.publish(event())
    assert len(read_topic(servers.kafka, topics.intake("cbp"), 1)) == 1
    assert receipt.offset == 0


def test_unknown_agency_is_refused_at_once(servers: RunningServers, topics: Topics) -> None:
    for agency in ("nobody", "no such/agency"):
        started = time.monotonic()
        with pytest.raises(UnknownAgencyError, match=r"registry") as caught:
            Publisher(agency, servers.kafka, topics=topics)
        assert time.monotonic() - started < 5
        assert agency in str(caught.value)


def test_largest_event_is_taken_and_one_byte_more_is_refused_at_once(servers: RunningServers, topics: Topics) -> None:
    full = {"kind": "substance", "name": "x", "press_marks": ["z" * 500] * 16, "mixture": [{"name": "m" * 500}] * 32}
    overhead = len(b"FICTION-1") + sum(
        len(name) + len(value)
        for name, value in Envelope("i" * 49, source_of("cbp"), "puente.seizure.v1", NOW).to_headers()
    )

    def fill(largest: dict[str, Any]) -> int:
        return INTAKE_LIMIT - overhead - len(canonical_json(largest))

    largest = event(items=[full] * 42, concealment="c", references=[])
    while fill(largest) > 900:
        largest["references"].append({"issuer": "x" * 500, "number": "1"})
    largest["references"].append({"issuer": "x", "number": "1"})
    largest["concealment"] = "c" * (1 + min(fill(largest), 499))
    largest["references"][-1]["issuer"] = "x" * (1 + fill(largest))
    assert fill(largest) == 0
    with open_publisher(servers, topics) as publisher:
        assert publisher.publish(largest).wait(30).offset >= 0
        largest["references"][-1]["issuer"] += "x"
        with pytest.raises(OversizedEventError, match="shorten or split"):
            publisher.publish(largest)
        with pytest.raises(OversizedEventError):
            publisher.publish({"report_id": "a", "x": "y" * INTAKE_LIMIT})


def test_unreachable_broker_is_told_within_the_time(servers: RunningServers) -> None:
    started = time.monotonic()
    with pytest.raises(KafkaUnreachableError, match="puente up"):
        Publisher("cbp", "127.0.0.1:1", connect_timeout_s=1)
    assert time.monotonic() - started < 5


def test_lost_events_are_never_silent(servers: RunningServers, prefix: str) -> None:
    topics = Topics(prefix)
    # A topic that takes less than the intake should: the broker refuses what the publisher let through.
    ensure_topics(servers.kafka, [TopicSpec(topics.intake("cbp"), PARTITIONS, {"max.message.bytes": "1000"})])
    publisher = Publisher("cbp", servers.kafka, topics=topics)
    taken = publisher.publish(event())
    taken.wait(10)
    lost = [publisher.publish(event(number, concealment="x" * 500, disposition="y" * 500)) for number in range(2)]
    with pytest.raises(PublishError, match=r"takes no event of this size.*publish it again"):
        lost[0].wait(10)
    with pytest.raises(PublishError, match="2 of 3 events did not reach Kafka"):
        publisher.flush()
    publisher.flush()  # told once
    publisher.publish(event(3, concealment="x" * 500, disposition="y" * 500))
    with pytest.raises(PublishError, match="1 of 1 events"):
        publisher.close()
    publisher.close()
    assert [receipt.is_acknowledged for receipt in (taken, *lost)] == [True, False, False]
    with pytest.raises(PublishError, match="closed"):
        publisher.publish(event())


def test_error_of_the_caller_is_not_hidden_and_what_was_sent_arrives(servers: RunningServers, topics: Topics) -> None:
    receipts = []

    def fail_half_way() -> None:
        with open_publisher(servers, topics) as publisher:
            receipts.append(publisher.publish(event()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert receipts[0].is_acknowledged


def test_many_events_keep_their_order_within_a_report(servers: RunningServers, topics: Topics) -> None:
    with open_publisher(servers, topics) as publisher:
        receipts = [publisher.publish(event(number % 50, revision=number)) for number in range(3000)]
        publisher.flush()
        assert all(receipt.is_acknowledged for receipt in receipts)
    for start in range(50):
        mine = receipts[start::50]
        assert len({receipt.partition for receipt in mine}) == 1
        assert [r.offset for r in mine] == sorted(r.offset for r in mine)


def test_topics_are_made_once_and_checked_afterwards(servers: RunningServers, prefix: str) -> None:
    specs = Topics(prefix).table(["cbp", "fgr"], ["joint"])
    first = ensure_topics(servers.kafka, specs)
    assert set(first.created) == {spec.name for spec in specs}
    second = ensure_topics(servers.kafka, specs)
    assert second.created == ()
    assert set(second.existing) == set(first.created)
    name = specs[0].name
    with pytest.raises(TopicError, match=f"{name} has {PARTITIONS} partitions and should have 3"):
        ensure_topics(servers.kafka, [TopicSpec(name, 3, specs[0].config)])
    with pytest.raises(TopicError, match=r"cleanup\.policy"):
        ensure_topics(servers.kafka, [TopicSpec(name, PARTITIONS, {**specs[0].config, "cleanup.policy": "compact"})])
    with pytest.raises(TopicError, match="nonsense"):
        ensure_topics(servers.kafka, [TopicSpec(f"{prefix}x", 1, {"nonsense": "1"})])
    with pytest.raises(KafkaUnreachableError):
        ensure_topics("127.0.0.1:1", specs, connect_timeout_s=0.5)


def test_two_processes_may_make_the_topics_at_once(servers: RunningServers, prefix: str) -> None:
    specs = Topics(prefix).table(["cbp", "fgr", "dea"], ["joint"])
    results: list[Any] = []

    def make() -> None:
        try:
            results.append(ensure_topics(servers.kafka, specs))
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    created = [name for result in results for name in result.created]
    assert sorted(created) == sorted(spec.name for spec in specs)

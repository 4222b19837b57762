"""Bad records among good ones, on real servers: each is answered with a reason, nothing stops, nothing is lost."""

from pathlib import Path

from confluent_kafka import KafkaError, Message, Producer
from rich.console import Console

from deploy.demo.platform import Platform, await_indexed, start_workers
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import prepare
from streams.records import StoredRecord
from streams.registry import default_registry
from streams.topics import INTAKE_LIMIT, Topics
from tests.conftest import RunningServers
from tests.live.elastic import ask, count_live
from tests.unit.bad_records import BAD, Bad
from tests.unit.enriching import headers_of, store

# The broker's own clock decides here what lies in the future; an agency without a topic can't publish at all.
TIMELESS = {name: bad for name, bad in BAD.items() if bad.code not in {"future_time", "unknown_agency"}}
AHEAD = {"future envelope": Bad(lambda: store(good_body(0), headers=headers_of(ce_time=b"2999-01-01T00:00:00Z")), "")}


def good_body(number: int) -> dict[str, object]:
    """A small report that fits."""
    return {
        "report_id": f"FICTION-GOOD-{number}",
        "handling": {"releasable_to": ["joint"]},
        "narrative": {"text": "Fictional.", "language": "en"},
    }


def test_each_bad_record_gets_its_reason_and_every_good_one_is_found(
    servers: RunningServers, prefix: str, open_folder: Path
) -> None:
    topics = Topics(prefix)
    platform = Platform(
        addresses=Addresses(servers.kafka, servers.elasticsearch),
        topics=topics,
        registry=default_registry(),
        views=("joint",),
        workers=open_folder,
    )
    prepare(
        brokers=servers.kafka,
        elasticsearch=servers.elasticsearch,
        topics=topics,
        registry=platform.registry,
        views=platform.views,
    )
    kinds = {
        name: record
        for name, bad in {**TIMELESS, **AHEAD}.items()
        if (record := bad.record()).value is None or len(record.value) <= INTAKE_LIMIT
    }
    assert len(kinds) >= 40
    supervisor = start_workers(platform)
    sent: dict[str, str] = {}
    try:
        producer = Producer({"bootstrap.servers": servers.kafka, "message.max.bytes": 2 * INTAKE_LIMIT})
        for number, (name, record) in enumerate(kinds.items()):
            sent[send(producer, topics, record)] = name
            send(producer, topics, store(good_body(number), headers=[*headers_of(), ("trace", None)]))
        with StreamWatch(servers.kafka) as watch:
            await_indexed(watch, platform, supervisor, Console(quiet=True))
    finally:
        supervisor.stop()
    url = servers.elasticsearch
    assert count_live(url, f"{prefix}reports-joint") == len(kinds)
    assert count_live(url, f"{prefix}dead-letters") == len(kinds)
    letters = ask(url, f"{prefix}dead-letters/_search", {"size": 500})["hits"]["hits"]
    for letter in (hit["_source"] for hit in letters):
        name = sent.pop(f"{letter['partition']}/{letter['offset']}")
        codes = {reason["code"] for reason in letter["reasons"]}
        assert ("future_time" if name in AHEAD else TIMELESS[name].code) in codes, name
        assert letter["state"] == "open"
        assert all(reason["en"] and reason["es"] for reason in letter["reasons"])
    assert not sent
    with StreamWatch(servers.kafka) as watch:
        assert watch.count([topics.originals]) == len(kinds)


def send(producer: Producer, topics: Topics, record: StoredRecord) -> str:
    """Send a record as it is, past the publisher's door; partition and offset."""
    taken: list[str] = []

    def note(error: KafkaError | None, message: Message) -> None:
        assert error is None, error
        taken.append(f"{message.partition()}/{message.offset()}")

    # kafka-python sends no null headers, and no record that has neither key nor value.
    producer.produce(
        topics.intake("cbp"),
        key=record.key,
        value=record.value,
        headers=list(record.headers),
        partition=record.partition,
        on_delivery=note,
    )
    assert producer.flush(30) == 0
    return taken[0]

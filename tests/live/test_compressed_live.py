"""What partners publish compressed, on a real Kafka: the broker undoes it, so no reader needs a codec for it."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest
from confluent_kafka import KafkaError, KafkaException, Message, Producer
from rich.console import Console

from deploy.demo.platform import Platform, await_indexed, start_workers
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import prepare
from streams.admin import ensure_topics
from streams.registry import default_registry
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.live.elastic import count_live
from tests.live.test_bad_records_live import good_body
from tests.unit.enriching import headers_of

CODECS = ("zstd", "lz4", "snappy", "gzip")
EACH = 50

Headers = Sequence[tuple[str, bytes | None]]


def publish(brokers: str, codec: str, topic: str, bodies: Sequence[bytes], headers: Headers) -> None:
    """Send bodies in few compressed batches past the publisher's door; raises KafkaException if one is refused."""
    refused: list[KafkaException] = []

    def note(error: KafkaError | None, _message: Message) -> None:
        if error is not None:
            refused.append(KafkaException(error))

    producer = Producer(
        {
            "bootstrap.servers": brokers,
            "compression.type": codec,
            "linger.ms": 200,
            "message.max.bytes": 64 * 1024 * 1024,
        }
    )
    for body in bodies:
        producer.produce(topic, value=body, headers=list(headers), on_delivery=note)
    assert producer.flush(60) == 0
    if refused:
        raise refused[0]


def test_compressed_events_are_enriched_by_a_worker_without_codecs(
    servers: RunningServers, prefix: str, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The workers' Kafka client finds no codecs' library: it could read nothing that lies compressed but gzip.
    hidden = open_folder / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import sys\nsys.modules['cramjam'] = None\nimport aiokafka.codec\ndel sys.modules['cramjam']\n"
        "assert not aiokafka.codec.has_zstd()\n",
        encoding="utf-8",
    )
    topics = Topics(prefix)
    platform = Platform(
        addresses=Addresses(servers.kafka, servers.elasticsearch),
        topics=topics,
        registry=default_registry(),
        views=("joint",),
        workers=open_folder / "workers",
    )
    prepare(
        brokers=servers.kafka,
        elasticsearch=servers.elasticsearch,
        topics=topics,
        registry=platform.registry,
        views=platform.views,
    )
    for turn, codec in enumerate(CODECS):
        bodies = [orjson.dumps(good_body(turn * EACH + number)) for number in range(EACH)]
        publish(servers.kafka, codec, topics.intake("cbp"), bodies, [*headers_of(), ("trace", None)])
    # A null header on a record that is refused must not stop the worker either.
    without_id = [(name, None if name == "ce_id" else value) for name, value in headers_of()]
    publish(servers.kafka, "zstd", topics.intake("cbp"), [orjson.dumps(good_body(0))], without_id)
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(hidden), prepend=":")
        supervisor = start_workers(platform)
    try:
        with StreamWatch(servers.kafka) as watch:
            await_indexed(watch, platform, supervisor, Console(quiet=True))
            assert watch.count([topics.dead_letters]) == watch.count([topics.originals]) == 1
    finally:
        supervisor.stop()
    assert supervisor.restarts == 0
    assert count_live(servers.elasticsearch, f"{prefix}reports-joint") == len(CODECS) * EACH
    assert count_live(servers.elasticsearch, f"{prefix}dead-letters") == 1


@pytest.mark.parametrize("codec", CODECS)
def test_the_limit_of_an_intake_counts_what_is_unpacked(servers: RunningServers, prefix: str, codec: str) -> None:
    topics = Topics(prefix)
    ensure_topics(servers.kafka, topics.table(["cbp"], ["joint"]))
    with pytest.raises(KafkaException, match="MSG_SIZE_TOO_LARGE"):
        publish(servers.kafka, codec, topics.intake("cbp"), [b"x" * (9 * 1024 * 1024)], headers_of())
    publish(servers.kafka, codec, topics.intake("cbp"), [b"x" * (1000 * 1024)], headers_of())

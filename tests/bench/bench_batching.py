"""Compares the batch path with Quix Streams and with a plain confluent-kafka loop.

    python -m tests.bench.bench_batching --json --runs 3

All read the same topic of 1.1 KB reports in the same run, do the same work (`tests.bench.work`, about 20 us), write
with acks=all and commit once a second (Quix Streams every 5 s, which suits it better). The measure is the broker's:
the events written, by the time between the first and the last output's LogAppendTime. So starting and stopping do not
count, and no way measures itself. Every output is counted; a way that loses one fails the benchmark. Latency is the
output's append time less the input's, at 200 events a second.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from confluent_kafka import TIMESTAMP_LOG_APPEND_TIME, Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from tests.bench.work import make_report, make_reports

__all__ = ["main"]

_PARTITIONS = 8
_WAYS = ("ours", "quixstreams", "confluent")


def create_topic(brokers: str, topic: str) -> None:
    """A topic on the broker's clock."""
    config = {"message.timestamp.type": "LogAppendTime"}
    admin = AdminClient({"bootstrap.servers": brokers})
    admin.create_topics([NewTopic(topic, _PARTITIONS, 1, config=config)])[topic].result(30)


def delete_topic(brokers: str, topic: str) -> None:
    """Free its disk space."""
    admin = AdminClient({"bootstrap.servers": brokers})
    admin.delete_topics([topic])[topic].result(30)


def fill_topic(brokers: str, topic: str, count: int) -> None:
    """Write `count` reports."""
    producer = Producer(
        {"bootstrap.servers": brokers, "linger.ms": 20, "batch.size": 256 * 1024, "partitioner": "murmur2_random"}
    )
    pool = make_reports(min(count, 20_000))
    for number in range(count):
        producer.produce(topic, key=b"CBP-2026-%07d" % number, value=pool[number % len(pool)][1])
        if number % 1000 == 0:
            while producer.poll(0) or len(producer) > 50_000:
                producer.poll(0.01)
    assert producer.flush(60) == 0


def read_times(brokers: str, topic: str, count: int, deadline_s: float = 120.0) -> dict[bytes, int]:
    """Append time in milliseconds of each key's first record; AssertionError if there are fewer than `count` keys."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": uuid.uuid4().hex, "enable.auto.commit": False})
    consumer.assign([TopicPartition(topic, number, 0) for number in range(_PARTITIONS)])
    times: dict[bytes, int] = {}
    end = time.monotonic() + deadline_s
    while len(times) < count:
        for message in consumer.consume(5000, 0.2):
            if message.error() is None:
                kind, at = message.timestamp()
                assert kind == TIMESTAMP_LOG_APPEND_TIME
                times.setdefault(message.key(), at)
        assert time.monotonic() < end, f"{topic} holds {len(times)} of {count} outputs"
    consumer.close()
    return times


@contextlib.contextmanager
def running(way: str, brokers: str, topic: str, out: str, count: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process of one way, ended on the way out."""
    command = [sys.executable, "-m", "tests.bench.runners", way, "--brokers", brokers, "--topic", topic]
    command += ["--out", out, "--group", f"bench-{uuid.uuid4().hex[:8]}", "--count", str(count)]
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(60)


def measure_rate(way: str, brokers: str, topic: str, count: int) -> float:
    """Events per second of one run."""
    out = f"bench-out-{uuid.uuid4().hex[:8]}"
    create_topic(brokers, out)
    with running(way, brokers, topic, out, count) as process:
        assert process.wait(300) == 0, f"{way} failed"
    times = read_times(brokers, out, count)
    delete_topic(brokers, out)
    return count / ((max(times.values()) - min(times.values())) / 1000)


def measure_latency(way: str, brokers: str, rate: int = 200, seconds: int = 15) -> dict[str, float]:
    """Milliseconds from a report's arrival at the broker to its output's, at `rate` events a second."""
    topic, out = f"bench-in-{uuid.uuid4().hex[:8]}", f"bench-out-{uuid.uuid4().hex[:8]}"
    create_topic(brokers, topic)
    create_topic(brokers, out)
    producer = Producer({"bootstrap.servers": brokers, "linger.ms": 0, "partitioner": "murmur2_random"})
    count, warm = rate * seconds, rate * 2
    with running(way, brokers, topic, out, count + warm):
        # The first record makes sure that the way runs before the clock counts.
        producer.produce(topic, key=b"first", value=make_report(0))
        producer.flush()
        read_times(brokers, out, 1)
        began = time.monotonic()
        for number in range(count + warm - 1):
            while time.monotonic() < began + number / rate:
                producer.poll(0.0005)
            producer.produce(topic, key=b"%d" % number, value=make_report(number))
        producer.flush()
        sent = read_times(brokers, topic, count + warm)
        written = read_times(brokers, out, count + warm)
    late = sorted(written[b"%d" % number] - sent[b"%d" % number] for number in range(warm, count + warm - 1))
    delete_topic(brokers, topic)
    delete_topic(brokers, out)
    return {
        "p50_ms": float(late[len(late) // 2]),
        "p99_ms": float(late[int(len(late) * 0.99)]),
        "max_ms": float(late[-1]),
    }


def run_benchmark(brokers: str, events: int, runs: int, *, latency: bool) -> dict[str, Any]:
    """All figures; the ways take turns, so that a slow minute of the machine hits each of them."""
    topic = f"bench-in-{uuid.uuid4().hex[:8]}"
    create_topic(brokers, topic)
    fill_topic(brokers, topic, events)
    rates: dict[str, list[float]] = {way: [] for way in _WAYS}
    for run in range(runs):
        for way in _WAYS:
            rates[way].append(measure_rate(way, brokers, topic, events))
            print(f"run {run + 1} {way:12} {rates[way][-1]:9,.0f} events/s", file=sys.stderr)
    delete_topic(brokers, topic)
    medians = {way: statistics.median(values) for way, values in rates.items()}
    return {
        "events": events,
        "runs": {way: [round(value) for value in values] for way, values in rates.items()},
        "events_per_second": {way: round(value) for way, value in medians.items()},
        "ours_by_quixstreams": round(medians["ours"] / medians["quixstreams"], 3),
        "ours_by_confluent": round(medians["ours"] / medians["confluent"], 3),
        "latency": measure_latency("ours", brokers) if latency else None,
    }


@contextlib.contextmanager
def kafka_address(given: str | None) -> Iterator[str]:
    """The given address, or that of a pair of servers of our own."""
    if given:
        yield given
        return
    from deploy.local import LocalServers

    with tempfile.TemporaryDirectory(prefix="puente-bench-") as home:
        Path(home).chmod(0o755)
        local = LocalServers(Path(home), die_with_parent=True)
        try:
            yield local.up(fresh=True).kafka
        finally:
            local.down()


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kafka", help="HOST:PORT of a running Kafka; without it the local servers are started")
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-latency", action="store_true")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    args = parser.parse_args()
    with kafka_address(args.kafka) as brokers:
        result = run_benchmark(brokers, args.events, args.runs, latency=not args.no_latency)
    if args.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:22} {value}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

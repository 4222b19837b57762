"""The three ways in which the benchmark does the same work; each runs in a process of its own until `count` is done.

python -m tests.bench.runners ours --brokers HOST:PORT --topic IN --out OUT --group G --count N
"""

import argparse
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from streams.records import Output, Record
from tests.bench.work import enrich_report

__all__ = ["RUNNERS"]

_COMMIT_INTERVAL_S = 1.0


class EnrichStage:
    """The benchmark's work as a stage."""

    name = "bench"

    def __init__(self, out: str) -> None:
        """`out`: the output topic."""
        self.out = out

    def process(self, records: Sequence[Record], state: object) -> object:
        """One enriched report per report."""
        from processors.batching import Emitted

        out = self.out
        return Emitted([Output(out, each.key, enrich_report(each.value or b"")) for each in records])


def run_ours(brokers: str, topic: str, out: str, group: str, count: int) -> int:
    """The batch path."""
    from processors.batching import build_app, run_app

    with tempfile.TemporaryDirectory() as folder:
        app = build_app(
            brokers=brokers,
            group=group,
            stage=EnrichStage(out),  # type: ignore[arg-type]  # imported late, so that only this runner loads Faust
            inputs=[topic],
            data_dir=Path(folder),
            instance_id=f"{group}-1",
            commit_interval_s=_COMMIT_INTERVAL_S,
        )
        threading.Thread(target=_stop_when, args=(lambda: app.counters.events_in >= count,), daemon=True).start()
        code = run_app(app)
        print(app.counters, file=sys.stderr)
        return code


def _stop_when(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)


def run_quixstreams(brokers: str, topic: str, out: str, group: str, count: int) -> int:
    """Quix Streams, raw bytes in and out, all acknowledgements."""
    from quixstreams import Application

    app = Application(
        broker_address=brokers,
        consumer_group=group,
        auto_offset_reset="earliest",
        # Its best of four: 27,100 events/s with these and its commit every 5 s, 24,500 to 26,200 without them or with a
        # commit every second; idempotence, which ours has, would halve it.
        producer_extra_config={
            "acks": "all",
            "linger.ms": 20,
            "batch.size": 256 * 1024,
            "queue.buffering.max.messages": 1_000_000,
        },
        loglevel="ERROR",
        auto_create_topics=False,
    )
    source = app.topic(topic, key_deserializer="bytes", value_deserializer="bytes")
    sink = app.topic(out, key_serializer="bytes", value_serializer="bytes")
    frame = app.dataframe(source)
    frame = frame.apply(enrich_report)
    frame.to_topic(sink)
    app.run(count=count)
    return 0


def run_confluent(brokers: str, topic: str, out: str, group: str, count: int) -> int:
    """A plain confluent-kafka loop, tuned: `consume(500, 0.05)`, flush and commit once a second."""
    from confluent_kafka import Consumer, Producer

    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "partition.assignment.strategy": "roundrobin",
        }
    )
    producer = Producer(
        {
            "bootstrap.servers": brokers,
            "acks": "all",
            "linger.ms": 5,
            "batch.size": 256 * 1024,
            "partitioner": "murmur2_random",
            "queue.buffering.max.messages": 1_000_000,
        }
    )
    consumer.subscribe([topic])
    done, committed_at = 0, time.monotonic()
    while done < count:
        for message in consumer.consume(500, 0.05):
            if message.error() is not None:
                continue
            producer.produce(out, key=message.key(), value=enrich_report(message.value()))
            done += 1
        producer.poll(0)
        if time.monotonic() - committed_at > _COMMIT_INTERVAL_S:
            producer.flush()
            consumer.commit(asynchronous=False)
            committed_at = time.monotonic()
    producer.flush()
    consumer.commit(asynchronous=False)
    consumer.close()
    return 0


RUNNERS: dict[str, Callable[[str, str, str, str, int], int]] = {
    "ours": run_ours,
    "quixstreams": run_quixstreams,
    "confluent": run_confluent,
}


def main() -> int:
    """Run one way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=RUNNERS)
    for name in ("brokers", "topic", "out", "group"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--count", type=int, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    return RUNNERS[args.way](args.brokers, args.topic, args.out, args.group, args.count)


if __name__ == "__main__":
    raise SystemExit(main())

"""The three ways in which a stage is run; each runs in a process of its own until all `events` are done.

python -m tests.bench.runners ours '{"stage": "release", "prefix": "b1-", "brokers": "127.0.0.1:9092", ...}'
"""

import json
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from processors.stages import OUTPUT_LIMIT_BYTES, Emitted, Stage, State, StateView
from streams.records import Headers, Output, Record
from streams.topics import Topics

if TYPE_CHECKING:
    from tests.bench.stages import BenchStage

__all__ = ["RUNNERS", "Job", "Way"]

_COMMIT_INTERVAL_S = 1.0


class Job(NamedTuple):
    """What one process shall do."""

    stage: str
    prefix: str
    brokers: str
    group: str
    events: int

    @property
    def topics(self) -> Topics:
        """The names of its topics."""
        return Topics(self.prefix)


class Taken(NamedTuple):
    """A record as the other two libraries hand it out, in the shape that a stage reads (`streams.records.Record`)."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Started:
    """The stage; when it gets its first records it says so on standard output, in milliseconds since the epoch.

    The first output's time won't do to count from: by then a way that works on eight partitions at once has done a part
    (2,000 records in 4 ms was one result).
    """

    def __init__(self, stage: Stage) -> None:
        self.name = stage.name
        self._stage = stage
        self.process = self._first

    def _first(self, records: Sequence[Record], state: State) -> Emitted:
        print(int(time.time() * 1000), flush=True)
        self.process = self._stage.process  # from now on nothing stands between
        return self._stage.process(records, state)


def our_changelogs(job: Job, stage: "BenchStage") -> list[str]:
    """A changelog of this run's own, so that every run begins with an empty state."""
    return [job.topics.state(job.group)] if stage.has_state else []


def quix_changelogs(job: Job, stage: "BenchStage") -> list[str]:
    """The names that Quix Streams gives its changelogs: one per input."""
    return (
        [f"changelog__{job.group}--{topic}--default" for topic in stage.inputs(job.topics)] if stage.has_state else []
    )


def run_ours(job: Job, stage: "BenchStage") -> int:
    """The batch path as `deploy.workers` wires it: RocksDB and changelog for a stage with state, commit each second."""
    from processors.batching import build_app, run_app

    changelogs = our_changelogs(job, stage)
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(
            brokers=job.brokers,
            group=job.group,
            stage=Started(stage.make(job.topics)),
            inputs=stage.inputs(job.topics),
            data_dir=Path(folder),
            instance_id=f"{job.group}-1",
            commit_interval_s=_COMMIT_INTERVAL_S,
            store="rocksdb://" if changelogs else "memory://",
            changelog=changelogs[0] if changelogs else None,
        )
        threading.Thread(target=_stop_when, args=(lambda: app.counters.events_in >= job.events,), daemon=True).start()
        return run_app(app)


def _stop_when(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)


class _KeyState:
    """What a stage sees of Quix Streams' state, which keeps the rows of each message key apart."""

    epoch = 0

    def __init__(self, limit: int) -> None:
        self.output_limit = limit
        self.state: Any = None
        self.mark: tuple[bytes, bytes | None] | None = None

    def get(self, key: bytes) -> bytes | None:
        # A row of the whole partition, which that state has no place for.
        if self.mark is not None and self.mark[0] == key:
            return self.mark[1]
        found: bytes | None = self.state.get_bytes(key)
        return found

    def items(self) -> Any:
        return iter(())

    def keep(self, rows: Sequence[tuple[bytes, bytes | None]]) -> None:
        for key, value in rows:
            if self.mark is not None and self.mark[0] == key:
                self.mark = (key, value)
            if value is None:
                self.state.delete(key)
            else:
                self.state.set_bytes(key, value)


def run_quixstreams(job: Job, stage: "BenchStage") -> int:
    """Quix Streams, record by record, raw bytes in and out, all acknowledgements, its own state and changelog."""
    from quixstreams import Application, message_context
    from quixstreams.models import Serializer

    class ValueOf(Serializer):
        def __call__(self, value: Any, ctx: Any) -> Any:
            del ctx
            return value.value

    work, state = Started(stage.make(job.topics)), _KeyState(OUTPUT_LIMIT_BYTES)
    if stage.partition_row is not None:
        state.mark = (stage.partition_row, None)
    done = 0

    def process(value: bytes, key: bytes, timestamp: int, headers: Any, *states: Any) -> Sequence[Output]:
        nonlocal done
        at = message_context()
        if states:
            state.state = states[0]
        emitted = work.process([Taken(at.topic, at.partition, at.offset, timestamp, key, value, headers or ())], state)
        state.keep(emitted.rows)
        done += 1
        if done == job.events:
            app.stop()  # after this record, with a last checkpoint
        return emitted.outputs

    with tempfile.TemporaryDirectory() as folder:
        app = Application(
            broker_address=job.brokers,
            consumer_group=job.group,
            auto_offset_reset="earliest",
            state_dir=folder,
            # Its best of four: 27,100 events/s with these and its commit every 5 s, 24,500 to 26,200 without them or
            # with a commit every second; idempotence, which ours has, would halve it.
            producer_extra_config={
                "acks": "all",
                "linger.ms": 20,
                "batch.size": 256 * 1024,
                "queue.buffering.max.messages": 1_000_000,
            },
            # 500 by default, and one more request waits as long for each partition when it opens their states: 39 s of
            # nothing for 72 partitions, 8 s with this. While records wait, as they do here, no fetch does.
            consumer_extra_config={"fetch.wait.max.ms": 20},
            loglevel="ERROR",
            auto_create_topics=False,
        )
        sinks = {
            name: app.topic(name, key_serializer="bytes", value_serializer=ValueOf())
            for name in stage.outputs(job.topics)
        }
        for name in stage.inputs(job.topics):
            source = app.topic(name, key_deserializer="bytes", value_deserializer="bytes")
            frame = app.dataframe(source)
            frame = frame.apply(process, expand=True, metadata=True, stateful=stage.has_state)  # type: ignore[call-overload]
            if stage.reads_headers:  # it would write the input's to the output
                frame = frame.set_headers(lambda *_: ())
            frame.to_topic(lambda output, *_: sinks[output.topic], key=lambda output: output.key)
        app.run()
    return 0


def run_confluent(job: Job, stage: "BenchStage") -> int:
    """A plain confluent-kafka loop, tuned: `consume(500, 0.05)`, flush and commit once a second.

    The records of one partition are handed over together. State is a dictionary, which dies with the process.
    """
    from confluent_kafka import Consumer, Producer

    consumer = Consumer(
        {
            "bootstrap.servers": job.brokers,
            "group.id": job.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "partition.assignment.strategy": "roundrobin",
        }
    )
    producer = Producer(
        {
            "bootstrap.servers": job.brokers,
            "acks": "all",
            "linger.ms": 5,
            "batch.size": 256 * 1024,
            "partitioner": "murmur2_random",
            "queue.buffering.max.messages": 1_000_000,
        }
    )
    work = Started(stage.make(job.topics))
    rows: defaultdict[int, dict[bytes, bytes | None]] = defaultdict(dict)
    consumer.subscribe(stage.inputs(job.topics))
    done, committed, committed_at = 0, 0, time.monotonic()
    while done < job.events:
        taken: defaultdict[tuple[str, int], list[Taken]] = defaultdict(list)
        for message in consumer.consume(500, 0.05):
            if message.error() is None:
                topic, number = message.topic(), message.partition()
                stamp, headers = message.timestamp()[1], message.headers() or ()
                taken[topic, number].append(
                    Taken(topic, number, message.offset(), stamp, message.key(), message.value(), headers)
                )
        for (_, number), records in taken.items():
            emitted = work.process(records, StateView(rows[number].get, OUTPUT_LIMIT_BYTES))
            rows[number].update(emitted.rows)
            for output in emitted.outputs:
                producer.produce(output.topic, key=output.key, value=output.value)
            done += len(records)
        producer.poll(0)
        if time.monotonic() - committed_at > _COMMIT_INTERVAL_S or done >= job.events:
            producer.flush()
            if done > committed:  # a commit of nothing is an error
                consumer.commit(asynchronous=False)
            committed, committed_at = done, time.monotonic()
    consumer.close()
    return 0


class Way(NamedTuple):
    """One way of running a stage, and the changelogs that it needs for a job."""

    run: Callable[[Job, "BenchStage"], int]
    changelogs: Callable[[Job, "BenchStage"], list[str]]


RUNNERS: dict[str, Way] = {
    "ours": Way(run_ours, our_changelogs),
    "quixstreams": Way(run_quixstreams, quix_changelogs),
    "plain": Way(run_confluent, lambda _job, _stage: []),
}


def main(way: str, options: dict[str, Any]) -> int:
    """Run one way."""
    from tests.bench.stages import STAGES

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    job = Job(**options)
    return RUNNERS[way].run(job, next(stage for stage in STAGES if stage.name == job.stage))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], json.loads(sys.argv[2])))

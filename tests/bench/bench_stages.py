"""Each stage of the stream on a real Kafka: our batch path beside Quix Streams and a plain confluent-kafka loop.

    python -m tests.bench --stage release --runs 5 --json

All three call the same stage object on the same topic in the same run, in turns, with acks=all. Ours runs as deployed:
state in RocksDB and a changelog where the stage has state, commits each second. Quix Streams takes record by record, as
it does, with its own RocksDB state and changelog, and commits every 5 s, which suits it better. The plain loop keeps
state in a dictionary: it has no durability, and is there to show what the stage's own work allows.

The measure: the records read, by the time from when the stage got the first of them to the broker's LogAppendTime of
the last that was written, output or changelog row; both clocks are this machine's. So starting and stopping do not
count. All outputs are read back; a way that wrote anything else than the others fails the benchmark
(`tests.bench.stages` says what is compared).
"""

import hashlib
import json
import subprocess
import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from processors.transport.changelog import CHANGELOG_TOPIC_CONFIG
from streams.admin import ensure_topics
from streams.topics import Topics, TopicSpec
from tests.bench.figures import median_rate, render_table, show_count, show_ratio
from tests.bench.inputs import VIEWS, registry
from tests.bench.runners import RUNNERS, Job
from tests.bench.stages import BenchStage
from tests.bench.topics import delete_topics, fill_topics, find_ends, read_records
from tests.unit.alerting import demo_subscribers

__all__ = ["DifferentOutputsError", "Digest", "measure_stage", "render_stages", "run_stages"]

WAYS = tuple(RUNNERS)
RUN_DEADLINE_S = 300.0


class DifferentOutputsError(AssertionError):
    """A way wrote something else than the others: its speed says nothing."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What was written, whatever its order: so many records (topic, key, value), and the sum of their hashes."""

    count: int
    total: int

    @classmethod
    def of(cls, written: Iterable[tuple[str, bytes | None, bytes | None]]) -> "Digest":
        """The digest of outputs."""
        count = total = 0
        for topic, key, value in written:
            parts = (topic.encode(), key or b"", value or b"")
            framed = b"".join(b"%d:%b" % (len(part), part) for part in parts)
            total += int.from_bytes(hashlib.blake2b(framed, digest_size=16).digest())
            count += 1
        return cls(count, total % 2**128)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one way: records a second, outputs written, and their digest."""

    rate: float
    written: int
    digest: Digest


class StageTopics:
    """The topics of one measured stage under a prefix of their own, filled once; deleted on the way out."""

    def __init__(self, brokers: str, stage: BenchStage) -> None:
        self.brokers, self.stage = brokers, stage
        self.topics = Topics(f"bench-{uuid.uuid4().hex[:8]}-")
        table = self.topics.table(registry(), VIEWS, (one.id for one in demo_subscribers()))
        used = {*stage.inputs(self.topics), *stage.outputs(self.topics)}
        self._specs = {spec.name: spec for spec in table if spec.name in used}
        ensure_topics(brokers, self._specs.values())
        self.count = 0

    def __enter__(self) -> "StageTopics":
        return self

    def __exit__(self, *_: object) -> None:
        delete_topics(self.brokers, list(self._specs))

    def fill(self, events: int) -> None:
        """Write the stage's input."""
        given = self.stage.fill(events)
        fill_topics(self.brokers, given, self.topics.prefix)
        self.count = len(given)

    def run(self, way: str) -> Run:
        """Run one way in a process of its own, with a new group and an empty state."""
        group = f"{self.topics.prefix}{way}-{uuid.uuid4().hex[:6]}"
        job = Job(self.stage.name, self.topics.prefix, self.brokers, group, self.count)
        changelogs = RUNNERS[way].changelogs(job, self.stage)
        config = {**CHANGELOG_TOPIC_CONFIG, "message.timestamp.type": "LogAppendTime"}
        ensure_topics(self.brokers, [TopicSpec(name, self.stage.changelog_partitions, config) for name in changelogs])
        outputs = self.stage.outputs(self.topics)
        before = find_ends(self.brokers, outputs)
        command = [sys.executable, "-m", "tests.bench.runners", way, json.dumps(job._asdict())]
        done = subprocess.run(command, check=False, timeout=RUN_DEADLINE_S, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{self.stage.name} by {way} ended with {done.returncode}:\n{done.stderr[-5000:]}")
        written = list(read_records(self.brokers, outputs, before))
        last = max(record.timestamp for record in (*written, *read_records(self.brokers, changelogs)))
        delete_topics(self.brokers, changelogs)
        seconds = (last - int(done.stdout.split()[0])) / 1000
        named = [(record.topic.removeprefix(self.topics.prefix), record.key, record.value) for record in written]
        return Run(self.count / seconds, len(written), Digest.of(self.stage.compared(named)))


def measure_stage(brokers: str, stage: BenchStage, runs: int, events: int | None = None) -> dict[str, Any]:
    """All ways in turns, after one run of ours that warms up the broker; `DifferentOutputsError` if they differ."""
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    written: dict[str, int] = {}
    with StageTopics(brokers, stage) as world:
        world.fill(events or stage.events)
        expected = world.run("ours").digest
        for number in range(runs):
            for way in WAYS:
                run = world.run(way)
                if run.digest != expected:
                    raise DifferentOutputsError(
                        f"{stage.name} by {way} came to {run.digest}, ours to {expected}: the figures say nothing."
                    )
                rates[way].append(run.rate)
                written[way] = run.written
                print(f"{stage.name} run {number + 1} {way:12} {run.rate:9,.0f} events/s", file=sys.stderr, flush=True)
        count = world.count
    medians = median_rate(rates)
    return {
        "events": count,
        "compared_outputs": expected.count,
        "written": written,
        "events_per_second": {way: round(rate) for way, rate in medians.items()},
        "runs": {way: [round(rate) for rate in found] for way, found in rates.items()},
        "ours_by_quixstreams": round(medians["ours"] / medians["quixstreams"], 3),
        "ours_by_plain": round(medians["ours"] / medians["plain"], 3),
        "remark": stage.remark,
    }


def run_stages(brokers: str, stages: Sequence[BenchStage], runs: int, events: int | None = None) -> dict[str, Any]:
    """The figures of each stage by its name."""
    return {stage.name: measure_stage(brokers, stage, runs, events) for stage in stages}


def render_stages(figures: dict[str, Any]) -> str:
    """The table, and under it what a reader must know."""
    head = ("stage", "events", "ours/s", "quixstreams/s", "plain/s", "ours:quix", "ours:plain")
    rows = []
    for name, found in figures.items():
        rates = found["events_per_second"]
        shown = [show_count(found["events"]), *(show_count(rates[way]) for way in WAYS)]
        rows.append((name, *shown, *(show_ratio(rates["ours"], rates[way]) for way in WAYS[1:])))
    remarks = [f"{name}: {found['remark']}." for name, found in figures.items() if found["remark"]]
    return "\n".join(
        [
            render_table(head, rows),
            "All ways wrote the same. The plain loop keeps state in a dictionary: nothing of it survives.",
            *remarks,
        ]
    )

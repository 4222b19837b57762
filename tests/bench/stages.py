"""The stages that are measured, each as it is deployed. A further one is a function here, and a line in `STAGES`.

What a stage needs to be run (its object, topics, state) and to be compared: which of its outputs must be the same
whoever runs it.
"""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from processors.alerting.stage import AlertStage
from processors.correlation.stage import GC_THRESHOLDS, MARK_ROW, CorrelateStage
from processors.enrichment.stage import EnrichStage
from processors.reference import default_reference
from processors.release.stage import ReleaseStage
from processors.stages import Emitted, Stage, State
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.topics import PARTITIONS, Topics
from tests.bench import inputs
from tests.bench.inputs import VIEW, VIEWS
from tests.bench.work import enrich_report
from tests.unit.alerting import demo_subscribers

__all__ = ["STAGES", "BenchStage", "FixedWork"]

Written = tuple[str, bytes | None, bytes | None]
"""Topic (without prefix), key and value of an output."""


def every_output(written: Iterable[Written]) -> Iterable[Written]:
    """Each output counts: the stage writes the same however its records are cut into batches."""
    return written


def last_live(written: Iterable[Written]) -> Iterable[Written]:
    """Of each live document the highest version counts: a bigger batch leaves out what stood only inside it."""
    newest: dict[tuple[str, bytes | None], dict[str, Any]] = {}
    for topic, key, value in written:
        document = orjson.loads(value or b"")
        held = newest.get((topic, key))
        if held is None or held["version"] <= document["version"]:
            newest[topic, key] = document
    for (topic, key), document in newest.items():
        if document["state"] == "live":
            yield topic, key, canonical_json(document | {"version": 0})


@dataclass(frozen=True, slots=True)
class BenchStage:
    """One stage: `make` builds it, `fill` gives about so many records of its input, in order."""

    name: str
    events: int
    make: Callable[[Topics], Stage]
    fill: Callable[[int], Sequence[Output]]
    inputs: Callable[[Topics], list[str]]
    outputs: Callable[[Topics], list[str]]
    changelog_partitions: int = 0
    """As many as its input has; 0 for a stage without state."""
    reads_headers: bool = False
    """Whether its input has headers, which its output must not have."""
    partition_row: bytes | None = None
    """The key of a row that is of the whole partition, not of one message key."""
    compared: Callable[[Iterable[Written]], Iterable[Written]] = every_output
    remark: str = ""
    """What a reader of the figures must know."""

    @property
    def has_state(self) -> bool:
        """Whether it runs with RocksDB and a changelog."""
        return self.changelog_partitions > 0


class FixedWork:
    """The fixed work of `tests.bench.work` as a stage: what the way around the stage costs."""

    name = "path"

    def __init__(self, topics: Topics) -> None:
        """One output topic."""
        self._out = topics.reports(VIEW)

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """One enriched report per report."""
        del state
        out = self._out
        return Emitted([Output(out, each.key, enrich_report(each.value or b"")) for each in records])


def path() -> BenchStage:
    """The batch path alone, with the work that does not change from release to release."""
    return BenchStage(
        name="path",
        events=60_000,
        make=FixedWork,
        fill=inputs.fixed_reports,
        inputs=lambda topics: [topics.enriched],
        outputs=lambda topics: [topics.reports(VIEW)],
        remark="fixed work of about 20 us on 1.1 KB, no stage of the platform",
    )


def enrich() -> BenchStage:
    """Validation and enrichment; a row of state for a report that protects somebody."""
    return BenchStage(
        name="enrich",
        events=20_000,
        make=lambda topics: EnrichStage(topics, inputs.registry(), default_reference(), VIEWS, inputs.KEYS),
        fill=inputs.intake,
        inputs=lambda topics: [topics.intake(agency) for agency in inputs.SENDERS],
        outputs=lambda topics: [topics.enriched],
        changelog_partitions=PARTITIONS,
        reads_headers=True,
    )


def release() -> BenchStage:
    """Views, with a row per report."""
    return BenchStage(
        name="release",
        events=20_000,
        make=lambda topics: ReleaseStage(topics, VIEWS, inputs.KEYS),
        fill=inputs.release_input,
        inputs=lambda topics: [topics.enriched],
        outputs=lambda topics: [topics.reports(VIEW), topics.facts(VIEW)],
        changelog_partitions=PARTITIONS,
    )


def correlate() -> BenchStage:
    """Links and networks, with an engine in memory."""
    return BenchStage(
        name="correlate",
        events=20_000,
        make=_make_correlate,
        fill=inputs.comparisons,
        inputs=lambda topics: [topics.facts(VIEW)],
        outputs=lambda topics: [topics.links(VIEW), topics.networks(VIEW), topics.events(VIEW)],
        changelog_partitions=1,
        partition_row=MARK_ROW,
        compared=last_live,
        remark=(
            "quixstreams has no state across keys: the engine stands in memory beside it and writes its rows to the "
            "state, from where it could not be rebuilt; record by record it writes each version, a batch the last"
        ),
    )


def _make_correlate(topics: Topics) -> Stage:
    gc.set_threshold(*GC_THRESHOLDS)
    return CorrelateStage(topics, VIEW)


def alert() -> BenchStage:
    """The demo's subscriptions, with a row per report and network."""
    return BenchStage(
        name="alert",
        events=20_000,
        make=lambda topics: AlertStage(topics, VIEW, demo_subscribers()),
        fill=inputs.alert_input,
        inputs=lambda topics: [topics.reports(VIEW), topics.networks(VIEW)],
        outputs=lambda topics: [topics.alerts(one.id) for one in demo_subscribers()],
        changelog_partitions=PARTITIONS,
    )


STAGES: tuple[BenchStage, ...] = (
    path(),
    enrich(),
    release(),
    correlate(),
    alert(),
)

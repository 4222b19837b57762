"""What the stages are given to do: CBP's real figures with the invented story among them, under new ids.

Topic names are without a prefix. Each function gives what the stage before really writes, in the order of its input.
"""

import gc
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from itertools import count as count_up
from typing import Any

import orjson

from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.demo.platform import DEMO_AGENCIES
from deploy.demo.sources import DATA
from processors.correlation.stage import CorrelateStage
from processors.enrichment.stage import EnrichStage
from processors.protection.keys import parse_keys
from processors.reference import default_reference
from processors.release.stage import ReleaseStage
from processors.stages import OUTPUT_LIMIT_BYTES, Stage, StateView
from streams.envelope import Envelope, parse_time, source_of
from streams.mapping import MappedEvent, load_mapping, map_tables, open_table
from streams.parsing import canonical_json
from streams.records import Output, StoredRecord
from streams.registry import AGENCIES_FILE, Registry, load_registry
from streams.topics import Topics
from tests.bench.work import make_report
from tests.unit.correlating import invent_records

__all__ = [
    "KEYS",
    "SENDERS",
    "VIEW",
    "VIEWS",
    "alert_input",
    "comparisons",
    "fixed_reports",
    "forget",
    "intake",
    "registry",
    "release_input",
    "renditions",
]

VIEW = "joint"
VIEWS = (VIEW,)
STORY_EVERY = 10
"""One event in so many is of the story, as it is told again and again under new report ids."""
TOPICS = Topics()
KEYS = parse_keys("b1:" + "b7" * 32)
SENT = datetime(2025, 9, 1, tzinfo=UTC)
RECEIVED = datetime(2026, 8, 1, tzinfo=UTC)
"""Behind all that the story tells of."""
SENDERS = ("cbp", *load_registry(DEMO_AGENCIES))
"""The agencies that publish in `intake`; quixstreams opens a state for each partition, of idle topics too."""
CBP_FILES = (("cbp_drugs", "cbp_drug_seizures_fy22_25.csv.xz"), ("cbp_weapons", "cbp_weapons_seizures_fy22_25.csv.xz"))


@cache
def registry() -> Registry:
    """The agencies that publish here: those that ship, and those of the story."""
    return load_registry(AGENCIES_FILE, DEMO_AGENCIES)


@cache
def fixed_reports(count: int) -> tuple[Output, ...]:
    """Reports for the fixed work of `tests.bench.work`."""
    pool = [make_report(number) for number in range(min(count, 20_000))]
    return tuple(
        Output(TOPICS.enriched, b"CBP-2026-%07d" % number, pool[number % len(pool)]) for number in range(count)
    )


@cache
def intake(count: int) -> tuple[Output, ...]:
    """`count` published events on the topics of their agencies."""
    real, story = _cbp_events(), _story_events()
    return tuple(next(real) if number % STORY_EVERY else next(story) for number in range(count))


@cache
def release_input(count: int) -> tuple[Output, ...]:
    """What enrichment makes of `intake(count)`."""
    stage = EnrichStage(TOPICS, registry(), default_reference(), VIEWS, KEYS)
    found = _work(stage, intake(count))
    assert stage.counts["refused"] == 0, "an event of the benchmark was refused"
    return found


@cache
def renditions(count: int) -> tuple[Output, ...]:
    """What release makes of them for the view, renditions and comparison records together."""
    return _work(ReleaseStage(TOPICS, VIEWS, KEYS), release_input(count))


@cache
def comparisons(count: int) -> tuple[Output, ...]:
    """`count` comparison records in turns: one of a real figure or the story, one invented with identifiers to link.

    CBP's figures carry no identifiers, and the story told again and again would make a few huge networks.
    """
    topic = TOPICS.facts(VIEW)
    real = [output for output in renditions(count) if output.topic == topic]
    invented = (Output(topic, record["id"].encode(), canonical_json(record)) for record in invent_records(count))
    return tuple(next(invented) if number % 2 else real[number // 2] for number in range(count))


@cache
def alert_input(count: int) -> tuple[Output, ...]:
    """Versions of the networks that a fifth of `comparisons(count)` makes, then renditions: `count` in all."""
    compared = comparisons(count)[: count // 5]
    networks = [output for output in _work(CorrelateStage(TOPICS, VIEW), compared) if _is_network(output)]
    topic = TOPICS.reports(VIEW)
    reports = [output for output in renditions(count) if output.topic == topic]
    return (*networks, *reports)[:count]


def _is_network(output: Output) -> bool:
    return output.topic == TOPICS.networks(VIEW)


def forget() -> None:
    """Free what is kept: the collector would walk over it in whatever is measured next."""
    for kept in (fixed_reports, intake, release_input, renditions, comparisons, alert_input, _cbp_bodies):
        kept.cache_clear()
    gc.collect()


def _work(stage: Stage, given: Sequence[Output]) -> tuple[Output, ...]:
    state = StateView(lambda _key: None, OUTPUT_LIMIT_BYTES)
    outputs: list[Output] = []
    stamp = int(RECEIVED.timestamp() * 1000)
    for offset, record in enumerate(given):
        stored = StoredRecord(record.topic, 0, offset, stamp, record.key, record.value, record.headers)
        emitted = stage.process([stored], state)
        state.lay(emitted.rows)
        outputs += emitted.outputs
    return tuple(outputs)


def _cbp_events() -> Iterator[Output]:
    """CBP's seizures in a mixed order, again and again, the second time under other ids."""
    bodies = _cbp_bodies()
    for turn in count_up():
        for body in bodies:
            yield _publish("cbp", "puente.seizure.v1", _rename(body, turn), f"bench-{turn}", SENT)


@cache
def _cbp_bodies() -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)
    for name, file in CBP_FILES:
        mapping = load_mapping(name)
        with ExitStack() as stack:
            table = stack.enter_context(open_table(DATA / file, mapping.table))
            found += [
                orjson.loads(one.parsed.canonical)
                for one in map_tables(mapping, [table])
                if isinstance(one, MappedEvent)
            ]
    gc.set_threshold(*before)
    random.Random(7).shuffle(found)
    return tuple(found)


def _story_events() -> Iterator[Output]:
    lines = [orjson.loads(line) for line in SCENARIO_FILE.read_bytes().splitlines()]
    for turn in count_up():
        for line in lines:
            body, time = _rename(line["event"], turn), parse_time(line["time"])
            yield _publish(line["agency"], line["type"], body, f"{line['id']}-{turn}", time)


def _rename(body: dict[str, Any], turn: int) -> dict[str, Any]:
    return {**body, "report_id": f"{body['report_id']}-{turn}"} if turn else body


def _publish(agency: str, event_type: str, body: dict[str, Any], event_id: str, time: datetime) -> Output:
    """The record that `streams.publisher` writes."""
    headers = Envelope(event_id, source_of(agency), event_type, time).to_headers()
    return Output(TOPICS.intake(agency), body["report_id"].encode(), canonical_json(body), tuple(headers))

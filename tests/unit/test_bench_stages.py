"""What the benchmarks compare, and what they give the stages to do; no server."""

import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.parsing import parse_event
from streams.topics import INTAKE_LIMIT, Topics
from tests.bench.bench_latency import STEPS, make_event, pair_delays, read_faults, render_latency
from tests.bench.bench_stages import WAYS, Digest, render_stages
from tests.bench.index_watch import IndexWatch
from tests.bench.runners import RUNNERS, Job
from tests.bench.stages import STAGES, last_live
from tests.unit.enriching import SEIZURE

Written = tuple[str, bytes | None, bytes | None]
BYTES = st.one_of(st.none(), st.binary(max_size=6))
WRITTEN = st.lists(st.tuples(st.text(max_size=4), BYTES, BYTES), max_size=12)


@given(WRITTEN, st.randoms())
def test_the_digest_does_not_depend_on_the_order(written: list[Written], dice: random.Random) -> None:
    mixed = list(written)
    dice.shuffle(mixed)
    assert Digest.of(mixed) == Digest.of(written)


@given(WRITTEN, WRITTEN)
def test_the_digest_tells_other_outputs(left: list[Written], right: list[Written]) -> None:
    def plain(written: list[Written]) -> list[Written]:
        return sorted((topic, key or b"", value or b"") for topic, key, value in written)

    assert (Digest.of(left) == Digest.of(right)) == (plain(left) == plain(right))


def test_the_digest_counts_a_copy() -> None:
    one: Written = ("t", b"k", b"v")
    assert Digest.of([one]) != Digest.of([one, one])
    assert Digest.of([("t", b"ka", b"")]) != Digest.of([("t", b"k", b"a")])


def document(name: str, version: int, state: str = "live", **parts: Any) -> Written:
    tree = {"id": name, "version": version, "state": state, **parts}
    return ("links.joint", name.encode(), orjson.dumps(tree))


def test_of_each_live_document_the_highest_version_counts() -> None:
    told = [document("a", 2, score=2), document("a", 1, score=1), document("b", 1), document("b", 2, "withdrawn")]
    assert [orjson.loads(value or b"") for _, _, value in last_live(told)] == [
        {"id": "a", "version": 0, "state": "live", "score": 2}
    ]


def test_what_stood_only_inside_a_batch_makes_no_difference() -> None:
    short = [document("a", 5, score=2)]
    long = [document("a", 1, score=1), document("b", 2), document("b", 3, "withdrawn"), document("a", 6, score=2)]
    assert Digest.of(last_live(short)) == Digest.of(last_live(long))
    assert Digest.of(last_live(short)) != Digest.of(last_live([document("a", 6, score=3)]))


def test_every_stage_of_the_stream_is_measured_once() -> None:
    assert [stage.name for stage in STAGES] == ["path", "enrich", "release", "correlate", "alert"]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stage_reads_and_writes_topics_that_exist(stage: Any) -> None:
    from tests.bench.inputs import VIEWS, registry
    from tests.unit.alerting import demo_subscribers

    topics = Topics("b-")
    table = {spec.name: spec for spec in topics.table(registry(), VIEWS, (one.id for one in demo_subscribers()))}
    named = {*stage.inputs(topics), *stage.outputs(topics)}
    assert named <= table.keys()
    if stage.has_state:
        assert {table[name].partitions for name in stage.inputs(topics)} == {stage.changelog_partitions}
    assert stage.make(topics).name in (stage.name, "path")


def test_each_run_has_changelogs_of_its_own() -> None:
    stage = next(stage for stage in STAGES if stage.name == "alert")
    jobs = [Job("alert", "b-", "127.0.0.1:1", group, 1) for group in ("g1", "g2")]
    for way in ("ours", "quixstreams"):
        first, second = (set(RUNNERS[way].changelogs(job, stage)) for job in jobs)
        assert first
        assert not first & second
    assert RUNNERS["plain"].changelogs(jobs[0], stage) == []


def figures(**rates: float) -> dict[str, Any]:
    return {"events": 20_000, "events_per_second": rates, "remark": "what to know"}


def test_the_table_shows_the_ratios() -> None:
    shown = render_stages({"release": figures(ours=3000, quixstreams=1500, plain=6000)}).splitlines()
    assert shown[0].split() == ["stage", "events", *(f"{way}/s" for way in WAYS), "ours:quix", "ours:plain"]
    assert shown[2].split() == ["release", "20,000", "3,000", "1,500", "6,000", "2.00", "0.50"]
    assert shown[-1] == "release: what to know."


def test_a_link_counts_from_the_later_of_its_reports() -> None:
    assert pair_delays({("a", "b"): 50.0, ("a", "c"): 90.0}, {"a": 10.0, "b": 30.0}) == [20.0]


@given(st.integers(0, 999_999))
def test_the_reports_of_a_pair_share_a_plate_that_no_other_has(number: int) -> None:
    plates = [
        make_event(each)["conveyances"][0]["plates"][0]["number"]
        for each in (number - number % 2 + step for step in range(3))
    ]
    assert plates[0] == plates[1] != plates[2]
    parse_event(SEIZURE, orjson.dumps(make_event(number)), limit=INTAKE_LIMIT)


def test_steps_that_never_answered_are_told() -> None:
    found = {
        "steps": {step: {"count": 2, "p50": 1.0, "p95": 2.0, "p99": 2.0, "max": 2.0} for step in STEPS},
        "published_per_second": 99.8,
        "unanswered": {"search": 3},
        "restarted_workers": 1,
        "faults": ["enrich-0: it stalled"],
        "load": {"after": "2 cores"},
    }
    lines = render_latency(found).splitlines()
    assert lines[0].split() == ["publish", "to", "count", "p50", "p95", "p99", "max"]
    assert lines[-3:] == [
        "Never answered: 3 by search.",
        "1 workers were restarted: the figures say little.",
        "enrich-0: it stalled",
    ]


def test_only_what_went_wrong_is_read_from_the_logs(tmp_path: Path) -> None:
    lines = ['{"event": "ok", "level": "info"}', '{"event": "it stalled", "level": "error"}', "Traceback"]
    (tmp_path / "enrich-0.log").write_text("\n".join(lines), encoding="utf-8")
    assert read_faults(tmp_path) == ['enrich-0: {"event": "it stalled", "level": "error"}']


def test_a_watch_is_done_when_both_have_answered() -> None:
    watch = IndexWatch("http://127.0.0.1:1", "index")
    seen = [watch.is_done]
    watch.expect("a")
    seen.append(watch.is_done)
    for waiting in watch.waiting.values():
        waiting.discard("a")
        seen.append(watch.is_done)
    assert seen == [True, False, False, True]

"""The benchmark on a real Kafka, in small: every way of running a stage writes the same."""

import pytest

from tests.bench.bench_stages import WAYS, StageTopics
from tests.bench.stages import STAGES, BenchStage
from tests.conftest import RunningServers

EVENTS = 300


# All but the fixed work, which goes the way of `enrich`.
@pytest.mark.parametrize("stage", STAGES[1:], ids=lambda stage: stage.name)
def test_all_ways_write_the_same(servers: RunningServers, stage: BenchStage) -> None:
    with StageTopics(servers.kafka, stage) as world:
        world.fill(EVENTS)
        runs = {way: world.run(way) for way in WAYS}
    assert runs["ours"].digest.count > 0
    assert {run.digest for run in runs.values()} == {runs["ours"].digest}
    assert all(run.rate > 0 for run in runs.values())

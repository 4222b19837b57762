"""`kill -9` of the worker in mid-load, at seeded moments: every record comes out, in order per key."""

import random
from pathlib import Path

import pytest

from tests.conftest import RunningServers
from tests.live.batching_tools import World, open_world, wait_for_count


def kill_in_mid_load(world: World, *, records: int, kills: int, seed: int, stage: str) -> None:
    """Kill the worker `kills` times, each a seeded number of outputs after its start, then let it finish."""
    source = random.Random(seed)
    options = {"changelog": world.log, "store": "rocksdb://"} if stage == "count" else {}
    step = records // (kills + 1)
    for attempt in range(kills):
        world.publish(range(attempt * step, (attempt + 1) * step), keys=40)
        worker = world.start(stage=stage, delay_s=0.0005, **options)
        enough = world.count(world.out) + source.randint(1, step // 2)
        wait_for_count(world, world.out, enough)
        worker.kill()
    world.publish(range(kills * step, records), keys=40)
    world.start(stage=stage, **options)
    world.wait_until_caught_up(120)


@pytest.mark.parametrize(
    ("records", "kills", "seed"), [(4000, 4, 11), pytest.param(40_000, 25, 12, marks=pytest.mark.slow)]
)
def test_kill_9_loses_nothing_and_keeps_the_order(
    servers: RunningServers, prefix: str, tmp_path: Path, records: int, kills: int, seed: int
) -> None:
    with open_world(servers.kafka, prefix, tmp_path) as world:
        kill_in_mid_load(world, records=records, kills=kills, seed=seed, stage="pass")
        assert set(map(int, world.values(world.out))) == set(range(records))
        world.assert_order_kept()


@pytest.mark.parametrize(
    ("records", "kills", "seed"), [(2000, 3, 21), pytest.param(20_000, 15, 22, marks=pytest.mark.slow)]
)
def test_kill_9_counts_every_record_once(
    servers: RunningServers, prefix: str, tmp_path: Path, records: int, kills: int, seed: int
) -> None:
    with open_world(servers.kafka, prefix, tmp_path) as world:
        kill_in_mid_load(world, records=records, kills=kills, seed=seed, stage="count")
        seen = {(message.key(), int(message.value())) for message in world.read(world.out)}
        assert seen == {(b"k%d" % key, count) for key in range(40) for count in range(1, records // 40 + 1)}
        rows = {message.key(): message.value() for message in world.read(world.log)}
        counts = {key: int(value.split(b",")[0]) for key, value in rows.items() if not key.startswith(b"\x00")}
        assert counts == {b"k%d" % key: records // 40 for key in range(40)}

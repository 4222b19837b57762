"""The batch path on a real Kafka, each worker a process of its own."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.conftest import RunningServers, StartPrivateServers
from tests.live.batching_tools import World, open_world, wait_for_count
from tests.polling import poll_until


@pytest.fixture
def world(servers: RunningServers, prefix: str, tmp_path: Path) -> Iterator[World]:
    with open_world(servers.kafka, prefix, tmp_path) as opened:
        yield opened


def test_everything_passes_in_order_and_is_committed(world: World) -> None:
    world.publish(range(5000))
    worker = world.start()
    world.wait_until_caught_up()
    assert worker.terminate() == 0
    assert sorted(map(int, world.values(world.out))) == list(range(5000))
    world.assert_order_kept()


def test_two_workers_share_the_partitions_and_a_rebalance_loses_nothing(world: World) -> None:
    world.publish(range(3000))
    first = world.start("w1", delay_s=0.0005)
    poll_until(lambda: world.count(world.out) > 200, 30, "first output")
    second = world.start("w2", delay_s=0.0005)
    world.publish(range(3000, 6000))
    world.wait_until_caught_up()
    assert (second.terminate(), first.terminate()) == (0, 0)
    values = [int(value) for value in world.values(world.out)]
    assert set(values) == set(range(6000))
    assert len(values) == 6000, "a drained rebalance repeats nothing"
    world.assert_order_kept()
    assert "Setting newly assigned partitions" in second.text()


def test_a_failing_stage_exits_non_zero_and_commits_nothing_behind(world: World) -> None:
    producer = Producer({"bootstrap.servers": world.brokers})
    for value in (*(b"%d" % number for number in range(50)), b"poison", *(b"later" for _ in range(50))):
        producer.produce(world.source, value=value, partition=0)
    assert producer.flush(30) == 0
    worker = world.start(stage="poison")
    assert worker.process.wait(60) == 1
    assert world.committed()[0] <= 50
    assert b"later" not in world.values(world.out)
    assert "correct the stage" in worker.text()
    again = world.start(stage="poison")
    assert again.process.wait(60) == 1, "it comes again"


def test_a_killed_worker_with_a_static_id_resumes_at_once(world: World) -> None:
    world.publish(range(100))
    worker = world.start()
    world.wait_until_caught_up()
    worker.kill()
    world.publish(range(100, 200))
    began = time.monotonic()
    world.start()
    world.wait_until_caught_up()
    assert time.monotonic() - began < 8, "it waited for the session timeout"


def test_transaction_markers_and_aborted_records_are_committed_over(world: World) -> None:
    producer = Producer({"bootstrap.servers": world.brokers, "transactional.id": f"{world.prefix}tx"})
    producer.init_transactions(30)
    for number in range(6):
        producer.begin_transaction()
        for each in range(3):
            producer.produce(world.source, key=b"k", value=b"%d" % (10 * number + each))
        producer.abort_transaction(30) if number in (2, 5) else producer.commit_transaction(30)
    world.start()
    world.wait_until_caught_up()
    assert sorted(map(int, world.values(world.out))) == [10 * n + each for n in (0, 1, 3, 4) for each in range(3)]


def last_rows(world: World) -> dict[bytes, int]:
    """The changelog's last count of each key."""
    rows = {}
    for message in world.read(world.log):
        if not message.key().startswith(b"\x00"):
            rows[message.key()] = int((message.value() or b"0").split(b",")[0])
    return rows


@pytest.mark.parametrize("store", ["memory://", "rocksdb://"])
def test_counts_survive_kill_9_and_the_loss_of_the_local_state(world: World, store: str) -> None:
    source = random.Random(7)
    world.publish(range(4000), keys=50)
    for attempt in range(3):
        worker = world.start(stage="count", store=store, changelog=world.log, delay_s=0.0005)
        target = world.count(world.log) + source.randint(100, 400)
        wait_for_count(world, world.log, target)
        worker.kill()
        if attempt == 1:
            shutil.rmtree(world.folder / "w1")
    world.start(stage="count", store=store, changelog=world.log)
    world.wait_until_caught_up()
    assert last_rows(world) == {b"k%d" % number: 80 for number in range(50)}
    seen = Counter((message.key(), message.value()) for message in world.read(world.out))
    assert set(seen) == {(b"k%d" % key, b"%d" % count) for key in range(50) for count in range(1, 81)}


def test_a_zombies_rows_are_noticed_ignored_and_rewritten(world: World) -> None:
    world.publish(range(1000), keys=10)
    worker = world.start(stage="count", store="rocksdb://", changelog=world.log, stall_s=3.0)
    world.wait_until_caught_up()
    zombie = Producer({"bootstrap.servers": world.brokers})
    for partition in range(world.partitions):
        zombie.produce(world.log, key=b"k1", value=b"5,5", headers=[("epoch", b"0")], partition=partition)
        zombie.produce(world.log, key=b"new", value=b"5,5", headers=[("epoch", b"0")], partition=partition)
    assert zombie.flush(30) == 0
    assert worker.process.wait(30) == 1, "the watchdog sees it although nothing is being written"
    assert "was written by somebody else" in worker.text()
    shutil.rmtree(world.folder / "w1")
    world.start(stage="count", store="rocksdb://", changelog=world.log)
    world.publish(range(1000, 1100), keys=10)
    world.wait_until_caught_up()
    home = {message.key(): message.partition() for message in world.read(world.source)}
    rows = {}
    for message in world.read(world.log):
        rows[message.partition(), message.key()] = message.value()
    for (partition, key), value in rows.items():
        if key.startswith(b"k") and home[key] == partition:
            assert (value or b"").split(b",")[0] == b"110"
        elif not key.startswith(b"\x00"):
            assert value is None, "what only a zombie wrote is deleted again"


def test_a_missing_changelog_says_what_to_do(world: World) -> None:
    worker = world.start(stage="count", changelog=f"{world.prefix}nowhere", drain_s=2.0)
    assert worker.process.wait(60) == 1
    assert "create it" in worker.text()


def test_a_missing_input_says_what_to_do(world: World) -> None:
    worker = world.start(inputs=[f"{world.prefix}nowhere"])
    assert worker.process.wait(60) == 1
    assert "create it" in worker.text()


@pytest.mark.slow
def test_a_broker_restart_loses_nothing(private_servers: StartPrivateServers, prefix: str, tmp_path: Path) -> None:
    running = private_servers()
    with open_world(running.kafka, prefix, tmp_path) as world:
        world.publish(range(3000))
        worker = world.start(delay_s=0.001, stall_s=20.0)
        poll_until(lambda: world.count(world.out) > 200, 30, "output")
        running.local.kill("kafka")
        running.local.restart("kafka")
        world.publish(range(3000, 4000))
        for _ in range(3):
            if worker.process.poll() is not None:
                worker = world.start(stall_s=20.0)
            try:
                poll_until(world.caught_up, 40, "catching up", interval_s=0.5)
                break
            except AssertionError:
                continue
        world.wait_until_caught_up(20)
        assert set(map(int, world.values(world.out))) == set(range(4000))
        world.assert_order_kept()

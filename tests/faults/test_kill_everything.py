"""`kill -9` of the worker, the indexer, Kafka and Elasticsearch in mid-load: after restart the counts are exact."""

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from deploy.demo.counting import count_index
from deploy.demo.platform import Platform, await_indexed, start_workers
from deploy.demo.sources import CBP_SOURCES
from deploy.groups import enrich_group
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.local.state import ServerName
from deploy.pipeline import prepare
from deploy.publishing import PublishSummary, publish_files
from deploy.supervisor import Supervisor
from streams.registry import default_registry
from streams.topics import Topics
from tests.conftest import RunningServers, StartPrivateServers
from tests.live import cbp_truth
from tests.live.elastic import count_live
from tests.polling import poll_until

SEED = int(os.environ.get("PUENTE_TEST_SEED", "7"))
WEAPONS = CBP_SOURCES[1]


def kill_worker(supervisor: Supervisor, name: str) -> None:
    """SIGKILL to a worker as soon as it runs; one that an earlier kill took down with it is started first."""

    def find() -> int | None:
        supervisor.check()
        return supervisor.pids().get(name)

    os.kill(poll_until(find, 30, f"worker {name} runs"), signal.SIGKILL)


def kill_server(servers: RunningServers, name: ServerName) -> None:
    """SIGKILL to a server, then a start on the same data."""
    servers.local.kill(name)
    servers.local.restart(name)


def test_counts_are_exact_after_every_kind_of_kill(private_servers: StartPrivateServers, open_folder: Path) -> None:
    servers: RunningServers = private_servers()
    platform = Platform(
        addresses=Addresses(servers.kafka, servers.elasticsearch),
        topics=Topics("kill-"),
        registry=default_registry(),
        views=("joint",),
        workers=open_folder / "workers",
    )
    topics, quiet = platform.topics, Console(quiet=True)
    prepare(
        brokers=servers.kafka,
        elasticsearch=servers.elasticsearch,
        topics=topics,
        registry=platform.registry,
        views=platform.views,
    )
    published: list[PublishSummary] = []

    def publish() -> None:
        published.append(
            publish_files(
                WEAPONS.files, agency=WEAPONS.agency, mapping=WEAPONS.mapping, brokers=servers.kafka, topics=topics
            )
        )

    supervisor = start_workers(platform)
    publishing = threading.Thread(target=publish)
    kills: list[Callable[[], None]] = [
        lambda: kill_worker(supervisor, "enrich-0"),
        lambda: kill_worker(supervisor, "index-0"),
        lambda: kill_server(servers, "elasticsearch"),
        lambda: kill_server(servers, "kafka"),
        lambda: kill_worker(supervisor, "enrich-0"),
        lambda: kill_worker(supervisor, "index-0"),
    ]
    dice = random.Random(SEED)
    dice.shuffle(kills)
    expected = cbp_truth.weapon_events()
    marks = sorted(dice.randrange(1, expected) for _ in kills)
    try:
        publishing.start()
        for mark, kill in zip(marks, kills, strict=True):
            with StreamWatch(servers.kafka) as watch:
                poll_until(
                    lambda mark=mark, watch=watch: watch.count([topics.intake("cbp")]) >= mark or None,  # type: ignore[misc]
                    120,
                    f"{mark} events are published",
                )
            kill()
            supervisor.check()
        poll_until(lambda: not publishing.is_alive() or None, 180, "the publisher has finished")
        with StreamWatch(servers.kafka) as watch:
            await_indexed(watch, platform, supervisor, quiet)
            assert watch.group_lag(enrich_group(topics), [topics.intake("cbp")]).lag == 0
    finally:
        supervisor.stop()
        publishing.join(timeout=5)
    assert published, "the publisher failed"
    assert (published[0].published, published[0].refused) == (expected, 0)
    counts = count_index(servers.elasticsearch, topics, "joint", published[0].versions)
    assert (counts.found, counts.missing) == (expected, 0)
    assert count_live(servers.elasticsearch, "kill-reports-joint") == expected
    rows = len(cbp_truth.read_rows("cbp_weapons_*")[0])
    assert counts.items == count_live(servers.elasticsearch, "kill-items-joint") == rows
    assert count_live(servers.elasticsearch, "kill-dead-letters") == 0

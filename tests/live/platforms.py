"""A whole platform on the servers of the tests: topics, indices and every worker, under a prefix of its own."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from deploy import settings
from deploy.demo.platform import DEMO_AGENCIES, DEMO_SUBSCRIPTIONS, Platform, await_indexed, start_workers
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import prepare
from deploy.publishing import PublishSummary, publish_files
from deploy.supervisor import Supervisor
from streams.registry import AGENCIES_FILE, load_registry
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.live.elastic import ask

__all__ = ["await_all", "publish_lines", "run_platform", "story_platform"]

QUIET = Console(quiet=True)


def story_platform(
    servers: RunningServers | Addresses, prefix: str, folder: Path, *, views: Sequence[str] = ("joint",)
) -> Platform:
    """The platform as the demo has it, with the agencies and subscribers of the story; nothing is started."""
    files = (AGENCIES_FILE, DEMO_AGENCIES)
    return Platform(
        addresses=Addresses(servers.kafka, servers.elasticsearch),
        topics=Topics(prefix),
        registry=load_registry(*files),
        registry_files=files,
        subscribers=settings.read_subscriptions(DEMO_SUBSCRIPTIONS),
        subscriptions=DEMO_SUBSCRIPTIONS,
        views=tuple(views),
        workers=folder / "workers",
    )


@contextlib.contextmanager
def run_platform(platform: Platform) -> Iterator[Supervisor]:
    """Topics, indices and workers; the workers are stopped at the end."""
    prepare(
        brokers=platform.addresses.kafka,
        elasticsearch=platform.addresses.elasticsearch,
        topics=platform.topics,
        registry=platform.registry,
        views=platform.views,
        subscribers=platform.subscribers,
    )
    supervisor = start_workers(platform)
    try:
        yield supervisor
    finally:
        supervisor.stop()


def publish_lines(platform: Platform, lines: Sequence[str], folder: Path) -> PublishSummary:
    """Publish event lines (NDJSON) in this order; each names its agency."""
    file = folder / "lines.ndjson"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    summary = publish_files((file,), brokers=platform.addresses.kafka, topics=platform.topics)
    assert (summary.published, summary.refusals) == (len(lines), [])
    return summary


def await_all(platform: Platform, supervisor: Supervisor) -> None:
    """Wait until every stage and the indexer have done all that there is; searches find it from then on."""
    with StreamWatch(platform.addresses.kafka) as watch:
        await_indexed(watch, platform, supervisor, QUIET)
    # By itself an index shows new documents a second later: a dead letter was not found in time.
    ask(platform.addresses.elasticsearch, f"{platform.topics.prefix}*/_refresh")

"""The platform that the demo runs: its addresses and names, its workers, and waiting until all is done."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.groups import StageGroup, stage_groups
from deploy.lag import GroupLag, StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import index_groups
from deploy.supervisor import Supervisor
from processors.alerting.subscriptions import Subscriber
from streams.errors import PuenteError
from streams.registry import AGENCIES_FILE, Registry
from streams.topics import Topics

__all__ = [
    "DEMO_AGENCIES",
    "DEMO_SUBSCRIPTIONS",
    "DemoStalledError",
    "Platform",
    "await_indexed",
    "start_workers",
]

DEMO_AGENCIES = Path(__file__).with_name("agencies.yaml")
DEMO_SUBSCRIPTIONS = Path(__file__).with_name("subscriptions.yaml")
STALL_S = 120.0
POLL_S = 0.2


class DemoStalledError(PuenteError):
    """Nothing moved for two minutes while records were still waiting."""


@dataclass(frozen=True, slots=True)
class Platform:
    """Where the demo runs: addresses, names, configuration (and the files it came from), the workers' folder."""

    addresses: Addresses
    topics: Topics
    registry: Registry
    views: tuple[str, ...]
    workers: Path
    enrich_workers: int = 1
    registry_files: tuple[Path, ...] = (AGENCIES_FILE,)
    subscribers: tuple[Subscriber, ...] = ()
    subscriptions: Path | None = None

    def environ(self) -> dict[str, str]:
        """The environment of a worker process."""
        own = {
            "PUENTE_KAFKA": self.addresses.kafka,
            "PUENTE_ELASTICSEARCH": self.addresses.elasticsearch,
            "PUENTE_PREFIX": self.topics.prefix,
            "PUENTE_VIEWS": ",".join(self.views),
            "PUENTE_DATA": str(self.workers),
        }
        return {**os.environ, **own, **self.exports()}

    def exports(self) -> dict[str, str]:
        """What a shell must set so that commands in it know the platform's agencies and subscribers."""
        own = {"PUENTE_REGISTRY": os.pathsep.join(map(str, self.registry_files))}
        if self.subscriptions is not None:
            own["PUENTE_SUBSCRIPTIONS"] = str(self.subscriptions)
        return own

    @property
    def alerted_views(self) -> tuple[str, ...]:
        """The views that somebody waits for something in."""
        return tuple(view for view in self.views if any(one.view == view for one in self.subscribers))

    def groups(self) -> list[StageGroup]:
        """Every consumer group; one that reads what another writes stands behind it, the indexer's last."""
        indexers = index_groups(self.topics, self.views, self.subscribers)
        return [
            *stage_groups(self.topics, self.registry, self.views, self.alerted_views),
            *(StageGroup("index", group, tuple(read)) for group, read in indexers.items()),
        ]


def start_workers(platform: Platform) -> Supervisor:
    """Start every worker; the caller stops the supervisor."""
    supervisor = Supervisor(platform.workers, platform.environ())
    for number in range(platform.enrich_workers):
        supervisor.start(f"enrich-{number}", "enrich", "--number", str(number))
    supervisor.start("release-0", "release")
    for view in platform.views:
        supervisor.start(f"correlate-{view}", "correlate", "--view", view)
    for view in platform.alerted_views:
        supervisor.start(f"alert-{view}", "alert", "--view", view)
    supervisor.start("index-0", "index")
    return supervisor


def await_indexed(watch: StreamWatch, platform: Platform, supervisor: Supervisor, console: Console) -> None:
    """Wait until every stage has read all that the one before it wrote, and the indexer all that came of it.

    Raises `DemoStalledError` if nothing moves for two minutes; dead workers are started again meanwhile.
    """
    groups = platform.groups()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bars = {stage: progress.add_task(stage, total=None) for stage in dict.fromkeys(group.stage for group in groups)}
        moved, seen = time.monotonic(), -1
        while True:
            for notice in supervisor.check():
                console.print(notice)
            # In stream order: a stage that has nothing left writes nothing that the ones asked later would not see.
            lags = [(group.stage, watch.group_lag(group.group, group.inputs)) for group in groups]
            for stage, bar in bars.items():
                mine = [lag for name, lag in lags if name == stage]
                progress.update(bar, completed=sum(lag.done for lag in mine), total=sum(lag.end for lag in mine))
            waiting, done = _sum(lag for _, lag in lags)
            if waiting == 0:
                return
            if done != seen:
                moved, seen = time.monotonic(), done
            elif time.monotonic() - moved > STALL_S:
                raise DemoStalledError(
                    f"Nothing moved for {STALL_S:.0f} s with {waiting:,} records waiting: "
                    f"the workers' logs in {platform.workers} say why."
                )
            time.sleep(POLL_S)


def _sum(lags: Iterable[GroupLag]) -> tuple[int, int]:
    waiting = done = 0
    for lag in lags:
        waiting, done = waiting + lag.lag, done + lag.done
    return waiting, done

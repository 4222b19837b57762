"""The demo: the workers, the real CBP figures through the ordinary path, and a count afterwards."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.demo.cbp import CBP_SOURCES
from deploy.demo.counting import IndexCounts, count_index
from deploy.demo.samples import sample_searches
from deploy.demo.summary import DemoSummary
from deploy.lag import StreamWatch
from deploy.local.servers import Addresses
from deploy.pipeline import index_groups
from deploy.publishing import PublishSummary, publish_files
from deploy.supervisor import Supervisor
from deploy.workers import enrich_group
from streams.errors import PuenteError
from streams.registry import Registry
from streams.topics import Topics

__all__ = ["DemoStalledError", "Platform", "await_indexed", "find_problems", "run_demo", "start_workers"]

VIEW = "joint"
STALL_S = 120.0
POLL_S = 0.2


class DemoStalledError(PuenteError):
    """Nothing moved for two minutes while records were still waiting."""


@dataclass(frozen=True, slots=True)
class Platform:
    """Where the demo runs: addresses, names, and the folder of its workers."""

    addresses: Addresses
    topics: Topics
    registry: Registry
    views: tuple[str, ...]
    workers: Path
    enrich_workers: int = 1

    def environ(self) -> dict[str, str]:
        """The environment of a worker process."""
        own = {
            "PUENTE_KAFKA": self.addresses.kafka,
            "PUENTE_ELASTICSEARCH": self.addresses.elasticsearch,
            "PUENTE_PREFIX": self.topics.prefix,
            "PUENTE_VIEWS": ",".join(self.views),
            "PUENTE_DATA": str(self.workers),
        }
        return {**os.environ, **own}


def start_workers(platform: Platform) -> Supervisor:
    """Start the enrich workers and the indexer; the caller stops the supervisor."""
    supervisor = Supervisor(platform.workers, platform.environ())
    for number in range(platform.enrich_workers):
        supervisor.start(f"enrich-{number}", "enrich", "--number", str(number))
    supervisor.start("index-0", "index")
    return supervisor


def run_demo(platform: Platform, supervisor: Supervisor, console: Console) -> DemoSummary:
    """Publish everything, wait until it is indexed, and count. The workers must have been started."""
    topics = platform.topics
    with StreamWatch(platform.addresses.kafka) as watch:
        # What an earlier run left half done is not this run's.
        await_indexed(watch, platform, supervisor, console)
        before = _written(watch, topics)
        started = time.monotonic()
        published = [
            publish_files(
                source.files,
                agency=source.agency,
                mapping=source.mapping,
                brokers=platform.addresses.kafka,
                topics=topics,
                console=console,
            )
            for source in CBP_SOURCES
        ]
        await_indexed(watch, platform, supervisor, console)
        seconds = time.monotonic() - started
        after = _written(watch, topics)
    versions: dict[str, int] = {}
    for part in published:
        for document, version in part.versions.items():
            versions[document] = max(version, versions.get(document, 0))
    counts = count_index(platform.addresses.elasticsearch, topics, VIEW, versions)
    return _summarise(platform, published, before, after, counts, len(versions), seconds, supervisor.restarts > 0)


def await_indexed(watch: StreamWatch, platform: Platform, supervisor: Supervisor, console: Console) -> None:
    """Wait until enrichment has read all of the intake and the indexer all that came of it.

    Raises `DemoStalledError` if nothing moves for two minutes; dead workers are started again meanwhile.
    """
    topics = platform.topics
    intakes = [topics.intake(agency) for agency in platform.registry]
    groups = index_groups(topics, platform.views)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        enriching, indexing = progress.add_task("enriching", total=None), progress.add_task("indexing", total=None)
        moved, seen = time.monotonic(), (-1, -1)
        while True:
            for notice in supervisor.check():
                console.print(notice)
            enriched = watch.group_lag(enrich_group(topics), intakes)
            lags = [watch.group_lag(group, read) for group, read in groups.items()]
            done, end = sum(lag.done for lag in lags), sum(lag.end for lag in lags)
            progress.update(enriching, completed=enriched.done, total=enriched.end)
            progress.update(indexing, completed=done, total=end)
            # Enrichment first: what it still writes adds to what the indexer has to read.
            if enriched.lag == 0 and done == end:
                return
            if (enriched.done, done) != seen:
                moved, seen = time.monotonic(), (enriched.done, done)
            elif time.monotonic() - moved > STALL_S:
                raise DemoStalledError(
                    f"Nothing moved for {STALL_S:.0f} s with {enriched.lag + end - done:,} records waiting: "
                    f"the workers' logs in {platform.workers} say why."
                )
            time.sleep(POLL_S)


def _written(watch: StreamWatch, topics: Topics) -> tuple[int, int]:
    """Records ever written to the view and to the dead letters."""
    return watch.count([topics.reports(VIEW)]), watch.count([topics.dead_letters])


def _summarise(
    platform: Platform,
    published: list[PublishSummary],
    before: tuple[int, int],
    after: tuple[int, int],
    counts: IndexCounts,
    reports: int,
    seconds: float,
    restarted: bool,
) -> DemoSummary:
    events = sum(part.published for part in published)
    enriched, refused = after[0] - before[0], after[1] - before[1]
    rows = sum(part.refused for part in published)
    problems = find_problems(events, enriched, refused, rows, counts, restarted=restarted)
    return DemoSummary(
        published=events,
        enriched=enriched,
        refused=refused,
        reports=reports,
        indexed=counts.found,
        items=counts.items,
        seconds=round(seconds, 3),
        events_per_second=round(events / seconds, 1),
        searches=sample_searches(platform.addresses.elasticsearch, platform.topics, VIEW),
        problems=problems,
        addresses={"Kafka": platform.addresses.kafka, "Elasticsearch": platform.addresses.elasticsearch},
    )


def find_problems(
    events: int, enriched: int, refused: int, rows: int, counts: IndexCounts, *, restarted: bool
) -> tuple[str, ...]:
    """What is off, one sentence each; the demo's data gives none.

    `events` were published, `rows` refused before. After a `restarted` worker records may have been enriched twice:
    delivery is at least once, and the index counts them once all the same.
    """
    done = enriched + refused
    checks = (
        (rows > 0, f"{rows} rows of a CBP file were refused before publishing"),
        (done < events, f"{events - done} events were neither enriched nor refused"),
        (refused > 0, f"{refused} events were refused"),
        (done > events and not restarted, f"{done - events} records more were enriched than published"),
        (counts.missing > 0, f"{counts.missing} reports are missing from the index"),
        (
            counts.items != counts.items_of_reports,
            f"{counts.items} items are in the index, its reports have {counts.items_of_reports}",
        ),
    )
    return tuple(words for is_off, words in checks if is_off)

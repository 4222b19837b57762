"""The demo: the real CBP figures, an invented story and invented briefings, and a count afterwards."""

import time
from dataclasses import dataclass

from rich.console import Console

from deploy.demo.briefings import (
    compare_extraction,
    find_extraction_problems,
    load_briefings_truth,
    read_mentions,
)
from deploy.demo.counting import IndexCounts, count_index
from deploy.demo.platform import Platform, await_indexed
from deploy.demo.samples import sample_searches
from deploy.demo.sources import BRIEFINGS, CBP_SOURCES, STORY
from deploy.demo.story_check import compare_story, load_truth, read_story, withheld_documents
from deploy.demo.summary import DemoSummary, tell_story
from deploy.lag import StreamWatch
from deploy.publishing import PublishSummary, publish_files
from deploy.supervisor import Supervisor
from streams.topics import Topics

__all__ = ["VIEW", "find_problems", "run_demo"]

VIEW = "joint"
"""The view that the story is told in."""


@dataclass(frozen=True, slots=True)
class Written:
    """Records ever written to the stream: enriched ones, and dead letters."""

    enriched: int
    refused: int

    def since(self, before: "Written") -> "Written":
        """What was added."""
        return Written(self.enriched - before.enriched, self.refused - before.refused)


def run_demo(platform: Platform, supervisor: Supervisor, console: Console) -> DemoSummary:
    """Publish everything, wait until it is indexed, and count. The workers must have been started."""
    topics, brokers, elasticsearch = platform.topics, platform.addresses.kafka, platform.addresses.elasticsearch
    truth, labels = load_truth(), load_briefings_truth()
    with StreamWatch(brokers) as watch:
        # What an earlier run left half done is not this run's.
        await_indexed(watch, platform, supervisor, console)
        before = _written(watch, topics)
        started = time.monotonic()
        published = [
            publish_files(
                source.files,
                agency=source.agency,
                mapping=source.mapping,
                brokers=brokers,
                topics=topics,
                console=console,
            )
            for source in (*CBP_SOURCES, STORY, BRIEFINGS)
        ]
        await_indexed(watch, platform, supervisor, console)
        seconds = time.monotonic() - started
        written = _written(watch, topics).since(before)
    versions = _newest(published)
    withheld = withheld_documents(truth, VIEW)
    counts = count_index(elasticsearch, topics, VIEW, {name: versions[name] for name in versions.keys() - withheld})
    leaked = count_index(elasticsearch, topics, VIEW, dict.fromkeys(withheld, 0)).found
    story = read_story(elasticsearch, topics, VIEW).of(agency for agency in truth["by_agency"])
    extraction = compare_extraction(read_mentions(elasticsearch, topics, VIEW, labels["reports"]), labels)
    events = sum(part.published for part in published)
    rows = sum(part.refused for part in published)
    restarted = supervisor.restarts > 0
    return DemoSummary(
        published=events,
        enriched=written.enriched,
        refused=written.refused,
        reports=len(versions),
        withheld=len(withheld),
        indexed=counts.found,
        items=counts.items,
        links=len(story.strong()),
        possible_links=len(story.links) - len(story.strong()),
        networks=len(story.networks),
        alerts=len(story.alerts),
        seconds=round(seconds, 3),
        events_per_second=round(events / seconds, 1),
        story=tell_story(story, truth),
        extraction=extraction,
        searches=sample_searches(elasticsearch, topics, VIEW),
        problems=(
            *find_problems(events, written.enriched, written.refused, rows, counts, leaked=leaked, restarted=restarted),
            *compare_story(story, truth),
            *find_extraction_problems(extraction),
        ),
        addresses={"Kafka": brokers, "Elasticsearch": elasticsearch},
        exports=platform.exports(),
    )


def _newest(published: list[PublishSummary]) -> dict[str, int]:
    versions: dict[str, int] = {}
    for part in published:
        for document, version in part.versions.items():
            versions[document] = max(version, versions.get(document, 0))
    return versions


def _written(watch: StreamWatch, topics: Topics) -> Written:
    return Written(watch.count([topics.enriched]), watch.count([topics.dead_letters]))


def find_problems(
    events: int, enriched: int, refused: int, rows: int, counts: IndexCounts, *, leaked: int = 0, restarted: bool
) -> tuple[str, ...]:
    """What is off, one sentence each; the demo's data gives none.

    `events` were published, `rows` refused before, `leaked` reports are in a view that may not see them. After a
    `restarted` worker records may have been enriched twice: delivery is at least once, and everything behind it counts
    them once all the same.
    """
    done = enriched + refused
    checks = (
        (rows > 0, f"{rows} rows of a file were refused before publishing"),
        (done < events, f"{events - done} events were neither enriched nor refused"),
        (refused > 0, f"{refused} events were refused"),
        (done > events and not restarted, f"{done - events} records more were enriched than published"),
        (leaked > 0, f"{leaked} reports are in the joint view that were released to one nation alone"),
        (counts.missing > 0, f"{counts.missing} reports are missing from the index"),
        (
            counts.items != counts.items_of_reports,
            f"{counts.items} items are in the index, its reports have {counts.items_of_reports}",
        ),
    )
    return tuple(words for is_off, words in checks if is_off)

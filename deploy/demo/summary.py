"""What the demo says at the end: one value, printed for people or as one JSON object."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast

import orjson
from rich.console import Console
from rich.table import Table

from deploy.demo.briefings import Extraction
from deploy.demo.story_check import Story, network_name
from deploy.explaining import explain_link
from streams.links import LinkDocument

__all__ = ["DemoSummary", "NetworkFound", "SampleSearch", "StoryTold", "print_summary", "tell_story"]


@dataclass(frozen=True, slots=True)
class SampleSearch:
    """One search and its first hits, each as one line."""

    query: str
    total: int
    hits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkFound:
    """A network of the story, by the name that the truth gives it."""

    id: str
    name: str
    reports: int
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryTold:
    """The networks of the story, the largest first, and why one pair of its reports is linked, line by line."""

    networks: tuple[NetworkFound, ...]
    link: str
    explanation: tuple[str, ...]


def tell_story(story: Story, truth: Mapping[str, Any]) -> StoryTold | None:
    """What is said of the story; None if nothing was linked. The explained link is one between two agencies, with the
    most reasons.
    """
    if not story.strong():
        return None
    networks = tuple(
        NetworkFound(
            one["id"], network_name(one, truth) or "not in the story", one["member_count"], tuple(one["agencies"])
        )
        for one in sorted(story.networks, key=lambda one: (-one["member_count"], one["id"]))
    )
    shown = max(story.strong(), key=lambda one: (one["cross_agency"], one["reason_count"], one["score"], one["id"]))
    return StoryTold(networks, shown["id"], tuple(explain_link(cast("LinkDocument", shown))))


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """The counts of one run.

    `published` events acknowledged by Kafka; `enriched` of them taken in and `refused` to the dead letters (together
    they are `published`); `reports` distinct reports among the published ones, of which `withheld` are not for the
    joint view and `indexed` are found in its index in the version published or a later one; strong `links`,
    `possible_links`, `networks` and standing `alerts` of the story; `events_per_second` from first publish to last
    indexed; `extraction` what was read out of the briefings; `exports` the variables that make a shell know the demo's
    agencies and subscribers.
    """

    published: int
    enriched: int
    refused: int
    reports: int
    withheld: int
    indexed: int
    items: int
    links: int
    possible_links: int
    networks: int
    alerts: int
    seconds: float
    events_per_second: float
    story: StoryTold | None = None
    extraction: Extraction | None = None
    searches: tuple[SampleSearch, ...] = ()
    problems: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Nothing is missing and nothing is there twice."""
        return not self.problems

    def to_json(self) -> str:
        """One JSON object on one line; `extracted` and `expected` are kilograms by commodity, out of the briefings."""
        read = self.extraction
        kilograms = {"extracted": read.extracted(), "expected": read.expected()} if read is not None else {}
        return orjson.dumps({**asdict(self), **kilograms}).decode()


def print_summary(summary: DemoSummary, console: Console) -> None:
    """The summary as a person reads it."""
    counts = Table.grid(padding=(0, 2))
    counts.add_column(justify="right")
    counts.add_column()
    for value, words in (
        (summary.published, "events published and acknowledged"),
        (summary.enriched, "validated and enriched"),
        (summary.refused, "refused, with a reason each (puente dead-letters list)"),
        (summary.indexed, f"reports in the joint view, of {summary.reports:,} published"),
        (summary.withheld, "reports for one nation alone, withheld from it"),
        (summary.items, "seized items in the index"),
        (summary.links, "strong links between reports of the invented story"),
        (summary.possible_links, "pairs that are possibly related, no more"),
        (summary.networks, "networks"),
        (summary.alerts, "alerts standing, of all subscribers together (puente alerts names them)"),
    ):
        counts.add_row(f"{value:,}", words)
    took = f"events a second, from publish to index ({summary.seconds:.1f} s)"
    counts.add_row(f"{summary.events_per_second:,.0f}", took)
    console.print()
    console.print(counts)
    if summary.story is not None:
        _print_story(summary.story, console)
    if summary.extraction is not None:
        _print_extraction(summary.extraction, console)
    for search in summary.searches:
        console.print(f'\n[bold]puente search "{search.query}"[/bold]  {search.total:,} hits', highlight=False)
        for hit in search.hits:
            console.print(f"  {hit}", highlight=False, markup=False, soft_wrap=True)
    for problem in summary.problems:
        console.print(f"[red]Off:[/red] {problem}")
    _where_next(summary, console)


def _print_story(story: StoryTold, console: Console) -> None:
    lines = ["", "Networks of the invented story:"]
    lines += [
        f"  {one.name}: {one.reports} reports of {len(one.agencies)} agencies, puente network {one.id}"
        for one in story.networks
    ]
    lines += ["", f"Why are two of them linked? puente why {story.link}", *(f"  {line}" for line in story.explanation)]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)


def _print_extraction(read: Extraction, console: Console) -> None:
    told = read.found + read.missed
    lines = [
        "",
        f"Read out of {read.reports} fictional briefings in Spanish and English: {read.found} of {told} amounts, "
        f"and {read.invented} that no text tells of",
        *(
            f"  {one.commodity.replace('_', ' ')} {one.found:,.1f} kg told in {one.texts} "
            f"{'text' if one.texts == 1 else 'texts'} (truth {one.true:,.1f})"
            for one in read.kilograms
        ),
        "Single seizures without totals over a period. Several texts may tell of one load, which then counts in each.",
    ]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)


def _where_next(summary: DemoSummary, console: Console) -> None:
    lines = ["", "A lead, not proof: obtain the original from the agency that published it.", "", "Where to look next:"]
    lines += [f"  {name:<14} {address}" for name, address in summary.addresses.items()]
    lines += [
        "  search         puente search QUERY [--json]",
        "  networks       puente network [ID]",
        "  why linked     puente why LINK",
        "  refused        puente dead-letters list",
    ]
    if summary.exports:
        lines += ["", "So that a shell knows the demo's agencies and subscribers, type there first:"]
        lines += [f"  export {name}={shlex.quote(value)}" for name, value in summary.exports.items()]
    lines += [
        "  alerts         puente alerts, then: puente alerts --follow NAME",
        "  publish        puente publish FILE --agency NAME --mapping M --check",
    ]
    # Not folded at the edge of the terminal: these lines are there to be copied.
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)

"""What the demo says at the end: one value, printed for people or as one JSON object."""

from dataclasses import asdict, dataclass, field

import orjson
from rich.console import Console
from rich.table import Table

__all__ = ["DemoSummary", "SampleSearch", "print_summary"]


@dataclass(frozen=True, slots=True)
class SampleSearch:
    """One search and its first hits, each as one line."""

    query: str
    total: int
    hits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """The counts of one run.

    `published` events acknowledged by Kafka; `enriched` of them released to the view and `refused` to the dead letters
    (together they are `published`); `reports` distinct reports among the published ones, of which `indexed` are found
    in the index in the version published or a later one; `events_per_second` from first publish to last indexed.
    """

    published: int
    enriched: int
    refused: int
    reports: int
    indexed: int
    items: int
    seconds: float
    events_per_second: float
    searches: tuple[SampleSearch, ...] = ()
    problems: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Nothing is missing and nothing is there twice."""
        return not self.problems

    def to_json(self) -> str:
        """One JSON object on one line."""
        return orjson.dumps(asdict(self)).decode()


def print_summary(summary: DemoSummary, console: Console) -> None:
    """The summary as a person reads it."""
    counts = Table.grid(padding=(0, 2))
    counts.add_column(justify="right")
    counts.add_column()
    for value, words in (
        (summary.published, "events published and acknowledged"),
        (summary.enriched, "enriched and released to the joint view"),
        (summary.refused, "refused, with a reason each (puente dead-letters list)"),
        (summary.indexed, f"reports in the index, of {summary.reports} (the same report published again counts once)"),
        (summary.items, "seized items in the index"),
    ):
        counts.add_row(f"{value:,}", words)
    took = f"events a second, from publish to index ({summary.seconds:.1f} s)"
    counts.add_row(f"{summary.events_per_second:,.0f}", took)
    console.print()
    console.print(counts)
    for search in summary.searches:
        console.print(f'\n[bold]puente search "{search.query}"[/bold]  {search.total:,} hits', highlight=False)
        for hit in search.hits:
            console.print(f"  {hit}", highlight=False, markup=False, soft_wrap=True)
    for problem in summary.problems:
        console.print(f"[red]Off:[/red] {problem}")
    _where_next(summary.addresses, console)


def _where_next(addresses: dict[str, str], console: Console) -> None:
    lines = ["", "A lead, not proof: obtain the original from the agency that published it.", "", "Where to look next:"]
    lines += [f"  {name:<14} {address}" for name, address in addresses.items()]
    lines += [
        "  search         puente search QUERY [--json]",
        "  refused        puente dead-letters list",
        "  publish        puente publish FILE --agency NAME --mapping M --check",
    ]
    console.print("\n".join(lines), highlight=False, markup=False)

"""How fast texts are read: `python -m tests.bench.bench_texts [--json]`.

The enrich stage on one core, no Kafka: structured reports with a narrative of 300 characters, the same without one, and
news of 5 kB, and such as are one list of seizures. Every text is different. Reports a second are medians of several
runs; then where the time of one goes.
"""

import argparse
import gc
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from processors.enrichment import ENRICHERS
from processors.enrichment.draft import Draft, Enricher, Finding
from processors.enrichment.stage import EnrichStage
from processors.reference import default_reference
from streams.records import StoredRecord
from streams.registry import default_registry
from tests.bench.narratives import news_event, report_event
from tests.unit.enriching import KEYS, SEIZURE, TOPICS, empty_state, store

NEWS = "puente.news.v1"
WANTED = {"report": 3_000.0, "news": 300.0}
"""Reports a second that the issue of reading texts asks of one core."""


def _stage(enrichers: Sequence[Enricher] = ENRICHERS) -> EnrichStage:
    return EnrichStage(TOPICS, default_registry(), default_reference(), ("joint",), KEYS, enrichers)


def _records(kind: str, count: int) -> list[StoredRecord]:
    if kind in {"news", "lists"}:
        events = (news_event(number, around=0.0) if kind == "lists" else news_event(number) for number in range(count))
        return [store(event, event_type=NEWS, offset=number) for number, event in enumerate(events)]
    length = 300 if kind == "report" else 0
    return [store(report_event(number, length), event_type=SEIZURE, offset=number) for number in range(count)]


def _rate(stage: EnrichStage, records: Sequence[StoredRecord]) -> float:
    """Records a second of this process's own time."""
    gc.collect()
    start = time.process_time()
    emitted = stage.process(records, empty_state())
    took = time.process_time() - start
    assert len(emitted.outputs) == len(records)
    assert all(output.topic == TOPICS.enriched for output in emitted.outputs), "a record was refused"
    return len(records) / took


def _timed(enricher: Enricher, spent: Counter[str]) -> Enricher:
    def run(draft: Draft) -> Iterator[Finding]:
        start = time.perf_counter()
        found = list(enricher(draft))
        spent[enricher.__name__] += int((time.perf_counter() - start) * 1e9)
        return iter(found)

    run.__name__ = enricher.__name__
    return run


def _shares(records: Sequence[StoredRecord]) -> dict[str, float]:
    """Microseconds of one record in each enricher, and in all else (parsing, checks, protection, writing)."""
    spent: Counter[str] = Counter()
    stage = _stage([_timed(enricher, spent) for enricher in ENRICHERS])
    start = time.perf_counter()
    stage.process(records, empty_state())
    whole = time.perf_counter() - start
    shares = {name: round(nanoseconds / 1e3 / len(records), 1) for name, nanoseconds in spent.most_common()}
    rest = whole * 1e6 / len(records) - sum(shares.values())
    return {**shares, "all else": round(rest, 1)}


def measure(runs: int, reports: int, news: int) -> dict[str, Any]:
    """Medians of `runs`, the kinds in turn, and the shares of one more run."""
    counts = {"report": reports, "bare": reports, "news": news, "lists": news}
    work = {kind: _records(kind, count) for kind, count in counts.items()}
    stage = _stage()
    rates: dict[str, list[float]] = {kind: [] for kind in work}
    for records in work.values():
        _rate(stage, records[: len(records) // 10])  # loads the reference data
    for _ in range(runs):
        for kind, records in work.items():
            rates[kind].append(_rate(stage, records))
    medians = {kind: round(statistics.median(found), 1) for kind, found in rates.items()}
    return {
        "reports_a_second": medians,
        "wanted": WANTED,
        "with_text_to_without": round(medians["report"] / medians["bare"], 3),
        "microseconds": {kind: _shares(work[kind]) for kind in ("report", "news")},
    }


def main(print_line: Callable[[str], None] = print) -> None:
    """Print the figures, or one JSON object with --json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--reports", type=int, default=2_000)
    options.add_argument("--news", type=int, default=200)
    chosen = options.parse_args()
    figures = measure(chosen.runs, chosen.reports, chosen.news)
    if chosen.json:
        print_line(json.dumps(figures))
        return
    medians = figures["reports_a_second"]
    print_line(f"structured reports, narrative of 300 characters  {medians['report']:>9,.0f}/s  (wanted 3,000)")
    print_line(f"the same without a narrative                     {medians['bare']:>9,.0f}/s")
    print_line(f"with text : without                              {figures['with_text_to_without']:>9.2f}")
    print_line(f"news of 5 kB                                     {medians['news']:>9,.0f}/s  (wanted 300)")
    print_line(f"the same, every sentence an amount               {medians['lists']:>9,.0f}/s")
    for kind, shares in figures["microseconds"].items():
        print_line(f"\nmicroseconds of one {kind}:")
        for name, spent in shares.items():
            print_line(f"    {name:28} {spent:9.1f}")


if __name__ == "__main__":
    main()

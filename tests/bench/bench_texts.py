"""How fast texts are read: `python -m tests.bench.bench_texts [--compiled] [--json]`.

The enrich stage on one core, no Kafka: structured reports with a narrative of 300 characters, the same without one, and
news of 5 kB, and such as are one list of seizures. Every text is different. Reports a second are medians of several
runs; then where the time of one goes.

With --compiled the copy that `make compiled` made runs beside the sources, in processes of their own, in turn.
"""

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from deploy.compiling import compiled_folder, stale_files
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
"""Records a second of one core that are aimed at."""
_NAMES = {
    "report": "structured reports, narrative of 300 characters",
    "bare": "the same without a narrative",
    "news": "news of 5 kB",
    "lists": "the same, every sentence an amount",
}
_ROOT = Path(__file__).parents[2]


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


def compare(runs: int, reports: int, news: int) -> dict[str, Any]:
    """Medians of `runs` processes of the sources and of the compiled copy, in turn; ends the process with a sentence if
    the copy is missing or was made of other files.
    """
    if stale := stale_files(_ROOT):
        sys.exit(f"The compiled copy lacks {stale[0]} as it is now: run `make compiled`.")
    folders = {"sources": _ROOT, "compiled": compiled_folder(_ROOT)}
    counts = (f"--reports={reports}", f"--news={news}")
    rates: dict[str, list[dict[str, float]]] = {name: [] for name in folders}
    for _ in range(runs):
        for name, folder in folders.items():
            command = [sys.executable, "-m", "tests.bench.bench_texts", "--json", "--runs=1", *counts]
            path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
            environment = {**os.environ, "PYTHONPATH": path}
            done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE)
            rates[name].append(json.loads(done.stdout)["reports_a_second"])
    medians = {
        name: {kind: statistics.median(one[kind] for one in found) for kind in _NAMES} for name, found in rates.items()
    }
    ratios = {kind: round(medians["compiled"][kind] / rate, 2) for kind, rate in medians["sources"].items()}
    return {"reports_a_second": medians, "wanted": WANTED, "compiled_to_sources": ratios}


def main(print_line: Callable[[str], None] = print) -> None:
    """Print the figures, or one JSON object with --json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--compiled", action="store_true", help="hold the compiled copy beside the sources")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--reports", type=int, default=2_000)
    options.add_argument("--news", type=int, default=200)
    chosen = options.parse_args()
    figures = (compare if chosen.compiled else measure)(chosen.runs, chosen.reports, chosen.news)
    if chosen.json:
        print_line(json.dumps(figures))
        return
    medians = figures["reports_a_second"]
    if chosen.compiled:
        print_line(f"{'':48} {'sources':>9} {'compiled':>9} {'ratio':>6}")
        for kind, name in _NAMES.items():
            ours, theirs = medians["sources"][kind], medians["compiled"][kind]
            print_line(f"{name:48} {ours:>7,.0f}/s {theirs:>7,.0f}/s {theirs / ours:>6.2f}{_wish(kind)}")
        return
    for kind, name in _NAMES.items():
        print_line(f"{name:48} {medians[kind]:>9,.0f}/s{_wish(kind)}")
    print_line(f"{'with text : without':48} {figures['with_text_to_without']:>9.2f}")
    print_line("These are the sources as they are; with --compiled the copy of `make compiled` runs beside them.")
    for kind, shares in figures["microseconds"].items():
        print_line(f"\nmicroseconds of one {kind}:")
        for name, spent in shares.items():
            print_line(f"    {name:28} {spent:9.1f}")


def _wish(kind: str) -> str:
    return f"  (wanted {WANTED[kind]:,.0f})" if kind in WANTED else ""


if __name__ == "__main__":
    main()

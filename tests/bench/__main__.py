"""`make bench`: events a second of each stage, documents a second into the index, and latency, one after the other.

    make bench ARGS="--stage release --runs 5 --json"

Everything runs on one fresh pair of real servers. With `--stage` only those stages are measured (`index` and `latency`
are two more). The costs inside one process have programs of their own: bench_enrichment, bench_correlation,
bench_alerting.
"""

import argparse
import asyncio
import json
import sys
import time

from tests.bench import inputs
from tests.bench.bench_indexing import render_indexing, run_benchmark
from tests.bench.bench_latency import measure_latency, render_latency
from tests.bench.bench_stages import render_stages, run_stages
from tests.bench.servers import bench_servers, machine_load
from tests.bench.stages import STAGES

NAMES = (*(stage.name for stage in STAGES), "index", "latency")


def main() -> int:
    """Run what was asked for; nothing runs beside it, for they would disturb each other."""
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stage", choices=NAMES, action="append", help="measure this alone; may be repeated")
    parser.add_argument("--runs", type=int, default=3, help="runs of each way; the median counts")
    parser.add_argument("--events", type=int, help="records of each stage, instead of its own number")
    parser.add_argument("--documents", type=int, default=6_000, help="reports to index")
    parser.add_argument("--rate", type=float, default=100.0, help="reports a second for latency")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long latency is measured")
    parser.add_argument("--kafka", help="HOST:PORT; what isn't given is started")
    parser.add_argument("--elasticsearch", help="URL")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    args = parser.parse_args()
    wanted = args.stage or NAMES
    began = time.monotonic()
    found: dict[str, object] = {"load": {"before": machine_load()}}
    shown: list[str] = []
    with bench_servers(args.kafka, args.elasticsearch) as addresses:
        stages = [stage for stage in STAGES if stage.name in wanted]
        if stages:
            figures = run_stages(addresses.kafka, stages, args.runs, args.events)
            found["stages"] = figures
            shown.append(render_stages(figures))
            inputs.forget()
        if "index" in wanted:
            indexed = asyncio.run(run_benchmark(addresses.elasticsearch, args.documents, args.runs))
            found["index"] = indexed
            shown.append(render_indexing(indexed))
        if "latency" in wanted:
            late = measure_latency(addresses, args.rate, args.seconds)
            found["latency"] = late
            shown.append(render_latency(late))
    found["load"] = {"before": found["load"]["before"], "after": machine_load()}  # type: ignore[index]
    found["seconds"] = round(time.monotonic() - began, 1)
    shown.append(f"{found['seconds']} s in all; {machine_load()}.")
    print(json.dumps(found) if args.json else "\n\n".join(shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())

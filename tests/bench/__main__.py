"""`make bench`: every benchmark in turn, each both sides in one go. Arguments go to all of them."""

import subprocess
import sys

BENCHES = ("bench_batching", "bench_enrichment", "bench_indexing")


def main() -> int:
    """Run the benchmarks one after the other, for they would disturb each other; the worst exit code."""
    worst = 0
    for name in BENCHES:
        print(f"\n== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *sys.argv[1:]], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    raise SystemExit(main())

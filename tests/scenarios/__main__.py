"""Writes a fictional scenario and its truth.

Example:
  python -m tests.scenarios --seed 7 --reports 5000 --out cases/7
  PUENTE_REGISTRY=deploy/demo/agencies.yaml puente enrich cases/7/events.ndjson > cases/7/enriched.ndjson
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.scenarios.scenario import generate


def main(arguments: list[str] | None = None) -> int:
    """Write events.ndjson and truth.json; the agencies are those of deploy/demo/agencies.yaml."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.scenarios", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7, help="which scenario; the same seed gives the same bytes")
    parser.add_argument("--reports", type=int, default=5000, help="reports; duplicates and revisions come on top")
    parser.add_argument("--out", type=Path, required=True, help="folder for events.ndjson and truth.json")
    args = parser.parse_args(arguments)
    began = time.monotonic()
    scenario = generate(args.seed, args.reports)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "events.ndjson").write_text("".join(f"{line}\n" for line in scenario.events), encoding="utf-8")
    tree = scenario.truth.as_json()
    (args.out / "truth.json").write_text(json.dumps(tree, ensure_ascii=False) + "\n", encoding="utf-8")
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in tree["counts"].items())
    print(f"{counts}; {time.monotonic() - began:.1f} s; wrote {args.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

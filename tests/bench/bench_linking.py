"""How well reports are linked, on invented cases that the weights were not learned from.

python -m tests.bench.bench_linking --seed 131 132 133 --reports 5000

Prints for each scenario precision and recall of strong links (recall over the true pairs that still share
identifier-grade evidence), of strong and possible ones (over all true pairs), B-cubed F1 of networks, strong links made
by bait, and pairs of one event; then, of the first, a table for each kind of noise.
"""

import argparse

from tests.scenarios import generate
from tests.scenarios.linking import enrich_scenario, judge_scenario
from tests.scenarios.measure import render_noise
from tests.unit.enriching import KEYS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, nargs="+", default=[131, 132, 133], help="1 to 7 taught the weights")
    parser.add_argument("--reports", type=int, default=5_000)
    args = parser.parse_args()
    print(
        "seed   strong: precision recall   linked: precision recall   networks: B3 F1   bait made strong"
        "   events: precision recall"
    )
    table = ""
    for seed in args.seed:
        scenario = generate(seed, args.reports)
        figures = judge_scenario(scenario, enrich_scenario(scenario, KEYS), KEYS)
        print(
            f"{seed:>4}   {figures.strong.precision:17.4f} {figures.strong.recall:6.4f}"
            f"   {figures.linked.precision:17.4f} {figures.linked.recall:6.4f}   {figures.networks.f1:15.4f}"
            f"   {sum(figures.bait.values()):16}   {figures.events.precision:17.4f} {figures.events.recall:6.4f}"
        )
        table = table or render_noise(figures)
    print(f"\n{table}")


if __name__ == "__main__":
    main()

"""`compare_names` beside nomenklatura's logic-v2 on nomenklatura's own labelled pairs of names, in one run.

python -m tests.bench.bench_names CHECKOUT --python NOMENKLATURA/bin/python

CHECKOUT is a clone of github.com/opensanctions/nomenklatura (its cases are not ours to ship); NOMENKLATURA an
environment of its own with `pip install nomenklatura`. For all cases, people, organisations and each group of cases it
prints, for both, the share of right answers (accuracy), of those said similar that are (precision), of the similar ones
found (recall), and F1; then the time per pair. `--disagreements` lists where just one of the two is right.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from processors.correlation.names import SIMILAR, compare_names

_CASES = Path("contrib/name_bench/cases.csv")
_NEEDS_CHECKOUT = "{path} holds no {cases}: clone https://github.com/opensanctions/nomenklatura and name that folder."
_NEEDS_PACKAGE = (
    "{python} has no nomenklatura: make an environment, pip install nomenklatura, and name it with --python."
)


class Case(NamedTuple):
    """A labelled pair; `similar` is the label, `schema` FollowTheMoney's."""

    group: str
    schema: str
    left: str
    right: str
    similar: bool


class Figures(NamedTuple):
    """How often a judge is right; shares of nothing are 1."""

    accuracy: float
    precision: float
    recall: float
    f1: float


def read_cases(checkout: Path) -> list[Case]:
    """The cases of a checkout; `FileNotFoundError` says in a sentence what to do."""
    path = checkout / _CASES
    if not path.is_file():
        raise FileNotFoundError(_NEEDS_CHECKOUT.format(path=checkout, cases=_CASES))
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Case(row["case_group"], row["schema"], row["name1"], row["name2"], row["is_match"] == "true")
            for row in csv.DictReader(lines)
        ]


def measure(labels: Sequence[bool], found: Sequence[bool]) -> Figures:
    """The figures of a judge that said `found` where `labels` are true."""
    both = sum(label and said for label, said in zip(labels, found, strict=True))
    right = sum(label == said for label, said in zip(labels, found, strict=True))
    precision = both / sum(found) if any(found) else 1.0
    recall = both / sum(labels) if any(labels) else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(right / len(labels) if labels else 1.0, precision, recall, f1)


def score_ours(cases: Sequence[Case]) -> tuple[list[float], float]:
    """Our scores, and the seconds of CPU, what is loaded once not counted."""
    compare_names("Ana Ficticia", "Ana Ficticia")
    compare_names("Ejemplo Ltd", "Ejemplo Limited")
    began = time.process_time()
    scores = [compare_names(case.left, case.right).score for case in cases]
    return scores, time.process_time() - began


def score_theirs(cases: Sequence[Case], python: str) -> tuple[list[float], float, str]:
    """Nomenklatura's scores, seconds of CPU, and version; `ModuleNotFoundError` says in a sentence what to do."""
    script = Path(__file__).with_name("nomenklatura_scores.py")
    pairs = json.dumps([[case.schema, case.left, case.right] for case in cases])
    done = subprocess.run([python, str(script)], input=pairs, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        raise ModuleNotFoundError(_NEEDS_PACKAGE.format(python=python))
    done.check_returncode()
    told = json.loads(done.stdout)
    return told["scores"], told["seconds"], told["version"]


def _groups(cases: Sequence[Case]) -> dict[str, Callable[[Case], bool]]:
    groups: dict[str, Callable[[Case], bool]] = {
        "all": lambda case: True,
        "people": lambda case: case.schema == "Person",
        "organisations": lambda case: case.schema != "Person",
    }
    for group in sorted({case.group for case in cases}):
        groups[group] = lambda case, group=group: case.group == group  # type: ignore[misc]
    return groups


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, help="a clone of opensanctions/nomenklatura")
    parser.add_argument("--python", default=sys.executable, help="interpreter of an environment with nomenklatura")
    parser.add_argument("--disagreements", action="store_true", help="list where just one of the two is right")
    args = parser.parse_args()
    try:
        cases = read_cases(args.checkout)
        theirs, their_seconds, version = score_theirs(cases, args.python)
    except (FileNotFoundError, ModuleNotFoundError) as problem:
        sys.exit(str(problem))
    ours, our_seconds = score_ours(cases)
    judges = {"ours": [score >= SIMILAR for score in ours], "theirs": [score >= SIMILAR for score in theirs]}
    print(f"{len(cases)} cases, similar from {SIMILAR}; theirs: nomenklatura {version}, logic-v2")
    print(f"{'':17}cases   accuracy        precision       recall          F1            (each: ours, theirs)")
    for name, holds in _groups(cases).items():
        at = [place for place, case in enumerate(cases) if holds(case)]
        labels = [cases[place].similar for place in at]
        one, other = (measure(labels, [found[place] for place in at]) for found in judges.values())
        shares = "   ".join(f"{mine:.3f}  {their:.3f}" for mine, their in zip(one, other, strict=True))
        print(f"{name:16} {len(at):5}   {shares}")
    for who, seconds in (("ours", our_seconds), ("theirs", their_seconds)):
        print(f"time per pair, {who}: {seconds / len(cases) * 1e6:.0f} us")
    if args.disagreements:
        for place, case in enumerate(cases):
            right = {who for who, found in judges.items() if found[place] == case.similar}
            if len(right) == 1:
                print(f"{right.pop()} right ({ours[place]:.2f}, {theirs[place]:.2f}; similar: {case.similar}): "
                      f"{case.left} | {case.right}")  # fmt: skip


if __name__ == "__main__":
    main()

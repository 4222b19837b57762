"""Found links and networks against the truth. Pure functions; reports are named by their keys (`agency/report_id`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from tests.scenarios.truth import Pair, Truth, components, make_pair

__all__ = [
    "BCubed",
    "Figures",
    "FoundLink",
    "NoiseFigures",
    "Quality",
    "count_bait",
    "measure",
    "measure_events",
    "measure_networks",
    "measure_noise",
    "measure_possible",
    "measure_strong",
    "render_noise",
]

Strength = Literal["strong", "possible"]
FoundLink = tuple[str, str, Strength]
"""Keys of two reports in any order, and how strong their link is."""
CLEAN = "none"
"""The row of the pairs of which neither report has any noise."""


class Quality(NamedTuple):
    """`right` of `found` are true; `hit` of the `wanted` true pairs were found. A share of nothing is 1."""

    found: int
    right: int
    wanted: int
    hit: int

    @property
    def precision(self) -> float:
        """The share of what was found that is true."""
        return _share(self.right, self.found)

    @property
    def recall(self) -> float:
        """The share of what should be found that was."""
        return _share(self.hit, self.wanted)


class BCubed(NamedTuple):
    """B-cubed (Bagga and Baldwin 1998): for each report the share of its network that belongs to its component, and the
    share of its component that is in its network; the means over all of them.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class NoiseFigures(NamedTuple):
    """Of the pairs of which a report has one kind of noise: reachable ones and how many of them are strong; all true
    ones and how many of them are linked at all.
    """

    reachable: int
    strong: int
    pairs: int
    linked: int

    @property
    def strong_recall(self) -> float:
        """Of the reachable pairs."""
        return _share(self.strong, self.reachable)

    @property
    def recall(self) -> float:
        """Of all true pairs."""
        return _share(self.linked, self.pairs)


@dataclass(frozen=True, slots=True)
class Figures:
    """`strong`: recall over the reachable pairs; `linked`: strong and possible, recall over all true pairs; `networks`
    over the reports that a network or a component of two or more holds, `networks_of_all` over all live ones; `bait`:
    strong links within each kind of bait that are no true pairs; `wrong`: all strong links that are none; `events`:
    pairs of one event, against the true ones.
    """

    strong: Quality
    linked: Quality
    networks: BCubed
    networks_of_all: BCubed
    bait: Mapping[str, int]
    noise: Mapping[str, NoiseFigures]
    wrong: Sequence[Pair]
    events: Quality


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _pairs(links: Iterable[FoundLink], truth: Truth, *, strong: bool = False) -> set[Pair]:
    found = {make_pair(left, right) for left, right, strength in links if not strong or strength == "strong"}
    strange = {key for pair in found for key in pair} - truth.reports.keys()
    if strange:
        raise ValueError(f"The links name reports that the truth does not know: {sorted(strange)[:3]}.")
    return found


def _judge(found: set[Pair], truth: Truth, wanted: Iterable[Pair]) -> Quality:
    pairs, sought = truth.pairs(), set(wanted)
    return Quality(len(found), sum(1 for pair in found if pair in pairs), len(sought), len(found & sought))


def measure_strong(truth: Truth, links: Sequence[FoundLink]) -> Quality:
    """Strong links: right if the pair is true in any way; recall over the reachable pairs."""
    return _judge(_pairs(links, truth, strong=True), truth, truth.reachable)


def measure_possible(truth: Truth, links: Sequence[FoundLink]) -> Quality:
    """Strong and possible links together; recall over all true pairs."""
    return _judge(_pairs(links, truth), truth, truth.pairs())


def measure_events(truth: Truth, events: Sequence[Sequence[str]]) -> Quality:
    """Pairs of reports that stand in one event, against those that tell of one."""
    found = {make_pair(one, other) for members in events for one, other in combinations(members, 2)}
    told = {pair for pair, reasons in truth.pairs().items() if any(why.startswith("event:") for why in reasons)}
    return Quality(len(found), len(found & told), len(told), len(found & told))


def measure_networks(truth: Truth, networks: Sequence[Sequence[str]], *, of_all: bool = False) -> BCubed:
    """Networks against the components of the reachable pairs. A report in no network is one of its own; reports that
    are alone on both sides would only raise the figures and are left out, unless `of_all`.
    """
    live = truth.live()
    found = _sets(networks)
    if strange := found.keys() - truth.reports.keys():
        raise ValueError(f"The networks name reports that the truth does not know: {sorted(strange)[:3]}.")
    expected = _sets(components(live, truth.reachable))
    precision = recall = 0.0
    count = 0
    for key in sorted(expected.keys() | found.keys()):
        ours, theirs = found.get(key, frozenset({key})), expected.get(key, frozenset({key}))
        if not of_all and len(ours) == len(theirs) == 1:
            continue
        count += 1
        common = len(ours & theirs)
        precision += common / len(ours)
        recall += common / len(theirs)
    return BCubed(precision / count, recall / count) if count else BCubed(1.0, 1.0)


def _sets(networks: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for network in networks:
        members = frozenset(network)
        if doubled := members & found.keys():
            raise ValueError(f"A report stands in two networks: {sorted(doubled)[:3]}.")
        found |= dict.fromkeys(members, members)
    return found


def count_bait(truth: Truth, links: Sequence[FoundLink]) -> dict[str, int]:
    """Strong links of reports that carry the same bait and do not belong together, by kind of bait; every kind of the
    scenario has a row.
    """
    carried: dict[str, set[str]] = defaultdict(set)
    for group, keys in truth.baits.items():
        for key in keys:
            carried[key].add(group)
    counts = Counter({_kind_of(group): 0 for group in truth.baits})
    pairs = truth.pairs()
    for left, right in _pairs(links, truth, strong=True):
        if (left, right) not in pairs:
            counts.update({_kind_of(group) for group in carried[left] & carried[right]})
    return dict(sorted(counts.items()))


def _kind_of(group: str) -> str:
    return group.rsplit("-", 1)[0]


def measure_noise(truth: Truth, links: Sequence[FoundLink]) -> dict[str, NoiseFigures]:
    """Recall by kind of noise, and for the pairs without any (`none`)."""
    strong, linked, reachable = _pairs(links, truth, strong=True), _pairs(links, truth), set(truth.reachable)
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for pair in truth.pairs():
        kinds = {kind for key in pair for kind in truth.reports[key].noise} or {CLEAN}
        for kind in kinds:
            row = rows[kind]
            row[0] += pair in reachable
            row[1] += pair in reachable and pair in strong
            row[2] += 1
            row[3] += pair in linked
    return {kind: NoiseFigures(*row) for kind, row in sorted(rows.items())}


def measure(
    truth: Truth, links: Sequence[FoundLink], networks: Sequence[Sequence[str]], events: Sequence[Sequence[str]] = ()
) -> Figures:
    """Everything that is asked of links, networks and events."""
    wrong = sorted(_pairs(links, truth, strong=True) - truth.pairs().keys())
    return Figures(
        measure_strong(truth, links),
        measure_possible(truth, links),
        measure_networks(truth, networks),
        measure_networks(truth, networks, of_all=True),
        count_bait(truth, links),
        measure_noise(truth, links),
        wrong,
        measure_events(truth, events),
    )


def render_noise(figures: Figures) -> str:
    """The table of results per kind of noise, in Markdown."""
    lines = ["| noise | reachable pairs | found strong | true pairs | found at all |", "|---|---:|---:|---:|---:|"]
    for kind, row in figures.noise.items():
        lines.append(f"| {kind.replace('_', ' ')} | {row.reachable} | {row.strong_recall:.3f} | {row.pairs} | "
                     f"{row.recall:.3f} |")  # fmt: skip
    return "\n".join(lines) + "\n"

"""The truth of a scenario: which reports belong together and why, what went wrong in each, and what is bait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from streams.identity import document_id
from tests.scenarios.ledger import Book, Entry
from tests.scenarios.marks import Json, find_slots
from tests.scenarios.noise import FIRM
from tests.scenarios.reach import is_reachable, read_evidence

__all__ = ["Pair", "ReportTruth", "Truth", "build_truth", "components", "make_pair"]

Pair = tuple[str, str]
"""Keys of two reports (`agency/report_id`), the smaller first."""


def make_pair(one: str, other: str) -> Pair:
    """The pair of two reports."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class ReportTruth:
    """A report: `id` is its document id; `live` unless retracted; what went wrong in it, and the bait it carries."""

    id: str
    agency: str
    report_id: str
    kind: str
    live: bool
    event: str | None
    noise: tuple[str, ...]
    bait: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """`groups`: reason (`event:4`, `person:7`, `object:gun-3`) -> live reports, two at least; every two reports of a
    group are a true pair. `baits`: group of bait -> live reports. `reachable`: the true pairs that share
    identifier-grade evidence as published (`reach.is_reachable`), sorted.
    """

    seed: int
    reports: Mapping[str, ReportTruth]
    groups: Mapping[str, tuple[str, ...]]
    baits: Mapping[str, tuple[str, ...]]
    reachable: tuple[Pair, ...]
    events: int = 0
    _reasons: dict[Pair, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def pairs(self) -> Mapping[Pair, list[str]]:
        """Every true pair with its reasons."""
        if not self._reasons:
            for reason, keys in self.groups.items():
                for one, other in combinations(keys, 2):
                    self._reasons.setdefault(make_pair(one, other), []).append(reason)
        return self._reasons

    def live(self) -> list[str]:
        """Keys of the reports that stand."""
        return [key for key, report in self.reports.items() if report.live]

    def keys_by_id(self) -> dict[str, str]:
        """Document id -> key."""
        return {report.id: key for key, report in self.reports.items()}

    def as_json(self) -> Json:
        """The content of truth.json; `reachable` as report -> its later partners."""
        partners: dict[str, list[str]] = defaultdict(list)
        for left, right in self.reachable:
            partners[left].append(right)
        return {
            "fictional": "Every agency, person, vehicle, gun, phone and case of this scenario is invented.",
            "seed": self.seed,
            "counts": {"events": self.events, "reports": len(self.reports), "live": len(self.live()),
                       "true_pairs": len(self.pairs()), "reachable_pairs": len(self.reachable)},
            "reports": {key: {"id": one.id, "kind": one.kind, "live": one.live, "event": one.event,
                              "noise": list(one.noise), "bait": list(one.bait)} for key, one in self.reports.items()},
            "groups": {reason: list(keys) for reason, keys in self.groups.items()},
            "baits": {group: list(keys) for group, keys in self.baits.items()},
            "reachable": dict(partners),
        }  # fmt: skip

    @classmethod
    def from_json(cls, tree: Json) -> "Truth":
        """What `as_json` wrote."""
        reports = {}
        for key, one in tree["reports"].items():
            agency, _, report_id = key.partition("/")
            reports[key] = ReportTruth(one["id"], agency, report_id, one["kind"], one["live"], one["event"],
                                       tuple(one["noise"]), tuple(one["bait"]))  # fmt: skip
        groups = {reason: tuple(keys) for reason, keys in tree["groups"].items()}
        baits = {group: tuple(keys) for group, keys in tree["baits"].items()}
        pairs = sorted(make_pair(one, other) for one, others in tree["reachable"].items() for other in others)
        return cls(tree["seed"], reports, groups, baits, tuple(pairs), tree["counts"]["events"])


def components(keys: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """What hangs together by pairs; reports alone are components of one. Sorted."""
    head = {key: key for key in keys}

    def find(key: str) -> str:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        head[high] = low
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(head):
        members[find(key)].append(key)
    return sorted(members.values())


def _carried(entry: Entry) -> Iterator[str]:
    """Who and what the report that counts carries, in whatever form: every owner of a mark. A person who is merely
    mentioned is none, nor is what they carry: nobody may be linked by them.
    """
    event = entry.line.event
    firm = [one for one in event.get("people", ()) if one.get("basis") in FIRM]
    shown = {key: part for key, part in event.items() if key != "people"} | {"people": firm}
    yield from dict.fromkeys(slot.mark.owner for slot in find_slots(shown))


def build_truth(seed: int, book: Book) -> Truth:
    """The truth of what a book holds."""
    groups: dict[str, list[str]] = defaultdict(list)
    baits: dict[str, list[str]] = defaultdict(list)
    carried_bait: dict[str, list[str]] = defaultdict(list)
    live = {key: entry for key, entry in book.entries.items() if entry.live}
    for key, entry in live.items():
        if entry.event is not None:
            groups[entry.event].append(key)
        for owner in _carried(entry):
            (baits[owner.removeprefix("bait:")] if owner.startswith("bait:") else groups[owner]).append(key)
    # A protected person's number is bait where it stands, though nothing of that person counts.
    for key, entry in live.items():
        for slot in find_slots(entry.line.event):
            group = slot.mark.owner.removeprefix("bait:")
            if slot.mark.is_bait and key not in baits[group][-1:]:
                baits[group].append(key)
    for group, keys in book.baits.items():
        baits[group] += [key for key in keys if key in live]
    told = {reason: tuple(sorted(keys)) for reason, keys in sorted(groups.items()) if len(keys) > 1}
    lures = {group: tuple(sorted(set(keys))) for group, keys in sorted(baits.items())}
    for group, carriers in lures.items():
        for key in carriers:
            carried_bait[key].append(group)
    reports = {}
    for key, entry in sorted(book.entries.items()):
        line = entry.line
        reports[key] = ReportTruth(document_id(line.agency, line.event["report_id"]), line.agency,
                                   line.event["report_id"], line.kind, entry.live, entry.event, tuple(entry.noise),
                                   tuple(carried_bait.get(key, ())))  # fmt: skip
    pairs = {make_pair(one, other) for keys in told.values() for one, other in combinations(keys, 2)}
    evidence = {key: read_evidence(entry.line.event) for key, entry in live.items()}
    reachable = tuple(pair for pair in sorted(pairs) if is_reachable(evidence[pair[0]], evidence[pair[1]]))
    return Truth(seed, reports, told, lures, reachable, len(book.lines))

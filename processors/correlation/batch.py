"""The oracle: links, networks and events of a set of records, worked out at once and as plainly as can be.

It shares with the engine what is decided about one pair, one network and one event, and nothing of how they are found.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from processors.correlation.bridges import is_oversized, list_bridges
from processors.correlation.event_documents import summarise_event
from processors.correlation.events import may_be_one_event, read_telling, tells_alone
from processors.correlation.facts import encode_record, supersedes
from processors.correlation.grouping import Edge
from processors.correlation.groups import decide_joins, rank_link
from processors.correlation.judgements import evidence_of, judge_link
from processors.correlation.keys import LIMITS, Limits, filing_keys, hash_key
from processors.correlation.links import describe
from processors.correlation.members import read_member
from processors.correlation.networks import summarise_network
from processors.correlation.scoring import weigh
from processors.correlation.sides import make_side
from processors.correlation.ties import make_tie
from streams.events import EventDocument
from streams.facts import ComparisonRecord
from streams.judgements import JudgementRecord
from streams.links import LinkDocument, NetworkDocument

__all__ = ["Correlated", "correlate", "newest_records"]


class Correlated(NamedTuple):
    """The live documents by id."""

    links: dict[str, LinkDocument]
    networks: dict[str, NetworkDocument]
    events: dict[str, EventDocument]


def correlate(
    records: Iterable[ComparisonRecord], limits: Limits = LIMITS, judgements: Iterable[JudgementRecord] = ()
) -> Correlated:
    """The live links, networks and events of all records together, with version 0; any order, duplicates included."""
    current = newest_records(records)
    filed: dict[int, set[str]] = defaultdict(set)
    for report, record in current.items():
        for key in filing_keys(record):
            filed[key].add(report)
    live = {key: len(reports) for key, reports in filed.items()}
    hubs = {key for key, count in live.items() if count > limits.paired}
    pairs = {pair for key, reports in filed.items() if key not in hubs for pair in combinations(sorted(reports), 2)}
    said: dict[Edge, list[JudgementRecord]] = defaultdict(list)
    for judgement in judgements:
        said[judgement["left"], judgement["right"]].append(judgement)
    verdicts = {edge: judge_link(on_it, ()) for edge, on_it in said.items()}
    apart = {edge for edge, judged in verdicts.items() if judged is not None and judged.get("verdict") == "different"}

    links: dict[str, LinkDocument] = {}
    networking: dict[Edge, tuple[bool, float, str]] = {}
    telling: dict[Edge, tuple[bool, float, str]] = {}
    for edge in pairs:
        sides = [make_side(current[report], lambda key: live.get(hash_key(key), 0), limits) for report in edge]
        weighed = weigh(sides[0], sides[1])
        if weighed is None:
            continue
        judged = judge_link(said[edge], evidence_of(weighed.spoke)) if edge in said else None
        document = describe(sides[0], sides[1], weighed, judged=judged)
        links[document["id"]] = document
        verdict = None if judged is None else judged.get("verdict")
        joins = decide_joins(make_tie(weighed, sides[0].record, sides[1].record), verdict)
        rank = rank_link(edge, document["score"], verdict)
        networking |= {edge: rank} if joins.network else {}
        telling |= {edge: rank} if joins.event else {}

    def may_tell(one: str, other: str) -> bool:
        return (one, other) not in apart and may_be_one_event(read_telling(current[one]), read_telling(current[other]))

    groups = _group(telling, may_tell)
    events = [summarise_event([current[report] for report in members]) for members in groups]
    grouped = {report: event["id"] for members, event in zip(groups, events, strict=True) for report in members}
    events += [summarise_event([one]) for report, one in current.items() if report not in grouped and tells_alone(one)]
    networks = [
        _summarise(members, current, networking, grouped, lambda key: hash_key(key) in hubs)
        for members in _group(networking, lambda one, other: (one, other) not in apart)
    ]
    return Correlated(links, {one["id"]: one for one in networks}, {one["id"]: one for one in events})


def _summarise(
    members: set[str],
    current: Mapping[str, ComparisonRecord],
    edges: Mapping[Edge, tuple[bool, float, str]],
    event_of: Mapping[str, str],
    is_hub: Callable[[str], bool],
) -> NetworkDocument:
    inside = [edge for edge in edges if set(edge) <= members]
    neighbours: dict[str, set[str]] = defaultdict(set)
    for left, right in inside:
        neighbours[left].add(right)
        neighbours[right].add(left)
    bridges = list_bridges(members, neighbours.__getitem__, lambda edge: edges[edge][1])
    return summarise_network(
        [read_member(current[report]) for report in members],
        len(inside),
        is_hub,
        read=current.__getitem__,
        event_of=event_of,
        bridges=bridges if is_oversized(len(members)) else (),
    )


def newest_records(records: Iterable[ComparisonRecord]) -> dict[str, ComparisonRecord]:
    """Of each report the record that counts, by document id."""
    current: dict[str, ComparisonRecord] = {}
    for record in records:
        held = current.get(record["id"])
        if held is None or supersedes(_rank(record), _rank(held)):
            current[record["id"]] = record
    return current


def _rank(record: ComparisonRecord) -> tuple[int, str, bytes]:
    return record["version"], record.get("received", ""), encode_record(record)


def _group(edges: Mapping[Edge, tuple[bool, float, str]], may_meet: Callable[[str, str], bool]) -> list[set[str]]:
    """Groups of two and more: edges, the highest first, join what they touch unless any two would meet who may not."""
    group_of = {report: {report} for edge in edges for report in edge}
    for left, right in sorted(edges, key=edges.__getitem__, reverse=True):
        ours, theirs = group_of[left], group_of[right]
        if ours is theirs or any(not may_meet(*sorted((one, other))) for one in ours for other in theirs):
            continue
        ours |= theirs
        group_of.update(dict.fromkeys(theirs, ours))
    groups = {id(group): group for group in group_of.values()}
    return [group for group in groups.values() if len(group) > 1]

"""The oracle: links and networks of a set of comparison records, worked out at once and as plainly as can be.

It shares with the engine what is decided about one pair and one network, and nothing of how they are found.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from processors.correlation.facts import encode_record, supersedes
from processors.correlation.keys import LIMITS, Limits, filing_keys, hash_key
from processors.correlation.links import compare
from processors.correlation.networks import summarise_network
from processors.correlation.sides import make_side
from streams.facts import ComparisonRecord
from streams.links import LinkDocument, NetworkDocument

__all__ = ["correlate", "newest_records"]


def correlate(
    records: Iterable[ComparisonRecord], limits: Limits = LIMITS
) -> tuple[dict[str, LinkDocument], dict[str, NetworkDocument]]:
    """The live links and networks of all records together, by id, with version 0; any order, duplicates included."""
    current = newest_records(records)
    filed: dict[int, set[str]] = defaultdict(set)
    for report, record in current.items():
        for key in filing_keys(record):
            filed[key].add(report)
    live = {key: len(reports) for key, reports in filed.items()}
    hubs = {key for key, count in live.items() if count > limits.paired}
    pairs = {pair for key, reports in filed.items() if key not in hubs for pair in combinations(sorted(reports), 2)}

    links: dict[str, LinkDocument] = {}
    for left, right in pairs:
        sides = [make_side(current[report], lambda key: live.get(hash_key(key), 0), limits) for report in (left, right)]
        document = compare(sides[0], sides[1])
        if document is not None:
            links[document["id"]] = document

    strong = [(link["left"], link["right"]) for link in links.values() if link["strength"] == "strong"]
    networks: dict[str, NetworkDocument] = {}
    for members in _join(strong):
        inside = sum(left in members for left, _ in strong)
        network = summarise_network([current[report] for report in members], inside, lambda key: hash_key(key) in hubs)
        networks[network["id"]] = network
    return links, networks


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


def _join(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Connected components, by giving both sides of each pair the same set."""
    joined: dict[str, set[str]] = {}
    for left, right in pairs:
        ours, theirs = joined.get(left, {left}), joined.get(right, {right})
        if ours is not theirs:
            ours |= theirs
        for report in ours:
            joined[report] = ours
    return list({id(members): members for members in joined.values()}.values())

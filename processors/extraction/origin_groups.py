"""Which records come from one origin, so that syndicated copies of one release count once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from processors.extraction.fingerprints import (
    SAME_TEXT,
    TextFingerprint,
    blocking_bands,
    details_conflict,
    estimate_similarity,
)

__all__ = ["MIN_COPY_WORDS", "OriginItem", "group_origins", "read_fingerprint"]

MIN_COPY_WORDS = 15
"""Shorter texts unite nothing: "A driver was referred to secondary inspection." is written every day."""


class OriginItem(NamedTuple):
    """A record as grouping needs it: its id, `lineage_keys`, and the fingerprints of its texts."""

    id: str
    keys: tuple[str, ...] = ()
    prints: tuple[TextFingerprint, ...] = ()


def read_fingerprint(written: Mapping[str, Any]) -> TextFingerprint:
    """The fingerprint as `streams.text_facts.Fingerprint` writes it."""
    details = tuple(written.get("details", ()))
    return TextFingerprint(written["exact"], tuple(written["minhash"]), written["words"], details)


def group_origins(items: Iterable[OriginItem]) -> list[list[str]]:
    """The ids of the records that come from one origin, each group and the groups sorted; a function of the set.

    Records are united by an equal release or page and by equal texts, whatever else differs. Near-duplicates (an equal
    band and an estimated similarity of 0.5 or more) are united from the most similar on, as long as no text of the one
    side speaks against a text of the other (`details_conflict`): a short copy that fits two bulletins doesn't make one
    of them. Items of one id are one record.
    """
    records = _merge_ids(items)
    groups = _Groups(records)
    for bucket in _buckets(records):
        for other in bucket[1:]:
            groups.unite(bucket[0], other)
    for _, left, right in _similar_pairs(records, groups):
        if not groups.speak_against(left, right):
            groups.unite(left, right)
    return groups.listed()


class _Groups:
    """Union of records into groups; each group keeps its members."""

    def __init__(self, records: Mapping[str, OriginItem]) -> None:
        self._records = records
        self._group = {id_: [id_] for id_ in sorted(records)}

    def unite(self, left: str, right: str) -> None:
        one, other = self._group[left], self._group[right]
        if one is other:
            return
        small, large = sorted((one, other), key=len)
        large += small
        for id_ in small:
            self._group[id_] = large

    def are_united(self, left: str, right: str) -> bool:
        return self._group[left] is self._group[right]

    def speak_against(self, left: str, right: str) -> bool:
        """Whether any text of the one group speaks against any of the other."""
        texts = [
            {print_.details for id_ in self._group[end] for print_ in _copies(self._records[id_])}
            for end in (left, right)
        ]
        return any(details_conflict(one, other) for one in texts[0] for other in texts[1])

    def listed(self) -> list[list[str]]:
        return sorted(sorted(group) for group in {id(group): group for group in self._group.values()}.values())


def _merge_ids(items: Iterable[OriginItem]) -> dict[str, OriginItem]:
    merged: dict[str, OriginItem] = {}
    for item in items:
        one = merged.get(item.id, OriginItem(item.id))
        merged[item.id] = OriginItem(
            item.id, tuple(sorted({*one.keys, *item.keys})), tuple(sorted({*one.prints, *item.prints}))
        )
    return {id_: merged[id_] for id_ in sorted(merged)}


def _copies(item: OriginItem) -> Sequence[TextFingerprint]:
    return [print_ for print_ in item.prints if print_.words >= MIN_COPY_WORDS]


def _buckets(records: Mapping[str, OriginItem]) -> Iterable[list[str]]:
    """The records that share a release, a page or a text."""
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    for id_, item in records.items():
        for key in {*item.keys, *[f"text:{print_.exact}" for print_ in _copies(item)]}:
            buckets[key].append(id_)
    return buckets.values()


def _similar_pairs(records: Mapping[str, OriginItem], groups: _Groups) -> list[tuple[float, str, str]]:
    """Pairs that meet under a band and are similar enough, with minus their similarity, most similar first."""
    blocks: defaultdict[str, dict[str, tuple[str, TextFingerprint]]] = defaultdict(dict)
    for id_, item in records.items():
        for print_ in _copies(item):
            for band in blocking_bands(print_.bands):
                # One record for each text: equal ones are united already, and there may be hundreds of them.
                blocks[band].setdefault(print_.exact, (id_, print_))
    best: dict[tuple[str, str], float] = {}
    for block in blocks.values():
        for (left, one), (right, other) in combinations(block.values(), 2):
            if groups.are_united(left, right):
                continue
            pair = (left, right) if left < right else (right, left)
            similarity = estimate_similarity(one.bands, other.bands)
            if similarity >= SAME_TEXT:
                best[pair] = max(best.get(pair, 0.0), similarity)
    return sorted((-similarity, *pair) for pair, similarity in best.items())

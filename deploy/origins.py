"""Which hits of a search tell one and the same text: syndicated copies of one release are one origin. Pure."""

from collections.abc import Iterable

from indexing.search import Hit
from processors.extraction.origin_groups import OriginItem, group_origins, read_fingerprint

__all__ = ["count_origins", "find_copies"]


def find_copies(hits: Iterable[Hit]) -> dict[str, list[str]]:
    """Document id -> the ids of the other hits that repeat its text or release, sorted; hits without any are left out.

    News alone is asked: two agencies that write alike of one seizure are two sources.
    """
    items = [
        OriginItem(hit.id, (hit.origin,) if hit.origin else (), tuple(read_fingerprint(one) for one in hit.prints))
        for hit in hits
        if hit.kind == "news"
    ]
    return {
        one: [other for other in group if other != one]
        for group in group_origins(items)
        if len(group) > 1
        for one in group
    }


def count_origins(hits: Iterable[Hit]) -> int:
    """How many of the hits tell something of their own: of copies the first alone counts."""
    hits = list(hits)
    copies = find_copies(hits)
    return len(hits) - sum(1 for one, others in copies.items() if min(others) < one)

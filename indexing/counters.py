"""What the sink counts."""

from dataclasses import asdict, dataclass, field

__all__ = ["SinkCounters"]


@dataclass(slots=True)
class SinkCounters:
    """Counts since the process started, over all of its topics; a replay counts again, for it writes again."""

    records: int = 0
    """Records read from Kafka."""
    indexed: int = 0
    """Report documents written."""
    replaced: int = 0
    """Of these, those that replaced an older or equal version."""
    items: int = 0
    """Item documents written, tombstones included."""
    tombstones: int = 0
    """Tombstones of items that a version no longer has."""
    letters: int = 0
    """Dead letters written to their index."""
    documents: dict[str, int] = field(default_factory=dict)
    """Family -> documents written of it: links, networks, alerts."""
    elsewhere: int = 0
    """Alerts of a subscriber's topic that belong to another view, whose own job indexes them."""
    stale: int = 0
    """Documents that lost against a newer version (409)."""
    folded: int = 0
    """Versions left out because the same batch held a newer one."""
    dead_lettered: int = 0
    """Records that the index refused, each now a dead letter."""
    retries: int = 0
    """Documents sent again after no answer, a busy cluster or a blocked disk."""
    batches: int = 0
    """Batches committed."""
    discarded: int = 0
    """Batches thrown away because the partitions had gone to another sink."""
    lag: dict[str, int] = field(default_factory=dict)
    """Topic -> records not committed yet, of the partitions held here; as of the last report."""

    def as_dict(self) -> dict[str, object]:
        """All counts by name."""
        return asdict(self)

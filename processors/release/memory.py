"""What the release stage remembers of a report: its newest revision, and what each view holds of it."""

from collections.abc import Sequence
from typing import NamedTuple

import cramjam
import orjson

from streams.reports import Shield

__all__ = ["Memory"]

_AFTER_EVERY_TIME = "~"


class Memory(NamedTuple):
    """The newest revision of a report, and view -> the digest of the record that its rendition was made of.

    `holdings` may name views that are switched off now: they hold something older until they are switched on again.
    Of two copies of one revision (one event published twice) the one received first counts, so that what a view holds
    depends on the set of records and not on their order. `digest` tells a copy that was enriched by other rules: of
    those the last counts.
    """

    version: int
    received: str
    event_id: str
    digest: str
    holdings: dict[str, str]
    shields: Sequence[Shield] = ()
    content: bytes | None = None

    @classmethod
    def load(cls, row: bytes | None) -> "Memory | None":
        """The memory in a state row, or None."""
        if row is None:
            return None
        head, _, packed = row.partition(b"\n")  # JSON escapes a line's end
        content = bytes(cramjam.zstd.decompress(packed)) if packed else None
        version, received, event_id, digest, holdings, *shields = orjson.loads(head)
        return cls(version, received, event_id, digest, holdings, shields[0] if shields else (), content)

    def dump(self) -> bytes:
        """The state row."""
        head = orjson.dumps(tuple(self[:-1]), option=orjson.OPT_SORT_KEYS)
        # Level 1: a record of 2 kB takes 10 us, and a third of its size.
        return head if self.content is None else head + b"\n" + bytes(cramjam.zstd.compress(self.content, 1))

    def without_content(self) -> "Memory":
        """This revision as one of which only the marks are known: any whole copy of it takes its place."""
        return self._replace(received=_AFTER_EVERY_TIME)

    def is_older_than(self, other: "Memory") -> bool:
        """Whether this revision, or this copy of one, must give way to `other`."""
        if self.version != other.version:
            return self.version < other.version
        return (self.received, self.event_id) > (other.received, other.event_id)

"""Which documents a batch of reports writes, so that any order, crash or zombie ends in the same index. Pure functions.

A report's document keeps `item_slots`: how many item ordinals were ever written for it. Per batch, the sink

(a) folds the batch: of several versions of a report only the highest is written;
(b) reads version and `item_slots` of each report (`_mget`, realtime) and writes the report with its own version as an
    external one (`external_gte`) and `item_slots` = max(those read, its own count n). 409: a newer version is there,
    and whoever wrote that one writes, or has written, its items; this record is done;
(c) proves that it still owns its partitions: a commit of the batch's *first* offsets must succeed. It commits nothing
    new, but Kafka refuses it to a member that was replaced;
(d) writes the items 0 to n - 1 and tombstones of the ordinals that may be left over, all under the report's version:

    | read in (b) | result in (b) | tombstones                                                               |
    |-------------|---------------|--------------------------------------------------------------------------|
    | nothing     | created       | none                                                                     |
    | same version| updated       | n to item_slots - 1: a replay; the first run may have ended before (d)   |
    | older       | updated       | n to item_slots - 1                                                      |
    | nothing, or newer | updated | n to 63: somebody wrote in between, what they had is not known           |
    | anything    | created       | n to 63: the document was deleted in between                             |

(e) commits the offsets behind the batch.

Why no item is left over and none is lost. Items of version v are written only after the report's document of v was
acknowledged and (c) succeeded after that. So if a new owner takes the partition over, it does so after (c); its read
in (b) sees v or newer, knows v's slots, and its tombstones carry a version that is higher, or equal and written by a
replay of the same content: item writes of the old owner, however late they land, lose with a 409 or write the same.
An old owner that wakes up before (c) is refused there and throws its batch away; the new owner has that record too, for
its offset was never committed. A crash between (b) and (e) replays the batch, which is idempotent line by line.

A clock (items only within the session timeout of the fetch) would not do: a fetch is no proof of membership, and a new
process of the same static instance id takes over at once. The commit is a proof, and costs one round trip a batch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from streams.contracts import MAX_ITEMS
from streams.reports import EnrichedReport

__all__ = ["Stored", "fold_batch", "leftover_ordinals", "slots_to_store"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index held of a report before the write: its version and the item ordinals ever written."""

    version: int
    slots: int


def fold_batch(reports: Iterable[tuple[EnrichedReport, T]]) -> dict[str, tuple[EnrichedReport, T]]:
    """Report id -> its highest version with what came along; of equal versions the later, as in the index."""
    newest: dict[str, tuple[EnrichedReport, T]] = {}
    for pair in reports:
        before = newest.get(pair[0]["id"])
        if before is None or pair[0]["version"] >= before[0]["version"]:
            newest[pair[0]["id"]] = pair
    return newest


def slots_to_store(stored: Stored | None, count: int) -> int:
    """The `item_slots` to write with a version that uses `count` ordinals."""
    return count if stored is None else max(stored.slots, count)


def leftover_ordinals(stored: Stored | None, version: int, count: int, result: Literal["created", "updated"]) -> range:
    """Ordinals from `count` on that need a tombstone; see the table above."""
    if stored is None and result == "created":
        return range(count, count)
    if stored is None or result == "created" or stored.version > version:
        return range(count, MAX_ITEMS)
    return range(count, max(stored.slots, count))

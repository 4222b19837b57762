"""The rules of a changelog: one writer per partition, told apart by epochs, and what a reader makes of its rows.

Every row carries the epoch of its writer in a header. A worker that takes over a partition reads the changelog to
its end and then *claims* it: it appends a marker with the next epoch, and the claim counts only if the marker's
offset is the one right behind what it read. From then on each append must lie right behind the one before. So

- no two confirmed writers share an epoch, and
- a row with a lower epoch than one before it was written by a *zombie*, a worker that had lost the partition without
  noticing. Readers ignore it. Because compaction keeps the last row of a key whoever wrote it, the claimant also
  rewrites each key that a zombie covered (`Replay.covered`).

The group's generation number is not used as epoch: it starts again at 1 when Kafka forgets the group.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from streams.records import header_value

__all__ = [
    "CHANGELOG_TOPIC_CONFIG",
    "EPOCH_HEADER",
    "MARKER_KEY",
    "ChangelogRow",
    "Checkpoint",
    "Replay",
    "epoch_header",
    "read_epoch",
]

EPOCH_HEADER = "epoch"
# Stages must not use this key; no UTF-8 text and no JSON begins with a NUL byte.
MARKER_KEY = b"\x00puente-epoch"

# How a changelog topic is to be created, beside the input's partition count. Compaction waits an hour, so that a
# zombie's row can't oust the row that it covers before the owner's watchdog (every few seconds) has seen it.
CHANGELOG_TOPIC_CONFIG: Mapping[str, str] = {
    "cleanup.policy": "compact",
    "min.compaction.lag.ms": "3600000",
    "delete.retention.ms": "86400000",
    "max.message.bytes": str(8 * 1024 * 1024),
    "message.timestamp.type": "CreateTime",
}


class ChangelogRow(NamedTuple):
    """A row as it lies in a changelog partition; a value of None deletes the key. Offset -1: see `Replay.read`."""

    offset: int
    key: bytes
    value: bytes | None
    epoch: int


class Checkpoint(NamedTuple):
    """Up to where a local store holds the changelog: last offset applied, highest epoch seen, time in seconds UTC."""

    offset: int
    epoch: int
    written_at: float

    def to_bytes(self) -> bytes:
        """As stored beside the state."""
        return b"%d %d %d" % (self.offset, self.epoch, int(self.written_at))

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Checkpoint":
        """Read what `to_bytes` wrote; ValueError for anything else."""
        offset, epoch, written_at = raw.split(b" ")
        return cls(int(offset), int(epoch), float(written_at))


class Replay:
    """Reads a changelog partition in order and says which rows count."""

    def __init__(self, checkpoint: Checkpoint | None) -> None:
        """Begin behind `checkpoint`, or at the beginning."""
        self.next_offset = 0 if checkpoint is None else checkpoint.offset + 1
        self.epoch = 0 if checkpoint is None else checkpoint.epoch
        self.covered: set[bytes] = set()
        self.zombie_rows = 0
        self._ever_covered = False

    def read(self, rows: Iterable[ChangelogRow]) -> list[ChangelogRow]:
        """The rows to apply, in order; zombies' rows are left out and what they covered is noted.

        While a covered key is not rewritten the store's checkpoint must stay before it, or a crash would forget it:
        from the first zombie on, rows come back with offset -1, which a store applies without moving its checkpoint.
        """
        applied: list[ChangelogRow] = []
        for row in rows:
            self.next_offset = row.offset + 1
            if row.epoch < self.epoch:
                self.zombie_rows += 1
                self._ever_covered = True
                if row.key != MARKER_KEY:
                    self.covered.add(row.key)
                continue
            self.epoch = row.epoch
            self.covered.discard(row.key)
            applied.append(row._replace(offset=-1) if self._ever_covered else row)
        return applied


def epoch_header(epoch: int) -> list[tuple[str, bytes]]:
    """The headers of a row written under `epoch`."""
    return [(EPOCH_HEADER, b"%d" % epoch)]


def read_epoch(headers: Sequence[tuple[str, bytes]]) -> int:
    """The epoch of a row; 0, older than every claim, if it has none: nobody of ours wrote it."""
    raw = header_value(headers, EPOCH_HEADER)
    return int(raw) if raw is not None and raw.isdigit() else 0

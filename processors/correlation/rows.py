"""The rows that correlation keeps in its state, and how they are read and written.

| key | value |
|---|---|
| `r/<report>` | the rules that filed it, its keys, and its current comparison record; a retraction keeps its row |
| `t/<report>/<report>` | the tie of two linked reports, the smaller id first |
| `n/<report>` | `1`: this id is, or was, a network's |
| `j/<judgement>` | what one judge said last of a link |
| `x/rules` | the rules of the release that last began to write another's rows anew |

So a restart files every report and knows every link without decoding or comparing a record.
"""

import hashlib
import struct
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from processors.correlation.keys import Limits

__all__ = [
    "JUDGEMENT_ROW",
    "NETWORK_ROW",
    "RECORD_ROW",
    "RULES_ROW",
    "TIE_ROW",
    "RecordRow",
    "Rows",
    "decode_record_row",
    "encode_record_row",
    "rules_stamp",
    "tie_row_key",
]

RECORD_ROW = b"r/"
"""Prefix of the key of a report's current record; a retraction keeps its row, so that an older revision stays out."""
TIE_ROW = b"t/"
"""Prefix of the key of two linked reports."""
NETWORK_ROW = b"n/"
"""Prefix of the key of an id that is, or was, a network's."""

JUDGEMENT_ROW = b"j/"
"""Prefix of the key of what one judge says of a link."""
RULES_ROW = b"x/rules"
"""Key of the stamp of the release that last began to write rows of another release anew."""

_HEAD = struct.Struct("<8sI")


class RecordRow(NamedTuple):
    """A report's row: by which rules it was filed (`rules_stamp`), under which keys, and its record in canonical bytes.

    `stamp` is empty and there are no keys in a row that was written before rows had them.
    """

    stamp: bytes
    keys: Sequence[int]
    raw: bytes


def encode_record_row(row: RecordRow) -> bytes:
    """12 bytes, 8 for each key, and the record."""
    return b"".join((_HEAD.pack(row.stamp, len(row.keys)), struct.pack(f"<{len(row.keys)}Q", *row.keys), row.raw))


def decode_record_row(value: bytes) -> RecordRow:
    """What `encode_record_row` wrote, or a record alone; `struct.error` for anything else."""
    if value.startswith(b"{"):
        return RecordRow(b"", (), value)
    stamp, count = _HEAD.unpack_from(value)
    end = _HEAD.size + 8 * count
    return RecordRow(stamp, struct.unpack_from(f"<{count}Q", value, _HEAD.size), value[end:])


def tie_row_key(left: str, right: str) -> bytes:
    """The key of the tie of two reports, the smaller id first."""
    return b"%b%b/%b" % (TIE_ROW, left.encode(), right.encode())


_DECIDING = ("correlation/*.py", "reference/*.py", "reference/data/**/*", "extraction/fingerprints.py")
"""The files of this package that decide keys and weights."""


@cache
def rules_stamp(limits: Limits) -> bytes:
    """Eight bytes that change with anything that decides under which keys a report is filed and how a pair weighs.

    Rows of another stamp were written by another release: their keys and ties are worked out anew. A hash of the files
    can't be forgotten as a number to raise could; that a comment changes it too costs one slow restart.
    """
    folder = Path(__file__).parent.parent
    digest = hashlib.blake2b(repr(tuple(limits)).encode(), digest_size=8)
    for path in sorted(path for pattern in _DECIDING for path in folder.glob(pattern) if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.blake2b(path.read_bytes()).digest())
    # A record alone begins with "{": no stamp does.
    return b"\x01" + digest.digest()[1:]


class Rows:
    """What is stored, with the changes that are not handed over yet laid over it."""

    def __init__(self, read: Callable[[bytes], bytes | None] | None = None) -> None:
        """`read` gives the stored value of a key, or None; without it the rows are kept here."""
        self._own: dict[bytes, bytes] | None = {} if read is None else None
        self._read = read
        self._changed: dict[bytes, bytes | None] = {}

    def read_from(self, read: Callable[[bytes], bytes | None]) -> None:
        """Read what is stored from here on with `read`."""
        self._read = read

    def get(self, key: bytes) -> bytes | None:
        """The value under `key`, or None."""
        if key in self._changed:
            return self._changed[key]
        if self._own is not None:
            return self._own.get(key)
        return self._read(key) if self._read is not None else None

    def put(self, key: bytes, value: bytes | None) -> None:
        """Put `value` under `key`; None deletes it."""
        self._changed[key] = value

    def keep(self, key: bytes, value: bytes) -> None:
        """What was stored before, where it is kept here."""
        if self._own is not None:
            self._own[key] = value

    def drain(self) -> dict[bytes, bytes | None]:
        """The changes since the last call: from now on `read` must know of them."""
        changed, self._changed = self._changed, {}
        if self._own is not None:
            for key, value in changed.items():
                if value is None:
                    self._own.pop(key, None)
                else:
                    self._own[key] = value
        return changed

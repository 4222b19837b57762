"""Who a report is, and which of its revisions is the newest: the same answer whatever the order of arrival."""

from datetime import UTC, datetime
from hashlib import blake2b

from streams.contracts import MAX_ITEMS

__all__ = [
    "HASH_BITS",
    "body_hash",
    "document_id",
    "item_ids",
    "lowest_version",
    "revision_number",
    "version_number",
]

HASH_BITS = 20
"""Low bits of a version that come from the body's hash: two bodies of one revision have one winner everywhere."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def document_id(agency: str, report_id: str, item: int | None = None) -> str:
    """The id of a report, or of its item number `item` (from 0): 32 hexadecimal digits.

    `agency` is the owner of the intake topic, never a claim of the payload. Parts are length-prefixed, so that no two
    different pairs run together.
    """
    if item is not None and not 0 <= item < MAX_ITEMS:
        raise ValueError(f"item ordinal {item} is outside 0 to {MAX_ITEMS - 1}")
    parts = [agency, report_id] if item is None else [agency, report_id, str(item)]
    hashed = b""
    for part in parts:
        raw = part.encode()
        hashed += len(raw).to_bytes(4, "big") + raw
    return blake2b(hashed, digest_size=16).hexdigest()


def item_ids(agency: str, report_id: str, start: int, stop: int) -> list[str]:
    """The ids of items `start` to `stop` - 1."""
    return [document_id(agency, report_id, item) for item in range(start, stop)]


def body_hash(canonical: bytes) -> int:
    """20 bits of the hash of a body in canonical form (`streams.parsing.canonical_json`)."""
    return int.from_bytes(blake2b(canonical, digest_size=3).digest(), "big") & ((1 << HASH_BITS) - 1)


def revision_number(revision: int | None, published: datetime) -> int:
    """The publisher's revision, or the envelope's time in milliseconds since 1970 (UTC) where there is none."""
    if revision is not None:
        return revision
    # Division by a timedelta takes eight times as long.
    since = published - _EPOCH
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def version_number(revision: int, canonical: bytes) -> int:
    """What every store compares: revision * 2^20 + 20 bits of the body's hash; fits a signed 64-bit number."""
    return (revision << HASH_BITS) | body_hash(canonical)


def lowest_version(revision: int) -> int:
    """A version that no body of this revision is below, and every body of an earlier one is."""
    return revision << HASH_BITS

"""Dead letters: the readable reason on one topic, the refused bytes on a restricted one."""

import hashlib
from datetime import UTC, datetime

import orjson

from streams.envelope import format_time
from streams.records import Output, Record
from streams.refusals import Reason
from streams.reports import DeadLetter
from streams.topics import Topics

__all__ = ["ORIGIN_HEADERS", "dead_letter_id", "make_dead_letter"]

ORIGIN_HEADERS = ("puente_topic", "puente_partition", "puente_offset", "puente_stage")
"""Headers that an original carries beside its own: where it lay and who refused it."""


def dead_letter_id(topic: str, partition: int, offset: int, stage: str) -> str:
    """The id of the dead letter of one record at one stage: 32 hexadecimal digits, the same at every replay."""
    return hashlib.blake2b(f"{topic}/{partition}/{offset}/{stage}".encode(), digest_size=16).hexdigest()


def make_dead_letter(
    topics: Topics,
    record: Record,
    *,
    stage: str,
    agency: str,
    reasons: tuple[Reason, ...],
    report_id: str | None = None,
    document_id: str | None = None,
    event_id: str | None = None,
) -> list[Output]:
    """The outputs that refuse `record`: original first, so that no open dead letter lacks its original.

    A header that is null becomes an empty one in the original: what we write has no null headers.
    """
    key = dead_letter_id(record.topic, record.partition, record.offset, stage)
    letter: DeadLetter = {
        "id": key,
        "agency": agency,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "stage": stage,
        "received": format_time(datetime.fromtimestamp(record.timestamp / 1000, UTC)),
        "report_id": report_id,
        "document_id": document_id,
        "event_id": event_id,
        "reasons": [{"code": r.code, "field": r.field, "en": r.en, "es": r.es} for r in reasons],
        "state": "open",
        "by": None,
        "note": None,
    }
    origin = (record.topic, str(record.partition), str(record.offset), stage)
    own = ((name, value or b"") for name, value in record.headers)
    headers = (*own, *zip(ORIGIN_HEADERS, (part.encode() for part in origin), strict=True))
    return [
        Output(topics.originals, key.encode(), record.value, headers),
        Output(topics.dead_letters, key.encode(), orjson.dumps(letter)),
    ]

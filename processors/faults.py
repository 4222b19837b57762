"""What a stage does with a record of ours that it can't read: a fault of the platform, not of a publisher."""

import re

from processors.stages import measure_output
from streams.dead_letters import make_dead_letter
from streams.records import Output, Record
from streams.refusals import make_reason
from streams.topics import Topics

__all__ = ["drop_oversized_original", "refuse_fault"]

_DOCUMENT_ID = re.compile(r"[0-9a-f]{32}")


def refuse_fault(topics: Topics, record: Record, stage: str, limit: int) -> list[Output]:
    """The dead letter of a record that `stage` has a fault on.

    Its value isn't read; of a report's record the key says which report it is. The agency stays unknown.
    """
    reasons = (make_reason("enrichment_failed", expected=stage),)
    document = (record.key or b"").decode(errors="replace") if topics.holds_reports(record.topic) else ""
    letter = make_dead_letter(
        topics,
        record,
        stage=stage,
        agency="",
        reasons=reasons,
        document_id=document if _DOCUMENT_ID.fullmatch(document) else None,
    )
    return drop_oversized_original(topics, letter, limit)


def drop_oversized_original(topics: Topics, letter: list[Output], limit: int) -> list[Output]:
    """The outputs of a dead letter without an original that no topic takes: it would stop the worker at every start.

    The topic that it came from keeps it, and the letter, which is always written, has its coordinates.
    """
    return [output for output in letter if output.topic != topics.originals or measure_output(output) <= limit]

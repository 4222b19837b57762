"""What a stage does with a record of ours that it can't read: a fault of the platform, not of a publisher."""

from processors.stages import measure_output
from streams.dead_letters import make_dead_letter
from streams.records import Output, Record
from streams.refusals import make_reason
from streams.topics import Topics

__all__ = ["drop_oversized_original", "refuse_fault"]


def refuse_fault(topics: Topics, record: Record, stage: str, limit: int) -> list[Output]:
    """The dead letter of a record that `stage` has a fault on; the agency is not known, for the record isn't read."""
    reasons = (make_reason("enrichment_failed", expected=stage),)
    letter = make_dead_letter(topics, record, stage=stage, agency="", reasons=reasons)
    return drop_oversized_original(topics, letter, limit)


def drop_oversized_original(topics: Topics, letter: list[Output], limit: int) -> list[Output]:
    """The outputs of a dead letter without an original that no topic takes: it would stop the worker at every start.

    The topic that it came from keeps it, and the letter, which is always written, has its coordinates.
    """
    return [output for output in letter if output.topic != topics.originals or measure_output(output) <= limit]

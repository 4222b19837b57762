"""A judgement on its way to the view that it is of.

It goes through the release worker because that worker alone writes what a view's correlation reads: documents have
their offset on `facts.<view>` as version, so correlation can't read a second topic.
"""

import contextlib
from collections.abc import Collection

from processors.faults import drop_oversized_original
from streams.dead_letters import make_dead_letter
from streams.envelope import Envelope
from streams.judging import read_judgement
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.refusals import Refused
from streams.topics import Topics

__all__ = ["forward_judgement", "refuse_judgement"]


def forward_judgement(record: Record, topics: Topics, views: Collection[str]) -> Output:
    """What correlation reads of a record of `judgements`; raises `Refused` with the reasons.

    A repetition is forwarded again: which judgement of a judge counts is decided there.
    """
    judgement, told = read_judgement(record)
    if judgement.view not in views:
        raise Refused.because("unknown_view", field="view")
    return Output(topics.facts(judgement.view), told["id"].encode(), canonical_json(told))


def refuse_judgement(record: Record, refused: Refused, topics: Topics, stage: str, limit: int) -> list[Output]:
    """The dead letter of a judgement; of no agency, for none published it."""
    event_id = None
    with contextlib.suppress(Refused):
        named = Envelope.from_headers(record.headers).id
        event_id = named if named.isprintable() else None
    letter = make_dead_letter(topics, record, stage=stage, agency="", reasons=refused.reasons, event_id=event_id)
    return drop_oversized_original(topics, letter, limit)

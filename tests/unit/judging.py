"""Judgements for tests."""

from typing import Any

from streams.judgements import JudgementRecord, Said, judgement_key
from streams.links import link_id
from tests.unit.correlating import report_name

__all__ = ["make_judgement"]


def make_judgement(said: Said = "different", judge: str = "ana", pair: tuple[int, int] = (1, 2), **parts: Any) -> Any:
    """What the fictional analyst `judge` says of the link of two reports, by the numbers of `make_record`."""
    left, right = sorted(map(report_name, pair))
    link = link_id(left, right)
    record: JudgementRecord = {
        "id": judgement_key(link, judge),
        "kind": "judgement",
        "link": link,
        "left": left,
        "right": right,
        "said": said,
        "why": "Compared both files.",
        "judge": judge,
        "known_by": "login",
        "judged_at": "2026-03-01T12:00:00.000Z",
        "received": "2026-03-01T12:00:00.100Z",
        "event_id": "e1",
    }
    return {**record, **parts}

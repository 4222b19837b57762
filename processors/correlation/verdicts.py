"""What analysts judged, kept up to date judgement by judgement: which pairs stay apart, and what links show of it."""

from collections.abc import Iterator, Mapping

from processors.correlation.grouping import Apart, Edge
from processors.correlation.judgements import evidence_of, judge_link, replaces
from processors.correlation.scoring import Weighed
from streams.judgements import JudgementRecord, LinkJudgement, Verdict

__all__ = ["Verdicts"]


class Verdicts:
    """Judgements by pair of reports, the smaller id first. `apart` are the pairs judged different."""

    def __init__(self) -> None:
        """Nothing judged."""
        self.apart = Apart()
        self._records: dict[Edge, dict[str, JudgementRecord]] = {}
        self._shown: dict[Edge, LinkJudgement] = {}

    def __iter__(self) -> Iterator[Edge]:
        """Every pair on which somebody said something, be it that they take it back."""
        return iter(self._records)

    def __contains__(self, edge: Edge) -> bool:
        """Whether somebody said something of a pair."""
        return edge in self._records

    def put(self, record: JudgementRecord) -> bool:
        """Take a judgement in; False if a later one of the same judge on the same link stands.

        Two reports that were judged different stay apart whatever the evidence, also while nothing links them.
        """
        edge = (record["left"], record["right"])
        held = self._records.setdefault(edge, {})
        if record["id"] in held and not replaces(record, held[record["id"]]):
            return False
        held[record["id"]] = record
        judged = judge_link(held.values(), ())
        self.apart.put(edge, apart=judged is not None and judged.get("verdict") == "different")
        self._shown.pop(edge, None)
        return True

    def look(self, edge: Edge, weighed: Weighed | None) -> LinkJudgement | None:
        """What holds of a link, of which `weighed` was found; kept until the next look. None if nothing was judged, or
        if nothing links the two.
        """
        held = self._records.get(edge)
        judged = judge_link(held.values(), evidence_of(weighed.spoke)) if held and weighed is not None else None
        if judged is not None:
            self._shown[edge] = judged
        else:
            self._shown.pop(edge, None)
        return judged

    def verdict(self, edge: Edge) -> Verdict | None:
        """The verdict that held at the last look."""
        judged = self._shown.get(edge)
        return None if judged is None else judged.get("verdict")

    def standing(self) -> Mapping[Edge, LinkJudgement]:
        """What held of each judged link at the last look."""
        return self._shown

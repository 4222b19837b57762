"""What was found of each pair of reports that is linked: all that networks need of a link."""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from processors.correlation.events import are_one_event
from processors.correlation.scoring import Weighed
from streams.facts import ComparisonRecord
from streams.links import Strength

__all__ = ["Tie", "Ties", "decode_tie", "encode_tie", "make_tie"]

_FORM = struct.Struct("<dB")
_STRONG, _SAME_EVENT = 1, 2


class Tie(NamedTuple):
    """A link without its reasons. `score` are the log-odds of the document, `same_event` says that both reports may
    be told of one event.
    """

    strength: Strength
    score: float
    same_event: bool


def make_tie(weighed: Weighed, left: ComparisonRecord, right: ComparisonRecord) -> Tie:
    """The tie of a pair that was weighed."""
    return Tie(weighed.strength, weighed.score, are_one_event(weighed, left, right))


def encode_tie(tie: Tie) -> bytes:
    """Nine bytes."""
    return _FORM.pack(tie.score, _STRONG * (tie.strength == "strong") | _SAME_EVENT * tie.same_event)


def decode_tie(raw: bytes) -> Tie:
    """What `encode_tie` wrote; `struct.error` for anything of another length."""
    score, flags = _FORM.unpack(raw)
    return Tie("strong" if flags & _STRONG else "possible", score, bool(flags & _SAME_EVENT))


class Ties:
    """Number -> numbers of the reports it is linked with -> tie.

    Scores are sums of a few weights, so that few different ties exist: equal ones are one object.
    """

    def __init__(self) -> None:
        """No links."""
        self._of: dict[int, dict[int, Tie]] = {}
        self._same: dict[Tie, Tie] = {}

    def get(self, one: int, other: int) -> Tie | None:
        """The tie of two reports, in either order; None if they are not linked."""
        held = self._of.get(one)
        return None if held is None else held.get(other)

    def put(self, one: int, other: int, tie: Tie | None) -> None:
        """Link two reports, or with None take the link away."""
        if tie is not None:
            tie = self._same.setdefault(tie, tie)
            self._of.setdefault(one, {})[other] = tie
            self._of.setdefault(other, {})[one] = tie
            return
        for left, right in ((one, other), (other, one)):
            held = self._of.get(left)
            if held is not None:
                held.pop(right, None)
                if not held:
                    del self._of[left]

    def of(self, number: int) -> Mapping[int, Tie]:
        """Whom a report is linked with; not to be changed meanwhile."""
        return self._of.get(number, _NONE)

    def __iter__(self) -> Iterator[tuple[int, int, Tie]]:
        """Each link once."""
        for one, held in self._of.items():
            for other, tie in held.items():
                if one < other:
                    yield one, other, tie


_NONE: Mapping[int, Tie] = {}

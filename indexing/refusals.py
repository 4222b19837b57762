"""What every writer shares: its two steps, records that the index will not have, and the canary's question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from indexing.bulk import BulkWriter, Operation
from indexing.errors import CanaryRefusedError
from streams.records import Record
from streams.refusals import Reason, make_reason

__all__ = ["WRONG_SHAPE", "Refusal", "Writer", "decode_tree", "send_canary"]

WRONG_SHAPE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What a record of the wrong shape raises in the pure functions."""


@dataclass(slots=True)
class Refusal:
    """A record that the index will not have, whole or in part, and why."""

    record: Record
    agency: str = ""
    report_id: str | None = None
    document_id: str | None = None
    event_id: str | None = None
    reasons: list[Reason] = field(default_factory=list)


class Writer(Protocol):
    """The way of a job's records into the index, in two steps: the first of the next batch overlaps with the second."""

    async def begin(self, records: Sequence[Record]) -> Any:
        """Step one; what it returns goes to `finish` once membership is proved."""

    async def finish(self, state: Any) -> list[Refusal]:
        """Step two: everything of the batch is written when it returns, but for the refusals."""

    async def check_canary(self) -> None:
        """Raise CanaryRefusedError if the index refuses a document that is known to be good."""


def decode_tree(record: Record, refusals: list[Refusal], agency: str = "unknown") -> dict[str, Any] | None:
    """The JSON object in a record; None, and a refusal of `agency`'s record, if there is none."""
    if not record.value:
        refusals.append(Refusal(record, agency, reasons=[make_reason("empty_value")]))
        return None
    try:
        tree = orjson.loads(record.value)
    except orjson.JSONDecodeError as error:
        refusals.append(Refusal(record, agency, reasons=[make_reason("invalid_json", position=error.pos)]))
        return None
    if not isinstance(tree, dict):
        refusals.append(Refusal(record, agency, reasons=[make_reason("not_an_object")]))
        return None
    return tree


async def send_canary(bulk: BulkWriter, index: str, operations: Iterable[Operation]) -> None:
    """Write documents that are known to be good; CanaryRefusedError if the index refuses one."""
    for outcome in await bulk.send_until_done(index, list(operations)):
        if outcome.kind == "refused":
            raise CanaryRefusedError(
                f"The index {index} refuses even a document that is known to be good ({outcome.reason}): its mapping "
                "was changed by hand, so remove the index and start the indexer again; it fills a new one from Kafka."
            )

"""Writing a family whose every record is one document: links, networks, alerts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from indexing.bulk import BulkWriter, Operation
from indexing.counters import SinkCounters
from indexing.plan import Derived
from indexing.refusals import WRONG_SHAPE, Refusal, decode_tree, send_canary
from streams.envelope import format_time
from streams.records import Record
from streams.refusals import make_reason

__all__ = ["DocumentWriter"]

_ID = re.compile(r"[0-9a-f]{32}")
_AGENCY = "puente"  # whose record it is in a dead letter: the platform wrote it, not an agency


@dataclass(frozen=True, slots=True)
class _Entry:
    record: Record
    operation: Operation


class DocumentWriter:
    """Writes the records of one view as `derived` says, each under its own version (`external_gte`).

    Nothing is written before the batch's membership is proved: of two documents of one version the later in the topic
    stays, and a member that was replaced must not bring back an earlier one.
    """

    def __init__(self, bulk: BulkWriter, derived: Derived, *, index: str, view: str, counters: SinkCounters) -> None:
        self._bulk = bulk
        self._derived = derived
        self._index = index
        self._view = view
        self._counters = counters

    async def begin(self, records: Sequence[Record]) -> tuple[list[_Entry], list[Refusal]]:
        """Make the documents; of several versions of one id in the batch the highest, of equal ones the last."""
        refusals: list[Refusal] = []
        newest: dict[str, _Entry] = {}
        for record in records:
            entry = self._make(record, refusals)
            if entry is None:
                continue
            before = newest.get(entry.operation.id)
            if before is not None:
                self._counters.folded += 1
            if before is None or entry.operation.version >= before.operation.version:
                newest[entry.operation.id] = entry
        return list(newest.values()), refusals

    async def finish(self, state: tuple[list[_Entry], list[Refusal]]) -> list[Refusal]:
        """Write them; all are in the index, that version or a newer one, but for the refusals."""
        entries, refusals = state
        if not entries:
            return refusals
        outcomes = await self._bulk.send_until_done(self._index, [entry.operation for entry in entries])
        counts = self._counters.documents
        for entry, outcome in zip(entries, outcomes, strict=True):
            if outcome.kind == "refused":
                refusals.append(_refuse(entry.record, outcome.field, f"{entry.operation.id}: {outcome.reason}"))
            elif outcome.kind == "stale":
                self._counters.stale += 1
            else:
                counts[self._derived.family.name] = counts.get(self._derived.family.name, 0) + 1
        return refusals

    async def check_canary(self) -> None:
        """Index the canary, hidden from every search."""
        canary = self._derived.canary
        document = {**self._derived.make(canary, "2024-01-01T00:00:00.000Z"), "live": False}
        await send_canary(self._bulk, self._index, [Operation(canary["id"], canary["version"], orjson.dumps(document))])

    def _make(self, record: Record, refusals: list[Refusal]) -> _Entry | None:
        """The record's document; None if it belongs to another view, or was refused."""
        tree = decode_tree(record, refusals, _AGENCY)
        if tree is None:
            return None
        try:
            if not self._derived.belongs(tree, self._view):
                self._counters.elsewhere += 1
                return None
            name, version = _identify(tree)
            written = format_time(datetime.fromtimestamp(record.timestamp / 1000, UTC))
            source = orjson.dumps(self._derived.make(tree, written))
        except (*WRONG_SHAPE, orjson.JSONEncodeError) as error:
            refusals.append(_refuse(record, "", f"no record of {self._derived.family.name} ({type(error).__name__})"))
            return None
        return _Entry(record, Operation(name, version, source))


def _identify(tree: dict[str, Any]) -> tuple[str, int]:
    """Id and version; ValueError if they could not stand in the index."""
    name, version = tree["id"], tree["version"]
    if not _ID.fullmatch(name) or type(version) is not int or not 0 <= version < 2**63:
        raise ValueError("id or version")
    return name, version


def _refuse(record: Record, field: str, why: str) -> Refusal:
    # No document id: the id of a network is that of a report, whose own revisions are not what was refused here.
    return Refusal(record, _AGENCY, reasons=[make_reason("document_refused", field=field, expected=why)])

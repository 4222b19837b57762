"""What a batch of records writes: reports with their items, or dead letters. The steps of `indexing.protocol`, sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson

from indexing.bulk import BulkWriter, Operation, Outcome
from indexing.canary import canary_items, canary_letter, canary_report
from indexing.counters import SinkCounters
from indexing.documents import (
    Document,
    dead_letter_document,
    dead_letter_version,
    item_documents,
    item_slots,
    item_tombstone,
    report_document,
)
from indexing.elastic import explain_answer, raise_for_answer
from indexing.errors import SearchUnreachableError
from indexing.protocol import Stored, fold_batch, leftover_ordinals, slots_to_store
from indexing.refusals import WRONG_SHAPE, Refusal, decode_tree, send_canary
from streams.identity import document_id
from streams.records import Record
from streams.refusals import make_reason
from streams.reports import DeadLetter, EnrichedReport

__all__ = ["LetterWriter", "ReportWriter"]


@dataclass(slots=True)
class _Report:
    """A decoded record on its way."""

    record: Record
    report: EnrichedReport
    slots: int
    document: Document
    items: dict[int, Document]
    leftover: range = range(0)
    current: bool = False


class ReportWriter:
    """Writes `reports.<view>` into its reports index and its items index."""

    def __init__(self, bulk: BulkWriter, *, report_index: str, item_index: str, counters: SinkCounters) -> None:
        self._bulk = bulk
        self._report_index = report_index
        self._item_index = item_index
        self._counters = counters

    async def begin(self, records: Sequence[Record]) -> tuple[list[_Report], list[Refusal]]:
        """Fold, read what is there, write the reports: steps (a) and (b).

        After any doubtful attempt (no answer, a busy shard) it reads again: then a write that did take effect shows as
        "the same version", and not as somebody else's write.
        """
        refusals: list[Refusal] = []
        decoded = [pair for record in records if (pair := _decode_report(record, refusals))]
        folded = fold_batch(decoded)
        self._counters.folded += len(decoded) - len(folded)
        reports = [made for report, record in folded.values() if (made := _make(report, record, refusals))]
        left, backoff = reports, self._bulk.new_backoff()
        while left:
            stored = await self._read([entry.report["id"] for entry in left])
            operations = [self._operation(entry, stored.get(entry.report["id"])) for entry in left]
            outcomes = await self._bulk.send_once(self._report_index, operations)
            again: list[_Report] = []
            for entry, outcome in zip(left, outcomes, strict=True):
                if outcome.kind == "retry":
                    again.append(entry)
                else:
                    self._settle(entry, outcome, stored.get(entry.report["id"]), refusals)
            if len(again) < len(left):
                backoff.reset()
            left = again
            if left:
                self._bulk.on_retry(len(left))
                await backoff.wait()
        return reports, refusals

    def _operation(self, entry: _Report, stored: Stored | None) -> Operation:
        entry.document["item_slots"] = slots_to_store(stored, entry.slots)
        return Operation(entry.report["id"], entry.report["version"], orjson.dumps(entry.document))

    def _settle(self, entry: _Report, outcome: Outcome, stored: Stored | None, refusals: list[Refusal]) -> None:
        if outcome.kind == "stale":
            self._counters.stale += 1
        elif outcome.kind == "refused":
            refusals.append(_refuse(entry.record, entry.report, outcome.field, outcome.reason))
        else:
            assert outcome.kind in {"created", "updated"}
            created = outcome.kind == "created"
            self._counters.indexed += 1
            self._counters.replaced += not created
            entry.current = True
            result = "created" if created else "updated"
            entry.leftover = leftover_ordinals(stored, entry.report["version"], entry.slots, cast(Any, result))

    async def _read(self, ids: list[str]) -> dict[str, Stored]:
        backoff = self._bulk.new_backoff()
        while True:
            try:
                answer = await self._bulk.wire.mget(self._report_index, ids, "item_slots")
            except SearchUnreachableError:
                pass
            else:
                if answer.status == 200 and (found := _read_stored(answer.body["docs"])) is not None:
                    return found
                if answer.status >= 300 and not (answer.busy or explain_answer(answer) == "cluster_block_exception"):
                    raise_for_answer(answer, self._report_index)
            self._bulk.on_retry(len(ids))
            await backoff.wait()

    async def finish(self, state: tuple[list[_Report], list[Refusal]]) -> list[Refusal]:
        """Write items and tombstones of the reports that are current: step (d)."""
        reports, refusals = state
        operations: list[Operation] = []
        owners: list[tuple[_Report, int]] = []
        for entry in reports:
            if not entry.current:
                continue
            agency, report_id, version = entry.report["agency"], entry.report["report_id"], entry.report["version"]
            for ordinal in range(entry.slots):
                # An ordinal that the facts skip is a tombstone too.
                document = entry.items.get(ordinal) or item_tombstone(entry.report, ordinal)[1]
                item_id = document_id(agency, report_id, ordinal)
                operations.append(Operation(item_id, version, orjson.dumps(document)))
                owners.append((entry, ordinal))
            for ordinal in entry.leftover:
                item_id, document = item_tombstone(entry.report, ordinal)
                operations.append(Operation(item_id, version, orjson.dumps(document)))
                owners.append((entry, ordinal))
            self._counters.tombstones += len(entry.leftover)
        if operations:
            outcomes = await self._bulk.send_until_done(self._item_index, operations)
            self._counters.items += sum(outcome.kind in {"created", "updated"} for outcome in outcomes)
            refused: dict[int, Refusal] = {}
            for (entry, ordinal), outcome in zip(owners, outcomes, strict=True):
                if outcome.kind == "refused":
                    why = _refuse(entry.record, entry.report, f"items[{ordinal}]", outcome.reason)
                    if id(entry) in refused:
                        refused[id(entry)].reasons += why.reasons
                    else:
                        refused[id(entry)] = why
            refusals += refused.values()
        return refusals

    async def check_canary(self) -> None:
        """Index the canary as report and item."""
        operations = [Operation(str(report["id"]), 1, orjson.dumps(report)) for report in [canary_report()]]
        await send_canary(self._bulk, self._report_index, operations)
        items = [Operation(item_id, 1, orjson.dumps(item)) for item_id, item in canary_items().items()]
        await send_canary(self._bulk, self._item_index, items)


class LetterWriter:
    """Writes the `dead-letters` topic into its index; a letter's version is the rank of its state."""

    def __init__(self, bulk: BulkWriter, *, index: str, counters: SinkCounters) -> None:
        self._bulk = bulk
        self._index = index
        self._counters = counters

    async def begin(self, records: Sequence[Record]) -> list[Refusal]:
        """Write the highest state of each letter in the batch."""
        refusals: list[Refusal] = []
        newest: dict[str, tuple[int, DeadLetter, Record]] = {}
        for record in records:
            if letter := _decode_letter(record, refusals):
                version = dead_letter_version(letter)
                if letter["id"] not in newest or version >= newest[letter["id"]][0]:
                    newest[letter["id"]] = (version, letter, record)
        operations = [
            Operation(letter["id"], version, orjson.dumps(dead_letter_document(letter)))
            for version, letter, _ in newest.values()
        ]
        outcomes = await self._bulk.send_until_done(self._index, operations)
        for (_, letter, record), outcome in zip(newest.values(), outcomes, strict=True):
            if outcome.kind == "refused":
                reason = make_reason("document_refused", field=outcome.field, expected=outcome.reason)
                refusals.append(Refusal(record, letter["agency"], reasons=[reason]))
            elif outcome.kind == "stale":
                self._counters.stale += 1
            else:
                self._counters.letters += 1
        # A letter about a letter must not go round for ever: one refusal is enough to ask whether the index is right.
        if refusals:
            await self.check_canary()
        return refusals

    async def finish(self, state: list[Refusal]) -> list[Refusal]:
        """Nothing is left to write."""
        return state

    async def check_canary(self) -> None:
        """Index a closed letter of nobody's."""
        letter = canary_letter()
        operation = Operation(letter["id"], dead_letter_version(letter), orjson.dumps(dead_letter_document(letter)))
        await send_canary(self._bulk, self._index, [operation])


def _read_stored(docs: list[dict[str, Any]]) -> dict[str, Stored] | None:
    """Id -> what is stored; None if a shard could not say."""
    if any("error" in doc for doc in docs):
        return None
    return {
        doc["_id"]: Stored(doc["_version"], doc.get("_source", {}).get("item_slots", 0))
        for doc in docs
        if doc.get("found")
    }


def _decode_report(record: Record, refusals: list[Refusal]) -> tuple[EnrichedReport, Record] | None:
    tree = decode_tree(record, refusals)
    if tree is None:
        return None
    report = cast(EnrichedReport, tree)
    try:
        right = report["id"] == document_id(report["agency"], report["report_id"]) and report["version"] >= 0
    except WRONG_SHAPE:
        right = False
    if not right:
        refusals.append(
            Refusal(record, "unknown", reasons=[make_reason("document_refused", expected="no enriched report")])
        )
        return None
    return report, record


def _make(report: EnrichedReport, record: Record, refusals: list[Refusal]) -> _Report | None:
    try:
        slots = item_slots(report)
        return _Report(record, report, slots, report_document(report, slots), item_documents(report))
    except WRONG_SHAPE as error:
        refusals.append(_refuse(record, report, "", f"no enriched report ({type(error).__name__})"))
        return None


def _refuse(record: Record, report: EnrichedReport, field: str, why: str) -> Refusal:
    reason = make_reason("document_refused", field=field, expected=why)
    return Refusal(record, report["agency"], report["report_id"], report["id"], report.get("event_id"), [reason])


def _decode_letter(record: Record, refusals: list[Refusal]) -> DeadLetter | None:
    tree = decode_tree(record, refusals)
    if tree is None:
        return None
    letter = cast(DeadLetter, tree)
    try:
        dead_letter_version(letter)
        right = len(letter["id"]) == 32 and letter["id"].isalnum() and letter["id"].isascii()
    except WRONG_SHAPE:
        right = False
    if not right:
        refusals.append(
            Refusal(record, "unknown", reasons=[make_reason("document_refused", expected="no dead letter")])
        )
        return None
    return letter

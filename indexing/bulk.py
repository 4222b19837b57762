"""Raw NDJSON bulks: bytes in, one outcome a document out. What may be tried again is tried again; nothing is guessed.

Measured beside `elasticsearch.helpers.async_bulk` on the same documents (tests/bench/bench_indexing.py).
"""

import asyncio
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import structlog

from indexing.elastic import Answer, explain_answer, raise_for_answer
from indexing.errors import SearchUnreachableError, UnexpectedAnswerError

__all__ = ["Backoff", "BulkWriter", "Operation", "Outcome", "Wire", "explain_refusal"]

log = structlog.get_logger(__name__)

MAX_DOCUMENTS = 2_000
MAX_BYTES = 1_000_000
"""Bytes of one bulk; a single document larger than this goes alone. From 1 MiB on the HTTP client warns that one write
holds up the event loop; larger bulks were no faster beyond the noise."""
IN_FLIGHT = 2


class Wire(Protocol):
    """What the sink needs of Elasticsearch; `indexing.elastic.Elastic` is the real one."""

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer: ...
    async def bulk(self, index: str, body: bytes) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One document to write under an external version; a higher one in the index stays (`external_gte`)."""

    id: str
    version: int
    source: bytes

    def encode(self) -> bytes:
        """The two lines of the bulk. Ids are hexadecimal digits, nothing in them needs escaping."""
        return b'{"index":{"_id":"%b","version":%d,"version_type":"external_gte"}}\n%b\n' % (
            self.id.encode(),
            self.version,
            self.source,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. `field` and `reason` say why a refused one was, without quoting its content."""

    kind: Literal["created", "updated", "stale", "refused", "retry"]
    field: str = ""
    reason: str = ""


CREATED, UPDATED, STALE, RETRY = Outcome("created"), Outcome("updated"), Outcome("stale"), Outcome("retry")


@dataclass(slots=True)
class Backoff:
    """Pauses between attempts: doubling from `first_s` to `cap_s` seconds, each shortened at random by up to a half."""

    rng: random.Random = field(default_factory=random.Random)
    first_s: float = 0.1
    cap_s: float = 10.0
    attempts: int = 0

    async def wait(self) -> None:
        """Sleep for the next pause."""
        pause = min(self.cap_s, self.first_s * 2 ** min(self.attempts, 20))
        self.attempts += 1
        await asyncio.sleep(pause * (0.5 + self.rng.random() / 2))

    def reset(self) -> None:
        """Something got through: start over with the short pause."""
        self.attempts = 0


class BulkWriter:
    """Sends operations, at most `IN_FLIGHT` bulks at a time over everything that shares this writer.

    `on_retry(n)` is told how many documents will be sent again.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        backoff: Callable[[], Backoff] = Backoff,
        on_retry: Callable[[int], None] = lambda _: None,
        max_documents: int = MAX_DOCUMENTS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self.wire = wire
        self.new_backoff = backoff
        self.on_retry = on_retry
        self._max_documents = max_documents
        self._max_bytes = max_bytes
        self._slots = asyncio.Semaphore(IN_FLIGHT)

    async def send_once(self, index: str, operations: Sequence[Operation]) -> list[Outcome]:
        """One attempt at every operation, in order of `operations`; "retry" where it may or may not have been written.

        Raises AccessRefusedError, IndexMissingError or UnexpectedAnswerError: the deployment is wrong.
        """
        chunks = self._chunks(operations)
        if len(chunks) == 1:
            return await self._send_chunk(index, chunks[0])
        tasks = [asyncio.ensure_future(self._send_chunk(index, chunk)) for chunk in chunks]
        try:
            return [outcome for outcomes in await asyncio.gather(*tasks) for outcome in outcomes]
        finally:
            for task in tasks:
                task.cancel()

    async def send_until_done(self, index: str, operations: Sequence[Operation]) -> list[Outcome]:
        """As `send_once`, until no operation is left to retry: for ever, if need be, with a back-off."""
        outcomes: list[Outcome] = [RETRY] * len(operations)
        left = list(range(len(operations)))
        backoff = self.new_backoff()
        while left:
            for at, outcome in zip(left, await self.send_once(index, [operations[at] for at in left]), strict=True):
                outcomes[at] = outcome
            again = [at for at in left if outcomes[at] is RETRY]
            if len(again) < len(left):
                backoff.reset()
            left = again
            if left:
                self.on_retry(len(left))
                await backoff.wait()
        return outcomes

    def _chunks(self, operations: Sequence[Operation]) -> list[list[Operation]]:
        chunks: list[list[Operation]] = []
        size = self._max_bytes
        for operation in operations:
            length = len(operation.source) + 120
            if not chunks or size + length > self._max_bytes or len(chunks[-1]) >= self._max_documents:
                chunks.append([])
                size = 0
            chunks[-1].append(operation)
            size += length
        return chunks

    async def _send_chunk(self, index: str, chunk: list[Operation]) -> list[Outcome]:
        async with self._slots:
            try:
                answer = await self.wire.bulk(index, b"".join([operation.encode() for operation in chunk]))
            except SearchUnreachableError as error:
                log.warning("bulk_unanswered", index=index, documents=len(chunk), why=str(error))
                return [RETRY] * len(chunk)
        if answer.status == 200:
            return read_items(answer.body, len(chunk), index)
        if answer.busy or explain_answer(answer) == "cluster_block_exception":
            log.warning("bulk_put_off", index=index, documents=len(chunk), why=explain_answer(answer))
            return [RETRY] * len(chunk)
        if answer.status not in {400, 413}:
            raise_for_answer(answer, index)
        # 413: too large in sum. 400 as a whole: some line spoils the rest; halving finds it.
        if len(chunk) == 1:
            why = "document too large" if answer.status == 413 else explain_answer(answer)
            return [Outcome("refused", "", why)]
        half = len(chunk) // 2
        return [*await self._send_chunk(index, chunk[:half]), *await self._send_chunk(index, chunk[half:])]


def read_items(body: Any, expected: int, index: str) -> list[Outcome]:
    """The outcomes in a bulk's answer."""
    items = body.get("items", ()) if isinstance(body, dict) else ()
    if len(items) != expected:
        raise UnexpectedAnswerError(
            f"Elasticsearch answered a bulk to {index} with {len(items)} of {expected} items: see its log."
        )
    return [_read_item(item["index"], index) for item in items]


def _read_item(item: dict[str, Any], index: str) -> Outcome:
    status = item["status"]
    if status == 201:
        return CREATED
    if status == 200:
        return UPDATED
    if status == 409:
        return STALE
    error = item.get("error") or {}
    kind = error.get("type", "error")
    # A full disk blocks the index: 429 in today's versions, 403 in others; it ends when there is room.
    answer = Answer(status, {"error": {"type": kind}})
    if answer.busy or kind == "cluster_block_exception":
        return RETRY
    if status == 400:
        return Outcome("refused", *explain_refusal(error))
    if status == 413:
        return Outcome("refused", "", "document too large")
    raise_for_answer(answer, index)
    raise AssertionError


_FIELD_OF = (
    re.compile(r"failed to parse field \[([\w.]+)\] of type \[(\w+)\]"),
    re.compile(r"dynamic introduction of \[([\w.]+)\]()"),
    re.compile(r'immense term in field="([\w.]+)"()'),
    re.compile(r"object mapping for \[([\w.]+)\]()"),
)


def explain_refusal(error: dict[str, Any]) -> tuple[str, str]:
    """Field and reason of a refused document; Elasticsearch's own text is dropped, for it quotes the value."""
    kind = str(error.get("type", "error"))
    chain: dict[str, Any] | None = error
    while chain:
        for pattern in _FIELD_OF:
            if found := pattern.search(str(chain.get("reason", ""))):
                name, wanted = found.groups()
                return name, f"{name}: {kind}" + (f", it takes a {wanted}" if wanted else "")
        chain = chain.get("caused_by")
    return "", kind

"""Elasticsearch's bulk and multi-get in memory, as far as the sink sees them: external versions, results, refusals."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from indexing.bulk import Wire
from indexing.elastic import Answer
from indexing.errors import SearchUnreachableError

__all__ = ["CrashError", "FakeElastic", "FaultyWire"]

Refuse = Callable[[str, dict[str, Any]], str | None]


class FakeElastic:
    """Holds documents by index and id; a write under an external version replaces an equal or lower one.

    `refuse(index, document)` may return a reason: then the document is refused with 400, as by a strict mapping.
    """

    def __init__(self, refuse: Refuse = lambda _index, _document: None) -> None:
        self.documents: dict[str, dict[str, tuple[int, dict[str, Any]]]] = {}
        self._refuse = refuse

    def sources(self, index: str) -> dict[str, dict[str, Any]]:
        """Id -> document."""
        return {key: source for key, (_, source) in self.documents.get(index, {}).items()}

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer:
        """Version and one field of each document."""
        held = self.documents.get(index, {})
        docs: list[dict[str, Any]] = []
        for key in ids:
            if key in held:
                version, source = held[key]
                picked = {field: source[field]} if field in source else {}
                docs.append({"_id": key, "found": True, "_version": version, "_source": picked})
            else:
                docs.append({"_id": key, "found": False})
        return Answer(200, {"docs": docs})

    async def bulk(self, index: str, body: bytes) -> Answer:
        """Write each document of the bulk in order."""
        assert body.endswith(b"\n")
        lines = body[:-1].split(b"\n")
        held = self.documents.setdefault(index, {})
        items = [
            {"index": self._write(index, held, orjson.loads(action)["index"], orjson.loads(source))}
            for action, source in zip(lines[::2], lines[1::2], strict=True)
        ]
        return Answer(200, {"errors": any("error" in item["index"] for item in items), "items": items})

    def _write(
        self, index: str, held: dict[str, tuple[int, dict[str, Any]]], action: dict[str, Any], source: dict[str, Any]
    ) -> dict[str, Any]:
        assert action["version_type"] == "external_gte"
        key, version = action["_id"], action["version"]
        if reason := self._refuse(index, source):
            return {"status": 400, "error": {"type": "document_parsing_exception", "reason": reason}}
        if key in held and held[key][0] > version:
            return {"status": 409, "error": {"type": "version_conflict_engine_exception"}}
        created = key not in held
        held[key] = (version, source)
        return {"status": 201, "result": "created"} if created else {"status": 200, "result": "updated"}


class CrashError(Exception):
    """The process was killed here."""


class FaultyWire:
    """A wire that goes wrong as told, call by call; it stands before the fake and before the real Elasticsearch alike.

    Faults: "ok"; "lost" (the request never arrives); "unanswered" (it takes effect, the answer is lost); "busy" (429
    as a whole); "crash before" and "crash after" (the process dies). When they are used up, all goes well.
    """

    def __init__(self, wire: Wire, faults: Sequence[str] = ()) -> None:
        self._wire = wire
        self._faults = list(faults)

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer:
        """As the wire behind."""
        return await self._call(lambda: self._wire.mget(index, ids, field))

    async def bulk(self, index: str, body: bytes) -> Answer:
        """As the wire behind."""
        return await self._call(lambda: self._wire.bulk(index, body))

    async def _call(self, call: Any) -> Answer:
        fault = self._faults.pop(0) if self._faults else "ok"
        if fault == "crash before":
            raise CrashError
        if fault == "lost":
            raise SearchUnreachableError("no answer")
        if fault == "busy":
            return Answer(429, {"error": {"type": "es_rejected_execution_exception"}})
        answer: Answer = await call()
        if fault == "crash after":
            raise CrashError
        if fault == "unanswered":
            raise SearchUnreachableError("no answer")
        return answer

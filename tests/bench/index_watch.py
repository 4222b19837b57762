"""Asking Elasticsearch for documents until they answer, by id and by search: what a user would see."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

__all__ = ["IndexWatch", "watching"]

STEP_S = 0.01


@dataclass(slots=True)
class IndexWatch:
    """Asks for the sampled reports until they answer; `found` holds the moment (ms) by step and document id."""

    url: str
    index: str
    waiting: dict[str, set[str]] = field(default_factory=lambda: {"get": set(), "search": set()})
    found: dict[str, dict[str, float]] = field(default_factory=lambda: {"get": {}, "search": {}})
    asked: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def expect(self, document: str) -> None:
        """Ask for this one from now on."""
        with self._lock:
            for ids in self.waiting.values():
                ids.add(document)

    @property
    def is_done(self) -> bool:
        """Whether everything has answered, or asking failed."""
        return self.failure is not None or not any(self.waiting.values())

    def run(self) -> None:
        """Ask until told to stop."""
        try:
            address = urlsplit(self.url)
            connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
            while not self.stop.wait(STEP_S):
                self._ask(connection, "get", "_mget", lambda ids: {"ids": ids}, self._got)
                self._ask(connection, "search", "_search", self._query, self._hit)
            connection.close()
        except Exception as error:  # it is told in the main thread
            self.failure = error

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        step: str,
        path: str,
        body: Callable[[list[str]], Any],
        read: Callable[[Any], Iterator[str]],
    ) -> None:
        with self._lock:
            ids = sorted(self.waiting[step])
        if not ids:
            return
        headers = {"content-type": "application/json"}
        connection.request("POST", f"/{self.index}/{path}?_source=false", orjson.dumps(body(ids)), headers)
        answer = connection.getresponse()
        tree = orjson.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"Elasticsearch answered {answer.status}: {tree}")
        now = time.time() * 1000
        self.asked += 1
        for document in read(tree):
            self.found[step][document] = now
            with self._lock:
                self.waiting[step].discard(document)

    @staticmethod
    def _query(ids: list[str]) -> dict[str, Any]:
        return {"query": {"ids": {"values": ids}}, "size": len(ids), "track_total_hits": False}

    @staticmethod
    def _got(tree: dict[str, Any]) -> Iterator[str]:
        return (each["_id"] for each in tree["docs"] if each.get("found"))

    @staticmethod
    def _hit(tree: dict[str, Any]) -> Iterator[str]:
        return (each["_id"] for each in tree["hits"]["hits"])


@contextmanager
def watching(watch: IndexWatch) -> Iterator[None]:
    """The watch in a thread of its own."""
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        watch.stop.set()
        thread.join(30)

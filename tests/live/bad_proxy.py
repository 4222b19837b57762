"""A proxy before the real Elasticsearch that answers wrongly now and then, as a busy cluster and a bad network do."""

import http.client
import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

__all__ = ["BadProxy"]

FAULTS = ("busy", "unavailable", "gateway", "hang up before", "hang up after", "silence", "ok", "ok")


class BadProxy:
    """Injects faults into `_bulk` and `_mget` until `faults` of them are used up, then is honest.

    "busy" 429, "unavailable" 503, "gateway" 502 with HTML; "hang up before" and "hang up after" the request took
    effect; "silence": it took effect and no answer comes. A body over `max_body` bytes gets 413. `seen` counts what was
    done.
    """

    def __init__(self, url: str, *, faults: int, seed: int, max_body: int = 10**9, silence_s: float = 3.0) -> None:
        self._target = urlsplit(url)
        self._rng = random.Random(seed)
        self._left = faults
        self._lock = threading.Lock()
        self.max_body, self.silence_s = max_body, silence_s
        self.seen: Counter[str] = Counter()
        self.closing = threading.Event()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> "BadProxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where to find it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def choose(self, path: str, size: int) -> str:
        """What to do with a request."""
        with self._lock:
            fault = "ok"
            if "_bulk" in path and size > self.max_body:
                fault = "too large"
            elif self._left and ("_bulk" in path or "_mget" in path):
                fault = self._rng.choice(FAULTS)
                self._left -= fault != "ok"
            self.seen[fault] += 1
            return fault

    def forward(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """The real answer."""
        connection = http.client.HTTPConnection(self._target.hostname or "", self._target.port, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


class _Handler(BaseHTTPRequestHandler):
    proxy: BadProxy
    protocol_version = "HTTP/1.1"
    _CANNED: ClassVar = {"busy": 429, "unavailable": 503, "too large": 413, "refused": 401}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        proxy = self.proxy
        fault = proxy.choose(self.path, len(body))
        if fault in self._CANNED:
            self._answer(self._CANNED[fault], {"content-type": "application/json"}, b'{"error":{"type":"injected"}}')
            return
        if fault == "gateway":
            self._answer(502, {"content-type": "text/html"}, b"<html>Bad gateway</html>")
            return
        if fault != "hang up before":
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            status, answered, content = proxy.forward(self.command, self.path, headers, body)
            if fault == "silence":
                proxy.closing.wait(proxy.silence_s)
            elif fault == "ok":
                self._answer(status, answered, content)
                return
        self.close_connection = True

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding", "connection", "date", "server"}:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _handle  # noqa: N815 - the base class's names

"""A Maven repository on loopback that breaks off, lies, refuses and stalls: a fake of the wire."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rich.console import Console

from deploy.local.lockfile import Archive, ArtifactLock, Jars, LockedFile
from deploy.local.repository import Repository

QUIET = Console(quiet=True)
JARS = {name: (name.encode() * 80_001)[: 300_000 + at] for at, name in enumerate(("alpha", "beta", "gamma"))}
ENTRIES = {"lib/one.jar": b"one" * 90_001, "modules/two/two.jar": b"two" * 50_000, "config/users": b""}
FOLDER = "big-1/elasticsearch/"
ARCHIVE = "org.example:big:1:zip"

# A behaviour takes (wanted bytes, whole body) and returns (status, bytes to send, announced length).
Reply = tuple[int, bytes, int]
Behaviour = Callable[[bytes], Reply]


def break_off(after: int) -> Behaviour:
    """Announce the whole part and close the connection after some bytes of it."""
    return lambda part: (0, part[:after], len(part))


def answer(status: int) -> Behaviour:
    """An HTTP status without content."""
    return lambda _: (status, b"", 0)


def send(part: bytes) -> Reply:
    """What was asked for."""
    return (0, part, len(part))


def lie(part: bytes) -> Reply:
    """The right length, other bytes."""
    return (0, bytes(len(part)), len(part))


class FakeRepository(ThreadingHTTPServer):
    """A Maven repository on loopback: `files` by path, `plans` of behaviours used up one a request, a request log."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.plans: dict[str, list[Behaviour]] = defaultdict(list)
        self.log: list[tuple[str, str]] = []
        self.ranges = True

    @property
    def repository(self) -> Repository:
        """How to reach it."""
        return Repository(f"http://127.0.0.1:{self.server_port}")

    def requests_for(self, name: str) -> list[str]:
        """The Range headers of the requests whose path ends so ("" for none)."""
        return [asked for path, asked in self.log if path.endswith(name)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeRepository

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.server.log.append((self.path, asked))
        body = self.server.files.get(self.path)
        if body is None:
            self._send(404, b"", 0, "")
            return
        start, end = self._parse(asked, len(body))
        part = body[start:end]
        plan = self.server.plans[self.path]
        status, content, length = (plan.pop(0) if plan else send)(part)
        ranged = bool(asked) and self.server.ranges
        content_range = f"bytes {start}-{end - 1}/{len(body)}" if ranged else ""
        self._send(status or (206 if ranged else 200), content, length, content_range)

    def _parse(self, asked: str, size: int) -> tuple[int, int]:
        if not asked or not self.server.ranges:
            return 0, size
        first, last = asked.removeprefix("bytes=").split("-", 1)
        if not first:
            return max(0, size - int(last)), size
        return int(first), min(size, int(last) + 1) if last else size

    def _send(self, status: int, content: bytes, length: int, content_range: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        self.wfile.write(content)
        if len(content) < length:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        return


def make_zip() -> bytes:
    """A zip with the entries under their folder, a stranger before and after them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big-1/other.bin", bytes(500_000))
        for name, content in ENTRIES.items():
            archive.writestr(FOLDER + name, content)
        archive.writestr("big-1/last.bin", b"last")
    return target.getvalue()


def make_lock(archive: bytes) -> ArtifactLock:
    """The lock of these jars and entries."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        entries = tuple(
            LockedFile(
                path=name,
                size=len(content),
                packed=opened.getinfo(FOLDER + name).compress_size,
                sha256=sha256(content).hexdigest(),
            )
            for name, content in ENTRIES.items()
        )
    jars = tuple(
        LockedFile(
            path=f"{name}.jar",
            size=len(content),
            packed=len(content),
            sha256=sha256(content).hexdigest(),
            coordinate=f"org.example:{name}:1:jar",
        )
        for name, content in JARS.items()
    )
    return ArtifactLock(
        format=1,
        kafka=Jars(version="1", files=jars),
        elasticsearch=Archive(version="1", coordinate=ARCHIVE, folder=FOLDER, files=entries),
    )


ZIP = make_zip()
LOCK = make_lock(ZIP)


def jar_path(name: str) -> str:
    """Where the repository has a jar."""
    return f"/org/example/{name}/1/{name}-1.jar"


ZIP_PATH = "/org/example/big/1/big-1.zip"

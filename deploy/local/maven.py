"""Reading from the Maven repository: whole files with resume, and single entries of a large zip.

The repository's address comes from `jgo.maven`; a closed network may name its own mirror in `PUENTE_MAVEN_MIRROR`.
This is the one file that knows `requests` and `remotezip`.
"""

import threading
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from deploy.local.errors import DownloadError, WrongHashError
from deploy.local.folders import disk_errors
from deploy.local.lockfile import LockedFile
from deploy.local.repository import Repository, explain_break

__all__ = ["Fetcher", "Repository"]

CHUNK = 256 * 1024
# A break loses what has come of the chunk being read: small, so that a resumed download loses little.
WIRE_CHUNK = 16 * 1024
TIMEOUT_S = (10.0, 60.0)  # to connect, and between two bytes
# The pause before each further attempt, in seconds.
PAUSES_S = (0.5, 2.0, 5.0)

Advance = Callable[[int], None]


class _InterruptedError(Exception):
    """The wire broke off; another attempt may go on from there."""


class _StoppedError(Exception):
    """`Fetcher.stop` was called."""


class _RefusedError(Exception):
    """The repository answered, with a refusal that another attempt will not change."""


class Fetcher:
    """Fetches locked files into place; safe to share between threads, each keeps its own connection.

    Every file is written beside its place as `<name>.part`, checked by size and SHA-256, then renamed: at its
    place there is only ever a whole and right file.
    """

    def __init__(self, repository: Repository, *, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._repository = repository
        self._pauses_s = pauses_s
        self._local = threading.local()
        self._closers: list[Callable[[], None]] = []
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Make every fetch that is under way end soon with DownloadError; what it has is kept for the next run."""
        self._stopped.set()

    def close(self) -> None:
        """Close the connections of all threads; call it when no thread fetches any more."""
        while self._closers:
            self._closers.pop()()

    def fetch_file(self, locked: LockedFile, target: Path, advance: Advance) -> None:
        """Fetch `locked.coordinate` to `target`, going on where an earlier run broke off.

        Raises DownloadError, WrongHashError, DiskFullError or NoPermissionError.
        """
        coordinate = locked.coordinate or ""
        counted = 0

        def once(part: Path) -> None:
            nonlocal counted
            have = part.stat().st_size if part.exists() else 0
            if have > locked.size:
                part.unlink()
                have = 0
            advance(have - counted)
            counted = have

            def received(count: int) -> None:
                nonlocal counted
                counted += count
                advance(count)

            if have < locked.size:
                self._stream(self._repository.address(coordinate), part, have, received)

        self._fetch(coordinate, locked, target, once)

    def fetch_entry(self, archive: str, name: str, locked: LockedFile, target: Path, advance: Advance) -> None:
        """Fetch the entry `name` of the zip at the coordinate `archive` to `target`, reading only that entry.

        A compressed entry can't be resumed in its middle (the largest is 21 MB), so a broken one starts again.
        """
        counted = 0

        def once(part: Path) -> None:
            nonlocal counted
            advance(-counted)
            counted = done = 0
            with disk_errors(part), part.open("wb") as out, self._entry(archive, name) as packed:
                while (chunk := packed.read(CHUNK)) and done <= locked.size:
                    self._check_stopped()
                    out.write(chunk)
                    done += len(chunk)
                    wire = locked.packed * done // max(locked.size, 1)
                    advance(wire - counted)
                    counted = wire

        self._fetch(f"{name} of {archive}", locked, target, once)

    def _fetch(self, what: str, locked: LockedFile, target: Path, once: Callable[[Path], None]) -> None:
        part = target.with_name(target.name + ".part")
        with disk_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)

        def whole(path: Path) -> None:
            once(path)
            if path.stat().st_size < locked.size:
                raise _InterruptedError("it ended early")

        self._retry(what, whole, part)
        if hash_file(part) != locked.sha256:
            # Perhaps the leftover of an earlier run: once more, from the first byte.
            part.unlink()
            self._retry(what, whole, part)
            if hash_file(part) != locked.sha256:
                part.unlink()
                raise WrongHashError(
                    f"{what} was downloaded twice and is not the file that artifacts.lock names (its SHA-256 differs): "
                    "ask your network's administrator what changes downloads on the way, and don't use the file."
                )
        with disk_errors(target):
            part.chmod(0o644)
            part.replace(target)

    def _retry(self, what: str, once: Callable[[Path], None], part: Path) -> None:
        """Call `once` until it does not break off, at most once more than there are pauses."""
        pauses = iter(self._pauses_s)
        while True:
            try:
                self._guard(once, part)
            except _RefusedError as exc:
                raise DownloadError(f"{what} could not be downloaded: {exc}.") from exc
            except _InterruptedError as exc:
                pause = next(pauses, None)
                if pause is None:
                    raise DownloadError(
                        f"{what} could not be downloaded ({exc}): check the network and run the command again, "
                        "it goes on where it stopped."
                    ) from exc
                self._stopped.wait(pause)
            except _StoppedError as exc:
                raise DownloadError(f"{what} was not downloaded to its end: run the command again to go on.") from exc
            else:
                return

    def _guard(self, once: Callable[[Path], None], part: Path) -> None:
        """Run one attempt; the vendors' exceptions stop here."""
        import requests
        import urllib3
        from remotezip import RemoteZipError

        self._check_stopped()
        try:
            once(part)
        except requests.HTTPError as exc:
            self._forget()
            raise self._judge(exc) from exc
        except (requests.RequestException, urllib3.exceptions.HTTPError, RemoteZipError) as exc:
            self._forget()
            # remotezip wraps what requests raised; the refusal is inside.
            cause = exc.__context__
            if isinstance(cause, requests.HTTPError):
                raise self._judge(cause) from exc
            raise _InterruptedError(explain_break(exc)) from exc
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as exc:
            self._forget()
            raise _InterruptedError("its zip archive does not read well") from exc

    def _check_stopped(self) -> None:
        if self._stopped.is_set():
            raise _StoppedError

    @staticmethod
    def _judge(exc: Any) -> Exception:
        """What an HTTP error status means: worth another attempt, or final."""
        status = exc.response.status_code if exc.response is not None else 0
        if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS) or status >= 500:
            return _InterruptedError(f"the repository answered {status}")
        return _RefusedError(
            f"the repository answered {status}; check PUENTE_MAVEN_MIRROR if you set it, and your proxy settings"
        )

    def _stream(self, address: str, part: Path, have: int, advance: Advance) -> None:
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with self._session.get(address, stream=True, headers=headers, timeout=TIMEOUT_S) as response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
                raise _InterruptedError("the repository could not resume")
            response.raise_for_status()
            resumed = response.status_code == HTTPStatus.PARTIAL_CONTENT
            if have and not resumed:
                advance(-have)
            with disk_errors(part), part.open("ab" if resumed else "wb") as out:
                for chunk in response.iter_content(WIRE_CHUNK):
                    self._check_stopped()
                    out.write(chunk)
                    advance(len(chunk))

    def read_bytes(self, address: str) -> bytes:
        """The whole content at an address of the repository, for the maintainers' lock command."""
        content: list[bytes] = []

        def once(_: Path) -> None:
            with self._session.get(address, timeout=TIMEOUT_S) as response:
                response.raise_for_status()
                content.append(response.content)

        self._retry(address.rsplit("/", 1)[1], once, Path())
        return content[-1]

    def hash_entry(self, archive: str, name: str) -> tuple[str, int]:
        """SHA-256 and size of one entry of the zip at the coordinate `archive` (its CRC-32 is checked on the way)."""
        found: list[tuple[str, int]] = []

        def once(_: Path) -> None:
            digest, size = sha256(), 0
            with self._entry(archive, name) as packed:
                while chunk := packed.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
            found.append((digest.hexdigest(), size))

        self._retry(f"{name} of {archive}", once, Path())
        return found[-1]

    def _entry(self, archive: str, name: str) -> BinaryIO:
        opened: dict[str, Any] = self._local.__dict__.setdefault("archives", {})
        if archive not in opened:
            opened[archive] = self.open_archive(archive)
        entry: BinaryIO = opened[archive].open(name)
        return entry

    def open_archive(self, archive: str) -> Any:
        """The zip at the coordinate `archive`, of which only the directory has been read (a RemoteZip)."""
        from remotezip import RemoteZip

        address = self._repository.address(archive)
        opened = RemoteZip(address, initial_buffer_size=CHUNK, session=self._session, timeout=TIMEOUT_S)
        # ZipFile.close leaves open what it did not open itself, and that holds a connection.
        self._closers.append(opened.fp.close)
        return opened

    @property
    def _session(self) -> Any:
        """This thread's connection."""
        if not hasattr(self._local, "session"):
            import requests

            session = requests.Session()
            # remotezip forgets to close an answer that it refuses, so each thread remembers its latest.
            session.hooks["response"].append(self._remember)
            self._local.session = session
            self._closers.append(session.close)
        return self._local.session

    def _remember(self, response: Any, **_: object) -> None:
        self._local.response = response

    def _forget(self) -> None:
        """Drop this thread's connection and open archives: after a break they are in an unknown state."""
        kept = self._local.__dict__
        kept.pop("archives", None)
        for name in ("response", "session"):
            if (held := kept.pop(name, None)) is not None:
                held.close()


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = sha256()
    with disk_errors(path), path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()

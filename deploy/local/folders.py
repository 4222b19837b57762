"""Where the local servers live on disk: the home of one checkout, the shared cache, who owns them, and their locks."""

import contextlib
import errno
import fcntl
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from deploy.local.errors import DiskFullError, HomeBusyError, LocalServerError, NoPermissionError

__all__ = ["default_cache", "default_home"]

# Elasticsearch refuses to run as root, so root starts the servers as "nobody"; 65534 is that user on Linux.
UNPRIVILEGED_ID = 65534
WORKERS = "workers"
"""Where workers keep state under a home, each in a folder of its own."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def is_root() -> bool:
    """Whether this process has root's rights."""
    return os.geteuid() == 0


def server_owner() -> int | None:
    """The uid (and gid) that runs the servers if it is not our own: 65534 when we are root, otherwise None."""
    return UNPRIVILEGED_ID if is_root() else None


def default_home() -> Path:
    """The home of this checkout's servers: `PUENTE_HOME`, or one folder per checkout (or working directory).

    Root's own home is closed to the user that runs the servers, so root gets a folder under /var/lib.
    """
    if named := os.environ.get("PUENTE_HOME"):
        return Path(named).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[2]
    if checkout.parts[-2:] == ("build", "compiled") and (checkout.parents[1] / "pyproject.toml").exists():
        # A compiled copy (`deploy.compiling`) has the servers, state and keys of its sources.
        checkout = checkout.parents[1]
    instance = checkout if (checkout / "pyproject.toml").exists() else Path.cwd()
    digest = sha256(str(instance).encode()).hexdigest()[:8]
    return _state_folder() / f"{instance.name or 'root'}-{digest}"


def default_cache() -> Path:
    """The folder of downloaded servers, shared by all checkouts: `PUENTE_CACHE`, or the user's cache folder."""
    if named := os.environ.get("PUENTE_CACHE"):
        return Path(named).expanduser().absolute()
    if is_root():
        return Path("/var/cache/puente")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "puente"
    return _xdg("XDG_CACHE_HOME", ".cache")


def _state_folder() -> Path:
    if is_root():
        return Path("/var/lib/puente")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "puente"
    return _xdg("XDG_STATE_HOME", ".local/state")


def _xdg(variable: str, otherwise: str) -> Path:
    named = os.environ.get(variable, "")
    base = Path(named) if named.startswith("/") else Path.home() / otherwise
    return base / "puente"


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn a full disk or a refused access under `path` into one sentence; other OSErrors pass."""
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            raise DiskFullError(
                f"The disk that holds {path} is full: free some space there, or point PUENTE_HOME and PUENTE_CACHE "
                "to folders on another disk."
            ) from exc
        if exc.errno in _REFUSED:
            raise NoPermissionError(
                f"No permission for {exc.filename or path}: give yourself the right to write there, or point "
                "PUENTE_HOME and PUENTE_CACHE to folders of your own."
            ) from exc
        if exc.errno in (errno.ENOTDIR, errno.EEXIST):
            raise LocalServerError(
                f"{exc.filename or path} is in the way, it is not a folder: move it, or choose another PUENTE_HOME "
                "or PUENTE_CACHE."
            ) from exc
        raise


def make_folder(path: Path, owner: int | None = None) -> Path:
    """Create `path` with its parents, readable by others whatever the umask; give `path` itself to `owner`.

    With `owner`, `path` must be enterable by that user: NoPermissionError names the folder that is closed.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    with disk_errors(path):
        path.mkdir(parents=True, exist_ok=True)
        if owner is not None:
            for folder in missing:
                folder.chmod(0o755)
            os.chown(path, owner, owner)
            path.chmod(0o755)
            require_enterable(path, owner)
    return path


def require_enterable(path: Path, uid: int) -> None:
    """NoPermissionError if the user `uid` may not walk down to `path` (by mode bits; access lists are not read)."""
    closed = closed_folder(path, uid)
    if closed is not None:
        raise NoPermissionError(
            f"As root, the servers run as user {uid}, which may not enter {closed}: choose a folder outside of it "
            f"(PUENTE_HOME for the data, PUENTE_CACHE for the programs), or run chmod o+x {closed}."
        )


def closed_folder(path: Path, uid: int) -> Path | None:
    """The topmost folder on the way to `path` that the user `uid` may not enter; None if all are open."""
    real = path.resolve()
    for folder in (*reversed(real.parents), real):
        try:
            found = folder.stat()
        except FileNotFoundError:
            return None
        if folder == real and not folder.is_dir():
            return None
        bit = 0o100 if found.st_uid == uid else 0o010 if found.st_gid == uid else 0o001
        if not found.st_mode & bit:
            return folder
    return None


def empty_folder(path: Path) -> None:
    """Remove `path` and all in it; a missing one is fine."""
    with disk_errors(path):
        if path.exists():
            shutil.rmtree(path)


def empty_worker_states(home: Path) -> None:
    """Remove what the workers of a home know of topics that are emptied: ahead of its topic, no state is taken. Their
    logs and the token keys stay.
    """
    for folder in (home / WORKERS).glob("*"):
        if folder.is_dir() and not folder.is_symlink():
            empty_folder(folder)


@contextlib.contextmanager
def hold_lock(
    path: Path, busy: str, *, wait_s: float = 0.0, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the lock file `path`; HomeBusyError saying `busy` if another process has it for `wait_s` seconds.

    The kernel drops the lock when its process ends, however it ends: no lock is ever stale.
    """
    with disk_errors(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        deadline = time.monotonic() + wait_s
        waiting = False
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise HomeBusyError(busy)
            if not waiting and on_wait is not None:
                on_wait()
            waiting = True
            time.sleep(0.1)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def free_bytes(path: Path) -> int:
    """Bytes free for us on the disk that holds `path`, or will hold it."""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return shutil.disk_usage(existing).free


def writable_or_creatable(path: Path) -> Path | None:
    """None if we could write in `path`, or make it; otherwise the existing folder that is closed to us."""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return None if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK) else existing

"""One server process: started in a session of its own, watched, found again by a later command, stopped for sure."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from deploy.local.errors import ServerStartError
from deploy.local.folders import disk_errors

__all__ = ["ManagedProcess", "ProcessRecord", "ProcessSpec", "start_process", "stop_processes"]

POLL_S = 0.05
# Log lines repeated in the error of a server that did not start.
TAIL_LINES = 12
CREATED_TOLERANCE_S = 1.0


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """What to start: `marker` must be on the command line of every process of the server, children included."""

    name: str
    command: Sequence[str | os.PathLike[str]]
    folder: Path
    environ: Mapping[str, str]
    log: Path
    marker: str
    owner: int | None = None  # uid and gid to run as; None: our own
    die_with_parent: bool = False  # Linux: SIGTERM when the thread that started it ends


@dataclass(frozen=True, slots=True)
class ProcessRecord:
    """What is remembered of a started process: enough to find it again, and never to take another for it."""

    name: str
    pid: int
    created: float
    marker: str
    log: str


class _Detached(subprocess.Popen[bytes]):
    """A child that outlives this process by design, so that forgetting it is nothing to warn of."""

    def __del__(self) -> None:
        return


# Our own children, to reap them: a child that nobody waits for stays a zombie.
_CHILDREN: dict[int, _Detached] = {}


class ManagedProcess:
    """A server process by its record; all methods look at the machine anew."""

    def __init__(self, record: ProcessRecord) -> None:
        self.record = record

    @property
    def is_alive(self) -> bool:
        """Whether the process we started still runs (a zombie does not)."""
        return self._leader() is not None

    def members(self) -> list[psutil.Process]:
        """All living processes of the server: the one we started first, then its children.

        If the first one is gone, children are found by its session number, and only if they carry our marker.
        """
        leader = self._leader()
        if leader is not None:
            try:
                return [leader, *filter(_lives, leader.children(recursive=True))]
            except psutil.NoSuchProcess:
                return self.members()
        return [process for process in psutil.process_iter() if self._is_left_behind(process)]

    def memory_bytes(self) -> int:
        """Resident memory of all processes of the server."""
        total = 0
        for process in self.members():
            try:
                total += process.memory_info().rss
            except psutil.Error:
                continue
        return total

    def wait_healthy(self, probe: Callable[[], bool], deadline_s: float) -> float:
        """Wait until `probe()`; the seconds it took. ServerStartError with the log's end if it dies or is too slow."""
        started = time.monotonic()
        while not self.is_healthy(probe, time.monotonic() - started, deadline_s):
            time.sleep(POLL_S)
        return time.monotonic() - started

    def is_healthy(self, probe: Callable[[], bool], waited_s: float, deadline_s: float) -> bool:
        """One look: whether `probe()`. ServerStartError if the process is dead, or `waited_s` is past the deadline."""
        if not self.is_alive:
            raise ServerStartError(f"{self.record.name} ended while starting{self._log_end()}")
        if probe():
            return True
        if waited_s > deadline_s:
            raise ServerStartError(
                f"{self.record.name} did not answer within {deadline_s:g} seconds of its start{self._log_end()}"
            )
        return False

    def stop(self, grace_s: float) -> bool:
        """SIGTERM, then after `grace_s` seconds SIGKILL; returns when all its processes are gone. False: none ran."""
        return stop_processes([self], grace_s)

    def kill(self) -> bool:
        """SIGKILL to all its processes at once; returns when they are gone. False: none ran."""
        seen = set(self.members())
        ran = bool(seen)
        # A child started between the listing and the signal is found in the next round.
        while seen := {process for process in seen | set(self.members()) if _lives(process)}:
            _signal(seen, signal.SIGKILL)
            time.sleep(POLL_S)
        _reap()
        return ran

    def _leader(self) -> psutil.Process | None:
        """The process that we started, if it lives and its pid was not given to another since."""
        _reap()
        try:
            process = psutil.Process(self.record.pid)
            return process if _lives(process) and self._carries_marker(process) else None
        except psutil.NoSuchProcess:
            return None

    def _carries_marker(self, process: psutil.Process) -> bool:
        """Whether our marker, random for each start, is on its command line.

        Where that can't be read, or is gone already in a process that is ending, the creation time decides; not
        always, because it moves when the clock is set.
        """
        try:
            words = process.cmdline()
        except psutil.AccessDenied:
            words = []
        if words:
            return any(self.record.marker in word for word in words)
        return bool(abs(process.create_time() - self.record.created) < CREATED_TOLERANCE_S)

    def _is_left_behind(self, process: psutil.Process) -> bool:
        """Whether this is a child whose launcher is gone: of our session, with our marker."""
        try:
            same_session = os.getsid(process.pid) == self.record.pid
            return same_session and _lives(process) and self._carries_marker(process)
        except (psutil.Error, OSError):
            return False

    def _log_end(self) -> str:
        lines = tail(Path(self.record.log), TAIL_LINES)
        if not lines:
            return f"; its log {self.record.log} is empty."
        return f"; its log {self.record.log} ends with:\n" + "\n".join(f"  {line}" for line in lines)


def start_process(spec: ProcessSpec) -> ManagedProcess:
    """Start `spec` in a session of its own, its output in `spec.log` (the log before it is kept as `<name>.1`)."""
    with disk_errors(spec.log):
        if spec.log.exists():
            spec.log.replace(spec.log.with_name(spec.log.name + ".1"))
        log = spec.log.open("ab")
    with log:
        try:
            child = _Detached(
                spec.command,
                cwd=spec.folder,
                env=dict(spec.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_death_signal() if spec.die_with_parent else None,
                user=spec.owner,
                group=spec.owner,
                extra_groups=None if spec.owner is None else [],
            )
        except (OSError, subprocess.SubprocessError) as exc:
            raise ServerStartError(f"{spec.name} could not be started ({exc}): run puente doctor to see why.") from exc
    _CHILDREN[child.pid] = child
    # Not reaped yet, so even a child that ended at once still has its creation time.
    created = psutil.Process(child.pid).create_time()
    return ManagedProcess(ProcessRecord(spec.name, child.pid, created, spec.marker, str(spec.log)))


def stop_processes(processes: Iterable[ManagedProcess], grace_s: float) -> bool:
    """Stop several servers side by side, as `ManagedProcess.stop` does one. False: none of them ran."""
    # Processes once seen are waited for by themselves: one that is ending has lost its command line before its files.
    seen = {process: set(process.members()) for process in processes}
    ran = any(seen.values())
    for process in seen:
        # To the first process alone: Elasticsearch's launcher passes it on, and waits for the server to close.
        _signal(process.members()[:1], signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    orphaned: set[psutil.Process] = set()
    while True:
        seen = {
            process: {member for member in members | set(process.members()) if _lives(member)}
            for process, members in seen.items()
        }
        if not any(seen.values()):
            break
        if time.monotonic() > deadline:
            for process in seen:
                process.kill()
            break
        for process, members in seen.items():
            if not process.is_alive:
                _signal(members - orphaned, signal.SIGTERM)
                orphaned |= members
        time.sleep(POLL_S)
    _reap()
    return ran


def tail(path: Path, count: int) -> list[str]:
    """The last `count` non-empty lines of a text file; none if it can't be read."""
    try:
        with path.open("rb") as source:
            source.seek(max(0, path.stat().st_size - 64 * 1024))
            text = source.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    return list(deque((line for line in text.splitlines() if line.strip()), maxlen=count))


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD))
    except psutil.NoSuchProcess:
        return False


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue


def _reap() -> None:
    for pid, child in list(_CHILDREN.items()):
        if child.poll() is not None:
            _CHILDREN.pop(pid, None)


def _death_signal() -> Callable[[], None] | None:
    """What the child runs before its program, to get SIGTERM when its parent dies; None where there is no such thing.

    Set after the change of user, which would clear it. The library is loaded here, before the fork.
    """
    if sys.platform != "linux":
        return None
    import ctypes

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()
    set_death_signal = 1

    def ask() -> None:
        prctl(set_death_signal, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask

"""Keeps the workers of one machine running: what ends is started again, with a pause that doubles.

On a server this is systemd's or Kubernetes' work; the demo and the tests use this one.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.errors import ServerStartError
from deploy.local.process import ManagedProcess, ProcessSpec, start_process, stop_processes
from streams.errors import PuenteError

__all__ = ["Supervisor", "WorkerDiedError"]

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 15.0
STEADY_S = 60.0
"""A worker that ran this long starts with the first pause again."""
STOP_GRACE_S = 20.0
MAX_FAILURES = 8
"""Ends in a row, none of them after a steady run, until the supervisor gives up."""


class WorkerDiedError(PuenteError):
    """A worker ended again and again."""


@dataclass(slots=True)
class _Worker:
    name: str
    command: list[str]
    log: Path
    process: ManagedProcess | None = None
    started: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)


class Supervisor:
    """Starts workers (`puente worker ROLE`), starts the dead ones again, and stops all of them.

    `check()` must be called now and then. The workers get SIGTERM when this process dies (Linux), so none is orphaned.
    """

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._environ = dict(environ)
        self._clock = clock
        self._workers: list[_Worker] = []
        self.restarts = 0
        """How often a worker was started again: what it had in hand may have been delivered twice."""

    def start(self, name: str, *arguments: str) -> None:
        """Start the worker `name` as `puente worker ARGUMENTS`; its output goes to `<folder>/<name>.log`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "deploy.cli", "worker", *arguments]
        worker = _Worker(name, command, self._folder / f"{name}.log")
        self._workers.append(worker)
        self._launch(worker)

    def check(self) -> list[str]:
        """Start again what has ended; the notices say what was done. `WorkerDiedError` after eight ends in a row."""
        notices = []
        now = self._clock()
        for worker in self._workers:
            if worker.process is not None and worker.process.is_alive:
                continue
            if worker.process is not None:
                steady = now - worker.started > STEADY_S
                worker.failures = 1 if steady else worker.failures + 1
                if worker.failures > MAX_FAILURES:
                    raise WorkerDiedError(f"The worker {worker.name} keeps ending: its log {worker.log} says why.")
                worker.process.kill()  # children it may have left behind
                worker.process = None
                worker.due = now + min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (worker.failures - 1))
            if now >= worker.due:
                self._launch(worker)
                self.restarts += 1
                notices.append(f"The worker {worker.name} had ended and was started again (log: {worker.log}).")
        return notices

    def pids(self) -> dict[str, int]:
        """The process id of each running worker, by name."""
        return {
            worker.name: worker.process.record.pid
            for worker in self._workers
            if worker.process is not None and worker.process.is_alive
        }

    def stop(self) -> None:
        """SIGTERM to all, so that they drain; SIGKILL after 20 s."""
        stop_processes([worker.process for worker in self._workers if worker.process is not None], STOP_GRACE_S)
        self._workers.clear()

    def _launch(self, worker: _Worker) -> None:
        try:
            worker.process = start_process(
                ProcessSpec(
                    name=worker.name,
                    command=worker.command,
                    folder=self._folder,
                    environ=self._environ,
                    log=worker.log,
                    marker="deploy.cli",
                    die_with_parent=True,
                )
            )
        except ServerStartError as error:
            raise WorkerDiedError(str(error)) from error
        worker.started = self._clock()

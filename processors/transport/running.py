"""Running a worker's app as a process: signals in, an exit code out, and an end in any case."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from typing import Any

from processors.errors import WorkerStalledError

__all__ = ["EXIT_BROKEN", "EXIT_HUNG", "run_app"]

log = logging.getLogger(__name__)

EXIT_BROKEN = 1
# EX_SOFTWARE: the orderly end did not come about.
EXIT_HUNG = 70

_POLL_S = 0.2


def run_app(app: Any, *, start_deadline_s: float = 60.0, stop_deadline_s: float = 45.0) -> int:
    """Run a worker until SIGTERM or SIGINT, or until the world breaks; returns the exit code of the process.

    0: stopped by a signal, everything in flight was finished and committed. 1: something failed (`app.failure` or
    the log says what); nothing after the failure is committed. If the orderly end takes longer than
    `stop_deadline_s`, or the start longer than `start_deadline_s`, the process ends at once with 70: at-least-once
    delivery makes that safe. Call it from the main thread; it owns the event loop.
    """
    with asyncio.Runner() as runner:
        return runner.run(_run(app, start_deadline_s, stop_deadline_s))


async def _run(app: Any, start_deadline_s: float, stop_deadline_s: float) -> int:
    asked_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked_to_stop.set)
    starting = asyncio.ensure_future(app.start())
    last_resort: threading.Timer | None = None
    try:
        began = loop.time()
        while not (asked_to_stop.is_set() or app.crashed or app.failure is not None):
            if starting.done() and starting.exception() is not None:
                app.failure = app.failure or starting.exception()
                break
            if not starting.done() and loop.time() - began > start_deadline_s and not app.rebalancing_count:
                app.failure = WorkerStalledError(
                    f"The worker did not join its group within {start_deadline_s:.0f} s: check the brokers' address."
                )
                break
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asked_to_stop.wait(), _POLL_S)
        last_resort = _end_process_after(stop_deadline_s)
        await _stop(app, starting)
    finally:
        if last_resort is not None:
            last_resort.cancel()
    failure = app.failure or (app.crash_reason if app.crashed else None)
    if failure is not None:
        log.error("The worker stopped: %s", failure)
        return EXIT_BROKEN
    return 0


async def _stop(app: Any, starting: "asyncio.Future[None]") -> None:
    if not starting.done():
        starting.cancel()
    try:
        await app.stop()
    except Exception:
        log.exception("The worker did not stop in order")
    await asyncio.gather(starting, return_exceptions=True)


def _end_process_after(seconds: float) -> threading.Timer:
    """A timer, in a thread of its own, that ends the process however stuck its event loop is."""

    def end() -> None:
        log.critical("The worker did not stop within %.0f s; the process ends here", seconds)
        os._exit(EXIT_HUNG)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer

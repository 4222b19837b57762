"""One run of the demo from start to end: what it starts, it stops, whatever happens in between."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from deploy import settings
from deploy.demo.platform import DEMO_AGENCIES, DEMO_SUBSCRIPTIONS, Platform, start_workers
from deploy.demo.run import VIEW, run_demo
from deploy.demo.summary import DemoSummary
from deploy.local.folders import WORKERS, hold_lock, make_folder
from deploy.local.servers import LocalServers
from deploy.pipeline import prepare
from deploy.supervisor import Supervisor
from streams.registry import load_registry

__all__ = ["DemoSession", "demo_registry_files", "demo_session"]

CHECK_S = 1.0


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A running platform: servers up, topics and indices there, workers started."""

    platform: Platform
    supervisor: Supervisor
    console: Console

    def run(self) -> DemoSummary:
        """Publish, wait, count."""
        return run_demo(self.platform, self.supervisor, self.console)

    def stay_up(self, stop: threading.Event) -> None:
        """Keep the workers running until `stop` is set or Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            while not stop.wait(CHECK_S):
                for notice in self.supervisor.check():
                    self.console.print(notice)


def demo_registry_files() -> tuple[Path, ...]:
    """The registry files in force, and behind them the invented agencies of the story; no file twice."""
    files = (*settings.load_settings().registry, DEMO_AGENCIES)
    return tuple({path.resolve(): path for path in files})


@contextlib.contextmanager
def demo_session(home: Path, *, fresh: bool, enrich_workers: int, console: Console) -> Iterator[DemoSession]:
    """Start everything, and stop at the end what was started here. Servers that ran before are left running.

    `HomeBusyError` if a demo runs in this home already; `SettingsError`, before anything is made, if a setting does not
    suit the demo.
    """
    views, registry_files = settings.resolve_views(), demo_registry_files()
    if VIEW not in views:
        raise settings.SettingsError(
            f"The demo needs the view {VIEW}, which is not switched on: add it to PUENTE_VIEWS, or unset that."
        )
    registry = load_registry(*registry_files)
    make_folder(home)
    busy = (
        f"A demo is running already (home {home}): search it with `puente search`, "
        "or stop it with Ctrl-C in its terminal."
    )
    with contextlib.ExitStack() as stack:
        stack.enter_context(hold_lock(home / ".demo.lock", busy))
        servers = LocalServers(home, die_with_parent=True, console=console)
        if not servers.status().running:
            stack.callback(servers.down)
        addresses = servers.up(fresh=fresh)
        platform = Platform(
            addresses=addresses,
            topics=settings.resolve_topics(),
            registry=registry,
            registry_files=registry_files,
            # Never the user's own: the alerts are compared with the truth of the story.
            subscribers=settings.read_subscriptions(DEMO_SUBSCRIPTIONS),
            subscriptions=DEMO_SUBSCRIPTIONS,
            views=views,
            workers=home / WORKERS,
            enrich_workers=enrich_workers,
        )
        prepare(
            brokers=addresses.kafka,
            elasticsearch=addresses.elasticsearch,
            topics=platform.topics,
            registry=platform.registry,
            views=platform.views,
            subscribers=platform.subscribers,
        )
        supervisor = start_workers(platform)
        stack.callback(supervisor.stop)
        yield DemoSession(platform, supervisor, console)

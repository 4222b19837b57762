"""Fixtures for all tests: one pair of real servers for the run, private pairs for faults, and names of one's own."""

import contextlib
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings
from rich.console import Console

from deploy.local import LocalServers
from deploy.local.errors import LocalServerError, ServerNotRunningError
from deploy.local.state import NAMES
from deploy.settings import load_settings
from tests.lanes import LANES, lane_of

# The same examples at each run, and no timing: a busy machine must not fail a property. To look for new examples:
# pytest --hypothesis-profile=explore
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")

LIVE_FIXTURES = {"servers", "private_servers"}
# Each private pair runs beside the shared one: less heap, it holds a test's data only.
PRIVATE_HEAP = "512m"
# Only the quick one of the JVM's compilers: Elasticsearch starts on 7 s of a core, not on 14, and does as well with so
# few documents.
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1",)


@dataclass(frozen=True, slots=True)
class RunningServers:
    """A running pair: `kafka` "127.0.0.1:PORT", `elasticsearch` "http://127.0.0.1:PORT", and how to handle it."""

    kafka: str
    elasticsearch: str
    local: LocalServers


class StartPrivateServers(Protocol):
    """Starts a pair that belongs to one test, which may kill it; stopped when the test ends."""

    def __call__(self, *, heap: str = PRIVATE_HEAP, kafka_port: int = 0, elasticsearch_port: int = 0) -> RunningServers:
        """Start one pair in a fresh home."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--lane` is for `tests.lanes`, which runs both at the same time."""
    parser.addoption("--lane", choices=LANES, help="run only the tests of this lane (tests/lanes.py)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test that uses the real servers as `live`, and leave out those of the other lane."""
    for item in items:
        if LIVE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.live)
    if lane := config.getoption("--lane"):
        left_out = [item for item in items if lane_of(item.nodeid) != lane]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if lane_of(item.nodeid) == lane]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a live test that is skipped has failed: nobody would notice it otherwise."""
    report = yield
    if report.skipped and os.environ.get("CI") and item.get_closest_marker("live"):
        report.outcome = "failed"
        report.longrepr = f"a live test was skipped under CI: {report.longrepr}"
    return report


@contextlib.contextmanager
def make_open_folder() -> Iterator[Path]:
    """A temporary folder that any user may enter: pytest's own are closed to the user that runs root's servers."""
    folder = Path(tempfile.mkdtemp(prefix="puente-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that the user who runs the servers may enter."""
    with make_open_folder() as folder:
        yield folder


def start_servers(local: LocalServers, config: pytest.Config) -> RunningServers:
    """Start `local`, showing the download's progress; under CI a failure fails the tests, elsewhere it skips them."""
    capture = config.pluginmanager.getplugin("capturemanager")
    shown = capture.global_and_fixture_disabled() if capture else contextlib.nullcontext()
    try:
        with shown:
            addresses = local.up(fresh=True)
    except LocalServerError as exc:
        if os.environ.get("CI"):
            pytest.fail(f"The real servers did not start: {exc}", pytrace=False)
        pytest.skip(f"The real servers did not start: {exc}")
    return RunningServers(addresses.kafka, addresses.elasticsearch, local)


def stop_servers(local: LocalServers) -> None:
    """Stop both for good: killed first, for they would write out all that they hold, which nobody reads any more."""
    for name in NAMES:
        with contextlib.suppress(ServerNotRunningError):
            local.kill(name)
    local.down()


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Iterator[RunningServers]:
    """One real Kafka and one real Elasticsearch for the whole run, started on first use; use `prefix` for names."""
    with make_open_folder() as home:
        local = LocalServers(home, java_options=JAVA_OPTIONS, die_with_parent=True, console=Console(stderr=True))
        try:
            yield start_servers(local, pytestconfig)
        finally:
            stop_servers(local)


@pytest.fixture
def private_servers(pytestconfig: pytest.Config) -> Iterator[StartPrivateServers]:
    """A function that starts a pair of servers for this test alone (about 12 s each)."""
    with contextlib.ExitStack() as stack:

        def start(*, heap: str = PRIVATE_HEAP, kafka_port: int = 0, elasticsearch_port: int = 0) -> RunningServers:
            local = LocalServers(
                stack.enter_context(make_open_folder()),
                kafka_port=kafka_port,
                elasticsearch_port=elasticsearch_port,
                elasticsearch_heap=heap,
                java_options=JAVA_OPTIONS,
                die_with_parent=True,
                console=Console(stderr=True),
            )
            stack.callback(stop_servers, local)
            return start_servers(local, pytestconfig)

        yield start


_PREFIXES: Counter[str] = Counter()


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """Start of the names of this test's topics and indices, such as "t3f9c2-"; the same in each run of the suite."""
    node = request.node.nodeid
    _PREFIXES[node] += 1
    seed = os.environ.get("PUENTE_TEST_SEED", "0")
    return f"t{random.Random(f'{seed} {node} {_PREFIXES[node]}').randrange(16**6):06x}-"


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No variable of the shell that runs the tests, and no settings from before."""
    for name in [name for name in os.environ if name.startswith("PUENTE_")]:
        monkeypatch.delenv(name)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()

"""The real Kafka and the real Elasticsearch on this machine: up, down, status, and the faults that tests need."""

import contextlib
import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from deploy.local.artifacts import Programs, install_programs
from deploy.local.elasticsearch import (
    ELASTICSEARCH,
    elasticsearch_spec,
    is_elasticsearch_healthy,
    write_node_config,
)
from deploy.local.errors import LocalServerError, PortBusyError, ServerNotRunningError, ServerStartError
from deploy.local.folders import (
    default_cache,
    default_home,
    empty_folder,
    empty_worker_states,
    hold_lock,
    make_folder,
    require_enterable,
    server_owner,
)
from deploy.local.java import Java, find_java
from deploy.local.kafka import KAFKA, format_storage, is_kafka_healthy, kafka_spec, write_kafka_config
from deploy.local.lockfile import read_lock
from deploy.local.ports import LOOPBACK, choose_port, is_free, require_free
from deploy.local.process import POLL_S, ManagedProcess, ProcessSpec, start_process, stop_processes
from deploy.local.repository import Repository
from deploy.local.state import NAMES, ServerName, ServerState, State, load_state, save_state
from deploy.local.status import Addresses, ServersStatus, ServerStatus

__all__ = ["Addresses", "LocalServers", "ServerStatus", "ServersStatus", "default_cache", "default_home"]

START_DEADLINE_S = 180.0
# Idle, both close within 0.5 s; longer if they have much to flush.
STOP_GRACE_S = 30.0
ATTEMPTS = 3
TITLES: dict[ServerName, str] = {"kafka": KAFKA, "elasticsearch": ELASTICSEARCH}
_PORT_TAKEN = ("Address already in use", "BindException", "BindHttpException", "BindTransportException")


class LocalServers:
    """One pair of servers with its data in `home`; several may run side by side, each in a home of its own.

    Port 0 means a free one, kept in `home` and used again while it is free. `java_options` go to both JVMs. With
    `die_with_parent` (Linux) the servers get SIGTERM when the thread that started them ends: for a foreground command,
    from its main thread.
    """

    def __init__(
        self,
        home: Path,
        *,
        cache: Path | None = None,
        java: Java | None = None,
        kafka_port: int = 0,
        elasticsearch_port: int = 0,
        elasticsearch_heap: str = "1g",
        java_options: Sequence[str] = (),
        console: Console | None = None,
        repository: Repository | None = None,
        die_with_parent: bool = False,
    ) -> None:
        self.home = home.expanduser().absolute()
        self.cache = (cache or default_cache()).expanduser().absolute()
        self._java = java
        self._ports: dict[ServerName, int] = {"kafka": kafka_port, "elasticsearch": elasticsearch_port}
        self._heap = elasticsearch_heap
        self._java_options = tuple(java_options)
        self._console = console or Console(stderr=True)
        self._repository = repository or Repository.default()
        self._die_with_parent = die_with_parent

    def up(self, *, fresh: bool = False) -> Addresses:
        """Start what does not run yet, wait until both take requests, and return their addresses.

        Servers that run and are healthy are left as they are. `fresh` stops them and removes their data first,
        and the state that workers of this home have from it.
        Whatever fails, nothing that this call started is left running. Raises LocalServerError.
        """
        self._prepare_home()
        with self._lock():
            state = load_state(self.home)
            if fresh:
                self._stop(state, NAMES)
                for name in NAMES:
                    empty_folder(self.home / name)
                empty_worker_states(self.home)
            wanted = [name for name in NAMES if not self._is_usable(name, state)]
            if wanted:
                self._stop(state, wanted)
                state = self._start(state, wanted)
            return _addresses(state)

    def down(self) -> bool:
        """Stop both, cleanly if they let us. False: neither ran. Data and ports are kept."""
        if not self.home.is_dir():
            return False
        with self._lock():
            return self._stop(load_state(self.home), NAMES)

    def status(self) -> ServersStatus:
        """How both are now. Takes no lock and changes nothing."""
        state = load_state(self.home)
        servers = tuple(self._status_of(name, state) for name in NAMES)
        running = all(server.running for server in servers)
        return ServersStatus(home=self.home, servers=servers, addresses=_addresses(state) if running else None)

    def kill(self, name: ServerName) -> None:
        """SIGKILL to all processes of one server, as a power cut would; for fault tests."""
        self._managed(name).kill()

    def restart(self, name: ServerName) -> None:
        """Start one server again on its data and its port, whether it was killed or still runs."""
        with self._lock():
            self._managed(name)
            state = load_state(self.home)
            self._stop(state, [name])
            self._await_free(state.servers[name].port, name)
            self._start(state, [name], keep_ports=True)

    def log_of(self, name: ServerName) -> Path:
        """The log file of one server's present or last run; the run before is `<name>.log.1`."""
        return self.home / "logs" / f"{name}.log"

    def _lock(self) -> "contextlib.AbstractContextManager[None]":
        busy = (
            f"Another process is starting or stopping the servers in {self.home}: wait until it is done, or set "
            "PUENTE_HOME to another folder for servers of your own."
        )
        return hold_lock(self.home / ".lock", busy)

    def _prepare_home(self) -> None:
        if os.pathsep in str(self.cache) or "," in str(self.home):
            raise LocalServerError(
                "The servers can't work in a PUENTE_CACHE with a colon or a PUENTE_HOME with a comma in its name: "
                "choose another."
            )
        make_folder(self.home)
        make_folder(self.home / "logs")
        owner = server_owner()
        if owner is not None:
            require_enterable(self.home, owner)

    def _managed(self, name: ServerName) -> ManagedProcess:
        server = load_state(self.home).servers.get(name)
        if server is None or server.managed is None:
            raise ServerNotRunningError(f"{TITLES[name]} was never started in {self.home}: run puente up first.")
        return server.managed

    def _is_usable(self, name: ServerName, state: State) -> bool:
        """Whether it runs, on the port asked for, and takes requests."""
        server = state.servers.get(name)
        asked = self._ports[name]
        return (
            server is not None
            and server.managed is not None
            and (not asked or asked == server.port)
            and server.managed.is_alive
            and _is_healthy(name, server.port)
        )

    def _status_of(self, name: ServerName, state: State) -> ServerStatus:
        server = state.servers.get(name)
        managed = server.managed if server else None
        running = managed is not None and managed.is_alive
        return ServerStatus(
            name=name,
            running=running,
            healthy=running and server is not None and _is_healthy(name, server.port),
            address=_address(name, server.port) if running and server else None,
            pid=managed.record.pid if running and managed else None,
            memory_bytes=managed.memory_bytes() if running and managed else 0,
            log=self.log_of(name),
            version=server.version if server else "",
        )

    def _stop(self, state: State, names: Sequence[ServerName]) -> bool:
        found = [state.servers[name].managed for name in names if name in state.servers]
        return stop_processes([managed for managed in found if managed is not None], STOP_GRACE_S)

    def _start(self, state: State, names: Sequence[ServerName], *, keep_ports: bool = False) -> State:
        """Start `names` side by side and wait for them; a port lost to another program in between is replaced."""
        java = self._java or find_java(cache=self.cache, console=self._console)
        programs = install_programs(read_lock(), self.cache, self._repository, self._console)
        for attempt in range(1, ATTEMPTS + 1):
            state = self._assign_ports(state, names, anew=attempt > 1 and not keep_ports)
            try:
                return self._start_once(state, names, java, programs)
            except ServerStartError as exc:
                if attempt == ATTEMPTS or not any(sign in str(exc) for sign in _PORT_TAKEN):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _assign_ports(self, state: State, names: Sequence[ServerName], *, anew: bool) -> State:
        taken = {port for server in state.servers.values() for port in (server.port, server.inner_port)}
        for name in names:
            before = state.servers.get(name)
            own = {before.port, before.inner_port} if before else set()
            if asked := self._ports[name]:
                if asked in taken - own:
                    raise PortBusyError(f"Port {asked} was asked for twice: give each server a port of its own.")
                require_free(asked, TITLES[name])
                port = asked
            elif before and is_free(before.port) and not anew:
                port = before.port
            else:
                port = choose_port(self.home, name, taken)
            taken.add(port)
            keep_inner = before is not None and before.inner_port != port and is_free(before.inner_port) and not anew
            inner = before.inner_port if before and keep_inner else choose_port(self.home, f"{name} inner", taken)
            taken.add(inner)
            state = state.put(name, ServerState(port=port, inner_port=inner))
        return state

    def _start_once(self, state: State, names: Sequence[ServerName], java: Java, programs: Programs) -> State:
        started: list[ManagedProcess] = []
        try:
            # Elasticsearch first: it takes longest, and Kafka's storage is formatted meanwhile.
            for name in sorted(names):
                server = state.servers[name]
                spec = self._spec(name, server, java, programs)
                process = start_process(spec)
                started.append(process)
                version = getattr(read_lock(), name).version
                state = state.put(name, server.model_copy(update={"process": process.record, "version": version}))
                save_state(self.home, state)
            self._await_healthy(dict(zip(sorted(names), started, strict=True)), state)
        except BaseException:
            # Also on Ctrl-C: nothing half started is left behind.
            stop_processes(started, grace_s=5.0)
            raise
        return state

    def _await_healthy(self, started: dict[ServerName, ManagedProcess], state: State) -> None:
        """Wait for all side by side and say of each how long it took; ServerStartError of the first that fails."""
        begun = time.monotonic()
        waiting = dict(started)
        while waiting:
            for name, process in list(waiting.items()):
                port = state.servers[name].port
                waited = time.monotonic() - begun
                if process.is_healthy(lambda name=name, port=port: _is_healthy(name, port), waited, START_DEADLINE_S):  # type: ignore[misc]
                    del waiting[name]
                    title = f"{TITLES[name]} {state.servers[name].version}"
                    self._console.print(f"{title} is up at {_address(name, port)} after {waited:.1f} s.")
            time.sleep(POLL_S)

    def _spec(self, name: ServerName, server: ServerState, java: Java, programs: Programs) -> ProcessSpec:
        """Write the configuration of one server and say how to start it."""
        owner, folder, log = server_owner(), self.home / name, self.log_of(name)
        # Unlike any other server's on this machine, so that a stray process is known for ours.
        marker = f"{name}-{secrets.token_hex(8)}"
        if name == "kafka":
            jars = programs.kafka_jars
            write_kafka_config(folder, server.port, server.inner_port, owner)
            format_storage(java, jars, folder, log, owner)
            options, dies = self._java_options, self._die_with_parent
            return kafka_spec(java, jars, folder, log, marker, owner, options, die_with_parent=dies)
        write_node_config(folder, server.port, server.inner_port, owner)
        return elasticsearch_spec(
            java,
            programs.elasticsearch_home,
            folder,
            self._heap,
            log,
            marker,
            owner,
            self._java_options,
            die_with_parent=self._die_with_parent,
        )

    def _await_free(self, port: int, name: ServerName) -> None:
        """Wait a moment for a port whose server was just killed."""
        deadline = time.monotonic() + 5.0
        while not is_free(port):
            if time.monotonic() > deadline:
                raise PortBusyError(f"Port {port} of {TITLES[name]} was taken by another program: stop that program.")
            time.sleep(0.05)


def _is_healthy(name: ServerName, port: int) -> bool:
    return is_kafka_healthy(port) if name == "kafka" else is_elasticsearch_healthy(port)


def _address(name: ServerName, port: int) -> str:
    return f"{LOOPBACK}:{port}" if name == "kafka" else f"http://{LOOPBACK}:{port}"


def _addresses(state: State) -> Addresses:
    return Addresses(**{name: _address(name, state.servers[name].port) for name in NAMES})

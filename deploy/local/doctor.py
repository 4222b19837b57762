"""What this machine has and lacks for running Puente with its local servers. Looks only; changes nothing."""

import importlib
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from deploy.local.artifacts import SPARE_BYTES, missing_bytes
from deploy.local.folders import closed_folder, free_bytes, is_root, server_owner, writable_or_creatable
from deploy.local.java import INSTALL_HINT, list_candidates
from deploy.local.lockfile import ArtifactLock
from deploy.local.ports import FIRST, LAST, choose_port, is_free
from deploy.local.servers import LocalServers
from deploy.local.state import load_state

__all__ = ["Check", "run_checks"]

MINIMUM_PYTHON = (3, 11)
# Measured at rest: Elasticsearch 1.4 GB with its default heap of 1 GB, Kafka 0.3 GB; the workers come on top.
NEEDED_MEMORY = 2_000_000_000
# Elasticsearch stops placing shards with less than 2 GB free and stops writing with less than 0.5 GB.
NEEDED_DISK = 2_500_000_000

Mark = Literal["ok", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor: `missing` means that Puente can't run here until `fix` is done."""

    name: str
    mark: Mark
    found: str
    fix: str = ""


def run_checks(servers: LocalServers, lock: ArtifactLock) -> Iterator[Check]:
    """All checks, one by one, in the order in which a newcomer would repair things."""
    yield check_python()
    yield check_faust()
    yield from check_java(servers.cache)
    yield from check_folders(servers.home, servers.cache)
    yield check_programs(lock, servers.cache)
    yield check_disk(servers.home, "data", NEEDED_DISK, "PUENTE_HOME")
    yield check_disk(servers.cache, "programs", _cache_need(lock, servers.cache), "PUENTE_CACHE")
    running = servers.status().running
    yield check_memory(running=running)
    yield check_ports(servers.home, running=running)
    yield check_user()
    yield check_servers(servers)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """The Python that runs this command."""
    found = ".".join(map(str, version))
    if version >= MINIMUM_PYTHON:
        return Check("Python", "ok", f"{found} on {platform.system()} {platform.machine()}")
    return Check("Python", "missing", found, "install Python 3.11 or newer and make .venv anew with it")


def check_faust() -> Check:
    """The compiled parts of Faust: its pure-Python stream acknowledges events of an old generation."""
    try:
        for module in ("faust._cython.windows", "faust._cython.streams"):
            importlib.import_module(module)
    except ImportError as exc:
        return Check(
            "Faust",
            "missing",
            f"its compiled parts do not load ({exc.name or 'import error'})",
            "install it from a wheel: .venv/bin/pip install --force-reinstall --only-binary :all: faust-streaming",
        )
    return Check("Faust", "ok", "compiled parts load")


def check_java(cache: Path) -> Iterator[Check]:
    """The JDK that would be used, and why the ones before it are not."""
    for candidate in list_candidates(cache=cache, uid=server_owner()):
        if candidate.java is not None:
            yield Check("JDK", "ok", f"{candidate.java.version} in {candidate.java.home} (from {candidate.source})")
            return
        yield Check("JDK", "note", f"{candidate.home} (from {candidate.source}) will not do: {candidate.reason}")
    yield Check("JDK", "missing", "none that will do", f"puente up tries to fetch one, or {INSTALL_HINT}")


def check_folders(home: Path, cache: Path) -> Iterator[Check]:
    """Whether both folders can be made and written, and entered by the user that runs the servers."""
    for name, folder, variable in (("Home", home, "PUENTE_HOME"), ("Cache", cache, "PUENTE_CACHE")):
        owner = server_owner()
        if (closed := writable_or_creatable(folder)) is not None:
            fix = f"set {variable} to a folder of your own"
            yield Check(name, "missing", f"{folder}: no right to write in {closed}", fix)
        elif owner is not None and (closed := closed_folder(folder, owner)) is not None:
            fix = f"set {variable} to a folder elsewhere, or run chmod o+x {closed}"
            yield Check(name, "missing", f"{folder}: user {owner} may not enter {closed}", fix)
        else:
            yield Check(name, "ok", str(folder))


def check_programs(lock: ArtifactLock, cache: Path) -> Check:
    """Whether the servers' programs are in the cache."""
    versions = f"Kafka {lock.kafka.version} and Elasticsearch {lock.elasticsearch.version}"
    missing = missing_bytes(lock, cache)
    if missing:
        return Check("Programs", "note", f"{versions}: puente up would download {max(1, missing // 1_000_000)} MB")
    return Check("Programs", "ok", f"{versions} are in the cache")


def _cache_need(lock: ArtifactLock, cache: Path) -> int:
    missing = missing_bytes(lock, cache)
    return missing * 5 // 4 + SPARE_BYTES if missing else 0


def check_disk(folder: Path, what: str, needed: int, variable: str) -> Check:
    """Free space on the disk of one folder, against `needed` bytes."""
    free = free_bytes(folder)
    found = f"{free / 1e9:.1f} GB free for {what}"
    if free >= needed:
        return Check("Disk", "ok", found)
    fix = f"free {(needed - free) / 1e9:.1f} GB, or set {variable} to a folder on another disk"
    return Check("Disk", "missing", f"{found} in {folder}, {needed / 1e9:.1f} GB needed", fix)


def check_memory(*, running: bool, total: int | None = None, available: int | None = None) -> Check:
    """Memory in bytes; only a machine too small in all is an error, other programs can be closed."""
    memory = psutil.virtual_memory()
    total = memory.total if total is None else total
    available = memory.available if available is None else available
    found = f"{available / 1e9:.1f} of {total / 1e9:.1f} GB available"
    if total < NEEDED_MEMORY:
        return Check("Memory", "missing", found, "the servers need 2 GB: use a larger machine, or up --heap 512m")
    if available < NEEDED_MEMORY and not running:
        return Check("Memory", "note", f"{found}: close some programs, or use puente up --heap 512m")
    return Check("Memory", "ok", found)


def check_ports(home: Path, *, running: bool) -> Check:
    """The ports that the servers would get."""
    ports = {name: server.port for name, server in load_state(home).servers.items()}
    if running:
        return Check("Ports", "ok", ", ".join(f"{name} has {port}" for name, port in ports.items()))
    taken = [f"{port} of {name}" for name, port in ports.items() if not is_free(port)]
    if taken:
        return Check("Ports", "note", f"{' and '.join(taken)} is taken by another program; a new one will be chosen")
    choose_port(home, "kafka")
    return Check("Ports", "ok", f"free ones on loopback from {FIRST} to {LAST}")


def check_user() -> Check:
    """Whose processes the servers would be."""
    if is_root():
        return Check(
            "User", "ok", f"root: the servers run as user {server_owner()}, Elasticsearch refuses to run as root"
        )
    return Check("User", "ok", "not root: the servers run as you")


def check_servers(servers: LocalServers) -> Check:
    """How the servers of this home are."""
    status = servers.status()
    if status.healthy and status.addresses:
        return Check("Servers", "ok", f"up at {status.addresses.kafka} and {status.addresses.elasticsearch}")
    if any(server.running for server in status.servers):
        sick = ", ".join(server.name for server in status.servers if not server.healthy)
        return Check("Servers", "note", f"{sick} is not healthy: puente up repairs that, {status.home}/logs says why")
    return Check("Servers", "ok", "not running: puente up starts them")

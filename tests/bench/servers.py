"""The servers that a benchmark runs on: those that are named, or a pair of its own."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deploy.local import LocalServers
from deploy.local.servers import Addresses

__all__ = ["bench_servers", "machine_load"]


@contextlib.contextmanager
def bench_servers(kafka: str | None = None, elasticsearch: str | None = None) -> Iterator[Addresses]:
    """The named Kafka and Elasticsearch; what isn't named is of a fresh pair that is stopped at the end."""
    if kafka and elasticsearch:
        yield Addresses(kafka, elasticsearch)
        return
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as home:
        Path(home).chmod(0o755)
        local = LocalServers(Path(home), die_with_parent=True)
        try:
            own = local.up(fresh=True)
            yield Addresses(kafka or own.kafka, elasticsearch or own.elasticsearch)
        finally:
            local.down()


def machine_load() -> str:
    """Cores and load averages: a figure from a machine that others use says little."""
    return f"{os.cpu_count()} cores, load averages " + ", ".join(f"{load:.1f}" for load in os.getloadavg())

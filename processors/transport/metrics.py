"""What a worker counts, and the loopback page on which Prometheus reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["Counters", "MetricsServer", "start_metrics"]


@dataclass(slots=True)
class Counters:
    """Totals since the worker's start; written by its event loop only, readable from any thread.

    `lag`: records behind the end of each input partition, as last seen. `batch_seconds` is the stage's own time;
    `batch_wall_seconds` includes waiting for Kafka's acknowledgements.
    """

    events_in: int = 0
    events_out: int = 0
    rows_out: int = 0
    bytes_in: int = 0
    batches: int = 0
    batch_seconds: float = 0.0
    batch_wall_seconds: float = 0.0
    batches_abandoned: int = 0
    commits: int = 0
    rebalances: int = 0
    rows_restored: int = 0
    zombie_rows: int = 0
    lag: dict[tuple[str, int], int] = field(default_factory=dict)


_TOTALS = (
    ("events_in", "Records taken from input topics and acknowledged"),
    ("events_out", "Records written to output topics and acknowledged"),
    ("rows_out", "State rows written to the changelog and acknowledged"),
    ("bytes_in", "Bytes fetched from input topics"),
    ("batches", "Batches acknowledged"),
    ("batch_seconds", "Seconds of stage work"),
    ("batch_wall_seconds", "Seconds from a batch's start to its acknowledgement"),
    ("batches_abandoned", "Batches dropped because their partition was revoked"),
    ("commits", "Offset commits"),
    ("rebalances", "Assignments of partitions"),
    ("rows_restored", "Changelog rows applied in recovery"),
    ("zombie_rows", "Changelog rows of older writers, ignored"),
)


class _WorkerCollector(Collector):
    def __init__(self, counters: Counters, stage: str) -> None:
        self._counters = counters
        self._stage = stage

    def collect(self) -> Iterable[Metric]:
        return self._families()

    def _families(self) -> Iterator[Metric]:
        for name, help_text in _TOTALS:
            family = CounterMetricFamily(f"puente_{name}", help_text, labels=("stage",))
            family.add_metric((self._stage,), float(getattr(self._counters, name)))
            yield family
        lag = GaugeMetricFamily("puente_lag", "Records behind the end", labels=("stage", "topic", "partition"))
        for (topic, partition), behind in list(self._counters.lag.items()):
            lag.add_metric((self._stage, topic, str(partition)), float(behind))
        yield lag


class MetricsServer:
    """A running metrics page; `close` ends it."""

    def __init__(self, server: Any, thread: Thread) -> None:
        """Made by `start_metrics`."""
        self._server = server
        self._thread = thread
        self.port: int = server.server_port

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def start_metrics(counters: Counters, stage: str, port: int) -> MetricsServer:
    """Serve `counters` on 127.0.0.1:`port` (0: a free one) for Prometheus; loopback only, it has no password.

    Raises:
        OSError: the port is taken.
    """
    registry = CollectorRegistry()
    registry.register(_WorkerCollector(counters, stage))
    server, thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    return MetricsServer(server, thread)

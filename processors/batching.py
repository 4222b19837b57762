"""The batch path: a Faust app that hands whole fetched batches to a stage. The public point of the batch path.

    app = build_app(brokers="127.0.0.1:9092", group="enrich", stage=Enrich(), inputs=["intake.cbp"], ...)
    raise SystemExit(run_app(app))

Delivery is at least once, in order per partition: an input offset is committed only after every output and every
state row of all records before it has been acknowledged by all in-sync replicas (`processors/transport/lanes.py` has
the steps).

    consumer_thread  fetches           batch_consumer  partitions, commits, rebalances   watermarks  what to commit
    backlog          cuts batches      lanes           stage -> outputs -> changelog -> store
    outputs          sends             changelog       epochs, zombies                   recovery    restores, claims
    standby          follows an owner  assignment      who gets the only partition       running     the process
    batch_context    what they share   watchdog        stops a stalled worker
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver

from processors.errors import WorkerSetupError
from processors.stages import OUTPUT_LIMIT_BYTES, Emitted, Row, Stage, State, measure_output
from processors.transport.acceleration import require_acceleration
from processors.transport.batch_consumer import BatchConsumer
from processors.transport.batch_context import Batching
from processors.transport.metrics import Counters, start_metrics
from processors.transport.recovery import BatchTableManager
from processors.transport.running import run_app
from processors.transport.stores import build_state_table
from processors.transport.watchdog import Watchdog
from streams.records import Output, Record

__all__ = [
    "OUTPUT_LIMIT_BYTES",
    "BatchApp",
    "Batching",
    "Counters",
    "Emitted",
    "Output",
    "Record",
    "Row",
    "Stage",
    "State",
    "build_app",
    "measure_output",
    "run_app",
]


class _Producer(driver.Producer):  # type: ignore[misc]
    """Idempotent and acknowledged by all in-sync replicas; Faust does so only for its transactions."""

    def _settings_extra(self) -> dict[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class _Transport(driver.Transport):  # type: ignore[misc]
    Consumer = BatchConsumer
    Producer = _Producer


class BatchApp(faust.App):  # type: ignore[misc]
    """A Faust app on the batch path; `failure` says why it stopped, None if it was asked to."""

    batching: Batching
    failure: BaseException | None = None
    wire: Callable[[], None]
    watchdog: Watchdog

    @property
    def counters(self) -> Counters:
        """What this worker counted."""
        return self.batching.counters

    def on_init_dependencies(self) -> list[Any]:
        """Faust's services, and the watchdog from the first join on."""
        return [*super().on_init_dependencies(), self.watchdog]

    async def on_first_start(self) -> None:
        """Make topics and table: Faust binds them to the event loop that runs now, so not earlier."""
        await super().on_first_start()
        self.wire()

    async def on_start(self) -> None:
        """Start the metrics page, if one was asked for."""
        await super().on_start()
        if self.batching.metrics_port is not None:
            try:
                self.batching.metrics = start_metrics(
                    self.counters, self.batching.stage.name, self.batching.metrics_port
                )
            except OSError as exc:
                raise WorkerSetupError(
                    f"The metrics port {self.batching.metrics_port} is taken: choose another one."
                ) from exc

    async def on_stop(self) -> None:
        """Drain and commit, then close the state."""
        await self.batching.standby.stop()
        await super().on_stop()
        if self.batching.table is not None:
            self.batching.table.store.close_all()
        if self.batching.metrics is not None:
            await asyncio.to_thread(self.batching.metrics.close)


def _member_name(instance_id: str, inputs: Sequence[str]) -> str:
    # A static member that comes back gets the partitions that it had, without a rebalance: one that reads a topic more
    # than before (an agency was added) would not get that topic's. So it comes back as another.
    return f"{instance_id}-{hashlib.blake2b(' '.join(sorted(inputs)).encode(), digest_size=4).hexdigest()}"


def build_app(
    *,
    brokers: str,
    group: str,
    stage: Stage,
    inputs: Sequence[str],
    data_dir: Path,
    store: str = "memory://",
    changelog: str | None = None,
    instance_id: str | None = None,
    output_limit: int = OUTPUT_LIMIT_BYTES,
    commit_interval_s: float = 1.0,
    drain_s: float = 20.0,
    stall_s: float = 60.0,
    session_timeout_s: float = 10.0,
    prefetch_bytes: int = 4 * 1024 * 1024,
    fetch_bytes: int = 1024 * 1024,
    batch_bytes: int = 256 * 1024,
    block_cache_bytes: int = 64 * 1024 * 1024,
    write_buffer_bytes: int = 16 * 1024 * 1024,
    metrics_port: int | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> BatchApp:
    """A worker's app: `stage` over `inputs`, not yet connected to anything.

    Args:
        brokers: "host:port", several parted by commas.
        group: the consumer group.
        stage: the work.
        inputs: topics to read; they must exist.
        data_dir: for this worker alone.
        store: `memory://` or `rocksdb://`, for a stage with state.
        changelog: the state's only changelog, created beforehand with `CHANGELOG_TOPIC_CONFIG` and as many
            partitions as each input; None for a stage without state.
        instance_id: a name that stays with this worker over restarts, so that a restart takes up its partitions at
            once (without one it waited 60 s in Faust's defaults); None for a throw-away worker. With other inputs
            it is another member of the group.
        output_limit: the largest output in bytes; also the most that the state rows of a batch may take.
        commit_interval_s: seconds between commits.
        drain_s: seconds that a revoke or a stop waits for batches in flight; below the rebalance timeout of 60 s.
        stall_s: seconds without progress after which the worker stops itself.
        session_timeout_s: seconds after which the group takes a dead worker's partitions away.
        prefetch_bytes: what may wait per partition; `fetch_bytes` more may come with the fetch under way.
        fetch_bytes: what one fetch brings per partition.
        batch_bytes: where a produced record batch is closed; 256 KiB was the fastest of 16 KiB to 1 MiB.
        block_cache_bytes: RocksDB's cache per partition.
        write_buffer_bytes: RocksDB's write buffer per partition.
        metrics_port: serve Prometheus metrics on this loopback port; 0 for a free one, None for none.
        clock: seconds, for the watchdog.

    Raises:
        WorkerSetupError: an argument is wrong, or Faust's or aiokafka's compiled parts are missing.
    """
    require_acceleration()
    if not inputs:
        raise WorkerSetupError(f"The stage {stage.name} has no input: name at least one topic.")
    data_dir.mkdir(parents=True, exist_ok=True)
    app = BatchApp(
        group,
        broker=";".join(f"kafka://{address.strip()}" for address in brokers.split(",")),
        autodiscover=False,
        datadir=str(data_dir),
        store="memory://",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        table_standby_replicas=0,
        consumer_group_instance_id=instance_id and _member_name(instance_id, inputs),
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=fetch_bytes,
        broker_commit_interval=commit_interval_s,
        broker_session_timeout=session_timeout_s,
        broker_heartbeat_interval=min(3.0, session_timeout_s / 3),
        broker_request_timeout=max(30.0, session_timeout_s),
        producer_acks=-1,
        producer_linger=0,
        producer_request_timeout=30.0,
        producer_max_batch_size=batch_bytes,
        producer_max_request_size=16 * 1024 * 1024,
        stream_wait_empty=True,
        TableManager=BatchTableManager,
    )
    app.finalize()
    app.batching = Batching(
        app,
        stage,
        brokers=brokers,
        inputs=inputs,
        changelog=changelog,
        output_limit=output_limit,
        batch_bytes=batch_bytes,
        prefetch_bytes=prefetch_bytes,
        drain_s=drain_s,
        stall_s=stall_s,
        metrics_port=metrics_port,
    )
    app.transport = _Transport(app.conf.broker_consumer, app)
    app.producer_transport = app.transport

    def wire() -> None:
        for topic in inputs:
            app.topics.add(app.topic(topic, key_type=bytes, value_type=bytes))
        if changelog is not None:
            app.batching.table = build_state_table(
                app,
                f"{group}-state",
                store,
                changelog,
                block_cache_bytes=block_cache_bytes,
                write_buffer_bytes=write_buffer_bytes,
            )

    app.wire = wire
    app.watchdog = Watchdog(app, stall_s, clock)
    return app

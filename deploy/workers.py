"""The workers of the platform: each function wires one of them from values and runs it until told to stop."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from deploy.groups import alert_group, correlate_group, enrich_group, release_group
from streams.registry import Registry
from streams.topics import Topics

if TYPE_CHECKING:
    from processors.alerting.subscriptions import Subscriber
    from processors.protection.keys import TokenKeys
    from processors.reference.known_hubs import KnownHubs

__all__ = ["run_alert", "run_correlate", "run_enrich", "run_index", "run_release", "set_up_logging"]


def run_enrich(
    *,
    brokers: str,
    topics: Topics,
    registry: Registry,
    views: tuple[str, ...],
    keys: "TokenKeys",
    data_dir: Path,
    number: int = 0,
    metrics_port: int | None = None,
) -> int:
    """Run enrich worker `number` (each of a group has its own) until SIGTERM; the process's exit code."""
    from processors.batching import build_app, run_app
    from processors.enrichment.stage import EnrichStage
    from processors.reference import default_reference

    app = build_app(
        brokers=brokers,
        group=enrich_group(topics),
        stage=EnrichStage(topics, registry, default_reference(), views, keys),
        inputs=[topics.intake(agency) for agency in registry],
        store="rocksdb://",
        changelog=topics.state("enrich"),
        data_dir=data_dir / f"enrich-{number}",
        instance_id=f"{enrich_group(topics)}-{number}",
        metrics_port=metrics_port,
    )
    # The reference tables live as long as the worker: a full look for cycles through them takes 150 ms.
    gc.collect()
    gc.freeze()
    return run_app(app)


def run_release(
    *,
    brokers: str,
    topics: Topics,
    views: tuple[str, ...],
    keys: "TokenKeys",
    hubs: "KnownHubs",
    data_dir: Path,
    number: int = 0,
    metrics_port: int | None = None,
) -> int:
    """Run release worker `number` until SIGTERM; the process's exit code."""
    from processors.batching import build_app, run_app
    from processors.release.stage import ReleaseStage

    app = build_app(
        brokers=brokers,
        group=release_group(topics),
        stage=ReleaseStage(topics, views, keys, hubs),
        inputs=[topics.enriched, topics.judgements],
        store="rocksdb://",
        changelog=topics.state("release"),
        data_dir=data_dir / f"release-{number}",
        instance_id=f"{release_group(topics)}-{number}",
        metrics_port=metrics_port,
    )
    return run_app(app)


def run_correlate(
    *, brokers: str, topics: Topics, view: str, data_dir: Path, number: int = 0, metrics_port: int | None = None
) -> int:
    """Run the view's correlation until SIGTERM; the process's exit code. A second `number` stands by."""
    from processors.batching import build_app, run_app
    from processors.correlation.stage import GC_THRESHOLDS, CorrelateStage

    gc.set_threshold(*GC_THRESHOLDS)
    app = build_app(
        brokers=brokers,
        group=correlate_group(topics, view),
        stage=CorrelateStage(topics, view),
        inputs=[topics.facts(view)],
        store="rocksdb://",
        changelog=topics.state(f"correlate.{view}"),
        data_dir=data_dir / f"correlate-{view}-{number}",
        instance_id=f"{correlate_group(topics, view)}-{number}",
        stall_s=600.0,  # the first batch after a start waits until the engine is rebuilt from the state
        metrics_port=metrics_port,
    )
    return run_app(app)


def run_alert(
    *,
    brokers: str,
    topics: Topics,
    view: str,
    subscribers: "tuple[Subscriber, ...]",
    data_dir: Path,
    number: int = 0,
    metrics_port: int | None = None,
) -> int:
    """Run alert worker `number` of a view until SIGTERM; the process's exit code. Workers share the partitions."""
    from processors.alerting.stage import AlertStage
    from processors.batching import build_app, run_app

    app = build_app(
        brokers=brokers,
        group=alert_group(topics, view),
        stage=AlertStage(topics, view, subscribers),
        inputs=[topics.reports(view), topics.networks(view)],
        store="rocksdb://",
        changelog=topics.state(f"alert.{view}"),
        data_dir=data_dir / f"alert-{view}-{number}",
        instance_id=f"{alert_group(topics, view)}-{number}",
        metrics_port=metrics_port,
    )
    return run_app(app)


def run_index(
    *,
    brokers: str,
    elasticsearch: str,
    topics: Topics,
    views: tuple[str, ...],
    subscribers: "tuple[Subscriber, ...]" = (),
    number: int = 0,
) -> int:
    """Run index worker `number` until SIGTERM; the process's exit code."""
    from deploy.pipeline import subscribers_by_view
    from indexing.sink import run_sink

    async def run() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await run_sink(
            brokers=brokers,
            elasticsearch=elasticsearch,
            topics=topics,
            views=views,
            subscribers=subscribers_by_view(subscribers),
            instance_id=f"{topics.prefix}index-{number}",
            stop=stop,
        )

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())
    return 0


def set_up_logging(*, as_json: bool | None = None) -> None:
    """Log lines on standard error: JSON where nobody looks on, colours on a terminal."""
    plain = not sys.stderr.isatty() if as_json is None else as_json
    renderer = structlog.processors.JSONRenderer() if plain else structlog.dev.ConsoleRenderer()
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("aiokafka", "kafka", "faust", "mode", "elastic_transport"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

"""The workers of the platform: each function wires one of them from values and runs it until told to stop."""

import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path

import structlog

from streams.registry import Registry
from streams.topics import Topics

__all__ = ["enrich_group", "run_enrich", "run_index", "set_up_logging"]


def enrich_group(topics: Topics) -> str:
    """The consumer group of the enrich workers."""
    return f"{topics.prefix}enrich"


def run_enrich(
    *,
    brokers: str,
    topics: Topics,
    registry: Registry,
    views: tuple[str, ...],
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
        stage=EnrichStage(topics, registry, default_reference(), views),
        inputs=[topics.intake(agency) for agency in registry],
        data_dir=data_dir / f"enrich-{number}",
        instance_id=f"{enrich_group(topics)}-{number}",
        metrics_port=metrics_port,
    )
    return run_app(app)


def run_index(*, brokers: str, elasticsearch: str, topics: Topics, views: tuple[str, ...], number: int = 0) -> int:
    """Run index worker `number` until SIGTERM; the process's exit code."""
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

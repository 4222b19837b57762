"""`puente worker ROLE`: one worker in the foreground, as systemd, Kubernetes and the demo start it."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

worker = typer.Typer(
    help="Run one worker in the foreground until SIGTERM.", no_args_is_help=True, rich_markup_mode=None
)

Kafka = Annotated[str | None, typer.Option(help="Brokers, host:port[,host:port]; default: PUENTE_KAFKA or puente up.")]
Elasticsearch = Annotated[str | None, typer.Option(help="URL; default: PUENTE_ELASTICSEARCH or puente up.")]
Number = Annotated[int, typer.Option(min=0, help="Its number among workers of its kind, kept over restarts.")]
Metrics = Annotated[int | None, typer.Option(help="Loopback port for Prometheus metrics; 0 is a free one.")]


@worker.command()
def enrich(
    kafka: Kafka = None,
    number: Number = 0,
    data: Annotated[Path | None, typer.Option(help="Folder for the worker's state.")] = None,
    metrics_port: Metrics = None,
) -> None:
    """Validate and enrich what agencies publish, and release it to the views.

    \b
    Example:
      puente worker enrich --kafka 127.0.0.1:9092 --number 1
    """
    from deploy import settings
    from deploy.workers import run_enrich, set_up_logging

    set_up_logging()
    raise typer.Exit(
        run_enrich(
            brokers=settings.resolve_kafka(kafka),
            topics=settings.resolve_topics(),
            registry=settings.resolve_registry(),
            views=settings.resolve_views(),
            data_dir=data or settings.resolve_data(),
            number=number,
            metrics_port=metrics_port,
        )
    )


@worker.command()
def index(kafka: Kafka = None, elasticsearch: Elasticsearch = None, number: Number = 0) -> None:
    """Write reports, items and dead letters to Elasticsearch.

    \b
    Example:
      puente worker index --elasticsearch http://127.0.0.1:9200
    """
    from deploy import settings
    from deploy.workers import run_index, set_up_logging

    set_up_logging()
    raise typer.Exit(
        run_index(
            brokers=settings.resolve_kafka(kafka),
            elasticsearch=settings.resolve_elasticsearch(elasticsearch),
            topics=settings.resolve_topics(),
            views=settings.resolve_views(),
            number=number,
        )
    )


def register(app: typer.Typer) -> None:
    """Add `worker` to the command line."""
    app.add_typer(worker, name="worker")

"""`puente prepare` and `puente worker ROLE`: how systemd, Kubernetes and the demo start the platform."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

worker = typer.Typer(
    help="Run one worker in the foreground until SIGTERM, such as: puente worker enrich --number 1",
    no_args_is_help=True,
    rich_markup_mode=None,
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


def prepare(kafka: Kafka = None, elasticsearch: Elasticsearch = None) -> None:
    """Create the topics and indices that lack; safe to repeat, and to run before every start.

    \b
    Example:
      puente prepare --kafka 127.0.0.1:9092 --elasticsearch http://127.0.0.1:9200
    """
    from deploy import settings
    from deploy.pipeline import prepare as make_ready

    make_ready(
        brokers=settings.resolve_kafka(kafka),
        elasticsearch=settings.resolve_elasticsearch(elasticsearch),
        topics=settings.resolve_topics(),
        registry=settings.resolve_registry(),
        views=settings.resolve_views(),
    )
    typer.echo("Topics and indices are there. Start the workers with: puente worker enrich, puente worker index")


def register(app: typer.Typer) -> None:
    """Add `worker` and `prepare` to the command line."""
    app.command()(prepare)
    app.add_typer(worker, name="worker")

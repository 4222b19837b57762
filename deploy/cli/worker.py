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
View = Annotated[str, typer.Option(help="The view, one of PUENTE_VIEWS.")]
Data = Annotated[Path | None, typer.Option(help="Folder for the worker's state; default: PUENTE_DATA.")]
Metrics = Annotated[int | None, typer.Option(help="Loopback port for Prometheus metrics; 0 is a free one.")]


@worker.command()
def enrich(
    kafka: Kafka = None,
    number: Number = 0,
    data: Data = None,
    metrics_port: Metrics = None,
) -> None:
    """Validate and enrich what agencies publish.

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
            keys=settings.resolve_token_keys(data),
            data_dir=data or settings.resolve_data(),
            number=number,
            metrics_port=metrics_port,
        )
    )


@worker.command()
def release(kafka: Kafka = None, number: Number = 0, data: Data = None, metrics_port: Metrics = None) -> None:
    """Write what each view may see of the enriched reports, and take back what it may see no more.

    \b
    Example:
      puente worker release --kafka 127.0.0.1:9092
    """
    from deploy import settings
    from deploy.workers import run_release, set_up_logging

    set_up_logging()
    raise typer.Exit(
        run_release(
            brokers=settings.resolve_kafka(kafka),
            topics=settings.resolve_topics(),
            views=settings.resolve_views(),
            keys=settings.resolve_token_keys(data),
            hubs=settings.resolve_known_hubs(),
            data_dir=data or settings.resolve_data(),
            number=number,
            metrics_port=metrics_port,
        )
    )


@worker.command()
def correlate(
    view: View = "joint", kafka: Kafka = None, number: Number = 0, data: Data = None, metrics_port: Metrics = None
) -> None:
    """Link the reports of one view and keep its networks; one worker a view works, a second stands by.

    \b
    Example:
      puente worker correlate --view joint
    """
    from deploy import settings
    from deploy.workers import run_correlate, set_up_logging

    set_up_logging()
    raise typer.Exit(
        run_correlate(
            brokers=settings.resolve_kafka(kafka),
            topics=settings.resolve_topics(),
            view=settings.require_view(view),
            data_dir=data or settings.resolve_data(),
            number=number,
            metrics_port=metrics_port,
        )
    )


@worker.command()
def alert(
    view: View = "joint", kafka: Kafka = None, number: Number = 0, data: Data = None, metrics_port: Metrics = None
) -> None:
    """Match what subscribers wait for in one view, and tell them (PUENTE_SUBSCRIPTIONS names the file).

    \b
    Example:
      puente worker alert --view joint
    """
    from deploy import settings
    from deploy.workers import run_alert, set_up_logging

    set_up_logging()
    raise typer.Exit(
        run_alert(
            brokers=settings.resolve_kafka(kafka),
            topics=settings.resolve_topics(),
            view=settings.require_view(view),
            subscribers=settings.resolve_subscribers(),
            data_dir=data or settings.resolve_data(),
            number=number,
            metrics_port=metrics_port,
        )
    )


@worker.command()
def index(kafka: Kafka = None, elasticsearch: Elasticsearch = None, number: Number = 0) -> None:
    """Write reports, items, links, networks, alerts and dead letters to Elasticsearch.

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
            subscribers=settings.resolve_subscribers(),
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
        subscribers=settings.resolve_subscribers(),
    )
    typer.echo("Topics and indices are there. Start the workers, see: puente worker --help")


def register(app: typer.Typer) -> None:
    """Add `worker` and `prepare` to the command line."""
    app.command()(prepare)
    app.add_typer(worker, name="worker")

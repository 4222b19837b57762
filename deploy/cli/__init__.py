"""The command `puente`. Each module of this package registers its commands; errors become one sentence."""

import sys

__all__ = ["main"]


def main() -> None:
    """Entry point: run the command; a `PuenteError` prints its sentence and exits with 1, Ctrl-C exits with 130."""
    try:
        import typer
    except ModuleNotFoundError:
        sys.exit("The command line needs the server parts: run `pip install '.[server]'` in the checkout.")

    from deploy.cli import (
        alerts,
        correlate,
        dead_letters,
        demo,
        enrich,
        events,
        extract,
        judge,
        kibana,
        network,
        publish,
        search,
        servers,
        train_weights,
        why,
        worker,
    )
    from streams.errors import PuenteError

    app = typer.Typer(
        name="puente",
        help="Publish, link and search what agencies of both countries report. Start with: puente demo",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for module in (
        demo,
        publish,
        enrich,
        extract,
        correlate,
        search,
        network,
        events,
        why,
        judge,
        alerts,
        dead_letters,
        kibana,
        servers,
        train_weights,
        worker,
    ):
        module.register(app)
    try:
        app()
    except PuenteError as error:
        print(f"puente: {error}", file=sys.stderr)  # noqa: T201 - the command line speaks here
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)

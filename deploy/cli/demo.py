"""`puente demo`: the whole platform on this machine, with real data."""

import signal
import threading
from typing import Annotated

import typer

__all__ = ["register"]


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop everything after the summary and exit.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary as one JSON object on the last line.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove the data of earlier runs first.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=8, help="Enrich workers.")] = 1,
) -> None:
    """Start Kafka, Elasticsearch and the workers, publish the real CBP data and a fictional story, and search them.

    The links, networks and alerts of the story are compared with what it should give. Needs the view joint, and always
    uses the demo's own subscribers. Stays up until Ctrl-C, which stops every process it started. Exits with 1 if any
    count is off.

    \b
    Example:
      puente demo --once --json
    """
    from rich.console import Console

    from deploy import settings
    from deploy.demo.session import demo_session
    from deploy.demo.summary import print_summary

    console = Console(stderr=True)
    stop = _stop_on_signals()
    home = settings.resolve_home()
    with demo_session(home, fresh=fresh, enrich_workers=workers, console=console) as session:
        summary = session.run()
        print_summary(summary, Console() if not as_json else console)
        if as_json:
            typer.echo(summary.to_json())
        if not once:
            console.print("\nIt stays up until Ctrl-C.")
            session.stay_up(stop)
    raise typer.Exit(0 if summary.is_right else 1)


def _stop_on_signals() -> threading.Event:
    """SIGTERM and SIGHUP end the demo as Ctrl-C does."""
    stop = threading.Event()

    def interrupt(number: int, frame: object) -> None:  # noqa: ARG001 - the signature is Python's
        if stop.is_set():
            return
        stop.set()
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        # `nohup` ignores SIGHUP for its child: so do we then.
        if signal.getsignal(number) is not signal.SIG_IGN or number is not signal.SIGHUP:
            signal.signal(number, interrupt)
    return stop


def register(app: typer.Typer) -> None:
    """Add `demo` to the command line."""
    app.command()(demo)

"""`puente enrich FILE`: what enrichment makes of events, without a server."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]


def enrich(
    file: Annotated[Path, typer.Argument(help="NDJSON events as `puente publish` reads them; - is standard input.")],
    agency: Annotated[str | None, typer.Option(help="Whose events they are; lines may name their own.")] = None,
    received: Annotated[
        datetime | None,
        typer.Option(help="Stands for the broker's clock, UTC; default: now.", formats=["%Y-%m-%dT%H:%M:%S"]),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print each fact with its span or field, its rule and source, instead.")
    ] = False,
) -> None:
    """Enrich events offline, as the workers do: one enriched report a line; exits with 1 if any was refused.

    Protected people are tokens in it, made with PUENTE_TOKEN_KEYS, or with this machine's own keys.

    \b
    Example:
      puente enrich deploy/demo/scenario.ndjson --received 2026-08-01T00:00:00 > enriched.ndjson
      head -1 deploy/demo/scenario.ndjson | puente enrich - --explain
    """
    import sys
    from datetime import UTC

    from deploy import settings
    from deploy.enriching import Enricher, read_lines
    from deploy.explaining_facts import explain_report
    from processors.reference import default_reference
    from streams.parsing import canonical_json

    moment = received.replace(tzinfo=UTC) if received else datetime.now(UTC)
    enricher = Enricher(
        settings.resolve_registry(), default_reference(), settings.resolve_token_keys(), agency, moment
    )  # fmt: skip
    refused = 0
    for one in enricher.enrich(read_lines(None if str(file) == "-" else file, sys.stdin.buffer)):
        if one.report is None:
            refused += 1
            why = " ".join(reason.en for reason in one.reasons)
            typer.echo(f"line {one.line}: {why}", err=True)
        elif explain:
            typer.echo("\n".join(explain_report(one.report)))
        else:
            sys.stdout.buffer.write(canonical_json(one.report) + b"\n")
    sys.stdout.buffer.flush()
    raise typer.Exit(1 if refused else 0)


def register(app: typer.Typer) -> None:
    """Add `enrich` to the command line."""
    app.command()(enrich)

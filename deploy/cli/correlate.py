"""`puente correlate FILE`: links and networks of enriched reports, without a server."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.reading import View

__all__ = ["register"]


def correlate(
    file: Annotated[Path, typer.Argument(help="Enriched reports as `puente enrich` writes them; - is standard input.")],
    view: View = "joint",
) -> None:
    """Link enriched reports offline, as the workers do: each link, then each network, one JSON object a line.

    Only what its marks release to the view takes part. The answer follows from the set of reports, not from their
    order, so it says what the stream must have found.

    \b
    Example:
      puente enrich deploy/demo/scenario.ndjson > enriched.ndjson
      puente correlate enriched.ndjson | head -1
    """
    import sys

    from deploy import settings
    from deploy.correlating import correlate_lines
    from streams.errors import ContractError
    from streams.parsing import canonical_json

    keys, hubs = settings.resolve_token_keys(), settings.resolve_known_hubs()
    try:
        if str(file) == "-":
            links, networks = correlate_lines(sys.stdin.buffer, view, keys, hubs)
        else:
            with file.open("rb") as lines:
                links, networks = correlate_lines(lines, view, keys, hubs)
    except OSError as exc:
        raise ContractError(f"{file} can't be read: {exc.strerror or exc}.") from exc
    for kind, documents in (("link", links), ("network", networks)):
        for name in sorted(documents):
            sys.stdout.buffer.write(canonical_json({"kind": kind, kind: documents[name]}) + b"\n")
    sys.stdout.buffer.flush()


def register(app: typer.Typer) -> None:
    """Add `correlate` to the command line."""
    app.command()(correlate)

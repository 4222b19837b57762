"""`puente correlate FILE`: links, networks and events of enriched reports, without a server."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.reading import View

__all__ = ["register"]


def correlate(
    file: Annotated[Path, typer.Argument(help="Enriched reports as `puente enrich` writes them; - is standard input.")],
    view: View = "joint",
    judgements: Annotated[
        Path | None,
        typer.Option(help="Judgements, one a line, as `puente judge --json` prints them; only the view's count."),
    ] = None,
) -> None:
    """Link enriched reports offline, as the workers do: each link, network and event, one JSON object a line.

    Only what its marks release to the view takes part. The answer follows from the set of reports and judgements, not
    from their order, so it says what the stream must have found.

    \b
    Example:
      puente enrich deploy/demo/scenario.ndjson > enriched.ndjson
      puente correlate enriched.ndjson | head -1
      puente correlate enriched.ndjson --judgements judged.ndjson
    """
    import sys

    from deploy import settings
    from deploy.correlating import correlate_lines, judgement_records
    from streams.parsing import canonical_json

    keys, hubs = settings.resolve_token_keys(), settings.resolve_known_hubs()
    judged = [] if judgements is None else list(judgement_records(_read_lines(judgements), view))
    found = correlate_lines(_read_lines(file), view, keys, hubs, judged)
    of_kind: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("link", found.links),
        ("network", found.networks),
        ("event", found.events),
    )
    for kind, documents in of_kind:
        for name in sorted(documents):
            sys.stdout.buffer.write(canonical_json({"kind": kind, kind: documents[name]}) + b"\n")
    sys.stdout.buffer.flush()


def _read_lines(file: Path) -> Iterator[bytes]:
    """The lines of a file, or of standard input for `-`; `ContractError` if it can't be read."""
    import sys

    from streams.errors import ContractError

    try:
        if str(file) == "-":
            yield from sys.stdin.buffer
        else:
            with file.open("rb") as lines:
                yield from lines
    except OSError as exc:
        raise ContractError(f"{file} can't be read: {exc.strerror or exc}.") from exc


def register(app: typer.Typer) -> None:
    """Add `correlate` to the command line."""
    app.command()(correlate)

"""`puente train-weights`: learn the weights of links from cases whose truth is known."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.reading import View

__all__ = ["register"]


def train_weights(
    cases: Annotated[
        list[Path],
        typer.Argument(help="Folders, each with enriched.ndjson (of `puente enrich`) and truth.json (its groups)."),
    ],
    view: View = "joint",
) -> None:
    """Print the module `processors/correlation/weights.py` as the cases teach it; the same cases give the same bytes.

    A truth names `reports` (name -> {"id": document id}) and `groups` (reason -> names that belong together), as
    `python -m tests.scenarios` writes it. Teach with cases that no result is measured on.

    \b
    Example:
      python -m tests.scenarios --seed 1 --reports 5000 --out cases/1
      puente enrich cases/1/events.ndjson > cases/1/enriched.ndjson
      puente train-weights cases/1 > weights.py
    """
    from deploy import settings
    from deploy.training import learn_from

    typer.echo(learn_from(cases, view, settings.resolve_token_keys()), nl=False)


def register(app: typer.Typer) -> None:
    """Add `train-weights` to the command line."""
    app.command("train-weights")(train_weights)

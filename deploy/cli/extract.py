"""`puente extract`: what texts say was seized, without a server."""

import typer

__all__ = ["register"]


def extract() -> None:
    """Read seizure mentions from texts: JSON Lines on standard input, JSON Lines on standard output.

    A line has "id" and "text", and may have "lang" (en or es; else it is recognised) and "date" (YYYY-MM-DD).

    \b
    Example:
      echo '{"id": "1", "lang": "es", "text": "Aseguraron dos kilos y medio de heroína en Tijuana."}' | puente extract
    """
    import sys

    from deploy.extracting import extract_line
    from processors.reference import default_reference

    reference = default_reference()
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if raw.strip():
            sys.stdout.buffer.write(extract_line(number, raw, reference) + b"\n")
    sys.stdout.buffer.flush()


def register(app: typer.Typer) -> None:
    """Add `extract` to the command line."""
    app.command()(extract)

"""`puente kibana export` and `puente kibana import`: data views and the dashboard of a view."""

import os
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

kibana = typer.Typer(
    help="Hand the dashboard to Kibana, such as: puente kibana import --kibana http://127.0.0.1:5601",
    no_args_is_help=True,
    rich_markup_mode=None,
)

View = Annotated[str, typer.Option(help="The view that the dashboard shows, one of PUENTE_VIEWS.")]
Prefix = Annotated[str | None, typer.Option(help="What index names begin with; default: PUENTE_PREFIX.")]


@kibana.command()
def export(
    view: View = "joint",
    prefix: Prefix = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; default: print it.")] = None,
) -> None:
    """Write the saved objects as NDJSON, as Kibana's "Import" takes them.

    \b
    Example:
      puente kibana export --view joint -o puente-joint.ndjson
    """
    from deploy.kibana.importing import KibanaError

    text = _ndjson(view, prefix)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KibanaError(f"{output} can't be written ({error.strerror}): name another file.") from error
    typer.echo(f"{text.count(chr(10))} saved objects written to {output}")


@kibana.command("import")
def import_objects(
    kibana_url: Annotated[str, typer.Option("--kibana", help="Base URL of Kibana.")] = "http://127.0.0.1:5601",
    view: View = "joint",
    prefix: Prefix = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait until Kibana is up.")] = 0.0,
    user: Annotated[str | None, typer.Option(help="User; the password is read from PUENTE_KIBANA_PASSWORD.")] = None,
    ca_file: Annotated[Path | None, typer.Option(help="Certificate of the authority that signed Kibana's.")] = None,
) -> None:
    """Import data views and dashboard into a running Kibana, over those of an earlier import.

    \b
    Example:
      puente kibana import --kibana http://127.0.0.1:5601 --wait 120
    """
    from deploy.kibana.importing import import_ndjson

    login = (user, os.environ.get("PUENTE_KIBANA_PASSWORD", "")) if user else None
    done = import_ndjson(
        kibana_url, _ndjson(view, prefix), wait_s=wait, login=login, ca_file=str(ca_file) if ca_file else None
    )
    typer.echo(f"{done.count} saved objects imported. Open {kibana_url.rstrip('/')}/app/dashboards")


def _ndjson(view: str, prefix: str | None) -> str:
    from deploy import settings
    from deploy.kibana import export_ndjson

    return export_ndjson(settings.require_view(view), settings.resolve_topics(prefix).prefix)


def register(app: typer.Typer) -> None:
    """Add `kibana` to the command line."""
    app.add_typer(kibana, name="kibana")

"""`puente why`: why two reports were linked, in plain words."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.reading import AsJson, Elasticsearch, Language, View, ask_index, check_language, print_lines

if TYPE_CHECKING:
    from indexing.elastic import Elastic
    from streams.links import LinkDocument

__all__ = ["register"]

_DOCUMENT_ID = re.compile(r"[0-9a-f]{32}")


def why(
    link: Annotated[
        list[str],
        typer.Argument(
            metavar="LINK | REPORT REPORT | AGENCY NUMBER AGENCY NUMBER",
            help="A link, by its id or the first characters of it; or the two reports, by document id or by name.",
        ),
    ],
    view: View = "joint",
    lang: Language = "en",
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """Explain a link: whose records, what is written where, how it was weighed, and what nobody knows.

    \b
    Example:
      puente why b01916dacb68
      puente why mesquite-da MCDA-26-0502-1 lone-star-patrol LSP/26/04/0215-C --lang es
    """
    import orjson

    from deploy.explaining import explain_link

    language, pair = check_language(lang), _pair(link)
    found = ask_index(elasticsearch, lambda elastic, prefix: _read(elastic, prefix, view, link[0], pair))
    if as_json:
        typer.echo(orjson.dumps({"view": view, "link": found}).decode())
    else:
        print_lines(explain_link(found, language))


def _pair(named: list[str]) -> tuple[str, str] | None:
    """The document ids of the two reports named; None if a link is. A usage error for anything else."""
    from streams.identity import document_id

    if len(named) == 1:
        return None
    if len(named) == 4:
        return document_id(named[0], named[1]), document_id(named[2], named[3])
    if len(named) == 2 and all(_DOCUMENT_ID.fullmatch(name) for name in named):
        return named[0], named[1]
    raise typer.BadParameter(
        "give a link's id, the document ids of two reports (32 characters each), or twice an agency and its number",
        param_hint="LINK",
    )


async def _read(elastic: "Elastic", prefix: str, view: str, name: str, pair: tuple[str, str] | None) -> "LinkDocument":
    from indexing.derived_search import link_between, read_link

    if pair is not None:
        return await link_between(elastic, view, *pair, prefix=prefix)
    return await read_link(elastic, view, name, prefix=prefix)


def register(app: typer.Typer) -> None:
    """Add `why` to the command line."""
    app.command()(why)

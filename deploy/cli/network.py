"""`puente network`: the networks of a view, and one of them in plain words."""

from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.reading import AsJson, Elasticsearch, Language, View, ask_index, check_language, print_lines

if TYPE_CHECKING:
    from indexing.derived_search import FoundNetwork, Listed
    from indexing.elastic import Elastic
    from streams.links import LinkDocument

__all__ = ["register"]


def network(
    which: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID | AGENCY REPORT]",
            help="A network, by its id or the first characters of it, or the one that a report is in; none lists all.",
        ),
    ] = None,
    view: View = "joint",
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many networks to list.")] = 10,
    links: Annotated[int, typer.Option(min=0, max=10_000, help="How many links of one network to show.")] = 5,
    lang: Language = "en",
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """List the biggest networks of a view, or show one: whose records, what holds it together, how sure.

    \b
    Example:
      puente network
      puente network 0230ec0b0265 --links 20 --lang es
      puente network bridge-customs BC-LAB-2026-1180
    """
    import orjson

    from deploy.explaining import describe_network, list_networks

    chosen = which or []
    if len(chosen) > 2:
        raise typer.BadParameter("give one id, or an agency and its report number", param_hint="ID")
    language = check_language(lang)
    if not chosen:
        listed = ask_index(elasticsearch, lambda elastic, prefix: _list(elastic, prefix, view, size))
        if as_json:
            told = {"view": view, "total": listed.total, "networks": list(listed.documents)}
            typer.echo(orjson.dumps(told).decode())
            return
        print_lines(list_networks(listed.documents, listed.total, view, language))
        return
    # A program gets all links, a reader the strongest.
    shown = None if as_json else links
    found, chief = ask_index(elasticsearch, lambda elastic, prefix: _read(elastic, prefix, view, chosen, shown))
    if as_json:
        told = {"view": view, "network": found.network, "followed": list(found.followed), "links": chief}
        typer.echo(orjson.dumps(told).decode())
        return
    print_lines(describe_network(found.network, language, followed=found.followed, links=chief))


async def _list(elastic: "Elastic", prefix: str, view: str, size: int) -> "Listed":
    from indexing.derived_search import list_networks

    return await list_networks(elastic, view, prefix=prefix, size=size)


async def _read(
    elastic: "Elastic", prefix: str, view: str, chosen: list[str], shown: int | None
) -> "tuple[FoundNetwork, list[LinkDocument]]":
    """The network asked for, and its strongest links; None for all."""
    from indexing.derived_search import FoundNetwork, links_of, network_of, read_network
    from indexing.errors import DerivedUnknownError
    from streams.identity import document_id

    if len(chosen) == 2:
        agency, report = chosen
        around = await network_of(elastic, view, document_id(agency, report), prefix=prefix)
        if around is None:
            raise DerivedUnknownError(
                f"No network of the view {view} holds {report!r} of {agency!r}: check both, or list the networks with "
                "`puente network`."
            )
        found = FoundNetwork(around)
    else:
        found = await read_network(elastic, view, chosen[0], prefix=prefix)
    members = [member["id"] for member in found.network.get("members", [])]
    if not members or shown == 0:
        return found, []
    links = await links_of(elastic, view, members, within=True, prefix=prefix, size=shown)
    return found, links


def register(app: typer.Typer) -> None:
    """Add `network` to the command line."""
    app.command()(network)

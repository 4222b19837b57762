"""`puente events`: what happened, each event once, however many reports tell of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.reading import AsJson, Elasticsearch, Language, View, ask_index, check_language, print_lines

if TYPE_CHECKING:
    from indexing.derived_search import Listed
    from indexing.elastic import Elastic
    from indexing.event_search import EventFilters, FoundEvent

__all__ = ["register"]


def events(
    which: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID | AGENCY REPORT]",
            help="An event, by the document id of a report or its first characters, or by a report; none lists events.",
        ),
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="A corridor, a state such as US-TX, or words of a place's name.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this local day on, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this local day, YYYY-MM-DD.")] = None,
    commodity: Annotated[str | None, typer.Option(help="Only with this commodity, such as fentanyl.")] = None,
    agency: Annotated[str | None, typer.Option(help="Only those of which this agency tells.")] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Only of two independent origins or more.")] = False,
    view: View = "joint",
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many events to list.")] = 10,
    lang: Language = "en",
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """List events, the latest first, or show one: who tells of it, how much of what, and how well it is confirmed.

    \b
    Example:
      puente events --place laredo --commodity fentanyl --since 2026-04-01
      puente events --confirmed --size 50 --json
      puente events bridge-customs BC-LAB-2026-1180
    """
    import orjson

    from deploy.explaining_events import describe_event, list_events
    from indexing.event_search import EventFilters

    chosen = which or []
    if len(chosen) > 2:
        raise typer.BadParameter("give one id, or an agency and its report number", param_hint="ID")
    language = check_language(lang)
    if chosen:
        found = ask_index(elasticsearch, lambda elastic, prefix: _read(elastic, prefix, view, chosen))
        if as_json:
            told = {"view": view, "event": found.event, "followed": list(found.followed)}
            typer.echo(orjson.dumps(told).decode())
            return
        print_lines(describe_event(found.event, language))
        return
    filters = EventFilters(place, since, until, commodity, agency, confirmed)
    listed = ask_index(elasticsearch, lambda elastic, prefix: _list(elastic, prefix, view, filters, size))
    if as_json:
        typer.echo(orjson.dumps({"view": view, "total": listed.total, "events": list(listed.documents)}).decode())
        return
    print_lines(list_events(listed.documents, listed.total, view, language))


async def _list(elastic: "Elastic", prefix: str, view: str, filters: "EventFilters", size: int) -> "Listed":
    from indexing.event_search import list_events

    return await list_events(elastic, view, filters, prefix=prefix, size=size)


async def _read(elastic: "Elastic", prefix: str, view: str, chosen: list[str]) -> "FoundEvent":
    from indexing.errors import DerivedUnknownError
    from indexing.event_search import read_event
    from streams.identity import document_id

    if len(chosen) == 1:
        return await read_event(elastic, view, chosen[0], prefix=prefix)
    agency, report = chosen
    try:
        return await read_event(elastic, view, document_id(agency, report), prefix=prefix)
    except DerivedUnknownError as exc:
        raise DerivedUnknownError(
            f"{report!r} of {agency!r} is in no event of the view {view}: check both; reports of a period's total are "
            "in none."
        ) from exc


def register(app: typer.Typer) -> None:
    """Add `events` to the command line."""
    app.command()(events)

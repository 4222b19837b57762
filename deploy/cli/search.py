"""`puente search`: find reports in one view, in either language."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.describing import describe_item, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from indexing.search import Hit, Hits

__all__ = ["register"]


def search(
    query: Annotated[
        list[str] | None, typer.Argument(help='Words, "phrases", -not, a | b, fent*; empty finds all.')
    ] = None,
    view: Annotated[str, typer.Option(help="The view to search: joint, us or mx.")] = "joint",
    agency: Annotated[list[str] | None, typer.Option(help="Only this agency's records; may be repeated.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only seizure, case or news; may be repeated.")] = None,
    commodity: Annotated[list[str] | None, typer.Option(help="Only this commodity, such as fentanyl.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day, YYYY-MM-DD.")] = None,
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many hits to show.")] = 10,
    elasticsearch: Annotated[str | None, typer.Option(help="URL; default: PUENTE_ELASTICSEARCH or puente up.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all hits as one JSON object.")] = False,
) -> None:
    """Find reports by words in either language, or by any number in them.

    \b
    Example:
      puente search M30 Laredo abril
      puente search '"secondary inspection"' --agency cbp --since 2024-01-01
    """
    import orjson
    from rich.console import Console

    from deploy import settings
    from deploy.synonyms import SYNONYMS
    from indexing.elastic import Address, Elastic
    from indexing.search import Filters
    from indexing.search import search as run_search

    filters = Filters(tuple(agency or ()), tuple(kind or ()), tuple(commodity or ()), since, until)
    address = Address.read(settings.resolve_elasticsearch(elasticsearch))
    prefix = settings.resolve_topics().prefix

    async def ask() -> "Hits":
        async with Elastic(address) as elastic:
            return await run_search(
                elastic,
                view,
                " ".join(query or ()),
                prefix=prefix,
                size=size,
                filters=filters,
                synonyms=SYNONYMS,
            )

    hits = asyncio.run(ask())
    if as_json:
        typer.echo(orjson.dumps(_as_dict(hits)).decode())
    else:
        _print(hits, Console())


def _as_dict(hits: "Hits") -> dict[str, object]:
    """All hits as plain values; `copies` are the ids of those that repeat one text, `origins` counts copies once."""
    from deploy.origins import count_origins, find_copies

    copies = find_copies(hits.hits)
    shown = hits.as_dict()
    for hit in shown["hits"]:
        del hit["prints"]
        hit["copies"] = copies.get(hit["id"], [])
    return {**shown, "origins": count_origins(hits.hits)}


def _print(hits: "Hits", console: "Console") -> None:
    from deploy.origins import count_origins, find_copies

    copies = find_copies(hits.hits)
    names = {hit.id: plain(f"{hit.agency.upper()} {hit.report_id}") for hit in hits.hits}
    for hit in hits.hits:
        for line in _describe(hit):
            console.print(line, soft_wrap=True)
        if others := copies.get(hit.id):
            # Copies are no second source.
            said = ", ".join(names[other] for other in others)
            console.print(f"  the same text as {said}: one origin", style="yellow", highlight=False, soft_wrap=True)
        console.print()
    shown = f"{len(hits.hits)} of {hits.total:,} reports in view {hits.view}."
    if copies:
        shown += f" Copies counted once, the {len(hits.hits)} shown have {count_origins(hits.hits)} origins."
    console.print(shown, highlight=False)
    console.print(f"{hits.notice_en}\n{hits.notice_es}", style="italic", highlight=False, soft_wrap=True)


def _describe(hit: "Hit") -> list["Text"]:
    from rich.text import Text

    place = (hit.place or {}).get("name", "place unknown")
    head = Text.assemble((plain(hit.agency.upper()), "bold cyan"), " ", (plain(hit.report_id), "bold"))
    head.append(f"  {hit.case_kind or hit.kind} · {_when(hit)} · {plain(place)}")
    if hit.exercise:
        head.append("  EXERCISE", "bold yellow")
    lines = [head]
    if hit.title:
        lines.append(Text(f"  {plain(hit.title)}", "bold"))
    if hit.items:
        lines.append(Text("  " + "; ".join(describe_item(item) for item in hit.items)))
    basis = {"incident": "one incident", "period_total": "a period's total", "running_total": "a running total"}
    counted = basis.get(hit.count_basis, hit.count_basis)
    events = f" of {hit.event_count:,} events" if hit.event_count is not None else ""
    lines.append(Text(f"  {counted}{events} · grade {hit.grade} · TLP:{hit.tlp} · revision {hit.revision}", "dim"))
    for field, passages in hit.highlights.items():
        lines.extend(_marked(passage) for passage in passages if field != "title")
    if hit.text_withheld:
        whom = f"{hit.protected_people} protected people" if hit.protected_people else "it may name protected people"
        lines.append(Text(f"  text withheld: {whom}", "yellow"))
    elif hit.protected_people:
        lines.append(Text(f"  protected people: {hit.protected_people}, left out or shown as tokens", "yellow"))
    for refused in hit.refused:
        why = " ".join(refused.reasons_en)
        when = f"{refused.stage}, {refused.received[:10]}"
        note = f"  a later revision was refused ({when}): {why} See dead letter {refused.dead_letter[:12]}."
        lines.append(Text(plain(note), "bold red"))
    return lines


def _when(hit: "Hit") -> str:
    """The time as exactly as it is known, in UTC."""
    if hit.when is None:
        return "time unknown"
    length = {"year": 4, "month": 7, "day": 10}.get(hit.when_precision or "", 16)
    return hit.when[:length].replace("T", " ")


def _marked(passage: str) -> "Text":
    """A highlighted passage with its marked words in bold."""
    from rich.text import Text

    from indexing.search import MARK

    line = Text("  … ")
    opening, closing = MARK
    for number, part in enumerate(passage.split(opening)):
        if number == 0:
            line.append(plain(part))
            continue
        word, _, rest = part.partition(closing)
        line.append(plain(word), "bold green")
        line.append(plain(rest))
    return line


def register(app: typer.Typer) -> None:
    """Add `search` to the command line."""
    app.command()(search)

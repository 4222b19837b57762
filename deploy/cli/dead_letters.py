"""`puente dead-letters`: records that were refused, why, and what to do with them."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from deploy.describing import plain
from deploy.logins import login_name

if TYPE_CHECKING:
    from indexing.elastic import Elastic
    from streams.reports import DeadLetter

__all__ = ["register"]

T = TypeVar("T")

letters = typer.Typer(
    help="Refused records: read, send again, close. Start with: puente dead-letters list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Kafka = Annotated[str | None, typer.Option(help="Brokers, host:port[,host:port]; default: PUENTE_KAFKA or puente up.")]
Elasticsearch = Annotated[str | None, typer.Option(help="URL; default: PUENTE_ELASTICSEARCH or puente up.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id, or its first characters (six or more).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@letters.command("list")
def list_(
    state: Annotated[str, typer.Option(help="open, resubmitted, closed, or all.")] = "open",
    agency: Annotated[str | None, typer.Option(help="Only this agency's records.")] = None,
    stage: Annotated[str | None, typer.Option(help="Only those refused here: enrich, release, index.")] = None,
    code: Annotated[str | None, typer.Option(help="Only this reason code, such as invalid_json.")] = None,
    report: Annotated[str | None, typer.Option(help="Only this report number.")] = None,
    size: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 50,
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """List dead letters, the newest first.

    \b
    Example:
      puente dead-letters list --agency cbp --code invalid_json
    """
    import orjson
    from rich.console import Console
    from rich.table import Table

    from deploy import settings
    from indexing.dead_letters import LetterFilters, Letters, list_letters

    known = ("open", "resubmitted", "closed")
    if state not in (*known, "all"):
        raise typer.BadParameter(f"{state!r} is no state; use open, resubmitted, closed or all", param_hint="--state")
    filters = LetterFilters(() if state == "all" else (state,), agency, stage, code, report)
    prefix = settings.resolve_topics().prefix

    async def ask(elastic: "Elastic") -> Letters:
        return await list_letters(elastic, filters, prefix=prefix, size=size)

    found = _with_elastic(elasticsearch, ask)
    if as_json:
        typer.echo(orjson.dumps({"total": found.total, "letters": list(found.letters)}).decode())
        return
    console = Console()
    if not found.letters:
        console.print("No dead letters." if state == "all" else f"No dead letters that are {state}.", highlight=False)
        return
    table = Table("id", "agency", "report", "received", "stage", "state", "why", box=None, header_style="bold")
    for letter in found.letters:
        why = " ".join(reason["en"] for reason in letter["reasons"])
        cells = (
            letter["agency"],
            letter["report_id"] or "-",
            letter["received"][:19],
            letter["stage"],
            letter["state"],
        )
        table.add_row(letter["id"][:12], *map(plain, cells), plain(why))
    console.print(table)
    if found.total > len(found.letters):
        console.print(f"{len(found.letters)} of {found.total:,}; more with --size.", highlight=False)


@letters.command()
def show(
    id_: Id,
    original: Annotated[bool, typer.Option("--original", help="Print the refused bytes too, as they came.")] = False,
    kafka: Kafka = None,
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """Show why a record was refused, in both languages, and where it lies.

    \b
    Example:
      puente dead-letters show 3f9c2a --original > original.json
    """
    import orjson
    from rich.console import Console

    from deploy import settings
    from deploy.dead_letters import read_original

    if as_json and original:
        raise typer.BadParameter("--json and --original write different things: give one of them.")
    letter = _find(id_, elasticsearch)
    if as_json:
        typer.echo(orjson.dumps(letter).decode())
    else:
        # With --original the bytes alone go to standard output, so that they can be redirected into a file.
        _print_letter(letter, Console(stderr=original))
    if original:
        _quiet_kafka()
        found = read_original(settings.resolve_kafka(kafka), settings.resolve_topics(), letter)
        sys.stdout.flush()
        sys.stdout.buffer.write(found.value or b"")
        sys.stdout.buffer.flush()


@letters.command()
def resubmit(
    id_: Id,
    file: Annotated[Path | None, typer.Option(help="The repaired record (one JSON object) to send instead.")] = None,
    kafka: Kafka = None,
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """Send a refused record again, as it was or repaired.

    \b
    Example:
      puente dead-letters show 3f9c2a --original > repaired.json
      puente dead-letters resubmit 3f9c2a --file repaired.json
    """
    from deploy import settings
    from deploy.dead_letters import DeadLetterError, resubmit_letter

    try:
        repaired = None if file is None else file.read_bytes()
    except OSError as error:
        raise DeadLetterError(f"The file {file} can't be read ({error.strerror}): check the path.") from error
    letter = _find(id_, elasticsearch)
    _quiet_kafka()
    changed = resubmit_letter(
        settings.resolve_kafka(kafka), settings.resolve_topics(), letter, by=login_name(), repaired=repaired
    )
    _print_change(changed, as_json)


@letters.command()
def close(
    id_: Id,
    why: Annotated[str, typer.Option(help="Why it needs no further work; kept with your login name.")],
    kafka: Kafka = None,
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """Close a dead letter.

    \b
    Example:
      puente dead-letters close 3f9c2a --why "published again by the agency"
    """
    from deploy import settings
    from deploy.dead_letters import close_letter

    letter = _find(id_, elasticsearch)
    _quiet_kafka()
    changed = close_letter(settings.resolve_kafka(kafka), settings.resolve_topics(), letter, by=login_name(), why=why)
    _print_change(changed, as_json)


def _find(id_: str, elasticsearch: str | None) -> "DeadLetter":
    from deploy import settings
    from indexing.dead_letters import find_letter

    prefix = settings.resolve_topics().prefix

    async def ask(elastic: "Elastic") -> "DeadLetter":
        return await find_letter(elastic, id_, prefix=prefix)

    return _with_elastic(elasticsearch, ask)


def _with_elastic(elasticsearch: str | None, ask: "Callable[[Elastic], Awaitable[T]]") -> T:
    from deploy import settings
    from indexing.elastic import Address, Elastic

    address = Address.read(settings.resolve_elasticsearch(elasticsearch))

    async def run() -> T:
        async with Elastic(address) as elastic:
            return await ask(elastic)

    return asyncio.run(run())


def _print_letter(letter: "DeadLetter", console: Any) -> None:
    state = letter["state"] + (f" by {letter['by']}" if letter["by"] else "")
    rows = [
        ("id", letter["id"]),
        ("agency", letter["agency"]),
        ("report", letter["report_id"] or "not known"),
        ("event", letter["event_id"] or "not known"),
        ("received", letter["received"]),
        ("stage", letter["stage"]),
        ("lies at", f"{letter['topic']} partition {letter['partition']} offset {letter['offset']}"),
        ("state", state + (f": {letter['note']}" if letter["note"] else "")),
    ]
    for name, value in rows:
        console.print(f"{name:<9} {plain(value)}", markup=False, highlight=False, soft_wrap=True)
    for reason in letter["reasons"]:
        where = f" ({reason['field']})" if reason["field"] else ""
        console.print(f"\n{reason['code']}{plain(where)}", markup=False, highlight=False, soft_wrap=True)
        console.print(f"  EN {plain(reason['en'])}", markup=False, highlight=False, soft_wrap=True)
        console.print(f"  ES {plain(reason['es'])}", markup=False, highlight=False, soft_wrap=True)


def _print_change(letter: "DeadLetter", as_json: bool) -> None:
    import orjson

    typer.echo(orjson.dumps(letter).decode() if as_json else f"{letter['id']} is {letter['state']} by {letter['by']}.")


def _quiet_kafka() -> None:
    # kafka-python reports every lost connection to the log; what a person needs to know comes as an error.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)


def register(app: typer.Typer) -> None:
    """Add `dead-letters` to the command line."""
    app.add_typer(letters, name="dead-letters")

"""What the commands that read the index share: their options, one connection, and lines on the terminal."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from deploy.explaining_words import Lang
    from indexing.elastic import Elastic

__all__ = ["AsJson", "Elasticsearch", "Language", "View", "ask_index", "check_language", "print_lines"]

T = TypeVar("T")

View = Annotated[str, typer.Option(help="The view to read: joint, us or mx.")]
Language = Annotated[str, typer.Option("--lang", help="en or es.")]
Elasticsearch = Annotated[str | None, typer.Option(help="URL; default: PUENTE_ELASTICSEARCH or puente up.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def check_language(lang: str) -> "Lang":
    """The language, or a usage error."""
    if lang == "en":
        return "en"
    if lang == "es":
        return "es"
    raise typer.BadParameter(f"{lang!r} is no language of ours; use en or es", param_hint="--lang")


def ask_index(elasticsearch: str | None, question: "Callable[[Elastic, str], Awaitable[T]]") -> T:
    """The answer of `question(elastic, prefix)` over one connection."""
    from deploy import settings
    from indexing.elastic import Address, Elastic

    address = Address.read(settings.resolve_elasticsearch(elasticsearch))
    prefix = settings.resolve_topics().prefix

    async def ask() -> T:
        async with Elastic(address) as elastic:
            return await question(elastic, prefix)

    return asyncio.run(ask())


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are, wrapped where the terminal ends."""
    for line in lines:
        typer.echo(line)

"""`puente judge`: say of a link that it is right or wrong, or take that back."""

from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.reading import AsJson, Elasticsearch, Language, View, ask_index, check_language, print_lines

if TYPE_CHECKING:
    from indexing.elastic import Elastic
    from streams.judgements import Said
    from streams.links import LinkDocument

__all__ = ["register"]

_WORDS: "dict[str, Said]" = {"same": "same", "different": "different", "withdraw": "withdrawn"}

Kafka = Annotated[str | None, typer.Option(help="Brokers, host:port[,host:port]; default: PUENTE_KAFKA or puente up.")]


def judge(
    link: Annotated[str, typer.Argument(metavar="LINK", help="The link, by its id or the first characters of it.")],
    verdict: Annotated[
        str | None,
        typer.Argument(
            metavar="same|different|withdraw",
            help="One matter, or two; withdraw takes back what you judged of this link.",
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(help="Your reason, shown with your name to everybody who sees the link; name nobody protected."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the judgements on the link, and judge nothing.")] = False,
    view: View = "joint",
    lang: Language = "en",
    kafka: Kafka = None,
    elasticsearch: Elasticsearch = None,
    as_json: AsJson = False,
) -> None:
    """Judge a link: different keeps its reports out of one network, same joins them. It can be taken back.

    Who judges is who runs this command: the Kafka principal of PUENTE_KAFKA_USER, else the login. To say that two
    people are one takes two analysts; analysts who disagree leave the reports apart.

    \b
    Example:
      puente judge b01916dacb68 different --why "The plate was cloned: two cars on one day, 900 km apart."
      puente judge b01916dacb68 withdraw --why "The second date was a typing error."
      puente judge b01916dacb68 --list
    """
    import orjson

    from deploy.judging import list_judgements, outline

    language = check_language(lang)
    said, reason = _check_words(verdict, why, listed)
    found = ask_index(elasticsearch, lambda elastic, prefix: _read(elastic, prefix, view, link))
    if said is None:
        if as_json:
            typer.echo(orjson.dumps({"view": view, "link": found["id"], "judged": found.get("judged")}).decode())
        else:
            print_lines([*outline(found, language), *list_judgements(found, language)])
        return
    _publish(found, view, said, reason, kafka, language, as_json=as_json)


def _check_words(verdict: str | None, why: str | None, listed: bool) -> "tuple[Said | None, str]":
    """What is said and why; None to list. A usage error for what is neither or both."""
    if listed:
        if verdict is not None or why is not None:
            raise typer.BadParameter("it shows judgements and takes none", param_hint="--list")
        return None, ""
    if verdict not in _WORDS:
        raise typer.BadParameter("say same, different or withdraw; or --list", param_hint="VERDICT")
    if why is None:
        raise typer.BadParameter("say why: others will ask", param_hint="--why")
    return _WORDS[verdict], why


def _publish(
    link: "LinkDocument", view: str, said: "Said", why: str, kafka: str | None, lang: str, *, as_json: bool
) -> None:
    import logging
    from datetime import UTC, datetime

    import orjson

    from deploy import settings
    from deploy.judging import confirm_judgement, find_judge, outline, write_judgement
    from streams.judging import publish_judgement

    # kafka-python reports every lost connection to the log; what a person needs to know comes as an error.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    language = check_language(lang)
    login = settings.resolve_kafka_login()
    judgement = write_judgement(link, view, said, why, find_judge(login.user if login else None))
    if not as_json:
        print_lines(outline(link, language))
    receipt = publish_judgement(
        settings.resolve_kafka(kafka),
        judgement,
        judged_at=datetime.now(UTC),
        topics=settings.resolve_topics(),
        client_options=login.client_options if login else None,
    )
    if as_json:
        told = {"view": view, "topic": receipt.topic, "partition": receipt.partition, "offset": receipt.offset}
        typer.echo(orjson.dumps({**told, "judgement": receipt.record}).decode())
    else:
        print_lines(confirm_judgement(link, judgement, receipt, language))


async def _read(elastic: "Elastic", prefix: str, view: str, name: str) -> "LinkDocument":
    from indexing.derived_search import read_link

    return await read_link(elastic, view, name, prefix=prefix)


def register(app: typer.Typer) -> None:
    """Add `judge` to the command line."""
    app.command()(judge)

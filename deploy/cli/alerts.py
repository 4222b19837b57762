"""`puente alerts`: what a subscriber is told, as it comes or as it stands."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.reading import Language, check_language, print_lines

if TYPE_CHECKING:
    from streams.alerts import AlertDocument
    from streams.subscriber import Subscriber

__all__ = ["register"]

MAX_IDLE = 30
"""Seconds without a record after which what stands can't be told."""

Kafka = Annotated[str | None, typer.Option(help="Brokers, host:port[,host:port]; default: PUENTE_KAFKA or puente up.")]


def alerts(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The subscriber; without one, who there is.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Show alerts as they come, until Ctrl-C.")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Follow from the first alert on.")] = False,
    group: Annotated[str | None, typer.Option(help="Follow, and keep the place under this name.")] = None,
    count: Annotated[int | None, typer.Option(min=1, help="Stop after so many alerts.")] = None,
    lang: Language = "en",
    kafka: Kafka = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each alert as one line of JSON.")] = False,
) -> None:
    """Show the alerts that stand for a subscriber, or follow them as they are raised, changed and withdrawn.

    \b
    Example:
      puente alerts laredo-desk
      puente alerts --follow laredo-desk --from-beginning --json
    """
    import orjson

    from deploy import settings
    from deploy.describing import describe_alert
    from streams.subscriber import Subscriber

    language = check_language(lang)
    if name is None:
        print_lines(_list_subscribers())
        return
    following = follow or from_beginning or group is not None
    with Subscriber(
        name,
        settings.resolve_kafka(kafka),
        group=group,
        from_beginning=from_beginning or not following,
        topics=settings.resolve_topics(),
    ) as subscriber:
        shown = 0
        for alert in subscriber if following else _standing(subscriber):
            print_lines([orjson.dumps(alert).decode()] if as_json else [*describe_alert(alert, language), ""])
            if group is not None:
                subscriber.acknowledge()
            shown += 1
            if shown == count:
                return
    if not following and not as_json:
        print_lines([f"{shown} alerts stand for {name}." if shown != 1 else f"1 alert stands for {name}."])


def _standing(subscriber: "Subscriber") -> "Iterator[AlertDocument]":
    """The last version of each alert that stands, the highest level of each subscription first."""
    from streams.errors import SubscribeError

    last: dict[str, AlertDocument] = {}
    # The end is taken once, for a topic may grow faster than it is read.
    until, idle = subscriber.ends(), 0
    while left := subscriber.remaining(until):
        last.update((alert["id"], alert) for alert in subscriber.poll(1.0))
        idle = idle + 1 if subscriber.remaining(until) == left else 0
        if idle == MAX_IDLE:
            raise SubscribeError(f"{left} alerts of {subscriber.name} did not come in time: try again.")
    standing = [alert for alert in last.values() if alert["state"] == "standing"]
    yield from sorted(standing, key=lambda alert: (alert["subscription"], -alert.get("level", 0.0), alert["id"]))


def _list_subscribers() -> Sequence[str]:
    from deploy import settings

    subscribers = settings.resolve_subscribers()
    if not subscribers:
        raise settings.SettingsError(
            "No subscriber is known here: name one (puente alerts NAME), or set PUENTE_SUBSCRIPTIONS to the "
            "subscriptions file, which for the demo is deploy/demo/subscriptions.yaml."
        )
    return [f"{one.id:<24} {one.name}, view {one.view}, {len(one.subscriptions)} searches" for one in subscribers]


def register(app: typer.Typer) -> None:
    """Add `alerts` to the command line."""
    app.command()(alerts)

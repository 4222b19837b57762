"""The subscriber's client while the broker is killed with -9, twice: it goes on by itself, and keeps its place."""

from typing import Any

import pytest

from streams.admin import ensure_topics
from streams.errors import SubscribeError
from streams.subscriber import Subscriber
from streams.topics import Topics
from tests.conftest import StartPrivateServers
from tests.live.test_subscriber_live import NAME, alert, publish
from tests.polling import poll_until

DEADLINE_S = 30.0
"""From the moment when the broker is up again: a member of a kafka-python group once took 60 s."""


def test_a_subscriber_goes_on_after_two_kills_of_the_broker(private_servers: StartPrivateServers) -> None:
    servers = private_servers()
    topics = Topics("s-")
    ensure_topics(servers.kafka, [spec for spec in topics.table([], [], [NAME]) if spec.name == topics.alerts(NAME)])
    wanted: set[str] = set()
    seen: dict[str, Any] = {}
    with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:

        def has_all() -> bool:
            seen.update((one["id"], one) for one in subscriber.poll(0.2))
            return set(seen) >= wanted

        def acknowledge() -> bool:
            try:
                subscriber.acknowledge(timeout_s=5)
            except SubscribeError:
                return False
            return True

        for turn in range(3):
            if turn:
                servers.local.kill("kafka")
                assert subscriber.poll(0.5) == []
                with pytest.raises(SubscribeError, match="acknowledge again"):
                    subscriber.acknowledge(timeout_s=1)
                servers.local.restart("kafka")
            first = turn * 100
            numbers = range(first, first + 20)
            wanted |= {f"alert-{number}" for number in numbers}
            publish(servers.kafka, topics, [alert(number) for number in numbers])
            poll_until(has_all, DEADLINE_S, f"all alerts after {turn} kills")
            if turn != 1:
                poll_until(acknowledge, DEADLINE_S, f"the acknowledgement after {turn} kills")
            else:
                assert acknowledge()
            publish(servers.kafka, topics, [alert(first + 50)])
            wanted.add(f"alert-{first + 50}")
            poll_until(has_all, DEADLINE_S, f"one alert more after {turn} kills")
    with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:
        again = {one["id"] for one in poll_until(lambda: subscriber.poll(0.5), DEADLINE_S, "what was not acknowledged")}
    assert again == {"alert-250"}

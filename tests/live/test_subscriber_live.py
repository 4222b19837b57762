"""The subscriber's client on a real Kafka: where it begins, what comes again, and what it says when it can't read."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from confluent_kafka import Producer

from streams.admin import ensure_topics
from streams.errors import SubscribeError, UnknownSubscriberError
from streams.parsing import canonical_json
from streams.subscriber import Subscriber
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.polling import poll_until

NAME = "desk"


def alert(number: int, version: int = 1) -> dict[str, Any]:
    return {"id": f"alert-{number}", "version": version, "state": "standing", "change": "new", "level": 1.0}


def publish(brokers: str, topics: Topics, documents: Sequence[Any]) -> None:
    producer = Producer({"bootstrap.servers": brokers})
    for document in documents:
        value = document if isinstance(document, bytes) else canonical_json(document)
        key = b"bad" if isinstance(document, bytes) else document["id"].encode()
        producer.produce(topics.alerts(NAME), key=key, value=value)
    assert producer.flush(60) == 0


@pytest.fixture
def topics(servers: RunningServers, prefix: str) -> Topics:
    names = Topics(prefix)
    ensure_topics(servers.kafka, [spec for spec in names.table([], [], [NAME]) if spec.name == names.alerts(NAME)])
    return names


def read(subscriber: Subscriber, count: int) -> list[str]:
    """The first `count` alerts, as "id/version"."""
    found: list[str] = []

    def more() -> bool:
        found.extend(f"{one['id']}/{one['version']}" for one in subscriber.poll(0.2))
        return len(found) >= count

    poll_until(more, 30, f"{count} alerts")
    return sorted(found)


def test_what_was_acknowledged_does_not_come_again_and_what_was_not_does(
    servers: RunningServers, topics: Topics
) -> None:
    publish(servers.kafka, topics, [alert(number) for number in range(20)])
    everything = sorted(f"alert-{number}/1" for number in range(20))
    with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:
        assert read(subscriber, 20) == everything
    with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:
        assert read(subscriber, 20) == everything
        subscriber.acknowledge()
        publish(servers.kafka, topics, [alert(3, 2), b"no alert", alert(3, 2), alert(3, 1), alert(99)])
        assert read(subscriber, 2) == ["alert-3/2", "alert-99/1"]
    with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:
        assert read(subscriber, 2) == ["alert-3/1", "alert-3/2", "alert-99/1"][1:]
        subscriber.acknowledge()
        subscriber.acknowledge()
        assert subscriber.poll(0.2) == []
    with Subscriber(NAME, servers.kafka, group="other", topics=topics) as subscriber:
        assert len(read(subscriber, 22)) == 22
    with Subscriber(NAME, servers.kafka, group="pager", from_beginning=True, topics=topics) as subscriber:
        assert len(read(subscriber, 22)) == 22


def test_the_iterator_acknowledges_only_what_it_gave(servers: RunningServers, topics: Topics) -> None:
    publish(servers.kafka, topics, [alert(number) for number in range(10)])
    given: list[str] = []
    for _ in range(2):
        with Subscriber(NAME, servers.kafka, group="pager", topics=topics) as subscriber:
            for number, one in enumerate(subscriber, 1):
                given.append(one["id"])
                subscriber.acknowledge()
                if number == 5:
                    break
    assert sorted(given) == sorted(f"alert-{number}" for number in range(10))


def test_without_a_group_only_what_comes_from_now_on(servers: RunningServers, topics: Topics) -> None:
    publish(servers.kafka, topics, [alert(1)])
    with Subscriber(NAME, servers.kafka, topics=topics) as subscriber:
        publish(servers.kafka, topics, [alert(2)])
        assert read(subscriber, 1) == ["alert-2/1"]
        with pytest.raises(SubscribeError, match="give it a group"):
            subscriber.acknowledge()
    with pytest.raises(SubscribeError, match="open a new one"):
        subscriber.poll()


def test_the_iterator_ends_when_it_is_closed(servers: RunningServers, topics: Topics) -> None:
    publish(servers.kafka, topics, [alert(1)])
    seen: list[Any] = []

    def follow() -> None:
        with Subscriber(NAME, servers.kafka, topics=topics, from_beginning=True) as subscriber:
            for one in subscriber:
                seen.append(one)
                subscriber.close()

    thread = threading.Thread(target=follow)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    assert [one["id"] for one in seen] == ["alert-1"]


def test_an_unknown_subscriber_is_said_so(servers: RunningServers, topics: Topics) -> None:
    with pytest.raises(UnknownSubscriberError, match="check the subscriber's name"):
        Subscriber("nobody", servers.kafka, topics=topics)

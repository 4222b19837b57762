"""Creating the topics of the topic table, and checking those that exist. The broker creates none by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streams.connecting import admin_client
from streams.errors import TopicError
from streams.topics import TopicSpec

if TYPE_CHECKING:
    from kafka.admin import KafkaAdminClient

__all__ = ["EnsuredTopics", "ensure_topics"]

_ALREADY_EXISTS = 36
_OK = 0


@dataclass(frozen=True, slots=True)
class EnsuredTopics:
    """Names of the topics that were created now, and of those that were there and as they should be."""

    created: tuple[str, ...]
    existing: tuple[str, ...]


def ensure_topics(
    brokers: str,
    specs: Iterable[TopicSpec],
    *,
    replication: int = -1,
    connect_timeout_s: float = 10.0,
    client_options: Mapping[str, Any] | None = None,
) -> EnsuredTopics:
    """Create the topics that are missing and check partitions and settings of the others; nothing is changed.

    `replication` is the number of copies (-1: the broker's default). Returns when every partition has a leader. Raises
    `TopicError` for a topic that can't be created or differs, `KafkaUnreachableError` if no broker answers. Running it
    twice, or in two processes at once, is safe.
    """
    wanted = {spec.name: spec for spec in specs}
    if not wanted:
        return EnsuredTopics((), ())
    with admin_client(brokers, connect_timeout_s=connect_timeout_s, client_options=client_options or {}) as client:
        there = set(client.list_topics())
        created = _create(client, [spec for name, spec in wanted.items() if name not in there], replication)
        existing = tuple(name for name in wanted if name not in created)
        if existing:
            _check(client, [wanted[name] for name in existing])
    return EnsuredTopics(created, existing)


def _create(client: "KafkaAdminClient", specs: list[TopicSpec], replication: int) -> tuple[str, ...]:
    if not specs:
        return ()
    request = {
        spec.name: {"num_partitions": spec.partitions, "replication_factor": replication, "configs": spec.config}
        for spec in specs
    }
    answer = client.create_topics(request, raise_errors=False)
    created = []
    for topic in answer["topics"]:
        if topic["error_code"] == _OK:
            created.append(topic["name"])
        elif topic["error_code"] != _ALREADY_EXISTS:  # somebody else was quicker: checked like any other
            why = (topic["error_message"] or f"error {topic['error_code']}").rstrip(".")
            raise TopicError(f"Kafka did not create the topic {topic['name']} ({why}): correct that and run again.")
    client.wait_for_topics([spec.name for spec in specs])
    return tuple(created)


def _check(client: "KafkaAdminClient", specs: list[TopicSpec]) -> None:
    from kafka.admin import ConfigResource, ConfigResourceType

    partitions = {
        topic["name"]: len(topic["partitions"]) for topic in client.describe_topics([spec.name for spec in specs])
    }
    answer = client.describe_configs(
        [ConfigResource(ConfigResourceType.TOPIC, spec.name) for spec in specs], config_filter="all"
    )
    for spec in specs:
        if partitions.get(spec.name) != spec.partitions:
            raise TopicError(
                f"The topic {spec.name} has {partitions.get(spec.name)} partitions and should have {spec.partitions}: "
                "use another prefix, or move its records to a new topic."
            )
        settings = answer["topic"][spec.name]
        for name, value in spec.config.items():
            found = settings[name]["value"] if name in settings else None
            if found != value:
                raise TopicError(
                    f"The topic {spec.name} has {name}={found} and should have {value}: "
                    "set it with kafka-configs, or use another prefix."
                )

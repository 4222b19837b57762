"""On a Kafka that knows its users: a judgement is the principal's, and only who was granted the topic judges."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from confluent_kafka import Consumer, TopicPartition
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    KafkaAdminClient,
    ResourcePattern,
    ResourceType,
)

from deploy.local import kafka as local_kafka
from streams.admin import ensure_topics
from streams.topics import Topics
from tests.conftest import StartPrivateServers
from tests.derived import told_scenario
from tests.live.index_tools import index_derived, prepare_indices

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")

USERS = {"ana": "fictional-1", "mallory": "fictional-2"}


class Guarded(NamedTuple):
    """Addresses of servers whose Kafka has two doors: `guarded` asks for a user, `inner` is the operator's."""

    guarded: str
    inner: str
    elasticsearch: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def guarded(private_servers: StartPrivateServers, monkeypatch: pytest.MonkeyPatch) -> Guarded:
    """Kafka with users and ACLs: nobody may do anything but the operator, and Ana, who may write judgements."""
    port = _free_port()
    plain = local_kafka.server_properties
    users = " ".join(f'user_{name}="{password}"' for name, password in USERS.items())

    def with_users(data: Path, open_port: int, controller_port: int) -> str:
        properties = plain(data, open_port, controller_port)
        # Of a property that stands twice the second counts.
        return properties + "".join(
            f"{key}={value}\n"
            for key, value in {
                "listeners": f"PLAINTEXT://127.0.0.1:{open_port},CONTROLLER://127.0.0.1:{controller_port},"
                f"SASL_PLAINTEXT://127.0.0.1:{port}",
                "advertised.listeners": f"PLAINTEXT://127.0.0.1:{open_port},SASL_PLAINTEXT://127.0.0.1:{port}",
                "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,"
                "SASL_PLAINTEXT:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms": "PLAIN",
                "listener.name.sasl_plaintext.plain.sasl.jaas.config": "org.apache.kafka.common.security.plain."
                f"PlainLoginModule required {users};",
                "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users": "User:ANONYMOUS",
            }.items()
        )

    monkeypatch.setattr(local_kafka, "server_properties", with_users)
    servers = private_servers()
    ensure_topics(servers.kafka, Topics().table([], ["joint"]))
    client = KafkaAdminClient(bootstrap_servers=servers.kafka)
    try:
        topic = ResourcePattern(ResourceType.TOPIC, Topics().judgements)
        client.create_acls([ACL("User:ana", "*", ACLOperation.WRITE, ACLPermissionType.ALLOW, topic)])
    finally:
        client.close()
    return Guarded(f"127.0.0.1:{port}", servers.kafka, servers.elasticsearch)


def _judge(at: Guarded, link: str, user: str, password: str) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PUENTE_")}
    environ |= {
        "PUENTE_KAFKA": at.guarded,
        "PUENTE_ELASTICSEARCH": at.elasticsearch,
        "PUENTE_KAFKA_USER": user,
        "PUENTE_KAFKA_PASSWORD": password,
        "PUENTE_KAFKA_MECHANISM": "PLAIN",
        "PUENTE_KAFKA_PROTOCOL": "SASL_PLAINTEXT",
    }
    command = [sys.executable, "-m", "deploy.cli", "judge", link, "different", "--why", "Two cars, one plate."]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)


def _count_judgements(brokers: str) -> int:
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "count"})
    try:
        places = [TopicPartition(Topics().judgements, number) for number in range(8)]
        return sum(consumer.get_watermark_offsets(place, timeout=10)[1] for place in places)
    finally:
        consumer.close()


@pytest.mark.slow  # servers of its own, and ten seconds until kafka-python gives up on a wrong password
def test_the_principal_judges_and_nobody_who_was_not_granted_it(guarded: Guarded) -> None:
    told = told_scenario()
    prepare_indices(guarded.elasticsearch, "")
    index_derived(guarded.elasticsearch, "", "links", told.links)
    link = next(iter(told.folded.live_links()))

    wrong = _judge(guarded, link, "ana", "guessed")
    assert (wrong.returncode, "check user name, password" in wrong.stderr) == (1, True), wrong.stderr
    refused = _judge(guarded, link, "mallory", USERS["mallory"])
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
    assert "ask the operator for the WRITE grant on judgements" in refused.stderr
    assert _count_judgements(guarded.inner) == 0

    done = _judge(guarded, link, "ana", USERS["ana"])
    assert done.returncode == 0, done.stderr
    assert "ana (Kafka principal): two matters. “Two cars, one plate.”" in done.stdout
    assert _count_judgements(guarded.inner) == 1

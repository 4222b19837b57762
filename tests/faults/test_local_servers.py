"""The real Kafka and the real Elasticsearch: start, use, kill, start again, stop."""

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import KafkaError
from rich.console import Console

from deploy.local import Addresses, LocalServers
from deploy.local.errors import HomeBusyError, PortBusyError, ServerNotRunningError
from deploy.local.folders import hold_lock
from deploy.local.state import load_state
from tests.conftest import RunningServers, StartPrivateServers
from tests.polling import poll_until

ROOT = Path(__file__).parents[2]


def call(address: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """One request to Elasticsearch: status and decoded body."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def create_topic(kafka: str, topic: str) -> None:
    """Make a topic with one partition."""
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    try:
        admin.create_topics([NewTopic(topic, 1, 1)])
    finally:
        admin.close()


def produce(kafka: str, topic: str, values: list[bytes]) -> None:
    """Send and have acknowledged."""
    producer = KafkaProducer(bootstrap_servers=kafka, acks="all")
    try:
        for sent in [producer.send(topic, value) for value in values]:
            sent.get(timeout=30)
    finally:
        producer.close()


def consume(kafka: str, topic: str, count: int, group: str | None = None) -> list[bytes]:
    """The first `count` values of a one-partition topic, as a member of `group` or on its own."""
    consumer = KafkaConsumer(
        bootstrap_servers=kafka, auto_offset_reset="earliest", group_id=group, enable_auto_commit=False
    )
    if group:
        consumer.subscribe([topic])
    else:
        consumer.assign([TopicPartition(topic, 0)])
    found: list[bytes] = []

    def poll() -> bool:
        for records in consumer.poll(timeout_ms=200).values():
            found.extend(record.value for record in records)
        return len(found) >= count

    try:
        poll_until(poll, 60, f"arrival of {count} records")
    finally:
        consumer.close()
    return found


def index(address: str, name: str, document: object) -> None:
    """Index document 1, searchable at once."""
    status, _ = call(address, "PUT", f"/{name}/_doc/1?refresh=true", document)
    assert status in (200, 201)


def count_documents(address: str, name: str) -> int:
    """How many documents a search finds."""
    found: int = call(address, "GET", f"/{name}/_count")[1]["count"]
    return found


def processes_of(local: LocalServers) -> list[psutil.Process]:
    """All processes of both servers."""
    managed = [server.managed for server in load_state(local.home).servers.values()]
    return [member for process in managed if process is not None for member in process.members()]


def test_both_take_requests(servers: RunningServers, prefix: str) -> None:
    create_topic(servers.kafka, f"{prefix}topic")
    produce(servers.kafka, f"{prefix}topic", [b"one"])
    assert consume(servers.kafka, f"{prefix}topic", 1, group=f"{prefix}group") == [b"one"]
    index(servers.elasticsearch, f"{prefix}index", {"text": "M30 en Nuevo Laredo"})
    status, found = call(servers.elasticsearch, "GET", f"/{prefix}index/_doc/1")
    assert (status, found["_source"]) == (200, {"text": "M30 en Nuevo Laredo"})


def test_versions_and_loopback_only(servers: RunningServers) -> None:
    assert call(servers.elasticsearch, "GET", "/")[1]["version"]["number"] == "9.4.3"
    listening = {
        connection.laddr.ip
        for process in processes_of(servers.local)
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}


def test_topics_are_not_made_by_misspelling_them(servers: RunningServers, prefix: str) -> None:
    producer = KafkaProducer(bootstrap_servers=servers.kafka, max_block_ms=1500)
    try:
        with pytest.raises(KafkaError):
            producer.send(f"{prefix}never-made", b"x").get(timeout=5)
    finally:
        producer.close()
    admin = KafkaAdminClient(bootstrap_servers=servers.kafka)
    try:
        assert f"{prefix}never-made" not in admin.list_topics()
    finally:
        admin.close()


def test_status_and_second_up(servers: RunningServers) -> None:
    before = servers.local.status()
    assert before.running
    assert before.healthy
    assert before.addresses == Addresses(servers.kafka, servers.elasticsearch)
    assert servers.local.up() == before.addresses
    assert [server.pid for server in servers.local.status().servers] == [server.pid for server in before.servers]
    assert all(server.memory_bytes > 100_000_000 and server.log.exists() for server in before.servers)


def test_found_by_another_process(servers: RunningServers) -> None:
    code = (
        "import sys\nfrom deploy.local import *\nfrom pathlib import Path\nprint(LocalServers(Path(sys.argv[1])).up())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(servers.local.home)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == str(Addresses(servers.kafka, servers.elasticsearch))


def test_up_while_another_process_starts_is_one_sentence(servers: RunningServers) -> None:
    with hold_lock(servers.local.home / ".lock", "busy"):
        for attempt in (servers.local.up, servers.local.down):
            with pytest.raises(
                HomeBusyError, match=r"Another process is starting or stopping the servers in .*PUENTE_HOME"
            ):
                attempt()


def test_they_never_run_as_root(servers: RunningServers) -> None:
    owner = 65534 if os.geteuid() == 0 else os.geteuid()
    assert {process.uids().real for process in processes_of(servers.local)} == {owner}


def test_killed_and_started_again_keeps_data_and_ports(private_servers: StartPrivateServers, prefix: str) -> None:
    pair = private_servers()
    topic, name = f"{prefix}topic", f"{prefix}index"
    create_topic(pair.kafka, topic)
    values = [b"%d" % number for number in range(100)]
    produce(pair.kafka, topic, values)
    index(pair.elasticsearch, name, {"n": 1})

    pair.local.kill("kafka")
    status = pair.local.status()
    assert [(server.name, server.running) for server in status.servers] == [("kafka", False), ("elasticsearch", True)]
    assert status.addresses is None
    pair.local.restart("kafka")
    assert consume(pair.kafka, topic, 100) == values

    pair.local.kill("elasticsearch")
    pair.local.restart("elasticsearch")
    assert count_documents(pair.elasticsearch, name) == 1

    # Both killed, as by a power cut; up repairs it, on the same ports.
    pair.local.kill("kafka")
    pair.local.kill("elasticsearch")
    assert pair.local.up() == Addresses(pair.kafka, pair.elasticsearch)
    assert consume(pair.kafka, topic, 100) == values

    # Down leaves no process; the data and the ports are there at the next up; fresh empties both.
    processes = processes_of(pair.local)
    assert len(processes) >= 3
    assert pair.local.down() is True
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
    assert pair.local.down() is False
    assert not pair.local.status().running
    assert pair.local.up() == Addresses(pair.kafka, pair.elasticsearch)
    assert count_documents(pair.elasticsearch, name) == 1
    # What a worker remembers of topics that are gone would be ahead of the new ones, and it would not start.
    state, keys = pair.local.home / "workers" / "enrich-0" / "v1", pair.local.home / "workers" / "token-keys"
    state.mkdir(parents=True)
    keys.write_text("k1:fictional\n", encoding="utf-8")
    pair.local.up(fresh=True)
    assert call(pair.elasticsearch, "GET", f"/{name}/_count")[0] == 404
    assert not state.parent.exists()
    assert keys.exists()


def test_lost_launcher_is_repaired(private_servers: StartPrivateServers) -> None:
    pair = private_servers()
    before = load_state(pair.local.home).servers["elasticsearch"].process
    assert before is not None
    os.kill(before.pid, 9)
    poll_until(lambda: not pair.local.status().running, 10, "notice of the death")
    assert pair.local.up() == Addresses(pair.kafka, pair.elasticsearch)
    assert pair.local.status().healthy


def test_port_asked_for_and_taken(servers: RunningServers, open_folder: Path) -> None:
    port = int(servers.kafka.rsplit(":", 1)[1])
    local = LocalServers(open_folder, kafka_port=port, console=Console(quiet=True))
    with pytest.raises(PortBusyError, match=f"Port {port}, asked for by number for Kafka, is taken"):
        local.up()
    assert not local.status().running


def test_restart_before_up(open_folder: Path) -> None:
    local = LocalServers(open_folder, console=Console(quiet=True))
    with pytest.raises(ServerNotRunningError, match="Kafka was never started"):
        local.restart("kafka")
    with pytest.raises(ServerNotRunningError, match="Elasticsearch was never started"):
        local.kill("elasticsearch")

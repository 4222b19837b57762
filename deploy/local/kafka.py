"""Kafka on this machine: one process that is broker and controller (KRaft), on loopback."""

import base64
import os
import socket
import subprocess
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.local.errors import ServerStartError
from deploy.local.folders import disk_errors, make_folder
from deploy.local.java import Java
from deploy.local.ports import LOOPBACK
from deploy.local.process import ProcessSpec, tail

__all__ = ["KAFKA", "format_storage", "is_kafka_healthy", "kafka_spec", "server_properties", "write_kafka_config"]

KAFKA = "Kafka"
HEAP = "512m"
FORMAT_TIMEOUT_S = 60.0
PROBE_TIMEOUT_MS = 2000


def server_properties(data: Path, port: int, controller_port: int) -> str:
    """Kafka's settings. Ports may change between runs on the same data: nothing of them is stored."""
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        # Static voters: with a dynamic quorum the controller's port would be written into the data.
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "log.dirs": data,
        # Topics are created by us: a misspelt name must be an error, not a new topic.
        "auto.create.topics.enable": "false",
        "default.replication.factor": 1,
        "offsets.topic.replication.factor": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        # 50 each by default, made at first use: on one machine that only costs time and files.
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.num.partitions": 4,
        # 3 s by default: a lone consumer would wait that long for others to join its group.
        "group.initial.rebalance.delay.ms": 0,
        # 9 s by default: after a kill the broker waits until the controller gives up its former self (14 s, now 6 s).
        "broker.session.timeout.ms": 4000,
        "broker.heartbeat.interval.ms": 1000,
        # 128 MB of heap by default; 16 MB hold the keys of some 600,000 records at a time.
        "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    }
    return "".join(f"{key}={_escape(str(value))}\n" for key, value in settings.items())


def _escape(value: str) -> str:
    """A value as Java's properties format reads it back (its reader takes ISO 8859-1 and escapes)."""
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n")
    return "".join(char if ord(char) < 128 else _unicode_escape(char) for char in escaped)


def _unicode_escape(char: str) -> str:
    encoded = char.encode("utf-16-be")
    units = (encoded[at : at + 2] for at in range(0, len(encoded), 2))
    return "".join(f"\\u{int.from_bytes(unit, 'big'):04x}" for unit in units)


LOGGING = """\
status = warn
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %c{1}: %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
# Each prints its whole configuration at every start, and each client's at every connection.
logger.config.name = org.apache.kafka.common.config
logger.config.level = warn
logger.kafkaconfig.name = kafka.server.KafkaConfig
logger.kafkaconfig.level = warn
"""


def write_kafka_config(folder: Path, port: int, controller_port: int, owner: int | None) -> None:
    """Write `server.properties` and `log4j2.properties` into `folder`, and make its `data` folder."""
    make_folder(folder, owner)
    data = make_folder(folder / "data", owner)
    with disk_errors(folder):
        (folder / "server.properties").write_text(server_properties(data, port, controller_port), encoding="ascii")
        (folder / "log4j2.properties").write_text(LOGGING, encoding="ascii")


def _java_command(java: Java, jars: Sequence[Path], folder: Path, heap: str, marker: str) -> list[str]:
    return [
        str(java.executable),
        f"-Xms{heap}",
        f"-Xmx{heap}",
        "-XX:+ExitOnOutOfMemoryError",
        f"-Dlog4j2.configurationFile={folder / 'log4j2.properties'}",
        f"-Dpuente.server={marker}",
        "-cp",
        os.pathsep.join(map(str, jars)),
    ]


def kafka_spec(
    java: Java,
    jars: Sequence[Path],
    folder: Path,
    log: Path,
    marker: str,
    owner: int | None,
    java_options: Sequence[str] = (),
    *,
    die_with_parent: bool,
) -> ProcessSpec:
    """How to start the broker on the configuration in `folder`."""
    program, *rest = _java_command(java, jars, folder, HEAP, marker)
    return ProcessSpec(
        name=KAFKA,
        command=[program, *java_options, *rest, "kafka.Kafka", str(folder / "server.properties")],
        folder=folder,
        environ={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        log=log,
        marker=marker,
        owner=owner,
        die_with_parent=die_with_parent,
    )


def make_cluster_id(draw: Callable[[], uuid.UUID] = uuid.uuid4) -> str:
    """A random cluster id: 16 bytes in URL-safe base64. None begins with a dash: Kafka's tool would read an option."""
    while (made := base64.urlsafe_b64encode(draw().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return made


def format_storage(java: Java, jars: Sequence[Path], folder: Path, log: Path, owner: int | None) -> None:
    """Give the data folder its cluster id, once (1 s; a folder that has one is left alone)."""
    if (folder / "data" / "meta.properties").exists():
        return
    arguments = ["format", "--ignore-formatted", "-t", make_cluster_id(), "-c", str(folder / "server.properties")]
    with disk_errors(log), log.open("ab") as out:
        try:
            done = subprocess.run(
                [*_java_command(java, jars, folder, "128m", "format"), "kafka.tools.StorageTool", *arguments],
                cwd=folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=FORMAT_TIMEOUT_S,
                check=False,
                user=owner,
                group=owner,
                extra_groups=None if owner is None else [],
            )
        except subprocess.TimeoutExpired as exc:
            raise ServerStartError(f"Kafka's storage was not formatted within {FORMAT_TIMEOUT_S:g} seconds.") from exc
    if done.returncode != 0:
        end = "\n".join(f"  {line}" for line in tail(log, 6))
        raise ServerStartError(f"Kafka's storage could not be formatted; its log {log} ends with:\n{end}")


def is_kafka_healthy(port: int) -> bool:
    """Whether the broker takes requests and is registered in its cluster (topics can be created)."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1.0).close()
    except OSError:
        return False
    return _broker_is_registered(port)


def _broker_is_registered(port: int) -> bool:
    from kafka import KafkaAdminClient
    from kafka.errors import KafkaError

    try:
        admin = KafkaAdminClient(bootstrap_servers=f"{LOOPBACK}:{port}", request_timeout_ms=PROBE_TIMEOUT_MS)
        try:
            return bool(admin.describe_cluster()["brokers"])
        finally:
            admin.close()
    except (KafkaError, KeyError, ValueError, OSError):
        return False

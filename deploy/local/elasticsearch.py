"""Elasticsearch on this machine: a single node on loopback, started through its own launcher."""

import http.client
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.folders import disk_errors, make_folder
from deploy.local.java import Java
from deploy.local.ports import LOOPBACK
from deploy.local.process import ProcessSpec

__all__ = ["ELASTICSEARCH", "elasticsearch_spec", "is_elasticsearch_healthy", "node_settings", "write_node_config"]

ELASTICSEARCH = "Elasticsearch"
PROBE_TIMEOUT_S = 3.0

# The seam for access control: these settings, and files beside them, are all that turns it on.
OPEN_ACCESS: Mapping[str, object] = {"xpack.security.enabled": False}


def node_settings(
    data: Path, logs: Path, port: int, transport_port: int, access: Mapping[str, object] = OPEN_ACCESS
) -> dict[str, object]:
    """The settings of `elasticsearch.yml`."""
    return {
        "cluster.name": "puente-local",
        "node.name": "local",
        "path.data": str(data),
        "path.logs": str(logs),
        # 127.0.0.1 alone; bound to loopback, failed bootstrap checks are warnings, as they should be on a laptop.
        "network.host": LOOPBACK,
        "http.port": port,
        "transport.port": transport_port,
        "discovery.type": "single-node",
        # Absolute, not 85/90/95%: a laptop's disk is often fuller than that with plenty of room left.
        "cluster.routing.allocation.disk.watermark.low": "2gb",
        "cluster.routing.allocation.disk.watermark.high": "1gb",
        "cluster.routing.allocation.disk.watermark.flood_stage": "500mb",
        **access,
    }


# The archive's own jvm.options, less its 2 GB of garbage collection logs.
JVM_OPTIONS = """\
-XX:+UseG1GC
-Djava.io.tmpdir=${ES_TMPDIR}
--add-modules=jdk.incubator.vector
23-:-XX:CompileCommand=dontinline,java/lang/invoke/MethodHandle.setAsTypeCache
23-:-XX:CompileCommand=dontinline,java/lang/invoke/MethodHandle.asTypeUncached
-Dorg.apache.lucene.store.defaultReadAdvice=normal
-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1
-XX:+ExitOnOutOfMemoryError
-XX:ErrorFile=hs_err_pid%p.log
"""

LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %c{1.}: %m%consoleException%n
appender.header_warning.type = HeaderWarningAppender
appender.header_warning.name = header_warning
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
logger.deprecation.name = org.elasticsearch.deprecation
logger.deprecation.level = warn
logger.deprecation.appenderRef.header_warning.ref = header_warning
"""


@dataclass(frozen=True, slots=True)
class NodeFolders:
    """The folders of one node under its own `base`."""

    base: Path

    @property
    def config(self) -> Path:
        """elasticsearch.yml, jvm.options, log4j2.properties and the keystore, which the launcher makes."""
        return self.base / "config"

    @property
    def data(self) -> Path:
        """The indices."""
        return self.base / "data"

    @property
    def logs(self) -> Path:
        """Its logs folder; the log itself goes to our file, through standard output."""
        return self.base / "logs"

    @property
    def scratch(self) -> Path:
        """ES_TMPDIR."""
        return self.base / "tmp"


def write_node_config(
    base: Path, port: int, transport_port: int, owner: int | None, access: Mapping[str, object] = OPEN_ACCESS
) -> None:
    """Make the folders of the node under `base` and write its configuration."""
    folders = NodeFolders(base)
    for folder in (base, folders.config, folders.data, folders.logs, folders.scratch):
        make_folder(folder, owner)
    settings = node_settings(folders.data, folders.logs, port, transport_port, access)
    # JSON is YAML, and quotes paths safely.
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in settings.items()]
    with disk_errors(folders.config):
        (folders.config / "elasticsearch.yml").write_text("".join(lines), encoding="utf-8")
        (folders.config / "jvm.options").write_text(JVM_OPTIONS, encoding="ascii")
        (folders.config / "log4j2.properties").write_text(LOGGING, encoding="ascii")


def elasticsearch_spec(
    java: Java,
    program: Path,
    base: Path,
    heap: str,
    log: Path,
    marker: str,
    owner: int | None,
    java_options: Sequence[str] = (),
    *,
    die_with_parent: bool,
) -> ProcessSpec:
    """How to start the node: the launcher of the archive, which prepares the server's JVM and watches over it."""
    folders = NodeFolders(base)
    return ProcessSpec(
        name=ELASTICSEARCH,
        command=[
            str(java.executable),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            f"-Dpuente.server={marker}",
            "-cp",
            f"{program / 'lib' / 'tools' / 'server-launcher'}/*",
            "org.elasticsearch.server.launcher.ServerLauncher",
        ],
        folder=program,
        environ={
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C.UTF-8",
            "HOSTNAME": "localhost",
            "ES_HOME": str(program),
            "ES_PATH_CONF": str(folders.config),
            "ES_TMPDIR": str(folders.scratch),
            "JAVA": str(java.executable),
            "ES_JAVA_HOME": str(java.home),
            "JAVA_TYPE": "ES_JAVA_HOME",
            "ES_DISTRIBUTION_TYPE": "tar",
            "ES_JAVA_OPTS": " ".join((f"-Xms{heap}", f"-Xmx{heap}", f"-Dpuente.server={marker}", *java_options)),
            "CLI_JAVA_OPTS": "",
        },
        log=log,
        marker=marker,
        owner=owner,
        die_with_parent=die_with_parent,
    )


def is_elasticsearch_healthy(port: int) -> bool:
    """Whether the node answers and has recovered its primary shards (status yellow or green).

    A plain connection: a proxy in the environment must not come between.
    """
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PROBE_TIMEOUT_S)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
        answer = connection.getresponse()
        body = answer.read()
        return answer.status == 200 and json.loads(body).get("status") in ("yellow", "green")
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()

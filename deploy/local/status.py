"""What is known of the local servers: addresses, and how each of them is."""

from dataclasses import dataclass
from pathlib import Path

from deploy.local.state import ServerName

__all__ = ["Addresses", "ServerStatus", "ServersStatus"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where clients find the servers: kafka "127.0.0.1:PORT", elasticsearch "http://127.0.0.1:PORT"."""

    kafka: str
    elasticsearch: str


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """One server as it is now; `pid` of the process that was started, memory in bytes of it and its children."""

    name: ServerName
    running: bool
    healthy: bool
    address: str | None
    pid: int | None
    memory_bytes: int
    log: Path
    version: str


@dataclass(frozen=True, slots=True)
class ServersStatus:
    """Both servers as they are now; `addresses` only while both run."""

    home: Path
    servers: tuple[ServerStatus, ...]
    addresses: Addresses | None

    @property
    def running(self) -> bool:
        """Both run."""
        return all(server.running for server in self.servers)

    @property
    def healthy(self) -> bool:
        """Both run and take requests."""
        return all(server.healthy for server in self.servers)

"""Free ports on loopback."""

import socket
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from deploy.local.errors import PortBusyError

__all__ = ["LOOPBACK", "choose_port", "is_free", "require_free"]

LOOPBACK = "127.0.0.1"
# Below the ports that systems hand out to clients (Linux from 32768, macOS and Windows from 49152): a client that
# keeps knocking at a stopped server's port in that range can end up connected to itself and hold the port.
FIRST, LAST = 20_000, 29_999


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers themselves do; without it a port would look busy for a minute after its server stopped.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_port(home: Path, name: str, taken: Collection[int] = ()) -> int:
    """A free port outside `taken`; the same home and name try the same ports in the same order."""
    start = int.from_bytes(sha256(f"{home}\0{name}".encode()).digest()[:4], "big")
    span = LAST - FIRST + 1
    for step in range(span):
        port = FIRST + (start + step * 37) % span
        if port not in taken and is_free(port):
            return port
    raise PortBusyError(f"No port from {FIRST} to {LAST} is free on this machine: stop some of its servers.")


def require_free(port: int, name: str) -> None:
    """PortBusyError if another program listens on `port`."""
    if not is_free(port):
        raise PortBusyError(
            f"Port {port}, asked for by number for {name}, is taken by another program: stop that program, or leave "
            "the port out to get a free one."
        )

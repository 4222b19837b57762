"""What one home remembers between commands: the ports of its servers and the processes it started."""

import contextlib
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from deploy.local.folders import disk_errors
from deploy.local.process import ManagedProcess, ProcessRecord

__all__ = ["NAMES", "ServerName", "ServerState", "State", "load_state", "save_state"]

ServerName = Literal["kafka", "elasticsearch"]
NAMES: tuple[ServerName, ...] = ("kafka", "elasticsearch")


class ServerState(BaseModel):
    """One server: its port for clients, its inner port (Kafka's controller, Elasticsearch's transport), its process."""

    model_config = ConfigDict(frozen=True)

    port: int
    inner_port: int
    version: str = ""
    process: ProcessRecord | None = None

    @property
    def managed(self) -> ManagedProcess | None:
        """The process that was started, living or not."""
        return ManagedProcess(self.process) if self.process else None


class State(BaseModel):
    """The servers of one home, by name."""

    model_config = ConfigDict(frozen=True)

    servers: dict[ServerName, ServerState] = {}

    def put(self, name: ServerName, server: ServerState) -> "State":
        """This state with one server replaced."""
        return State(servers={**self.servers, name: server})


def _path(home: Path) -> Path:
    return home / "servers.json"


def load_state(home: Path) -> State:
    """The state of `home`; an empty one if there is none, or none that can be read."""
    path = _path(home)
    try:
        with disk_errors(path):
            text = path.read_bytes()
        return State.model_validate_json(text)
    except (FileNotFoundError, ValidationError):
        return State()


def save_state(home: Path, state: State) -> None:
    """Replace the state of `home` in one step: a reader sees the old or the new one, never a part."""
    path = _path(home)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with disk_errors(path):
        try:
            part.write_text(state.model_dump_json(indent=2), encoding="utf-8")
            part.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()

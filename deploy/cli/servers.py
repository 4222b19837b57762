"""`puente up`, `down`, `status` and `doctor`: the local Kafka and Elasticsearch by hand."""

import dataclasses
import re
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

if TYPE_CHECKING:
    from deploy.local import LocalServers, ServersStatus

__all__ = ["doctor", "down", "register", "status", "up"]

MARKS = {"ok": "ok     ", "note": "note   ", "missing": "MISSING"}

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on one line.")]


def up(
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove the data of earlier runs first.")] = False,
    kafka_port: Annotated[int, typer.Option(min=0, max=65535, help="Kafka's port; 0 is a free one.")] = 0,
    elasticsearch_port: Annotated[int, typer.Option(min=0, max=65535, help="Elasticsearch's; 0 is a free one.")] = 0,
    heap: Annotated[str, typer.Option(help="Memory of Elasticsearch's heap, such as 512m or 2g.")] = "1g",
) -> None:
    """Start the local Kafka and Elasticsearch, downloading them if needed, and leave them running.

    Does nothing if they run already. Data is kept between runs.

    \b
    Example:
      puente up --heap 2g
    """
    if not re.fullmatch(r"\d+[kmgKMG]", heap):
        raise typer.BadParameter("write the heap as a number and a unit, such as 512m or 2g.", param_hint="--heap")
    addresses = _servers(kafka_port=kafka_port, elasticsearch_port=elasticsearch_port, heap=heap).up(fresh=fresh)
    typer.echo(f"Kafka          {addresses.kafka}")
    typer.echo(f"Elasticsearch  {addresses.elasticsearch}")
    typer.echo("Stop them with: puente down")


def down() -> None:
    """Stop the local servers; their data is kept.

    \b
    Example:
      puente down
    """
    typer.echo("Stopped." if _servers().down() else "Nothing was running.")


def status(as_json: AsJson = False) -> None:
    """Say whether the local servers run, where, and how they are.

    \b
    Example:
      puente status --json
    """
    found = _servers().status()
    if as_json:
        typer.echo(orjson.dumps(describe_status(found)))
        return
    for server in found.servers:
        if server.running:
            health = "healthy" if server.healthy else "NOT HEALTHY"
            typer.echo(
                f"{server.name:<14} {server.address:<26} {health}, pid {server.pid}, "
                f"{server.memory_bytes / 1e6:.0f} MB, log {server.log}"
            )
        else:
            typer.echo(f"{server.name:<14} not running")
    typer.echo(f"{'home':<14} {found.home}")


def doctor(as_json: AsJson = False) -> None:
    """Say what this machine lacks for running Puente and how to get it; exit with 1 if something is missing.

    \b
    Example:
      puente doctor
    """
    from deploy.local.doctor import run_checks
    from deploy.local.lockfile import read_lock

    checks = []
    for check in run_checks(_servers(), read_lock()):
        checks.append(check)
        if not as_json:
            typer.echo(f"{MARKS[check.mark]}  {check.name:<9} {check.found}")
            if check.fix:
                typer.echo(f"{'':<19}to repair: {check.fix}")
    missing = [check.name for check in checks if check.mark == "missing"]
    if as_json:
        typer.echo(orjson.dumps({"ok": not missing, "checks": [dataclasses.asdict(check) for check in checks]}))
    else:
        typer.echo(f"Missing: {', '.join(missing)}." if missing else "All that is needed is here.")
    if missing:
        raise typer.Exit(1)


def describe_status(found: "ServersStatus") -> dict[str, object]:
    """The status as JSON; `kafka` and `elasticsearch` are addresses, null unless that server runs."""
    return {
        "running": found.running,
        "healthy": found.healthy,
        **{server.name: server.address for server in found.servers},
        "home": str(found.home),
        "servers": [{**dataclasses.asdict(server), "log": str(server.log)} for server in found.servers],
    }


def _servers(*, kafka_port: int = 0, elasticsearch_port: int = 0, heap: str = "1g") -> "LocalServers":
    # Imported here: `puente publish` must not pay for it at start.
    from deploy.local import LocalServers, default_home

    return LocalServers(
        default_home(), kafka_port=kafka_port, elasticsearch_port=elasticsearch_port, elasticsearch_heap=heap
    )


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `app`."""
    for command in (up, down, status, doctor):
        app.command()(command)

"""What the demo prints at the end: lines that can be typed again, and nothing that claims more than it shows."""

import io
import os
import shlex
from pathlib import Path

from rich.console import Console

from deploy.demo.platform import DEMO_AGENCIES, DEMO_SUBSCRIPTIONS, Platform
from deploy.demo.summary import DemoSummary, print_summary
from deploy.local.servers import Addresses
from streams.registry import AGENCIES_FILE, load_registry
from streams.topics import Topics

FILES = (AGENCIES_FILE, DEMO_AGENCIES)
PLATFORM = Platform(
    addresses=Addresses("127.0.0.1:1", "http://127.0.0.1:2"),
    topics=Topics(),
    registry=load_registry(*FILES),
    registry_files=FILES,
    subscriptions=DEMO_SUBSCRIPTIONS,
    views=("joint",),
    workers=Path("/nowhere"),
)


def printed(exports: dict[str, str]) -> str:
    """The summary on a narrow terminal."""
    output = io.StringIO()
    summary = DemoSummary(100, 100, 0, 80, 0, 80, 120, 9, 3, 5, 1.0, 100.0, exports=exports)
    print_summary(summary, Console(file=output, width=60))
    return output.getvalue()


def test_the_exports_make_a_shell_know_the_demo() -> None:
    exports = PLATFORM.exports()
    assert exports == {
        "PUENTE_REGISTRY": os.pathsep.join(map(str, FILES)),
        "PUENTE_SUBSCRIPTIONS": str(DEMO_SUBSCRIPTIONS),
    }
    assert PLATFORM.environ().items() >= exports.items()
    awkward = {**exports, "PUENTE_REGISTRY": "/a folder/agencies.yaml"}
    told = [shlex.split(line) for line in printed(awkward).splitlines() if line.strip().startswith("export ")]
    assert told == [["export", f"{name}={value}"] for name, value in awkward.items()]


def test_the_alerts_are_not_said_to_be_one_subscribers() -> None:
    (row,) = (line for line in printed({}).splitlines() if "alerts standing" in line)
    assert "laredo-desk" not in row

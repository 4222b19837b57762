"""What the demo prints at the end: lines that can be typed again, and nothing that claims more than it shows."""

import io
import json
import os
import shlex
from pathlib import Path

from rich.console import Console

from deploy.demo.briefings import Extraction, Kilograms
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

READ = Extraction(
    24, 110, 7, 2, 109, 0.98, 0.94, (Kilograms("fentanyl", 48.26, 50.0, 7), Kilograms("opium_poppy", 1234.5, 9.4, 1))
)


def summarise(exports: dict[str, str] | None = None, extraction: Extraction | None = None) -> DemoSummary:
    """A right run's summary."""
    return DemoSummary(
        100, 100, 0, 80, 0, 80, 120, 9, 4, 3, 5, 1.0, 100.0, extraction=extraction, exports=exports or {}
    )  # fmt: skip


def printed(exports: dict[str, str], extraction: Extraction | None = None) -> str:
    """The summary on a narrow terminal."""
    output = io.StringIO()
    summary = summarise(exports, extraction)
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


def test_the_kilograms_read_out_of_texts_stand_beside_the_truth() -> None:
    told = printed({}, READ).splitlines()
    assert (
        "Read out of 24 fictional briefings in Spanish and English: 110 of 117 amounts, and 2 that no text tells of"
        in told
    )
    assert "  fentanyl 48.3 kg told in 7 texts (truth 50.0)" in told
    assert "  opium poppy 1,234.5 kg told in 1 text (truth 9.4)" in told
    assert any("Several texts may tell of one load" in line for line in told)
    assert "briefings" not in printed({})


def test_the_json_tells_kilograms_by_commodity() -> None:
    told = json.loads(summarise(extraction=READ).to_json())
    assert told["extracted"] == {"fentanyl": 48.26, "opium_poppy": 1234.5}
    assert told["expected"] == {"fentanyl": 50.0, "opium_poppy": 9.4}
    assert (told["extraction"]["missed"], told["extraction"]["invented"]) == (7, 2)
    assert "extracted" not in json.loads(summarise().to_json())

"""`puente publish` against the real broker, and its dry run: counts, refusals, exit codes."""

import csv
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from deploy.publishing import publish_files
from streams.admin import ensure_topics
from streams.errors import KafkaUnreachableError, PublishError, UnknownAgencyError
from streams.topics import Topics
from tests.cbp import DRUG_FILES, WEAPON_FILES, read_rows
from tests.conftest import RunningServers

GOOD = {"type": "puente.seizure.v1", "event": {"report_id": "F-1", "items": [{"kind": "ammunition"}]}}
WEAPON_HEADING = (
    "Fiscal Year,Month (abbv),Component,Region,Area of Responsibility,Inbound/Outbound,Mode of Transportation,"
    "Seizure Type,Category,Event ID,Quantity Seized"
)
WEAPON = (
    "2024,DEC,Fictional Office,Fictional Region,Fictional Field Office,INBOUND,Air,Weapons,Handgun,{number}.0,{count}"
)


def weapons_file(folder: Path) -> Path:
    path = folder / "weapons.csv"
    rows = [(1, "1.0"), (1, "two"), (2, "3.0"), (3, "-4.0"), (4, "")]
    path.write_text("\n".join([WEAPON_HEADING, *(WEAPON.format(number=n, count=c) for n, c in rows)]) + "\n")
    return path


def write_lines(folder: Path, *lines: object) -> Path:
    path = folder / "events.ndjson"
    path.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
    return path


def puente(*arguments: str | Path, prefix: str = "") -> subprocess.CompletedProcess[str]:
    code = "import sys, typer; from deploy.cli import publish; app = typer.Typer(); app.callback()(lambda: None); "
    code += "publish.register(app); from streams.errors import PuenteError\n"
    code += "try:\n    app()\nexcept PuenteError as error:\n    sys.exit(f'puente: {error}')\n"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False,
        env={"PUENTE_PREFIX": prefix, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def test_check_writes_refusals_that_can_be_repaired_and_needs_no_server(tmp_path: Path) -> None:
    path, repair = weapons_file(tmp_path), tmp_path / "repair.csv"
    summary = publish_files([path], brokers=None, agency="cbp", mapping="cbp_weapons", refusals_to=repair)
    assert (summary.published, summary.refused) == (2, 3)
    with repair.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted((row["puente_line"], row["puente_column"]) for row in rows) == [
        ("2", "Event ID"), ("3", "Quantity Seized"), ("5", "Quantity Seized"),
    ]  # fmt: skip
    assert all(row["puente_reason_en"] and row["puente_reason_es"] for row in rows)
    repair.write_text(repair.read_text(encoding="utf-8-sig").replace(",two,", ",2.0,").replace(",-4.0,", ",4.0,"))
    again = publish_files([repair], brokers=None, agency="cbp", mapping="cbp_weapons")
    assert (again.published, again.refused) == (2, 0)


def test_check_takes_all_of_cbp() -> None:
    drugs = publish_files(DRUG_FILES, brokers=None, agency="cbp", mapping="cbp_drugs")
    assert (drugs.published, drugs.refused, drugs.splits) == (38_886, 0, [])


def test_all_of_cbp_is_published(servers: RunningServers, prefix: str) -> None:
    topics = Topics(prefix)
    ensure_topics(servers.kafka, topics.table(["cbp"], ["joint"]))
    weapons = read_rows(WEAPON_FILES[0])
    reports = {row["Event ID"] for row in weapons} - {"-2147483648.0"}
    fillers = sum(row["Event ID"] == "-2147483648.0" for row in weapons)
    first = publish_files(WEAPON_FILES, brokers=servers.kafka, agency="cbp", mapping="cbp_weapons", topics=topics)
    assert (first.published, first.refused) == (len(reports) + fillers, 0)
    assert len(first.versions) == first.published
    second = publish_files(WEAPON_FILES, brokers=servers.kafka, agency="cbp", mapping="cbp_weapons", topics=topics)
    assert second.versions == first.versions, "the same file again changes no version"
    print(f"\n{first.events_per_second:,.0f} events a second, mapped and acknowledged")


def test_lines_name_their_agency_or_the_option_does(servers: RunningServers, prefix: str, tmp_path: Path) -> None:
    topics = Topics(prefix)
    ensure_topics(servers.kafka, topics.table(["cbp", "fgr"], ["joint"]))
    path = write_lines(
        tmp_path,
        {**GOOD, "agency": "cbp", "time": "2026-03-01T12:00:00Z"},
        {**GOOD, "agency": "fgr", "id": "own"},
        {**GOOD, "agency": "nobody"},
        GOOD,
        {**GOOD, "agency": "cbp", "event": {"report_id": "x"}},
        {**GOOD, "agency": "cbp", "event": {"report_id": "x", "y": "z" * 1_100_000}},
    )
    summary = publish_files([path], brokers=servers.kafka, topics=topics)
    assert (summary.published, summary.refused, len(summary.versions)) == (2, 4, 2)
    assert [(row.line, row.reasons[0].code) for row in summary.refusals] == [
        (3, "unknown_agency"), (4, "missing_field"), (5, "report_empty"), (6, "event_too_large"),
    ]  # fmt: skip
    as_cbp = publish_files([path], brokers=servers.kafka, topics=topics, agency="cbp")
    assert [(row.line, row.reasons[0].code) for row in as_cbp.refusals][:2] == [
        (2, "foreign_source"),
        (3, "foreign_source"),
    ]
    with pytest.raises(UnknownAgencyError):
        publish_files([path], brokers=servers.kafka, topics=topics, agency="nobody")


def test_what_is_missing_is_one_sentence(tmp_path: Path) -> None:
    path = weapons_file(tmp_path)
    with pytest.raises(PublishError, match="--agency"):
        publish_files([path], brokers=None, mapping="cbp_weapons")
    with pytest.raises(KafkaUnreachableError):
        publish_files([path], brokers="127.0.0.1:1", agency="cbp", mapping="cbp_weapons")


def test_command_publishes_and_says_what_it_refused(servers: RunningServers, prefix: str, tmp_path: Path) -> None:
    ensure_topics(servers.kafka, Topics(prefix).table(["cbp"], ["joint"]))
    path = weapons_file(tmp_path)
    options = ["--agency", "cbp", "--mapping", "cbp_weapons", "--kafka", servers.kafka, "--json"]
    done = puente("publish", path, *options, prefix=prefix)
    assert done.returncode == 1, done.stderr
    summary = orjson.loads(done.stdout)
    assert (summary["published"], summary["refused"]) == (2, 3)
    assert f"{path}:3: The column Quantity Seized is no number" in done.stderr
    assert "--revision 202403" in done.stderr
    good = write_lines(tmp_path, GOOD)
    assert puente("publish", good, "--agency", "cbp", "--kafka", servers.kafka, prefix=prefix).returncode == 0
    wrong = puente("publish", good, "--agency", "nobody", "--kafka", servers.kafka, prefix=prefix)
    assert wrong.returncode == 1
    assert wrong.stderr.strip().startswith("puente: There is no intake topic")
    assert "Traceback" not in wrong.stderr

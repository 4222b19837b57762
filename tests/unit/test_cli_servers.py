"""The commands doctor, up, down and status, on a home where nothing runs."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from deploy.cli import servers as commands
from deploy.local import doctor
from deploy.local.errors import LocalServerError
from deploy.local.java import Candidate, Java
from deploy.local.maven import Fetcher

runner = CliRunner()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> typer.Typer:
    """The four commands, pointed to folders of this test."""
    monkeypatch.setenv("PUENTE_HOME", str(open_folder / "home"))
    monkeypatch.setenv("PUENTE_CACHE", str(open_folder / "cache"))
    # Nobody listens there: a download fails at once instead of taking place.
    monkeypatch.setenv("PUENTE_MAVEN_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setattr("deploy.local.artifacts.Fetcher", lambda repository: Fetcher(repository, pauses_s=()))
    made = typer.Typer(rich_markup_mode=None)
    commands.register(made)
    return made


@pytest.mark.parametrize("command", ["up", "down", "status", "doctor"])
def test_help_has_an_example(app: typer.Typer, command: str) -> None:
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example:\n    puente {command}" in result.output


def test_status_json_is_one_line(app: typer.Typer) -> None:
    result = runner.invoke(app, ["status", "--json"])
    assert result.exit_code == 0
    (line,) = result.output.splitlines()
    found = json.loads(line)
    assert (found["running"], found["kafka"], found["elasticsearch"]) == (False, None, None)


def test_down_and_status_when_nothing_runs(app: typer.Typer, open_folder: Path) -> None:
    assert runner.invoke(app, ["down"]).output == "Nothing was running.\n"
    assert "kafka          not running" in runner.invoke(app, ["status"]).output
    assert not (open_folder / "home").exists()


def test_failed_download_is_one_sentence(app: typer.Typer, monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    monkeypatch.setattr("deploy.local.servers.find_java", lambda **_: Java(home=open_folder, version="25"))
    result = runner.invoke(app, ["up"])
    assert isinstance(result.exception, LocalServerError)
    assert "could not be downloaded (the connection was refused): check the network" in str(result.exception)
    assert "\n" not in str(result.exception)


def test_doctor_with_everything(app: typer.Typer, monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    java = Java(home=open_folder, version="25.0.3")
    found = [Candidate("PATH", Path("/old"), None, "it is Java 17"), Candidate("JAVA_HOME", open_folder, java)]
    monkeypatch.setattr(doctor, "list_candidates", lambda **_: iter(found))
    result = runner.invoke(app, ["doctor", "--json"])
    report = json.loads(result.output)
    marks = {check["name"]: check["mark"] for check in report["checks"]}
    assert marks["JDK"] == "ok"
    assert marks["Programs"] == "note"
    assert "would download 18" in next(check["found"] for check in report["checks"] if check["name"] == "Programs")
    assert report["ok"] is (result.exit_code == 0)
    assert set(marks) == {
        "Python", "Faust", "JDK", "Home", "Cache", "Programs", "Disk", "Memory", "Ports", "User", "Servers",
    }  # fmt: skip


def test_doctor_without_java_fails_and_says_how_to_get_it(app: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [Candidate("PATH", Path("/usr"), None, "it is Java 17.0.15 and 21 or newer is needed")]
    monkeypatch.setattr(doctor, "list_candidates", lambda **_: iter(refused))
    result = runner.invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "it is Java 17.0.15 and 21 or newer is needed" in result.output
    assert "MISSING  JDK" in result.output
    assert "apt install openjdk-21-jdk-headless" in result.output
    assert "Missing: JDK." in result.output


def test_single_checks(tmp_path: Path) -> None:
    assert doctor.check_python((3, 10, 1)).mark == "missing"
    assert doctor.check_python((3, 11, 0)).mark == "ok"
    assert doctor.check_faust().mark == "ok"
    assert doctor.check_disk(tmp_path, "data", 10**18, "PUENTE_HOME").mark == "missing"
    assert doctor.check_disk(tmp_path, "data", 1, "PUENTE_HOME").mark == "ok"
    assert doctor.check_memory(running=False, total=10**9, available=10**9).mark == "missing"
    assert doctor.check_memory(running=False, total=8 * 10**9, available=10**9).mark == "note"
    assert doctor.check_memory(running=True, total=8 * 10**9, available=10**9).mark == "ok"
    (home, _) = doctor.check_folders(Path("/proc/none"), tmp_path)
    assert home.mark == "missing" or "proc" in home.found

"""Finding a JDK: fake homes whose `java` is a shell script, and the fetch that fails."""

import os
from pathlib import Path

import pytest
from rich.console import Console

from deploy.local import java as java_module
from deploy.local.errors import JavaMissingError
from deploy.local.java import Java, fetch_java, find_java, inspect_java, list_candidates

FULL = ("jdk.jlink", "jdk.incubator.vector")


def make_home(folder: Path, version: str, modules: tuple[str, ...] = FULL, code: int = 0) -> Path:
    """A folder that looks like a JDK: bin/java lists these modules and ends with `code`."""
    (folder / "bin").mkdir(parents=True)
    script = folder / "bin" / "java"
    listed = "\n".join(f"{module}@{version}" for module in ("java.base", *modules))
    script.write_text(f"#!/bin/sh\ncat <<'END'\n{listed}\nEND\nexit {code}\n")
    script.chmod(0o755)
    return folder


@pytest.mark.parametrize("version", ["21", "21.0.9", "25.0.3", "26-ea"])
def test_full_jdk_will_do(tmp_path: Path, version: str) -> None:
    home = make_home(tmp_path / "jdk", version)
    assert inspect_java(home) == Java(home=home, version=version)


@pytest.mark.parametrize(
    ("version", "modules", "code", "reason"),
    [
        ("17.0.15", FULL, 0, "it is Java 17.0.15 and 21 or newer is needed"),
        ("25", ("jdk.jlink",), 0, "without jdk.incubator.vector"),
        ("25", (), 0, "without jdk.jlink and jdk.incubator.vector"),
        ("25", FULL, 1, "older than Java 9, or broken"),
        ("", FULL, 0, "older than Java 9, or broken"),
    ],
)
def test_others_are_refused_with_the_reason(
    tmp_path: Path, version: str, modules: tuple[str, ...], code: int, reason: str
) -> None:
    found = inspect_java(make_home(tmp_path / "jdk", version, modules, code))
    assert isinstance(found, str)
    assert reason in found


def test_missing_and_unrunnable_java(tmp_path: Path) -> None:
    assert inspect_java(tmp_path) == "there is no bin/java in it"
    home = make_home(tmp_path / "jdk", "25")
    (home / "bin" / "java").write_bytes(b"\x7fELF not really")
    assert "does not run" in str(inspect_java(home))


def test_closed_to_the_user_that_runs_the_servers(tmp_path: Path) -> None:
    home = make_home(tmp_path / "closed" / "jdk", "25")
    (tmp_path / "closed").chmod(0o700)
    uid = os.getuid() + 12345
    assert "may not enter" in str(inspect_java(home, uid=uid))


def test_order_of_places(tmp_path: Path) -> None:
    es, home, path = (make_home(tmp_path / name, "25") for name in ("es", "home", "path"))
    jvm = tmp_path / "jvm"
    old, new = make_home(jvm / "java-8-openjdk", "8"), make_home(jvm / "temurin-25-jdk-amd64", "25")
    middle = make_home(jvm / "java-1.21.0-openjdk-amd64", "21")
    fetched = make_home(tmp_path / "cache" / "jdk" / "v0" / "jdks" / "abc" / "jdk-25", "25")
    environ = {"ES_JAVA_HOME": str(es), "JAVA_HOME": str(home), "PATH": str(path / "bin")}
    found = list(list_candidates(environ, jvm_folder=jvm, cache=tmp_path / "cache"))
    assert [candidate.home for candidate in found] == [es, home, path, new, old, middle, fetched] or [
        candidate.home for candidate in found
    ] == [es, home, path, new, middle, old, fetched]
    assert [candidate.source for candidate in found[:3]] == ["ES_JAVA_HOME", "JAVA_HOME", "PATH"]


def test_same_home_is_judged_once(tmp_path: Path) -> None:
    home = make_home(tmp_path / "jdk", "25")
    environ = {"ES_JAVA_HOME": str(home), "JAVA_HOME": str(home), "PATH": str(home / "bin")}
    assert len(list(list_candidates(environ, jvm_folder=tmp_path / "none"))) == 1


def test_finder_skips_what_will_not_do(open_folder: Path) -> None:
    old, new = make_home(open_folder / "old", "17"), make_home(open_folder / "new", "25.0.3")
    environ = {"JAVA_HOME": str(old), "PATH": str(new / "bin")}
    found = find_java(cache=open_folder / "cache", console=Console(quiet=True), environ=environ)
    assert found == Java(home=new.resolve(), version="25.0.3")
    assert found.executable == new.resolve() / "bin" / "java"


def test_no_java_says_what_was_found_and_what_to_install(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The seams of this machine: no system folder of JDKs, and an index of JDKs that refuses the connection.
    monkeypatch.setattr(java_module, "_places", lambda env, *_: [("JAVA_HOME", Path(env["JAVA_HOME"]))])
    monkeypatch.setenv("CJDK_INDEX_URL", "https://127.0.0.1:9/index.json")
    old = make_home(open_folder / "old", "17.0.15")
    with pytest.raises(JavaMissingError) as caught:
        find_java(cache=open_folder / "cache", console=Console(quiet=True), environ={"JAVA_HOME": str(old)})
    assert "17.0.15 and 21 or newer" in str(caught.value)
    assert "apt install openjdk-21-jdk-headless" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_fetch_that_fails_is_our_error(open_folder: Path) -> None:
    with pytest.raises(JavaMissingError, match="No JDK could be fetched"):
        fetch_java(open_folder, index_url="https://127.0.0.1:9/index.json")

"""Finding a JDK that can run both servers, or fetching one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from deploy.local.errors import JavaMissingError
from deploy.local.folders import closed_folder, make_folder, server_owner

__all__ = ["Candidate", "Java", "fetch_java", "find_java", "inspect_java", "list_candidates"]

MINIMUM = 21
# Elasticsearch's launcher loads both; JREs and cut-down images lack them.
MODULES = ("jdk.jlink", "jdk.incubator.vector")
ASK_TIMEOUT_S = 20.0

INSTALL_HINT = (
    "install a full JDK 21 or newer (Debian/Ubuntu: apt install openjdk-21-jdk-headless; Fedora: dnf install "
    "java-21-openjdk-devel; macOS: brew install --cask temurin) and point JAVA_HOME to it"
)


@dataclass(frozen=True, slots=True)
class Java:
    """A JDK that can run the servers: its home folder and its version, such as "25.0.3"."""

    home: Path
    version: str

    @property
    def executable(self) -> Path:
        """The `java` program."""
        return self.home / "bin" / "java"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a JDK might be: who named it, and either the JDK or the reason why it will not do."""

    source: str
    home: Path
    java: Java | None
    reason: str = ""


def list_candidates(
    environ: Mapping[str, str] | None = None,
    *,
    cache: Path | None = None,
    jvm_folder: Path = Path("/usr/lib/jvm"),
    uid: int | None = None,
) -> Iterator[Candidate]:
    """Each place where a JDK may be, in the order of preference, judged one by one (lazily; asking takes 0.2 s each).

    ES_JAVA_HOME, JAVA_HOME, PATH, the folders in `jvm_folder` (newest version first), macOS's own register,
    what was fetched into `cache` before. With `uid`, a JDK that this user may not enter will not do.
    """
    env = os.environ if environ is None else environ
    seen: set[Path] = set()
    for source, home in _places(env, jvm_folder, cache):
        real = home.resolve()
        if real in seen:
            continue
        seen.add(real)
        found = inspect_java(home, uid=uid)
        yield Candidate(source, home, found, "") if isinstance(found, Java) else Candidate(source, home, None, found)


def _places(env: Mapping[str, str], jvm_folder: Path, cache: Path | None) -> Iterator[tuple[str, Path]]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if named := env.get(variable):
            yield variable, Path(named)
    if on_path := shutil.which("java", path=env.get("PATH", "")):
        yield "PATH", Path(on_path).resolve().parents[1]
    if jvm_folder.is_dir():
        homes = [folder for folder in jvm_folder.iterdir() if (folder / "bin" / "java").exists()]
        for home in sorted(homes, key=_number_in_name, reverse=True):
            yield str(jvm_folder), home
    if sys.platform == "darwin" and (home := _ask_macos()):
        yield "java_home", home
    if cache is not None:
        for executable in sorted((cache / "jdk").glob("v*/jdks/**/bin/java")):
            yield "fetched before", executable.parents[1]


def _number_in_name(home: Path) -> tuple[int, str]:
    """The first number in a folder's name ("temurin-25-jdk-amd64": 25), so that the newest is asked first."""
    found = re.search(r"(?:^|[^0-9.])(\d{1,2})(?![0-9])", home.name)
    return (int(found.group(1)) if found else 0, home.name)


def _ask_macos() -> Path | None:
    command = ["/usr/libexec/java_home", "-v", f"{MINIMUM}+"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ASK_TIMEOUT_S)
    return Path(asked.stdout.strip()) if asked.returncode == 0 and asked.stdout.strip() else None


def inspect_java(home: Path, *, uid: int | None = None) -> Java | str:
    """The JDK in `home`, or in a few words why it can't run the servers."""
    executable = home / "bin" / "java"
    if not executable.exists():
        return "there is no bin/java in it"
    try:
        asked = subprocess.run(
            [executable, "--list-modules"], capture_output=True, text=True, check=False, timeout=ASK_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        return f"its bin/java does not run ({type(exc).__name__})"
    modules = dict(line.strip().partition("@")[::2] for line in asked.stdout.splitlines())
    version = modules.get("java.base", "")
    major = re.match(r"\d+", version)
    if asked.returncode != 0 or not major:
        return f"it is older than Java 9, or broken, and {MINIMUM} or newer is needed"
    if int(major.group()) < MINIMUM:
        return f"it is Java {version} and {MINIMUM} or newer is needed"
    if missing := [module for module in MODULES if module not in modules]:
        return f"it is Java {version} without {' and '.join(missing)}: a JRE or a cut-down JDK"
    if uid is not None and (closed := closed_folder(executable, uid)) is not None:
        return f"user {uid}, who runs the servers when you are root, may not enter {closed}"
    return Java(home=home.resolve(), version=version)


def find_java(*, cache: Path, console: Console, environ: Mapping[str, str] | None = None) -> Java:
    """The first JDK that will do, or one fetched into `cache`; JavaMissingError says what to install."""
    refused = []
    for candidate in list_candidates(environ, cache=cache, uid=server_owner()):
        if candidate.java is not None:
            return candidate.java
        refused.append(candidate)
    console.print("No JDK 21 or newer found; fetching one.")
    try:
        return fetch_java(cache)
    except JavaMissingError as exc:
        looked = "; ".join(f"{candidate.home}: {candidate.reason}" for candidate in refused) or "none was found"
        raise JavaMissingError(f"The servers need a Java that is not here ({looked}): {INSTALL_HINT}.") from exc


def fetch_java(cache: Path, *, index_url: str | None = None) -> Java:
    """A Temurin JDK fetched by cjdk into `cache`; JavaMissingError if that does not work."""
    import cjdk

    folder = make_folder(cache / "jdk")
    extra = {"index_url": index_url} if index_url else {}
    try:
        home = cjdk.java_home(vendor="temurin", version="25", cache_dir=folder, **extra)
    except (cjdk.CjdkError, OSError, ValueError) as exc:
        raise JavaMissingError(f"No JDK could be fetched: {INSTALL_HINT}.") from exc
    found = inspect_java(Path(home), uid=server_owner())
    if isinstance(found, str):
        raise JavaMissingError(f"The fetched JDK in {home} will not do, {found}: {INSTALL_HINT}.")
    return found

"""The image: its Dockerfile copies what exists, ships nothing to build with, and installs what the lock pins."""

import fnmatch
import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
Instruction = tuple[str, str]


def stages() -> list[list[Instruction]]:
    """The instructions of each stage of the Dockerfile, comments and line breaks undone."""
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    found: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest.strip()))
    return found


BUILD, FINAL = stages()


def of(stage: list[Instruction], name: str) -> list[str]:
    """What follows each instruction of a name."""
    return [rest for instruction, rest in stage if instruction == name]


def copied() -> list[str]:
    """Every source that the build stage copies from the checkout."""
    return [source for rest in of(BUILD, "COPY") for source in rest.split()[:-1]]


def pins(path: Path) -> dict[str, frozenset[str]]:
    """Requirement -> its hashes."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.\-]+(?:\[[^\]]*\])?==[^\s;]+)", line):
            hashes = found.setdefault(re.sub(r"\[.*\]", "", match.group(1)), set())
        elif match := re.match(r"\s+--hash=(sha256:[0-9a-f]{64})", line):
            hashes.add(match.group(1))
    return {name: frozenset(hashes) for name, hashes in found.items()}


def test_both_stages_stand_on_one_exact_python() -> None:
    (build,), (final,) = of(BUILD, "FROM"), of(FINAL, "FROM")
    assert build == f"{final} AS build"
    version = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-\w+", final)
    assert version is not None
    required = re.fullmatch(r">=(\d+)\.(\d+)", PROJECT["project"]["requires-python"])
    assert required is not None
    assert tuple(map(int, version.groups())) >= tuple(map(int, required.groups()))


def test_every_source_exists_and_reaches_the_builder() -> None:
    rules = [
        line
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert rules[0] == "*", "everything is left out that is not named"
    allowed = {rule[1:].rstrip("/") for rule in rules if rule.startswith("!")}
    for source in copied():
        assert (ROOT / source).exists(), source
        assert Path(source).parts[0] in allowed, source
    assert allowed == {Path(source).parts[0] for source in copied()}
    assert any(fnmatch.fnmatch("deploy/.env.local", rule) for rule in rules if rule.startswith("**"))


def test_every_package_of_the_project_is_copied() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {f"{package}/" for package in packages} <= set(copied())
    metadata = {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"], "pyproject.toml"}
    assert metadata <= set(copied())


def test_what_is_shipped_runs_as_nobody_and_builds_nothing() -> None:
    assert of(FINAL, "COPY") == ["--from=build /opt/puente /opt/puente"]
    (user,) = of(FINAL, "USER")
    assert all(int(number) > 0 for number in user.split(":"))
    (entry,) = of(FINAL, "ENTRYPOINT")
    assert json.loads(entry) == list(PROJECT["project"]["scripts"]) == ["puente"]
    said = " ".join(of(FINAL, "RUN"))
    assert not re.search(r"\b(apt|apt-get|pip|curl|wget|gcc)\b", said)
    names = [name for name, _ in FINAL]
    assert names.index("USER") > max(at for at, name in enumerate(names) if name in {"RUN", "COPY"})


def test_everything_is_installed_by_its_hash_or_from_the_checkout() -> None:
    steps = [step.strip() for run in of(BUILD, "RUN") for step in run.split("&&")]
    installs = [step for step in steps if " install " in step or " wheel " in step]
    assert len(installs) == 4
    for step in installs:
        assert "--no-index" in step or {"--require-hashes", "--only-binary"} <= set(step.split())
    for name in re.findall(r"-r (\S+)", " ".join(installs)):
        assert name in copied()


def test_the_locks_of_the_image_are_parts_of_the_lock() -> None:
    whole = pins(ROOT / "requirements.lock")
    server, build = pins(ROOT / "deploy" / "server.lock"), pins(ROOT / "deploy" / "build.lock")
    assert whole.items() >= server.items()
    assert whole.items() >= build.items()
    assert all(server.values())
    names = {pin.split("==")[0] for pin in server}
    extras = PROJECT["project"]["optional-dependencies"]
    needed = [*PROJECT["project"]["dependencies"], *extras["server"], *extras["mapping"]]
    wanted = {re.match(r"[\w\-]+", one).group().lower() for one in needed} - {"puente"}  # type: ignore[union-attr]
    assert wanted <= names
    assert not names & {"mypy", "pytest", "ruff", "hypothesis", "quixstreams", "hatchling"}
    assert {pin.split("==")[0] for pin in build} >= {"hatchling"}

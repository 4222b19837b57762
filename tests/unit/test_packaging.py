"""The distribution: its import names are its own, its light client is light, it can't be uploaded by accident."""

import json
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = {"streams", "processors", "indexing", "deploy"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_import_names_belong_to_puente_alone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    # Beside everything installed here, so that a clash with another distribution (PyPI has a `processors`) shows.
    code = (
        "import json, sys; sys.path.insert(0, sys.argv[1]);"
        "from importlib.metadata import packages_distributions as p;"
        "print(json.dumps({k: sorted(set(v)) for k, v in p().items() if k in set(sys.argv[2:])}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *sorted(NAMES)], check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout) == {name: ["puente"] for name in NAMES}


def test_the_wheel_carries_its_data_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if not name.startswith("puente-")} == NAMES
    for needed in ("streams/registry/agencies.yaml", "deploy/local/artifacts.lock"):
        assert needed in names


def test_it_is_marked_private_and_light() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    base = {requirement.split(">")[0].split("=")[0] for requirement in project["dependencies"]}
    assert base == {"kafka-python", "orjson", "pydantic"}


def test_every_requirement_is_pinned_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [line for line in lock.splitlines() if line and line[0] not in "# "]
    assert entries
    assert all("==" in line for line in entries)
    assert "http" not in lock.replace("aiohttp", "").replace("httpx", "").replace("httpcore", "")
    assert metadata.version("faust-streaming") == "0.15.3"

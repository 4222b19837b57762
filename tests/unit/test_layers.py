"""The layers of the project hold: who imports whom, and which library stays behind which seam."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("streams", "processors", "indexing", "deploy")
ALLOWED = {
    "streams": {"streams"},
    "processors": {"streams", "processors"},
    "indexing": {"streams", "indexing"},
    "deploy": set(PACKAGES),
}
# A library and the only places that may import it.
SEAMS = {
    "faust": ("processors/batching.py", "processors/transport/"),
    "mode": ("processors/batching.py", "processors/transport/"),
    "elasticsearch": ("indexing/",),
    "phonenumbers": ("processors/reference/",),
    "typer": ("deploy/cli/",),
    "rocksdict": ("processors/transport/",),
    "remotezip": ("deploy/local/",),
    "jgo": ("deploy/local/",),
}
MAX_LINES = 330


def python_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level names of every import in a file, those inside functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively: write the whole name"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    files = python_files(package)
    assert files
    for path in files:
        wrong = imported(path) & set(PACKAGES) - ALLOWED[package]
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


@pytest.mark.parametrize("library", SEAMS)
def test_a_library_stays_behind_its_seam(library: str) -> None:
    users = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in python_files(package)
        if library in imported(path)
    ]
    assert users, f"nothing imports {library}: take it off the list"
    assert all(user.startswith(SEAMS[library]) for user in users), users


def test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in (*PACKAGES, "tests")
        for path in python_files(package)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert not long, f"split these: {long}"


def test_architecture_names_files_that_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:streams|processors|indexing|deploy|tests)/[\w./-]*)`", text))
    assert len(named) > 20
    missing = {name for name in named if not (ROOT / name).exists()}
    assert not missing

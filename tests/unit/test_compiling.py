"""What is compiled, when a copy is stale, and what compiled functions still say of themselves."""

import importlib.util
import sys
from pathlib import Path

import pytest

from deploy.compiling import compiled_folder, compiled_sources, mark_constants, stale_sources
from processors.docstrings import docstring_of
from processors.enrichment import ENRICHERS

ROOT = Path(__file__).parents[2]


def test_all_of_enrichment_and_its_door_are_compiled() -> None:
    sources = set(compiled_sources(ROOT))
    assert all((ROOT / name).is_file() for name in sources)
    assert {f"{enricher.__module__.replace('.', '/')}.py" for enricher in ENRICHERS} <= sources
    assert {"processors/extraction/identifiers/bare.py", "streams/door.py", "streams/parsing.py"} <= sources
    assert not any(name.endswith("__init__.py") for name in sources)


def test_a_copy_is_stale_without_a_module_or_with_an_older_one(tmp_path: Path) -> None:
    for name in compiled_sources(ROOT):
        for folder in (tmp_path, compiled_folder(tmp_path)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"# one\n")
    assert stale_sources(tmp_path) == []
    (tmp_path / "streams/door.py").write_bytes(b"# two\n")
    (compiled_folder(tmp_path) / "streams/parsing.py").unlink()
    assert stale_sources(tmp_path) == ["streams/door.py", "streams/parsing.py"]


def test_a_function_without_a_docstring_has_that_of_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As mypyc makes them: a module from another file than its source, whose functions have lost their docstrings.
    source = 'def tell() -> None:\n    """What it\n    tells.\n    """\n\n\ndef keep_quiet() -> None:\n    pass\n'
    (tmp_path / "fictional_rules.py").write_text(source, encoding="utf-8")
    (tmp_path / "fictional_rules.other.py").write_text("def tell(): ...\ndef keep_quiet(): ...\n", encoding="utf-8")
    found = importlib.util.spec_from_file_location("fictional_rules", tmp_path / "fictional_rules.other.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    monkeypatch.setitem(sys.modules, "fictional_rules", module)
    found.loader.exec_module(module)
    assert docstring_of(module.tell) == "What it tells."
    assert docstring_of(module.keep_quiet) == ""


MODULE = '''"""Two
lines."""

import re
from typing import Final, TypeVar

T = TypeVar("T")
_WORD = re.compile(r"[a-z]+")
MOST: int = 3
_TEXT = """
MOST = 4
"""
_FIXED: Final = 5
_GROWN = "a"
_GROWN += "b"
_COUNT = 0
Kind = tuple[str, int]


def count() -> None:
    global _COUNT
    _COUNT += 1
'''


def test_constants_are_marked_on_their_lines_and_what_changes_is_not() -> None:
    marked = mark_constants(MODULE)
    assert '_WORD: Final = re.compile(r"[a-z]+")' in marked
    assert "MOST: Final[int] = 3" in marked
    for kept in (
        'T = TypeVar("T")',
        "_FIXED: Final = 5",
        '_GROWN = "a"',
        '_GROWN += "b"',
        "_COUNT = 0",
        "Kind = tuple[str, int]",
        "    _COUNT += 1",
    ):
        assert f"\n{kept}\n" in marked
    assert len(marked.splitlines()) == len(MODULE.splitlines())
    namespace: dict[str, object] = {}
    exec(compile(marked, "marked", "exec"), namespace)
    assert namespace["MOST"] == 3
    assert namespace["_TEXT"] == "\nMOST = 4\n"


def test_every_compiled_module_can_be_marked() -> None:
    for name in compiled_sources(ROOT):
        compile(mark_constants((ROOT / name).read_text(encoding="utf-8")), name, "exec")

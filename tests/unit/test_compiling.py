"""What is compiled, when a copy is stale, and what compiled functions still say of themselves."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

from deploy.compiling import compiled_folder, compiled_sources, kernel_sources, mark_constants, stale_files
from processors.docstrings import docstring_of
from processors.enrichment import ENRICHERS

ROOT = Path(__file__).parents[2]


def test_all_of_enrichment_and_its_door_are_compiled() -> None:
    sources = set(compiled_sources(ROOT))
    assert all((ROOT / name).is_file() for name in sources)
    assert {f"{enricher.__module__.replace('.', '/')}.py" for enricher in ENRICHERS} <= sources
    assert {"processors/extraction/identifiers/bare.py", "streams/door.py", "streams/parsing.py"} <= sources
    assert not any(name.endswith("__init__.py") for name in sources)
    assert kernel_sources(ROOT) == ["processors/extraction/kernels.pyx"]
    assert "processors/extraction/kernels.py" not in sources, "compiled by Cython, from the file beside it"


def test_a_copy_is_stale_where_a_file_or_a_compiled_module_is_missing_or_other(tmp_path: Path) -> None:
    copy = compiled_folder(tmp_path)
    modules = sorted([*compiled_sources(ROOT), *kernel_sources(ROOT)])
    names = [*modules, "streams/refusals.py", "processors/reference/data/units.yaml"]
    for name in names:
        for folder in (tmp_path, copy):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"# one\n")
    assert stale_files(tmp_path) == modules, "a copy that nobody compiled"
    for name in modules:
        (copy / name).with_suffix(".cpython-311-fictional.so").touch()
    assert stale_files(tmp_path) == []
    (tmp_path / "streams/door.py").write_bytes(b"# two\n")
    (tmp_path / "processors/reference/data/units.yaml").write_bytes(b"# two\n")
    (copy / "streams/refusals.py").unlink()
    (copy / "streams/parsing.cpython-311-fictional.so").unlink()
    changed = ["processors/reference/data/units.yaml", "streams/door.py", "streams/parsing.py", "streams/refusals.py"]
    assert stale_files(tmp_path) == changed


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


@pytest.mark.parametrize("source", ['"""D."""  # noqa\nA = 1\n', "def f(): ...\nA = 1\n", '"""D."""\n'])
def test_where_the_import_has_no_place_nothing_is_marked(source: str) -> None:
    assert mark_constants(source) == source


class _Unmark(ast.NodeTransformer):
    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if isinstance(node.annotation, ast.Subscript) and ast.unparse(node.annotation.value) == "Final":
            node.annotation = node.annotation.slice
        elif ast.unparse(node.annotation) == "Final" and node.col_offset == 0 and node.value is not None:
            return ast.copy_location(ast.Assign([node.target], node.value), node)
        return node


def test_every_compiled_module_says_the_same_when_it_is_marked() -> None:
    for name in compiled_sources(ROOT):
        source = (ROOT / name).read_text(encoding="utf-8")
        marked = ast.unparse(_Unmark().visit(ast.parse(mark_constants(source))))
        assert marked.replace("\nfrom typing import Final\n", "\n", 1) == ast.unparse(ast.parse(source)), name

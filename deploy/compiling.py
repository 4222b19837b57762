"""The same code, compiled: `make compiled` writes a copy of the tree to `build/compiled/`, what enriches in it as C.

mypyc turns the pure modules of enrichment, and the door that records come in by, into extension modules, and Cython the
loops that are written in its language beside their Python (`*.pyx`): the same outputs, byte for byte. The copy is used
by name alone (`PYTHONPATH=build/compiled puente worker enrich`), so that whoever edits the sources never runs what was
compiled before; it serves the version of Python that made it. How much faster it is: `python -m tests.bench.bench_texts
--compiled`.
"""

import ast
import io
import os
import re
import shutil
import sys
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path

__all__ = ["compile_copy", "compiled_folder", "compiled_sources", "kernel_sources", "mark_constants", "stale_files"]

_FOLDERS = ("extraction", "enrichment", "protection", "reference")
"""Packages of `processors` that are compiled."""
_MODULES = (
    *("streams/door", "streams/envelope", "streams/errors", "streams/identity", "streams/parsing"),
    *("streams/protection", "processors/release/renditions"),
)
"""Single modules that are compiled; contracts are pydantic's, which is compiled itself, and frozen dataclasses that
others copy or pickle (records, topics) would lose that.
"""
_COPIED = (
    *("streams", "processors", "indexing", "deploy", "tests", "docs", ".ci"),
    *("*.md", "*.toml", "*.yml", "requirements.lock", "Makefile", "LICENSE"),
    *(".env.example", ".gitignore", ".dockerignore", ".pre-commit-config.yaml"),
)
"""What runs, and what its tests read: by name, for a checkout may hold keys and other secrets of its own."""
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_DIRECT_CALLS = ["-fno-plt", "-fno-semantic-interposition"]
_DIRECT_LINKS = ["-Wl,-Bsymbolic-functions", "-Wl,-z,now"]
"""For GNU compilers and clang on ELF: calls within the library and into Python go straight there: 2% less time."""


def compiled_folder(root: Path) -> Path:
    """Where the compiled copy of the tree at `root` lies."""
    return root / "build" / "compiled"


def compiled_sources(root: Path) -> list[str]:
    """The modules of the tree at `root` that mypyc compiles, by their paths in it."""
    found = (path for folder in _FOLDERS for path in (root / "processors" / folder).rglob("*.py"))
    kernels = set(kernel_sources(root))
    names = [path.relative_to(root).as_posix() for path in found if path.name != "__init__.py"]
    return sorted([*(name for name in names if f"{name}x" not in kernels), *(f"{name}.py" for name in _MODULES)])


def kernel_sources(root: Path) -> list[str]:
    """The modules of the tree at `root` that Cython compiles instead, by their paths in it."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "processors").rglob("*.pyx"))


def stale_files(root: Path) -> list[str]:
    """The files of `streams` and `processors` that the copy lacks or has otherwise, and the modules that are not
    compiled in it.
    """
    copy = compiled_folder(root)
    files = [path for folder in ("streams", "processors") for path in (root / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(root).as_posix() for path in files if "__pycache__" not in path.parts]
    stale = {name for name in names if not _is_same(root / name, copy / name)}
    compiled = [*compiled_sources(root), *kernel_sources(root)]
    stale |= {name for name in compiled if not list((copy / name).parent.glob(f"{Path(name).stem}.*.so"))}
    return sorted(stale)


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def mark_constants(source: str) -> str:
    """A module with its constants (names in capitals that are set once) marked as `Final`, on the same lines.

    Compiled code looks other globals up by name each time that it reads them: 2% of the time of a report.
    """
    tree = ast.parse(source)
    stores = Counter(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    changed = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    lines = source.split("\n")
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if not isinstance(target, ast.Name) or not _CONSTANT.fullmatch(target.id):
            continue
        if isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar":
            continue
        if stores[target.id] > 1 or target.id in changed:
            continue
        at, name = node.lineno - 1, target.id
        if isinstance(node, ast.Assign):
            lines[at] = lines[at].replace(f"{name} = ", f"{name}: Final = ", 1)
        elif not (kind := ast.unparse(node.annotation)).startswith("Final"):
            lines[at] = lines[at].replace(f"{name}: {kind} = ", f"{name}: Final[{kind}] = ", 1)
    if lines == source.split("\n"):
        return source
    # On the line that the docstring ends in, so that every line keeps its number.
    first = tree.body[0]
    at = (first.end_lineno or 1) - 1
    if ast.get_docstring(tree) is None or len(lines[at]) != first.end_col_offset:
        return source
    lines[at] += "; from typing import Final"
    return "\n".join(lines)


def compile_copy(root: Path, target: Path) -> None:
    """Copy the tree at `root` to `target`, which is emptied before, and compile it there (two to seven minutes).

    Needs the development dependencies, setuptools and a C compiler; ends the process with a sentence if one is missing.
    """
    try:
        from Cython.Build import cythonize
        from mypyc.build import mypycify
        from setuptools import setup
    except ImportError as error:
        sys.exit(f"{error}: install it into this environment, or go on with plain Python.")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in (path for name in _COPIED for path in root.glob(name)):
        if path.is_dir():
            shutil.copytree(path, target / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, target)
    # mypyc writes in the working directory, and setuptools would read the project's metadata there.
    os.chdir(target)
    settings = target / "pyproject.toml"
    settings.rename(target / "settings.toml")
    sources = compiled_sources(target)
    for name in sources:
        (target / name).write_text(mark_constants((root / name).read_text(encoding="utf-8")), encoding="utf-8")
    kernels = kernel_sources(target)
    sys.stdout.write(f"Compiling {len(sources) + len(kernels)} modules to C (two to seven minutes) ...\n")
    told = io.StringIO()
    try:
        # It tells of every generator that it takes for a list.
        with redirect_stdout(told):
            # A C file for each module: one for all takes gigabytes to compile.
            modules = mypycify(
                ["--config-file=settings.toml", *sources], opt_level="2", debug_level="0", multi_file=True
            )
    except SystemExit:
        sys.stderr.write(told.getvalue())
        raise
    modules += cythonize(kernels, build_dir="build", quiet=True)  # type: ignore[no-untyped-call]
    if sys.platform == "linux":
        for module in modules:
            # New lists: all modules share the ones that they have.
            module.extra_compile_args = [*module.extra_compile_args, *_DIRECT_CALLS]
            module.extra_link_args = [*module.extra_link_args, *_DIRECT_LINKS]
    setup(name="compiled", packages=[], ext_modules=modules, script_args=["--quiet", "build_ext", "--inplace"])
    (target / "settings.toml").rename(settings)
    for name in sources:
        shutil.copy(root / name, target / name)
    sys.stdout.write(f"Done: PYTHONPATH={target.relative_to(root)} puente worker enrich\n")


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1]
    compile_copy(here, compiled_folder(here))

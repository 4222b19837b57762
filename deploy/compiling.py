"""The same code, compiled: `make compiled` writes a copy of the tree to `build/compiled/`, its hottest modules as C.

mypyc turns the pure modules of enrichment into extension modules: the same outputs, byte for byte. A report with a text
takes 0.71 of the time and news 0.67 (inputs of `bench_texts`, both sides in turn, medians of 5, optimised Python 3.11;
0.75 and 0.73 on one that is not). The copy is used by name alone (`PYTHONPATH=build/compiled puente worker enrich`), so
that nobody who edits the sources runs what was compiled before; it serves the version of Python that made it.
"""

import os
import shutil
import sys
from pathlib import Path

__all__ = ["COPIED", "LEFT_OUT", "compile_copy", "compiled_sources"]

COPIED = ("streams", "processors", "indexing", "deploy", "tests")
FOLDERS = ("extraction", "enrichment", "protection", "reference")
"""Packages of `processors` that are compiled."""
_ENRICHERS = ("firearms", "goods", "identifiers", "movement", "places", "texts", "times", "watch_list")
LEFT_OUT = frozenset(
    (
        *(f"processors/extraction/{name}.py" for name in ("texts", "word_lists", "totals")),
        *(f"processors/enrichment/{name}.py" for name in _ENRICHERS),
    )
)
"""What mypyc refuses (attributes made when asked for, counters of a class), and the enrichers: compiled functions have
no docstrings, which `puente enrich --explain` prints.
"""


def compiled_sources(root: Path) -> list[str]:
    """The modules of the tree at `root` that are compiled, by their paths in it."""
    found = (path for folder in FOLDERS for path in (root / "processors" / folder).rglob("*.py"))
    names = sorted(path.relative_to(root).as_posix() for path in found if path.name != "__init__.py")
    return [name for name in names if name not in LEFT_OUT]


def compile_copy(root: Path, target: Path) -> None:
    """Copy the tree at `root` to `target`, which is emptied before, and compile it there (about 5 minutes).

    Needs the development dependencies, setuptools and a C compiler; ends the process with a sentence if one is missing.
    """
    try:
        from mypyc.build import mypycify
        from setuptools import setup
    except ImportError as error:
        sys.exit(f"{error}: install it into this environment, or go on with plain Python.")
    shutil.rmtree(target, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    # Both read and write in the working directory; without pyproject.toml there, setuptools looks at no metadata.
    os.chdir(target)
    sources = compiled_sources(target)
    # A C file for each module: one for all takes gigabytes to compile.
    modules = mypycify(
        [f"--config-file={root / 'pyproject.toml'}", *sources], opt_level="2", debug_level="0", multi_file=True
    )
    setup(name="compiled", packages=[], ext_modules=modules, script_args=["--quiet", "build_ext", "--inplace"])
    # The tests read it.
    shutil.copy(root / "pyproject.toml", target)


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1]
    compile_copy(here, here / "build" / "compiled")

"""The sentences that functions say of themselves, also where the functions are compiled."""

import ast
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["docstring_of"]


def docstring_of(function: Callable[..., Any]) -> str:
    """The docstring of a function of a module in one line, "" if it has none.

    mypyc compiles functions without theirs; it is then read from the source, which lies beside the compiled module.
    """
    written = function.__doc__ or _docstrings(function.__module__).get(function.__qualname__, "")
    return " ".join(written.split())


@cache
def _docstrings(module: str) -> dict[str, str]:
    """Function -> docstring, of the module's own functions."""
    file = sys.modules[module].__file__
    source = Path(file or "").with_name(f"{module.rpartition('.')[2]}.py")
    if not source.is_file():
        return {}
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, ast.FunctionDef)}

"""Whether the tests run on a compiled copy (`make test-compiled`), where parts of modules can't be replaced."""

import pytest

from processors.extraction import texts

__all__ = ["NEEDS_SOURCES"]

NEEDS_SOURCES = pytest.mark.skipif(
    not texts.__file__.endswith(".py"), reason="it replaces a part of a module, which compiled code would not notice"
)

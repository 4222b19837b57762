"""What is compiled: the tree without what can't be, and without what must keep its docstrings."""

from pathlib import Path

from deploy.compiling import LEFT_OUT, compiled_sources
from processors.enrichment import ENRICHERS
from processors.extraction.totals import sum_mentions

ROOT = Path(__file__).parents[2]


def test_what_an_explanation_quotes_is_not_compiled() -> None:
    explained = {f"{rule.__module__.replace('.', '/')}.py" for rule in (*ENRICHERS, sum_mentions)}
    assert explained <= LEFT_OUT


def test_what_is_left_out_is_there_and_all_else_is_compiled() -> None:
    sources = set(compiled_sources(ROOT))
    assert all((ROOT / name).is_file() for name in LEFT_OUT)
    assert sources.isdisjoint(LEFT_OUT)
    assert {"processors/extraction/english.py", "processors/extraction/identifiers/bare.py"} <= sources
    assert not any(name.endswith("__init__.py") for name in sources)

"""The loops of `kernels.pyx`, built here, find what those of `kernels.py` find, and lose no reference."""

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processors.extraction import kernels as used
from processors.extraction.words import Word

FOLDER = Path(__file__).parents[2] / "processors" / "extraction"
SIGNS = st.sampled_from([*"aZñÑ×µßªº²½ᴬ", *"0129٣५", *" .,'’-_:\n", "\ud800", "\U0001f98a"])
TEXTS = st.text(SIGNS | st.characters(codec=None), max_size=60)
WORDS = st.lists(st.text("abcñ9٣\ud800", min_size=1, max_size=8) | st.sampled_from(["kilos", "de"]), max_size=60)


def _load(name: str, file: Path) -> ModuleType:
    found = importlib.util.spec_from_file_location(name, file)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def defined() -> ModuleType:
    return _load("kernels_as_defined", FOLDER / "kernels.py")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    if used.__file__ is not None and not used.__file__.endswith(".py"):
        return used  # the compiled copy is under test
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        pytest.skip(f"no C compiler ({compiler}): the kernels can't be built")
    folder = tmp_path_factory.mktemp("kernels")
    shutil.copy(FOLDER / "kernels.pyx", folder)
    build = [sys.executable, "-m", "Cython.Build.Cythonize", "--inplace", "--quiet", "kernels.pyx"]
    subprocess.run(build, cwd=folder, check=True, timeout=300)
    [library] = [*folder.glob("kernels.*.so"), *folder.glob("kernels.*.pyd")]
    return _load("kernels", library)


@given(TEXTS)
@example("se aseguraron 1,500.25 kg, 2'350,000 pesos y 4'5000; m30 'n' 7'123'456.5'12 1. 2,,3 9'")
@example("²kg ½ 3² x1٣ ٣1 1.٣ 1'٣٣٣ 1'2345")
@example("")
def test_texts_are_cut_into_the_same_words(defined: ModuleType, compiled: ModuleType, text: str) -> None:
    cut = compiled.cut_words(text)
    assert cut == defined.cut_words(text)
    assert all(type(word) is Word for word in cut[0])
    assert compiled.capital_offsets(text) == defined.capital_offsets(text)


@given(WORDS, st.integers(0, 3))
def test_words_are_found_in_the_same_lists(
    defined: ModuleType, compiled: ModuleType, words: list[str], shared: int
) -> None:
    lists = {word: tuple(range(at % 4, 4 + shared)) for at, word in enumerate(words[::2])}
    assert compiled.places_of_lists(lists, words) == defined.places_of_lists(lists, words)


@given(WORDS, st.integers(0, 70), st.integers(0, 70), st.integers(0, 2**32 - 1))
def test_words_have_the_same_hash(
    defined: ModuleType, compiled: ModuleType, words: list[str], start: int, end: int, so_far: int
) -> None:
    assert compiled.hash_words(words, start, end, so_far) == defined.hash_words(words, start, end, so_far)


@given(WORDS.filter(lambda words: len(words) > 2), st.integers(1, 40))
def test_texts_have_the_same_rows(defined: ModuleType, compiled: ModuleType, words: list[str], times: int) -> None:
    words = [f"{word}{at % 7}" for at, word in enumerate(words * times)]
    assert compiled.shingle_rows(words) == defined.shingle_rows(words)
    assert compiled.shingle_rows(words[:3]) == defined.shingle_rows(words[:3])


def test_a_shingle_on_a_rounded_point_is_of_the_part_that_begins_there(
    defined: ModuleType, compiled: ModuleType
) -> None:
    # "de kilos 11848621" lies on point 11 of the ring itself, which is a fraction rounded down.
    words = ["de", "kilos", "11848621", "fictional"]
    assert compiled.shingle_rows(words) == defined.shingle_rows(words)


def test_the_rows_of_a_fingerprint_are_as_many_in_both(defined: ModuleType, compiled: ModuleType) -> None:
    for name in ("BANDS", "ROWS", "ROWS_PER_BAND"):
        assert getattr(compiled, name) == getattr(defined, name)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("cut_words", (None,)),
        ("cut_words", (b"text",)),
        ("capital_offsets", (None,)),
        ("places_of_lists", ({"a": 1}, ["a"])),
        ("places_of_lists", ({}, None)),
        ("hash_words", ([1, 2], 0, 2)),
        ("hash_words", (["a", "b"], -1, 2)),
        ("shingle_rows", ([b"a", "b", "c"],)),
        ("shingle_rows", (["a", None, "c"],)),
        ("shingle_rows", (["a", "b"],)),
    ],
)
def test_what_is_no_text_is_refused(compiled: ModuleType, name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, IndexError)):
        getattr(compiled, name)(*arguments)


def test_no_reference_is_lost(compiled: ModuleType) -> None:
    text = "Aseguraron 1,500 kilos de fentanilo en Culiacán, Sinaloa; " * 40
    lists = {"kilos": (300, 301), "de": (302,)}

    def run() -> None:
        words, plains, *_ = compiled.cut_words(text.lower())
        assert words[-1].end > 256, "an offset that is an object of its own"
        compiled.capital_offsets(text)
        compiled.places_of_lists(lists, plains)
        compiled.hash_words(plains, 0, len(plains))
        compiled.shingle_rows(plains)

    for _ in range(20):
        run()
    before = sys.getallocatedblocks()
    for _ in range(200):
        run()
    assert sys.getallocatedblocks() - before < 100, "more than one object in two runs stays"

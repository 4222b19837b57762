"""The goods of free text: every term has a known class, and a mistake in the file is told in one sentence."""

import shutil
from pathlib import Path

import pytest

from processors.extraction.lexicon import build_lexicon
from processors.extraction.texts import Text
from processors.reference import DATA_FOLDER, ReferenceDataError, default_reference
from processors.reference.goods_words import load_goods_words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(DATA_FOLDER / "goods_words.yaml", tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("commodity: magazine", "commodity: periodical", "unknown value"),
        ("strength: short", "strength: long", "unknown value"),
        ("names: [granada,", "names: [cartucho, granada,", "'cartucho' stands twice"),
    ],
)
def test_a_mistake_in_the_file_is_told(file: Path, old: str, new: str, part: str) -> None:
    written = file.read_text(encoding="utf-8")
    assert old in written
    file.write_text(written.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=part):
        load_goods_words(file)


def test_the_longest_term_wins_and_a_term_that_is_no_good_hides_its_words() -> None:
    lexicon = build_lexicon(default_reference(), "es")
    text = Text("armas de fuego largas, cargadores de teléfono y goma de opio", "es")
    found = [
        (" ".join(one.plain for one in text.words[at.first : at.after]), at.word.commodity) for at in lexicon.scan(text)
    ]
    assert found == [
        ("armas de fuego largas", "firearm"),
        ("cargadores de telefono", None),
        ("goma de opio", "opium_poppy"),
    ]


def test_slang_is_no_substance_here() -> None:
    assert build_lexicon(default_reference(), "es").scan(Text("china, blanca y perico", "es")) == []

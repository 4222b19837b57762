"""Folding keeps every offset, and words are where they say."""

from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.texts import Text, fold_in_place


def test_folding_examples() -> None:
    assert fold_in_place("Núñez, Ciudad Acuña — “El Ñoño”") == 'nunez, ciudad acuna - "el nono"'
    assert fold_in_place("STRASSE ß İ ﬁ") == "strasse ß i ﬁ"


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@given(st.text())
def test_words_are_where_they_say(text: str) -> None:
    read = Text(text)
    assert all(read.plain[word.start : word.end] == word.plain for word in read.words)
    assert [word.start for word in read.words] == sorted({word.start for word in read.words})


def test_numbers_are_one_word() -> None:
    words = [word.plain for word in Text("1,500.25 kg; M30, 9mm, 18 mil").words]
    assert words == ["1,500.25", "kg", "m", "30", "9", "mm", "18", "mil"]

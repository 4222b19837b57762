"""Folding keeps every offset, and words are where they say."""

import re

from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.texts import Text, fold_in_place
from processors.extraction.word_lists import WordList


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


@given(st.text(), st.text(st.sampled_from("ÁéÑü¿“”’—…ªµ€ß aZ\t`")))
def test_text_folds_sign_by_sign(any_text: str, western: str) -> None:
    """The quick ways of folding give what each sign folds to beside others; one of ASCII alone is only lowered."""
    for text in (any_text + "é", western + "é", western + "é→"):
        assert fold_in_place(text) == "".join(fold_in_place(sign + "é")[0] for sign in text)


@given(st.text(), st.text(st.sampled_from("aZ9.,'¼ -ᴬñ")))
def test_words_are_runs_of_letters_and_numbers(any_text: str, mixed: str) -> None:
    for text in (Text(any_text), Text(mixed)):
        found = re.finditer(r"\d+(?:[.,]\d+|'\d{3}(?!\d))*|[^\W\d_]+", text.plain)
        assert text.words == [(match[0], *match.span()) for match in found]
        assert text.plains == [word.plain for word in text.words]


@given(
    st.lists(st.sampled_from(["kilo", "45", "de", "1,500", "m30", "Árbol"])), st.sets(st.sampled_from(["kilo", "m"]))
)
def test_find_tells_where_words_stand(written: list[str], wanted: set[str]) -> None:
    text = Text(" ".join(written))
    assert text.find(frozenset(wanted)) == [at for at, word in enumerate(text.words) if word.plain in wanted]
    assert text.numbers == [at for at, word in enumerate(text.words) if word.plain[0].isdigit()]
    assert text.number_starts == [word.start for word in text.words if word.plain[0].isdigit()]


@given(
    st.lists(st.sampled_from(["kilo", "45", "de", "m30", "Árbol"])),
    st.sets(st.sampled_from(["kilo", "m", "de"])),
    st.sets(st.sampled_from(["arbol", "de", "30"])),
)
def test_lists_of_words_are_found_at_once(written: list[str], first: set[str], second: set[str]) -> None:
    """Each list by itself, also one that is made, that grows or is emptied after the text was passed over."""
    text = Text(" ".join(written))
    earlier = WordList(first)
    assert list(text.find_listed(earlier)) == text.find(first)
    later = WordList(second)
    assert list(text.find_listed(later)) == text.find(second)
    earlier.add(second)
    assert list(text.find_listed(earlier)) == text.find(first | second)
    later.clear()
    assert list(text.find_listed(later)) == []
    assert list(Text(text.raw).find_listed(earlier)) == text.find(first | second)
    earlier.clear()


@given(st.text(), st.text(st.sampled_from("aZÀÞ×ßŸ“Ω😀\ud800")))
def test_capitals_are_where_an_expression_finds_them(any_text: str, mixed: str) -> None:
    for raw in (any_text, mixed):
        assert Text(raw).capitals == [match.start() for match in re.finditer("[A-ZÀ-Þ]", raw)]

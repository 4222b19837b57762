"""The quick ways of reading amounts give what the full grammar gives. All sentences are invented."""

import re
from bisect import bisect_left

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processors.extraction import english_marks, english_numbers, numbers, spanish_scan
from processors.extraction.english_markup import without_markup
from processors.extraction.english_numbers import read_amounts
from processors.extraction.english_sentences import split_sentences
from processors.extraction.mentions import find_mentions
from processors.extraction.numbers import Number, read_number
from processors.extraction.texts import Language, Text
from processors.reference import default_reference
from tests.unit.compiled import NEEDS_SOURCES

_NUMBERS = "2 40 1,500 2.5 1999 2'350,000 555 0123 two five dos cinco un a an half"
_ENGLISH = (
    "dozen hundred thousand million third k M or and to of out no glock cessna rifle pills pounds lbs oz ounces kilos"
    " tons box bags mm caliber rounds in seized street May"
)
_SPANISH = "una mil millones docena o y a entre de kilos con gramos armas"
_SIGNS = st.sampled_from([*" " * 20, "", "-", ", ", ". ", " $", "\n", "/", " (", ")", "% ", "; ", "... "])


def _texts(words: str) -> st.SearchStrategy[str]:
    """Numbers and words in turn or not, most with a blank between."""
    numbers, others = st.sampled_from(_NUMBERS.split()), st.sampled_from(words.split())
    pairs = st.tuples(st.one_of(numbers, others, others), _SIGNS)
    return st.lists(pairs, max_size=12).map(lambda said: "".join(word + sign for word, sign in said))


def _fields(number: Number | None) -> list[object] | None:
    return None if number is None else [getattr(number, name) for name in Number.__slots__]


def _amounts(raw: str) -> tuple[list[object], set[int]]:
    text = Text(raw, "en")
    marks = english_marks.mark_text(text, default_reference())
    clause = marks.cut(0, len(text.words), 0, len(raw))
    amounts = read_amounts(text, marks.find(clause, english_marks.IN_NUMBER), 0, len(text.words))
    told: list[object] = []
    for after, one in amounts.by_after.items():
        assert one.after == after
        told.append((after, one.first, one.start, one.end, one.quantity, one.unit, one.qty_si, _fields(one.number)))
    return told, amounts.noise


@NEEDS_SOURCES
@settings(max_examples=500)
@given(_texts(_ENGLISH))
@example("seized 2 pounds and 3 ounces of")
@example("seized 2 pounds and a half of")
@example("seven out of 10 pills were")
def test_common_english_amounts_are_those_of_the_rules(raw: str) -> None:
    quick = _amounts(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(english_numbers, "_read_common", lambda text, at, after: None)
        assert quick == _amounts(raw)


@NEEDS_SOURCES
@given(_texts(_SPANISH), st.sampled_from(["es", "en"]))
def test_digits_before_a_hyphen_are_those_of_the_grammar(raw: str, language: Language) -> None:
    def read_all() -> list[list[object] | None]:
        text = Text(raw, language)
        return [_fields(read_number(text, at)) for at in range(len(text.words))]

    quick = read_all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_is_one_of_a_row", lambda text, index, lexis: False)
        assert quick == read_all()


@NEEDS_SOURCES
@pytest.mark.parametrize("raw", ["555-0123 en", "88-55 localizaron", "40-2, dos"])
def test_a_row_of_digits_is_read_at_once(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "_read_plain", None)  # the full grammar
    assert read_number(Text(raw, "es"), 0) is not None


@given(st.text(), _texts(_ENGLISH))
def test_words_and_gaps_make_up_a_text(any_text: str, said: str) -> None:
    for raw in (any_text, said, f"[a]({any_text}) {said}"):
        for text in (Text(raw, "en"), without_markup(Text(raw, "en"))):
            ends, starts = [0, *(word.end for word in text.words)], [word.start for word in text.words]
            around = zip(ends, [*starts, len(raw)], strict=True)
            assert text.gaps == [text.plain[end:start] for end, start in around]


@given(_texts(_ENGLISH + " arrested suspected near year agents cases operation"), st.data())
def test_a_clause_knows_which_rules_its_words_open(raw: str, data: st.DataObject) -> None:
    text = Text(raw, "en")
    marks = english_marks.mark_text(text, default_reference())
    first = data.draw(st.integers(0, len(text.words)))
    after = data.draw(st.integers(first, len(text.words)))
    clause = marks.cut(first, after, 0, 0)
    for bit, words in english_marks.VOCABULARIES:
        here = [
            at
            for at in range(first, after)
            if text.plains[at] in words or (bit == english_marks.IN_NUMBER and text.plains[at][0].isdigit())
        ]
        assert marks.find(clause, bit) == here
        assert bool(clause.bits & bit) == bool(here)


_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"“‘(\[•*–—-]*\s*[A-Z0-9$])|\n\s*\n|\n(?=\s*[•*-]?\s*[A-Z])")


@given(st.text(st.sampled_from(".!?\n \"')A1a•-,")))
def test_english_sentences_end_where_their_signs_say(raw: str) -> None:
    ends = {match.end() for match in _END.finditer(raw)}
    text = Text(raw, "en")
    sentences = split_sentences(text)
    bounds = [(start, end) for _, _, start, end in sentences]
    assert all(end in ends or end == len(raw) for _, end in bounds)
    assert [start for start, _ in bounds[1:]] == [end for _, end in bounds[:-1]]
    starts = [word.start for word in text.words]
    assert [first for first, _, _, _ in sentences] == [bisect_left(starts, start) for start, _ in bounds]
    assert [after for _, after, _, _ in sentences] == [bisect_left(starts, end) for _, end in bounds]
    # What could end one and does not stands behind an abbreviation, or in a line that goes on.
    for end in ends - {end for _, end in bounds}:
        assert re.search(r"(?:^|[^a-z])[a-zA-Z]\.[\"'”’)\]]*\s+$|[^.!?]\s*\n\s*$|^\s*$", raw[:end])


@given(st.text(st.sampled_from(".!?\n ;,aB1_\"'")), _texts(_SPANISH))
def test_spanish_sentences_are_cut_at_their_signs(signs: str, said: str) -> None:
    for raw in (signs, said):
        text = Text(raw, "es")
        starts, plain = [word.start for word in text.words], text.plain
        breaks = []
        for found in re.finditer(r"[\n.!?…]+", plain):
            start, end = found.span()
            initial = start > 1 and "a" <= plain[start - 1] <= "z" and not re.match(r"\w", plain[start - 2])
            within = plain[end : end + 1] not in ("", '"', "'", ")") and not plain[end].isspace()
            if "\n" in found[0] or not (initial or within):
                breaks.append(bisect_left(starts, start))
        bounds, items = spanish_scan.cut_sentences(text)
        assert {first for first, _, _ in bounds} == {0, *breaks} - {len(starts)}
        assert [after for _, after, _ in bounds[:-1]] == [first for first, _, _ in bounds[1:]]
        assert items == [bisect_left(starts, at) for at, sign in enumerate(plain) if sign == ";"]


@pytest.mark.parametrize("language", ["es", "en"])
@given(st.text() | _texts(_ENGLISH) | _texts(_SPANISH))
def test_any_text_is_read_without_a_crash(language: Language, raw: str) -> None:
    for one in find_mentions(Text(f"Agents seized; se aseguraron {raw}", language), default_reference()):
        assert one.text == f"Agents seized; se aseguraron {raw}"[one.start : one.end]

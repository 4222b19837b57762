"""Ways that are taken for speed give what the full ways give, whatever the text."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from processors.extraction import english_context, people, place_scan, spanish_scope
from processors.extraction.firearm_serials import _NONE, _SHORT_NONE, _find_lacks, _worn
from processors.extraction.identifiers import CUES, finder
from processors.extraction.people import FoundPerson
from processors.extraction.texts import Text, fold_in_place
from processors.protection import cues, offices, unlisted
from processors.protection.cue_words import PROTECTED_AGE, PROTECTED_HEAD, PROTECTED_WORD
from processors.reference import default_reference
from processors.reference.firearms import _AROUND, _SIGNS, _STEPS, fold_calibre

REFERENCE = default_reference()


def jumble(*pieces: str) -> st.SearchStrategy[str]:
    """Texts of these pieces and whatever else."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=3), max_size=40).map("".join)


_SENTENCES = jumble(
    *(".", ";", "!", "?", "\n", ". ", ".\n\n", '." ', "’) ", " Sr. ", " J. ", " ", "\u00a0", "\u2003", "\u3000", "\t"),
    *("casa", "Casa", "Ñu", "1.5", "2'350", "2´350", "ⓐ", "²", "ß", "EE.UU. ", "7. El"),
)


@given(_SENTENCES)
@example("Fin.\n\n\n\n\n\n\n\n\n\nOtro; uno.  ")
def test_sentences_end_where_the_expression_says(raw: str) -> None:
    told = cues.read_cues(Text(raw))
    spans = [match.span() for match in cues._SENTENCE.finditer(raw)]
    assert list(zip(told._all_breaks(), told._starts, strict=True)) == spans


@given(_SENTENCES, st.integers(0, 60), st.integers(0, 20))
def test_the_sentence_around_is_the_one_between_two_ends(raw: str, start: int, length: int) -> None:
    spans = [match.span() for match in cues._SENTENCE.finditer(raw)]
    begin = max((end for _, end in spans if end <= start), default=0)
    close = min((first for first, _ in spans if first >= start + length), default=len(Text(raw).plain))
    assert cues.read_cues(Text(raw)).sentence(start, start + length) == (begin, close)


_AGES = jumble(
    *("5", "12", "17", "45", " anos", " anos de edad", "-year-old", " years old", "yo", "y/o", " y/o", "aged ", "age "),
    *("-month-old", " meses", ", ", ",", "(", ")", " ", "de ", "9 mm", "mil", "a"),
)


@given(_AGES)
@example("de 5 anos")
@example("(5)")
def test_an_age_is_found_only_where_one_may_be(plain: str) -> None:
    if re.search(PROTECTED_AGE, plain):
        assert cues._may_hold_age(plain)


@given(jumble("victim", "victimas", "menor", "niño", "Niña", "casa", " ", "-", "_", "2", "ᴬ", "ñ", "sexual", "9"))
def test_short_fields_speak_of_protected_people_by_their_words(raw: str) -> None:
    words = re.findall(r"[^\W\d_]+", fold_in_place(raw))
    family = (PROTECTED_WORD, PROTECTED_HEAD)
    assert cues.may_speak_of_protected(raw) == any(re.fullmatch(kind, word) for word in words for kind in family)


@given(jumble("CASA ", "casa ", "Casa ", "Ñ", "É", "é", "ABC", "abc", "×", "7", "12,5", "٣", "Ж", "ж", " ", "x"))
def test_odd_capitals_are_told_as_if_each_letter_was_counted(raw: str) -> None:
    letters = [sign for sign in raw if sign.isascii() and sign.isalpha()]
    if sum(map(str.isascii, raw)) < len(raw) * unlisted._ASCII_SHARE:
        letters = list(filter(str.isalpha, raw))
    capitals = sum(map(str.isupper, letters))
    is_odd = len(letters) >= unlisted._LEAST_LETTERS and not 0 < capitals <= unlisted._ODD_SHARE * len(letters)
    assert unlisted._is_oddly_written(Text(raw)) == is_odd


_OFFICES = jumble(
    *(
        "fiscal ",
        "gobernadora ",
        "special agent ",
        "agent",
        "la ",
        "dijo ",
        "Sheriff ",
        "mayoria ",
        "spokes1 ",
        "_chief ",
    ),
    *("de ", "x" * 30, " ", ". ", ", ", "2", "director_", "presidenta"),
)


@given(_OFFICES)
@example("la fiscal ")
def test_an_office_is_held_where_the_expression_finds_one(before: str) -> None:
    text = Text(f"{before}Ana Ejemplo")
    person = FoundPerson(len(before), len(text.raw), "Ana Ejemplo", "given_name", (), False, "high")
    found = offices._OFFICIAL.search(text.plain, max(0, person.start - 60), person.start)
    holds = found is not None and offices._NO_OFFICE.search(found["between"]) is None
    assert offices.holds_office(person, text) == holds


_CUES = jumble(*(stem for _, stems in CUES for stem in stems), " ", "-", "5", "1", "x", "Ñ", "½", "_")


@given(_CUES)
@example("-cr-cv-12 tel. 55")
@example("cell cellphone s/n lp: TEL5")
def test_cues_are_found_wherever_they_begin_a_word(raw: str) -> None:
    text = Text(raw)
    plain = text.plain
    hits = []
    for read, stems in CUES:
        for stem in stems:
            for start in (at for at in range(len(plain)) if plain.startswith(stem, at)):
                inside = start and plain[start - 1].isalnum()
                if stem[0].isalpha() and (inside or re.match(r"[a-z]+\d", plain[start:])):
                    continue
                hits.append((start + len(stem) - 1, -len(stem), start, read))
    assert finder._CUE_FINDER.find(text) == sorted(hits, key=lambda hit: hit[:2])


_GUNS = jumble(
    *(
        "sin ",
        "no ",
        "serie ",
        "matrícula ",
        "serial number",
        " s/n ",
        "limada",
        "alteradamente",
        "obliterated ",
        "the ",
    ),
    *("not legible", "partial", "defaced ", "estaba ", " ", ", ", "2", "unserialized"),
)


@given(_GUNS, st.integers(0, 40), st.integers(0, 80))
@example("serie alteradamente", 0, 14)
@example("unserializedsin", 0, 12)
def test_what_is_said_of_serials_is_found_by_its_words(raw: str, start: int, length: int) -> None:
    text = Text(raw)
    end = min(start + length, len(raw))
    patterns = [("none", _NONE), ("none", _SHORT_NONE), *((one[0], one[1]) for one in _worn(REFERENCE))]
    spans = [(*found.span(), why) for why, one in patterns for found in one.finditer(text.plain, start, end)]
    assert [(one.start, one.end, one.reason) for one in _find_lacks(text, start, end, REFERENCE)] == spans


@given(
    jumble(
        "9", "mm", " mm", "5,56", "x", " por ", "0.38", "/", "Cal. ", "calibre ", "*", "×", "É", "milímetros", "ＭＭ"
    )
)
def test_a_calibre_is_folded_as_by_all_steps(written: str) -> None:
    text = unicodedata.normalize("NFKD", written.translate(_SIGNS)).lower()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for _, pattern, by in _STEPS:
        text = pattern.sub(by, text)
    assert fold_calibre(written) == " ".join(text.strip(_AROUND).rstrip("." + _AROUND).split())


_NAMES = jumble(
    *("Ana", "EJEMPLO", "De la", "O'Ma", " ", "\n", "\r\n", "\u00a0", "\t", '"El', '" ', " de ", " la ", "y ", "Ma. "),
    *("-", ".", "’", "'", "N", "X. ", "ñ", "Óscar", "casa"),
)


@given(_NAMES, st.integers(0, 10))
def test_a_name_goes_on_as_without_the_look_ahead(raw: str, at: int) -> None:
    full = re.compile(people._RUN.pattern.replace(people._AHEAD, ""))
    assert full.pattern != people._RUN.pattern
    quick, slow = people._RUN.match(raw, at), full.match(raw, at)
    assert (quick and quick.span()) == (slow and slow.span())


@given(jumble("Laredo", "laredo", "²", "½", "Ñu", "É", "×", "ⓐ", "-", " ", "iPhone", "7"))
def test_words_with_a_capital_are_found_at_the_capitals(raw: str) -> None:
    starts, done = [], 0
    for start in Text(raw).capitals:
        if start >= done and (word := place_scan._CAPITAL.match(raw, start)):
            done = word.end()
            starts.append((start, done))
    assert starts == [match.span() for match in place_scan._CAPITAL.finditer(raw)]


# With blanks between: "1,2023 alone" is one number for the words and a year for the expression, and no text has it.
_PERIODS = st.lists(
    st.sampled_from(
        [
            *(
                "last year",
                "this fiscal year",
                "in 2024",
                "2024 alone",
                "so far this year",
                "year to date",
                "since january",
            ),
            *("between may 1, 2023 and", "from monday to", "from june day to friday day", "monthslong", "year-long"),
            *("capping a three-month", "two-year probe", "throughout the course", "over the course of", "annually"),
            *(
                "during the investigation",
                "each week",
                "every month",
                "campaigns",
                "program",
                "under my administration",
            ),
            *(
                "within the past",
                "for the previous",
                "all year",
                "thus far",
                "by the",
                "three",
                "days",
                "months",
                "month",
            ),
            *("year", "week", "the", "a", "of", "and", "2023", "october", "officers"),
            *("yearlong", "per month", "fy 2024", "fiscal year 2024", "previous year", "current year", "months-long"),
        ]
    ),
    max_size=12,
).map(" ".join)


@given(_PERIODS)
def test_a_period_is_named_where_the_whole_sentence_names_one(raw: str) -> None:
    text = Text(raw)
    openers = [at for at, word in enumerate(text.plains) if word in english_context.PERIOD_OPENERS]
    named = english_context._names_period(text, openers, 0, len(raw))
    assert named == english_context.names_period(text, 0, len(raw))


_HELPED = st.lists(
    st.sampled_from(
        [
            *("con apoyo", "apoyo", "mediante", "ante", "coordinación", "acompañamiento", "disposición", "entregados"),
            *("entregado", "con", "de", "del", "a", "al", "la", "el", "los", "las", "policía", "fueron", ",", ".", ";"),
        ]
    ),
    max_size=14,
).map(" ".join)


@given(_HELPED)
@example("mediante la policía")
def test_whoever_helped_is_told_wherever_the_expression_tells_it(raw: str) -> None:
    text = Text(raw)
    for at, (_, start, _) in enumerate(text.words):
        if spanish_scope._HELPERS.search(text.plain, max(start - 40, 0), start):
            assert spanish_scope._may_help(text.plains, at)

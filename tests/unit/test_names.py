"""Names of people and organisations compared: both naming customs, and what must never pass for one person."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.name_parts import parse_name
from processors.correlation.name_tokens import like, sound
from processors.correlation.names import SIMILAR, compare_names
from processors.reference.person_names import default_person_names

_LINES = Path(__file__).with_name("data").joinpath("name_pairs.csv").read_text(encoding="utf-8").splitlines()
PAIRS = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))

GIVEN = ("José", "María", "Luis", "Rosa Elena", "Walter", "Paco", "Ana", "Jesús")
SURNAMES = ("Muestra", "Ejemplo", "Hernández", "Samplefield", "Ficticio", "de la Cruz", "Ruiz-Prueba", "Núñez")
fictional = st.builds(lambda first, last: f"{first} {last}", st.sampled_from(GIVEN), st.sampled_from(SURNAMES))
anything = st.text(max_size=40)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['left']} / {pair['right']}")
def test_pairs_of_both_customs(pair: dict[str, str]) -> None:
    compared = compare_names(pair["left"], pair["right"])
    assert (compared.score >= SIMILAR) == (pair["similar"] == "yes"), (pair["why"], compared)


def test_there_are_enough_pairs_of_either_kind() -> None:
    verdicts = [pair["similar"] for pair in PAIRS]
    assert len(verdicts) >= 150
    assert min(verdicts.count("yes"), verdicts.count("no")) >= 50


@given(st.one_of(fictional, anything), st.one_of(fictional, anything))
@settings(max_examples=400)
def test_it_is_symmetric_bounded_and_the_same_each_time(left: str, right: str) -> None:
    there, back = compare_names(left, right), compare_names(right, left)
    assert there == back == compare_names(left, right)
    assert 0.0 <= there.score <= 1.0
    assert there.detail.endswith(".")


@given(fictional)
def test_a_full_name_is_like_itself_in_any_spelling(name: str) -> None:
    assert compare_names(name, name).score == 1.0
    assert compare_names(name, name.upper()).score == 1.0


@given(st.sampled_from(GIVEN), st.sampled_from(SURNAMES))
def test_the_comma_turns_a_name_round(first: str, last: str) -> None:
    assert compare_names(f"{first} {last}", f"{last}, {first}").score == 1.0


@given(st.sampled_from(["José", "María", "Luis", "Walter"]), st.sampled_from(["Ana", "Pedro", "Hugo"]))
def test_different_given_names_are_different_people(one: str, other: str) -> None:
    assert compare_names(f"{one} Hernández Soto", f"{other} Hernández Soto").score < SIMILAR


@given(anything)
def test_a_name_of_one_word_reaches_the_threshold_at_most(name: str) -> None:
    parsed = parse_name(name)
    if len(parsed.parts) == 1:
        assert compare_names(name, "Muestra").score <= 0.7


def test_the_detail_says_which_parts_matched_how() -> None:
    detail = compare_names("Paco Chavez Muestra", "Francisco Chabes").detail
    assert "francisco ~ paco (a familiar form)" in detail
    assert "(the same sound in Spanish)" in detail
    assert "on one side only: muestra" in detail


@pytest.mark.parametrize(
    ("one", "other"),
    [("vaca", "baca"), ("ceballos", "cevayos"), ("ximenez", "jimenez"), ("hilda", "ilda"), ("guadalupe", "wadalupe")],
)
def test_words_that_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_known_names_that_differ_are_no_slips() -> None:
    assert not like("romero", "robles").score
    assert not like("mario", "maria").score
    assert not like("soto", "sosa").score
    assert like("samplefield", "samplefeild").score > 0.8


@pytest.mark.parametrize(
    ("left", "right", "similar"),
    [
        ("Comercializadora Ejemplo, S.A. de C.V.", "COMERCIALIZADORA EJEMPLO SA DE CV", True),
        ("Transportes Muestra S. de R.L.", "Transportes Muestra", True),
        ("Sample Trading LLC", "Sampel Trading, L.L.C.", True),
        ("A.B.C. Company", "ABC Company", True),
        ("Transportes Muestra S.A.", "Transportes Ejemplo S.A.", False),
        ("Sample Fund II LP", "Sample Fund III LP", False),
        ("Constructora Ficticia del Norte SA", "Constructora Inventada del Norte SA", False),
        ("Muestra Sp. z o.o.", "MUESTRA SP ZOO", True),
        ("Ejemplo Aktiengeselschaft", "Ejemplo AG", True),
        ("SAMPLE PARTS JOINT STOCK COMPAN", "Sample Parts Joint Stock Company", True),
        ("Brigada Ficticia Group Forty 4", "Brigada Ficticia Group 44", True),
        ("Brigada Ficticia Group Forty 4", "Brigada Ficticia Group 45", False),
        ("Sample Capital Partners V L.P.", "Sample Capital Partners V LP", True),
        ("Sample Capital Partners V L.P.", "Sample Capital Partners VI L.P.", False),
        ("Societatea cu Raspundere Limitata Muestra Norte", "SRL Muestra Norte", True),
    ],
)
def test_organisations(left: str, right: str, similar: bool) -> None:
    assert (compare_names(left, right).score >= SIMILAR) is similar


@pytest.mark.parametrize(
    ("left", "right", "similar"),
    [
        ("Omar bin Hasan al-Muestra", "Hasan bin Omar al-Muestra", False),
        ("Salman ibn Ejemplo al-Muestra", "Ejemplo ibn Salman al-Muestra", False),
        ("Omar bin Hasan al-Muestra", "OMAR HASAN AL MUESTRA", True),
        ("Dario Muestra Quilmes", "Muestra Quilmes, Dario", True),
    ],
)
def test_a_father_is_not_his_son(left: str, right: str, similar: bool) -> None:
    assert (compare_names(left, right).score >= SIMILAR) is similar


def test_given_names_name_only_known_full_names() -> None:
    names = default_person_names()
    full = set(names.given)
    unknown = {one for name in names.given.values() for one in name.short_for if one not in full}
    # Familiar forms of rarer names: the full name need not be common.
    assert len(unknown) < 40, sorted(unknown)

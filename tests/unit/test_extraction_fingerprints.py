"""Copies of a text meet, other texts don't; nothing depends on the machine or the process."""

import os
import random
import subprocess
import sys
from operator import mul
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.fingerprints import (
    BANDS,
    SAME_TEXT,
    TextFingerprint,
    blocking_bands,
    details_conflict,
    estimate_similarity,
    fingerprint,
)
from processors.extraction.texts import Text
from processors.protection.events import WITHHELD
from tests.unit import press_copies as press


def _print(text: str) -> TextFingerprint:
    found = fingerprint(Text(text))
    assert found is not None
    return found


def _similarity(left: str, right: str) -> float:
    return estimate_similarity(_print(left).bands, _print(right).bands)


def _meet(left: str, right: str) -> bool:
    return bool({*blocking_bands(_print(left).bands)} & {*blocking_bands(_print(right).bands)})


def _conflict(left: str, right: str) -> bool:
    return details_conflict(_print(left).details, _print(right).details)


PINNED = TextFingerprint(
    exact="11a9fc03509c18bc1dbe0ce30f8ca385",
    bands=(
        "73795ec773f5",
        "73795ec773f5",
        "73795ec74c20",
        "71645ec74c20",
        "716405b64c20",
        "716405b64c20",
        "716405b64c20",
        "716405b6f5f2",
        "716405b6f5f2",
        "716405b6f5f2",
        "716405b65c38",
        "0ecb05b6805c",
        "0ecbdc18805c",
        "0ecb73f57379",
        "5ec773f57379",
        "5ec773f57379",
    ),
    words=13,
    details=("4f6e55b41b38", "5da7eab09344"),
)
LETTERS = [f"{one}{other}" for one in "abcdefgh" for other in "qrs"]
COPIES = [press.COPY_WITH_HEADLINE, press.COPY_WITH_CUT_TAIL, press.COPY_WITH_CHANGED_PARAGRAPH]


@pytest.mark.parametrize("copy", COPIES)
def test_copies_meet_and_are_similar(copy: str) -> None:
    assert _meet(press.RELEASE, copy)
    assert _similarity(press.RELEASE, copy) >= SAME_TEXT
    assert not _conflict(press.RELEASE, copy)


@pytest.mark.parametrize("other", [press.OTHER_FIGURES, press.OTHER_PLACE])
def test_a_bulletin_with_other_figures_or_places_is_similar_but_conflicts(other: str) -> None:
    assert _similarity(press.RELEASE, other) >= SAME_TEXT
    assert _conflict(press.RELEASE, other)


def test_a_translation_does_not_meet() -> None:
    assert not _meet(press.RELEASE, press.TRANSLATION)
    assert _similarity(press.RELEASE, press.TRANSLATION) < 0.1


def test_releases_that_share_boilerplate_alone_conflict() -> None:
    left, right = (head + press.BOILERPLATE for head in (press.ENGLISH_RELEASE, press.RELEASE_ABOUT_SOMETHING_ELSE))
    assert _similarity(left, right) > 0.2
    assert _conflict(left, right)


def test_exact_is_blind_to_case_accents_and_punctuation_alone() -> None:
    assert _print(press.RELEASE).exact == _print(press.RELEASE.upper().replace(".", " -").replace("Á", "A")).exact
    assert _print(press.RELEASE).exact != _print(press.OTHER_PLACE).exact


def test_numbers_are_compared_by_value() -> None:
    text = "Los agentes ficticios aseguraron {} kilos de cristal en un inmueble de la calle Ejemplo"
    assert not _conflict(text.format("1,500"), text.format("1500"))
    assert not _conflict(text.format("1.5"), text.format("1,50"))
    assert _conflict(text.format("1.5"), text.format("15"))
    assert _conflict(text.format("1,500"), text.format("1.5"))


def test_times_of_day_are_no_details() -> None:
    text = "Actualizado a las {} horas: la nota ficticia sigue igual que antes en todo"
    assert not _conflict(text.format("10:45"), text.format("11:20"))


def test_tokens_of_protected_people_are_one_word() -> None:
    text = "La persona {} declaró ante la fiscalía ficticia que viajaba sola desde hacía tres días"
    left, right = text.format("[P:k1:dhfkaobcpmelga]"), text.format("[P:k2:ppppaobcpmelga]")
    assert _print(left) == _print(right)


def test_withheld_texts_have_none() -> None:
    assert fingerprint(Text(WITHHELD)) is None


def test_short_texts_have_none() -> None:
    assert fingerprint(Text("Aseguran metanfetamina en Villa Inventada, dice ficción")) is None
    assert fingerprint(Text("uno dos tres cuatro cinco seis siete ocho")) is not None
    assert fingerprint(Text("")) is None


def test_values_are_pinned() -> None:
    """Another value here would part the texts of today from all that are stored."""
    found = _print("Uno dos tres 4 cinco seis siete ocho, nueve en Villa Inventada (ficticia).")
    assert found == PINNED


def test_processes_with_other_hash_seeds_agree() -> None:
    code = (
        "from processors.extraction.texts import Text\n"
        "from processors.extraction.fingerprints import fingerprint\n"
        "from tests.unit.press_copies import RELEASE\n"
        "print(fingerprint(Text(RELEASE)))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == str(_print(press.RELEASE))


def test_the_estimate_is_the_jaccard_similarity() -> None:
    """No bias, and an error as 48 rows have it, over texts of 60 words of which a run is replaced."""
    chance = random.Random(4)
    vocabulary = [f"{first}{second}" for first in "bcdfgjlmnprstv" for second in ("a", "o", "an", "es", "ir")]
    errors = []
    for _ in range(400):
        left = [chance.choice(vocabulary) for _ in range(60)]
        run, at = chance.randint(0, 60), chance.randint(0, 60)
        right = left[:at] + [chance.choice(vocabulary) for _ in range(min(run, 60 - at))] + left[at + run :]
        one, other = ({*zip(words, words[1:], words[2:], strict=False)} for words in (left, right))
        errors.append(_similarity(" ".join(left), " ".join(right)) - len(one & other) / len(one | other))
    assert abs(sum(errors) / len(errors)) < 0.015
    assert (sum(error * error for error in errors) / len(errors)) ** 0.5 < 0.08


def _ring_point(shingle: tuple[str, str, str]) -> int:
    """As the module's head has it, one shingle at a time."""
    places = (0x2545F491, 0x1B873593, 0x3C6EF373)
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in shingle]
    mixed: int = sum(map(mul, hashes, places))
    return mixed >> 16 & (1 << 30) - 1


@given(st.lists(st.text("abñ1,", min_size=1, max_size=3), min_size=8, max_size=300))
def test_rows_are_the_first_shingles_at_or_after_fixed_points(words: list[str]) -> None:
    text = Text(" ".join(words))
    found = fingerprint(text)
    if found is None:
        return
    plains = [word.plain for word in text.words]
    ring = [_ring_point(shingle) for shingle in zip(plains, plains[1:], plains[2:], strict=False)]
    for band, written in enumerate(found.bands):
        for row in range(3):
            point = (band + BANDS * row) * (1 << 30) // 48
            first = min(ring, key=lambda shingle: (shingle - point) % (1 << 30))
            assert written[4 * row : 4 * row + 4] == f"{first & 0xFFFF:04x}"


def test_more_words_than_are_kept_hashed() -> None:
    many = [f"{first}{second}{third}" for first in "abcdefghijklmnop" for second in LETTERS for third in LETTERS * 2]
    before = _print(press.RELEASE)
    assert _print(" ".join([*many, *many[:100]])).words > 16_384
    assert _print(press.RELEASE) == before


@given(st.text(max_size=600))
def test_any_text_has_a_fingerprint_of_the_right_shape(text: str) -> None:
    found = fingerprint(Text(text))
    if found is None:
        assert len(Text(text).words) < 8
        return
    assert len(found.bands) == BANDS
    assert all(len(band) == 12 and int(band, 16) >= 0 for band in found.bands)
    assert all(len(detail) == 12 and int(detail, 16) >= 0 for detail in found.details)
    assert estimate_similarity(found.bands, found.bands) == 1
    assert not details_conflict(found.details, found.details)


WORDS = st.lists(
    st.sampled_from(["aseguraron", "45", "kilos", "de", "cristal", "en", "Villa", "12,400", "pastillas"]), min_size=8
)


@given(WORDS, WORDS)
def test_comparisons_are_symmetrical(left: list[str], right: list[str]) -> None:
    one, other = _print(" ".join(left)), _print(" ".join(right))
    assert estimate_similarity(one.bands, other.bands) == estimate_similarity(other.bands, one.bands)
    assert details_conflict(one.details, other.details) == details_conflict(other.details, one.details)


def test_foreign_bands_are_not_compared() -> None:
    assert estimate_similarity((), ()) == 0
    assert estimate_similarity(["00"], _print(press.RELEASE).bands) == 0

"""The language of texts of a few words and of many, of both languages, of others, and of none."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.language import recognise_language
from processors.extraction.texts import fold_in_place

BRIEFINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "briefings"
FILES = {"es": "mx_security_briefings_2019_2024_es.jsonl", "en": "us_whitehouse_2021_2024_en.jsonl"}

SPANISH = (
    "Elementos de un retén ficticio localizaron doce kilos de metanfetamina ocultos en la llanta de refacción. El "
    "conductor quedó a disposición de la autoridad y el vehículo fue asegurado."
)
ENGLISH = (
    "Officers of a fictional port found twelve kilos of methamphetamine hidden in the spare tire. The driver was "
    "turned over to the authorities and the vehicle was seized."
)


def _language(text: str) -> str:
    return recognise_language(fold_in_place(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "es"),
        (ENGLISH, "en"),
        ("Aseguran metanfetamina en paquetería", "es"),
        ("Drug dogs get a new kennel", "en"),
        ("HALLAN 12 MIL PASTILLAS AZULES EN EL PUENTE", "es"),
        ("Officers find pills under a truck bed in Laredo", "en"),
        ("Elementos de la Guardia Nacional", "es"),
        ("U.S.", "und"),
        ("", "und"),
        ("12,400 45.5 2024-03-06", "und"),
        ("XJ-1234 ABC 555-0199 M30", "und"),
        ("Ficticio Ejemplo Pérez de la Cruz", "und"),
        ("María de los Ángeles Ejemplo López, José Luis Ficticio y Ramón del Río", "und"),
        ("Example Smith, Fictional Jones Jr.", "und"),
        ("Nuevo Laredo, Tamaulipas", "und"),
        ("Ciudad de México, San Luis Río Colorado, Sonora", "und"),
        ("Eagle Pass, Texas", "und"),
    ],
)
def test_examples(text: str, language: str) -> None:
    assert _language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "A polícia apreendeu duas toneladas de cocaína no porto. O navio seguia para a Europa.",
        "Polícia apreende cocaína em Santos",
        "La police a saisi deux tonnes de cocaïne dans le port. Les suspects ont été placés en garde à vue.",
        "La polizia ha sequestrato due tonnellate di cocaina nel porto. Gli arrestati sono sette.",
        "Die Polizei hat im Hafen zwei Tonnen Kokain gefunden. Drei Personen wurden festgenommen.",
        "De politie heeft in de haven twee ton cocaine gevonden en drie mannen aangehouden.",
        "Els mossos han detingut dues persones amb droga a la ciutat i els agents han trobat una pistola.",
        "Полиция изъяла две тонны кокаина в порту",
        "警方在港口查获两吨可卡因",
    ],
)
def test_third_languages_are_not_told(text: str) -> None:
    assert _language(text) == "und"


def test_the_greater_part_decides() -> None:
    assert _language(f"{SPANISH} {SPANISH} {ENGLISH}") == "es"
    assert _language(f"{ENGLISH} {SPANISH} {ENGLISH}") == "en"
    assert _language(f"{SPANISH} " * 20 + f"{ENGLISH} " * 60) == "en"
    assert _language(f"{ENGLISH} " * 20 + f"{SPANISH} " * 60) == "es"


def test_a_long_text_is_sampled_from_end_to_end() -> None:
    quoted = f"{ENGLISH} " * 40
    assert _language(quoted + f"{SPANISH} " * 400) == "es"
    assert _language("x" * 262_144) == "und"


@given(st.text(max_size=400))
def test_any_text_has_an_answer(text: str) -> None:
    assert _language(text) in {"en", "es", "und"}
    assert _language(text) == _language(text)


@given(st.permutations(SPANISH.split()))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert _language(" ".join(words)) == "es"


@pytest.mark.parametrize(("words", "right", "wrong"), [(5, 0.85, 0.005), (10, 0.96, 0.002), (20, 0.99, 0.001)])
@pytest.mark.parametrize("language", ["es", "en"])
def test_accuracy_on_real_sentences(language: str, words: int, right: float, wrong: float) -> None:
    path = BRIEFINGS / FILES[language]
    if not path.exists():
        pytest.skip("the briefings, which are not part of the project, aren't here")
    chance = random.Random(9)
    texts = [json.loads(line)["text"].split() for line in path.read_text(encoding="utf-8").splitlines()]
    cuts = []
    for _ in range(2000):
        text = chance.choice([text for text in texts if len(text) >= words])
        start = chance.randint(0, len(text) - words)
        cuts.append(_language(" ".join(text[start : start + words])))
    assert cuts.count(language) / len(cuts) >= right
    assert (len(cuts) - cuts.count(language) - cuts.count("und")) / len(cuts) <= wrong

"""Seizure mentions in Spanish. All sentences here were invented; no person, place of a find or figure is real."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.extraction import spanish_link
from processors.extraction.mentions import Mention, find_mentions
from processors.extraction.spanish_rules import SPANISH_RULES
from processors.extraction.texts import Text
from processors.reference import default_reference

SHARED = Path(os.environ.get("PUENTE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
SCORER = SHARED.parent / "eval" / "score_extraction.py"


def read(raw: str) -> list[Mention]:
    return find_mentions(Text(raw, "es", country="MX"), default_reference())


def amounts(raw: str) -> list[tuple[str, float | None, str | None]]:
    return [(one.commodity, one.quantity, one.unit) for one in read(raw)]


FOUND: dict[str, tuple[str, list[tuple[str, float, str]]]] = {
    "unit and good": ("Aseguraron 31 kilos de cocaína.", [("cocaine", 31, "kg")]),
    "a half behind the unit": ("Decomisaron kilo y medio de heroína.", [("heroin", 1.5, "kg")]),
    "unit left out": (
        "Se aseguraron siete kilogramos de cocaína, cuatro de heroína y 11 de fentanilo.",
        [("cocaine", 7, "kg"), ("heroin", 4, "kg"), ("fentanyl", 11, "kg")],
    ),
    "good before": (
        "Lo decomisado: armas de fuego, nueve; cargadores, 31; cartuchos, dos mil 5; cocaína, 17.",
        [("firearm", 9, "unit"), ("magazine", 31, "unit"), ("ammunition", 2005, "unit"), ("cocaine", 17, "kg")],
    ),
    "good before the measure": ("En goma de opio, un total de 3.5 kilogramos.", [("opium_poppy", 3.5, "kg")]),
    "noun left out": (
        "Les aseguraron cinco armas cortas y ocho largas.",
        [("firearm", 5, "unit"), ("firearm", 8, "unit")],
    ),
    "restated": (
        "Se decomisaron más de dos toneladas, es decir, dos mil 80 kilos de metanfetamina.",
        [("methamphetamine", 2, "t"), ("methamphetamine", 2080, "kg")],
    ),
    "in another form": (
        "Se aseguraron dos kilos de fentanilo en 19 mil pastillas.",
        [("fentanyl", 2, "kg"), ("fentanyl", 19_000, "pill")],
    ),
    "this drug": (
        "En heroína, ocho kilos en mayo y en junio 12 kilos de este enervante.",
        [("heroin", 8, "kg"), ("heroin", 12, "kg")],
    ),
    "explained behind": (
        "Se han asegurado 71 kilogramos y 5 mil pastillas. Esto es fentanilo.",
        [("fentanyl", 71, "kg"), ("fentanyl", 5000, "pill")],
    ),
    "two drugs under one weight": ("Aseguraron 40 kilos de marihuana y cristal.", [("drugs_unspecified", 40, "kg")]),
    "cash in both currencies": (
        "Se aseguraron 90 mil pesos y 1.2 millones de dólares.",
        [("cash", 90_000, "MXN"), ("cash", 1_200_000, "USD")],
    ),
    "persons and a thing": (
        "Detuvieron a tres hombres con un arma larga y una granada.",
        [("person_detained", 3, "person"), ("firearm", 1, "unit"), ("grenade_explosive", 1, "unit")],
    ),
    "migrants": ("Fueron rescatados 44 migrantes.", [("migrant", 44, "person")]),
    "victims": ("Fueron liberadas dos víctimas de secuestro.", [("victim", 2, "person")]),
    "thousands with a dot": ("Aseguraron 2.350 cartuchos.", [("ammunition", 2350, "unit")]),
    "precursor by name": ("Aseguraron 30 kilos de 4-piperidona.", [("precursor", 30, "kg")]),
    "corrected at once": ("Se aseguraron 12 mil o 12 toneladas de marihuana.", [("marijuana", 12, "t")]),
    "a million of things": ("Se han asegurado dos millones de cartuchos.", [("ammunition", 2_000_000, "unit")]),
}


@pytest.mark.parametrize(("raw", "expected"), FOUND.values(), ids=FOUND.keys())
def test_a_way_of_telling_is_read(raw: str, expected: list[tuple[str, float, str]]) -> None:
    assert amounts(raw) == expected


NOTHING = {
    "street value": "El valor de lo perdido es de 90 millones de pesos.",
    "production avoided": "Se evitó la producción de 12 toneladas de metanfetamina.",
    "shares": "En cocaína 45 por ciento, en armas de fuego 12 por ciento, en detenidos el 30 por ciento.",
    "handed in": "En el programa de desarme se entregaron y destruyeron 412 armas de fuego y 30 granadas.",
    "regularised": "Van 90 mil vehículos regularizados en el módulo.",
    "sold": "Fueron comercializadas 33 mil armas de fuego a empresas.",
    "deployed": "Se desplegaron 400 elementos con 30 vehículos.",
    "phone chargers": "Le aseguraron tres cargadores de teléfono.",
    "only searched": "Realizaron un cateo a un inmueble.",
    "dates and ages": "El 12 de marzo de 2031, a los 33 años, declaró sobre la cocaína.",
    "several": "Aseguraron varios kilos de cocaína, cientos de cartuchos y el vehículo.",
    "killed": "Fueron asesinadas cinco personas con armas de fuego.",
    "no good": "Recuperaron 30 toneladas de fierro.",
    "carrier": "Viajaban a bordo de dos camionetas cuando los detuvieron.",
}


@pytest.mark.parametrize("raw", NOTHING.values(), ids=NOTHING.keys())
def test_what_was_not_seized_is_not_read(raw: str) -> None:
    assert amounts(raw) == []


def test_a_dose_equivalent_is_left_out() -> None:
    assert amounts("Aseguraron 20 kilos de heroína, que serían 400 mil dosis.") == [("heroin", 20, "kg")]


def test_a_figure_told_twice_counts_once() -> None:
    raw = "En Tecate se aseguraron 21 kilos de cocaína. Como decíamos, 21 kilos de cocaína."
    assert amounts(raw) == [("cocaine", 21, "kg")]


@pytest.mark.parametrize(
    ("raw", "approximate"),
    [
        ("Aseguraron más de 20 kilos de cocaína.", True),
        ("Aseguraron casi una tonelada de cocaína.", True),
        ("Aseguraron aproximadamente 20 kilos de cocaína.", True),
        ("Aseguraron 20 kilos de cocaína.", False),
        ("Aseguraron entre 10 y 12 kilos de cocaína.", True),
    ],
)
def test_a_rough_amount_is_marked(raw: str, approximate: bool) -> None:
    assert [one.approximate for one in read(raw)] == [approximate]


@pytest.mark.parametrize(
    ("raw", "cumulative"),
    [
        ("En lo que va del año se aseguraron 20 kilos de cocaína.", True),
        ("Del 3 al 17 de mayo se aseguraron 20 kilos de cocaína.", True),
        ("Se han asegurado 20 kilos de cocaína.", True),
        ("Ayer se aseguraron 20 kilos de cocaína.", False),
        ("El 3 de mayo se aseguraron 20 kilos de cocaína.", False),
        ("Se aseguraron 20 kilos de cocaína.", False),
    ],
)
def test_a_total_over_time_is_marked(raw: str, cumulative: bool) -> None:
    assert [one.cumulative for one in read(raw)] == [cumulative]


@pytest.mark.parametrize(
    ("raw", "place", "state"),
    [
        ("En Tijuana, Baja California, aseguraron 20 kilos de cocaína.", "Tijuana", "Baja California"),
        ("Aseguraron 20 kilos de cocaína en Navolato.", "Navolato", "Sinaloa"),
        ("En el municipio de Cajeme aseguraron 20 kilos de cocaína.", "Cajeme", "Sonora"),
        ("En Sonora aseguraron 20 kilos de cocaína.", "Sonora", "Sonora"),
        ("En El Rincón Fingido, Durango, aseguraron 20 kilos de cocaína.", "El Rincón Fingido", "Durango"),
        ("Aseguraron 20 kilos de cocaína con destino a Tijuana.", None, None),
        ("El cártel de Sinaloa perdió 20 kilos de cocaína.", None, None),
    ],
)
def test_the_place_is_where_it_happened(raw: str, place: str | None, state: str | None) -> None:
    assert [(one.place, one.state) for one in read(raw)] == [(place, state)]


def test_each_place_has_its_amount() -> None:
    raw = "Se destruyeron 12 laboratorios: siete en Sinaloa, cuatro en Durango y uno en Sonora."
    found = [(one.quantity, one.place) for one in read(raw)]
    assert found[1:] == [(7, "Sinaloa"), (4, "Durango"), (1, "Sonora")]


def test_the_leading_body_is_named_and_the_helper_is_not() -> None:
    raw = "La Guardia Nacional, con apoyo de la Secretaría de Marina, aseguró 20 kilos de cocaína."
    assert [one.agency for one in read(raw)] == ["Guardia Nacional"]


def test_the_substance_and_the_rule_are_given() -> None:
    (one,) = read("Aseguraron 20 kilos de ketamina.")
    assert (one.commodity, one.substance, one.rule) == ("other_drug", "ketamine", "es-measure-of-good")


WORDS = (
    "aseguraron 20 mil tres un una y medio de kilos toneladas litros cocaína fentanilo armas largas cargadores , . ; en"
    " Tijuana Sonora pesos dólares personas detenidas más que por ciento es decir laboratorios 1,5 entre a"
)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join)))
def test_any_text_is_read_without_a_crash_and_spans_hold(raw: str) -> None:
    for one in read(raw):
        assert 0 <= one.start < one.end <= len(raw)
        assert one.text == raw[one.start : one.end]
        assert one.quantity is not None
        assert one.quantity >= 0
        assert one.place is None or one.place in raw


@pytest.mark.skipif(not (SHARED / "labels").is_dir(), reason="the labelled passages are not on this machine")
@pytest.mark.parametrize(("options", "floor"), [(["--core"], 0.92), ([], 0.90)], ids=["core", "all"])
def test_the_labelled_passages_are_read_well_enough(tmp_path: Path, options: list[str], floor: float) -> None:
    labels = SHARED / "labels" / "es_dev.jsonl"
    lines = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(
        "".join(
            json.dumps({"id": line["id"], "mentions": [one._asdict() for one in read(line["text"])]}) + "\n"
            for line in lines
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(SCORER), str(labels), str(predicted), *options], capture_output=True, text=True, check=True
    )
    scores = json.loads(done.stdout.splitlines()[-1])
    assert scores["f1"] >= floor
    assert min(scores["place"], scores["cumulative"], scores["approximate"]) >= 0.90


def test_each_rule_has_the_sentence_that_an_analyst_reads() -> None:
    found = {one.rule for raw, _ in FOUND.values() for one in read(raw)}
    assert found <= SPANISH_RULES.keys()
    source = Path(spanish_link.__file__).with_name("spanish_link.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(es-[a-z-]+)"', source)) == SPANISH_RULES.keys()

"""The words of goods, amounts and looks in both languages, and how a reason reads in each. All of it is made up."""

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.explaining import explain_link
from deploy.explaining_dossier import describe_dossier
from deploy.explaining_events import describe_amount
from processors.correlation.compared import _COLOURS
from processors.correlation.features import FEATURES
from processors.correlation.links import compare
from processors.correlation.sentences import LEVELS, sentences
from processors.correlation.sides import make_side
from processors.correlation.weights import WEIGHTS
from processors.correlation.wording import (
    COLOURS,
    COMMODITIES,
    CONVEYANCES,
    GUN_TYPES,
    UNITS,
    Lang,
    figure,
    word_goods,
    word_looks,
    word_value,
    word_vehicle,
)
from processors.reference import default_reference
from streams.contracts.conveyances import Conveyance
from streams.reports import Commodity
from tests.derived import make_network
from tests.unit.correlating import PLACES, identifier, make_record

ENGLISH = frozenset(
    {name for one in (COMMODITIES, UNITS, COLOURS, GUN_TYPES) for code, words in one.items()
     for name in (code, *re.split(r"\W+", words[0])) if name not in words[1]}
)  # fmt: skip
"""Words of the tables that aren't Spanish too."""
SPAN = {"precision": "minute", "zone": "UTC", "zone_from": "record"}


def told(number: int, *items: dict[str, Any], **parts: Any) -> Any:
    times = {name: f"2026-03-05T{7 + number:02}:{minute}:00.000Z" for name, minute in (("start", "00"), ("end", "59"))}
    goods = [{"ordinal": at, "kind": "x", **one} for at, one in enumerate(items)]
    at = {"when": {**times, **SPAN}, "place": PLACES[0], "count_basis": "incident"} | parts
    return make_record(number, agency=f"a-{number}", items=goods, **at)


def lines(left: Any, right: Any, lang: Lang) -> str:
    left, right = sorted((left, right), key=lambda one: str(one["id"]))
    link = compare(make_side(left, lambda _key: 2), make_side(right, lambda _key: 2))
    assert link is not None
    return "\n".join(explain_link(link, lang))


def words_of(text: str) -> set[str]:
    return set(re.split(r"\W+", text))


def test_every_code_has_a_word() -> None:
    assert set(COMMODITIES) == set(get_args(Commodity))
    assert set(CONVEYANCES) == set(get_args(Conveyance.model_fields["kind"].annotation))
    assert set(_COLOURS.values()) <= set(COLOURS)
    guns = default_reference().firearms
    types = {*guns.types.values(), *(model.type for models in guns.models.values() for model in models)}
    assert types <= set(GUN_TYPES)


def test_every_level_says_a_sentence_of_its_feature_in_both_languages() -> None:
    named = {feature.__name__: feature for feature, _ in FEATURES}
    for name, level in LEVELS:
        assert level in WEIGHTS[name]
        english, spanish = sentences(named[name], level)
        assert english != spanish
        assert not {sentence[-1] for sentence in (english, spanish)} & {".", ":"}
    # What agrees, and what does not, never reads the same.
    assert len({sentences(named["tell_event"], level) for level in WEIGHTS["tell_event"]}) == len(WEIGHTS["tell_event"])


@pytest.mark.parametrize(
    ("said", "english", "spanish"),
    [
        ("fentanyl 40 pill, 5 kg", "fentanyl 40 pills, 5 kg", "fentanilo 40 pastillas, 5 kg"),
        ("2026-03-05 08:00, Laredo, firearm 1 unit", "2026-03-05 08:00, Laredo, firearms 1 piece",
         "2026-03-05 08:00, Laredo, armas de fuego 1 pieza"),
        ("cash 1,234,567 USD", "cash 1,234,567 USD", "efectivo 1,234,567 USD"),
        ("drugs_unspecified", "drugs, unspecified", "drogas sin especificar"),
        ("Cash City, 2.5 l", "Cash City, 2.5 l", "Cash City, 2.5 l"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_goods_are_told_in_words(said: str, english: str, spanish: str) -> None:
    assert (word_goods(said, "en"), word_goods(said, "es")) == (english, spanish)


def test_looks_are_told_in_words() -> None:
    assert word_looks("ford f 150 red / ford f 150", "es") == "ford f 150 rojo / ford f 150"
    assert word_looks("Glock 19 9x19 submachine_gun", "en") == "Glock 19 9x19 submachine gun"
    assert word_looks("red river special", "es") == "red river special"
    assert word_vehicle("white ford f 150", "es") == "ford f 150 blanco"
    assert word_vehicle("white ford f 150", "en") == "white ford f 150"
    assert (word_vehicle("vessel", "es"), word_vehicle("white", "es")) == ("embarcación", "blanco")


@given(st.floats(1e-4, 1e9))
def test_a_figure_is_never_written_with_an_exponent(amount: float) -> None:
    written = figure(amount)
    assert "e" not in written
    assert float(written.replace(",", "")) == pytest.approx(amount, rel=0.01)
    assert word_goods(f"ammunition {written} round", "es").startswith(f"municiones {written} cartucho")


@given(st.sampled_from(["tell_event", "look_same", "share_plate"]), st.text())
def test_any_text_is_put_into_words(feature: str, said: str) -> None:
    assert word_value(feature, word_value(feature, said, "en"), "en") is not None
    assert word_value("share_plate", said, "es") == said


def test_an_event_told_twice_reads_in_spanish_without_an_english_word() -> None:
    ours = {"commodity": "fentanyl", "mass_kg": 5.0, "count": 40, "count_unit": "package"}
    theirs = {"commodity": "fentanyl", "mass_kg": 5.1, "count": 50, "count_unit": "package"}
    spanish = lines(told(1, ours), told(2, theirs), "es")
    assert " narra: 2026-03-05 08:00, Laredo, fentanilo 40 paquetes, 5 kg" in spanish
    assert " narra: 2026-03-05 09:00, Laredo, fentanilo 50 paquetes, 5.1 kg" in spanish
    assert "tres horas de diferencia, de la misma cantidad de la misma mercancía: fentanilo 5" in spanish
    assert not ENGLISH & words_of(spanish)
    assert not {"when", "items", "writes"} & words_of(spanish)


def test_litres_of_a_text_are_litres_of_an_item() -> None:
    says: Any = {
        "field": "body",
        "as_written": "200 litros",
        "commodity": "methamphetamine",
        "qty_si": 200.0,
        "unit": "l",
    }
    seized = told(1, {"commodity": "methamphetamine", "volume_l": 200.0})
    news = told(2, told=[says], kind="news", when={**seized["when"], "start": "2026-03-05T20:00:00.000Z",
                                                   "end": "2026-03-05T20:00:59.000Z"})  # fmt: skip
    assert "la misma cantidad de la misma mercancía: metanfetamina 200 l." in lines(seized, news, "es")


def test_texts_and_looks_read_in_spanish_too() -> None:
    texts = [{"field": "narrative.text", "exact": "0", "words": 40, "minhash": [f"{at}" for at in range(16)]}]
    vin = identifier("vin", "1M8GDM9AXKP042788", "conveyances[0].vin")

    def one(number: int) -> Any:
        looks = {"field": "conveyances[0]", "kind": "vehicle", "make": "ford", "model": "f 150", "colour": "red"}
        return told(number, texts=texts) | {"identifiers": [vin], "vehicles": [looks]}

    spanish, english = (lines(one(1), one(2), lang) for lang in ("es", "en"))
    assert ": un texto de 40 palabras en narrative.text" in spanish
    assert ": a text of 40 words in narrative.text" in english
    assert "calibre: ford f 150 rojo." in spanish
    assert " dice de conveyances[0].vin: ford f 150 rojo" in spanish
    assert not ENGLISH & words_of(spanish)


def test_a_dossier_reads_in_spanish() -> None:
    network = make_network(
        vehicles=[{"looks": ["red kia forte", "vehicle"], "reports": 2}, {"plates": ["TST1001"], "reports": 1}],
        firearms=[{"make": "Colt", "model": "1911", "type": "pistol", "calibre": ".38 Super", "reports": 1}],
        people=[{"names": ["Perla Inventada Soto"], "born": "1985-08-15", "reports": 1}],
    )
    spanish = "\n".join(describe_dossier(network, "es"))
    assert "kia forte rojo / vehículo: en 2 informes" in spanish
    assert "vehículo, placa TST1001: en 1 informe" in spanish
    assert "Colt 1911 pistola .38 Super: en 1 informe" in spanish
    assert "fecha de nacimiento 1985-08-15" in spanish
    assert "vehicle, plate TST1001: in 1 record" in "\n".join(describe_dossier(network, "en"))


def test_an_amount_over_a_million_is_written_out_and_one_piece_is_one() -> None:
    many: Any = {"commodity": "fentanyl", "measure": "count", "unit": "pill", "value": 1_234_567.0}
    one: Any = {"commodity": "firearm", "measure": "count", "unit": "unit", "value": 1.0}
    assert describe_amount(many, "es") == "fentanilo 1,234,567 pastillas"
    assert describe_amount(one, "es") == "armas de fuego 1 pieza"

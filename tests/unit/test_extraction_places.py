"""Places in free text: invented sentences with the places that a reader finds (`place_sentences.py`), and what always
holds.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.places import FoundPlace, Home, agency_home, find_place_names, find_places
from processors.extraction.texts import Text
from processors.reference import default_reference
from streams.registry import Agency, default_registry
from tests.unit.place_sentences import ENGLISH, SPANISH

REFERENCE = default_reference()


def codes(place: FoundPlace) -> str:
    marks = [f" {one['kilometre']:g}" for one in place.candidates if "kilometre" in one]
    return " ".join(one["code"] for one in place.candidates) + "".join(marks)


def read(sentence: str, home: Home | None = None) -> list[tuple[str, str]]:
    return [(place.as_written, codes(place)) for place in find_places(Text(sentence), REFERENCE, home)]


@pytest.mark.parametrize(("sentence", "expected"), SPANISH)
def test_spanish_sentences(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert read(sentence, Home("MX")) == expected


@pytest.mark.parametrize(("sentence", "expected"), ENGLISH)
def test_english_sentences(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert read(sentence, Home("US")) == expected


def test_there_are_enough_sentences() -> None:
    assert len(SPANISH) + len(ENGLISH) >= 80


def test_the_publisher_s_area_settles_what_nothing_else_does() -> None:
    sentence = "Un arresto en Nogales."
    assert read(sentence, Home("MX", "MX-SON")) == [("Nogales", "26043")]
    assert read(sentence, Home("MX", "MX-VER")) == [("Nogales", "30115")]
    assert read(sentence, Home("US")) == [("Nogales", "5306611")]
    assert read(sentence) == [("Nogales", "26043 30115 5306611")]
    # What the text says outranks it.
    assert read("Un arresto en Nogales, Veracruz.", Home("MX", "MX-SON")) == [("Nogales", "30115")]


def test_an_agency_that_watches_the_border_means_its_towns() -> None:
    sentence = "Agents arrested three in Douglas."
    assert len(find_places(Text(sentence), REFERENCE, Home("US"))[0].candidates) > 1
    [place] = find_places(Text(sentence), REFERENCE, Home("US", border=True))
    assert (codes(place), place.rule) == ("5293083", "border_agency")
    assert agency_home(default_registry()["cbp"], REFERENCE).border


def test_a_state_s_own_agency_knows_its_state() -> None:
    own = agency(level="state", name_es="Fiscalía Ficticia del Estado de Guerrero", name_en="Fictional Prosecutor")
    home = agency_home(own, REFERENCE)
    assert home == Home("MX", "MX-GRO")
    [place] = find_places(Text("Hubo detenciones en Guerrero."), REFERENCE, home)
    assert (codes(place), place.rule) == ("MX-GRO", "home_state")


def test_the_country_of_the_text_is_a_home() -> None:
    [place] = find_places(Text("An arrest in Nogales.", country="US"), REFERENCE)
    assert (codes(place), place.rule) == ("5306611", "home_country")


def test_a_bridge_of_two_cities_is_settled_by_its_twin() -> None:
    assert read("El Puente Internacional II de Piedras Negras.")[0] == ("Puente Internacional II", "2303")
    [place] = find_places(Text("El Puente Internacional II."), REFERENCE)
    assert {one["code"] for one in place.candidates} == {"2303", "2304"}


def test_a_candidate_has_point_cell_and_corridor() -> None:
    [place] = find_places(Text("Agents in Laredo, Texas."), REFERENCE)
    assert place == (
        10,
        16,
        "Laredo",
        [
            {
                "kind": "city",
                "code": "4705349",
                "name": "Laredo",
                "country": "US",
                "state": "US-TX",
                "lat": 27.506,
                "lon": -99.508,
                "h3": "874880d8effffff",
                "corridor": "laredo-nuevo_laredo",
            }
        ],
        "state_beside",
    )
    # The middle of an area lies in a cell that says nothing, and a bridge's point is its port's.
    for sentence in ("En Culiacán.", "In Webb County.", "At the World Trade Bridge."):
        [coarse] = find_places(Text(sentence), REFERENCE)
        assert "h3" not in coarse.candidates[0]


def test_names_and_the_states_beside_them() -> None:
    text = Text("En Opodepe, Sonora, y en Culiacán; la colonia Guerrero no.")
    assert find_place_names(text, REFERENCE) == [(3, 10, "Opodepe", "Sonora"), (25, 33, "Culiacán", None)]


def agency(**changes: object) -> Agency:
    return default_registry()["fgr"].model_copy(update=changes)


def test_an_agency_s_area() -> None:
    assert agency_home(default_registry()["cbp"], REFERENCE) == Home("US", border=True)
    state = agency(
        level="state", name_es="Fiscalía Ficticia del Estado de Sonora", name_en="Fictional State Prosecutor"
    )
    assert agency_home(state, REFERENCE) == Home("MX", "MX-SON")
    county = agency(
        country="US",
        level="county",
        name_en="San Diego County District Attorney (fictional)",
        name_es="Fiscalía ficticia",
    )
    assert agency_home(county, REFERENCE) == Home("US", "US-CA")
    assert agency_home(agency(name_es="Fiscalía Federal de Sonora"), REFERENCE) == Home("MX")


WORDS = st.lists(
    st.sampled_from(
        [
            "en",
            "de",
            "del",
            "y",
            ",",
            "(",
            ")",
            ".",
            "\n",
            "Nogales",
            "Sonora",
            "Juárez",
            "Laredo",
            "Texas",
            "Benito",
            "Guerrero",
            "Puente",
            "Internacional",
            "II",
            "km",
            "24",
            "carretera",
            "México-Nogales",
            "I-35",
            "Webb",
            "County",
            "condado",
            "garita",
            "San",
            "Luis",
            "Río",
            "Colorado",
            "Sin.",
            "TX",
            "Hidalgo",
            "port",
            "of",
            "entry",
            "Ñ",
            "á",
            "ß",
            "🚚",
        ]
    ),
    max_size=40,
)


@given(st.one_of(st.text(max_size=300), WORDS.map(" ".join)), st.sampled_from([None, Home("MX"), Home("US", "US-TX")]))
def test_any_text_gives_spans_in_order_and_known_places(raw: str, home: Home | None) -> None:
    text = Text(raw)
    done = 0
    for place in find_places(text, REFERENCE, home):
        assert done <= place.start < place.end <= len(raw)
        assert place.as_written == raw[place.start : place.end]
        assert 1 <= len(place.candidates) <= 5
        assert place.rule
        for one in place.candidates:
            assert one["country"] == one.get("state", one["country"])[:2]
        done = place.end
    assert find_places(text, REFERENCE, home) == find_places(Text(raw), REFERENCE, home)
    for name in find_place_names(text, REFERENCE):
        assert name.name == raw[name.start : name.end]

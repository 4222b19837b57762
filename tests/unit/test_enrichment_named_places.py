"""Names of places in fields of their own: expected codes from INEGI, FIPS and GeoNames."""

from typing import Any

import pytest

from processors.enrichment.named_places import read_road
from processors.extraction.place_names import resolve_name
from processors.reference import default_reference
from tests.unit.test_enrichment_places import code, place


@pytest.mark.parametrize(
    ("fields", "kind", "number", "corridor"),
    [
        ({"municipality": "Culiacán"}, "municipality", "25006", None),
        ({"municipality": "culiacan", "state": "Sin."}, "municipality", "25006", None),
        ({"municipality": "Juárez", "state": "Chihuahua"}, "municipality", "08037", "el_paso-ciudad_juarez"),
        ({"municipality": "Ciudad Juárez"}, "municipality", "08037", "el_paso-ciudad_juarez"),
        ({"municipality": "Ecatepec", "state": "Edo. Mex."}, "municipality", "15033", None),
        ({"municipality": "Gustavo A. Madero", "state": "CDMX"}, "municipality", "09005", None),
        ({"municipality": "Nogales", "state": "Sonora"}, "municipality", "26043", "nogales-nogales"),
        ({"municipality": "Guerrero", "state": "Tamaulipas"}, "municipality", "28014", None),
        ({"locality": "Ciudad Obregón", "state": "Sonora"}, "municipality", "26018", None),
        ({"locality": "Los Mochis"}, "municipality", "25001", None),
        ({"locality": "La Rumorosa", "municipality": "Tecate", "state": "B.C."}, "locality", "4000390",
         "tecate-tecate"),
        ({"locality": "Nuevo Progreso", "municipality": "Río Bravo", "state": "Tamaulipas"}, "locality", "3522525",
         "progreso-nuevo_progreso"),
        ({"locality": "Rancho Ficticio", "municipality": "Tijuana", "state": "B.C."}, "municipality", "02004",
         "san_diego-tijuana"),
        ({"codes": code("inegi", "25006")}, "municipality", "25006", None),
        ({"codes": code("inegi", "280270001")}, "municipality", "28027", "laredo-nuevo_laredo"),
        ({"codes": code("inegi", "25006"), "state": "Texas"}, "municipality", "25006", None),  # a code outranks a name
        ({"codes": code("FIPS", "48479")}, "county", "48479", "laredo-nuevo_laredo"),
        ({"municipality": "Webb County", "state": "TX"}, "county", "48479", "laredo-nuevo_laredo"),
        ({"municipality": "Webb", "state": "TX"}, "county", "48479", "laredo-nuevo_laredo"),
        ({"municipality": "San Diego County", "country": "US"}, "county", "06073", None),  # two pairs of twins
        ({"municipality": "Santa Cruz County", "state": "Arizona"}, "county", "04023", None),
        ({"locality": "Laredo", "state": "Texas"}, "city", "4705349", "laredo-nuevo_laredo"),
        ({"locality": "El Paso", "country": "US"}, "city", "5520993", "el_paso-ciudad_juarez"),
        ({"municipality": "El Paso", "state": "Texas"}, "city", "5520993", "el_paso-ciudad_juarez"),
        ({"municipality": "El Paso County", "state": "Texas"}, "county", "48141", None),
        ({"locality": "Nogales", "country": "US"}, "city", "5306611", "nogales-nogales"),
        ({"as_written": "Laredo, Texas"}, "city", "4705349", "laredo-nuevo_laredo"),
        ({"as_written": "Opodepe, Sonora"}, "municipality", "26045", None),
        ({"office": "Laredo Sector", "municipality": "Webb County", "state": "Texas"}, "county", "48479",
         "laredo-nuevo_laredo"),
    ],
)  # fmt: skip
def test_a_name_or_code_gives_one_place(fields: dict[str, Any], kind: str, number: str, corridor: str | None) -> None:
    facts = place(**fields)
    assert (facts["kind"], facts["code"], facts.get("corridor")) == (kind, number, corridor)
    assert "candidates" not in facts
    assert ("h3" in facts) == (kind in {"city", "locality"})


@pytest.mark.parametrize(
    ("fields", "kind", "codes"),
    [
        ({"municipality": "Nogales"}, "unresolved", ["26043", "30115", "5306611"]),
        ({"municipality": "Nogales", "country": "MX"}, "country", ["26043", "30115"]),
        ({"municipality": "Juárez"}, "unresolved", ["08037", "19031", "07048", "16046", "05015"]),
        ({"municipality": "Santa Cruz County", "country": "US"}, "country", ["04023", "06087"]),
    ],
)
def test_what_several_bear_stays_open(fields: dict[str, Any], kind: str, codes: list[str]) -> None:
    facts = place(**fields)
    assert facts["kind"] == kind
    assert [one["code"] for one in facts["candidates"]] == codes
    assert "corridor" not in facts


@pytest.mark.parametrize(
    "fields",
    [
        {"municipality": "Tijuana", "state": "Texas"},
        {"municipality": "Opodepe", "country": "US"},
        {"locality": "Laredo", "state": "Arizona"},
        {"codes": code("inegi", "25006"), "country": "US"},
        {"locality": "La Rumorosa", "municipality": "Tijuana", "state": "Sonora"},
    ],
)
def test_a_name_that_state_or_country_contradicts_is_not_believed(fields: dict[str, Any]) -> None:
    facts = place(**fields)
    assert facts["kind"] in {"state", "country"}
    assert not {"corridor", "candidates", "municipality"} & set(facts)


def test_the_finer_place_takes_over_what_the_coarser_says() -> None:
    facts = place(office="Laredo Sector", locality="Laredo", state="Texas")
    assert (facts["kind"], facts["office"], facts["region"]) == ("city", "Laredo Sector", "southwest_border")
    point = place(latitude=32.5, longitude=-117.0, municipality="Tijuana", state="Baja California")
    assert (point["kind"], point["municipality"], point["corridor"]) == ("point", "02004", "san_diego-tijuana")
    assert "code" not in point
    port = place(port_of_entry="Laredo", municipality="Webb County", state="Texas")
    assert (port["code"], port["municipality"]) == ("2304", "48479")


@pytest.mark.parametrize(
    ("fields", "highway", "kilometre"),
    [
        ({"highway": "México-Nogales", "kilometre": 24, "state": "Sonora"}, "MX-15", 24),
        ({"highway": "carretera federal 2", "country": "MX"}, "MX-2", None),
        ({"highway": "I-35", "country": "US", "kilometre": 46.7}, "US-I-35", 46.7),
        ({"highway": "Autopista del Sol", "country": "MX"}, "MX-95D", None),
    ],
)
def test_highways(fields: dict[str, Any], highway: str, kilometre: float | None) -> None:
    facts = place(**fields)
    assert (facts["highway"], facts.get("kilometre")) == (highway, kilometre)
    # A mark on a road is no point.
    assert facts["kind"] in {"state", "country"}


def test_an_unknown_highway_gives_nothing() -> None:
    assert read_road("Carretera Ficticia", "MX", default_reference()) is None
    assert read_road("I-35", "MX", default_reference()) is None


def test_a_name_is_looked_up_within_its_country_and_state() -> None:
    reference = default_reference()
    assert [one["code"] for one in resolve_name("Nogales", "US", None, reference)] == ["5306611"]
    assert [one["code"] for one in resolve_name("NOGALES", "MX", "MX-SON", reference)] == ["26043"]
    assert resolve_name("Nogales", "MX", "MX-CHH", reference) == []
    assert resolve_name("", None, None, reference) == []
    [laredo] = resolve_name("Laredo", "US", "US-TX", reference)
    assert laredo == {
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

"""Places: expected values from the published tables (BTS port codes, ISO 3166-2, INEGI and FIPS state codes)."""

from typing import Any

import pytest

from processors.enrichment.draft import run_enrichers
from processors.enrichment.places import enrich_place, resolve_place
from processors.reference import default_reference
from processors.reference.geography import measure_km
from streams.contracts import Narrative, Place, PlaceCode, SeizureReport
from streams.registry import default_registry
from tests.unit.enriching import RECEIVED, enrich, facts_of

NARRATIVE = {"narrative": {"text": "Fictional."}}


def place(**fields: Any) -> dict[str, Any]:
    facts = facts_of({"place": fields})["place"]
    assert isinstance(facts, dict)
    return facts


def code(system: str, value: str) -> list[dict[str, str]]:
    return [{"system": system, "value": value}]


LAREDO = {
    "kind": "port",
    "name": "Laredo",
    "code": "2304",
    "country": "US",
    "state": "US-TX",
    "office": "Laredo Field Office",
    "region": "southwest_border",
    "location": {"lat": 27.5, "lon": -99.507},
    "corridor": "laredo-nuevo_laredo",
    "h3": "874880d81ffffff",
}


@pytest.mark.parametrize(
    "fields",
    [
        {"codes": code("cbp_port", "2304")},
        {"port_of_entry": "2304"},
        {"port_of_entry": "Laredo"},
        {"port_of_entry": "LAREDO", "country": "US", "state": "Tex."},
        {"port_of_entry": "Laredo, Texas"},
        {"port_of_entry": "Port of Laredo"},
        {"port_of_entry": "Laredo Port of Entry", "office": "Laredo Field Office"},
        {"port_of_entry": "Puerto de entrada de Laredo"},
    ],
)
def test_a_port_by_its_code_or_name(fields: dict[str, Any]) -> None:
    assert place(**fields) == LAREDO


@pytest.mark.parametrize(
    ("number", "state", "office", "corridor"),
    [
        ("2301", "US-TX", "Laredo Field Office", "brownsville-matamoros"),
        ("2303", "US-TX", "Laredo Field Office", "eagle_pass-piedras_negras"),
        ("2401", "US-TX", "El Paso Field Office", "el_paso-ciudad_juarez"),
        ("2402", "US-TX", "El Paso Field Office", "el_paso-ciudad_juarez"),
        ("2406", "US-NM", "El Paso Field Office", "columbus-puerto_palomas"),
        ("2504", "US-CA", "San Diego Field Office", "san_diego-tijuana"),
        ("2506", "US-CA", "San Diego Field Office", "san_diego-tijuana"),
        ("2507", "US-CA", "San Diego Field Office", "calexico-mexicali"),
        ("2601", "US-AZ", "Tucson Field Office", "douglas-agua_prieta"),
        ("2604", "US-AZ", "Tucson Field Office", "nogales-nogales"),
    ],
)
def test_ports_and_their_corridors(number: str, state: str, office: str, corridor: str) -> None:
    facts = place(codes=code("cbp_port", number))
    assert (facts["kind"], facts["state"], facts["office"], facts["corridor"]) == ("port", state, office, corridor)


@pytest.mark.parametrize(
    "fields",
    [
        {"port_of_entry": "Nogales"},  # which side?
        {"port_of_entry": "Naco"},
        {"port_of_entry": "Tecate"},
        {"port_of_entry": "Columbus"},  # also a port in Ohio
        {"port_of_entry": "Progreso"},  # also a seaport in Yucatán
        {"port_of_entry": "Agua Prieta"},  # the Mexican twin of Douglas
        {"port_of_entry": "Puerto Ficticio"},
        {"port_of_entry": "Nogales, Ficticia"},
        {"port_of_entry": "9999"},
        {"codes": code("cbp_port", "9999")},
        {"as_written": "Puente ficticio, Texas"},
        {"as_written": "cerca de Laredo, Texas"},  # free text is read elsewhere
        {"office": "Laredo"},  # field office or sector?
        {"state": "Mich."},  # Michigan or Michoacán?
        {"state": "México"},  # the state or the country?
        {"state": "Atlantis"},
        {"country": "ZZ"},
        {"region": "Outer Space"},
        {"municipality": "Municipio Ficticio"},
        {"locality": "El Porvenir"},  # some list lacks a namesake of a hamlet
    ],
)
def test_what_is_unknown_or_ambiguous_stays_unresolved(fields: dict[str, Any]) -> None:
    facts = place(**fields)
    assert set(facts) - {"candidates"} == {"kind", "name"}
    assert facts["kind"] == "unresolved"


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"port_of_entry": "Nogales", "country": "US"}, "2604"),
        ({"port_of_entry": "Nogales", "state": "Arizona"}, "2604"),
        ({"port_of_entry": "Nogales, AZ"}, "2604"),
        ({"port_of_entry": "Columbus", "state": "N.M."}, "2406"),
        ({"port_of_entry": "Tecate", "state": "CA"}, "2505"),
        ({"port_of_entry": "Calexico East"}, "2507"),
        ({"port_of_entry": "Calexico West"}, "2503"),
        ({"port_of_entry": "Hidalgo/Pharr"}, "2305"),
        ({"port_of_entry": "CBX"}, "2582"),
    ],
)
def test_a_shared_name_needs_its_country_or_state(fields: dict[str, Any], number: str) -> None:
    assert place(**fields)["code"] == number


def test_calexico_is_two_ports_and_falls_back_to_the_state() -> None:
    facts = place(port_of_entry="Calexico", country="US", state="California")
    assert (facts["kind"], facts["state"]) == ("state", "US-CA")
    assert "corridor" not in facts


@pytest.mark.parametrize(
    "fields",
    [
        {"port_of_entry": "Nogales", "country": "MX"},
        {"port_of_entry": "Nogales", "state": "Sonora"},
        {"codes": code("cbp_port", "2604"), "country": "MX"},
        {"port_of_entry": "Laredo", "state": "Arizona"},
        {"port_of_entry": "Columbus", "state": "Ohio"},
    ],
)
def test_a_port_that_country_or_state_contradicts_is_not_believed(fields: dict[str, Any]) -> None:
    facts = place(**fields)
    assert facts["kind"] in {"state", "country"}
    assert "corridor" not in facts


@pytest.mark.parametrize(
    ("written", "kind", "region", "country"),
    [
        ("LAREDO FIELD OFFICE", "office", "southwest_border", "US"),
        ("San Diego Field Office", "office", "southwest_border", "US"),
        ("DETROIT FIELD OFFICE", "office", "northern_border", "US"),
        ("New York Field Office", "office", "coastal_interior", "US"),
        ("PRECLEARANCE FIELD OFFICE", "office", "coastal_interior", None),
        ("RIO GRANDE VALLEY SECTOR", "sector", "southwest_border", "US"),
        ("RGV", "sector", "southwest_border", "US"),
        ("Laredo Sector", "sector", "southwest_border", "US"),
        ("Swanton Sector", "sector", "northern_border", "US"),
        ("Ramey Sector", "sector", "coastal_interior", "US"),
    ],
)
def test_offices_and_sectors(written: str, kind: str, region: str, country: str | None) -> None:
    facts = place(office=written)
    assert (facts["kind"], facts["region"], facts.get("country")) == (kind, region, country)
    # The area spans twin cities and states: neither corridor nor state follows; the point is the seat.
    assert "corridor" not in facts
    assert "state" not in facts
    assert ("location" in facts) == (country is not None)


@pytest.mark.parametrize(
    ("fields", "state", "country"),
    [
        ({"state": "Tamaulipas"}, "MX-TAM", "MX"),
        ({"state": "TAMPS."}, "MX-TAM", "MX"),
        ({"state": "Nuevo León"}, "MX-NLE", "MX"),
        ({"state": "nuevo leon"}, "MX-NLE", "MX"),
        ({"state": "N.L."}, "MX-NLE", "MX"),
        ({"state": "B.C."}, "MX-BCN", "MX"),
        ({"state": "Edo. de México"}, "MX-MEX", "MX"),
        ({"state": "México", "country": "MX"}, "MX-MEX", "MX"),
        ({"state": "CDMX"}, "MX-CMX", "MX"),
        ({"state": "Nuevo México"}, "US-NM", "US"),
        ({"state": "TX"}, "US-TX", "US"),
        ({"state": "Ariz."}, "US-AZ", "US"),
        ({"state": "Mich.", "country": "MX"}, "MX-MIC", "MX"),
        ({"state": "Mich.", "country": "US"}, "US-MI", "US"),
        ({"state": "US-CA"}, "US-CA", "US"),
        ({"codes": code("inegi", "28")}, "MX-TAM", "MX"),
        ({"codes": code("inegi", "25999")}, "MX-SIN", "MX"),  # no such municipality
        ({"codes": code("FIPS", "48")}, "US-TX", "US"),
        ({"codes": code("inegi", "25"), "state": "Texas"}, "MX-SIN", "MX"),  # a code outranks a name
    ],
)
def test_states(fields: dict[str, Any], state: str, country: str) -> None:
    facts = place(**fields)
    assert (facts["kind"], facts["state"], facts["code"], facts["country"]) == ("state", state, state, country)


def test_a_state_s_point_lies_within_it() -> None:
    tamaulipas = place(state="Tamaulipas")["location"]
    assert 22.2 < tamaulipas["lat"] < 27.7
    assert -100.2 < tamaulipas["lon"] < -97.1
    alaska = place(state="Alaska")["location"]  # crosses the 180th meridian
    assert -170 < alaska["lon"] < -130


def test_a_country_alone() -> None:
    assert place(country="CO") == {"kind": "country", "name": "Colombia", "code": "CO", "country": "CO"}


def test_coordinates_come_first_and_take_over_what_is_named_beside_them() -> None:
    facts = place(as_written="Puente ficticio", latitude=27.6, longitude=-99.5, port_of_entry="Laredo")
    assert facts == {
        "kind": "point",
        "name": "Puente ficticio",
        "code": "2304",
        "country": "US",
        "state": "US-TX",
        "office": "Laredo Field Office",
        "region": "southwest_border",
        "location": {"lat": 27.6, "lon": -99.5},
        "corridor": "laredo-nuevo_laredo",
        "h3": "874880ca3ffffff",
    }
    assert place(latitude=27.6, longitude=-99.5) == {
        "kind": "point",
        "name": "27.6, -99.5",
        "location": {"lat": 27.6, "lon": -99.5},
        "h3": "874880ca3ffffff",
    }


def test_a_sector_keeps_the_state_that_the_record_names() -> None:
    facts = place(office="Laredo Sector", state="Texas")
    assert (facts["kind"], facts["state"], facts["code"]) == ("sector", "US-TX", "laredo_sector")


def test_the_record_s_region_counts_where_the_tables_have_none() -> None:
    assert place(country="US", region="Southwest Border")["region"] == "southwest_border"
    assert place(office="Houston Field Office", region="Southwest Border")["region"] == "coastal_interior"


def test_the_origin_names_field_and_source() -> None:
    report = enrich({"narrative": {"text": "x"}, "place": {"office": "Laredo Sector", "state": "Texas"}})
    [origin] = [origin for origin in report["provenance"] if origin["fact"] == "place"]
    assert origin == {
        "fact": "place",
        "fields": ["place.office", "place.state"],
        "rule": "enrich_place:sector",
        "source": "CBP list of Border Patrol sectors",
    }


def test_a_cached_place_is_not_shared_between_reports() -> None:
    reference = default_reference()
    one = Place(codes=(PlaceCode(system="cbp_port", value="2304"),))
    event = SeizureReport(report_id="FICTION-1", place=one, narrative=Narrative(text="Fictional."))
    for _ in range(2):
        facts, _origins = run_enrichers((enrich_place,), event, default_registry()["cbp"], RECEIVED, reference)
        assert facts["place"] == resolve_place(one, reference).facts == LAREDO
        facts["place"]["name"] = "changed"


MIAMI = {"latitude": 25.76, "longitude": -80.19}


@pytest.mark.parametrize(
    ("fields", "kind", "why"),
    [
        ({**MIAMI, "port_of_entry": "Laredo"}, "port", "far_from_port"),
        ({"latitude": 0, "longitude": 0, "country": "MX", "state": "Sonora"}, "state", "zero"),
        ({"latitude": 0, "longitude": 0}, "unresolved", "zero"),
        ({"latitude": 31.7, "longitude": 106.4, "country": "US"}, "country", "outside_country"),
        ({**MIAMI, "state": "Tamaulipas"}, "state", "outside_country"),
    ],
)
def test_coordinates_that_can_t_be_right_are_dropped(fields: dict[str, Any], kind: str, why: str) -> None:
    report = enrich({**NARRATIVE, "place": fields})
    facts = report["facts"]["place"]
    assert facts["kind"] == kind
    assert facts.get("location") != {"lat": fields["latitude"], "lon": fields["longitude"]}
    [origin] = [origin for origin in report["provenance"] if origin["fact"] == "place"]
    assert origin["rule"] == f"enrich_place:{kind}_point_dropped_{why}"
    assert {"place.latitude", "place.longitude"} <= set(origin["fields"])


def test_a_port_keeps_its_own_point_where_the_record_s_is_dropped() -> None:
    assert place(port_of_entry="Laredo", **MIAMI) == LAREDO


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (25.76, -80.19, "US"),
        (71.29, -156.79, "US"),  # Utqiagvik, the northernmost town
        (52.9, 172.9, "US"),  # Attu, beyond the 180th meridian
        (18.91, -155.68, "US"),  # the south of Hawaii
        (18.47, -66.11, "US"),  # San Juan
        (13.48, 144.79, "US"),  # Guam
        (14.53, -92.23, "MX"),  # Suchiate, the south
        (29.03, -118.28, "MX"),  # Guadalupe, the west
        (21.17, -86.73, "MX"),  # Cancún, the east
        (4.6, -74.08, "CO"),  # no box
        (0.0, -78.45, None),  # on the equator
    ],
)
def test_coordinates_that_may_be_right_stay(latitude: float, longitude: float, country: str | None) -> None:
    facts = place(latitude=latitude, longitude=longitude, **({"country": country} if country else {}))
    assert (facts["kind"], facts["location"]) == ("point", {"lat": latitude, "lon": longitude})


def test_distances_are_great_circles() -> None:
    # A degree of a meridian is 111.19 km on the mean sphere; of the parallel at 60 degrees about half of that.
    assert measure_km({"lat": 27, "lon": -99}, {"lat": 28, "lon": -99}) == pytest.approx(111.19, abs=0.01)
    assert measure_km({"lat": 60, "lon": 179.5}, {"lat": 60, "lon": -179.5}) == pytest.approx(55.6, abs=0.1)

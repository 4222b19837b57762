"""The gazetteer's files: counts from INEGI and the U.S. Census, codes that fit, points that lie where they must."""

import csv
from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from processors.reference import DATA_FOLDER, ReferenceDataError, default_reference
from processors.reference.gazetteer import key_of, load_gazetteer
from processors.reference.geography import may_lie_in, measure_km

GAZETTEER = default_reference().gazetteer
TABLES = default_reference().places


def test_every_municipality_and_county_is_there_once() -> None:
    kinds = Counter(kind for kind, _ in GAZETTEER.by_code)
    # INEGI: 2,478 municipalities and boroughs; the U.S. has 3,143 counties and their like, Puerto Rico 78.
    assert kinds["municipality"] == 2478
    assert kinds["county"] >= 3143 + 78
    assert sum(code.startswith("09") for kind, code in GAZETTEER.by_code if kind == "municipality") == 16


def test_codes_begin_with_their_state_s() -> None:
    for (kind, code), site in GAZETTEER.by_code.items():
        if kind in {"municipality", "county"}:
            state = TABLES.state_codes["MX" if kind == "municipality" else "US", code[:2]]
            assert site.state == state.code


def test_points_lie_in_their_country_and_not_far_from_their_state_s() -> None:
    for site in GAZETTEER.by_code.values():
        if site.lat is None or site.lon is None:
            continue
        point = {"lat": site.lat, "lon": site.lon}
        assert may_lie_in({"lat": site.lat, "lon": site.lon}, site.country)
        if site.state is not None and site.state != "US-AK" and site.country == "MX":
            assert measure_km({"lat": point["lat"], "lon": point["lon"]}, TABLES.states[site.state].location) < 700


def test_twin_cities_lie_near_a_port_of_their_corridor() -> None:
    ports: dict[str, list[tuple[float, float]]] = {port.corridor: [] for port in TABLES.ports.values()}
    for port in TABLES.ports.values():
        ports[port.corridor].append((port.location["lat"], port.location["lon"]))
    seen = set()
    for site in GAZETTEER.by_code.values():
        if site.corridor is None or site.kind == "port" or site.lat is None or site.lon is None:
            continue
        seen.add(site.corridor)
        here = {"lat": site.lat, "lon": site.lon}
        near = min(
            measure_km({"lat": here["lat"], "lon": here["lon"]}, {"lat": lat, "lon": lon})
            for lat, lon in ports[site.corridor]
        )
        # The middle of a wide municipality or county is far from its border: Ocampo, Presidio.
        assert near < (40 if site.kind in {"city", "locality"} else 100), site
    assert seen == set(ports) - {"santa_teresa-san_jeronimo"}


def test_a_name_is_found_by_its_words() -> None:
    assert key_of("Gustavo A. Madero") == "gustavo a madero"
    assert key_of("Ñuu Savi") == "nuu savi"
    assert GAZETTEER.longest["nuevo"] >= 2
    assert [site.code for site in GAZETTEER.by_name["nuevo laredo"]] == ["28027"]


def test_every_row_cites_its_source_and_no_row_names_an_owner() -> None:
    for name in (
        "mx_municipalities",
        "mx_localities",
        "us_counties",
        "us_cities",
        "bridges",
        "corridors",
        "place_aliases",
    ):
        lines = (DATA_FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert any(line.startswith("# Source") for line in lines)
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        assert all(row["source"] for row in rows)
    assert (DATA_FOLDER / "mx_localities.csv").stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("file", "row", "words"),
    [
        ("corridors.csv", "nowhere-else,municipality,02004,Tijuana,x", "No port has the corridor nowhere-else"),
        ("corridors.csv", "tecate-tecate,city,1,Nowhere,x", "There is no city 1"),
        ("bridges.csv", "9999,Fictional Bridge,,no,x", "names no port"),
        ("place_aliases.csv", "Ficticia,municipality,99999,yes,x", "names no place"),
        ("mx_municipalities.csv", "02004,MX-BCN,Tijuana,,1,2,3,x", "stands twice"),
        ("us_cities.csv", "1,US-TX,Fictional,north,2,3,x", "no readable coordinates"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, file: str, row: str, words: str) -> None:
    folder = tmp_path / "data"
    copytree(DATA_FOLDER, folder)
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(row + "\n")
    with pytest.raises(ReferenceDataError, match=words):
        load_gazetteer(folder)

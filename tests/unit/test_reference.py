"""The reference data: each file cites its sources, nothing stands twice, and the version follows every byte."""

import csv
import importlib.util
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from processors.reference import DATA_FOLDER, ReferenceDataError, default_reference, load_reference
from processors.reference.folding import fold
from processors.reference.person_names import default_person_names, load_person_names
from processors.reference.zones import find_zone

SHARED = Path(os.environ.get("PUENTE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


def rows(name: str) -> list[dict[str, str]]:
    lines = (DATA_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("path", sorted(DATA_FOLDER.iterdir()), ids=lambda path: path.name)
def test_each_file_cites_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#"), "the head says what the file is"
    if path.suffix == ".yaml":
        assert len(yaml.safe_load(text)["source"]) > 5
    else:
        assert all(len(row["source"]) > 5 for row in rows(path.name))


def test_the_frequencies_of_surnames_are_whole_and_change_the_version(folder: Path) -> None:
    names = default_person_names()
    assert len(names.frequencies) == 1022
    assert names.frequencies["garcia"] == 395.32
    assert not {"garcia", "acevedo", "baldwin"} - names.frequencies.keys()
    assert names.is_common("acevedo")
    assert not names.is_common("supuestegui")
    path = folder / "surname_frequencies.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("garcia,395.32", "garcia,395.33"), encoding="utf-8")
    assert load_person_names(folder).version != names.version
    for wrong in ("garcia,many", "garcia,0", "acevedo,395.32"):
        path.write_text(text.replace("garcia,395.32", wrong), encoding="utf-8")
        with pytest.raises(ReferenceDataError, match="surname_frequencies"):
            load_person_names(folder)


def test_it_is_loaded_once() -> None:
    assert default_reference() is default_reference()


def test_the_tables_are_whole() -> None:
    assert len(rows("ports.csv")) == 28
    assert Counter(row["kind"] for row in rows("offices.csv")) == {"office": 21, "sector": 20}
    states = Counter(row["country"] for row in rows("states.csv"))
    assert states == {"US": 52, "MX": 32}  # 50 states, the District of Columbia, Puerto Rico
    assert len(rows("countries.csv")) == 249
    southwest = {row["name"] for row in rows("offices.csv") if row["region"] == "southwest_border"}
    assert southwest == {
        *(f"{name} Field Office" for name in ("El Paso", "Laredo", "San Diego", "Tucson")),
        *(f"{name} Sector" for name in ("Big Bend", "Del Rio", "El Centro", "El Paso", "Laredo", "Rio Grande Valley")),
        *(f"{name} Sector" for name in ("San Diego", "Tucson", "Yuma")),
    }


def test_the_border_has_ten_states() -> None:
    touching = {row["state"] for row in rows("ports.csv")} | {row["twin_state"] for row in rows("ports.csv")}
    assert touching == {"US-CA", "US-AZ", "US-NM", "US-TX", "MX-BCN", "MX-SON", "MX-CHH", "MX-COA", "MX-TAM"}
    assert touching <= {row["code"] for row in rows("states.csv")}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not there: set PUENTE_SHARED_DATA")
def test_offices_and_ports_are_those_of_the_published_files() -> None:
    areas: dict[str, set[str]] = {}
    for path in sorted((SHARED / "seizures").glob("cbp_*.csv")):
        with path.open(encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                areas.setdefault(row["Area of Responsibility"].casefold(), set()).add(row["Region"])
    ours = {row["name"].casefold(): row["region"] for row in rows("offices.csv")}
    assert ours.keys() == areas.keys()
    words = default_reference().regions
    assert {name: {words.read(region) for region in regions} for name, regions in areas.items()} == {
        name: {region} for name, region in ours.items()
    }
    with (SHARED / "reference" / "ports_of_entry_us_mexico.csv").open(encoding="utf-8") as file:
        published = {row["port_code"]: (row["port_name"], row["lat"], row["lon"]) for row in csv.DictReader(file)}
    assert {row["code"]: (row["name"], row["latitude"], row["longitude"]) for row in rows("ports.csv")} == published


def test_no_name_of_a_unit_or_substance_stands_twice() -> None:
    units = yaml.safe_load((DATA_FOLDER / "units.yaml").read_text(encoding="utf-8"))["units"]
    substances = yaml.safe_load((DATA_FOLDER / "substances.yaml").read_text(encoding="utf-8"))["substances"]
    for names in (
        Counter(fold(str(alias)) for row in units for alias in row["names"]),
        *(Counter(fold(str(alias)) for row in substances for alias in row.get(lang, ())) for lang in ("en", "es")),
    ):
        assert [alias for alias, count in names.items() if count > 1] == []
        assert "" not in names


def test_no_yaml_word_was_read_as_a_boolean() -> None:
    for path in DATA_FOLDER.glob("*.yaml"):
        stack: list[object] = [yaml.safe_load(path.read_text(encoding="utf-8"))]
        while stack:
            node = stack.pop()
            assert not isinstance(node, bool), path
            if isinstance(node, dict):
                stack += [*node, *node.values()]
            elif isinstance(node, list):
                stack += node


@pytest.mark.parametrize(
    "name", ["units.yaml", "substances.yaml", "firearms.yaml", "words.yaml", "ports.csv", "states.csv"]
)
def test_a_changed_byte_changes_the_version(folder: Path, name: str) -> None:
    assert load_reference(folder).version == default_reference().version
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# \n" if name.endswith("yaml") else "")
    if name.endswith("csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("#\n" + text, encoding="utf-8")
    assert load_reference(folder).version != default_reference().version


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("units.yaml", "names: [mg,", "names: [kg, mg,", "stands twice"),
        ("units.yaml", "  ton:", "  kg:", "ambiguous"),
        ("units.yaml", "\nsource: ", "\norigin: ", "cites its source"),
        ("substances.yaml", "en: [tramadol]", "en: [tramadol, cocaine]", "stands twice"),
        ("substances.yaml", "en: [tramadol]", "en: [tramadol, Tramadol]", "stands twice"),
        ("substances.yaml", "commodity: heroin", "commodity: soap", "soap"),
        ("substances.yaml", "role: drug", "role: spice", "spice"),
        ("substances.yaml", 'cas: "437-38-7"', 'cas: "437-38-8"', "437-38-8"),
        ("substances.yaml", 'cas: "437-38-7"', 'cas: "437387"', "437387"),
        ("substances.yaml", "context: drug", "context: street", "street"),
        # one language, two substances, and nothing that tells them apart
        ("substances.yaml", "terms: [tranq,", "terms: [angel dust, tranq,", "stands twice|no context"),
        ("substances.yaml", "terms: [tranq,", "terms: [fentanyl, tranq,", "a name and a slang term"),
        ("firearms.yaml", "names: [carbine,", "names: [pistol, carbine,", "stands twice"),
        ("firearms.yaml", "names: [beretta,", "names: [glock, beretta,", "stands twice"),
        ("firearms.yaml", "calibres: [5.45x39]", "calibres: [5.45x93]", "unknown maker or calibre"),
        ("firearms.yaml", "names: [5.7x28,", "names: [9mm, 5.7x28,", "stands twice"),
        ("firearms.yaml", "text: distinct, source: ATF", 'text: distinct, source: ""', "cites no source"),
        ("words.yaml", "outbound: [outbound,", "outbound: [inbound,", "stands twice"),
        ("ports.csv", "2303,Eagle Pass", "2302,Eagle Pass", "stands twice"),
        ("ports.csv", "2303,Eagle Pass", "2303,Laredo", "stands twice"),
        ("ports.csv", "28.705,", "128.705,", "impossible coordinates"),
        ("ports.csv", "28.705,", "here,", "no readable coordinates"),
        ("ports.csv", "laredo_field_office", "nowhere_field_office", "not listed"),
        ("ports.csv", "America/Denver", "America/Atlantis", "IANA time zone"),
        ("states.csv", "America/Tijuana", "America/Atlantis", "IANA time zone"),
        ("states.csv", "MX-TAM,MX,28", "MX-TAM,MX,26", "stands twice"),
        ("offices.csv", "southwest_border", "somewhere", "somewhere"),
        ("countries.csv", ",ISO 3166-1", ",", "cites no source"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(folder: Path, name: str, old: str, new: str, says: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=says) as caught:
        load_reference(folder)
    assert str(caught.value).endswith(".")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "ports.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"ports\.csv"):
        load_reference(folder)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ciudad Acuña", "ciudad acuna"),
        ("N.L.", "nl"),
        ("Q. Roo", "q roo"),
        ("  TON (US) ", "ton us"),
        ("m³", "m3"),
        ("Straße", "strasse"),
        ("**", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_zones_come_from_the_pinned_package() -> None:
    assert importlib.util.find_spec("tzdata") is not None
    assert find_zone("America/Tijuana") is find_zone("America/Tijuana")
    for name in ("America/Atlantis", "../etc/passwd", "zones", "+14:60", "-15:00", "x"):
        assert find_zone(name) is None, name


def test_every_port_has_a_zone_and_so_has_each_state_that_lies_in_one() -> None:
    assert all(find_zone(row["zone"]) is not None for row in rows("ports.csv"))
    zones = {row["code"]: row["zone"] for row in rows("states.csv")}
    assert all(find_zone(zone) is not None for zone in zones.values() if zone)
    spanning = {code for code, zone in zones.items() if not zone}
    assert {"US-TX", "US-FL", "MX-CHH", "MX-COA", "MX-NLE", "MX-TAM", "MX-NAY"} <= spanning
    assert not {"US-CA", "US-NM", "MX-BCN", "MX-SON"} & spanning

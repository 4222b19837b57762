"""Mapping files: those that ship load by name, and a wrong one is one sentence."""

from pathlib import Path

import pytest

from streams.errors import MappingError
from streams.mapping import (
    load_mapping,
    map_rows,
    shipped_mappings,
)
from tests.unit.mapping_tools import HEADING, mapping, table


def test_shipped_mappings_load_by_name() -> None:
    assert set(shipped_mappings()) >= {"cbp_drugs", "cbp_weapons"}
    for name in shipped_mappings():
        assert load_mapping(name).name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: [", "no valid YAML near line"),
        ("- a", "the top level"),
        ("name: a", "source"),
        ("name: a\nsource: b\ncolumns: {A: {to: x}}\nreport_id: {template: '{B}'}", "'B'"),
        ("name: a\nsource: b\ncolumns: {A: {to: 'x y'}}\nreport_id: {}", "columns.A.to"),
        ("name: a\nsource: b\ncolumns: {A: {to: x, type: moment}}\nreport_id: {}", "formats"),
        ("name: a\nsource: b\ncolumns: {A: {to: x, pattern: '('}}\nreport_id: {}", "regular expression"),
        ("name: a\nsource: b\ncolumns: {A: {to: x}}\nreport_id: {}\ntable: {encoding: klingon}", "klingon"),
        ("name: a\nsource: b\ncolumns: {A: {to: x}}\nreport_id: {}\ntable: {decimal: '.', thousands: '.'}", "the same"),
        ("name: a\nsource: b\ncolumns: {A: {to: x}}\nreport_id: {}\nevent_type: puente.weather.v1", "event_type"),
        ("name: a\nsource: b\ncolumns: {A: {to: x}}\nreport_id: {}\nrevision: {}", "either column or constant"),
    ],
)
def test_wrong_mapping_file_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_mapping_names_those_that_ship() -> None:
    with pytest.raises(MappingError, match="cbp_drugs, cbp_weapons"):
        load_mapping("nowhere")


def test_missing_or_repeated_column_is_one_sentence() -> None:
    rules = mapping()
    for heading, words in (("Folio;Fecha;Lugar;Droga", "'Kilos'"), (f"{HEADING};Kilos", "twice")):
        with pytest.raises(MappingError, match=words):
            list(map_rows(rules, table([], rules, heading)))

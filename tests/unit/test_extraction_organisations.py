"""Criminal organisations and agencies found in texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.organisations import find_organisations
from processors.extraction.texts import Text
from processors.reference import default_reference


def ids(text: str) -> list[str]:
    return [one.id for one in find_organisations(Text(text), default_reference())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("integrantes del Cártel Jalisco Nueva Generación", ["cjng"]),
        ("the Jalisco New Generation Cartel (CJNG)", ["cjng", "cjng"]),
        ("Los Chapitos y La Mayiza", ["chapitos", "mayiza"]),
        ("el cartel del golfo", ["gulf"]),
        ("Gulf Cartel leaders", ["gulf"]),
        ("una célula de La Línea", ["la-linea"]),
        ("MS-13 and Barrio 18 members", ["ms-13", "barrio-18"]),
        ("Tren de Aragua", ["tren-de-aragua"]),
        ("SEDENA, SEMAR y la Guardia Nacional", ["sedena", "semar", "gn"]),
        ("Fiscalía General del Estado de Sonora", ["fge-son"]),
        ("la Fiscalía General de la República", ["fgr"]),
        ("U.S. Customs and Border Protection and the DEA", ["cbp", "dea"]),
        ("agents of ICE", ["ice"]),
        # Places and ordinary words alone are no organisations.
        ("en Sinaloa, el Golfo y Jalisco", []),
        ("pasaron la línea de meta", []),
        ("Cruzaron La Línea a pie.", []),
        ("ice was on the road", []),
        ("vecinos de Santa Rosa de Lima", []),
    ],
)
def test_names_that_texts_use(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_all_names_of_the_table_are_found() -> None:
    table = default_reference().organisations
    stack = list(table.by_word.values())
    seen = 0
    while stack:
        step = stack.pop()
        stack += step.following.values()
        for name in step.ends:
            written = " ".join(name.words)
            shown = written.upper() if name.capitals else written.title()
            # The cue stands apart, so that it is no part of a name.
            assert name.id in ids(f"criminal: {shown}"), name
            seen += 1
    assert seen > 400


@given(st.text(max_size=200))
def test_any_text_gives_spans_without_overlap(text: str) -> None:
    found = find_organisations(Text(text), default_reference())
    assert all(text[one.start : one.end] == one.as_written for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))

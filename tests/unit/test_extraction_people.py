"""People found in texts of both languages; the people are fictional."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.people import FoundPerson, find_people
from processors.extraction.texts import Text
from processors.reference import default_reference


def find(text: str) -> list[FoundPerson]:
    return find_people(Text(text), default_reference())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fue detenido José Luis Muestra Hernández en Tijuana.", "José Luis Muestra Hernández"),
        ("Agents arrested Walter Quincy Samplefield, 34, of Laredo.", "Walter Quincy Samplefield"),
        ("La víctima, María del Carmen Prueba López, fue trasladada.", "María del Carmen Prueba López"),
        ("El imputado Fictonio Ejemplo compareció.", "Fictonio Ejemplo"),
        ("Mr. Exampleton Testerby pleaded guilty.", "Exampleton Testerby"),
        ("The defendant, Juan J. Samplefield, was charged.", "Juan J. Samplefield"),
        ("Identified as Rosa García-Muestra by police.", "Rosa García-Muestra"),
        ("Ayer Pedro de la Cruz Ejemplo declaró.", "Pedro de la Cruz Ejemplo"),
        ("Fue ubicada ANA LAURA HERNÁNDEZ RUIZ en el lugar.", "ANA LAURA HERNÁNDEZ RUIZ"),
        ("Todo es de Pedro Muestra Luna's lawyer.", "Pedro Muestra Luna"),
        ("Habló María de los Ángeles Pineda Muestra ayer.", "María de los Ángeles Pineda Muestra"),
        ("Habló Rosa Ma. Treviño de Garza ayer.", "Rosa Ma. Treviño de Garza"),
        ('Then Robert "Bobby" O\'Malley Jr. spoke.', 'Robert "Bobby" O\'Malley Jr'),
        ("La víctima Jane Marie\nFakename declaró.", "Jane Marie\nFakename"),
    ],
)
def test_names_of_both_customs(text: str, name: str) -> None:
    assert [person.name for person in find(text)] == [name]


def test_a_name_ends_with_its_line_where_another_follows() -> None:
    names = [person.name for person in find("Detenidos:\nJuan Muestra Luna\nPedro Ejemplo Soto\nEdad: 20")]
    assert names == ["Juan Muestra Luna", "Pedro Ejemplo Soto"]


def test_names_that_only_look_like_names() -> None:
    names = [person.name for person in find("LaShawn McDonald and De'Andre Smith met in Laredo.")]
    assert names == ["LaShawn McDonald", "De'Andre Smith"]


def test_a_code_is_no_name() -> None:
    assert find("La menor, con CURP HEGG560427MVZRRL04, y su madre: RFC HEGG560427AB1.") == []


@pytest.mark.parametrize("written", ["Germán ‘N’", "Germán “N”", 'Germán "N"', "Germán N.", "José Luis 'N'"])
def test_a_withheld_surname(written: str) -> None:
    found = find(f"Fue vinculado a proceso {written}, por delitos contra la salud.")
    assert [(person.withheld_surname, person.rule) for person in found] == [(True, "withheld")]
    assert found[0].name.startswith(written.partition(" ")[0])


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("detuvieron a Pedro Muestra Soto, alias El Ejemplo, en Culiacán", "El Ejemplo"),
        ("Walter Samplefield, a.k.a. “Sample”, was charged", "Sample"),
        ("Juan Prueba Luna (a) “El Ficticio” fue detenido", "El Ficticio"),
        ("Rosa Ejemplo Vela, also known as 'La Muestra', fled", "La Muestra"),
        ("Luis Inventado Mora “El Güero Prueba” huyó", "El Güero Prueba"),
        ("José Luis Ficticio, 'El Presidente', huyó", "El Presidente"),
        ("Nemesio Inventado Cervantes, El Muestra, huyó", "El Muestra"),
    ],
)
def test_aliases(text: str, alias: str) -> None:
    assert [person.aliases for person in find(text)] == [(alias,)]


def test_a_place_behind_a_comma_is_no_alias() -> None:
    assert find("Juan Prueba Luna, El Paso, Texas")[0].aliases == ()


def test_an_alias_alone() -> None:
    found = find("El grupo es dirigido por alias El Inventado desde enero.")
    assert [(person.name, person.rule, person.confidence) for person in found] == [("El Inventado", "alias", "low")]


@pytest.mark.parametrize(
    "text",
    [
        "La Guardia Nacional aseguró 45 kilos en Ciudad Juárez, Chihuahua.",
        "En San Luis Río Colorado y Santa Rosa de Lima hubo cateos.",
        "U.S. Customs and Border Protection officers at the Laredo Port of Entry.",
        "El Cártel de Sinaloa y el Cártel Jalisco Nueva Generación.",
        "En Enero y Febrero, la Fiscalía General de la República.",
        "The White House and the Department of Justice said on Monday, April 7.",
        "Calle Benito Juárez, colonia Miguel Hidalgo.",
        "",
    ],
)
def test_places_bodies_and_months_are_no_people(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("la menor Sofía, de 9 años", ["Sofía"]),
        ("Rescataron a tres migrantes: Wilmer Ficticio y Queyla Inventada.", ["Wilmer Ficticio", "Queyla Inventada"]),
        ("The witness, Zeldrick Exampleton, was moved.", ["Zeldrick Exampleton"]),
    ],
)
def test_names_beside_protected_people_are_found_though_unknown(text: str, names: list[str]) -> None:
    assert [person.name for person in find(text)] == names


def test_two_people_joined_by_y() -> None:
    names = [person.name for person in find("Detuvieron a Juan Muestra Luna y Pedro Ejemplo Soto.")]
    assert names == ["Juan Muestra Luna", "Pedro Ejemplo Soto"]


@given(st.text(max_size=300))
def test_any_text_gives_spans_in_order_that_are_the_names(text: str) -> None:
    found = find(text)
    assert all(text[person.start : person.end] == person.name for person in found)
    assert all(one.start < other.start for one, other in pairwise(found))

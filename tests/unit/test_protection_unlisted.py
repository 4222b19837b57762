"""People whom only a text names: who is protected, who may be named. Everybody here is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.language import recognise_language
from processors.extraction.texts import Text
from processors.protection.unlisted import name_finder
from processors.reference import default_reference
from streams.registry import default_registry

AGENCY = default_registry()["fgr"]


def read(text: str, field: str) -> Text:
    made = Text(text, field=field, country=AGENCY.country)
    made.language = recognise_language(made.plain)
    return made


def hidden(text: str, *, strict: bool = False, known: tuple[str, ...] = (), field: str = "body") -> str:
    """The names that must give way, joined; "?" where the text can't be read."""
    found = name_finder([read(text, field)], default_reference())(strict, known)
    return "|".join("?" if one.unsure else ",".join(one.names) for one in found.values())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La víctima, María Inventada Luna, fue trasladada al hospital.", "María Inventada Luna"),
        ("El niño Pedro Ficticio Paz viajaba con su madre.", "Pedro Ficticio Paz"),
        ("The victim, Mary Fictional, was unharmed.", "Mary Fictional"),
        ("Deputies found a migrant, Elena Invented, 34, in the trailer.", "Elena Invented"),
        ("A witness named John Fictional told deputies what he saw.", "John Fictional"),
        ("José Inventado Paz, de 15 años, fue rescatado.", "José Inventado Paz"),
        ("Carlos Ficticio Luna murió en el lugar.", "Carlos Ficticio Luna"),
        ("Daniel Fictional, 16, was in the car.", "Daniel Fictional"),
        # Nobody says who that is: a bystander.
        ("Juan Inventado Luna caminaba por la calle.", "Juan Inventado Luna"),
    ],
)
def test_people_who_may_have_to_be_protected_are_hidden(text: str, name: str) -> None:
    assert name in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fue detenido Juan Inventado Luna con dos armas.",
        "Deputies arrested John Fictional on Tuesday.",
        "El imputado Germán 'N' fue vinculado a proceso.",
        "La fiscal Laura Ejemplar Paz informó del operativo.",
        "District Attorney Linda Fictional announced charges.",
        "Defendant Mark Fictional pleaded guilty.",
    ],
)
def test_subjects_and_officials_may_be_named(text: str) -> None:
    assert not hidden(text)


def test_a_subject_named_once_stays_named() -> None:
    text = "Agents arrested John Fictional in Laredo. Fictional told agents nothing. John Fictional is in jail."
    assert not hidden(text)


def test_the_nearest_word_decides() -> None:
    text = "Fue detenido Juan Inventado Luna por el secuestro de la menor Rosa Ficticia Paz."
    assert hidden(text) == "Rosa Ficticia Paz"


def test_listed_people_may_be_named() -> None:
    text = "La víctima señaló a Juan Inventado."
    assert "Juan Inventado" in hidden(text)
    assert not hidden(text, known=("Juan Inventado Luna",))


@pytest.mark.parametrize(
    "text", ["LA VÍCTIMA JUANA INVENTADA FUE TRASLADADA.", "la víctima juana inventada fue trasladada."]
)
def test_a_text_without_the_usual_capitals_is_withheld(text: str) -> None:
    assert hidden(text) == "?"


def test_a_headline_in_capitals_is_read() -> None:
    assert "Pedro Ficticio" in hidden("RESCATAN AL NIÑO PEDRO FICTICIO EN REYNOSA", field="title")


def test_a_headline_counts_with_its_body() -> None:
    texts = [read("Luto por Rosa Ficticia Paz", "title"), read("La menor fue hallada sin vida.", "body")]
    found = name_finder(texts, default_reference())(False, ())
    assert found["title"].names == ["Rosa Ficticia Paz"]


@given(st.text(max_size=300), st.booleans())
def test_any_text_gets_an_answer(text: str, strict: bool) -> None:
    hidden(text, strict=strict)

"""Queries as people type them: synonyms outside phrases, filters, and nothing that is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.query import FIELDS, Filters, expand_synonyms, make_query

GROUPS = [("fentanyl", "fentanilo", "m30"), ("truck", "camión")]


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("fentanyl Laredo", "(fentanyl | fentanilo | m30) Laredo"),
        ("M30", "(M30 | fentanyl | fentanilo | m30)"),
        ("CAMION", "(CAMION | truck | camión)"),
        ('"fentanyl pills" truck', '"fentanyl pills" (truck | camión)'),
        ("-fentanyl", "-(fentanyl | fentanilo | m30)"),
        ("(truck|boat)", "((truck | camión)|boat)"),
        ("truck*", "truck*"),
        ("trucks", "trucks"),
        ('"fentanyl', '"fentanyl'),
        ("", ""),
    ],
)
def test_synonyms_stand_beside_single_words(typed: str, expanded: str) -> None:
    assert expand_synonyms(typed, GROUPS) == expanded


@given(typed=st.text(max_size=40))
def test_without_synonyms_a_query_stays_as_it_is(typed: str) -> None:
    assert expand_synonyms(typed, ()) == typed
    assert expand_synonyms(typed, [("nowhereword", "otherword")]) == typed


@given(words=st.lists(st.sampled_from(["fentanyl", "laredo", '"two words"', "-truck", "a|b", "fent*"]), max_size=6))
def test_every_word_typed_is_still_asked_for(words: list[str]) -> None:
    expanded = expand_synonyms(" ".join(words), GROUPS)
    for word in words:
        assert word.lstrip("-") in expanded


def test_an_empty_query_finds_everything_that_the_filters_let_through() -> None:
    query = make_query("  ", Filters(agencies=("cbp",), since="2024-01-01"))["bool"]
    assert query["must"] == [{"match_all": {}}]
    assert query["filter"] == [
        {"terms": {"agency": ["cbp"]}},
        {"range": {"when_range": {"gte": "2024-01-01", "relation": "intersects"}}},
    ]
    assert make_query("x", Filters())["bool"]["filter"] == []


def test_the_query_is_in_composed_form() -> None:
    clause = make_query("Culiaca\u0301n", Filters())["bool"]["must"][0]["simple_query_string"]
    assert clause["query"] == "Culiac\u00e1n"
    assert clause["default_operator"] == "and"


def test_every_field_searched_is_mapped() -> None:
    from indexing.mappings import REPORTS

    for weighted in FIELDS:
        path = weighted.split("^")[0].split(".")
        mapping = REPORTS.properties[path[0]]
        for part in path[1:]:
            mapping = {**mapping.get("properties", {}), **mapping.get("fields", {})}[part]
        assert mapping["type"] == "text"

"""Substances in texts: names anywhere, slang in context alone, marks on pills, candidates where it may be several."""

import re
from itertools import pairwise

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from processors.extraction.substances import FoundSubstance, find_substances
from processors.extraction.texts import Text
from processors.reference import DATA_FOLDER, default_reference
from processors.reference.folding import fold

REFERENCE = default_reference()
TABLE = REFERENCE.commodities.table


def find(text: str) -> list[FoundSubstance]:
    return find_substances(Text(text), REFERENCE)


def said(text: str) -> list[tuple[str, str, str | None]]:
    return [(one.as_written, one.rule, one.substance) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45 kilos de fentanilo y metanfetamina", [("fentanilo", "fentanyl"), ("metanfetamina", "methamphetamine")]),
        ("1-boc-4-AP, 4-ANPP and NPP", [("1-boc-4-AP", "1-boc-4-ap"), ("4-ANPP", "4-anpp"), ("NPP", "npp")]),
        ("N-phenethyl-4-piperidone", [("N-phenethyl-4-piperidone", "npp")]),
        ("a drum of 3,4-MDP-2-P", [("3,4-MDP-2-P", "pmk")]),
        ("isotonitazene, xilacina", [("isotonitazene", "isotonitazene"), ("xilacina", "xylazine")]),
        ("U-47700", [("U-47700", "u-47700")]),
        ("CLORHIDRATO DE COCAÍNA", [("CLORHIDRATO DE COCAÍNA", "cocaine")]),
        ("goma de opio", [("goma de opio", "opium")]),
        ("anhídrido acético", [("anhídrido acético", "acetic anhydride")]),
        ("el 4 ap.", []),
        ("drogas y narcóticos", []),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == [(written, "name", substance) for written, substance in expected]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "blues",
            "azules",
            "china",
            "cristal",
            "crystal",
            "ice",
            "hielo",
            "girl",
            "H",
            "soda",
            "nieve",
            "coca",
            "crack",
        ),
        "the blues band played all night",
        "rompieron el cristal del vehículo en que llevaban el arma",
        "Crystal Smith (fictional) was charged",
        "una niña china de cinco años",
        "2 kilos de nieve de limón",
        "crack down on crime",
        "black ice on the road, work on the truck",
        "mi 30 m 30 s",
    ],
)
def test_everyday_words_alone_are_no_drugs(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Crystal Smith (fictional) was charged with trafficking methamphetamine",
        "A girl, 5, and a boy died of fentanyl",
        "methamphetamine hidden in Coke bottles under black ice",
        "una camioneta negra con metanfetamina",
        "rompieron el cristal del coche que llevaba cocaína",
    ],
)
def test_a_drug_in_the_sentence_alone_is_not_enough(text: str) -> None:
    assert [one.rule for one in find(text)] == ["name"]


@pytest.mark.parametrize(
    ("text", "written", "substance"),
    [
        ("dos kilos de cristal", "cristal", "methamphetamine"),
        ("heroína, cristal y marihuana", "cristal", "methamphetamine"),
        ("metanfetamina (hielo)", "hielo", "methamphetamine"),
        ("droga sintética conocida como cristal", "cristal", "methamphetamine"),
        ("2 kilos de nieve y otras drogas", "nieve", "cocaine"),
        ("xylazine (tranq)", "tranq", "xylazine"),
        ("100 azules con fentanilo", "azules", "fentanyl"),
    ],
)
def test_slang_in_context(text: str, written: str, substance: str) -> None:
    assert (written, "slang_in_context", substance) in said(text)


def test_everyday_names_in_context() -> None:
    assert said("5 grams of crack") == [("crack", "name_in_context", "crack")]
    assert said("cocaine cut with lactose")[0] == ("cocaine", "name", "cocaine")


def test_what_may_be_several_stays_candidates() -> None:
    [_, blues] = find("fentanyl pills commonly known as blues")
    assert (blues.substance, blues.commodity) == (None, None)
    assert set(blues.candidates) == {"fentanyl", "oxycodone"}


@pytest.mark.parametrize("mark", ["M30", "M-30", "m30"])
def test_m30_needs_no_context_and_is_presumptive(mark: str) -> None:
    [found] = find(f"approximately 110,000 blue {mark} pills")
    assert (found.as_written, found.rule, found.substance, found.mark) == (mark, "slang", "fentanyl", "M30")
    assert found.presumptive


@pytest.mark.parametrize("text", ["2M30 pills", "M300 pills", "M30X pills", "M 30 pills"])
def test_a_part_of_another_mark_is_none(text: str) -> None:
    assert [one for one in find(text) if one.mark == "M30"] == []


def test_marks_where_pills_are_meant() -> None:
    [known] = find("200 A215 tablets")
    assert (known.rule, known.mark, known.substance) == ("pill_mark", "A215", None)
    assert set(known.candidates) == {"fentanyl", "oxycodone"}
    [unknown] = find('pastillas marcadas con la "T-189"')
    assert (unknown.rule, unknown.mark, unknown.candidates) == ("pill_mark", "T189", ())
    assert find("the A215 road, K9 unit") == []
    assert find("marked T-189 boxes") == []


@pytest.mark.parametrize(
    ("text", "presumptive"),
    [
        ("vegetal verde con las características propias de la marihuana", True),
        ("suspected fentanyl", True),
        ("probable metanfetamina", True),
        ("The suspect fled. Fentanyl was found", False),
        ("fentanyl", False),
    ],
)
def test_words_of_doubt(text: str, presumptive: bool) -> None:
    assert [one.presumptive for one in find(text)] == [presumptive]


def test_the_longest_name_counts() -> None:
    assert said("liquid methamphetamine") == [("liquid methamphetamine", "name", "methamphetamine")]
    assert said("crystal meth and cocaine base") == [
        ("crystal meth", "name", "methamphetamine"),
        ("cocaine base", "name", "cocaine base"),
    ]


def as_in_a_text(name: str) -> str:
    """Numbers are written with commas and dashes: 3,4-MDP-2-P, 2C-B."""
    dashed = re.sub(r"(?<=\d) (?=[a-z])|(?<=[a-z]) (?=\d)", "-", re.sub(r"(?<=\d) (?=\d)", ",", name))
    return dashed.replace(" ", "-") if len(dashed) < 6 else dashed


def test_every_plain_name_is_found_as_it_is_written() -> None:
    tree = yaml.safe_load((DATA_FOLDER / "substances.yaml").read_text(encoding="utf-8"))
    for row in tree["substances"]:
        for name in (*row.get("en", ()), *row.get("es", ())):
            assert [one.substance for one in find(f"Hallaron {as_in_a_text(str(name))}.")] == [row["substance"]], name


def test_slang_in_a_text_never_fires_without_its_context() -> None:
    alone = {term for term, readings in TABLE.slang.items() if all(reading.context for reading in readings)}
    assert len(alone) > 1000
    # "Synthetic cocaine" holds a name.
    assert {term for term in alone if any(one.rule != "name" for one in find(term))} == set()


WORDS = st.sampled_from(
    [
        *TABLE.plain,
        *list(TABLE.slang)[::7],
        *TABLE.everyday,
        *TABLE.marks,
        "kilos de",
        "of",
        "conocida como",
        "pills",
        "droga",
        ",",
        ".",
        "(",
        ")",
        "y",
        "or",
        "M",
        "30",
        "\n",
        "é",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text())
@example("")
@example("m30m30 M-30-")
def test_any_text_is_read_in_order_and_without_overlaps(text: str) -> None:
    found = find(text)
    for one in found:
        assert text[one.start : one.end] == one.as_written != ""
        assert (one.substance is None) == (one.commodity is None or len(one.candidates) > 1)
        assert len(one.candidates) != 1
        assert one.substance is None or one.substance in TABLE.rows
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(st.sampled_from(sorted(name for name in TABLE.plain if TABLE.plain[name][1] != "unspecified")), st.booleans())
def test_case_and_accents_make_no_difference(name: str, capitals: bool) -> None:
    written = as_in_a_text(name)
    found = find(written.upper() if capitals else written)
    assert [one.substance for one in found] == [TABLE.plain[fold(name)][1]]

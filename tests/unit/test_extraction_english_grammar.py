"""English seizure mentions: one sentence or two for each piece of grammar; all invented, every person fictional."""

import time
from collections.abc import Sequence

import pytest

from processors.extraction.english import find_english_mentions
from processors.extraction.english_rules import ENGLISH_DOUBTS, ENGLISH_RULES
from processors.extraction.mentions import Mention
from processors.extraction.texts import Text
from processors.reference import default_reference

Row = tuple[str, float | None, str | None]


def read(raw: str) -> list[Mention]:
    return find_english_mentions(Text(raw, "en"), default_reference())


def rows(raw: str) -> list[Row]:
    return [(one.commodity, one.quantity, one.unit) for one in read(raw)]


AMOUNTS: Sequence[tuple[str, list[Row]]] = [
    # One amount, several goods or units
    (
        "Officers seized 2 lbs. 4 oz. of methamphetamine, 1 pound, 8 ounces of heroin and 3 ounces of cocaine.",
        [("methamphetamine", 2.25, "lb"), ("heroin", 1.5, "lb"), ("cocaine", 3, "oz")],
    ),
    (
        "Agents seized 2.5M fentanyl pills, 300K rounds of ammunition and $1.5M in cash.",
        [("fentanyl", 2_500_000, "pill"), ("ammunition", 300_000, "unit"), ("cash", 1_500_000, "USD")],
    ),
    ("Officers seized $2'350,000 in cash.", [("cash", 2_350_000, "USD")]),
    ("Agents seized record levels of illicit fentanyl.", [("fentanyl", None, None)]),
    ("Officers found high levels of fentanyl in his blood.", []),
    ("Officers seized 40 liters of ammonia.", [("precursor", 40, "l")]),
    ("Agents apprehended 200 unaccompanied alien children.", [("migrant", 200, "person")]),
    ("About 500 migrants were encountered near Laredo.", [("migrant", 500, "person")]),
    ("ICE arrested three illegal immigrant MS-13 gang members.", [("person_detained", 3, "person")]),
    ("Officers seized five or six rifles.", [("firearm", 6, "unit")]),
    ("Officers seized a rifle or two pistols.", [("firearm", 1, "unit"), ("firearm", 2, "unit")]),
    (
        "Agents seized a Cessna 206 aircraft and 40 pounds of marijuana.",
        [("vehicle", 1, "unit"), ("marijuana", 40, "lb")],
    ),
    ("Deputies found a pound each of cocaine and heroin.", [("cocaine", 1, "lb"), ("heroin", 1, "lb")]),
    ("Agents seized 5 kilos - or 11 pounds - of heroin.", [("heroin", 5, "kg"), ("heroin", 11, "lb")]),
    (
        "Deputies seized a kilogram of fentanyl (35 ounces), 16 ounces of heroin and a rifle.",
        [("fentanyl", 1, "kg"), ("fentanyl", 35, "oz"), ("heroin", 16, "oz"), ("firearm", 1, "unit")],
    ),
    ("Officers uncovered 30 kilograms of cocaine, or about 66 pounds.", [("cocaine", 30, "kg"), ("cocaine", 66, "lb")]),
    (
        "Deputies located 61 bundles (approximately 153 pounds) of suspected cocaine.",
        [("cocaine", 61, "package"), ("cocaine", 153, "lb")],
    ),
    ("Agents seized fentanyl, a potent and dangerous drug.", [("fentanyl", None, None)]),
    ("Deputies seized several firearms, including a rifle.", [("firearm", None, "unit")]),
    ("The total amount of cocaine seized was 17.5 pounds.", [("cocaine", 17.5, "lb")]),
    ("Troopers found 200 pills of fentanyl.", [("fentanyl", 200, "pill")]),
    # Numbers that are none, and numbers said twice
    (
        "Police seized two (2) 9mm pistols and one hundred and six 5.56 cartridges.",
        [("firearm", 2, "unit"), ("ammunition", 106, "unit")],
    ),
    ("Police found twelve handgun lowers and a glock switch.", []),
    ("Agents seized a .40-caliber Smith & Wesson revolver.", [("firearm", 1, "unit")]),
    ("Deputies recovered a sawed-off shotgun.", [("firearm", 1, "unit")]),
    # The deed in the name
    ("The lab tested over 9,000 seized guns.", [("firearm", 9000, "unit")]),
    ("It followed a 77-pound fentanyl seizure at the border.", [("fentanyl", 77, "lb")]),
    # Lists
    (
        "Deputies seized a printer, loaded pistols, ammunition, and heroin.",
        [("firearm", None, "unit"), ("ammunition", None, "unit"), ("heroin", None, None)],
    ),
    (
        "Officers found the following: 2 grams of heroin; three guns, two of which were stolen; a scale; and $4,281.",
        [("heroin", 2, "g"), ("firearm", 3, "unit"), ("cash", 4281, "USD")],
    ),
    (
        "Police described a shotgun, a rifle and two pistols that deputies seized.",
        [("firearm", 1, "unit"), ("firearm", 1, "unit"), ("firearm", 2, "unit")],
    ),
    ("Agents recovered six firearms, including rifles and handguns.", [("firearm", 6, "unit")]),
    (
        "Items seized:\n- 3 firearms\n- 2 vehicles\n- $900",
        [("firearm", 3, "unit"), ("vehicle", 2, "unit"), ("cash", 900, "USD")],
    ),
    (
        "Agents seized fentanyl powder, fentanyl pills and other fentanyl amounting to 900 doses of fentanyl.",
        [("fentanyl", 900, "dose")],
    ),
    (
        "Agents seized 24 kilos of fentanyl, enough for 12 million doses, 10 pounds of heroin and six guns.",
        [("fentanyl", 24, "kg"), ("heroin", 10, "lb"), ("firearm", 6, "unit")],
    ),
    ("Agents found three kilos of heroin (field-tested), a press and 10 pounds of sugar.", [("heroin", 3, "kg")]),
    ("The men stole 40 guns. Police recovered 31 of the stolen guns.", [("firearm", 31, "unit")]),
    # Money
    ("Deputies found $5,200 in his jacket and $960 in small bills.", [("cash", 5200, "USD"), ("cash", 960, "USD")]),
    ("Agents seized $18 million in illicit drugs and cash.", [("property", 18_000_000, "USD")]),
    (
        "The raids led to the seizure of 3 pounds of heroin and cash, jewelry and vehicles valued at $640,000.",
        [("heroin", 3, "lb"), ("property", 640_000, "USD")],
    ),
    ("Police seized $900 in cash as well as $300 worth of jewelry.", [("cash", 900, "USD"), ("property", 300, "USD")]),
    # People
    ("Two men were taken into custody.", [("person_detained", 2, "person")]),
    ("Twenty of the defendants named in the indictment were arrested.", [("person_detained", 20, "person")]),
    ("The task force arrested 26 in the county.", [("person_detained", 26, "person")]),
    ("Agents arrested more than 150 and deported more than 130 aliens.", [("person_detained", 150, "person")]),
    (
        "Police arrested 33 suspects, and 11 girls were rescued.",
        [("person_detained", 33, "person"), ("victim", 11, "person")],
    ),
    ("The office arrested and charged two leaders of the ring.", [("person_detained", 2, "person")]),
    ("A third man was arrested.", [("person_detained", 1, "person")]),
    # Vehicles
    ("Officers found a stolen 2019 Toyota.", [("vehicle", 1, "unit")]),
    ("Troopers intercepted a truck hauling 90 pounds of marijuana.", [("marijuana", 90, "lb")]),
    # Goods that only lie there
    (
        "Detectives found 4 grams of heroin. A .45-caliber pistol was under the mattress.",
        [("heroin", 4, "g"), ("firearm", 1, "unit")],
    ),
    (
        "Detectives found 4 grams of heroin. Inside the trunk were 12 pounds of cocaine.",
        [("heroin", 4, "g"), ("cocaine", 12, "lb")],
    ),
]


@pytest.mark.parametrize(("raw", "expected"), AMOUNTS, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_reads_the_grammar(raw: str, expected: list[Row]) -> None:
    assert rows(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Doe was suspected of attempting to smuggle 100 guns.",
        "Prosecutors seek forfeiture of $40,000.",
        "The agency deported 300 migrants and released 40 aliens.",
        "Ghost guns are weapons that are increasingly being recovered at crime scenes.",
        "The plan deals with illicitly manufactured and distributed synthetic drugs.",
        "Doe was charged with assault with a deadly weapon after a fight was stopped.",
        "Agents seized $225,000 worth of heroin.",
        "One plant is capable of producing a pound of marijuana with each pound being sold for $900.",
        "A pistol was under the mattress.",
        "The gun buyback took place on May 1. The county destroyed 300 guns.",
        "He raised concerns about detained American citizens.",
    ],
)
def test_reads_nothing_where_the_grammar_bars_it(raw: str) -> None:
    assert rows(raw) == []


@pytest.mark.parametrize(
    ("raw", "spans"),
    [
        ("Mary Roe, 34, and John Doe, 40, were taken into custody.", ["Mary Roe", "John Doe"]),
        ("The driver, 41-year-old John Doe of Examplia, was arrested.", ["John Doe"]),
        ("John Doe, 29, surrendered quietly and was taken into custody.", ["John Doe"]),
        ("Police arrested 28-year-old John Doe-Roe and 23-year-old Mary Poe.", ["John Doe-Roe", "Mary Poe"]),
        (
            "They praised the arrest of John Doe, a maker of U.S. pills, and Max “El Ficto” Roe, a boss.",
            ["John Doe", "Max “El Ficto” Roe"],
        ),
    ],
)
def test_names_of_arrested_people(raw: str, spans: list[str]) -> None:
    assert [one.text for one in read(raw)] == spans


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("ICE [arrested](https://news.example/ice-arrests-99-aliens) 370+ aliens.", "370+ aliens"),
        ("They seized over 23 \\[thousand\\] pounds of heroin.", "23 \\[thousand\\] pounds of heroin"),
        ("Agents have confiscated more than 5,000 illegal\nfirearms.", "5,000 illegal\nfirearms"),
    ],
)
def test_marks_of_the_page_are_passed_over(raw: str, text: str) -> None:
    (one,) = read(raw)
    assert one.text == raw[one.start : one.end] == text


@pytest.mark.parametrize(
    ("raw", "place", "state"),
    [
        ("Agents seized 3 guns in Examplia on Monday.", "Examplia", None),
        ("Agents seized 3 guns near Examplia, Oregon.", "Examplia", "Oregon"),
        ("Agents seized 3 guns in Oregon.", None, "Oregon"),
        ("Agents seized 3 guns at the southern border.", "southern border", None),
        ("Agents seized 3 guns at the Examplia home.", "Examplia", None),
        (
            "Agents seized 3 guns in Examplia, Sampleton and Ficton Counties.",
            "Examplia, Sampleton and Ficton Counties",
            None,
        ),
        ("Deputies stopped a car south of Examplia. They found 3 guns.", "Examplia", None),
        ("Deputies stopped a car 80 miles south of Examplia. They found 3 guns.", None, None),
        ("Doe was sentenced in Examplia. Police had found 3 guns.", None, None),
        ("Deputies went to Examplia County Jail.\n\nThey found 3 guns.", None, None),
        ("Since May, agents in Examplia helped. So far 300 guns have been seized.", None, None),
        ("Agents seized 3 guns from a man of Examplia.", None, None),
    ],
)
def test_place_of_a_mention(raw: str, place: str | None, state: str | None) -> None:
    (one,) = read(raw)
    assert (one.place, one.state) == (place, state)


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("Deputies found 3 grams of suspected heroin.", ("presumptive",)),
        ("Deputies found 3 grams of heroin.", ()),
        ("Doe is charged with selling 12 guns.", ("charged",)),
        ("Doe sold 12 guns.", ()),
        ("The task force arrested 26 in the county.", ("elided_noun",)),
        ("Agents seized 3 tons of marijuana.", ("short_ton_assumed",)),
        ("Agents seized 3 metric tons of marijuana.", ()),
    ],
)
def test_doubts(raw: str, doubt: tuple[str, ...]) -> None:
    (one,) = read(raw)
    assert one.doubt == doubt


def test_a_list_without_a_verb_goes_on_from_its_arrests() -> None:
    arrests, heroin, guns = read("The result: 90 arrests, 12 pounds of heroin and 70 guns.")
    assert [one.commodity for one in (arrests, heroin, guns)] == ["person_detained", "heroin", "firearm"]
    assert (arrests.doubt, heroin.doubt) == ((), ("no_verb_of_seizing",))


def test_goods_that_lie_there_are_doubted() -> None:
    _, lying = read("Detectives found 4 grams of heroin. A pistol was under the bed.")
    assert (lying.rule, lying.doubt) == ("en.lay", ("no_verb_of_seizing",))


def test_seized_at_large_is_a_total() -> None:
    assert [one.cumulative for one in read("The lab tested over 9,000 seized guns.")] == [True]
    assert [one.cumulative for one in read("The lab tested 12 seized guns.")] == [False]


def test_what_caps_an_investigation_is_one_find() -> None:
    capped = read("Capping a three-month investigation, detectives found 11 ounces of heroin in a home in Oildale.")
    over = read("Over a three-month investigation, detectives found 11 ounces of heroin.")
    assert ([one.cumulative for one in capped], [one.cumulative for one in over]) == ([False], [True])


def test_a_find_in_one_place_is_no_running_total() -> None:
    assert [one.cumulative for one in read("Agents have seized 160 pounds of cocaine.")] == [True]
    assert [one.cumulative for one in read("Agents have seized 160 pounds of cocaine inside a truck.")] == [False]


def test_one_piece_is_no_total() -> None:
    assert [one.cumulative for one in read("In 2021, officers found a rifle.")] == [False]


def test_every_rule_and_doubt_has_its_sentence() -> None:
    found = [one for raw, _ in AMOUNTS for one in read(raw)]
    assert {one.rule for one in found} <= set(ENGLISH_RULES)
    assert {"en.each", "en.named-seizure", "en.lay", "en.assets", "en.persons-counted"} <= {one.rule for one in found}
    assert {code for one in found for code in one.doubt} <= set(ENGLISH_DOUBTS)


@pytest.mark.parametrize(
    "piece", ["seized $5 in cash and ", "seized 2 arrests, ", "found fentanyl pills and ", "in Aa Bb, "]
)
def test_a_sentence_without_end_costs_no_more_than_its_length(piece: str) -> None:
    default_reference()
    start = time.process_time()
    read(piece * 1500)
    assert time.process_time() - start < 10  # two minutes where each phrase looked at all others

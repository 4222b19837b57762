"""Seizure mentions of English texts: the grammar, on invented sentences; every person and case is fictional."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.extraction.english import find_english_mentions
from processors.extraction.english_rules import ENGLISH_RULES
from processors.extraction.english_sentences import split_sentences
from processors.extraction.mentions import Mention
from processors.extraction.texts import Text
from processors.reference import default_reference

Row = tuple[str, float | None, str | None]


def read(raw: str) -> list[Mention]:
    return find_english_mentions(Text(raw, "en"), default_reference())


def rows(raw: str) -> list[Row]:
    return [(one.commodity, one.quantity, one.unit) for one in read(raw)]


SEIZED: Sequence[tuple[str, list[Row]]] = [
    ("Agents seized 12 pounds of cocaine base.", [("cocaine", 12, "lb")]),
    (
        "Deputies recovered 40 fentanyl pills, a loaded 9mm handgun and $2,150 in cash.",
        [("fentanyl", 40, "pill"), ("firearm", 1, "unit"), ("cash", 2150, "USD")],
    ),
    (
        "Officers found two AR-15 style rifles, a .45 caliber pistol, a Glock 19 handgun and 300 rounds of ammunition.",
        [("firearm", 2, "unit"), ("firearm", 1, "unit"), ("firearm", 1, "unit"), ("ammunition", 300, "unit")],
    ),
    ("Troopers located a half-pound of suspected heroin.", [("heroin", 0.5, "lb")]),
    ("Police recovered a kilogram and a half of fentanyl.", [("fentanyl", 1.5, "kg")]),
    ("Detectives confiscated two dozen oxycodone pills.", [("other_drug", 24, "pill")]),
    (
        "Agents found 1.2 million fentanyl-laced counterfeit prescription pills in the trailer.",
        [("fentanyl", 1_200_000, "pill")],
    ),
    ("Investigators found 45 blue pills suspected of containing fentanyl.", [("fentanyl", 45, "pill")]),
    ("The raid yielded 310 individual baggies of crack.", [("cocaine", 310, "package")]),
    ("The detective purchased $900 worth of methamphetamine.", [("methamphetamine", 900, "USD")]),
    ("Agents seized 25 kilograms of fentanyl and heroin.", [("drugs_unspecified", 25, "kg")]),
    ("Agents seized 25 kilograms of fentanyl and 3 of heroin.", [("fentanyl", 25, "kg"), ("heroin", 3, "kg")]),
    ("Officers recovered two kilograms (4.4 pounds) of heroin.", [("heroin", 2, "kg"), ("heroin", 4.4, "lb")]),
    ("Cocaine (3 kilograms) was found in the trunk.", [("cocaine", 3, "kg")]),
    ("They seized nine guns, including four pistols and two rifles.", [("firearm", 9, "unit")]),
    (
        "They seized eight pounds of drugs, including 2 pounds of heroin.",
        [("drugs_unspecified", 8, "lb"), ("heroin", 2, "lb")],
    ),
    ("The team dismantled a fentanyl lab.", [("laboratory", 1, "unit")]),
    ("Agents eradicated 680 marijuana plants.", [("marijuana", 680, "plant")]),
    ("Ten pounds of fentanyl, along with $700, were seized.", [("fentanyl", 10, "lb"), ("cash", 700, "USD")]),
    ("Agents seized thousands of fentanyl pills.", [("fentanyl", None, "pill")]),
    (
        "The search resulted in the seizure of cannabis and three guns.",
        [("marijuana", None, None), ("firearm", 3, "unit")],
    ),
    ("Police seized his firearm.", [("firearm", 1, "unit")]),
    (
        "The operation led to 57 arrests and the rescue of 12 victims.",
        [("person_detained", 57, "person"), ("victim", 12, "person")],
    ),
    ("Agents seized 14 vehicles.", [("vehicle", 14, "unit")]),
    (
        "Police seized the following:\n- 12 firearms\n- 41 pounds of methamphetamine\n- $2,000 in cash",
        [("firearm", 12, "unit"), ("methamphetamine", 41, "lb"), ("cash", 2000, "USD")],
    ),
    (
        "They seized 30 magazines capable of holding 30 rounds; 500 rounds of ammunition; and a rifle.",
        [("magazine", 30, "unit"), ("ammunition", 500, "unit"), ("firearm", 1, "unit")],
    ),
    ("Drugs seized: 14 lbs. fentanyl and 9 lbs. heroin.", [("fentanyl", 14, "lb"), ("heroin", 9, "lb")]),
    ("Doe sold the buyer one pill that contained fentanyl.", [("fentanyl", 1, "pill")]),
    ("Doe had 200 fentanyl pills in his possession.", [("fentanyl", 200, "pill")]),
    ("Agents seized 1.5 kilos of a fentanyl-heroin mixture.", [("drugs_unspecified", 1.5, "kg")]),
    ("Agents found 590 pounds of the deadly synthetic opioid.", [("drugs_unspecified", 590, "lb")]),
    (
        "Magazines, 200 rounds and $5,000 in cash were seized.",
        [("magazine", None, "unit"), ("ammunition", 200, "unit"), ("cash", 5000, "USD")],
    ),
    ("Seizures rose from 40 pounds of cocaine to 60 pounds.", [("cocaine", 40, "lb"), ("cocaine", 60, "lb")]),
]


@pytest.mark.parametrize(("raw", "expected"), SEIZED, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_reads_what_was_seized(raw: str, expected: list[Row]) -> None:
    assert rows(raw) == expected


NOTHING = [
    "He is charged with possession of 400 grams of methamphetamine and faces 20 years in prison.",
    "Trafficking 400 grams or more of fentanyl carries a mandatory minimum of ten years.",
    "The labs can produce 44 to 66 pounds of fentanyl weekly.",
    "That is enough fentanyl to kill 4 million people.",
    "Two milligrams of fentanyl may be a deadly dose.",
    "The defendants stole $4,000 in shoes and $3,000 in cash.",
    "He fired 13 rounds from a rifle into the car.",
    "Officials have stopped more fentanyl than in the last five years combined.",
    "Seizures of fentanyl rose by 200 percent.",
    "The budget provides $1.2 billion to fight gun trafficking.",
    "An arrest warrant was issued for the driver.",
    "The jury found the defendant guilty of gun charges.",
    "No drugs were found and the gun has not been recovered.",
    "Bail was set at $500,000.",
    "Roe was carrying a gun when he entered the shop.",
    "A camera captured Doe firing a rifle at the house.",
    "Testing revealed that seven out of ten pills contain a deadly dose.",
    "The bags were worth about $4 million on the street.",
    "The weather was fine.",
    "",
]


@pytest.mark.parametrize("raw", NOTHING)
def test_reads_nothing_where_nothing_was_seized(raw: str) -> None:
    assert rows(raw) == []


@pytest.mark.parametrize("words", ["over", "more than", "nearly", "about", "at least", "approximately", "an estimated"])
def test_marks_an_approximate_number(words: str) -> None:
    first, second = read(f"Agents seized {words} 30 guns and 12 rifles.")
    assert first.approximate
    assert not second.approximate


@pytest.mark.parametrize(
    "period",
    [
        "In 2023",
        "Last fiscal year",
        "Since April",
        "In FY22",
        "Over the past six months",
        "To date",
        "In the last two years",
    ],
)
def test_marks_a_total_over_a_period(period: str) -> None:
    assert [one.cumulative for one in read(f"{period}, agents seized 30 guns.")] == [True]


@pytest.mark.parametrize("moment", ["On May 3", "During the search", "Over three days", "On Monday"])
def test_a_single_seizure_is_no_total(moment: str) -> None:
    assert [one.cumulative for one in read(f"{moment}, agents seized 30 guns.")] == [False]


def test_a_figure_repeated_counts_once() -> None:
    assert rows("Agents seized 30 guns. The 30 guns were seized in Examplia.") == [("firearm", 30, "unit")]


@pytest.mark.parametrize(
    ("raw", "span"),
    [
        ("On Dec. 13, the team arrested Doe as he left his flat.", "Doe"),
        ("John Doe Jr., DOB: 4-23-88, was arrested on March 20.", "John Doe Jr."),
        ("Officers were able to detain Roe and left.", "Roe"),
        ("After the stop he was taken into custody.", "he"),
    ],
)
def test_one_person_arrested(raw: str, span: str) -> None:
    assert [(one.text, one.commodity, one.quantity) for one in read(raw)] == [(span, "person_detained", 1)]


def test_spans_rules_and_si() -> None:
    raw = "“Agents” seized nearly 2 pounds of heroin at the Fictional port of entry in Examplia."
    (one,) = read(raw)
    assert raw[one.start : one.end] == one.text == "2 pounds of heroin"
    assert one.qty_si == pytest.approx(0.90718474)
    assert one.rule.startswith("en.")
    assert one.place is not None


def test_every_rule_has_its_sentence() -> None:
    used = {one.rule for raw, _ in SEIZED for one in read(raw)}
    assert used <= set(ENGLISH_RULES)
    assert {"en.measure", "en.count", "en.joint", "en.money", "en.bare-money", "en.vague"} <= used


def test_sentences_keep_abbreviations_and_lists_together() -> None:
    raw = "On Dec. 13, Sgt. Doe of the U.S. Army left. He seized:\n\n- 2 guns"
    assert [raw[a:b].strip() for _, _, a, b in split_sentences(Text(raw, "en"))] == [
        "On Dec. 13, Sgt. Doe of the U.S. Army left.",
        "He seized:\n\n- 2 guns",
    ]


PIECES = st.sampled_from(
    [
        *("seized", "recovered", "arrested", "sold", "were", "was", "found", "charged", "enough", "capable"),
        *(
            "30",
            "1,200",
            "$79,000",
            "a",
            "an",
            "half",
            "dozen",
            "thousands",
            "2023",
            "9",
            ".40",
            "½",
            "between",
            "from",
        ),
        *("pounds", "kilos", "rounds", "pills", "bags", "%", "mm", "+"),
        *("fentanyl", "cocaine", "guns", "cash", "AK-47", "M30", "victims", "people", "John Doe", "the"),
        *("of", "and", "in", "with", "or", "to", "including", "over", "more than", "worth"),
        *(",", ".", ";", "(", ")", ":", "-", "–", "•", "“", "”", "/", "\n", "ñ", "İ"),
        *("[", "](https://a.example/seized-99-guns)", "**", "\\[", "\n  ", "each", "seizure", "was under"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_gives_spans_in_bounds(raw: str) -> None:
    for one in read(raw):
        assert 0 <= one.start < one.end <= len(raw)
        assert one.text == raw[one.start : one.end]
        assert (one.quantity is None) == (one.qty_si is None)
        assert one.quantity is None or one.quantity >= 0

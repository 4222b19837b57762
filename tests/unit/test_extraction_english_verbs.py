"""English seizure mentions by the verbs of many press offices; all invented, every person fictional."""

import pytest

from processors.extraction.english import find_english_mentions
from processors.extraction.texts import Text
from processors.reference import default_reference


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "The stash house gave up five kilos of cocaine and two rifles.",
            [("cocaine", 5, "kg"), ("firearm", 2, "unit")],
        ),
        (
            "A search of his room turned up 14 grams of heroin, three pistols and $9,300.",
            [("heroin", 14, "g"), ("firearm", 3, "unit"), ("cash", 9_300, "USD")],
        ),
        ("Officers searched the car, which turned up neither weapons nor narcotics.", []),
        ("23 guns came off the street last month.", [("firearm", 23, "unit")]),
        ("Deputies carted off 776 marijuana plants.", [("marijuana", 776, "plant")]),
        ("Agents pulled from the truck 12 kilos of heroin.", [("heroin", 12, "kg")]),
        ("He pulled a gun and pointed it at a deputy.", []),
        ("Deputies dug out of the floor 38 pounds of cocaine.", [("cocaine", 38, "lb")]),
        ("Deputies also logged two pounds of heroin.", [("heroin", 2, "lb")]),
        ("They moved at least 45 kilograms of meth through Polk County.", [("methamphetamine", 45, "kg")]),
        ("The family moved two miles and held 3 meetings.", []),
        (
            "The parcel held 1,984 grams of cocaine and a loaded pistol.",
            [("cocaine", 1_984, "g"), ("firearm", 1, "unit")],
        ),
        ("The suspect held a gun to her head and fled.", []),
        ("Technicians rendered safe two pipe bombs.", [("grenade_explosive", 2, "unit")]),
        ("He sold 73 guns and threw in 38 magazines.", [("firearm", 73, "unit"), ("magazine", 38, "unit")]),
        ("Roe sold 450 folds of heroin to a detective.", [("heroin", 450, "package")]),
        ("Agents seized 14 firearms from the home, among them six ghost guns.", [("firearm", 14, "unit")]),
        ("Two men were booked into the county jail.", [("person_detained", 2, "person")]),
        ("Agents arrested 16 of the 19 people named in the indictment.", [("person_detained", 16, "person")]),
        ("A 19-year-old resident was arrested at his workplace.", [("person_detained", 1, "person")]),
        ("The driver, Martin Imaginary, was jailed on Friday.", [("person_detained", 1, "person")]),
        (
            "Agents took 48 guns and just shy of $388,000 off the street.",
            [("firearm", 48, "unit"), ("cash", 388_000, "USD")],
        ),
        ("Deputies recovered 640 rounds of assorted ammunition.", [("ammunition", 640, "unit")]),
        (
            "Agents seized 16 kilograms of fentanyl pills (some 160,000 tablets), nine kilograms of fentanyl powder.",
            [("fentanyl", 16, "kg"), ("fentanyl", 160_000, "pill"), ("fentanyl", 9, "kg")],
        ),
        (
            "Deputies stopped a van on Interstate 10. Underneath the seat were 12 pounds of cocaine.",
            [("cocaine", 12, "lb")],
        ),
        ("Officers searched the home. Also inside: 9.7 ounces of cocaine.", [("cocaine", 9.7, "oz")]),
    ],
)
def test_reads_the_verbs(raw: str, expected: list[tuple[str, float | None, str | None]]) -> None:
    found = find_english_mentions(Text(raw, "en"), default_reference())
    assert [(one.commodity, one.quantity, one.unit) for one in found] == expected

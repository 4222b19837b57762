"""What prosecutors' releases say of finds and arrests, a sentence or two for each rule; all invented and fictional."""

from collections.abc import Sequence

import pytest

from processors.extraction.english import find_english_mentions
from processors.extraction.mentions import Mention
from processors.extraction.texts import Text
from processors.reference import default_reference

Row = tuple[str, float | None, str | None]
PERSON: Row = ("person_detained", 1, "person")
PEOPLE: Row = ("person_detained", None, "person")


def read(raw: str) -> list[Mention]:
    return find_english_mentions(Text(raw, "en"), default_reference())


def rows(raw: str) -> list[Row]:
    return [(one.commodity, one.quantity, one.unit) for one in read(raw)]


SAID: Sequence[tuple[str, list[Row]]] = [
    # To be accused of possessing something tells that it was found; to be charged with it only names the crime
    (
        "Poe is accused of possessing two rifles and 3 ounces of cocaine in his garage.",
        [("firearm", 2, "unit"), ("cocaine", 3, "oz")],
    ),
    ("Poe is charged with possessing two rifles.", []),
    (
        "Poe is accused of being in possession of a revolver and $400 in cash.",
        [("firearm", 1, "unit"), ("cash", 400, "USD")],
    ),
    ("Poe is accused of having 4 grams of heroin in his car.", [("heroin", 4, "g")]),
    ("Poe is accused of having two prior convictions for possession of a firearm by a felon.", []),
    ("Poe is accused of possessing heroin and meth.", [("heroin", None, None), ("methamphetamine", None, None)]),
    (
        "When they were searched, they possessed a box containing 2 grams of methamphetamine.",
        [("methamphetamine", 2, "g")],
    ),
    ("He said that they possessed a rifle.", []),
    # Purchases of undercover officers
    (
        "Officers made 12 buys of crack cocaine and 5 buys of heroin.",
        [("cocaine", None, None), ("heroin", None, None)],
    ),
    # "found true" is a verdict, to recover from a wound is no rescue, frozen money is not seized
    ("The enhancement for carrying a firearm was found true.", []),
    ("His prior conviction for unlawfully carrying a firearm was found to be true.", []),
    ("The other two victims recovered from their wounds.", []),
    (
        "They told of the seizure of $14,000 worth of cryptocurrency and the freezing of $900 worth of cryptocurrency.",
        [("cash", 14000, "USD")],
    ),
    # A passive belongs to its own subject
    ("About 25 firearms were used in the shootings and 12 rifles were recovered.", [("firearm", 12, "unit")]),
    ("One of the victims called the police, and the defendant was arrested.", [PERSON]),
    ("He threw the bag under a car and another gun was recovered.", [("firearm", 1, "unit")]),
    ("The total value of the stolen cars recovered was $90,000.", []),
    # Part and whole
    ("Roe sold 30 guns last spring. He sold 20 of the guns in May.", [("firearm", 30, "unit")]),
    ("Roe trafficked 30 guns. He sold 22 guns to a buyer and was arrested with eight guns.", [("firearm", 30, "unit")]),
    ("Police recovered two pistols, a .40 caliber pistol and a .38 caliber pistol.", [("firearm", 2, "unit")]),
    (
        "Police recovered two pistols, a rifle and a shotgun.",
        [("firearm", 2, "unit"), ("firearm", 1, "unit"), ("firearm", 1, "unit")],
    ),
    ("Roe sold 44 guns. Among the guns recovered were two assault rifles.", [("firearm", 44, "unit")]),
    ("Agents seized four shotguns and four rifles.", [("firearm", 4, "unit"), ("firearm", 4, "unit")]),
    ("Agents seized four rifles. They said that the four rifles were recovered in May.", [("firearm", 4, "unit")]),
    # Who was arrested
    ("The defendant fled on foot and was arrested in Exeter.", [PERSON]),
    ("The defendant, who hid for two weeks, was apprehended in Exeter.", [PERSON]),
    ("Galvez was identified and arrested by police.", [PERSON]),
    ("The owner of the garage was later arrested.", [PERSON]),
    ("Officers apprehended Roe about an hour after the fire.", [PERSON]),
    ("A warrant was issued for the arrest of Roe.", []),
    ("Two of the defendants are in custody in another state.", []),
    ("The defendants were arrested at the scene.", [PEOPLE]),
    ("The robbers hid before they were arrested by officers.", [PEOPLE]),
    ("Deputies arrested the suspects as they left.", [PEOPLE]),
    ("Deputies arrested four men. The men were arrested as they left.", [("person_detained", 4, "person")]),
    ("These arrests ruined the lives of thousands of people.", []),
    ("The camera of one of the victims' cars captured the driver.", []),
    ("Agents recorded 1.2 million border encounters at the southern border.", [("migrant", 1_200_000, "person")]),
    ("Deputies arrested dozens of dangerous, indicted gang members.", [PEOPLE]),
    # Goods and numbers
    (
        "Deputies found two homemade bombs and 1 ½ kilos of heroin.",
        [("grenade_explosive", 2, "unit"), ("heroin", 1.5, "kg")],
    ),
    ("Police recovered 29 twists of crack cocaine.", [("cocaine", 29, "package")]),
    # Goods that the text points to
    ("A heroin dealer was stopped. Officers found four kilos of the deadly drug.", [("heroin", 4, "kg")]),
    ("Officers found four kilos of the drug.", [("drugs_unspecified", 4, "kg")]),
    ("The loaded .380 pistol was recovered from the car.", [("firearm", 1, "unit")]),
    ("Police recovered a rifle. They said that the rifle was recovered in his car.", [("firearm", 1, "unit")]),
    ("Deputies found the stolen Honda and $900.", [("vehicle", 1, "unit"), ("cash", 900, "USD")]),
    ("Deputies found the Honda.", []),
    ("Agents discovered the methamphetamine lab.", [("laboratory", 1, "unit")]),
    ("Agents recovered all of the stolen cocaine.", [("cocaine", None, None)]),
    ("Police found 3 grams of a white powder believed to be cocaine.", [("cocaine", 3, "g")]),
    ("They sold 60 grams of what was purported to be heroin to an officer.", [("heroin", 60, "g")]),
    ("He had 19 twists of crack cocaine on him at the time of his arrest.", [("cocaine", 19, "package")]),
    ("When he moved, he had three guns and a dog.", []),
    ("He told her that he was in possession of a gun, and police found $80.", [("cash", 80, "USD")]),
    ("Roe was in possession of heroin and a firearm.", [("heroin", None, None), ("firearm", 1, "unit")]),
    # Parts and kinds of one good
    ("Police seized a bag with fentanyl pills.", [("fentanyl", 1, "package")]),
    ("Police seized a loaded pistol with an extended magazine.", [("firearm", 1, "unit")]),
    ("Police seized a ghost gun – a weapon without a serial number.", [("firearm", 1, "unit")]),
    (
        "Officers bought a variety of drugs including meth and heroin.",
        [("methamphetamine", None, None), ("heroin", None, None)],
    ),
    ("Police found 101 grams of fentanyl and Xanax pills.", [("drugs_unspecified", 101, "g")]),
    (
        "Police recovered two kilos of heroin and another 1,300 glassines.",
        [("heroin", 2, "kg"), ("heroin", 1300, "package")],
    ),
    ("Police recovered 60 glassines of heroin and fentanyl.", [("drugs_unspecified", 60, "package")]),
    ("Police seized a 2009 Lexus 350 SUV and an airsoft rifle.", [("vehicle", 1, "unit")]),
    (
        "Four pounds of meth, over 10 gallons of acetone and a pistol were found.",
        [
            ("methamphetamine", 4, "lb"),
            ("precursor", 37.85411784, "l"),
            ("firearm", 1, "unit"),
        ],
    ),
    (
        "The unit has helped arrest 54 auto thieves and recover 89 stolen vehicles.",
        [("person_detained", 54, "person"), ("vehicle", 89, "unit")],
    ),
    ("Several pounds of drugs were also removed from the streets.", [("drugs_unspecified", None, "lb")]),
    # Said of another, or of what was fired
    ("They bought the gun and left.", []),
    ("A casing matching a 9mm pistol was recovered.", []),
    ("Nine shell casings and two bullets were recovered at the scene.", []),
    ("Police found 40 bullets in the drawer.", [("ammunition", 40, "unit")]),
    ("Six men were arrested in the raid, said police, who made six arrests.", [("person_detained", 6, "person")]),
    ("Roe fled the state, but was apprehended in May.", [PERSON]),
    ("Officers found Roe and arrested him in the street.", [PERSON]),
    ("Officers met the robbers and arrested them.", [PEOPLE]),
    ("Officers met her and arrested her landlord.", []),
]


@pytest.mark.parametrize(("raw", "wanted"), SAID)
def test_what_is_said(raw: str, wanted: list[Row]) -> None:
    assert rows(raw) == wanted


@pytest.mark.parametrize(
    ("raw", "total"),
    [
        ("Police recovered 17 rifles during the course of the investigation.", True),
        ("The task force recovered 17 rifles throughout the investigation.", True),
        ("During its investigation into the crash, police recovered 17 rifles.", False),
        ("Police seized 17 rifles over the course of a two-day operation.", False),
        ("Police seized 17 rifles over the course of a year.", True),
        ("Roe sold 17 rifles to an officer on four occasions.", True),
        ("Over the next four months, officers made buys. During the operation, they recovered 17 rifles.", True),
    ],
)
def test_totals_over_an_investigation(raw: str, total: bool) -> None:
    assert [one.cumulative for one in read(raw)] == [total]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("Police found a rifle in Roe's Exeter motel.", "Exeter"),
        ("He grew cannabis in a Fort Exeter neighborhood. Police seized 30 plants of marijuana.", "Fort Exeter"),
        ("Police found a rifle on the Fort Exeter Expressway.", "Fort Exeter Expressway"),
        ("Police found a rifle on Exeter Island.", "Exeter Island"),
        ("Deputies seized 17 rifles throughout Exeter County.", "Exeter County"),
        ("Police found $80 in cash in Boggs' possession in Exeter.", "Exeter"),
        ("Poe was stopped in Exeter. He drove across the border. Police found 3 pounds of heroin.", "Exeter"),
    ],
)
def test_places(raw: str, place: str) -> None:
    assert [one.place for one in read(raw) if one.commodity != "person_detained"] == [place]

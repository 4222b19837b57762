"""Firearms in texts: the parts of one description together, those of two apart, and nothing that is no gun."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processors.extraction.firearms import FoundFirearm, find_firearms
from processors.extraction.texts import Text
from processors.reference import default_reference

REFERENCE = default_reference()
FIREARMS = REFERENCE.firearms


def find(text: str) -> list[FoundFirearm]:
    return find_firearms(Text(text), REFERENCE)


def said(text: str) -> list[dict[str, Any]]:
    """What was found, without spans, rules and what is not said."""
    return [
        {name: value for name, value in one._asdict().items() if value and name not in {"start", "end", "rule"}}
        for one in find(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a privately made 9mm pistol", {"privately_made": True, "calibre": "9x19", "type": "pistol"}),
        ("Glock 19 calibre 9mm", {"make": "Glock", "model": "19", "calibre": "9x19"}),
        ("fusil AK-47", {"type": "rifle", "model": "AK-47"}),
        ("two .50 calibre Barrett rifles", {"calibre": ".50 BMG", "make": "Barrett", "type": "rifle"}),
        ("ghost guns", {"privately_made": True}),
        ("una arma fantasma", {"privately_made": True}),
        ("dos armas hechizas", {"privately_made": True}),
        (
            "pistola calibre 9 mm, marca Glock, modelo 19, matrícula FICT123",
            {"type": "pistol", "calibre": "9x19", "make": "Glock", "model": "19"},
        ),
        ("cinco armas tipo fusil calibre 762 por 39", {"type": "rifle", "calibre": "7.62x39"}),
        ("arma larga, tipo fusil", {"type": "rifle"}),
        ("arma larga tipo fusil AR-15 calibre 5.56", {"type": "rifle", "model": "AR-15", "calibre": ".223/5.56"}),
        ("fusiles tipo cuerno de chivo", {"type": "rifle", "model": "AK pattern"}),
        ("fusil R-15", {"type": "rifle", "model": "AR-15"}),
        ("S&W revolver .38 special", {"make": "Smith & Wesson", "type": "revolver", "calibre": ".38 Special"}),
        ("Colt .38 Super pistol", {"make": "Colt", "calibre": ".38 Super", "type": "pistol"}),
        ("12 gauge shotgun", {"calibre": "12 gauge", "type": "shotgun"}),
        ("escopeta calibre 12", {"calibre": "12 gauge", "type": "shotgun"}),
        ("FN Five-seveN pistol", {"make": "FN Herstal", "model": "Five-seveN", "type": "pistol"}),
        ("FN SCAR 17S", {"make": "FN Herstal", "model": "SCAR"}),
        ("an M4 carbine", {"model": "M4", "type": "carbine"}),
        ("pistola 9 mm con la matrícula limada", {"type": "pistol", "calibre": "9x19", "obliterated": True}),
        ("a pistol with an obliterated serial number", {"type": "pistol", "obliterated": True}),
        ("a Glock pistol converted to full auto", {"make": "Glock", "type": "pistol", "converted": True}),
        ("arma de fuego calibre .45", {"calibre": ".45 ACP"}),
    ],
)
def test_one_description(text: str, expected: dict[str, Any]) -> None:
    assert said(text) == [expected]


def test_two_descriptions_stay_apart() -> None:
    text = "una pistola Smith Wesson calibre 40 y un rifle AR-15 calibre 223. Un fusil Barrett, 57 armas cortas"
    assert said(text) == [
        {"type": "pistol", "make": "Smith & Wesson", "calibre": ".40 S&W"},
        {"type": "rifle", "model": "AR-15", "calibre": ".223/5.56"},
        {"type": "rifle", "make": "Barrett"},
        {"type": "handgun"},
    ]
    assert said("armas AR15, AK47, pistolas") == [{"model": "AR-15"}, {"model": "AK-47"}, {"type": "pistol"}]
    assert said("fusiles AR-15 y M-16, revólver")[1:] == [{"model": "M16"}, {"type": "revolver"}]


@pytest.mark.parametrize(
    "text",
    [
        *("gun violence", "arma de fuego", "a weapon", "the M4 motorway", "Star Wars", "a wild colt", "Savage"),
        *("homemade bread", "un cuerno de chivo", "trabajo artesanal", "19 glocken", "calibre 9 mm", "XAK-47B"),
        *("900 cartuchos calibre .223",),
        *("2.23 kilos", "a draco lizard", "Glockenspiel", "switch the light", "serial number removed"),
    ],
)  # fmt: skip
def test_what_is_no_description(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("una pistola con 12 cartuchos calibre 9 mm", "pistol"),
        ("9mm ammunition, a pistol", "pistol"),
        ("cartuchos calibre .223, escopeta", "shotgun"),
        ("fusil y cargadores calibre 7.62x39", "rifle"),
        ("pistol 9mm ammunition", "pistol"),
    ],
)
def test_the_calibre_of_ammunition_is_not_the_gun_s(text: str, kind: str) -> None:
    assert said(text) == [{"type": kind}]


def test_a_nickname_needs_guns_nearby() -> None:
    assert {"model": "AK pattern"} in said("tres cuernos de chivo y un arma larga")
    assert said("vendía artesanías de cuerno de chivo") == []


def test_the_span_and_the_rule() -> None:
    text = "Hallaron dos fusiles Barrett calibre .50 en Ciudad Ficticia"
    [found] = find(text)
    assert text[found.start : found.end] == "fusiles Barrett calibre .50"
    assert [one.rule for one in find("ghost gun; AK-47. Glock! rifle;")] == ["privately_made", "model", "make", "type"]


PIECES = st.sampled_from(
    [
        *(*FIREARMS.types, *FIREARMS.makes, *list(FIREARMS.models)[::2], *FIREARMS.privately_made),
        *("calibre", ".50", "9 mm", "7.62 x 39", "marca", "modelo", "19", "y", ",", ".", "cartuchos", "con", "\n"),
        *("matricula limada", "converted to full auto"),
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text())
@example("")
@example("pistola .50 .50 .50 glock glock 19 19")
def test_any_text_is_read_in_order_and_without_overlaps(text: str) -> None:
    found = find(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.type is None or one.type in set(FIREARMS.types.values()) - {"firearm"}
        assert one.make is None or one.make in {make.make for make in FIREARMS.makes.values()}
        assert one.calibre is None or one.calibre in set(FIREARMS.calibres.values())
        assert one[3:] != FoundFirearm(0, 0, "")[3:]
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(
    st.sampled_from(sorted(set(FIREARMS.types) - {name for name, kind in FIREARMS.types.items() if kind == "firearm"}))
)
def test_every_type_is_found_by_itself(name: str) -> None:
    assert said(f"Aseguraron {name}.") == [{"type": FIREARMS.types[name]}]

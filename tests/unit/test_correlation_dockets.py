"""Case numbers that many courts give out, and those and wallets that are nearly another. Everything here is made up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.explaining import explain_link
from processors.correlation.dockets import compare_courts, names_office
from processors.correlation.links import compare
from processors.correlation.sides import make_side
from processors.correlation.weights import WEIGHTS
from processors.reference.check_digits import hold_check_digits
from tests.unit.correlating import make_record

TIJUANA, REYNOSA = "Juzgado Primero de Ejemplo, Tijuana (ficticio)", "Juzgado Segundo de Muestra, Reynosa (ficticio)"
WALLET = "TLVMbshittm41om9cMKJArSbffKRZ15Gpt"
BECH32 = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
"""Of BIP-173's examples."""
RARE, COMMON = 2, 32


def carrying(number: int, kind: str, value: str, issuer: str = "", **parts: Any) -> Any:
    record: Any = make_record(number, (kind, value), **parts)
    [one] = record["identifiers"]
    one |= {"as_written": value, **({"issuer": issuer} if issuer else {})}
    if (checked := hold_check_digits(kind, value, value)) is not None:
        one["checked"] = checked
    return record


def link(left: Any, right: Any, live: int = RARE) -> Any:
    left, right = sorted((left, right), key=lambda one: str(one["id"]))
    return compare(make_side(left, lambda _key: live), make_side(right, lambda _key: live))


def levels(found: Any) -> list[tuple[str, str]]:
    return [(one["feature"], one["level"]) for one in found["reasons"]]


@pytest.mark.parametrize(
    "docket",
    [
        "123/2024",
        "CDI-0012/2024",
        "1:24-CR-00123",
        "1:24-CR-00123-ABC",  # a judge's initials
        "CI/45/2025",
        "EXP.77/2023",
        "CAUSAPENAL123/2024",
        "EXPEDIENTEPENALNO.123/2024",
        "AMPAROINDIRECTO123/2024",
        "CARPETADEINVESTIGACIÓN123/2024",
        "CASENO.2024-123",
        "2024-CF-001234",
    ],
)
def test_a_number_that_every_court_has_is_no_link_between_two_courts_and_a_weak_one_if_none_is_named(
    docket: str,
) -> None:
    assert link(carrying(1, "docket", docket, TIJUANA), carrying(2, "docket", docket, REYNOSA)) is None
    for issuers in (("", ""), (TIJUANA, ""), ("US", "US"), ("Juzgado de Control", "Juzgado de Control")):
        found = link(*(carrying(at, "docket", docket, issuer) for at, issuer in enumerate(issuers)))
        assert levels(found) == [("share_docket", "no_office")]
        assert found["probability"] < 0.8
        assert "every court" in found["reasons"][0]["sentence_en"]
    # One court under one name, however it is spelt.
    found = link(carrying(1, "docket", docket, TIJUANA), carrying(2, "docket", docket, "JUZGADO PRIMERO DE EJEMPLO"))
    assert (levels(found), found["strength"]) == ([("share_docket", "rare")], "possible")


def test_one_number_of_two_courts_beside_other_evidence_says_so() -> None:
    people = [{"field": "people[0]", "name": "Juan Inventado Ficticio", "born": "1980-05-02"}]
    found = link(*(carrying(at, "docket", "123/2024", court, people=people)
                   for at, court in enumerate((TIJUANA, REYNOSA))))  # fmt: skip
    assert ("share_docket", "other_issuer") not in levels(found), "what weighs nothing is not listed"
    assert found["strength"] == "strong", "the name with the birth date still merges"


@pytest.mark.parametrize("docket", ["FED/TAMP/REY/0000123/2024", "2026-CRK-979032-D2"])
def test_a_long_number_with_its_office_is_one_matter_whoever_is_named(docket: str) -> None:
    found = link(carrying(1, "docket", docket, "Fiscalía Norte (ficticia)"), carrying(2, "docket", docket, REYNOSA))
    assert (levels(found), found["strength"]) == ([("share_docket", "rare")], "strong")


def test_a_bare_number_merges_only_with_something_of_another_kind() -> None:
    people = [{"field": "people[0]", "name": "Juan Inventado Ficticio"}]
    for named, strength in ((people, "strong"), ([], "possible")):
        found = link(*(carrying(at, "docket", "123/2024", people=named) for at in (1, 2)))
        assert found["strength"] == strength


def test_a_bare_number_that_many_carry_is_common() -> None:
    people = [{"field": "people[0]", "name": "Juan Inventado Ficticio"}]
    left, right = (carrying(at, "docket", "123/2024", people=people) for at in (1, 2))
    found = link(left, right, COMMON)
    assert ("share_docket", "no_office") not in levels(found)


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("US", TIJUANA, "unknown"),
        ("Tamaulipas, MX", REYNOSA, "unknown"),
        ("", REYNOSA, "unknown"),
        ("Juzgado de Control (ficticio)", "Juzgado de Control (ficticio)", "unknown"),
        ("Juzgado Primero de Ejenplo Tijuana", TIJUANA, "one"),
        ("Juzgado Primero", TIJUANA, "one"),
        (TIJUANA, REYNOSA, "other"),
    ],
)
def test_a_court_is_known_by_words_of_its_own(left: str, right: str, found: str) -> None:
    assert compare_courts("123/2024", left, right) == found
    assert compare_courts("FED/TAMP/REY/0000123/2024", left, right) == "one"


@given(st.text("AB12/-", min_size=1, max_size=14), st.sampled_from([TIJUANA, REYNOSA, "US", ""]), st.text(max_size=20))
def test_whether_two_courts_differ_is_asked_both_ways_alike(docket: str, left: str, right: str) -> None:
    assert compare_courts(docket, left, right) == compare_courts(docket, right, left)
    assert compare_courts(docket, left, left) != "other"


@given(st.from_regex(r"[0-9]{1,5}[/-][0-9]{4}", fullmatch=True))
def test_digits_alone_name_no_office(docket: str) -> None:
    assert not names_office(docket)
    assert names_office(f"FGJX/{docket}")


NAMED = [{"field": "people[0]", "name": "Juan Inventado Ficticio"}]


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("docket", "FGJX/B/123/2024", "FGJX/8/123/2024"),
        ("wallet", WALLET, WALLET.replace("b", "8", 1)),
        ("wallet", BECH32, BECH32[:-1] + "5"),
        ("wallet", f"0x{'ab12' * 10}", f"0x{'ab12' * 9}ab13"),
    ],
)
def test_a_case_number_or_wallet_that_is_nearly_another_never_merges(kind: str, left: str, right: str) -> None:
    found = link(carrying(1, kind, left), carrying(2, kind, right))
    if found is not None:
        assert (levels(found), found["strength"]) == ([("share_misread", "pasted")], "possible")
        assert found["probability"] < 0.9
    beside = link(carrying(1, kind, left, people=NAMED), carrying(2, kind, right, people=NAMED))
    assert beside is None or beside["strength"] == "possible"


def test_of_two_wallets_the_one_whose_checksum_fails_is_named() -> None:
    wrong = WALLET.replace("b", "8", 1)
    found = link(carrying(1, "wallet", WALLET), carrying(2, "wallet", wrong))
    assert f"Wrong by its check digits: {wrong}." in found["reasons"][0]["sentence_en"]
    assert f"No cumple sus dígitos verificadores: {wrong}." in "\n".join(explain_link(found, "es"))


def test_one_wrong_wallet_in_two_reports_is_told_as_wrong() -> None:
    found = link(*(carrying(at, "wallet", WALLET.replace("b", "8", 1)) for at in (1, 2)))
    assert (levels(found), found["strength"]) == ([("share_doubtful", "same")], "possible")


@pytest.mark.parametrize("sign", ["0", "O", "I", "l"])
def test_an_address_with_a_sign_that_base58_leaves_out_is_wrong(sign: str) -> None:
    written = WALLET[:10] + sign + WALLET[11:]
    assert hold_check_digits("wallet", written, written) is False
    assert hold_check_digits("wallet", "S" + written * 2, "S" + written * 2) is None, "of another network"


def test_two_wallets_that_are_right_are_two() -> None:
    others = ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", WALLET)
    assert link(*(carrying(at, "wallet", value) for at, value in enumerate(others))) is None


def test_the_weights_keep_them_far_from_proof() -> None:
    assert WEIGHTS["share_docket"]["other_issuer"] <= WEIGHTS["share_docket"]["no_office"] < 2
    assert WEIGHTS["share_misread"]["pasted"] < WEIGHTS["share_misread"]["look_alike"]

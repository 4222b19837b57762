"""Telephones that stand in a record by themselves: whose they are decides whether they are told and link."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.protection import hides_phone, is_protected_phone, links_phone
from tests.unit.enriching import enrich

NUMBER, DIGITS = "+1 956 555 0142", "9565550142"
TEXT = f"A truck was stopped at the checkpoint. Somebody called from {NUMBER} and told of it."


def record(role: str | None, **parts: Any) -> dict[str, Any]:
    phone = {"number": NUMBER} | ({"role": role} if role else {})
    return {"narrative": {"text": TEXT}, "phones": [phone], **parts}


def numbers_in(report: Any) -> str:
    return "".join(filter(str.isdigit, orjson.dumps(report).decode()))


@pytest.mark.parametrize("role", ["witness", "Victim", "informant", "minor", "denunciante", "lawyer", "family"])
def test_the_telephone_of_somebody_protected_is_told_nowhere_and_links_nothing(role: str) -> None:
    report: Any = enrich(record(role))
    assert DIGITS not in numbers_in(report)
    assert "identifiers" not in report["facts"]
    assert report["protection"]["people"] == 1


@pytest.mark.parametrize("role", [None, "suspect", "coordinator", "contact", "dealer", "neighbour of the accused"])
def test_the_telephone_of_a_subject_or_a_device_of_the_case_links(role: str | None) -> None:
    report: Any = enrich(record(role))
    assert [one["value"] for one in report["facts"]["identifiers"]] == [f"+1{DIGITS}"]


def test_a_role_that_nobody_knows_is_protected_beside_protected_people() -> None:
    victim = {"name": "Ana Ficticia", "roles": ["victim"]}
    report: Any = enrich(record("neighbour of the accused", people=[victim]))
    assert DIGITS not in numbers_in(report)
    report = enrich(record("coordinator", people=[victim]))
    assert [one["value"] for one in report["facts"]["identifiers"]] == [f"+1{DIGITS}"]


def test_a_tip_line_is_told_and_links_nothing() -> None:
    report: Any = enrich(record("tip line"))
    assert report["event"]["phones"]
    assert "identifiers" not in report["facts"]


def test_a_lawyer_in_the_list_of_a_subject_links_nothing() -> None:
    phones = [{"number": NUMBER, "role": "lawyer"}, {"number": "+1 956 555 0177"}]
    person = {
        "name": "Dario Ejemplar Quilmes", "roles": ["suspect"], "basis": "charged", "review_date": "2030-01-01",
        "phones": phones,
    }  # fmt: skip
    report: Any = enrich({"narrative": {"text": "A stop."}, "people": [person]})
    assert [one["value"] for one in report["facts"]["identifiers"]] == ["+19565550177"]


@given(st.one_of(st.none(), st.text(max_size=20)), st.booleans())
def test_what_is_hidden_never_links_where_it_is_so_without_protected_people(role: str | None, strict: bool) -> None:
    if is_protected_phone(role):
        assert hides_phone(role, strict=strict)
    if hides_phone(role, strict=False):
        assert not links_phone(role)
        assert hides_phone(role, strict=True)


@pytest.mark.parametrize("role", ["witness_phone", "Victim's contact", "teléfono de la víctima", "lawyer of driver"])
def test_one_protected_word_in_a_role_is_enough(role: str) -> None:
    assert hides_phone(role, strict=False)
    assert not links_phone(role)


@pytest.mark.parametrize("role", ["seized_device", "equipo asegurado", "call_log"])
def test_the_devices_of_a_case_stay_beside_protected_people(role: str) -> None:
    assert not hides_phone(role, strict=True)
    assert links_phone(role)

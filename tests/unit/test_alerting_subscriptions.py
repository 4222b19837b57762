"""The subscriptions file: what is read, in which form, and what each mistake is told."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.alerting.errors import SubscriptionError
from processors.alerting.subscriptions import Subscriber, load_subscriptions
from processors.reference import default_reference
from tests.unit.alerting import DEMO_SUBSCRIPTIONS, demo_subscribers


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "one", "title": "Wanted", "on": "report", "filter": {"kinds": ["case"]}, **changes}


def load(tmp_path: Path, *rows: dict[str, Any], **changes: Any) -> tuple[Subscriber, ...]:
    desk = {
        "id": "desk",
        "name": "Desk (fictional)",
        "view": "joint",
        "subscriptions": list(rows or [row()]),
        **changes,
    }
    return write(tmp_path, yaml.safe_dump({"subscribers": [desk]}))


def write(tmp_path: Path, text: str) -> tuple[Subscriber, ...]:
    path = tmp_path / "subscriptions.yaml"
    path.write_text(text, encoding="utf-8")
    return load_subscriptions(path, default_reference())


def test_identifiers_and_substances_take_their_normal_form(tmp_path: Path) -> None:
    asked = {
        "identifiers": [
            {"kind": "plate", "value": " tst-10 01"},
            {"kind": "phone", "value": "899 555 0166", "country": "MX"},
            {"kind": "phone", "value": "+1 (956) 555-0142"},
            {"kind": "docket", "value": "f-1 / 26"},
        ],
        "substances": ["Metanfetamina", "despropionyl fentanyl"],
    }
    one = load(tmp_path, row(filter=asked))[0].subscriptions[0]
    assert one.filter.watched == {
        ("plate", "TST1001"),
        ("phone", "+528995550166"),
        ("phone", "+19565550142"),
        ("docket", "F-1/26"),
    }
    assert one.filter.substances == ("methamphetamine", "4-anpp")


def test_yaml_may_read_the_key_on_as_true_and_one_title_does_for_both(tmp_path: Path) -> None:
    one = load(tmp_path)[0].subscriptions[0]
    assert (one.on, one.titles, one.exercises) == ("report", ("Wanted", "Wanted"), False)
    both = load(tmp_path, row(title_en="Guns", title_es="Armas", exercises="only"))[0].subscriptions[0]
    assert (both.titles, both.exercises) == (("Guns", "Armas"), "only")


def test_models_are_frozen(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(tmp_path)[0].name = "other"  # type: ignore[misc]


def test_the_demo_file_says_on_which_view_and_that_it_is_fictional() -> None:
    assert {one.view for one in demo_subscribers()} == {"joint"}
    assert "fictional" in DEMO_SUBSCRIPTIONS.read_text(encoding="utf-8").splitlines()[0]
    assert all(wanted.exercises == "only" for one in demo_subscribers() for wanted in one.subscriptions)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no kind of subject": ({"on": "person"}, r"subscriptions\.0\.on"),
    "no title": ({"title": None}, "give title_en and title_es"),
    "one title of two": ({"title": None, "title_en": "Guns"}, "give title_en and title_es"),
    "an empty filter": ({"filter": {}}, "ask for one of kinds"),
    "an empty list": ({"filter": {"kinds": []}}, r"filter\.kinds"),
    "a part that is none": ({"filter": {"names": ["x"]}}, r"filter\.names"),
    "a part of networks": ({"filter": {"members": {"at_least": 3}}}, "members can't be asked of a report"),
    "a part of reports": ({"on": "network", "filter": {"kinds": ["case"]}}, "kinds can't be asked of a network"),
    "a commodity that is none": ({"filter": {"commodities": ["gold"]}}, r"filter\.commodities"),
    "a unit that is none": ({"filter": {"amount": {"at_least": 1, "unit": "lb"}}}, "use one of kg, l"),
    "an amount of nothing": ({"filter": {"amount": {"at_least": 0, "unit": "kg"}}}, r"amount\.at_least"),
    "an amount that is no number": ({"filter": {"amount": {"at_least": float("nan"), "unit": "kg"}}}, r"at_least"),
    "a network of one": ({"on": "network", "filter": {"members": {"at_least": 1}}}, r"members\.at_least"),
    "a corridor that is none": ({"filter": {"corridors": ["laredo"]}}, "use one of andrade-los_algodones"),
    "a substance that is none": ({"filter": {"substances": ["M30"]}}, "use a plain name"),
    "half a plate": (
        {"filter": {"identifiers": [{"kind": "plate", "value": "TST1???"}]}},
        r"desk/one asks for the plate 'TST1.*write it in full\.$",
    ),
    "a phone without a country": (
        {"filter": {"identifiers": [{"kind": "phone", "value": "956 555 0142"}]}},
        "write it in full, with [+] or `country`",
    ),
    "a placeholder": ({"filter": {"identifiers": [{"kind": "serial", "value": "S/N"}]}}, "no whole one"),
    "an id that no topic takes": ({"id": "Desk 1"}, r"subscriptions\.0\.id"),
    "exercises of another kind": ({"exercises": "sometimes"}, r"exercises"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_in_one_sentence_with_the_file_and_the_place(what: str, tmp_path: Path) -> None:
    changes, words = WRONG[what]
    with pytest.raises(SubscriptionError, match=words) as raised:
        load(tmp_path, row(**changes))
    told = str(raised.value).removesuffix(".")
    assert "subscriptions.yaml is wrong" in told
    assert "\n" not in told


def test_ids_are_unique(tmp_path: Path) -> None:
    with pytest.raises(SubscriptionError, match="subscription of desk one stands twice"):
        load(tmp_path, row(), row())
    desk = {"id": "desk", "name": "Desk", "view": "joint", "subscriptions": [row()]}
    with pytest.raises(SubscriptionError, match="subscriber desk stands twice"):
        write(tmp_path, yaml.safe_dump({"subscribers": [desk, desk]}))


@pytest.mark.parametrize("text", ["", "[]", "subscribers: {}", "- a", "subscribers: [{id: a}]"])
def test_a_file_of_another_shape(text: str, tmp_path: Path) -> None:
    with pytest.raises(SubscriptionError, match="wrong at"):
        write(tmp_path, text)


def test_a_file_that_is_no_yaml_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(SubscriptionError, match="near line 2: correct it"):
        write(tmp_path, "subscribers:\n\t- id: a")
    (tmp_path / "latin.yaml").write_bytes(b"subscribers: [\xf1]")
    with pytest.raises(SubscriptionError, match="no valid YAML: correct it"):
        load_subscriptions(tmp_path / "latin.yaml", default_reference())
    with pytest.raises(SubscriptionError, match=r"can't be read .*check the path"):
        load_subscriptions(tmp_path / "none.yaml", default_reference())


def test_a_file_without_subscribers_is_nobody(tmp_path: Path) -> None:
    assert write(tmp_path, "subscribers: []") == ()

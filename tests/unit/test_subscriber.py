"""The subscriber's client without servers: what it lets through, and what it says when it can't be used."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import KafkaUnreachableError
from streams.parsing import canonical_json
from streams.subscriber import Once, Subscriber, read_alert
from tests.unit.test_light_client import run_light

DOCUMENTS = st.builds(
    lambda name, version, level, change: {
        "id": name,
        "version": version,
        "state": "standing",
        "change": change,
        "level": level,
    },
    st.sampled_from("abc"),
    st.integers(1, 4),
    st.integers(0, 1),
    st.sampled_from(["new", "updated"]),
)


def given_of(documents: list[Any], once: Once | None = None) -> list[Any]:
    once = once or Once()
    return [document for document in documents if once.is_new(document)]


@given(st.lists(DOCUMENTS, max_size=20))
def test_each_version_comes_once_and_never_goes_back(documents: list[Any]) -> None:
    alerts: list[Any] = given_of(documents)
    held: dict[str, Any] = {}
    for document in documents:
        if document["version"] >= held.get(document["id"], document)["version"]:
            held[document["id"]] = document
    ended: dict[str, Any] = {}
    for alert in alerts:
        before = ended.get(alert["id"])
        assert before is None or before["version"] <= alert["version"]
        assert before is None or {**before, "change": ""} != {**alert, "change": ""}
        ended[alert["id"]] = alert
    # "change" is no content: of two that differ in it alone the first was given.
    assert {name: (one["version"], one["level"]) for name, one in ended.items()} == {
        name: (one["version"], one["level"]) for name, one in held.items()
    }
    once = Once()
    assert given_of(documents, once) == alerts
    assert given_of(documents[-1:], once) == []


def test_what_is_remembered_is_bounded_and_the_oldest_goes_first() -> None:
    once = Once(remembered=2)
    a, b, c = ({"id": name, "version": 1, "state": "standing"} for name in "abc")
    assert given_of([a, b, a, c, b, a], once) == [a, b, c, a]


@pytest.mark.parametrize("value", [None, b"", b"{", b"[1]", b'{"state":"standing"}', b'{"id":"a","version":"1"}'])
def test_what_is_no_alert_is_not_read(value: bytes | None) -> None:
    assert read_alert(value) is None


def test_fields_that_are_not_known_are_kept() -> None:
    sound = {"id": "a", "version": 1, "state": "withdrawn", "later": [1]}
    assert read_alert(canonical_json(sound)) == sound


def test_no_broker_is_said_in_one_sentence_with_the_light_client_alone() -> None:
    out = run_light(
        """
        from streams.errors import KafkaUnreachableError
        from streams.subscriber import Subscriber
        try:
            Subscriber("laredo-desk", "127.0.0.1:1", connect_timeout_s=0.3)
        except KafkaUnreachableError as error:
            print(error)
        """
    )
    assert "127.0.0.1:1" in out
    assert run_light("import streams.subscriber; print('kafka' in sys.modules)").strip() == "False"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(KafkaUnreachableError, match="host:port"):
        Subscriber("laredo-desk", "nowhere", connect_timeout_s=0.3)

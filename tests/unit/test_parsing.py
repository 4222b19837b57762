"""From bytes to an event: what JSON libraries let through is caught, and nothing but `Refused` comes out."""

import contextlib
import math
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams.parsing import canonical_json, encode_tree, parse_event, read_object
from streams.refusals import Refused

TYPE = "puente.seizure.v1"
GOOD = b'{"report_id":"a","items":[{"kind":"ammunition"}]}'
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def code_of(body: bytes | None, *, event_type: str = TYPE, limit: int = 1 << 20) -> str:
    with pytest.raises(Refused) as caught:
        parse_event(event_type, body, limit=limit)
    return caught.value.reasons[0].code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "empty_value"),
        (b"", "empty_value"),
        (b"{", "invalid_json"),
        (b'{"report_id":NaN}', "invalid_json"),
        (b'{"report_id":"\\ud800"}', "invalid_json"),
        (b'\xef\xbb\xbf{"report_id":"a"}', "invalid_json"),
        (b'{"report_id":"\xff"}', "invalid_utf8"),
        (b"[1]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b'{"report_id":"a","report_id":"b"}', "duplicate_key"),
        (b'{"report_id":"a","report\\u005fid":"b"}', "duplicate_key"),
        (b'{"report_id" : "a", "report_id" : "b"}', "duplicate_key"),
        (b'{"report_id":"a\\"","items":[{"kind":"fuel","kind":"fuel"}]}', "duplicate_key"),
        (b'{"report_id":"a\\\\","report_id":"b"}', "duplicate_key"),
        (b'{"report_id":"a\\u0000b"}', "control_character"),
        ('{"report_id":"a\u202eb"}'.encode(), "control_character"),
        (b'{"report_id":"a\\u2066b"}', "control_character"),
        (b'{"report_id":"a","x":' + b"[" * 253 + b"]" * 253 + b"}", "too_deep"),
        (b'{"report_id":"a","x":' + b"[" * 1000 + b"]" * 1000 + b"}", "too_deep"),
        (b'{"report_id":"a","x":' + b"[" * 5000 + b"]" * 5000 + b"}", "invalid_json"),
    ],
)
def test_unsound_body_is_refused(body: bytes | None, code: str) -> None:
    assert code_of(body) == code


def test_size_and_type_are_checked_first() -> None:
    assert code_of(GOOD, limit=len(GOOD) - 1) == "event_too_large"
    assert code_of(GOOD, event_type="puente.weather.v1") == "unknown_type"
    assert parse_event(TYPE, GOOD, limit=len(GOOD)).event.report_id == "a"


def test_escaped_look_alikes_are_no_duplicates_and_no_control_characters() -> None:
    body = rb'{"report_id":"a \\u0000 \"report_id\":1","narrative":{"text":"\":\\\":"}, "items":[]}'
    assert parse_event(TYPE, body, limit=1 << 20).event.report_id == r'a \u0000 "report_id":1'


def test_canonical_form_is_one_for_all_spellings() -> None:
    spelled = b'{ "items" : [ {"kind" : "ammunition"} ],\n "report\\u005fid" : "\\u0061" }'
    assert parse_event(TYPE, spelled, limit=1 << 20).canonical == parse_event(TYPE, GOOD, limit=1 << 20).canonical


BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def reasons_of(body: bytes) -> list[str]:
    try:
        read_object(body)
    except Refused as refused:
        return [reason.code for reason in refused.reasons]
    return []


@given(st.dictionaries(st.text(), json_values, max_size=5), st.booleans())
@example({'a"b': 1, "c\\": 2, "\\": [{"\\u0000": '":'}]}, False)
def test_sound_object_is_read_as_it_is(tree: dict[str, Any], spaced: bool) -> None:
    body = orjson.dumps(tree, option=orjson.OPT_INDENT_2 if spaced else None)
    reasons = reasons_of(body)
    if reasons:
        assert reasons == ["control_character"]
        assert any(char in canonical_json(tree).decode() for char in ["\\u0000", *BIDI])
        return
    read, canonical = read_object(body)
    assert read == tree
    assert canonical == canonical_json(tree)


@given(st.dictionaries(st.text(), json_values, min_size=1, max_size=5), st.data(), st.booleans())
def test_repeated_key_never_passes(tree: dict[str, Any], data: st.DataObject, escaped: bool) -> None:
    key = data.draw(st.sampled_from(sorted(tree)))
    spelled = (
        b'"' + "".join(f"\\u{ord(char):04x}" for char in key).encode() + b'"'
        if escaped and key.isascii()
        else orjson.dumps(key)
    )
    body = (
        orjson.dumps(tree)[:-1]
        + b","
        + spelled
        + b":"
        + data.draw(st.sampled_from([b"1", b"1e7", b'"x"', b" 1"]))
        + b"}"
    )
    with pytest.raises(Refused) as caught:
        read_object(body)
    assert caught.value.reasons[0].code == "duplicate_key"


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode) | json_values.map(orjson.dumps))
@example(b'{"report_id":"\\u0041","x":' + b"9" * 5000 + b"}")
@example(b'{"report_id":"a","x":1e999}')
def test_nothing_but_a_refusal_comes_out(body: bytes) -> None:
    for event_type in ("puente.seizure.v1", "puente.case.v1", "puente.news.v1"):
        with contextlib.suppress(Refused):
            parse_event(event_type, body, limit=1 << 20)


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, b"bytes", 2**70, "\ud800", object()])
def test_dictionary_that_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(Refused) as caught:
        encode_tree({"report_id": "a", "place": {"latitude": value}})
    assert caught.value.reasons[0].code == "not_json"


def test_refusal_never_shows_a_value() -> None:
    secret = "FICTIONAL-SECRET"
    body = orjson.dumps({"report_id": "a", "count_basis": secret, "items": [{"kind": secret}], "event_count": secret})
    with pytest.raises(Refused) as caught:
        parse_event(TYPE, body, limit=1 << 20)
    assert secret not in str(caught.value)
    assert all(secret not in reason.en + reason.es + reason.field for reason in caught.value.reasons)


def test_unknown_key_is_told_by_its_place_alone() -> None:
    key = "Fictional_Name_minor_victim"
    item = {"kind": "firearm", key: 1}
    body = orjson.dumps({"report_id": "a", key: 1, "items": [item], "people": [{"roles": ["victim"], key: 1}]})
    with pytest.raises(Refused) as caught:
        parse_event(TYPE, body, limit=1 << 20)
    assert {reason.field for reason in caught.value.reasons} == {"?", "items[0].?", "people[0].?"}
    assert all(key not in reason.en + reason.es for reason in caught.value.reasons)

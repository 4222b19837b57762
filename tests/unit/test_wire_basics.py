"""Identity, envelope, refusals: small parts that everything else stands on."""

import ast
import re
import string
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import streams
from streams.contracts import MAX_ITEMS
from streams.contracts.base import MAX_REVISION
from streams.envelope import Envelope, format_time, parse_time, source_of
from streams.identity import HASH_BITS, body_hash, document_id, item_ids, revision_number, version_number
from streams.refusals import REASONS, Refused, make_reason

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
texts = st.text(max_size=12)


@given(texts, texts, st.none() | st.integers(0, MAX_ITEMS - 1), texts, texts, st.none() | st.integers(0, MAX_ITEMS - 1))
def test_document_ids_differ_unless_all_parts_are_equal(
    agency: str, report: str, item: int | None, agency2: str, report2: str, item2: int | None
) -> None:
    same = (agency, report, item) == (agency2, report2, item2)
    assert (document_id(agency, report, item) == document_id(agency2, report2, item2)) is same
    assert re.fullmatch("[0-9a-f]{32}", document_id(agency, report, item))


def test_document_id_stays_what_it_was() -> None:
    # Stored documents carry these ids: a change of the function would orphan them all.
    assert document_id("cbp", "3460425857") == "8421294028c0d79ca6182e5f25375bd5"
    assert document_id("ab", "c") != document_id("a", "bc")
    assert item_ids("cbp", "r", 0, 2) == [document_id("cbp", "r", 0), document_id("cbp", "r", 1)]


@pytest.mark.parametrize("item", [-1, MAX_ITEMS])
def test_item_ordinal_has_bounds(item: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        document_id("cbp", "r", item)


@given(
    st.integers(0, MAX_REVISION - 1), st.integers(0, MAX_REVISION - 1), st.binary(max_size=30), st.binary(max_size=30)
)
def test_a_later_revision_always_has_the_higher_version(one: int, other: int, body: bytes, body2: bytes) -> None:
    first, second = version_number(one, body), version_number(other, body2)
    assert 0 <= first < 2**63
    if one != other:
        assert (first < second) is (one < other)
    else:
        assert (first < second) is (body_hash(body) < body_hash(body2))
    assert first >> HASH_BITS == one


@given(
    st.datetimes(
        datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=-6))])
    )
)
def test_revision_defaults_to_milliseconds_that_survive_the_envelope(moment: datetime) -> None:
    number = revision_number(None, moment)
    assert number == revision_number(None, parse_time(format_time(moment)))
    assert number == int(moment.replace(microsecond=moment.microsecond // 1000 * 1000).timestamp() * 1000 + 0.5)
    assert revision_number(7, moment) == 7


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2)),
)
def test_envelope_travels_unchanged(name: str, moment: datetime) -> None:
    envelope = Envelope(name, source_of("cbp"), "puente.seizure.v1", moment.replace(microsecond=0))
    assert Envelope.from_headers(envelope.to_headers()) == envelope


def test_time_without_zone_is_no_time() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_time(MOMENT.replace(tzinfo=None))
    for text in ("2026-03-01T12:00:00", "2026-03-01", "12:00", "soon"):
        with pytest.raises(ValueError):  # noqa: PT011 - several messages, one kind
            parse_time(text)


GOOD = Envelope("id", source_of("cbp"), "puente.seizure.v1", MOMENT).to_headers()


@pytest.mark.parametrize("name", ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"])
def test_missing_empty_repeated_and_unreadable_headers_are_refused(name: str) -> None:
    without = [header for header in GOOD if header[0] != name]
    for headers, code in (
        (without, "missing_header"),
        ([*without, (name, b"")], "missing_header"),
        ([*GOOD, (name, b"again")], "repeated_header"),
        ([*GOOD, (name.upper(), b"again")], "repeated_header"),
        ([*without, (name, b"\xff")], "unreadable_header"),
        ([*without, (name, b"x" * 513)], "unreadable_header"),
    ):
        with pytest.raises(Refused) as caught:
            Envelope.from_headers(headers)
        assert (caught.value.reasons[0].code, caught.value.reasons[0].field) == (code, name)


@pytest.mark.parametrize(
    ("name", "value"), [("ce_specversion", b"0.3"), ("ce_time", b"yesterday"), ("ce_time", b"2026-03-01T12:00:00")]
)
def test_header_with_a_wrong_value_is_refused(name: str, value: bytes) -> None:
    with pytest.raises(Refused) as caught:
        Envelope.from_headers([header for header in GOOD if header[0] != name] + [(name, value)])
    assert caught.value.reasons[0].code == "unreadable_header"


PARTS: dict[str, Any] = {"expected": "x", "limit": 1, "agency": "cbp", "position": 2, "line": 3}


@pytest.mark.parametrize("code", list(REASONS))
def test_every_reason_has_both_sentences_with_all_places_filled(code: str) -> None:
    en, es = REASONS[code]
    places = [{name for _, name, _, _ in string.Formatter().parse(text) if name is not None} for text in (en, es)]
    assert places[0] == places[1], "both languages say the same"
    assert places[0] <= {"field", *PARTS}
    reason = make_reason(code, field="items[0].name", **PARTS)
    for sentence in (reason.en, reason.es):
        assert "{" not in sentence
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence.startswith(("items[0]", "8 CFR"))
    assert reason.en != reason.es


def literal_codes() -> set[tuple[str, str]]:
    """Codes that the packages name, in `because`, `make_reason`, `BadCellError`, or the `ValueError` of a contract."""
    root = Path(streams.__file__).parent
    found = set()
    files = [
        *root.rglob("*.py"),
        *(root.parent / "processors").rglob("*.py"),
        *(root.parent / "indexing").rglob("*.py"),
        *(root.parent / "deploy").rglob("*.py"),
    ]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            value = node.args[0].value
            from_model = (
                name == "ValueError" and "contracts" in path.parts and isinstance(value, str) and " " not in value
            )
            if name in {"because", "make_reason", "BadCellError"} or from_model:
                found.add((str(value), path.name))
    return found


def test_every_code_that_the_source_names_is_listed() -> None:
    codes = literal_codes()
    assert len(codes) > 40
    assert {(code, file) for code, file in codes if code not in REASONS} == set()

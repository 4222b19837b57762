"""A judgement on its way: what the contract takes, what is refused and why, and what correlation reads of it."""

import json
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.correlation.stage import CorrelateStage, read_comparison, read_fact, read_judgement
from processors.release.stage import ReleaseStage
from streams.contracts.judgement import LONGEST_WHY
from streams.envelope import parse_time
from streams.judging import encode_judgement, make_judgement
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.refusals import Refused
from tests.indexed import make_report
from tests.unit import judging
from tests.unit.correlating import make_record, report_name
from tests.unit.enriching import KEYS, TOPICS, empty_state
from tests.unit.judging import RECEIVED, event_fields, store_event


def _stage() -> ReleaseStage:
    return ReleaseStage(TOPICS, ("joint", "us"), KEYS)


def _process(record: StoredRecord) -> Any:
    return _stage().process([record], empty_state())


def _refusal(record: StoredRecord) -> tuple[str, str]:
    """Code and field of the first reason in the dead letter of a record, of which nothing else comes."""
    emitted = _process(record)
    original, letter = emitted.outputs
    assert (original.topic, letter.topic) == (TOPICS.originals, TOPICS.dead_letters)
    assert original.value == record.value
    assert not emitted.rows
    told = orjson.loads(letter.value)
    assert (told["stage"], told["state"], told["agency"]) == ("release", "open", "")
    return told["reasons"][0]["code"], told["reasons"][0]["field"]


def test_a_judgement_goes_to_the_correlation_of_its_view_and_nowhere_else() -> None:
    emitted = _process(store_event(TOPICS, event_fields(view="us")))
    (output,) = emitted.outputs
    record = judging.make_judgement()
    assert (output.topic, output.key) == (TOPICS.facts("us"), record["id"].encode())
    assert read_fact(output.value) == record
    assert not emitted.rows, "nothing is remembered of it"


def test_judgements_and_reports_go_through_one_worker() -> None:
    stage = _stage()
    report = make_report("FICTION-1", handling={"tlp": "AMBER", "releasable_to": ["us"]})
    reports = StoredRecord(TOPICS.enriched, 0, 0, 0, report["id"].encode(), canonical_json(report))
    emitted = stage.process([reports, store_event(TOPICS, event_fields())], empty_state())
    assert [output.topic for output in emitted.outputs] == ["reports.us", "facts.us", "facts.joint"]
    assert stage.counts == {"released": 1, "judged": 1, "withdrawn": 0}


def test_a_replay_writes_the_same_bytes() -> None:
    record = store_event(TOPICS, event_fields())
    assert _process(record).outputs == _process(record).outputs


LONG = "x" * (LONGEST_WHY + 1)


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"view": "mx"}, ("unknown_view", "view")),
        ({"view": "../joint"}, ("bad_format", "view")),
        ({"why": "ok"}, ("too_short", "why")),
        ({"why": "  no  "}, ("too_short", "why")),
        ({"why": LONG}, ("too_long", "why")),
        ({"why": "His A-number is A 123 456 789."}, ("asylum_confidential", "why")),
        ({"why": "Left \u202e right."}, ("control_character", "")),
        ({"said": "perhaps"}, ("not_allowed", "said")),
        ({"known_by": "hearsay"}, ("not_allowed", "known_by")),
        ({"judge": ""}, ("too_short", "judge")),
        ({"judge": "a\nb"}, ("bad_format", "judge")),
        ({"judge": 7}, ("wrong_type", "judge")),
        ({"link": "f" * 32}, ("foreign_link", "")),
        ({"left": report_name(3)}, ("foreign_link", "")),
        ({"link": "short"}, ("bad_format", "link")),
        ({"verdict": "same"}, ("unknown_field", "?")),
    ],
)
def test_what_is_no_judgement_is_refused_with_the_reason(parts: dict[str, Any], refusal: tuple[str, str]) -> None:
    assert _refusal(store_event(TOPICS, event_fields(**parts))) == refusal


@pytest.mark.parametrize("name", sorted(event_fields()))
def test_every_field_is_needed(name: str) -> None:
    tree = event_fields()
    del tree[name]
    assert _refusal(store_event(TOPICS, tree)) == ("missing_field", name)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_value"),
        (b"{", "invalid_json"),
        (b"[]", "not_an_object"),
        (b'{"why":"a","why":"b"}', "duplicate_key"),
        (b'"' + b"x" * 1024 * 1024 + b'"', "event_too_large"),
    ],
)
def test_a_body_that_is_no_object_is_refused(body: bytes, code: str) -> None:
    assert _refusal(store_event(TOPICS, body))[0] == code


def test_the_envelope_is_held_to_account() -> None:
    ahead = (RECEIVED + timedelta(days=2)).isoformat().encode()
    tree = event_fields()
    assert _refusal(store_event(TOPICS, tree, headers={"ce_type": b"puente.seizure.v1"})) == ("not_allowed", "ce_type")
    assert _refusal(store_event(TOPICS, tree, headers={"ce_id": b""})) == ("missing_header", "ce_id")
    assert _refusal(store_event(TOPICS, tree, headers={"ce_time": ahead})) == ("future_time", "ce_time")


def test_a_dead_letter_names_the_event_unless_its_name_can_t_be_shown() -> None:
    letters = [
        orjson.loads(_process(store_event(TOPICS, event_fields(view="mx"), headers={"ce_id": name})).outputs[1].value)
        for name in (b"e7", b"e\x1b[2J")
    ]
    assert [letter["event_id"] for letter in letters] == ["e7", None]
    assert "Compared" not in str(letters), "what was written stays out of the letter"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.binary(max_size=40) | _JSON.map(json.dumps).map(str.encode)
    | st.dictionaries(st.sampled_from(sorted(event_fields())), _JSON).map(
        lambda odd: json.dumps({**event_fields(), **odd}).encode()
    ),
    st.lists(st.tuples(st.sampled_from(["ce_id", "ce_type", "ce_time", "x"]), st.binary(max_size=8)), max_size=3),
)  # fmt: skip
def test_whatever_lies_on_the_topic_becomes_a_judgement_or_a_dead_letter(
    body: bytes, headers: list[tuple[str, bytes]]
) -> None:
    record = store_event(TOPICS, body, headers=dict(headers))
    outputs = _process(record).outputs
    if len(outputs) == 1:
        assert read_judgement(outputs[0].value)["said"] in {"same", "different", "withdrawn"}
    else:
        assert [output.topic for output in outputs] == [TOPICS.originals, TOPICS.dead_letters]


@given(
    st.sampled_from(["same", "different", "withdrawn"]),
    st.text(min_size=1, max_size=128),
    st.text(min_size=3, max_size=LONGEST_WHY),
)
def test_what_the_client_takes_the_stage_takes(said: Any, judge: str, why: str) -> None:
    """The door is one: nobody gets a receipt for a judgement that is refused behind it."""
    try:
        judgement = make_judgement(event_fields(said, judge, why=why))
    except Refused:
        return
    envelope, body = encode_judgement(judgement, RECEIVED)
    stored = store_event(TOPICS, body, headers=dict(envelope.to_headers()))
    (output,) = _process(stored).outputs
    record = read_judgement(output.value)
    assert (record["said"], record["judge"], record["why"]) == (said, judgement.judge, judgement.why)
    assert parse_time(record["judged_at"]) == RECEIVED


def test_one_judge_may_say_the_same_again_later_as_another_event() -> None:
    judgement = make_judgement(event_fields())
    first, again = (encode_judgement(judgement, RECEIVED + timedelta(seconds=late))[0].id for late in (0, 60))
    assert first != again
    assert encode_judgement(judgement, RECEIVED)[0].id == first


@pytest.mark.parametrize("wrong", [{"said": "perhaps"}, {"left": 5}, {"received": None}])
def test_a_record_of_facts_is_read_strictly(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_fact(canonical_json({**judging.make_judgement(), **wrong}))


def test_a_comparison_record_is_no_judgement_and_the_other_way_round() -> None:
    comparison, judgement = canonical_json(make_record(1)), canonical_json(judging.make_judgement())
    assert read_comparison(comparison)["report_id"] == "T-1"
    assert read_judgement(judgement)["judge"] == "ana"
    with pytest.raises(ValueError, match="judgement"):
        read_comparison(judgement)
    with pytest.raises(ValueError, match="no judgement"):
        read_judgement(comparison)


def test_a_broken_judgement_on_facts_is_a_dead_letter_of_correlation() -> None:
    broken = canonical_json({**judging.make_judgement(), "said": "perhaps"})
    stage = CorrelateStage(TOPICS, "us")
    emitted = stage.process([StoredRecord(TOPICS.facts("us"), 0, 0, 0, b"key", broken)], empty_state())
    assert [output.topic for output in emitted.outputs] == [TOPICS.originals, TOPICS.dead_letters]
    assert stage.counts["refused"] == 1

"""The alert stage: versions, what is dropped or replayed, and the standing set as a function of the set of records."""

from typing import Any

import orjson
import pytest

from processors.alerting.stage import AlertStage, Held
from processors.stages import StateView
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.topics import Topics
from tests.unit.alerting import VIEW, Reader, make_network, make_report, make_subscribers, store

TOPICS = Topics("t-")
PILLS = make_subscribers(commodities=["fentanyl"], amount={"at_least": 100, "unit": "pill"})
GROWING = make_subscribers("network", members={"at_least": 3})


def pills(count: float, **more: Any) -> list[dict[str, Any]]:
    item = {"ordinal": 0, "kind": "substance", "commodity": "fentanyl", "count": count, "count_unit": "pill"}
    return [item | more]


def test_a_correction_raises_lowers_updates_and_withdraws() -> None:
    reader = Reader(PILLS)
    assert reader.read(make_report(version=1, items=pills(200))) == [("new", 200.0)]
    assert reader.read(make_report(version=2, items=pills(300))) == [("raised", 300.0)]
    assert reader.read(make_report(version=3, items=pills(150))) == [("lowered", 150.0)]
    assert reader.read(make_report(version=4, items=pills(150, approximate=True))) == [("updated", 150.0)]
    assert reader.read(make_report(version=5, items=pills(150, approximate=True))) == []
    assert reader.read(make_report(version=6, items=pills(99))) == [("withdrawn", None)]
    assert reader.read(make_report(version=7, items=pills(100))) == [("new", 100.0)]
    assert reader.read(make_report(version=8, retracted=True)) == [("withdrawn", None)]
    assert reader.read(make_report(version=9, items=pills(100))) == [("new", 100.0)]
    assert [one["version"] for one in reader.folded.told] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert {one["id"] for one in reader.folded.told} == {next(iter(reader.folded.documents))}


def test_a_retraction_withdraws_whatever_was_asked_and_needs_no_facts() -> None:
    reader = Reader(make_subscribers(kinds=["seizure"]))
    assert reader.read(make_report(version=1)) == [("new", 1.0)]
    bare = make_report(version=2, retracted=True)
    for part in ("facts", "grade", "handling", "event"):
        del bare[part]
    assert reader.read(bare) == [("withdrawn", None)]
    assert reader.read(make_report(2, retracted=True)) == []


def test_an_older_version_and_a_replay_write_nothing_even_after_what_never_matched() -> None:
    reader = Reader(PILLS)
    assert reader.read(make_report(version=5, items=pills(1))) == []
    assert reader.read(make_report(version=4, items=pills(500))) == []
    assert reader.read(make_report(version=5, items=pills(1)), make_report(version=4, items=pills(500))) == []
    reader.read(make_report(2, version=2, retracted=True))
    assert reader.read(make_report(2, version=1, items=pills(500))) == []
    assert reader.stage.counts == {"judged": 2, "ignored": 4}


def test_of_two_copies_of_one_version_the_one_received_first_counts() -> None:
    first = make_report(received="2026-03-01T00:00:00.000Z", items=pills(200))
    second = make_report(received="2026-03-02T00:00:00.000Z", items=pills(300))
    ahead, behind = Reader(PILLS), Reader(PILLS)
    assert ahead.read(first, second) == [("new", 200.0)]
    assert behind.read(second, first) == [("new", 300.0), ("lowered", 200.0)]
    assert ahead.folded.standing() == behind.folded.standing()


def test_the_very_same_record_enriched_by_newer_rules_replaces_the_one_before() -> None:
    reader = Reader(PILLS)
    reader.read(make_report(items=[]))
    assert reader.read(make_report(items=pills(200))) == [("new", 200.0)]


def test_a_network_is_raised_as_it_grows_and_silent_where_the_alert_shows_nothing_new() -> None:
    reader = Reader(GROWING)
    assert reader.read(make_network(version=10, member_count=2)) == []
    assert reader.read(make_network(version=11, member_count=3)) == [("new", 3.0)]
    quiet = make_network(version=12, member_count=3, link_count=9, identifier_count=4)
    assert reader.read(quiet) == []
    assert reader.read(make_network(version=13, member_count=9)) == [("raised", 9.0)]
    assert reader.read(make_network(version=14, member_count=9, agencies=["a", "b"])) == [("updated", 9.0)]
    assert reader.read(make_network(version=15, member_count=4, agencies=["a", "b"])) == [("lowered", 4.0)]
    assert reader.read(make_network(version=16, state="merged", redirect_to="x")) == [("withdrawn", None)]
    assert reader.read(make_network(version=17, state="withdrawn")) == []
    assert "received" not in reader.folded.told[0]


def test_report_and_network_of_one_id_are_two_subjects() -> None:
    subscribers = (*PILLS, GROWING[0].model_copy(update={"id": "other"}))
    reader = Reader(subscribers)
    assert reader.read(make_report(version=9, items=pills(200)), make_network(version=1, member_count=3)) == [
        ("new", 200.0),
        ("new", 3.0),
    ]


def test_a_subscription_that_is_gone_withdraws_and_a_subscriber_that_is_gone_is_not_written_to() -> None:
    reader = Reader(PILLS)
    reader.read(make_report(items=pills(200)))
    other = make_subscribers(amount={"at_least": 100, "unit": "pill"})[0]
    renamed = other.subscriptions[0].model_copy(update={"id": "two"})
    reader.stage = AlertStage(TOPICS, VIEW, [other.model_copy(update={"subscriptions": (renamed,)})])
    assert reader.read(make_report(items=pills(200))) == [("withdrawn", None), ("new", 200.0)]
    reader.stage = AlertStage(TOPICS, VIEW, GROWING[:0])
    assert reader.read(make_report(version=2, items=pills(200))) == []


def test_a_subscriber_who_comes_back_is_told_what_was_withdrawn_meanwhile() -> None:
    """Found in review: the alert on a report that had been retracted stood for ever."""
    reader = Reader(PILLS)
    reader.read(make_report(version=1, items=pills(200)))
    reader.stage = AlertStage(TOPICS, VIEW, ())
    assert reader.read(make_report(version=2, retracted=True)) == []
    reader.stage = AlertStage(TOPICS, VIEW, PILLS)
    assert reader.read(make_report(version=2, retracted=True)) == [("withdrawn", None)]
    assert reader.read(make_report(version=2, retracted=True)) == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"{",
        b"[]",
        b'{"id": 1}',
        canonical_json({**make_report(), "facts": {"items": []}}),
        canonical_json({name: value for name, value in make_report().items() if name != "facts"}),
        canonical_json({**make_report(), "version": "1"}),
    ],
)
@pytest.mark.parametrize("topic", ["reports", "networks"])
def test_a_record_that_cannot_be_read_becomes_a_dead_letter_and_the_others_go_on(
    value: bytes | None, topic: str
) -> None:
    bad = StoredRecord(f"t-{topic}.{VIEW}", 3, 7, 1_770_000_000_000, b"key", value)
    good = store([make_report(items=pills(200))], TOPICS)
    stage = AlertStage(TOPICS, VIEW, PILLS)
    emitted = stage.process([bad, *good], StateView(lambda _: None, 8_000_000))
    assert [output.topic for output in emitted.outputs] == [
        "t-dead-letters.originals",
        "t-dead-letters",
        "t-alerts.desk",
    ]
    letter = orjson.loads(emitted.outputs[1].value or b"")
    assert (letter["stage"], letter["topic"], letter["offset"]) == ("alert", bad.topic, 7)
    assert stage.counts["refused"] == 1


def test_a_state_row_is_small_and_reads_back() -> None:
    empty = Held(2**62, "2026-03-01T00:00:00.000Z", {})
    assert len(empty.dump()) < 60
    full = Held(1, "", {"a/b": (1.5, "00ff")})
    assert (Held.load(empty.dump()), Held.load(full.dump()), Held.load(None)) == (empty, full, None)


# -- properties ---------------------------------------------------------------------------------------------------

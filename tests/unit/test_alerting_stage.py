"""The alert stage: versions, what is dropped or replayed, and the standing set as a function of the set of records."""

import random
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.alerting.batch import standing
from processors.alerting.matching import Matcher
from processors.alerting.stage import AlertStage, Held
from processors.alerting.subjects import Subject, read_network, read_report
from processors.alerting.subscriptions import Subscriber
from processors.stages import StateView
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.topics import Topics
from tests.unit.alerting import VIEW, FoldedAlerts, make_network, make_report, make_subscribers, store

TOPICS = Topics("t-")
PILLS = make_subscribers(commodities=["fentanyl"], amount={"at_least": 100, "unit": "pill"})
GROWING = make_subscribers("network", members={"at_least": 3})


def pills(count: float, **more: Any) -> list[dict[str, Any]]:
    item = {"ordinal": 0, "kind": "substance", "commodity": "fentanyl", "count": count, "count_unit": "pill"}
    return [item | more]


class Reader:
    """One stage over one partition's state, and what a reader of its topics holds."""

    def __init__(self, subscribers: Sequence[Subscriber]) -> None:
        self.stage = AlertStage(TOPICS, VIEW, subscribers)
        self.rows: dict[bytes, bytes] = {}
        self.folded = FoldedAlerts()
        self.offset = 0

    def read(self, *records: Any) -> list[tuple[str, float | None]]:
        """Changes and levels of what the records make the stage write."""
        told = len(self.folded.told)
        stored = store(records, TOPICS, self.offset)
        self.offset += len(stored)
        emitted = self.stage.process(stored, StateView(self.rows.get, 8_000_000))
        self.rows |= {row.key: row.value for row in emitted.rows if row.value is not None}
        self.folded.read(emitted.outputs, TOPICS)
        return [(one["change"], one.get("level")) for one in self.folded.told[told:]]


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

VALUES = [("plate", "TST1001"), ("phone", "+19565550142"), ("serial", "FIC204")]
COMMODITIES = ["fentanyl", "firearm", "ammunition"]
CORRIDORS = ["laredo-nuevo_laredo", "hidalgo-reynosa"]


@st.composite
def _reports(draw: st.DrawFn) -> Any:
    number, version = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    received = draw(st.sampled_from(["2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z"]))
    # As with real copies: what stands in one version of one report depends on when it was received, and nothing else.
    dice = random.Random(f"{number}/{version}/{received}")
    if dice.random() < 0.2:
        return make_report(number, version=version, received=received, retracted=True)
    place = {"kind": "port", "name": "Laredo", "country": "US", "corridor": dice.choice(CORRIDORS)}
    parts: dict[str, Any] = {"place": place} if dice.random() < 0.7 else {}
    items = [
        {"ordinal": at, "kind": "substance", "commodity": dice.choice(COMMODITIES), "count": dice.choice([50.0, 100.0])}
        | {"count_unit": dice.choice(["pill", "round", "unit"])}
        for at in range(dice.randrange(4))
    ]
    return make_report(
        number,
        version=version,
        received=received,
        exercise=dice.random() < 0.5,
        kind=dice.choice(["seizure", "case", "news"]),
        count_basis=dice.choice(["incident", "incident", "period_total"]),
        items=items,
        identifiers=[
            {"kind": kind, "value": value, "field": "x", "as_written": value}
            for kind, value in dice.sample(VALUES, dice.randrange(3))
        ],
        **parts,
    )


@st.composite
def _networks(draw: st.DrawFn) -> Any:
    number, version = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    dice = random.Random(f"network {number}/{version}")
    state = dice.choice(["live", "live", "live", "merged", "withdrawn"])
    if state != "live":
        return make_network(number, version=version, state=state)
    return make_network(
        number,
        version=version,
        member_count=dice.randrange(2, 6),
        exercise=dice.random() < 0.5,
        identifiers=[{"kind": kind, "value": value, "reports": 2} for kind, value in dice.sample(VALUES, 1)],
        places=[{"kind": "port", "name": "Hidalgo", "corridor": dice.choice(CORRIDORS)}],
        counts={"firearms": dice.randrange(2), "rounds": 0, "pills": 0},
    )


def _some(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.lists(st.sampled_from(values), min_size=1, unique=True)


def _watched(values: list[tuple[str, str]] | None) -> Any:
    return [{"kind": kind, "value": value} for kind, value in values] if values else None


@st.composite
def _subscriptions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    on = draw(st.sampled_from(["report", "network"]))
    asked: dict[str, Any] = {
        "commodities": draw(_some(COMMODITIES)),
        "corridors": draw(_some(CORRIDORS)),
        "identifiers": draw(_some(VALUES).map(_watched)),
    }
    if on == "report":
        asked["kinds"] = draw(_some(["seizure", "case", "news"]))
        amount: Any = st.builds(
            dict, at_least=st.sampled_from([50, 100, 150]), unit=st.sampled_from(["pill", "firearm"])
        )
        asked["amount"] = draw(st.none() | amount)
    else:
        asked["members"] = draw(st.none() | st.builds(dict, at_least=st.integers(2, 5)))
    asked = {part: value for part, value in asked.items() if value is not None} or {"commodities": COMMODITIES}
    exercises = draw(st.sampled_from([False, True, "only"]))
    return {"id": f"s{number}", "title": "Wanted", "on": on, "filter": asked, "exercises": exercises}


@st.composite
def subscriber_sets(draw: st.DrawFn) -> tuple[Subscriber, ...]:
    """Two subscribers with up to four subscriptions each; the second one may be of another view."""
    return tuple(
        Subscriber.model_validate(
            {
                "id": name,
                "name": "Fictional",
                "view": view,
                "subscriptions": [draw(_subscriptions(at)) for at in range(draw(st.integers(1, 4)))],
            }
        )
        for name, view in (("desk", VIEW), ("cell", draw(st.sampled_from([VIEW, "us"]))))
    )


RECORDS = st.lists(_reports() | _networks(), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(subscriber_sets(), RECORDS, st.data())
def test_whatever_is_dropped_or_replayed_the_topics_end_as_the_oracle_says(
    subscribers: tuple[Subscriber, ...], records: list[Any], data: st.DataObject
) -> None:
    """Batches of any size; after any of them its rows, or rows and outputs, may be lost, or the worker."""
    stored = store(records, TOPICS)
    rows: dict[bytes, bytes] = {}
    folded = FoldedAlerts()
    stage = AlertStage(TOPICS, VIEW, subscribers)
    done = faults = 0
    while done < len(stored):
        batch = stored[done : done + data.draw(st.integers(1, 5), "batch")]
        emitted = stage.process(batch, StateView(rows.get, 8_000_000))
        fault = data.draw(st.sampled_from(["none", "none", "nothing kept", "no row kept", "replayed"]), "fault")
        if fault in {"nothing kept", "no row kept"} and faults < 3:
            faults += 1
            if fault == "no row kept":
                folded.read(emitted.outputs, TOPICS)
            stage = AlertStage(TOPICS, VIEW, subscribers)
            continue
        folded.read(emitted.outputs, TOPICS)
        rows |= {row.key: row.value for row in emitted.rows if row.value is not None}
        done = data.draw(st.integers(0, done), "back to") if fault == "replayed" and faults < 3 else done + len(batch)
        faults += fault == "replayed"
    expected = standing(records, subscribers, VIEW)
    assert folded.standing() == expected
    shuffled = data.draw(st.permutations(records + records[:5]), "order")
    assert standing(shuffled, subscribers, VIEW) == expected
    reader = Reader(subscribers)
    reader.read(*shuffled)
    assert reader.folded.standing() == expected


@settings(max_examples=200, deadline=None)
@given(subscriber_sets(), _reports() | _networks())
def test_what_is_filed_is_found_as_by_asking_every_subscription(
    subscribers: tuple[Subscriber, ...], record: dict[str, Any]
) -> None:
    value = canonical_json(record)
    subject: Subject = read_report(value) if "report_id" in record else read_network(value)
    found = {one.content["id"]: one.content for one in Matcher(subscribers, VIEW).match(subject)}
    assert found == standing([record], subscribers, VIEW)

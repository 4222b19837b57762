"""The correlate stage: outputs and rows from records, and an engine that never stands elsewhere than the state."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.batch import correlate
from processors.correlation.engine import Engine
from processors.correlation.keys import Limits
from processors.correlation.stage import MARK_ROW, CorrelateStage, read_comparison
from processors.stages import Emitted, StateView
from processors.transport.changelog import MARKER_KEY
from streams.parsing import canonical_json
from streams.records import Output, StoredRecord
from streams.topics import Topics
from tests.unit.correlating import Folded, keep_rows, make_record
from tests.unit.judging import fact_sets, make_judgement

TOPICS = Topics("t-")
PLATE = ("plate", "TST1001")


def _store(records: Sequence[Any], start: int = 0) -> list[StoredRecord]:
    return [
        StoredRecord(TOPICS.facts("us"), 0, offset, 1_770_000_000_000, b"key", canonical_json(record))
        for offset, record in enumerate(records, start)
    ]


class _Partition:
    """The stored state of the partition, as the batch path keeps it."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}
        self.epoch = 1
        self.folded = Folded()

    def view(self) -> StateView:
        return StateView(self.rows.get, 8_000_000, scan=self.rows.items, epoch=self.epoch)

    def keep(self, emitted: Emitted) -> None:
        assert all(key != MARKER_KEY for key, _ in emitted.rows)
        keep_rows(self.rows, dict(emitted.rows))

    def read(self, outputs: Sequence[Output]) -> None:
        for output in outputs:
            document = orjson.loads(output.value or b"")
            assert output.key == document["id"].encode()
            if output.topic == "t-links.us":
                self.folded.take({document["id"]: document}, {})
            elif output.topic == "t-networks.us":
                self.folded.take({}, {document["id"]: document})
            else:
                assert output.topic == "t-events.us"
                self.folded.take({}, {}, {document["id"]: document})


def _live(partition: _Partition) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    return partition.folded.standing()


@settings(max_examples=150, deadline=None)
@given(fact_sets().filter(bool), st.data())
def test_whatever_is_dropped_or_replayed_the_topics_end_as_the_oracle_says(
    facts: list[Any], data: st.DataObject
) -> None:
    """Batches of any size; after any of them its rows, or rows and outputs, may be lost, or the worker."""
    stored = _store(facts)
    partition = _Partition()
    stage = CorrelateStage(TOPICS, "us")
    done = 0
    faults = 0
    while done < len(stored):
        batch = stored[done : done + data.draw(st.integers(1, 5), "batch")]
        emitted = stage.process(batch, partition.view())
        fault = data.draw(
            st.sampled_from(["none", "none", "dropped", "rows lost", "commit lost", "taken over"]), "fault"
        )
        if faults > 30:
            fault = "none"
        faults += fault != "none"
        if fault == "dropped":  # as when the rows of a batch did not fit: put back and cut again
            continue
        partition.read(emitted.outputs)
        if fault == "rows lost":  # killed between outputs and rows
            stage = CorrelateStage(TOPICS, "us")
            continue
        partition.keep(emitted)
        if fault == "commit lost":  # killed before the commit
            stage = CorrelateStage(TOPICS, "us")
            done = max(0, done - 2)
            continue
        if fault == "taken over":  # another worker had the partition meanwhile
            done += len(batch)
            other = CorrelateStage(TOPICS, "us")
            ahead = stored[done : done + 2]
            if ahead:
                emitted = other.process(ahead, partition.view())
                partition.read(emitted.outputs)
                partition.keep(emitted)
            partition.epoch += data.draw(st.integers(0, 1), "epoch told")
            done += len(ahead)
            continue
        done += len(batch)
    judged = [fact for fact in facts if fact["kind"] == "judgement"]
    assert _live(partition) == correlate([fact for fact in facts if fact not in judged], judgements=judged)


def test_parts_of_one_batch_see_the_rows_of_the_parts_before() -> None:
    stage, partition = CorrelateStage(TOPICS, "us"), _Partition()
    view = partition.view()
    for record in _store([make_record(1, PLATE), make_record(2, PLATE), make_record(3, PLATE)]):
        emitted = stage.process([record], view)
        view.lay(emitted.rows)
        partition.read(emitted.outputs)
    assert stage.counts["rebuilt"] == 1
    assert len(partition.folded.live_links()) == 3


def test_a_takeover_drops_the_engine_and_a_quiet_partition_keeps_it() -> None:
    stage, partition = CorrelateStage(TOPICS, "us"), _Partition()
    for epoch in (1, 1, 2, 2):
        partition.epoch = epoch
        partition.keep(stage.process(_store([make_record(1, PLATE)]), partition.view()))
    assert stage.counts["rebuilt"] == 2
    assert stage.counts["applied"] == 1
    assert stage.counts["ignored"] == 3


def test_rows_of_other_rules_that_were_lost_are_written_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lost beside records that change nothing: a generation ended while they were written, and nobody else had it."""
    monkeypatch.setattr("processors.correlation.restoring._MOST_LATE", 10)
    records = [make_record(number, PLATE) for number in range(5)]
    partition, before = _Partition(), Engine(Limits(1, 2))  # by its rules the plate is a hub
    for number, record in enumerate(records):
        keep_rows(partition.rows, before.apply(record, number).rows)
    keep_rows(partition.rows, {MARK_ROW: b"4"})
    stage = CorrelateStage(TOPICS, "us")
    assert stage.process(_store(records)[3:4], partition.view()).rows, "lost"
    for _ in range(3):
        partition.keep(stage.process(_store(records)[3:], partition.view()))
    again = Engine.restore(partition.rows.items(), read=partition.rows.get)
    assert again.links() == correlate(records).links
    assert len(again.links()) == 10


def test_a_judgement_parts_two_reports_and_stays_over_a_restart() -> None:
    partition = _Partition()
    facts = [make_record(1, PLATE), make_record(2, PLATE), make_judgement("different")]
    for offset, fact in enumerate(facts):
        stage = CorrelateStage(TOPICS, "us")  # each by a worker that has just started
        emitted = stage.process(_store([fact], offset), partition.view())
        partition.read(emitted.outputs)
        partition.keep(emitted)
    (link,) = partition.folded.live_links().values()
    assert link["judged"]["verdict"] == "different"
    assert partition.folded.live_networks() == {}
    again = stage.process(_store(facts), partition.view())
    assert (list(again.outputs), list(again.rows), stage.counts["ignored"]) == ([], [], 3)


def test_rows_are_one_a_record_one_a_link_one_a_network_and_the_mark() -> None:
    stage, partition = CorrelateStage(TOPICS, "us"), _Partition()
    partition.keep(stage.process(_store([make_record(1, PLATE), make_record(2, PLATE)]), partition.view()))
    kinds = sorted(key[:2] for key in partition.rows)
    assert kinds == [b"ma", b"n/", b"r/", b"r/", b"t/"]
    assert partition.rows[MARK_ROW] == b"1"
    again = stage.process(_store([make_record(1, PLATE), make_record(2, PLATE)]), partition.view())
    assert (list(again.outputs), list(again.rows)) == ([], [])


def test_versions_go_on_growing_over_a_topic_that_was_made_anew() -> None:
    """Found in review: a withdrawal came out as version 3 over 1001, and every reader passed it by."""
    stage, partition = CorrelateStage(TOPICS, "us"), _Partition()
    first = [make_record(1, PLATE), make_record(2, PLATE)]
    partition.keep(stage.process(_store(first, 1000), partition.view()))
    emitted = stage.process(_store([make_record(2, PLATE, version=2, live=False)], 3), partition.view())
    versions = {orjson.loads(output.value or b"")["version"] for output in emitted.outputs}
    assert versions == {1002}
    partition.keep(emitted)
    assert partition.rows[MARK_ROW] == b"1002"


@pytest.mark.parametrize(
    "value", [None, b"", b"{", b"[]", b"{}", b'{"id": 5}', canonical_json({**make_record(1, PLATE), "version": "new"})]
)
def test_what_is_no_comparison_record_is_a_dead_letter_and_the_others_go_on(value: bytes | None) -> None:
    good = _store([make_record(1, PLATE), make_record(2, PLATE)])
    bad = StoredRecord(TOPICS.facts("us"), 0, 5, 0, b"key", value)
    emitted = CorrelateStage(TOPICS, "us").process([good[0], bad, good[1]], _Partition().view())
    topics = [output.topic for output in emitted.outputs]
    assert topics == [
        "t-dead-letters.originals",
        "t-dead-letters",
        "t-links.us",
        "t-networks.us",
        "t-events.us",
        "t-events.us",
    ]
    letter = orjson.loads(emitted.outputs[1].value or b"")
    assert (letter["stage"], letter["topic"], letter["offset"]) == ("correlate", "t-facts.us", 5)
    assert emitted.outputs[0].value == value


def test_fields_of_later_releases_are_kept() -> None:
    record = {**make_record(1, PLATE), "names": ["later"]}
    assert read_comparison(canonical_json(record)) == record

"""What the batch path writes, against a Kafka in memory: partitions, sizes, state rows, strangers' rows."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka.partitioner import murmur2
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.structs import TopicPartition

from processors.batching import Emitted, Output, Record, State, measure_output
from processors.errors import (
    OversizedOutputError,
    StageFailedError,
    WorkerSetupError,
    ZombieWriterError,
)
from processors.stages import OUTPUT_LIMIT_BYTES
from processors.transport.lanes import ChangelogTail
from processors.transport.outputs import OutputWriter
from tests.unit.bad_records import BAD
from tests.unit.batching_stages import Counting, PassThrough, kafka
from tests.unit.enriching import TOPICS, headers_of, make_stage, open_output, run, store
from tests.unit.fake_wire import FakeKafka, open_worker, wait_for


async def test_outputs_go_where_kafkas_own_partitioner_sends_them(tmp_path: Path) -> None:
    wire = kafka(out=7)
    for number in range(200):
        wire.append("in", 0, b"v", key=b"key-%d" % number)
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.counters.events_out == 200, "output")
    for place, log in wire.logs.items():
        for record in log if place.topic == "out" else ():
            assert place.partition == (murmur2(record.key) & 0x7FFFFFFF) % 7


async def test_an_oversized_output_is_a_typed_error_and_nothing_is_acknowledged(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"small", b"x" * 3000)
    async with open_worker(wire, PassThrough(), tmp_path, output_limit=2000) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.failure, "failure")
        assert isinstance(worker.app.failure, OversizedOutputError)
        await worker.consumer.wait_empty()
    assert worker.committed("in") is None


async def test_a_stage_can_dead_letter_by_the_limit_it_is_given(tmp_path: Path) -> None:
    class Careful(PassThrough):
        def process(self, records: Sequence[Record], state: State) -> Emitted:
            outputs = [Output("out", record.key, record.value) for record in records]
            fits = [
                each if measure_output(each) <= state.output_limit else Output("dead", None, b"!") for each in outputs
            ]
            return Emitted(fits)

    wire = kafka(dead=1)
    wire.append("in", 0, b"small", b"x" * 3000, b"y" * 1800)
    async with open_worker(wire, Careful(), tmp_path, output_limit=2000) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.counters.events_in == 3, "acknowledgement")
        await worker.revoke()
    assert wire.values("out") == [b"small", b"y" * 1800]
    assert wire.values("dead") == [b"!"]
    assert worker.committed("in") == 3


def encode(outputs: Sequence[Output]) -> list[Output]:
    """What a reader finds of `outputs` after the writer has put each topic's into Kafka's format."""
    groups: dict[tuple[str, int], list[Output]] = {}
    for output in outputs:
        groups.setdefault((output.topic, 0), []).append(output)
    writer = OutputWriter(None, output_limit=OUTPUT_LIMIT_BYTES, batch_bytes=512 * 1024)
    found = []
    for batches in writer._build(groups):
        for topic, _, builder in batches:
            batch = MemoryRecords(bytes(builder._build())).next_batch()
            assert batch is not None
            found += [Output(topic, each.key, each.value, tuple(each.headers)) for each in batch]
    return found


@pytest.mark.parametrize("kind", BAD)
def test_what_refuses_a_record_can_be_written_and_read_again(kind: str) -> None:
    outputs = run(make_stage(), BAD[kind].record())
    assert encode(outputs) == outputs


@pytest.mark.parametrize("extra", [0, 1])
def test_an_original_too_large_for_its_topic_stays_in_the_intake(extra: int) -> None:
    # Kafka measures what is compressed: such a body could lie in an intake topic that keeps compression.
    spare = OUTPUT_LIMIT_BYTES - measure_output(run(make_stage(), store(b""))[0])
    outputs = run(make_stage(), record := store(b"x" * (spare + extra)))
    assert encode(outputs) == outputs
    assert [output.topic for output in outputs] == [TOPICS.originals, TOPICS.dead_letters][extra:]
    letter = open_output(outputs[-1])
    assert [reason["code"] for reason in letter["reasons"]] == ["event_too_large"]
    assert (letter["topic"], letter["partition"], letter["offset"]) == (record.topic, record.partition, record.offset)


def test_headers_alone_can_make_an_original_too_large() -> None:
    record = store(b"{}", headers=[*headers_of(), ("x-trace", b"x" * OUTPUT_LIMIT_BYTES)])
    outputs = run(make_stage(), record)
    assert encode(outputs) == outputs
    assert [output.topic for output in outputs] == [TOPICS.dead_letters]


async def open_counting(wire: FakeKafka, tmp_path: Path, stack: contextlib.AsyncExitStack, store: str) -> object:
    worker = await stack.enter_async_context(open_worker(wire, Counting(), tmp_path, changelog="log", store=store))
    worker.consumer.runner.tails.update({0: ChangelogTail(0, 1, 1), 1: ChangelogTail(0, 1, 1)})
    return worker


@pytest.mark.parametrize("store", ["memory://", "rocksdb://"])
async def test_state_rows_follow_the_outputs_and_precede_the_commit(tmp_path: Path, store: str) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"v" for _ in range(30)), key=b"a")
    wire.append("in", 0, *(b"v" for _ in range(12)), key=b"b")
    async with contextlib.AsyncExitStack() as stack:
        worker = await open_counting(wire, tmp_path, stack, store)
        await worker.assign(("in", 0))  # type: ignore[attr-defined]
        await wait_for(lambda: worker.app.counters.events_in == 42, "acknowledgement")  # type: ignore[attr-defined]
        await worker.consumer.commit()  # type: ignore[attr-defined]
        read = worker.app.batching.table.store.reader(0)  # type: ignore[attr-defined]
        assert (read(b"a"), read(b"b")) == (b"30,29", b"12,41")
        worker.app.batching.table.store.close_all()  # type: ignore[attr-defined]
    topics = [(what, place.topic) for what, place, _ in wire.events]
    batches = topics.index(("committed", "in"))
    assert topics[:batches] == [("written", "out"), ("written", "log")] * (batches // 2)
    last = {record.key: record for record in wire.logs[TopicPartition("log", 0)]}
    assert {key: record.value for key, record in last.items()} == {b"a": b"30,29", b"b": b"12,41"}
    assert last[b"a"].headers == (("epoch", b"1"),)


async def test_a_row_by_somebody_else_stops_the_worker_unacknowledged(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"v")
    wire.append("log", 0, b"0,-1")
    async with contextlib.AsyncExitStack() as stack:
        worker = await open_counting(wire, tmp_path, stack, "memory://")
        await worker.assign(("in", 0))  # type: ignore[attr-defined]
        await wait_for(lambda: worker.app.failure, "failure")  # type: ignore[attr-defined]
        assert isinstance(worker.app.failure, ZombieWriterError)  # type: ignore[attr-defined]
        await worker.consumer.wait_empty()  # type: ignore[attr-defined]
        assert worker.app.batching.table.store.reader(0)(b"k") is None  # type: ignore[attr-defined]
    assert worker.committed("in") is None  # type: ignore[attr-defined]


async def test_a_revoke_between_outputs_and_rows_writes_no_rows(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"v")
    wire.hold.add("out")
    async with contextlib.AsyncExitStack() as stack:
        worker = await open_counting(wire, tmp_path, stack, "memory://")
        await worker.assign(("in", 0))  # type: ignore[attr-defined]
        await wait_for(lambda: wire.held, "send")
        worker.consumer.watermarks.revoke()  # type: ignore[attr-defined]
        wire.release()
        await wait_for(lambda: worker.app.counters.batches_abandoned, "end")  # type: ignore[attr-defined]
    assert wire.values("log") == []


async def test_rows_without_a_changelog_are_the_stages_fault(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"v")
    async with open_worker(wire, Counting(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.failure, "failure")
        assert isinstance(worker.app.failure, StageFailedError)


def test_setup_errors_say_what_to_do(tmp_path: Path) -> None:
    from processors.batching import build_app

    with pytest.raises(WorkerSetupError, match="name at least one topic"):
        build_app(brokers="127.0.0.1:9", group="g", stage=PassThrough(), inputs=[], data_dir=tmp_path)

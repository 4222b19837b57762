"""The batch path's bookkeeping against a Kafka in memory: what is committed, when, and what is not."""

import asyncio
from pathlib import Path

import pytest
from aiokafka.errors import MessageSizeTooLargeError, TopicAuthorizationFailedError
from aiokafka.structs import TopicPartition

from processors.errors import (
    OffsetsWentBackError,
    OutputsNotAcknowledgedError,
    OversizedOutputError,
    StageFailedError,
)
from processors.transport.watermarks import Partition
from streams.records import StoredRecord
from tests.unit.batching_stages import PassThrough, kafka
from tests.unit.fake_wire import open_worker, wait_for


async def test_outputs_are_written_and_their_inputs_committed(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(500)))
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: len(wire.values("out")) == 500, "output")
        await worker.revoke()
    assert wire.values("out") == [b"%d" % number for number in range(500)]
    assert worker.committed("in") == 500
    assert worker.app.counters.events_in == worker.app.counters.events_out == 500


async def test_an_unacknowledged_output_holds_the_commit_back(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"a", b"b")
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: wire.held, "send")
        await worker.consumer.commit()
        assert worker.committed("in") is None
        wire.release()
        await wait_for(lambda: worker.app.counters.batches, "acknowledgement")
        await worker.consumer.commit()
        assert worker.committed("in") == 2


async def test_only_one_batch_of_a_partition_is_in_flight(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(100)))
    wire.append("in", 1, b"other")
    wire.hold.add("out")
    stage = PassThrough()
    async with open_worker(wire, stage, tmp_path) as worker:
        worker.wire.fetch_size = 10
        await worker.assign(("in", 0), ("in", 1))
        await wait_for(lambda: len(worker.wire.fetches) > 30 and len(wire.held) == 2, "both partitions in flight")
        handed_out = len(stage.batches)
        await asyncio.sleep(0.02)
        assert (len(wire.held), len(stage.batches)) == (2, handed_out)
        wire.release()
        await wait_for(lambda: len(wire.values("out")) == 101, "output")
    assert [value for value in wire.values("out") if value != b"other"] == [b"%d" % number for number in range(100)]


async def test_gaps_are_committed_over(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, None, None, b"a", None, b"b", b"c", None, None)
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: len(wire.values("out")) == 3, "output")
        await wait_for(lambda: worker.app.counters.events_in == 3, "acknowledgement")
        await worker.consumer.commit()
        assert worker.committed("in") == 8
        wire.append("in", 0, None)
        await wait_for(lambda: worker.consumer.watermarks.done(("in", 0)) == 9, "marker")
        await worker.consumer.commit()
        assert worker.committed("in") == 9


async def test_a_rebalance_in_mid_batch_waits_for_it_and_commits_it(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(50)))
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: wire.held, "send")
        revoking = asyncio.ensure_future(worker.revoke())
        await asyncio.sleep(0.02)
        assert not revoking.done()
        in_flight = len(wire.held)
        wire.release()
        await revoking
        first = worker.committed("in")
        assert first is not None
        assert first == len(wire.values("out")) > 0
        assert in_flight == 1
        await worker.assign(("in", 0))
        await wait_for(lambda: len(wire.values("out")) == 50, "the rest")
    assert wire.values("out") == [b"%d" % number for number in range(50)]


async def test_a_batch_of_an_old_generation_never_counts_under_the_new_one(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"a", b"b", b"c")
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(), tmp_path, drain_s=0.02) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: wire.held, "send")
        await worker.revoke()
        assert worker.committed("in") is None
        wire.hold.clear()
        late = wire.held.pop()
        wire.hold.add("out")
        await worker.assign(("in", 0))
        await wait_for(lambda: wire.held, "second send")
        late[2]()
        await asyncio.sleep(0.01)
        await worker.consumer.commit()
        assert worker.committed("in") is None, "the old batch's acknowledgement counted"
        wire.release()
        await wait_for(lambda: worker.app.counters.events_in == 3, "acknowledgement")
        await worker.revoke()
    assert worker.committed("in") == 3


async def test_a_revoked_partition_is_neither_processed_nor_committed(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(300)))
    wire.append("in", 1, b"other")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0), ("in", 1))
        await wait_for(lambda: len(wire.values("out")) == 301, "output")
        await worker.revoke()
        await worker.assign(("in", 1))
        wire.append("in", 0, b"late")
        wire.append("in", 1, b"mine")
        await wait_for(lambda: b"mine" in wire.values("out"), "output")
        await worker.revoke()
    assert b"late" not in wire.values("out")
    assert (worker.committed("in", 0), worker.committed("in", 1)) == (300, 2)


async def test_a_failing_stage_stops_before_any_later_offset_is_acknowledged(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(100)), b"poison", *(b"later" for _ in range(100)))
    async with open_worker(wire, PassThrough(b"poison"), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.failure, "failure")
        wire.append("in", 1, b"elsewhere")
        await asyncio.sleep(0.02)
        await worker.consumer.wait_empty()
        assert isinstance(worker.app.failure, StageFailedError)
        assert "in/0 offsets" in str(worker.app.failure)
    assert (worker.committed("in") or 0) <= 100
    assert b"later" not in wire.values("out")
    assert worker.committed("in", 1) is None


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (TopicAuthorizationFailedError("out"), OutputsNotAcknowledgedError),
        (MessageSizeTooLargeError("out"), OversizedOutputError),
    ],
)
async def test_a_refused_output_stops_the_worker(tmp_path: Path, refusal: Exception, expected: type[Exception]) -> None:
    wire = kafka()
    wire.append("in", 0, b"a")
    wire.refuse["out"] = refusal
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.failure, "failure")
        assert isinstance(worker.app.failure, expected)
        await worker.consumer.wait_empty()
    assert worker.committed("in") is None


async def test_a_failure_freezes_the_other_partitions_too(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 1, b"fine")
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(b"poison"), tmp_path) as worker:
        await worker.assign(("in", 0), ("in", 1))
        await wait_for(lambda: wire.held, "send")
        wire.append("in", 0, b"poison")
        await wait_for(lambda: worker.app.failure, "failure")
        wire.release()
        await asyncio.sleep(0.01)
        await worker.consumer.wait_empty()
    assert worker.committed("in", 1) is None


async def test_a_stop_finishes_what_is_in_flight_and_drops_what_waits(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"%d" % number for number in range(5000)))
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: wire.held, "send")
        stopping = asyncio.ensure_future(worker.consumer.wait_empty())
        await asyncio.sleep(0.01)
        assert not stopping.done()
        wire.release()
        await stopping
        assert worker.committed("in") == len(wire.values("out")) < 5000


async def test_a_commit_that_the_group_refuses_is_not_taken_for_done(tmp_path: Path) -> None:
    from aiokafka.errors import CommitFailedError

    wire = kafka()
    wire.append("in", 0, b"a")
    wire.refuse["commit"] = CommitFailedError("already rebalanced")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.counters.events_in == 1, "acknowledgement")
        assert not await worker.consumer.commit()
        wire.refuse.clear()
        assert await worker.consumer.commit()
        assert worker.committed("in") == 1
        wire.refuse["commit"] = TopicAuthorizationFailedError("in")
        wire.append("in", 0, b"b")
        await wait_for(lambda: worker.app.counters.events_in == 2, "acknowledgement")
        with pytest.raises(OutputsNotAcknowledgedError):
            await worker.consumer.commit()
        assert worker.app.failure is not None


async def test_prefetching_stops_at_its_limit(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, *(b"x" * 1000 for _ in range(1000)))
    wire.hold.add("out")
    async with open_worker(wire, PassThrough(), tmp_path, prefetch_bytes=50_000) as worker:
        worker.wire.fetch_size = 10
        await worker.assign(("in", 0), ("in", 1))
        await wait_for(lambda: len(worker.wire.fetches) > 50, "fetches")
        backlog = worker.consumer._backlog(("in", 0))
        assert 50_000 <= backlog.size_bytes < 61_000
        assert ("in", 0) not in worker.wire.fetches[-1]
        assert ("in", 1) in worker.wire.fetches[-1]
        wire.release()
        await wait_for(lambda: len(wire.values("out")) == 1000, "output")


async def test_offsets_that_go_back_stop_the_worker(tmp_path: Path) -> None:
    wire = kafka()
    wire.append("in", 0, b"a", b"b")
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(("in", 0))
        await wait_for(lambda: worker.app.counters.events_in == 2, "acknowledgement")
        place = TopicPartition("in", 0)
        wire.logs[place].clear()
        wire.ends[place] = 0
        wire.append("in", 0, b"anew")
        worker.wire.positions[place] = 0
        await wait_for(lambda: worker.app.failure, "failure")
        assert isinstance(worker.app.failure, OffsetsWentBackError)


async def test_records_that_arrive_in_the_turn_in_which_a_lane_ends_are_not_left_lying(tmp_path: Path) -> None:
    """Found by the latency benchmark: such a record waited a minute, until the watchdog stopped the worker."""
    wire, place = kafka(), Partition("in", 0)
    async with open_worker(wire, PassThrough(), tmp_path) as worker:
        await worker.assign(place)
        offset = 0
        for turns in range(40):
            for wait in (0, turns):
                for _ in range(wait):
                    await asyncio.sleep(0)  # one turn of the loop
                record = StoredRecord("in", 0, offset, 0, b"k", b"%d" % offset)
                offset += 1
                worker.consumer._accept({place: ([record], offset)})
            await wait_for(lambda offset=offset: len(wire.values("out")) == offset, f"outputs after {turns} turns", 2.0)

"""A restorer that follows: store and follower stand, at any moment, where the changelog's confirmed rows stand."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.batching import build_app
from processors.stages import Emitted, FollowingStage
from processors.transport import recovery
from processors.transport.assignment import make_ready_first
from processors.transport.changelog import MARKER_KEY, epoch_header
from processors.transport.lanes import ChangelogTail, go_on
from processors.transport.standby import Standby
from processors.transport.stores import StateTable, build_state_table
from streams.records import StoredRecord

PLACE = TopicPartition("log", 0)
KEYS = st.sampled_from([b"a", b"b", b"c"])
VALUES = st.one_of(st.none(), st.binary(max_size=2))


class _Log:
    """One changelog partition, and the aiokafka consumer over it."""

    def __init__(self) -> None:
        self.records: list[StoredRecord] = []
        self.at = 0
        self.polls = 0

    def append(self, key: bytes, value: bytes | None, epoch: int) -> None:
        headers = tuple(epoch_header(epoch))
        self.records.append(StoredRecord("log", 0, len(self.records), 0, key, value, headers))

    def __call__(self, **_settings: object) -> "_Log":
        return self

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def assign(self, places: list[TopicPartition]) -> None:
        assert places == [PLACE]

    async def beginning_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(places, 0)

    async def end_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        self.polls += 1
        return dict.fromkeys(places, len(self.records))

    def seek(self, _place: TopicPartition, offset: int) -> None:
        self.at = offset

    async def getmany(self, *_places: TopicPartition, timeout_ms: int) -> dict[TopicPartition, list[StoredRecord]]:
        del timeout_ms
        part = self.records[self.at : self.at + 3]
        self.at += len(part)
        return {PLACE: part}


class _Follower:
    name = "follower"

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}
        self.follows = False

    def process(self, *_: object) -> Emitted:
        raise AssertionError("a worker without a partition processes nothing")

    def forget(self) -> None:
        self.rows, self.follows = {}, False

    def load(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        for key, value in rows:
            assert key not in self.rows
            self.rows[key] = value

    def begin_following(self, _read: Callable[[bytes], bytes | None]) -> None:
        self.follows = True

    def follow(self, changes: Mapping[bytes, bytes | None], read: Callable[[bytes], bytes | None]) -> None:
        for key, value in changes.items():
            assert read(key) == self.rows.get(key), "asked before the store has the change"
            if value is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = value


def _restorer(table: StateTable, follower: FollowingStage | None, clock: Callable[[], float]) -> recovery.Restorer:
    writer: Any = None
    return recovery.Restorer(
        "nowhere", "log", table, writer, row_limit=1000, stall_s=5.0, note_rows=lambda *_: None,
        follower=follower, clock=clock,
    )  # fmt: skip


def _open_table(store: str, folder: Path) -> StateTable:
    stage: Any = _Follower()
    app: Any = build_app(brokers="127.0.0.1:1", group="g", stage=stage, inputs=["in"], data_dir=folder)
    return build_state_table(app, "t", store, "log", block_cache_bytes=1 << 20, write_buffer_bytes=1 << 20)


async def _let_follow(log: _Log, follower: _Follower) -> None:
    """Until the follower has read what is there, and looked for more twice."""
    polls = log.polls
    async with asyncio.timeout(10):
        while True:
            if follower.follows and log.at == len(log.records) and log.polls > polls + 2:
                return
            await asyncio.sleep(0)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_store_and_follower_hold_the_confirmed_rows_whatever_zombies_write(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    asyncio.run(_follow_in_pieces(tmp_path_factory.mktemp("state"), data))


async def _follow_in_pieces(folder: Path, data: st.DataObject) -> None:
    log, follower, now = _Log(), _Follower(), [1_000.0]
    table = _open_table("memory://", folder)
    model: dict[bytes, bytes] = {}
    epoch = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aiokafka.AIOKafkaConsumer", log)
        patch.setattr(recovery, "_FOLLOW_S", 0.0)
        patch.setattr(recovery, "_LOADED_AT_ONCE", 2)
        task: asyncio.Task[None] | None = None
        for _ in range(data.draw(st.integers(1, 5), "pieces")):
            step = data.draw(st.sampled_from(["claim", "rows", "rows", "zombie", "restart", "night"]), "step")
            if step == "claim" or not epoch:
                epoch += 1
                log.append(MARKER_KEY, b"", epoch)
            elif step == "restart" and task is not None:
                await _cancel(task)
                task = None
            elif step == "night":
                now[0] += 40_000.0
            for _ in range(data.draw(st.integers(0, 4), "rows")):
                key, value = data.draw(KEYS, "key"), data.draw(VALUES, "value")
                zombie = step == "zombie" and epoch > 1
                log.append(key, value, epoch - zombie)
                if not zombie:
                    model.pop(key, None)
                    model |= {} if value is None else {key: value}
            if task is None:
                task = asyncio.ensure_future(_restorer(table, follower, lambda: now[0]).follow(0))
            await _let_follow(log, follower)
            assert not task.done()
            assert follower.rows == dict(table.store.scan(0)) == model
        assert task is not None
        await _cancel(task)
    checkpoint = table.store.checkpoint(0)
    if checkpoint is not None:
        assert checkpoint.offset < len(log.records)


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_where_nothing_is_written_for_days_a_follower_keeps_its_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint older than 12 h is not gone on from; who followed all the time would begin at the beginning."""
    log, follower, now = _Log(), _Follower(), [1_000.0]
    monkeypatch.setattr("aiokafka.AIOKafkaConsumer", log)
    monkeypatch.setattr(recovery, "_FOLLOW_S", 0.0)
    monkeypatch.setattr("processors.transport.stores.time.time", lambda: now[0])
    table = _open_table("memory://", tmp_path)
    log.append(MARKER_KEY, b"", 1)
    log.append(b"a", b"1", 1)
    task = asyncio.ensure_future(_restorer(table, follower, lambda: now[0]).follow(0))
    for _ in range(30):
        await _let_follow(log, follower)
        now[0] += 7_200.0
    await _let_follow(log, follower)
    checkpoint = table.store.checkpoint(0)
    assert checkpoint == (1, 1, now[0])
    await _cancel(task)


def test_a_claim_right_behind_our_own_last_row_voids_nothing() -> None:
    before = ChangelogTail(next_offset=10, epoch=3, since=2)
    assert go_on(before, ChangelogTail(11, 4, 4)) == ChangelogTail(11, 4, 2)
    assert go_on(before, ChangelogTail(12, 4, 4)).since == 4
    assert go_on(None, ChangelogTail(11, 4, 4)).since == 4


def _deal(readiness: Mapping[str, int]) -> list[str]:
    """The members that get the partition of a topic, dealt by any of them."""
    assignor = make_ready_first(lambda: 0)
    cluster: Any = type("Cluster", (), {"partitions_for_topic": staticmethod(lambda _topic: {0})})()
    members = {name: make_ready_first(partial(int, value)).metadata({"in"}) for name, value in readiness.items()}
    dealt = assignor.assign(cluster, members)
    assert dealt.keys() == members.keys()
    return [name for name, one in dealt.items() if one.partitions()]


@given(st.dictionaries(st.text("abc01-", min_size=1, max_size=6), st.integers(0, 1_000_000), min_size=1, max_size=5))
def test_the_readiest_member_gets_the_partition_and_of_equals_the_first_by_name(readiness: dict[str, int]) -> None:
    assert _deal(readiness) == [min(readiness, key=lambda name: (-readiness[name], name))]


def test_members_of_another_release_are_not_ready_and_agree_on_the_protocol() -> None:
    cluster: Any = type("Cluster", (), {"partitions_for_topic": staticmethod(lambda _topic: {0})})()
    assignor = make_ready_first(lambda: 3)
    members = {"a": RangePartitionAssignor.metadata(["in"]), "b": assignor.metadata(["in"])}
    assert assignor.assign(cluster, members)["b"].partitions() == [TopicPartition("in", 0)]
    assert assignor.name == RangePartitionAssignor.name


async def test_who_waits_for_the_standby_to_stop_can_be_stopped() -> None:
    """The next rebalance cancels the wait: what went on would claim a partition that is another worker's by then."""

    class _Slow:
        async def follow(self, _partition: int) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)  # a consumer that is closed

    app: Any = SimpleNamespace(
        batching=SimpleNamespace(table=object(), stage=_Follower(), new_restorer=_Slow),
        consumer=SimpleNamespace(fail=pytest.fail),
    )
    standby, claimed = Standby(app), list[str]()

    async def take_over() -> None:
        await standby.stop()
        claimed.append("claimed")

    standby.start()
    await asyncio.sleep(0)
    taking = asyncio.ensure_future(take_over())
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.wait([taking])
    assert taking.cancelled()
    assert not claimed

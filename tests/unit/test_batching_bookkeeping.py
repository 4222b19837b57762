"""Properties of the batch path's pure parts: backlog, pacing, overlay, changelog replay, partitioner."""

from collections.abc import Sequence

import pytest
from aiokafka.partitioner import murmur2
from hypothesis import given
from hypothesis import strategies as st

from processors.errors import OversizedOutputError
from processors.stages import Emitted, Row, StateView, measure_output
from processors.transport.backlog import Backlog, Pacer
from processors.transport.changelog import MARKER_KEY, ChangelogRow, Checkpoint, Replay, epoch_header, read_epoch
from processors.transport.lanes import compute_batch
from processors.transport.metrics import Counters, start_metrics
from processors.transport.partitioning import partition_keys
from processors.transport.watchdog import StallDetector
from streams.records import Output, Record, StoredRecord


def record(offset: int, value: bytes = b"v", key: bytes = b"k") -> StoredRecord:
    return StoredRecord("in", 0, offset, 0, key, value)


@given(
    chunks=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2)), min_size=1, max_size=6),
    counts=st.lists(st.integers(1, 9), min_size=40, max_size=40),
    put_backs=st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_a_backlog_gives_all_records_in_order(
    chunks: list[tuple[int, int]], counts: list[int], put_backs: list[bool]
) -> None:
    backlog, offset = Backlog(), 0
    expected: list[Record] = []
    for length, gap in chunks:
        chunk = [record(offset + each) for each in range(length)]
        expected += chunk
        offset += length + gap
        backlog.add(chunk, offset)
    seen: list[Record] = []
    for count, put_back in zip(counts, put_backs, strict=True):
        if not backlog:
            break
        records, end = backlog.take(count)
        following = expected[len(seen) + len(records) :]
        assert 1 <= len(records) <= count
        if put_back:
            backlog.put_back(records, end)
            continue
        seen += records
        assert end == (following[0].offset if backlog else offset) or not backlog or end <= following[0].offset
        assert end > records[-1].offset
    assert seen == expected[: len(seen)]
    if not backlog:
        assert (seen, backlog.size_bytes) == (expected, 0)


def test_a_pacer_cuts_to_its_target() -> None:
    pacer = Pacer(0.020)
    assert pacer.count() == 16
    pacer.observe(16, 16 * 20e-6)
    assert 900 <= pacer.count() <= 1000
    assert pacer.count(spent_s=0.019) == 0
    pacer.observe(1, 5.0)
    assert pacer.count() == 1, "a slow record is handed out alone"


class Sum:
    """Adds the values of a key; a record whose value is "big" writes a row of 1,000 bytes."""

    name = "sum"

    def process(self, records: Sequence[Record], state: object) -> Emitted:
        assert isinstance(state, StateView)
        rows: dict[bytes, bytes | None] = {}
        for each in records:
            key = each.key or b""
            known = rows[key] if key in rows else state.get(key)
            if each.value == b"0":
                rows[key] = None
            else:
                rows[key] = b"%d" % (int(known or b"0") + int(each.value or b"0"))
        return Emitted([Output("out", b"n", b"%d" % len(records))], [Row(*item) for item in rows.items()])


@given(
    events=st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c"]), st.integers(0, 5)), min_size=1, max_size=60),
    stored=st.dictionaries(st.sampled_from([b"a", b"b", b"c"]), st.integers(1, 9).map(lambda n: b"%d" % n)),
    speed=st.floats(1e-5, 1e-2),
)
def test_the_overlay_makes_the_cut_invisible(
    events: list[tuple[bytes, int]], stored: dict[bytes, bytes], speed: float
) -> None:
    """However the clock cuts the batches and their parts, the state is that of one record after the other."""
    model: dict[bytes, int | None] = {key: int(value) for key, value in stored.items()}
    for key, number in events:
        model[key] = None if number == 0 else (model.get(key) or 0) + number
    store: dict[bytes, bytes | None] = dict(stored)
    backlog, pacer, now = Backlog(), Pacer(0.020), [0.0]
    backlog.add([record(at, b"%d" % number, key) for at, (key, number) in enumerate(events)], len(events))

    def clock() -> float:
        now[0] += speed
        return now[0]

    done = 0
    while backlog:
        batch = compute_batch(Sum(), backlog, pacer, StateView(store.get, 9999), row_limit=9999, clock=clock)
        store.update(batch.rows)
        assert batch.count == sum(int(output.value or b"0") for output in batch.outputs)
        done += batch.count
        assert batch.end == done
    assert {key: value and int(value) for key, value in store.items() if value} == {
        key: value for key, value in model.items() if value
    }


class BigRows:
    name = "big"

    def process(self, records: Sequence[Record], state: object) -> Emitted:
        return Emitted([], [Row(b"%d" % each.offset, b"x" * int(each.value or b"0")) for each in records])


def test_a_batch_ends_before_its_rows_grow_too_large() -> None:
    backlog, pacer = Backlog(), Pacer(10.0)
    backlog.add([record(at, b"300") for at in range(20)], 20)
    counts = []
    while backlog:
        batch = compute_batch(BigRows(), backlog, pacer, StateView(lambda _: None, 9999), row_limit=2000)
        assert sum(len(value or b"") for _, value in batch.rows) <= 2000
        counts.append(batch.count)
    assert sum(counts) == 20
    assert max(counts) > 1
    backlog.add([record(20, b"3000")], 21)
    with pytest.raises(OversizedOutputError, match="offsets 20 to 20"):
        compute_batch(BigRows(), backlog, pacer, StateView(lambda _: None, 9999), row_limit=2000)


@given(st.data())
def test_a_replay_ignores_zombies_and_knows_what_they_covered(data: st.DataObject) -> None:
    """Two writers take turns; the older one goes on writing after it has lost the partition."""
    keys = st.sampled_from([b"a", b"b", b"c", b"d"])
    rows: list[ChangelogRow] = []
    model: dict[bytes, bytes] = {}
    naive: dict[bytes, bytes] = {}
    epoch = 0
    for _ in range(data.draw(st.integers(1, 4))):
        epoch += 1
        rows.append(ChangelogRow(len(rows), MARKER_KEY, b"", epoch))
        for _ in range(data.draw(st.integers(0, 6))):
            zombie = epoch > 1 and data.draw(st.booleans())
            key, value = data.draw(keys), b"%d" % len(rows)
            rows.append(ChangelogRow(len(rows), key, value, epoch - 1 if zombie else epoch))
            naive[key] = value
            if not zombie:
                model[key] = value
    cut = data.draw(st.integers(0, len(rows)))
    first = Replay(None)
    state: dict[bytes, bytes] = {}
    checkpoint: Checkpoint | None = None
    for row in first.read(rows[:cut]):
        state[row.key] = row.value or b""
        if row.offset >= 0:
            checkpoint = Checkpoint(row.offset, row.epoch, 0.0)
    # A crash here: the second reader begins behind what the first one's store says.
    second = Replay(checkpoint)
    for row in second.read(rows[second.next_offset :]):
        state[row.key] = row.value or b""
    state.pop(MARKER_KEY, None)
    assert state == model
    assert second.epoch == epoch
    # Compaction keeps the last row of each key; with the rewrites behind it, that is the model again.
    compacted = {**naive, **{key: model.get(key, b"") for key in second.covered}}
    assert {key: value for key, value in compacted.items() if value} == model


@given(st.lists(st.binary(max_size=40)), st.integers(1, 2**31 - 1))
def test_partitions_equal_kafkas(keys: list[bytes], partitions: int) -> None:
    assert partition_keys(keys, partitions) == [(murmur2(key) & 0x7FFFFFFF) % partitions for key in keys]


@given(st.integers(0, 2**62), st.integers(0, 2**40), st.integers(0, 2**33))
def test_a_checkpoint_survives_its_bytes(offset: int, epoch: int, written_at: int) -> None:
    assert Checkpoint.from_bytes(Checkpoint(offset, epoch, float(written_at)).to_bytes()) == (offset, epoch, written_at)


def test_epochs_in_headers() -> None:
    assert read_epoch(epoch_header(7)) == 7
    assert read_epoch([]) == 0
    assert read_epoch([("epoch", b"x")]) == 0


@given(
    st.binary(max_size=300),
    st.binary(max_size=3000),
    st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=50)), max_size=5),
)
def test_measured_size_is_never_below_kafkas(key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> None:
    from aiokafka.producer.message_accumulator import BatchBuilder

    builder = BatchBuilder(1, 0)
    builder.append(timestamp=None, key=key, value=value, headers=headers)
    assert measure_output(Output("out", key, value, tuple(headers))) >= len(builder._build())


def test_a_stall_is_told_by_time_without_movement() -> None:
    detector = StallDetector()
    assert [detector.observe("p", mark, True, now) for mark, now in ((1, 0), (1, 10), (2, 20), (2, 25))] == [
        0,
        10,
        0,
        5,
    ]
    assert detector.observe("p", 2, False, 99) == 0
    assert detector.observe("p", 2, True, 100) == 1


def test_metrics_are_served_on_loopback() -> None:
    from urllib.request import urlopen

    counters = Counters(events_in=12, lag={("in", 3): 4})
    server = start_metrics(counters, "enrich", 0)
    try:
        with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=5) as page:
            text = page.read().decode()
    finally:
        server.close()
    assert 'puente_events_in_total{stage="enrich"} 12.0' in text
    assert 'puente_lag{partition="3",stage="enrich",topic="in"} 4.0' in text

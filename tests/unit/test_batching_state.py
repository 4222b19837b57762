"""What a stage may read of its state: values, all rows, and whether the partition was taken over meanwhile."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.batching import build_app
from processors.stages import Emitted, Row, StateView
from processors.transport.stores import build_state_table

KEYS = st.sampled_from([b"a", b"b", b"c", b"d"])
VALUES = st.one_of(st.none(), st.binary(max_size=3))


class _Nothing:
    name = "nothing"

    def process(self, *_: object) -> Emitted:
        return Emitted(())


@given(st.dictionaries(KEYS, st.binary(max_size=3)), st.lists(st.tuples(KEYS, VALUES)))
def test_all_rows_are_the_stored_ones_with_the_batch_over_them(
    stored: dict[bytes, bytes], rows: list[tuple[bytes, bytes | None]]
) -> None:
    view = StateView(stored.get, 100, scan=stored.items, epoch=7)
    assert view.epoch == 7
    expected: dict[bytes, bytes | None] = dict(stored)
    for row in rows:
        view.lay([Row(*row)])
        expected[row[0]] = row[1]
    found = list(view.items())
    assert dict(found) == {key: value for key, value in expected.items() if value is not None}
    assert len(found) == len(dict(found))
    assert all(view.get(key) == expected.get(key) for key in (b"a", b"b", b"c", b"d"))


@pytest.mark.parametrize("store", ["memory://", "rocksdb://"])
async def test_a_store_lists_the_rows_of_one_partition_and_nothing_of_its_own(store: str, tmp_path: Path) -> None:
    app: Any = build_app(brokers="127.0.0.1:1", group="g", stage=_Nothing(), inputs=["in"], data_dir=tmp_path)
    table = build_state_table(app, "t", store, "log", block_cache_bytes=1 << 20, write_buffer_bytes=1 << 20)
    table.apply("log", 0, [(0, b"a", b"1", 1), (1, b"b", b"2", 1), (2, b"a", None, 1), (3, b"c", b"", 1)])
    table.apply("log", 1, [(0, b"a", b"other", 1)])
    assert dict(table.store.scan(0)) == {b"b": b"2", b"c": b""}
    assert dict(table.store.scan(1)) == {b"a": b"other"}
    assert table.store.checkpoint(0) is not None
    table.store.wipe(0)
    assert dict(table.store.scan(0)) == {}
    table.store.close_all()


def test_a_worker_with_other_inputs_is_another_member_of_its_group(tmp_path: Path) -> None:
    """Found live: a static member that came back with one topic more was never given that topic's partitions."""

    def name(instance_id: str | None, *inputs: str) -> str | None:
        app: Any = build_app(
            brokers="127.0.0.1:1",
            group="g",
            stage=_Nothing(),
            inputs=inputs,
            data_dir=tmp_path,
            instance_id=instance_id,
        )
        found: str | None = app.conf.consumer_group_instance_id
        return found

    assert name("w-0", "a", "b") == name("w-0", "b", "a") != name("w-0", "a", "b", "c")
    assert name("w-0", "a") != name("w-1", "a")
    assert not name(None, "a")

"""What the engine keeps in memory and in rows: postings, ties, and the rows that a restart reads."""

import itertools
import struct
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation import records
from processors.correlation.batch import correlate
from processors.correlation.engine import Engine
from processors.correlation.keys import LIMITS, Limits, blocking_keys, filing_keys, hash_key
from processors.correlation.postings import KEY_BITS, Postings
from processors.correlation.rows import (
    RECORD_ROW,
    RULES_ROW,
    TIE_ROW,
    RecordRow,
    Rows,
    decode_record_row,
    encode_record_row,
    rules_stamp,
)
from processors.correlation.ties import Tie, Ties, decode_tie, encode_tie
from streams.facts import ComparisonRecord
from tests.unit.correlating import Folded, keep_rows, make_record, record_sets

FEW = Limits(rare=2, paired=3)
PLATE = ("plate", "TST1001")
# Keys side by side in one shard, at both ends of it, and in others.
KEYS = st.sampled_from([0, 1, 2, 2**32 - 1, 2**32, 2**48 - 2, 2**48 - 1])
NUMBERS = st.integers(0, 80) | st.sampled_from([2**32 - 1])
TIES = st.builds(Tie, st.sampled_from(["strong", "possible"]), st.floats(-60, 60), st.booleans())


def test_a_release_that_is_taken_up_again_trusts_none_of_the_ties_that_another_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("processors.correlation.restoring._MOST_LATE", 2)
    former, later = Limits(2, 8), Limits(2, 3)  # by the later one's rules the plate is a hub
    rows: dict[bytes, bytes] = {}
    records = [make_record(number, ("plate", "TST1001")) for number in range(5)]
    engine = Engine(former, rows.get)
    for offset, record in enumerate(records):
        keep_rows(rows, engine.apply(record, offset).rows)
    records.append(make_record(7, ("plate", "TST7777")))
    keep_rows(rows, Engine.restore(rows.items(), later, read=rows.get).apply(records[-1], 5).rows)
    again = Engine.restore(rows.items(), former, read=rows.get)
    assert again.links() == correlate(records, former).links
    # And it stays so once it has written some of them back, in either release.
    records.append(make_record(8, ("plate", "TST8888")))
    keep_rows(rows, again.apply(records[-1], 6).rows)
    for limits in (former, later):
        assert Engine.restore(rows.items(), limits, read=rows.get).links() == correlate(records, limits).links


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, st.frozensets(KEYS)), max_size=8, unique_by=lambda one: one[0]),
    st.lists(st.tuples(st.sampled_from(["add", "add", "add", "remove"]), KEYS, NUMBERS), max_size=300),
)
def test_postings_are_sets_by_key(loaded: list[Any], steps: list[Any]) -> None:
    postings = Postings()
    plain: dict[int, set[int]] = defaultdict(set)
    for number, keys in loaded:
        postings.add_all(keys, number)
        for key in keys:
            plain[key].add(number)
    for what, key, number in steps:
        if what == "add":
            plain[key].add(number)
            assert postings.add(key, number) == len(plain[key])
        else:
            plain[key].discard(number)
            assert postings.remove(key, number) == len(plain[key])
    for key in (0, 1, 2, 3, 2**32 - 1, 2**32, 2**48 - 2, 2**48 - 1):
        assert postings.count(key) == len(plain[key])
        assert sorted(postings.under(key)) == sorted(plain[key])


@pytest.mark.parametrize("bulk", [False, True])
def test_a_common_key_is_counted_like_any_other(bulk: bool) -> None:
    postings, numbers = Postings(), range(200)
    for number in numbers:
        if bulk:
            assert postings.add_all((7,), number) == ([(7, number + 1)] if number else [])
        else:
            assert postings.add(7, number) == number + 1
            assert postings.add(7, number) == number + 1, "filed twice is filed once"
    assert postings.add(8, 1) == 1
    assert postings.add(7, 500) == 201
    assert sorted(postings.under(7)) == [*numbers, 500]
    assert [postings.remove(7, number) for number in (*numbers, 500)] == list(range(200, -1, -1))
    assert (postings.count(7), postings.count(8)) == (0, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(6, 9), st.none() | TIES), max_size=60))
def test_ties_are_a_symmetric_map(steps: list[tuple[int, int, Tie | None]]) -> None:
    ties = Ties()
    plain: dict[tuple[int, int], Tie] = {}
    for at, (one, other, tie) in enumerate(steps):
        ties.put(*((one, other) if at % 2 else (other, one)), tie)
        plain.pop((one, other), None)
        if tie is not None:
            plain[one, other] = tie
    assert {(one, other): tie for one, other, tie in ties} == plain
    for one, other in itertools.product(range(6), range(6, 10)):
        assert ties.get(one, other) == ties.get(other, one) == plain.get((one, other))
        assert ties.of(one).get(other) == plain.get((one, other))


@given(TIES)
def test_a_tie_comes_back_from_its_row(tie: Tie) -> None:
    assert decode_tie(encode_tie(tie)) == tie
    with pytest.raises(struct.error):
        decode_tie(encode_tie(tie)[1:])


@given(
    st.binary(min_size=8, max_size=8).filter(lambda stamp: not stamp.startswith(b"{")),
    st.lists(st.integers(0, 2**KEY_BITS - 1)),
    st.binary(),
)
def test_a_record_comes_back_from_its_row(stamp: bytes, keys: list[int], raw: bytes) -> None:
    row = RecordRow(stamp, tuple(keys), raw)
    assert decode_record_row(encode_record_row(row)) == row
    assert decode_record_row(b"{" + raw) == RecordRow(b"", (), b"{" + raw), "of the releases before"


@given(st.binary(max_size=11))
def test_what_is_no_row_is_refused(raw: bytes) -> None:
    if not raw.startswith(b"{"):
        with pytest.raises(struct.error):
            decode_record_row(raw)


@given(record_sets(1))
def test_a_record_is_filed_under_the_hash_of_each_of_its_keys(records: list[ComparisonRecord]) -> None:
    for record in records:
        keys = filing_keys(record)
        assert list(keys) == sorted({hash_key(key) for key in blocking_keys(record)})
        assert all(0 <= key < 2**KEY_BITS for key in keys)


def test_the_hash_of_a_key_is_both_checksums() -> None:
    """Against the published check values of CRC-32 and CRC-16/XMODEM: hashes are kept, so they must never change."""
    assert hash_key("123456789") == 0xCBF43926_31C3


def test_the_stamp_of_the_rules_begins_no_record_and_knows_the_limits() -> None:
    assert rules_stamp(LIMITS)[:1] != b"{"
    assert len(rules_stamp(LIMITS)) == 8
    assert rules_stamp(LIMITS) != rules_stamp(FEW)


def _rows_of(records: list[ComparisonRecord], limits: Limits = FEW) -> dict[bytes, bytes]:
    kept: dict[bytes, bytes] = {}
    engine = Engine(limits, kept.get)
    for offset, record in enumerate(records):
        keep_rows(kept, engine.apply(record, offset).rows)
    return kept


@settings(max_examples=150, deadline=None)
@given(record_sets(), st.data())
def test_rows_of_another_release_are_filed_and_weighed_anew_and_written_by_and_by(
    records: list[ComparisonRecord], data: st.DataObject
) -> None:
    kept = _rows_of(records)
    wanted = dict(kept)
    for key, value in list(kept.items()):
        if key.startswith(RECORD_ROW) and data.draw(st.booleans(), "of another release"):
            row = decode_record_row(value)
            # It filed under other keys and weighed otherwise; or it was of the releases before rows had keys.
            kept[key] = data.draw(
                st.sampled_from([row.raw, encode_record_row(RecordRow(b"\x01another", (1, 2), row.raw))]), "row"
            )
            for tie in [one for one in kept if one.startswith(TIE_ROW) and key[2:] in one]:
                changed = data.draw(st.sampled_from([None, encode_tie(Tie("strong", 60.0, True)), kept[tie]]), "tie")
                keep_rows(kept, {tie: changed})
    engine = Engine.restore(data.draw(st.permutations(sorted(kept.items())), "rows"), FEW, kept.get)
    assert (engine.links(), engine.networks(), engine.events()) == correlate(records, FEW)
    keep_rows(kept, engine.drain().rows)
    assert kept.pop(RULES_ROW, rules_stamp(FEW)) == rules_stamp(FEW)
    assert kept == wanted
    assert engine.drain().rows == {}


def test_a_restart_compares_nothing_and_decodes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _rows_of([make_record(number, PLATE) for number in range(3)], LIMITS)

    def refuse(*_: object) -> None:
        raise AssertionError("decoded or compared")

    monkeypatch.setattr("processors.correlation.engine.weigh", refuse)
    monkeypatch.setattr("processors.correlation.records.orjson.loads", refuse)
    engine = Engine.restore(kept.items(), read=kept.get)
    monkeypatch.undo()
    folded = Folded()
    changes = engine.apply(make_record(3, PLATE), 3)
    folded.take(changes.links, changes.networks)
    assert len(folded.live_links()) == 3
    assert len(next(iter(folded.live_networks().values()))["members"]) == 4


def test_rows_of_another_release_do_not_all_go_into_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _rows_of([make_record(number, PLATE) for number in range(5)], LIMITS)
    monkeypatch.setattr("processors.correlation.restoring._MOST_LATE", 2)
    plain = {key: decode_record_row(value).raw if key.startswith(RECORD_ROW) else value for key, value in kept.items()}
    engine = Engine.restore(plain.items(), read=plain.get)
    sizes = []
    while written := engine.drain().rows:
        sizes.append(len(written))
        keep_rows(plain, written)
    assert sizes == [3, 2, 1], "the first with the stamp of the rules"
    assert plain == {**kept, RULES_ROW: rules_stamp(LIMITS)}


def test_rows_without_a_store_are_kept_and_changed_ones_lie_over_stored_ones() -> None:
    alone, over = Rows(), Rows({b"a": b"1", b"b": b"2"}.get)
    alone.keep(b"a", b"1")
    alone.keep(b"b", b"2")
    for one in (alone, over):
        one.put(b"a", b"3")
        one.put(b"b", None)
        assert (one.get(b"a"), one.get(b"b"), one.get(b"c")) == (b"3", None, None)
        assert one.drain() == {b"a": b"3", b"b": None}
        assert one.drain() == {}
    assert (alone.get(b"a"), alone.get(b"b")) == (b"3", None)
    assert over.get(b"a") == b"1", "as the store says"


def test_records_that_are_not_decoded_any_more_are_read_from_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_MOST_DECODED", 2)
    kept: dict[bytes, bytes] = {}
    engine = Engine(read=kept.get)
    for number in range(4):
        keep_rows(kept, engine.apply(make_record(number, PLATE), number).rows)
    assert engine.links() == correlate([make_record(number, PLATE) for number in range(4)])[0]

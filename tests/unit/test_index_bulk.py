"""Bulks: each document gets its own outcome, whatever the wire does; nothing that quotes a record goes further."""

import asyncio
import random
from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.bulk import Backoff, BulkWriter, Operation, explain_refusal
from indexing.elastic import Answer
from indexing.errors import (
    AccessRefusedError,
    CanaryRefusedError,
    IndexingError,
    IndexMissingError,
    SearchUnreachableError,
    UnexpectedAnswerError,
)
from indexing.writers import LetterWriter
from streams.records import StoredRecord
from tests.fake_elastic import FakeElastic
from tests.index_model import make_writer, records_of
from tests.indexed import make_report


def operations(number: int, size: int = 1) -> list[Operation]:
    return [Operation(f"{at:032x}", 1, orjson.dumps({"at": at, "pad": "x" * size})) for at in range(number)]


class Scripted:
    """A wire that answers as `script(documents of the bulk, how many bulks before)` says."""

    def __init__(self, script: Any) -> None:
        self.script = script
        self.bulks: list[list[int]] = []
        self.in_flight = 0
        self.most_in_flight = 0

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer:
        """Nothing is there."""
        return Answer(200, {"docs": [{"_id": key, "found": False} for key in ids]})

    async def bulk(self, index: str, body: bytes) -> Answer:
        """What the script says."""
        held = [orjson.loads(line)["at"] for line in body.split(b"\n")[1:-1:2]]
        self.bulks.append(held)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            answer = self.script(held, len(self.bulks) - 1)
        finally:
            self.in_flight -= 1
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Answer):
            return answer
        return Answer(200, {"items": [{"index": item} for item in answer]})


def write(wire: Scripted, batch: list[Operation], **limits: Any) -> list[str]:
    retried: list[int] = []
    bulk = BulkWriter(wire, backoff=lambda: Backoff(first_s=0, cap_s=0), on_retry=retried.append, **limits)
    return [outcome.kind for outcome in asyncio.run(bulk.send_until_done("some-index", batch))]


def item(status: int, kind: str = "", reason: str = "") -> dict[str, Any]:
    return {"status": status, **({"error": {"type": kind, "reason": reason}} if kind else {})}


def test_every_item_has_its_own_outcome_and_only_the_doubtful_go_again() -> None:
    first = [
        item(201),
        item(200),
        item(409, "version_conflict_engine_exception"),
        item(400, "document_parsing_exception"),
        item(429, "es_rejected_execution_exception"),
        item(503, "unavailable_shards_exception"),
        item(403, "cluster_block_exception"),
        item(500, "exception"),
    ]
    wire = Scripted(lambda held, before: first if before == 0 else [item(201) for _ in held])
    kinds = write(wire, operations(8))
    assert kinds == ["created", "updated", "stale", "refused", "created", "created", "created", "created"]
    assert wire.bulks == [list(range(8)), [4, 5, 6, 7]]


@pytest.mark.parametrize(
    "trouble",
    [
        SearchUnreachableError("no answer"),
        Answer(429, {"error": {"type": "circuit_breaking_exception"}}),
        Answer(503, None),
        Answer(502, "<html>a proxy speaks</html>"),
        Answer(403, {"error": {"type": "cluster_block_exception"}}),
    ],
)
def test_a_whole_bulk_in_trouble_goes_again_until_it_is_through(trouble: Any) -> None:
    wire = Scripted(lambda held, before: trouble if before < 7 else [item(201) for _ in held])
    assert write(wire, operations(3)) == ["created"] * 3
    assert wire.bulks == [[0, 1, 2]] * 8


def test_too_large_a_bulk_is_split_down_to_the_document_that_is_too_large() -> None:
    def script(held: list[int], _before: int) -> Any:
        return Answer(413, None) if len(held) > 2 or 5 in held else [item(201) for _ in held]

    wire = Scripted(script)
    assert write(wire, operations(7)) == ["created"] * 5 + ["refused", "created"]


def test_a_bulk_refused_as_a_whole_is_split_down_to_the_line_that_spoils_it() -> None:
    bad = Answer(400, {"error": {"type": "illegal_argument_exception"}})
    wire = Scripted(lambda held, _before: bad if 2 in held else [item(201) for _ in held])
    assert write(wire, operations(4)) == ["created", "created", "refused", "created"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(401, {"error": {"type": "security_exception"}}), AccessRefusedError),
        (Answer(403, {"error": {"type": "security_exception"}}), AccessRefusedError),
        (Answer(404, {"error": {"type": "index_not_found_exception"}}), IndexMissingError),
        ([item(404, "index_not_found_exception")], IndexMissingError),
        ([item(403, "security_exception")], AccessRefusedError),
        ([item(418, "teapot_exception")], UnexpectedAnswerError),
        ([], UnexpectedAnswerError),
        (Answer(200, "not Elasticsearch"), UnexpectedAnswerError),
    ],
)
def test_a_wrong_deployment_stops(answer: Any, error: type[IndexingError]) -> None:
    with pytest.raises(error, match=r"Elasticsearch.*some-index"):
        write(Scripted(lambda _held, _before: answer), operations(1))


@given(
    sizes=st.lists(st.integers(0, 400), min_size=1, max_size=30),
    max_bytes=st.integers(200, 2000),
    max_documents=st.integers(1, 7),
)
def test_bulks_are_bounded_and_hold_every_document_once_in_order(
    sizes: list[int], max_bytes: int, max_documents: int
) -> None:
    batch = [Operation(f"{at:032x}", 1, orjson.dumps({"at": at, "pad": "x" * size})) for at, size in enumerate(sizes)]
    lengths = [len(operation.encode()) for operation in batch]
    wire = Scripted(lambda held, _before: [item(201) for _ in held])
    assert write(wire, batch, max_bytes=max_bytes, max_documents=max_documents) == ["created"] * len(batch)
    assert [at for bulk in wire.bulks for at in bulk] == list(range(len(batch)))
    for bulk in wire.bulks:
        assert len(bulk) <= max_documents
        assert len(bulk) == 1 or sum(lengths[at] for at in bulk) <= max_bytes
    assert wire.most_in_flight <= 2


def test_the_back_off_doubles_to_its_cap_with_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    backoff = Backoff(random.Random(1), first_s=0.1, cap_s=1.0)

    async def wait() -> None:
        for _ in range(2000):
            await backoff.wait()
        backoff.reset()
        await backoff.wait()

    asyncio.run(wait())
    for pause, bound in zip(slept, [0.1, 0.2, 0.4, 0.8, 1.0, 1.0], strict=False):
        assert bound / 2 <= pause <= bound
    assert len({round(pause, 6) for pause in slept[4:]}) > 100
    assert slept[-1] <= 0.1


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (
            {
                "type": "document_parsing_exception",
                "reason": "[1:9] failed to parse field [when] of type [date] in document with id 'x'. "
                "Preview of field's value: 'SECRET'",
                "caused_by": {"type": "illegal_argument_exception", "reason": "failed to parse [SECRET]"},
            },
            "when",
            "when: document_parsing_exception, it takes a date",
        ),
        (
            {
                "type": "strict_dynamic_mapping_exception",
                "reason": "[1:2] mapping set to strict, dynamic introduction of [colour] within [_doc] is not allowed",
            },
            "colour",
            "colour: strict_dynamic_mapping_exception",
        ),
        (
            {
                "type": "illegal_argument_exception",
                "reason": "SECRET",
                "caused_by": {"type": "x", "reason": 'Document contains at least one immense term in field="text.en"'},
            },
            "text.en",
            "text.en: illegal_argument_exception",
        ),
        ({"type": "odd_exception", "reason": "SECRET"}, "", "odd_exception"),
        ({}, "", "error"),
    ],
)
def test_a_refusal_names_field_and_rule_and_quotes_nothing(error: dict[str, Any], field: str, words: str) -> None:
    assert explain_refusal(error) == (field, words)


def refuse_everything(_index: str, _document: dict[str, Any]) -> str:
    return "failed to parse field [when] of type [date]"


def test_a_refused_report_is_reported_with_what_is_known_of_it() -> None:
    report = make_report("FICTION-9")
    writer = make_writer(FakeElastic(refuse_everything), "reports", "items")

    async def run() -> Any:
        return await writer.finish(await writer.begin(records_of([report])))

    (refusal,) = asyncio.run(run())
    assert (refusal.agency, refusal.report_id, refusal.document_id) == ("cbp", "FICTION-9", report["id"])
    assert (refusal.reasons[0].code, refusal.reasons[0].field) == ("document_refused", "when")


def test_refused_items_make_one_refusal_with_a_reason_each() -> None:
    elastic = FakeElastic(lambda index, document: "no" if index == "items" and document["ordinal"] != 1 else None)
    writer = make_writer(elastic, "reports", "items")

    async def run() -> Any:
        return await writer.finish(await writer.begin(records_of([make_report(items=3), make_report("FICTION-2")])))

    refusals = asyncio.run(run())
    assert [[reason.field for reason in refusal.reasons] for refusal in refusals] == [
        ["items[0]", "items[2]"],
        ["items[0]"],
    ]


@pytest.mark.parametrize("value", [None, b"", b"{", b"[1]", b"{}", b'{"id":"x"}', b'{"id":1,"agency":2,"report_id":3}'])
def test_what_is_no_report_at_all_is_refused_and_hinders_nobody(value: bytes | None) -> None:
    good = records_of([make_report()])[0]
    bad = StoredRecord("reports.joint", 0, 1, 0, b"k", value)
    elastic = FakeElastic()
    writer = make_writer(elastic, "reports", "items")

    async def run() -> Any:
        return await writer.finish(await writer.begin([bad, good, bad]))

    assert [refusal.record for refusal in asyncio.run(run())] == [bad, bad]
    assert len(elastic.sources("reports")) == 1


@pytest.mark.parametrize("change", [{"facts": {}}, {"event": None}, {"grade": {}}, {"version": -1}, {"agency": "fgr"}])
def test_a_report_of_the_wrong_shape_is_refused(change: dict[str, Any]) -> None:
    report = {**make_report(), **change}
    record = StoredRecord("reports.joint", 0, 0, 0, b"k", orjson.dumps(report))
    writer = make_writer(FakeElastic(), "reports", "items")

    async def run() -> Any:
        return await writer.finish(await writer.begin([record]))

    assert len(asyncio.run(run())) == 1


def _refuse_in(wrong: str, index: str, _document: dict[str, Any]) -> str | None:
    return "no" if index == wrong else None


def test_the_canary_tells_a_wrong_index_from_wrong_records() -> None:
    asyncio.run(make_writer(FakeElastic(), "reports", "items").check_canary())
    for index in ("reports", "items"):
        elastic = FakeElastic(partial(_refuse_in, index))
        with pytest.raises(CanaryRefusedError, match=f"The index {index} refuses"):
            asyncio.run(make_writer(elastic, "reports", "items").check_canary())


def test_a_refused_dead_letter_asks_for_the_canary_at_once() -> None:
    """Else a letter about a letter could go round for ever."""
    from indexing.canary import canary_letter
    from indexing.counters import SinkCounters

    letter = {**canary_letter(), "id": "f" * 32}
    record = StoredRecord("dead-letters", 0, 0, 0, b"k", orjson.dumps(letter))

    def run(elastic: FakeElastic) -> int:
        writer = LetterWriter(BulkWriter(elastic), index="letters", counters=SinkCounters())
        return len(asyncio.run(writer.begin([record])))

    assert run(FakeElastic()) == 0
    assert run(FakeElastic(lambda _index, document: "no" if document["id"] == "f" * 32 else None)) == 1
    with pytest.raises(CanaryRefusedError):
        run(FakeElastic(refuse_everything))

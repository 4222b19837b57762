"""Kinds of bad input at the enrich stage: each becomes one dead letter with its reason in both languages, with the
original bytes beside it, and nothing of the record's content in what a clerk may read.
"""

import orjson
import pytest

from streams.dead_letters import ORIGIN_HEADERS, dead_letter_id
from streams.identity import document_id
from tests.unit.bad_records import BAD, SECRET, body, substance, weighing, without
from tests.unit.enriching import TOPICS, headers_of, make_stage, open_output, run, store


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_becomes_a_dead_letter(kind: str) -> None:
    bad = BAD[kind]
    record = bad.record()
    stage = make_stage()

    outputs = run(stage, record)

    assert [output.topic for output in outputs] == [TOPICS.originals, TOPICS.dead_letters]
    original, letter = outputs
    key = dead_letter_id(record.topic, record.partition, record.offset, "enrich").encode()
    assert original.key == letter.key == key
    # The original is whole: its bytes and its headers (a null one is empty), with where it lay behind them.
    assert original.value == record.value
    assert original.headers[: len(record.headers)] == tuple((name, value or b"") for name, value in record.headers)
    assert [name for name, _ in original.headers[len(record.headers) :]] == list(ORIGIN_HEADERS)

    read = open_output(letter)
    reason = read["reasons"][0]
    assert (reason["code"], reason["field"]) == (bad.code, bad.field)
    for language in ("en", "es"):
        assert reason[language].endswith(".")
        assert "{" not in reason[language]
    assert reason["en"] != reason["es"]
    assert (read["topic"], read["partition"], read["offset"], read["stage"], read["state"]) == (
        record.topic, 3, 7, "enrich", "open",
    )  # fmt: skip
    assert read["received"] == "2025-06-01T12:00:00.000Z"
    agency = record.topic.removeprefix("intake.")
    assert read["agency"] == agency
    assert read["report_id"] == ("FICTION-BAD" if bad.named else None)
    assert read["document_id"] == (document_id(agency, "FICTION-BAD") if bad.named else None)
    assert letter.value is not None
    assert SECRET.encode() not in letter.value
    assert stage.counts["refused"] == 1
    assert stage.counts[f"refused.{bad.code}"] == 1


def test_there_are_twenty_kinds_and_more() -> None:
    assert len(BAD) >= 20
    assert len({bad.code for bad in BAD.values()}) >= 20


def test_a_null_foreign_header_is_no_fault_of_a_good_event() -> None:
    good = store({**body(), "handling": {"releasable_to": ["joint"]}}, headers=[*headers_of(), ("trace", None)])
    assert [output.topic for output in run(make_stage(), good)] == [TOPICS.reports("joint")]


def test_bad_records_do_not_hold_up_good_ones() -> None:
    good = store({**body(), "handling": {"releasable_to": ["joint"]}})
    outputs = run(make_stage(), *(bad.record() for bad in BAD.values()), good)
    assert outputs[-1].topic == TOPICS.reports("joint")
    assert len(outputs) == 2 * len(BAD) + 1


def test_the_event_id_stands_on_the_letter_if_the_envelope_can_be_read() -> None:
    assert open_output(run(make_stage(), store(b"{"))[1])["event_id"] == "event-1"
    assert open_output(run(make_stage(), store(b"{", headers=without("ce_type")))[1])["event_id"] is None


def test_a_report_id_is_stripped_as_the_contract_strips_it() -> None:
    letter = open_output(run(make_stage(), store(body(colour=1) | {"report_id": "  FICTION-BAD "}))[1])
    assert letter["document_id"] == document_id("cbp", "FICTION-BAD")


def test_a_letter_stays_small_however_many_faults_the_record_has() -> None:
    record = store(body(**{"x" * 4000 + str(number): 1 for number in range(200)}))
    letter = run(make_stage(), record)[1]
    assert letter.value is not None
    assert len(letter.value) < 20_000
    assert len(open_output(letter)["reasons"]) == 20


def test_all_odd_times_and_amounts_are_told_at_once() -> None:
    record = store(weighing(1e9) | {"occurred": {"value": "2031"}, "seized": {"value": "2025-02-30"}})
    reasons = open_output(run(make_stage(), record)[1])["reasons"]
    assert [(reason["code"], reason["field"]) for reason in reasons] == [
        ("future_time", "occurred"),
        ("absurd_time", "seized"),
        ("absurd_quantity", "items[0].quantity.value"),
    ]


def test_what_only_looks_odd_passes() -> None:
    for event in (
        body(occurred={"value": "2025-06-02T12:00:00Z"}),  # a day of slack
        body(count_basis="period_total", period={"fiscal_year": 2025}),  # runs until October
        weighing(1000.0, "t"),
        substance(quantity={"value": 1e12, "unit": "tambos"}),  # an unknown unit says nothing
        body(count_basis="running_total", period={"value": "2024"}, items=[
            {"kind": "substance", "name": "marihuana", "quantity": {"value": 9000, "unit": "toneladas"}}]),
        orjson.loads(orjson.dumps(body(disposition='say "a": "b", {"c":1}'))),
    ):  # fmt: skip
        event["handling"] = {"releasable_to": ["joint"]}
        assert [output.topic for output in run(make_stage(), store(event))] == [TOPICS.reports("joint")], event


def test_an_operation_may_lie_ahead() -> None:
    notice = {
        "report_id": "FICTION-OP",
        "kind": "operation_notice",
        "handling": {"releasable_to": ["joint"]},
        "operation": {
            "start": {"value": "2025-07-01T04:00", "zone": "America/Chicago"},
            "end": {"value": "2025-07-01T09:00", "zone": "America/Chicago"},
            "place": {"country": "US", "state": "TX"},
            "contact": "Fictional desk, +1 956 555 0100",
        },
    }
    outputs = run(make_stage(), store(notice, event_type="puente.case.v1"))
    assert open_output(outputs[0])["facts"]["place"]["state"] == "US-TX"
    notice["operation"]["end"] = {"value": "2025-07-32"}  # type: ignore[index]
    letter = open_output(run(make_stage(), store(notice, event_type="puente.case.v1"))[1])
    assert [(reason["code"], reason["field"]) for reason in letter["reasons"]] == [("absurd_time", "operation.end")]
    notice["operation"]["end"] = {"value": "2025-06-30"}  # type: ignore[index]  # over before it begins
    letter = open_output(run(make_stage(), store(notice, event_type="puente.case.v1"))[1])
    assert [(reason["code"], reason["field"]) for reason in letter["reasons"]] == [("absurd_time", "operation.end")]


@pytest.mark.parametrize(
    ("report_id", "event_id", "field"),
    [
        ("A 123 456 789", "event-1", "report_id"),
        ("FICTION-BAD", "A 123 456 789 applied for asylum", "ce_id"),
        ("FICTION-BAD", "case_A206123456", "ce_id"),
    ],
)
def test_confidential_id_is_refused_and_no_id_stands_on_the_letter(report_id: str, event_id: str, field: str) -> None:
    record = store(body() | {"report_id": report_id}, headers=headers_of(ce_id=event_id.encode()))
    outputs = run(make_stage(), record)
    assert [output.topic for output in outputs] == [TOPICS.originals, TOPICS.dead_letters]
    letter = open_output(outputs[1])
    assert (letter["reasons"][0]["code"], letter["reasons"][0]["field"]) == ("asylum_confidential", field)
    assert (letter["report_id"], letter["document_id"], letter["event_id"]) == (None, None, None)


def test_confidential_id_is_not_shown_under_another_reason() -> None:
    record = store(body(x=1) | {"report_id": "A 123 456 789"}, headers=headers_of(ce_id=b"asylum-1"))
    letter = open_output(run(make_stage(), record)[1])
    assert letter["reasons"][0]["code"] == "unknown_field"
    assert (letter["report_id"], letter["document_id"], letter["event_id"]) == (None, None, None)


def test_unknown_key_is_never_repeated() -> None:
    for event, field in (
        (body(Maria_Lopez_menor_victima=1), "?"),
        (substance(Maria_Lopez_menor_victima=1), "items[0].?"),
        (body(people=[{"roles": ["victim"], "Maria_Lopez_menor_victima": 1}]), "people[0].?"),
    ):
        letter = run(make_stage(), store(event))[1]
        assert open_output(letter)["reasons"][0]["field"] == field
        assert letter.value is not None
        assert b"Maria" not in letter.value

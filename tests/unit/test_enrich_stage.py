"""The enrich stage: what a report carries, who gets it, and that the same record gives the same bytes."""

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from processors.docstrings import docstring_of
from processors.enrichment import ENRICHERS, RULES_VERSION
from processors.enrichment.draft import Draft, EnricherFailedError, Finding, finding, run_enrichers
from processors.reference import default_reference
from streams.contracts import SeizureReport
from streams.identity import document_id, version_number
from streams.parsing import canonical_json
from streams.registry import default_registry
from streams.topics import INTAKE_LIMIT, LATER_LIMIT
from tests.unit.compiled import NEEDS_SOURCES
from tests.unit.enriching import RECEIVED, TOPICS, enrich, enrich_only, headers_of, make_stage, open_output, run, store
from tests.unit.records import CASES, NEWS, SEIZURES

ROOT = Path(__file__).parents[2]
EVENT: dict[str, Any] = {
    "report_id": "FICTION-1",
    "occurred": {"value": "2024-04-07T13:05", "zone": "America/Chicago"},
    "place": {"port_of_entry": "Laredo"},
    "direction": "INBOUND",
    "mode": "Land",
    "items": [{"kind": "substance", "name": "Fentanyl", "quantity": {"value": 12.5, "unit": "lb"}}],
    "handling": {"tlp": "GREEN", "releasable_to": ["us", "joint"]},
}
TYPED = [
    *(("puente.seizure.v1", body) for body in SEIZURES),
    *(("puente.case.v1", body) for body in CASES),
    *(("puente.news.v1", body) for body in NEWS),
]


def test_a_report_carries_who_what_and_which_version() -> None:
    body = orjson.dumps(EVENT, option=orjson.OPT_SORT_KEYS)
    [output] = run(make_stage(), store(EVENT))
    report = open_output(output)
    assert output.key == document_id("cbp", "FICTION-1").encode()
    assert output.topic == "reports.joint"
    # Without a revision the envelope's time orders them: 1 June 2025, 11:00 UTC.
    assert report["revision"] == 1748775600000
    assert report["version"] == version_number(1748775600000, body)
    assert report["id"] == document_id("cbp", "FICTION-1")
    assert {name: report[name] for name in ("agency", "report_id", "kind", "retracted", "exercise", "event_id")} == {
        "agency": "cbp",
        "report_id": "FICTION-1",
        "kind": "seizure",
        "retracted": False,
        "exercise": False,
        "event_id": "event-1",
    }
    assert report["received"] == "2025-06-01T12:00:00.000Z"
    assert report["event"] == EVENT
    assert report["handling"] == {"tlp": "GREEN", "releasable_to": ["joint", "us"], "given_by": "record"}
    assert report["versions"] == {"rules": RULES_VERSION, "reference": default_reference().version}


def test_the_publisher_s_revision_outranks_the_time() -> None:
    assert enrich({**EVENT, "revision": 7})["revision"] == 7


def test_the_grade_says_who_gave_it() -> None:
    assert enrich(EVENT)["grade"] == {"reliability": "B", "credibility": "2", "given_by": "registry"}
    given = enrich({**EVENT, "grade": {"reliability": "D", "credibility": "4"}})["grade"]
    assert given == {"reliability": "D", "credibility": "4", "given_by": "record"}


def test_the_topic_decides_who_the_publisher_is() -> None:
    assert enrich(EVENT, agency="sedena")["id"] == document_id("sedena", "FICTION-1") != enrich(EVENT)["id"]


def test_a_retraction_carries_no_word_of_the_publisher() -> None:
    retraction = {"report_id": "FICTION-1", "retraction": {"reason": "Entered twice"}, "handling": EVENT["handling"]}
    [output] = enrich_only(make_stage(), store(retraction))
    report = open_output(output)
    assert report["retracted"] is True
    assert report["event"] == {}
    assert report["facts"]["items"] == []


def test_a_record_goes_to_each_released_view_that_is_switched_on() -> None:
    stage = make_stage(views=("joint", "us", "mx"))
    outputs = run(stage, store(EVENT))
    assert [output.topic for output in outputs] == ["reports.joint", "reports.us"]
    assert stage.counts == {"enriched": 1}


def test_a_record_of_its_own_agency_alone_is_counted_and_keeps_its_content_in_the_intake() -> None:
    stage = make_stage()
    closed = {name: value for name, value in EVENT.items() if name != "handling"}
    red = {**EVENT, "handling": {"tlp": "RED", "releasable_to": ["joint"]}}
    outputs = enrich_only(stage, store(closed), store(red))
    assert [output.topic for output in outputs] == [TOPICS.enriched] * 2
    assert all(
        b"Fentanyl" not in (output.value or b"") and b"Laredo" not in (output.value or b"") for output in outputs
    )
    assert stage.counts == {"withheld": 2}
    assert run(stage, store(closed), store(red)) == []


def test_no_rendition_says_where_the_record_lay() -> None:
    one = run(make_stage(), store(EVENT, offset=7))
    other = run(make_stage(), store(EVENT, offset=987_654_321))
    assert one == other


def test_a_report_that_grows_past_the_limit_is_a_dead_letter() -> None:
    long = {**EVENT, "narrative": {"text": "x" * 5000}}
    assert len(run(make_stage(), store(long))) == 1
    outputs = run(make_stage(), store(long), store({**EVENT, "report_id": "FICTION-2"}), limit=6000)
    assert [output.topic for output in outputs] == [TOPICS.originals, TOPICS.dead_letters, TOPICS.reports("joint")]
    letter = open_output(outputs[1])
    assert [reason["code"] for reason in letter["reasons"]] == ["enriched_too_large"]
    assert letter["document_id"] == document_id("cbp", "FICTION-1")


def test_the_largest_record_that_intake_takes_fits_the_later_limit() -> None:
    items = [{"kind": "substance", "name": "Fentanyl", "quantity": {"value": 1, "unit": "lb"}}] * 64
    # Characters of one byte that JSON escapes grow most: six bytes for one.
    body = {**EVENT, "items": items, "narrative": {"text": "\x01" * 160_000}}
    value = orjson.dumps(body)
    assert INTAKE_LIMIT - 100_000 < len(value) < INTAKE_LIMIT
    [output] = run(make_stage(), store(value))
    assert output.topic == TOPICS.reports("joint")
    assert output.value is not None
    assert len(output.value) < LATER_LIMIT / 4


def _broken(draft: Draft) -> Iterator[Finding]:
    """An enricher with a fault."""
    if draft.event.report_id == "FICTION-POISON":
        raise KeyError("Secreto-Ficticio")
    yield finding(("mode",), "land", ("mode",))


def test_a_fault_of_an_enricher_costs_its_record_alone() -> None:
    stage = make_stage(enrichers=(*ENRICHERS, _broken))
    poison = store({**EVENT, "report_id": "FICTION-POISON"})
    outputs = enrich_only(stage, store(EVENT), poison, store(EVENT))
    assert [output.topic for output in outputs] == [
        TOPICS.enriched, TOPICS.originals, TOPICS.dead_letters, TOPICS.enriched, TOPICS.enriched,
    ]  # fmt: skip
    # Its marks go on, for a view that they take the report from; its content does not.
    marks = open_output(outputs[3])
    assert (marks["faulted"], marks["retracted"], marks["event"]) == (True, False, {})
    assert marks["handling"] == {"tlp": "GREEN", "releasable_to": ["joint", "us"], "given_by": "record"}
    letter = open_output(outputs[2])
    [reason] = letter["reasons"]
    assert reason["code"] == "enrichment_failed"
    assert "_broken" in reason["en"]
    assert "_broken" in reason["es"]
    assert "Secreto-Ficticio" not in str(letter)
    assert outputs[1].value == poison.value
    assert stage.counts == {"enriched": 2, "refused": 1, "refused.enrichment_failed": 1}


@NEEDS_SOURCES
def test_records_of_many_blocks_come_out_one_by_one_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.enrichment.stage._BLOCK_BYTES", 65_536)
    bodies = [{**EVENT, "report_id": f"FICTION-{number}"} for number in range(300)]
    bodies[70] = {"report_id": "FICTION-70"}
    bodies[71]["narrative"] = {"text": "Texto ficticio. " * 8_000}
    together = enrich_only(make_stage(), *(store(body) for body in bodies))
    assert together == [output for body in bodies for output in enrich_only(make_stage(), store(body))]
    assert gc.isenabled(), "the collector was left off"


def test_a_repaired_copy_of_a_refused_revision_counts_whatever_its_hash() -> None:
    """Found in review: of 40 repairs 10 were silently older than the marks of what they repaired."""
    body = {**EVENT, "report_id": "FICTION-POISON", "revision": 7}
    for number in range(12):
        repaired = {**body, "narrative": {"text": f"Corrección ficticia {number}."}}
        fresh = make_stage(enrichers=(*ENRICHERS, _broken))
        run(fresh, store(body))
        outputs = run(replace(fresh, enrich=make_stage().enrich), store(repaired))
        assert [output.topic for output in outputs] == [TOPICS.reports("joint")]


def test_a_want_of_memory_is_no_fault_of_the_record() -> None:
    def starved(_draft: Draft) -> Iterator[Finding]:
        raise MemoryError

    with pytest.raises(MemoryError):
        run(make_stage(enrichers=(starved,)), store(EVENT))


def test_a_topic_that_is_no_intake_stops_the_worker() -> None:
    record = store(EVENT)
    wrong = type(record)("news.cbp", 0, 0, record.timestamp, None, record.value, record.headers)
    with pytest.raises(ValueError, match="no intake topic"):
        run(make_stage(), wrong)


def test_a_registry_that_learns_an_agency_holds_at_once() -> None:
    registry = {name: agency for name, agency in default_registry().items() if name != "atf"}
    stage = make_stage(registry=registry)
    assert run(stage, store(EVENT, agency="atf"))[0].topic == TOPICS.originals
    registry["atf"] = default_registry()["atf"]
    assert run(stage, store(EVENT, agency="atf"))[0].topic == TOPICS.reports("joint")


def test_the_runner_names_the_failing_enricher_and_keeps_the_cause() -> None:
    event = SeizureReport.model_validate_json(canonical_json({**EVENT, "report_id": "FICTION-POISON"}))
    with pytest.raises(EnricherFailedError, match="_broken") as caught:
        run_enrichers((_broken,), event, default_registry()["cbp"], RECEIVED, default_reference())
    assert caught.value.enricher == "_broken"
    assert isinstance(caught.value.__cause__, KeyError)


def test_every_enricher_explains_itself_in_a_sentence() -> None:
    names = [enricher.__name__ for enricher in ENRICHERS]
    assert len(set(names)) == len(names)
    for enricher in ENRICHERS:
        text = docstring_of(enricher)
        assert len(text) > 40, enricher.__name__
        assert text.endswith("."), enricher.__name__


def test_later_enrichers_read_what_earlier_ones_found() -> None:
    def last(draft: Draft) -> Iterator[Finding]:
        yield finding(("event_count",), len(draft.facts["items"]), ("items",))

    [output] = run(make_stage(enrichers=(*ENRICHERS, last)), store(EVENT))
    assert open_output(output)["facts"]["event_count"] == 1


def _digest() -> str:
    """A hash of every byte that the stage writes for the sample records; run in processes of different hash seeds."""
    digest = hashlib.sha256()
    for event_type, body in TYPED:
        for output in run(make_stage(), store({**body, "handling": EVENT["handling"]}, event_type=event_type)):
            digest.update(output.key or b"")
            digest.update(output.value or b"")
    return digest.hexdigest()


def test_the_same_records_give_the_same_bytes_under_any_hash_seed() -> None:
    here = _digest()
    assert here == _digest()
    for seed in ("0", "1"):
        command = [sys.executable, "-c", "from tests.unit.test_enrich_stage import _digest; print(_digest())"]
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == here


def test_the_order_of_fields_and_white_space_change_no_byte() -> None:
    turned = orjson.dumps(dict(reversed(EVENT.items())), option=orjson.OPT_INDENT_2)
    assert run(make_stage(), store(turned)) == run(make_stage(), store(EVENT))


def test_headers_that_are_not_ours_change_nothing() -> None:
    headers = [*headers_of(), ("traceparent", b"00-fictional"), ("ce_traceparent", b"x")]
    assert run(make_stage(), store(EVENT, headers=headers)) == run(make_stage(), store(EVENT))


@pytest.mark.parametrize(("event_type", "body"), TYPED)
def test_records_of_both_countries_are_enriched(event_type: str, body: dict[str, Any]) -> None:
    record = store({**body, "handling": EVENT["handling"]}, event_type=event_type)
    report = open_output(enrich_only(make_stage(), record)[0])
    assert report["facts"]["when_of"]
    assert all(origin["rule"].split(":")[0] in {e.__name__ for e in ENRICHERS} for origin in report["provenance"])
    assert len(report["facts"]["items"]) == len(body.get("items", ()))
    assert all(item["commodity"] for item in report["facts"]["items"])

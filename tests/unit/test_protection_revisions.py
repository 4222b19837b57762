"""The most protective role over all revisions wins, whichever comes first. Everybody here is invented."""

import itertools
from typing import Any

import pytest

from processors.protection.keys import parse_keys
from processors.release.memory import Memory
from processors.release.stage import ReleaseStage
from processors.stages import Row
from streams.identity import document_id
from streams.records import Output, StoredRecord
from tests.unit.enriching import TOPICS, Way, empty_state, enrich_only, make_stage, open_output, run, store

JOINT = {"tlp": "AMBER", "releasable_to": ["joint"]}
FIRM = {"basis": "charged", "review_date": "2030-01-31"}
NAME = "Ana Ficticia Luna"


def record(revision: int, roles: list[str], text: str, **more: Any) -> StoredRecord:
    person = {
        "name": NAME,
        "roles": roles,
        "phones": [{"number": "+1 956 555 0142"}],
        **(FIRM if "suspect" in roles else {}),
    }
    event = {
        "report_id": "F-1",
        "revision": revision,
        "handling": JOINT,
        "kind": "arrest",
        "people": [person],
        "narrative": {"text": text, "language": "en"},
        **more,
    }
    return store(event, agency="hsi", event_type="puente.case.v1", offset=revision)


WITNESS = record(1, ["witness"], "A witness, Ana Ficticia, spoke.")
SUSPECT = record(2, ["suspect"], "Deputies arrested Ana Luna. Call 956 555 0142.")
UNLISTED = record(3, ["officer"], "Deputies arrested Ana Luna.", people=[])


def last(outputs: list[Output]) -> dict[str, Any]:
    return open_output([one for one in outputs if one.topic == TOPICS.reports("joint")][-1])


def memory_of(way: Way) -> Memory:
    row = way.memory.get(document_id("hsi", "F-1").encode())
    memory = Memory.load(row)
    assert memory is not None
    return memory


def forget_way(memory: Memory) -> Memory:
    return memory._replace(received="", event_id="", digest="")


@pytest.mark.parametrize("order", list(itertools.permutations([WITNESS, SUSPECT])))
def test_a_witness_of_one_revision_is_protected_in_the_next(order: tuple[StoredRecord, ...]) -> None:
    report = last(run(make_stage(), *order))
    assert report["revision"] == 2
    [person] = report["event"]["people"]
    assert (person["roles"], person["protected"]) == (["suspect"], True)
    assert report["event"]["narrative"]["text"] == f"Deputies arrested {person['name']}. Call {person['name']}."
    assert "identifiers" not in report["facts"] or report["facts"]["identifiers"] == []
    assert report["protection"]["people"] == 1


@pytest.mark.parametrize("order", list(itertools.permutations([WITNESS, SUSPECT, UNLISTED])))
def test_every_order_ends_alike(order: tuple[StoredRecord, ...]) -> None:
    way = make_stage()
    outputs = run(way, *order)
    report = last(outputs)
    assert report["revision"] == 3
    assert "Luna" not in str(report)
    straight = make_stage()
    assert last(run(straight, WITNESS, SUSPECT, UNLISTED)) == report
    # A revision that comes after a protecting one is handed on without the name: other bytes, the same memory of them.
    assert forget_way(memory_of(way)) == forget_way(memory_of(straight))


def test_what_is_kept_for_a_late_revision_holds_no_protected_name() -> None:
    """Found in review: the row of the state kept the record as it came."""
    way = make_stage()
    run(way, WITNESS, SUSPECT)
    content = memory_of(way).content
    assert content is not None
    assert b"Luna" not in content
    assert b"Ficticia" not in content


def test_a_revision_that_no_view_may_see_protects_too() -> None:
    hidden = record(1, ["witness"], "A witness.", handling={"tlp": "RED"})
    assert "Luna" not in str(last(run(make_stage(), hidden, SUSPECT)))
    assert "Luna" not in str(last(run(make_stage(), SUSPECT, hidden)))


def test_replaying_everything_says_nothing_new() -> None:
    way = make_stage()
    run(way, WITNESS, SUSPECT)
    assert run(way, WITNESS, SUSPECT) == []


def test_another_report_is_not_touched() -> None:
    other = record(1, ["suspect"], "Deputies arrested Ana Ficticia Luna.", report_id="F-2")
    assert NAME in str(last(run(make_stage(), WITNESS, other)))


def test_without_the_old_key_everybody_is_taken_for_protected() -> None:
    way = make_stage()
    run(way, WITNESS)
    row = way.memory.get(document_id("hsi", "F-1").encode())
    other = parse_keys("t2:" + "6b" * 32)
    fresh = make_stage()
    [enriched] = [one for one in fresh.enrich.process([SUSPECT], empty_state()).outputs if one.topic == TOPICS.enriched]
    stage = ReleaseStage(TOPICS, ("joint",), other)
    state = empty_state()
    state.lay([Row(document_id("hsi", "F-1").encode(), row)])
    stored = StoredRecord(enriched.topic, 0, 0, 0, enriched.key, enriched.value, enriched.headers)
    report = last(list(stage.process([stored], state).outputs))
    assert report["event"]["people"] == [{"roles": ["suspect"], "protected": True}]
    assert report["protection"]["texts"] == "withheld"
    assert "Luna" not in str(report)


def enriched_of(way: Way, *records: StoredRecord) -> list[dict[str, Any]]:
    return [open_output(one) for one in enrich_only(way, *records) if one.topic == TOPICS.enriched]


@pytest.mark.parametrize("batches", [[[WITNESS, SUSPECT]], [[WITNESS], [SUSPECT]]])
def test_a_later_revision_leaves_enrichment_without_the_name(batches: list[list[StoredRecord]]) -> None:
    """Found in review: the restricted topic held the name of a witness whom the next revision lists as a suspect."""
    way = make_stage()
    last_one = [enriched_of(way, *batch) for batch in batches][-1][-1]
    assert last_one["revision"] == 2
    assert "Luna" not in str(last_one)
    assert "[P:" in last_one["event"]["narrative"]["text"]
    # A new worker has the state alone.
    fresh = make_stage()
    fresh.shields.lay([Row(key, value) for key, value in way.shields.items()])
    assert "Luna" not in str(enriched_of(fresh, SUSPECT))


def test_a_report_without_protected_people_takes_no_state() -> None:
    way = make_stage()
    enriched_of(way, SUSPECT, UNLISTED)
    assert not way.shields.rows


def test_the_release_stage_learns_whom_a_hidden_revision_protects() -> None:
    """A revision in which earlier ones hide somebody protects whom it lists itself all the same."""
    other = {"name": "Eva Inventada Paz", "roles": ["victim"]}
    named = {"name": NAME, "roles": ["suspect"], **FIRM}
    both = record(2, ["suspect"], "Deputies arrested Ana Luna. Eva Paz was hurt.", people=[named, other])
    late = record(3, ["suspect"], "Eva Paz.", people=[{**other, "roles": ["suspect"], **FIRM}])
    outputs = run(make_stage(), late, WITNESS, both)
    assert "Eva" not in str(last(outputs))

"""The most protective role over all revisions wins, whichever comes first. Everybody here is invented."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.enrichment.stage import EnrichStage
from processors.protection.keys import parse_keys
from processors.reference import default_reference
from processors.release.memory import Memory
from processors.release.stage import ReleaseStage
from processors.stages import Row
from streams.identity import document_id
from streams.records import Output, StoredRecord
from streams.registry import default_registry
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


JANE = "Jane Fakename"
KNOWN = {
    "name": JANE,
    "roles": ["suspect"],
    "aliases": ["Shorty"],
    "identifiers": [{"kind": "passport", "value": "G1234567"}],
    "phones": [{"number": "956-234-5678"}],
    **FIRM,
}
ALL_OF_HER = ("Jane", "Fakename", "Shorty", "G1234567", "956-234-5678", "9562345678")
TELLING = f"{JANE}, known as Shorty, passport G1234567, phone 956-234-5678, was arrested."
LISTED = record(1, ["victim"], "x", people=[{"name": JANE, "roles": ["victim"]}])
TOLD = record(1, ["victim"], f"The victim {JANE} was found.", people=[])
MORE = record(2, ["suspect"], TELLING, people=[KNOWN])


def left_of(report: dict[str, Any], words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in str(report["event"]) + str(report["facts"])]


@pytest.mark.parametrize("first", [LISTED, TOLD])
@pytest.mark.parametrize("late", [False, True])
def test_what_another_revision_knows_of_a_protected_person_goes_too(first: StoredRecord, late: bool) -> None:
    """Found in review: the later revision's passport, phone and alias of the victim stayed in text and facts."""
    way = make_stage()
    report = last(run(way, *((MORE, first) if late else (first, MORE))))
    assert not left_of(report, ALL_OF_HER)
    assert not report["facts"].get("identifiers")
    if not late:
        # A third one repeats what only the second said.
        third = record(3, ["suspect"], "Shorty called 956-234-5678.", people=[])
        assert not left_of(last(run(way, third)), ALL_OF_HER)


def test_whoever_is_listed_twice_is_protected_with_all_that_both_entries_say() -> None:
    way = make_stage()
    twice = record(1, ["victim"], TELLING, people=[{"name": JANE, "roles": ["victim"]}, KNOWN])
    [enriched] = enriched_of(way, twice)
    assert not left_of(enriched, ALL_OF_HER)
    assert [one["protected"] for one in enriched["event"]["people"]] == [True, True]


def test_who_is_known_by_a_number_leads_to_another_name() -> None:
    chain = [
        {"name": "Ana Ficticia Luna", "roles": ["victim"], "phones": [{"number": "956-234-5678"}]},
        {"name": "Zoe Brumosa", "roles": ["suspect"], "phones": [{"number": "956-234-5678"}], **FIRM},
        {"name": "Brumosa, Zoe", "roles": ["suspect"], "aliases": ["Shorty"], **FIRM},
    ]
    [enriched] = enriched_of(make_stage(), record(1, ["victim"], "Shorty saw Brumosa.", people=chain))
    assert not left_of(enriched, ("Ana", "Zoe", "Brumosa", "Shorty", "5678"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"name": "Kevin", "roles": ["minor"]}, {"name": "Kevin Fakename"}),
        ({"name": JANE, "roles": ["victim"]}, {"given_names": "Jane", "surnames": ["Fakenam"]}),
        ({"name": JANE, "roles": ["victim"]}, {"name": "Jane Fakenname"}),
    ],
)
def test_a_fuller_or_misspelled_name_is_the_same_person(first: dict[str, Any], then: dict[str, Any]) -> None:
    later = record(2, ["suspect"], "y", people=[{**then, "roles": ["suspect"], **FIRM}])
    [person] = last(run(make_stage(), record(1, [], "x", people=[first]), later))["event"]["people"]
    assert person["protected"]


def test_a_relative_with_both_surnames_stays_a_subject() -> None:
    victim = record(1, [], "x", people=[{"name": "María Ejemplo Soto", "roles": ["victim"]}])
    uncle = {"name": "Juan Ejemplo Soto", "roles": ["suspect"], "phones": [{"number": "956-234-5678"}], **FIRM}
    [person] = last(run(make_stage(), victim, record(2, [], "y", people=[uncle])))["event"]["people"]
    assert (person["name"], person["phones"]) == ("Juan Ejemplo Soto", [{"number": "956-234-5678"}])


def test_without_the_old_key_free_fields_are_withheld_too() -> None:
    """Found in review: a retired key failed open for everything but people and texts."""
    old, new = parse_keys("k1:" + "11" * 32), parse_keys("k2:" + "22" * 32)
    state = empty_state()

    def enrich(keys: Any, revision: int, **event: Any) -> dict[str, Any]:
        body = {"report_id": "F", "revision": revision, "handling": JOINT, **event}
        stage = EnrichStage(TOPICS, default_registry(), default_reference(), ("joint",), keys)
        emitted = stage.process([store(body)], state)
        state.lay(emitted.rows)
        return open_output(emitted.outputs[0])

    enrich(old, 1, narrative={"text": "x"}, people=[{"name": JANE, "roles": ["victim"]}])
    report = enrich(
        new,
        2,
        organisations=[{"name": f"{JANE} Trucking"}],
        concealment=f"in the purse of {JANE}",
        place={"as_written": f"{JANE}'s house"},
        items=[{"kind": "substance", "name": "cocaine"}],
        conveyances=[{"kind": "truck", "shipper": JANE}],
    )
    assert not left_of(report, ("Jane", "Fakename"))
    assert report["protection"]["texts"] == "withheld"
    assert report["event"]["items"] == [{"kind": "substance", "name": "cocaine"}]


_PART = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["victim", "witness", "suspect", "officer"]),
        "known": st.booleans(),
        "told": st.booleans(),
        "listed": st.booleans(),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PART, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_nothing_is_left_of_whom_any_revision_protects(parts: list[dict[str, Any]], chance: Any) -> None:
    """The law: whoever is protected in any entry or revision, no name or number that the newest revision's entry or a
    protecting entry lists is left in it, whatever the order of the revisions.
    """
    records = []
    for number, part in enumerate(parts, start=1):
        roles = [part["role"]]
        person = {**KNOWN, "roles": roles} if part["known"] else {"name": JANE, "roles": roles, **FIRM}
        people = [person] if part["listed"] else []
        records.append(record(number, roles, TELLING if part["told"] else "Nothing.", people=people))
    protects = [part["listed"] and part["role"] in {"victim", "witness"} for part in parts]
    if not any(protects):
        return
    knows = any(
        part["known"] and part["listed"] and (hides or part is parts[-1])
        for part, hides in zip(parts, protects, strict=True)
    )
    words = ALL_OF_HER if knows else ALL_OF_HER[:2]
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert not left_of(last(run(make_stage(), *shuffled)), words)

"""Judgements on one link fold into one verdict, whatever their order, and people are joined by two judges only."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.correlation.features import FEATURES
from processors.correlation.judgements import (
    EVENT_FEATURES,
    MAX_SHOWN,
    PERSON_KINDS,
    declares_people_the_same,
    evidence_of,
    evidence_of_reasons,
    judge_link,
    newest_judgements,
    replaces,
)
from processors.correlation.keys import LINKING_KINDS
from processors.correlation.links import compare
from processors.correlation.scoring import weigh
from processors.correlation.sides import make_side
from streams.judgements import JudgementRecord
from tests.unit.correlating import PEOPLE, make_record
from tests.unit.judging import make_judgement

PLATE = [("share_plate", "plate")]
NAME: list[tuple[str, str | None]] = [("name_same_person", None)]


@st.composite
def _said(draw: st.DrawFn) -> Any:
    second = draw(st.integers(0, 3))
    return make_judgement(
        draw(st.sampled_from(["same", "different", "withdrawn"])),
        judge=draw(st.sampled_from(["ana", "beto", "carla"])),
        received=f"2026-03-01T00:00:0{second}.000Z",
        event_id=draw(st.sampled_from(["e1", "e2"])),
        why=draw(st.sampled_from(["Compared both files.", "The owner says so."])),
    )


@given(st.lists(_said(), max_size=8), st.sampled_from([PLATE, NAME]), st.data())
def test_the_verdict_is_a_function_of_the_set(
    records: list[JudgementRecord], evidence: Any, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(records + records[: len(records) // 2]))
    assert judge_link(shuffled, evidence) == judge_link(records, evidence)
    # What was superseded says nothing.
    assert judge_link(newest_judgements(records).values(), evidence) == judge_link(records, evidence)


@given(st.lists(_said(), max_size=8), st.sampled_from([PLATE, NAME]))
def test_the_verdict_follows_from_who_stands_where(records: list[JudgementRecord], evidence: Any) -> None:
    last: dict[str, JudgementRecord] = {}
    for record in records:
        if record["judge"] not in last or replaces(record, last[record["judge"]]):
            last[record["judge"]] = record
    same = {judge for judge, record in last.items() if record["said"] == "same"}
    different = {judge for judge, record in last.items() if record["said"] == "different"}
    judged = judge_link(records, evidence)
    if not same | different:
        assert judged is None
        return
    assert judged is not None
    assert {one["judge"] for one in judged["judgements"]} == same | different
    assert judged["judgement_count"] == len(same) + len(different)
    assert judged["disputed"] is bool(same and different)
    if different:
        assert judged.get("verdict") == "different"
    elif evidence is NAME and len(same) == 1:
        assert judged["awaiting_second"]
        assert "verdict" not in judged
    else:
        assert judged.get("verdict") == "same"
    assert judged["awaiting_second"] is ("verdict" not in judged)


@given(_said(), _said())
def test_of_two_records_of_one_judge_exactly_one_counts(one: JudgementRecord, other: JudgementRecord) -> None:
    assert replaces(one, other) + replaces(other, one) == (one != other)


def test_the_later_append_counts_though_it_was_sent_before() -> None:
    early = make_judgement("different", received="2026-03-01T00:00:01.000Z", judged_at="2026-03-01T09:00:00.000Z")
    late = make_judgement("withdrawn", received="2026-03-01T00:00:02.000Z", judged_at="2026-03-01T00:00:00.000Z")
    assert judge_link([late, early], PLATE) is None


def test_two_judges_join_two_people_and_one_who_withdraws_leaves_one_waiting() -> None:
    first, second = make_judgement("same", judge="ana"), make_judgement("same", judge="beto")
    both = judge_link([first, second], NAME)
    assert both is not None
    assert both.get("verdict") == "same"
    taken_back = make_judgement("withdrawn", judge="beto", received="2026-03-02T00:00:00.000Z")
    one = judge_link([first, second, taken_back], NAME)
    assert one is not None
    assert (one["awaiting_second"], [said["judge"] for said in one["judgements"]]) == (True, ["ana"])


def test_one_judge_who_says_it_twice_is_one_judge() -> None:
    again = make_judgement("same", received="2026-03-02T00:00:00.000Z", event_id="e9")
    judged = judge_link([make_judgement("same"), again], NAME)
    assert judged is not None
    assert judged["awaiting_second"]


def test_many_judges_are_counted_and_the_last_of_each_side_shown() -> None:
    many = [
        make_judgement("same" if at else "different", judge=f"judge-{at}", received=f"2026-03-01T00:00:{at:02}.000Z")
        for at in range(MAX_SHOWN + 5)
    ]
    judged = judge_link(many, PLATE)
    assert judged is not None
    assert (judged["judgement_count"], len(judged["judgements"])) == (MAX_SHOWN + 5, MAX_SHOWN + 1)
    assert judged["judgements"][0]["judge"] == f"judge-{MAX_SHOWN + 4}"
    assert judged["judgements"][-1]["said"] == "different", "the one who contradicts is never cut"


@pytest.mark.parametrize(
    ("evidence", "people"),
    [
        ([], False),
        ([("name_same_person", None)], True),
        ([("share_curp", "curp")], True),
        ([("share_misread", "passport"), ("name_same_person", None)], True),
        ([("name_same_person", None), ("hide_alike", None), ("share_mark", None)], True),
        ([("share_mark", None)], False),
        ([("share_plate", "plate")], False),
        ([("name_same_person", None), ("share_phone", "phone")], False),
        ([("name_same_person", None), ("share_docket", "docket")], False),
        ([("name_same_person", None), ("look_same", "vin")], False),
        ([("name_same_person", None), ("tell_event", None)], False),
        ([("name_same_person", None), ("repeat_text", None)], False),
    ],
)
def test_when_same_declares_two_people_one(evidence: Any, people: bool) -> None:
    assert declares_people_the_same(evidence) is people
    assert declares_people_the_same(reversed(evidence)) is people


def test_the_rule_names_features_and_kinds_that_there_are() -> None:
    names = {feature.__name__ for feature, _ in FEATURES}
    assert names >= EVENT_FEATURES | {"name_same_person"}
    assert PERSON_KINDS < LINKING_KINDS


def test_evidence_is_the_same_read_from_a_pair_and_from_its_link() -> None:
    left, right = (
        make_side(make_record(number, ("plate", "TST1001"), people=[PEOPLE[0]]), lambda _key: 2) for number in (1, 2)
    )
    weighed, link = weigh(left, right), compare(left, right)
    assert weighed is not None
    assert link is not None
    found = evidence_of(weighed.spoke)
    assert {("share_plate", "plate"), ("name_same_person", None)} <= set(found)
    assert evidence_of_reasons(link["reasons"]) == found
    against = [{**reason, "weight": -1.0} for reason in link["reasons"]]
    assert evidence_of_reasons(against) == []  # type: ignore[arg-type]

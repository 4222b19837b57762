"""The demo's subscriptions over the scenario: what stands equals the author's books, in any order."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from processors.alerting.batch import standing
from processors.alerting.stage import AlertStage
from processors.alerting.subscriptions import ASKED_OF
from processors.stages import StateView
from streams.alerts import AlertDocument
from streams.parsing import canonical_json
from streams.topics import Topics
from tests.unit.alerting import VIEW, FoldedAlerts, demo_subscribers, make_network, make_subscribers, store, story
from tests.unit.telling import TRUTH, Key, names_of

TOPICS = Topics("t-")
Told = Counter[tuple[str, str, str]]


def true_alerts() -> Told:
    return Counter(
        (one["subscriber"], one["subscription"], json.dumps(one["subject"], sort_keys=True)) for one in TRUTH["alerts"]
    )


def _names(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The truth's name of each network, by its id."""
    called: dict[tuple[Key, ...], str] = {tuple(names_of(one["members"])): one["name"] for one in TRUTH["networks"]}
    return {one["id"]: called[tuple(names_of(one["members"]))] for one in records if "members" in one}


def told(alerts: Iterable[Mapping[str, Any]]) -> Told:
    """Alerts in the truth's terms."""
    networks = _names(story())
    found: Told = Counter()
    for alert in alerts:
        about = alert["subject"]
        subject = (
            {"agency": about["agency"], "report_id": about["report_id"]}
            if about["kind"] == "report"
            else {"network": networks[about["id"]]}
        )
        found[alert["subscriber"], alert["subscription"], json.dumps(subject, sort_keys=True)] += 1
    return found


def run(records: Iterable[Mapping[str, Any]]) -> FoldedAlerts:
    """What a reader holds after the stage has read the records in their order."""
    stage, rows, folded = AlertStage(TOPICS, VIEW, demo_subscribers()), dict[bytes, bytes](), FoldedAlerts()
    stored = store(records, TOPICS)
    for start in range(0, len(stored), 50):
        emitted = stage.process(stored[start : start + 50], StateView(rows.get, 8_000_000))
        rows |= {key: value for key, value in emitted.rows if value is not None}
        folded.read(emitted.outputs, TOPICS)
    return folded


def test_the_oracle_finds_the_alerts_of_the_truth() -> None:
    assert told(standing(story(), demo_subscribers(), VIEW).values()) == true_alerts()


def test_every_part_of_a_filter_is_asked_somewhere_and_each_subscription_but_the_mistake_is_met() -> None:
    asked = {part for one in demo_subscribers() for wanted in one.subscriptions for part in wanted.filter.asked()}
    assert asked == set(ASKED_OF)
    named = {(one.id, wanted.id) for one in demo_subscribers() for wanted in one.subscriptions}
    met = {(subscriber, subscription) for subscriber, subscription, _ in true_alerts()}
    # Its one report said 1,200 kg and was corrected to 120.
    assert named - met == {("laredo-desk", "meth-by-the-tonne")}
    assert all(one.fictional and "(fictional)" in one.name for one in demo_subscribers())


@pytest.mark.parametrize("order", ["as written", "shuffled", "doubled", "backwards"])
def test_the_stage_ends_with_the_same_in_any_order(order: str) -> None:
    records = list(story())
    dice = random.Random(order)
    if order == "doubled":
        records += records
    if order == "backwards":
        records.reverse()
    if order in {"shuffled", "doubled"}:
        dice.shuffle(records)
    folded = run(records)
    assert folded.standing() == standing(records, demo_subscribers(), VIEW)
    assert told(folded.standing().values()) == true_alerts()


def test_what_was_corrected_and_retracted_is_told_and_taken_back() -> None:
    folded = run(story())
    gone = {
        (one["subscription"], one["subject"].get("report_id")): one["change"]
        for one in folded.documents.values()
        if one["state"] == "withdrawn"
    }
    assert gone == {
        ("meth-by-the-tonne", "FFN-ASEG-0291-2026"): "withdrawn",
        ("red-versa", "PR-0430-2026"): "withdrawn",
    }


def test_a_network_that_is_gone_withdraws_its_alerts() -> None:
    networks = [one for one in story() if "members" in one]
    gone = [make_network(version=9, state="merged", redirect_to="x") | {"id": one["id"]} for one in networks]
    folded = run([*networks, *gone])
    assert folded.told
    assert not folded.standing()


def test_nothing_protected_and_no_free_text_stands_in_an_alert() -> None:
    text = canonical_json(run(story()).told).decode().casefold()
    for marker in TRUTH["protected_markers"]:
        assert marker.casefold() not in text
    for report in story():
        for field in ("narrative", "body", "title", "concealment"):
            words = report.get("event", {}).get(field)
            words = words.get("text") if isinstance(words, dict) else words
            assert words is None or len(words) < 12 or words.casefold() not in text
    digits = {"".join(filter(str.isdigit, one))[-10:] for one in TRUTH["protected_markers"]} - {""}
    assert digits
    assert not any(number in text for number in digits)


def test_who_watches_a_protected_or_only_mentioned_person_is_told_nothing_of_them() -> None:
    """Each number of a protected person, as a watch list would have it; and the phone of one who is only mentioned."""
    phones = [marker for marker in TRUTH["protected_markers"] if marker.startswith("+")]
    assert len(phones) >= 3
    watched = [{"kind": "phone", "value": phone} for phone in phones]
    for on in ("report", "network"):
        assert not standing(story(), make_subscribers(on, "only", identifiers=watched), VIEW)
    courier = [{"kind": "phone", "value": "+19565550142"}]
    found = standing(story(), make_subscribers(exercises="only", identifiers=courier), VIEW).values()
    named = {alert["subject"]["report_id"] for alert in found}  # type: ignore[index]
    assert "LSP/26/03/1187" in named
    assert "MCDA-26-0377-1" not in named


def test_every_alert_keeps_to_its_contract_and_says_that_it_is_a_lead() -> None:
    shape = TypeAdapter(AlertDocument)
    folded = run(story())
    for document in folded.told:
        shape.validate_python(document, strict=True)
        assert document["view"] == VIEW
        if document["state"] == "standing":
            assert document["exercise"]
            assert "lead, not proof" in document["caution"]["en"]
            assert "no una prueba" in document["caution"]["es"]
            assert document["handling"]["tlp"] in {"GREEN", "AMBER"}
            assert set(document["grade"]) == {"reliability", "credibility"}
            assert all(reason["sentence_en"].endswith(".") for reason in document["reasons"])
            assert all(reason["sentence_es"].endswith(".") for reason in document["reasons"])
    assert {one["change"] for one in folded.told} == {"new", "withdrawn"}


def test_real_records_raise_no_alert_of_the_demo() -> None:
    real = [{**record, "exercise": False} for record in story()]
    assert not standing(real, demo_subscribers(), VIEW)
    assert not run(real).told
    assert not standing(story(), demo_subscribers(), "us")

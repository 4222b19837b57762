"""Whatever is dropped, replayed or shuffled: the alerts that stand are what the oracle says."""

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.alerting.batch import standing
from processors.alerting.matching import Matcher
from processors.alerting.stage import AlertStage
from processors.alerting.subjects import Subject, read_network, read_report
from processors.alerting.subscriptions import Subscriber
from processors.stages import StateView
from streams.parsing import canonical_json
from streams.topics import Topics
from tests.unit.alerting import VIEW, FoldedAlerts, Reader, make_network, make_report, store

TOPICS = Topics("t-")
VALUES = [("plate", "TST1001"), ("phone", "+19565550142"), ("serial", "FIC204")]
COMMODITIES = ["fentanyl", "firearm", "ammunition"]
CORRIDORS = ["laredo-nuevo_laredo", "hidalgo-reynosa"]


@st.composite
def _reports(draw: st.DrawFn) -> Any:
    number, version = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    received = draw(st.sampled_from(["2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z"]))
    # As with real copies: what stands in one version of one report depends on when it was received, and nothing else.
    dice = random.Random(f"{number}/{version}/{received}")
    if dice.random() < 0.2:
        return make_report(number, version=version, received=received, retracted=True)
    place = {"kind": "port", "name": "Laredo", "country": "US", "corridor": dice.choice(CORRIDORS)}
    parts: dict[str, Any] = {"place": place} if dice.random() < 0.7 else {}
    items = [
        {"ordinal": at, "kind": "substance", "commodity": dice.choice(COMMODITIES), "count": dice.choice([50.0, 100.0])}
        | {"count_unit": dice.choice(["pill", "round", "unit"])}
        for at in range(dice.randrange(4))
    ]
    return make_report(
        number,
        version=version,
        received=received,
        exercise=dice.random() < 0.5,
        kind=dice.choice(["seizure", "case", "news"]),
        count_basis=dice.choice(["incident", "incident", "period_total"]),
        items=items,
        identifiers=[
            {"kind": kind, "value": value, "field": "x", "as_written": value}
            for kind, value in dice.sample(VALUES, dice.randrange(3))
        ],
        **parts,
    )


@st.composite
def _networks(draw: st.DrawFn) -> Any:
    number, version = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    dice = random.Random(f"network {number}/{version}")
    state = dice.choice(["live", "live", "live", "merged", "withdrawn"])
    if state != "live":
        return make_network(number, version=version, state=state)
    return make_network(
        number,
        version=version,
        member_count=dice.randrange(2, 6),
        exercise=dice.random() < 0.5,
        identifiers=[{"kind": kind, "value": value, "reports": 2} for kind, value in dice.sample(VALUES, 1)],
        places=[{"kind": "port", "name": "Hidalgo", "corridor": dice.choice(CORRIDORS)}],
        counts={"firearms": dice.randrange(2), "rounds": 0, "pills": 0},
    )


def _some(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.lists(st.sampled_from(values), min_size=1, unique=True)


def _watched(values: list[tuple[str, str]] | None) -> Any:
    return [{"kind": kind, "value": value} for kind, value in values] if values else None


@st.composite
def _subscriptions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    on = draw(st.sampled_from(["report", "network"]))
    asked: dict[str, Any] = {
        "commodities": draw(_some(COMMODITIES)),
        "corridors": draw(_some(CORRIDORS)),
        "identifiers": draw(_some(VALUES).map(_watched)),
    }
    if on == "report":
        asked["kinds"] = draw(_some(["seizure", "case", "news"]))
        amount: Any = st.builds(
            dict, at_least=st.sampled_from([50, 100, 150]), unit=st.sampled_from(["pill", "firearm"])
        )
        asked["amount"] = draw(st.none() | amount)
    else:
        asked["members"] = draw(st.none() | st.builds(dict, at_least=st.integers(2, 5)))
    asked = {part: value for part, value in asked.items() if value is not None} or {"commodities": COMMODITIES}
    exercises = draw(st.sampled_from([False, True, "only"]))
    return {"id": f"s{number}", "title": "Wanted", "on": on, "filter": asked, "exercises": exercises}


@st.composite
def subscriber_sets(draw: st.DrawFn) -> tuple[Subscriber, ...]:
    """Two subscribers with up to four subscriptions each; the second one may be of another view."""
    return tuple(
        Subscriber.model_validate(
            {
                "id": name,
                "name": "Fictional",
                "view": view,
                "subscriptions": [draw(_subscriptions(at)) for at in range(draw(st.integers(1, 4)))],
            }
        )
        for name, view in (("desk", VIEW), ("cell", draw(st.sampled_from([VIEW, "us"]))))
    )


RECORDS = st.lists(_reports() | _networks(), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(subscriber_sets(), RECORDS, st.data())
def test_whatever_is_dropped_or_replayed_the_topics_end_as_the_oracle_says(
    subscribers: tuple[Subscriber, ...], records: list[Any], data: st.DataObject
) -> None:
    """Batches of any size; after any of them its rows, or rows and outputs, may be lost, or the worker."""
    stored = store(records, TOPICS)
    rows: dict[bytes, bytes] = {}
    folded = FoldedAlerts()
    stage = AlertStage(TOPICS, VIEW, subscribers)
    done = faults = 0
    while done < len(stored):
        batch = stored[done : done + data.draw(st.integers(1, 5), "batch")]
        emitted = stage.process(batch, StateView(rows.get, 8_000_000))
        fault = data.draw(st.sampled_from(["none", "none", "nothing kept", "no row kept", "replayed"]), "fault")
        if fault in {"nothing kept", "no row kept"} and faults < 3:
            faults += 1
            if fault == "no row kept":
                folded.read(emitted.outputs, TOPICS)
            stage = AlertStage(TOPICS, VIEW, subscribers)
            continue
        folded.read(emitted.outputs, TOPICS)
        rows |= {row.key: row.value for row in emitted.rows if row.value is not None}
        done = data.draw(st.integers(0, done), "back to") if fault == "replayed" and faults < 3 else done + len(batch)
        faults += fault == "replayed"
    expected = standing(records, subscribers, VIEW)
    assert folded.standing() == expected
    shuffled = data.draw(st.permutations(records + records[:5]), "order")
    assert standing(shuffled, subscribers, VIEW) == expected
    reader = Reader(subscribers)
    reader.read(*shuffled)
    assert reader.folded.standing() == expected


@settings(max_examples=200, deadline=None)
@given(subscriber_sets(), _reports() | _networks())
def test_what_is_filed_is_found_as_by_asking_every_subscription(
    subscribers: tuple[Subscriber, ...], record: dict[str, Any]
) -> None:
    value = canonical_json(record)
    subject: Subject = read_report(value) if "report_id" in record else read_network(value)
    found = {one.content["id"]: one.content for one in Matcher(subscribers, VIEW).match(subject)}
    assert found == standing([record], subscribers, VIEW)

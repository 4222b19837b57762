"""Alerting in one process: time per record with few and many subscriptions, beside asking every one of them.

python -m tests.bench.bench_alerting [RECORDS]
"""

import random
import sys
import time
from collections.abc import Sequence
from typing import Any

from processors.alerting.conditions import find_reasons
from processors.alerting.matching import Matcher, is_wanted
from processors.alerting.stage import AlertStage
from processors.alerting.subjects import read_report
from processors.alerting.subscriptions import Subscriber
from processors.stages import StateView
from streams.records import StoredRecord
from streams.topics import Topics
from tests.unit.alerting import VIEW, demo_subscribers, make_report, store, story

BATCH = 200
TOPICS = Topics("bench-")
CORRIDORS = ("laredo-nuevo_laredo", "hidalgo-reynosa", "brownsville-matamoros", "san_diego-tijuana", "nogales-nogales")
COMMODITIES = ("fentanyl", "methamphetamine", "cocaine", "heroin", "firearm", "ammunition", "cash")


def invent_subscribers(count: int, seed: int = 3) -> tuple[Subscriber, ...]:
    """`count` subscriptions of ten subscribers: half watch ten identifiers each, the others goods in a corridor."""
    dice = random.Random(seed)

    def asked(number: int) -> dict[str, Any]:
        if number % 2:
            plates = [f"TST{dice.randrange(10**6):06d}" for _ in range(10)]
            return {"identifiers": [{"kind": "plate", "value": plate} for plate in plates]}
        return {
            "commodities": [dice.choice(COMMODITIES)],
            "corridors": [dice.choice(CORRIDORS)],
            "amount": {"at_least": dice.choice([10, 100, 1000]), "unit": dice.choice(["kg", "pill", "round"])},
        }

    return tuple(
        Subscriber.model_validate(
            {
                "id": f"desk-{desk}",
                "name": "Desk (fictional)",
                "view": VIEW,
                "subscriptions": [
                    {"id": f"s{number}", "title": "Wanted", "on": "report", "exercises": True, "filter": asked(number)}
                    for number in range(desk, count, 10)
                ],
            }
        )
        for desk in range(min(10, count))
    )


def invent_reports(count: int, seed: int = 5) -> list[dict[str, Any]]:
    """Reports of 3 kB on average like the scenario's, each of its own, two thirds of them at a port."""
    dice = random.Random(seed)
    real = [one for one in story() if "report_id" in one and not one["retracted"]]
    reports = []
    for number in range(count):
        model = dice.choice(real)
        place: dict[str, Any] = {"kind": "port", "name": "Port", "country": "US", "corridor": dice.choice(CORRIDORS)}
        item = {
            "ordinal": 0,
            "kind": "substance",
            "commodity": dice.choice(COMMODITIES),
            "mass_kg": dice.random() * 200,
        }
        plate = f"TST{dice.randrange(10**6):06d}"
        found = {"kind": "plate", "value": plate, "field": "x", "as_written": plate}
        own = make_report(number, exercise=True)
        facts = {**model["facts"], "items": [item], "identifiers": [found]}
        facts |= {"place": place} if dice.random() < 0.67 else {}
        reports.append({**model, **{name: own[name] for name in ("id", "report_id", "agency")}, "facts": facts})
    return reports


def measure_stage(records: Sequence[StoredRecord], subscribers: Sequence[Subscriber]) -> tuple[float, int]:
    """Microseconds a record, and alerts written."""
    stage, rows = AlertStage(TOPICS, VIEW, subscribers), dict[bytes, bytes]()
    written = 0
    began = time.process_time()
    for start in range(0, len(records), BATCH):
        emitted = stage.process(records[start : start + BATCH], StateView(rows.get, 8_000_000))
        rows |= {row.key: row.value for row in emitted.rows if row.value is not None}
        written += len(emitted.outputs)
    return (time.process_time() - began) / len(records) * 1e6, written


def main(count: int) -> None:
    """All figures, one line each."""
    reports = invent_reports(count)
    records = store(reports, TOPICS)
    size = sum(len(record.value or b"") for record in records) / count
    began = time.process_time()
    subjects = [read_report(record.value) for record in records]
    print(f"reading alone: {(time.process_time() - began) / count * 1e6:.1f} us a record of {size:,.0f} bytes")
    for number in (1, 10, 100, 1_000, 10_000):
        subscribers = invent_subscribers(number)
        ours, written = measure_stage(records, subscribers)
        matcher = Matcher(subscribers, VIEW)
        began = time.process_time()
        found = sum(1 for subject in subjects for _ in matcher.match(subject))
        matching = (time.process_time() - began) / count * 1e6
        few = subjects[: max(20, min(count, 200_000 // number))]
        began = time.process_time()
        asked = [one for subscriber in subscribers for one in subscriber.subscriptions]
        for subject in few:
            for one in asked:
                if is_wanted(one, subject):
                    find_reasons(one.filter, subject)
        plain = (time.process_time() - began) / len(few) * 1e6
        print(f"{number:>6} subscriptions: the stage {ours:7.1f} us a record (matching {matching:7.1f}), "
              f"{written / count:5.2f} alerts a record; asking every one {plain:9.1f} us")  # fmt: skip
        assert written == found
    ours, written = measure_stage(records, demo_subscribers())
    print(f"the demo's subscriptions: {ours:.1f} us a record, {written} alerts of {count} records")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

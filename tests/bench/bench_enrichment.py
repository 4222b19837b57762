"""What enrichment costs an event, by step and by enricher: `python -m tests.bench.bench_enrichment [--json]`.

Pure CPU on one core, no Kafka. The event is a typical structured incident (1.4 KB: port, plate, three items, text);
each figure is the best of several rounds, in microseconds an event.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from processors.enrichment import ENRICHERS
from processors.enrichment.draft import Draft, run_enrichers
from processors.enrichment.stage import enrich_record
from processors.enrichment.validate import validate_record
from processors.reference import default_reference
from streams.parsing import parse_event
from streams.registry import default_registry
from streams.topics import INTAKE_LIMIT
from tests.unit.enriching import KEYS, SEIZURE, TOPICS, make_stage, run, store

EVENT: dict[str, Any] = {
    "report_id": "FICTION-2025-000123",
    "exercise": True,
    "incident_number": "2025-000123",
    "occurred": {"value": "2025-04-07T13:05", "zone": "America/Chicago"},
    "reported": {"value": "2025-04-08"},
    "place": {"as_written": "World Trade Bridge, Laredo", "country": "US", "port_of_entry": "Laredo"},
    "direction": "OUTBOUND",
    "mode": "Land",
    "conveyances": [{"kind": "truck", "plates": [{"number": "555FICT", "state": "TX", "country": "US"}]}],
    "items": [
        {"kind": "substance", "name": "Fentanyl", "quantity": {"value": 12.5, "unit": "lb"}, "form": "powder"},
        {"kind": "firearm", "type": "pistol", "make": "Fictional Arms", "serial": "FICT0123"},
        {"kind": "ammunition", "quantity": {"value": 340, "unit": "rounds"}, "calibre": "9 mm"},
    ],
    "people": [{"name": "Ficticio Ejemplo", "roles": ["suspect"], "basis": "charged", "review_date": "2026-01-01"}],
    "narrative": {"text": "A fictional driver was referred to secondary inspection. " * 9, "language": "en"},
    "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
}


def time_call(call: Callable[[], object], rounds: int, times: int) -> float:
    """Microseconds of one call: the best round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            call()
        best = min(best, time.perf_counter() - start)
    return best / times * 1e6


def measure(rounds: int = 7, times: int = 2000) -> dict[str, Any]:
    """Microseconds an event: of each step, of each enricher, and of the whole stage."""
    reference, registry = default_reference(), default_registry()
    record = store(EVENT)
    stage = make_stage()
    valid = validate_record(record, TOPICS, registry, reference)
    event, agency, received = valid.parsed.event, valid.agency, valid.received
    facts, _ = run_enrichers(ENRICHERS, event, agency, received, reference)
    draft = Draft(event, agency, received, reference, facts)

    def timed(call: Callable[[], object]) -> float:
        return round(time_call(call, rounds, times), 2)

    return {
        "bytes": len(record.value or b""),
        "unit": "us per event",
        "parse": timed(lambda: parse_event(SEIZURE, record.value, limit=INTAKE_LIMIT)),
        "validate": timed(lambda: validate_record(record, TOPICS, registry, reference)),
        "enrichers": {
            # Without the runner's own work of filing each finding.
            enricher.__name__: timed(lambda enricher=enricher: list(enricher(draft)))  # type: ignore[misc]
            for enricher in ENRICHERS
        },
        "enrich": timed(lambda: run_enrichers(ENRICHERS, event, agency, received, reference)),
        "report": timed(lambda: enrich_record(valid, reference, KEYS)),
        "stage": timed(lambda: run(stage, record)),
    }


def main() -> None:
    """Print the table, or one JSON object with --json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    figures = measure()
    if options.parse_args().json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        if isinstance(figure, dict):
            for part, cost in figure.items():
                print(f"    {part:24} {cost:8.2f}")
        else:
            print(f"{name:28} {figure}")


if __name__ == "__main__":
    main()

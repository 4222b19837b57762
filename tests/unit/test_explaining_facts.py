"""What `puente enrich --explain` prints: every fact, uncut, with where it was read and by which rule."""

import re
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from deploy.enriching import Enricher
from deploy.explaining_facts import explain_report
from processors.protection.keys import parse_keys
from processors.reference import default_reference
from streams.event_lines import EventLine, read_event_line
from streams.registry import default_registry
from streams.reports import EnrichedReport

TEXT = (
    "Agents in Nogales seized 45 kilograms of fentanyl, and a Glock 19 pistol, serial number HC98O123, from a truck "
    "with license plates ABC-1234. The driver, Ficticio Ejemplo Muestra, was arrested. Call the tip line: 956-555-0142."
    " The Fictional Task Force thanked everybody who had helped it on the day before yesterday in this long story."
)


@pytest.fixture(scope="module")
def report() -> EnrichedReport:
    body: dict[str, Any] = {
        "report_id": "FICTION-E-1",
        "exercise": True,
        "seized": {"value": "2024-04-07", "zone": "America/Chicago"},
        "items": [{"kind": "currency", "quantity": {"value": 15000, "unit": "USD"}}],
        "narrative": {"text": TEXT, "language": "en"},
        "handling": {"tlp": "AMBER", "releasable_to": ["joint"]},
    }
    line = {"agency": "cbp", "type": "puente.seizure.v1", "id": "x1", "time": "2024-04-08T00:00:00Z", "event": body}
    read = read_event_line(1, orjson.dumps(line))
    assert isinstance(read, EventLine)
    moment = datetime(2024, 4, 9, tzinfo=UTC)
    keys = parse_keys("1:" + "ab" * 32)
    [one] = Enricher(default_registry(), default_reference(), keys, None, moment).enrich([read])
    assert one.report is not None, one.reasons
    return one.report


def test_marks_totals_and_whole_texts_are_explained(report: EnrichedReport) -> None:
    told = "\n".join(explain_report(report))
    assert "handling = TLP:AMBER; released to joint" in told
    assert "given by the record" in told
    assert "grade = " in told
    assert "text.totals.fentanyl = {'mass_kg': 45.0}" in told
    assert "rule sum_mentions" in told
    assert f"from narrative.text[0:{len(TEXT)}], the whole text; rule enrich_languages:record" in told
    assert "the whole text; rule enrich_fingerprints" in told


def test_nothing_is_cut(report: EnrichedReport) -> None:
    told = "\n".join(explain_report(report))
    assert "…" not in told
    [place] = [one for one in report["facts"]["text"]["places"] if one["as_written"] == "Nogales"]  # type: ignore[typeddict-item]
    assert len(place["candidates"]) > 0
    for candidate in place["candidates"]:
        assert f"code = {candidate['code']}" in told or f"'code': '{candidate['code']}'" in told


def test_every_fact_has_its_line_and_its_rule(report: EnrichedReport) -> None:
    lines = explain_report(report)
    read: dict[str, Any] = report["facts"]["text"]  # type: ignore[typeddict-item]
    for name, entries in read.items():
        for part in range(len(entries)) if isinstance(entries, list) else entries:
            path = f"text.{name}[{part}] =" if isinstance(part, int) else f"text.{name}.{part} ="
            at = next(number for number, line in enumerate(lines) if line.strip().startswith(path))
            source = next(line for line in lines[at:] if line.startswith("      from "))
            assert re.search(r"; rule [a-z]", source), source


def test_the_origin_of_a_copied_release_is_printed(report: EnrichedReport) -> None:
    copied: Any = {**report, "facts": {**report["facts"], "text": {"origin": "agency:ficticia:1"}}}
    copied["provenance"] = [
        *report["provenance"],
        {"fact": "text.origin", "fields": ["body"], "rule": "enrich_origin:release"},
    ]
    lines = explain_report(copied)
    at = lines.index("  text.origin = agency:ficticia:1")
    assert lines[at + 1] == "      from body; rule enrich_origin:release"

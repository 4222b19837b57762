"""A scenario through enrichment, release and correlation in one process, and what came out against its truth."""

from datetime import UTC, datetime
from pathlib import Path

from deploy.correlating import correlate_lines
from deploy.enriching import Enricher
from processors.protection.keys import TokenKeys
from processors.reference import default_reference
from streams.event_lines import read_event_line
from streams.parsing import canonical_json
from streams.registry import load_registry
from tests.scenarios.measure import Figures, FoundLink, measure
from tests.scenarios.scenario import Scenario

__all__ = ["enrich_scenario", "judge_scenario"]

AGENCIES = Path(__file__).parents[2] / "deploy" / "demo" / "agencies.yaml"
RECEIVED = datetime(2026, 8, 1, tzinfo=UTC)


def enrich_scenario(scenario: Scenario, keys: TokenKeys) -> list[bytes]:
    """The enriched reports, one a line; nothing may be refused."""
    enricher = Enricher(load_registry(AGENCIES), default_reference(), keys, None, RECEIVED)
    lines = (read_event_line(number, line.encode()) for number, line in enumerate(scenario.events, 1))
    reports = [one.report for one in enricher.enrich(lines)]
    assert None not in reports, "an event of the scenario was refused"
    return [canonical_json(report) for report in reports if report is not None]


def judge_scenario(scenario: Scenario, enriched: list[bytes], keys: TokenKeys) -> Figures:
    """Links, networks and events of the joint view, measured."""
    found_all = correlate_lines(enriched, "joint", keys)
    links = found_all.links
    names = scenario.truth.keys_by_id()
    found: list[FoundLink] = [(names[link["left"]], names[link["right"]], link["strength"]) for link in links.values()]
    networks, events = (
        [[names[member["id"]] for member in one["members"]] for one in documents.values()]
        for documents in (found_all.networks, found_all.events)
    )
    return measure(scenario.truth, found, networks, events)

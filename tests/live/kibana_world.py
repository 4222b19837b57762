"""A world of records for the tests of Kibana's panels: the scenario, a slice of CBP's figures, and traps for sums."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import orjson

from indexing.bulk import BulkWriter, Operation
from indexing.derived_documents import alert_document, link_document, network_document
from indexing.elastic import Address, Elastic
from indexing.mappings import FAMILIES
from indexing.setup import prepare_family
from processors.correlation.batch import correlate
from streams.alerts import AlertDocument, alert_id
from streams.reports import EnrichedReport
from tests.cbp import DRUG_FILES, WEAPON_FILES, map_files
from tests.live.index_tools import VIEW, index_reports
from tests.unit.enriching import enrich, make_stage, open_output, run, store
from tests.unit.telling import comparison_records, renditions

__all__ = ["World", "make_world"]

WRITTEN = "2026-06-01T00:00:00.000Z"


@dataclass(frozen=True)
class World:
    """What is indexed: the newest version of each report, and what was derived from them."""

    reports: tuple[EnrichedReport, ...]
    links: tuple[dict[str, Any], ...]
    networks: tuple[dict[str, Any], ...]
    alerts: tuple[dict[str, Any], ...]
    letters: tuple[dict[str, Any], ...]


def cbp_reports() -> Iterator[EnrichedReport]:
    """A slice of CBP's figures: monthly totals of drugs, incidents with weapons."""
    way = make_stage()
    for name, files, step in (("cbp_drugs", DRUG_FILES[-1:], 9), ("cbp_weapons", WEAPON_FILES, 12)):
        for mapped in map_files(name, files)[::step]:
            body = mapped.parsed.canonical  # type: ignore[union-attr]
            (output,) = run(way, store(body))
            yield cast(EnrichedReport, open_output(output))


FENTANYL = {"kind": "substance", "name": "Fentanyl"}
LAREDO = {"country": "US", "port_of_entry": "Laredo"}
MADE_UP: tuple[dict[str, Any], ...] = (
    # A mass of one incident, and the year that holds all months once more: neither belongs to the monthly totals.
    {"items": [{**FENTANYL, "quantity": {"value": 1000, "unit": "kg"}}], "seized": {"value": "2024-02-03"}},
    {
        "items": [{**FENTANYL, "quantity": {"value": 90000, "unit": "kg"}}],
        "count_basis": "period_total",
        "period": {"value": "2024"},
    },
    {
        "items": [{**FENTANYL, "quantity": {"value": 70000, "unit": "kg"}}],
        "count_basis": "running_total",
        "period": {"value": "2024-03"},
    },
    {"items": [{**FENTANYL, "quantity": {"value": 500, "unit": "pills"}}], "seized": {"value": "2024-02-03"}},
    {"items": [{**FENTANYL, "quantity": {"value": 250, "unit": "pills"}}], "seized": {"value": "2024-03-31"}},
    {
        "items": [{"kind": "firearm", "make": "Fictional Arms", "quantity": {"value": 7, "unit": "each"}}],
        "direction": "outbound",
        "seized": {"value": "2024-05-05"},
    },
    {
        "items": [{"kind": "firearm", "make": "Fictional Arms", "quantity": {"value": 400, "unit": "each"}}],
        "direction": "outbound",
        "count_basis": "period_total",
        "period": {"value": "2024-05"},
    },
)


def made_up_reports() -> Iterator[EnrichedReport]:
    """Fictional records of the bases and units that a careless sum would mix."""
    for number, event in enumerate(MADE_UP):
        named = {"report_id": f"FICTION-{number}", "mode": "land", "place": LAREDO, **event}
        yield cast(EnrichedReport, enrich(named))


def make_alerts() -> Iterator[AlertDocument]:
    """Alerts of fictional subscribers, one withdrawn, one of an exercise."""
    for number, (subscriber, subscription, state, exercise) in enumerate(
        [
            ("desk-north", "pills", "standing", False),
            ("desk-north", "pills", "standing", False),
            ("desk-north", "guns", "standing", True),
            ("desk-south", "pills", "standing", False),
            ("desk-south", "pills", "withdrawn", False),
        ]
    ):
        alert: dict[str, Any] = {
            "id": alert_id(VIEW, subscriber, subscription, "report", f"{number:032x}"),
            "version": number + 1,
            "state": state,
            "change": "new" if state == "standing" else "withdrawn",
            "view": VIEW,
            "subscriber": subscriber,
            "subscription": subscription,
            "subject": {"kind": "report", "id": f"{number:032x}"},
        }
        if state == "standing":
            alert |= {"exercise": exercise, "level": 1.0, "title_en": "Fictional", "title_es": "Ficticia"}
        yield cast(AlertDocument, alert)


def make_letters() -> Iterator[dict[str, Any]]:
    """Dead letters of fictional records, one with two reasons, one closed."""
    for number, (agency, codes, state) in enumerate(
        [
            ("cbp", ["invalid_json"], "open"),
            ("cbp", ["invalid_json", "missing"], "open"),
            ("fgr", ["missing"], "open"),
            ("fgr", ["missing"], "closed"),
        ]
    ):
        reasons = [{"code": code, "field": "", "en": "Fictional.", "es": "Ficticio."} for code in codes]
        yield {
            "id": f"{number:032x}",
            "agency": agency,
            "topic": f"intake.{agency}",
            "stage": "enrich",
            "received": f"2026-05-0{number + 1}T00:00:00.000Z",
            "reasons": reasons,
            "state": state,
        }


def make_world(url: str, prefix: str) -> World:
    """Index everything under `prefix`; what the index then holds."""
    told = [*cast(Iterable[EnrichedReport], renditions()[VIEW]), *cbp_reports(), *made_up_reports()]
    newest: dict[str, EnrichedReport] = {}
    for report in told:
        if report["id"] not in newest or newest[report["id"]]["version"] <= report["version"]:
            newest[report["id"]] = report
    links, networks, _ = correlate(comparison_records()[VIEW])
    alerts, letters = list(make_alerts()), list(make_letters())
    documents = {
        "links": [link_document(link, WRITTEN) for link in links.values()],
        "networks": [network_document(network, WRITTEN) for network in networks.values()],
        "alerts": [alert_document(alert, WRITTEN) for alert in alerts],
        "dead-letters": letters,
    }
    asyncio.run(_write(url, prefix, documents))
    index_reports(url, prefix, told)
    return World(
        tuple(report for report in newest.values() if not report["retracted"]),
        tuple(cast(dict[str, Any], link) for link in links.values()),
        tuple(cast(dict[str, Any], network) for network in networks.values()),
        tuple(cast(dict[str, Any], alert) for alert in alerts),
        tuple(letters),
    )


async def _write(url: str, prefix: str, documents: dict[str, list[dict[str, Any]]]) -> None:
    """Make the indices and write what was derived."""
    async with Elastic(Address((url,))) as elastic:
        for family in FAMILIES:
            view = VIEW if family.kinds[0].per_view else None
            await prepare_family(elastic, family, prefix=prefix, view=view)
            for kind in family.kinds:
                operations = [
                    Operation(one["id"], one.get("version", 1), orjson.dumps(one))
                    for one in documents.get(kind.name, ())
                ]
                index = family.index(kind, prefix, view)
                outcomes = await BulkWriter(elastic).send_until_done(index, operations) if operations else []
                assert all(outcome.kind != "refused" for outcome in outcomes), outcomes
                await elastic.expect("POST", f"/{index}/_refresh")

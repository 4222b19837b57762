"""Tip lines, generic papers and copied imprints are told and found, and link nothing, from the first report on."""

from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from deploy.correlating import compared_records, correlate_lines
from processors.correlation.facts import comparison_record
from processors.correlation.keys import LINKING_KINDS
from processors.enrichment.identifier_forms import normalise
from processors.reference import DATA_FOLDER, ReferenceDataError, default_reference
from processors.reference.known_hubs import default_known_hubs, load_known_hubs
from streams.errors import RegistryError
from streams.registry import load_registry
from tests.scenarios import generate
from tests.scenarios.linking import AGENCIES, enrich_scenario
from tests.unit.enriching import KEYS, enrich

TIP_LINE = "+19565550100"
ROWS = yaml.safe_load((DATA_FOLDER / "known_hubs.yaml").read_text(encoding="utf-8"))["identifiers"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["value"])
def test_each_entry_is_of_a_kind_that_links_and_in_the_form_that_enrichment_gives_it(row: dict[str, str]) -> None:
    assert row["kind"] in LINKING_KINDS
    assert normalise(row["kind"], row["value"], "MX", default_reference()) == row["value"]


def test_a_report_keeps_a_known_hub_and_correlation_does_not_see_it() -> None:
    numbers = ("1-866-347-2423", "956-555-0142")
    report: Any = enrich(
        {"narrative": {"text": "Fictional."}, "phones": [{"number": one, "country": "US"} for one in numbers]}
    )
    assert {one["value"] for one in report["facts"]["identifiers"]} == {"+18663472423", "+19565550142"}
    assert [one["value"] for one in comparison_record(report)["identifiers"]] == ["+19565550142"]


@pytest.mark.parametrize("written", ["M30", "m-30", "M 30", "GG 249"])
def test_the_imprint_of_a_genuine_tablet_is_no_mark_of_a_press(written: str) -> None:
    pills = {"kind": "substance", "name": "Fentanyl", "quantity": {"value": 5, "unit": "pill"}}
    for marks, compared in (([written], []), ([written, "Toro"], ["toro"])):
        report: Any = enrich({"items": [{**pills, "press_marks": marks}]})
        record = comparison_record(report)
        assert ("press_marks" in record) == bool(compared)
        assert [mark["value"] for mark in record.get("press_marks", ())] == compared


def test_an_agency_s_public_telephone_links_nothing_from_the_first_report_on() -> None:
    enriched = enrich_scenario(generate(seed=33, reports=120), KEYS)
    assert sum(TIP_LINE in line.decode() for line in enriched) > 10, "the reports keep it"
    hubs = default_known_hubs().with_phones(load_registry(AGENCIES).public_phones())
    assert all(TIP_LINE not in str(record) for record in compared_records(enriched, "joint", KEYS, hubs))

    def shared(links: dict[str, Any]) -> list[str]:
        return [name for name, link in links.items() if any(one["value"] == TIP_LINE for one in link["reasons"])]

    # It stands in too few reports to be told by counting: unknown, it would link those.
    carriers = [line for line in enriched if TIP_LINE in line.decode() and not orjson.loads(line)["retracted"]][:4]
    assert shared(dict(correlate_lines(carriers, "joint", KEYS)[0]))
    assert not shared(dict(correlate_lines(carriers, "joint", KEYS, hubs)[0]))


def test_a_registry_refuses_a_public_telephone_in_another_form(tmp_path: Path) -> None:
    text = AGENCIES.read_text(encoding="utf-8").replace('"+19565550100"]', '"956-555-0100"]')
    path = tmp_path / "agencies.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match="public_phones"):
        load_registry(path)


@pytest.mark.parametrize("old", ["is: CURP of foreign men without one, ", "XEXX010101HNEXXXA4"])
def test_entries_without_name_or_twice_are_refused(tmp_path: Path, old: str) -> None:
    for name in ("known_hubs.yaml", "substances.yaml"):
        text = (DATA_FOLDER / name).read_text(encoding="utf-8")
        new = 'is: "", ' if old.startswith("is:") else "XEXX010101MNEXXXA8"
        (tmp_path / name).write_text(text.replace(old, new) if name.startswith("known") else text, encoding="utf-8")
    with pytest.raises(ReferenceDataError):
        load_known_hubs(tmp_path)

"""The fictional scenario through enrichment, release and the engine: links and networks equal the author's books."""

import json
import random
from collections import Counter
from typing import Any

import pytest

from processors.correlation.batch import correlate
from processors.correlation.engine import Engine
from tests.unit.telling import TRUTH, VIEWS, Key, comparison_records, names_of, renditions

Pair = tuple[Key, ...]
Value = tuple[str, str]


def _linked(links: dict[str, Any]) -> dict[Pair, set[Value]]:
    """The links that join networks, by the identifiers that they rest on."""
    return {
        tuple(names_of(link["reports"])): {
            (reason["kind"], reason["value"]) for reason in link["reasons"] if "kind" in reason
        }
        for link in links.values()
        if link["strength"] == "strong"
    }


def _true_networks(view: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = TRUTH["networks"] if view == "joint" else TRUTH["networks_of_view"][view]
    return found


def _check(view: str, links: dict[str, Any], networks: dict[str, Any]) -> None:
    told = _true_networks(view)
    assert sorted(names_of(one["members"]) for one in networks.values()) == sorted(
        names_of(one["members"]) for one in told
    )
    by_members = {tuple(names_of(one["members"])): one for one in networks.values()}
    for network in told:
        ours = by_members[tuple(names_of(network["members"]))]
        assert {(one["kind"], one["value"]): one["reports"] for one in ours["identifiers"]} == {
            (one["kind"], one["normalised"]): len(one["reports"]) for one in network["identifiers"]
        }
    assert len(_linked(links)) == TRUTH["links_of_view"][view]
    shared: dict[Pair, set[Value]] = {}
    for network in told:
        for one in network["identifiers"]:
            reports = names_of(one["reports"])
            for at, left in enumerate(reports):
                for right in reports[at + 1 :]:
                    shared.setdefault((left, right), set()).add((one["kind"], one["normalised"]))
    assert _linked(links) == shared


@pytest.mark.parametrize("view", VIEWS)
def test_the_oracle_finds_the_links_and_networks_of_the_truth(view: str) -> None:
    _check(view, *correlate(comparison_records()[view])[:2])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("order", ["as written", "shuffled", "doubled", "backwards"])
def test_the_engine_finds_them_in_any_order(view: str, order: str) -> None:
    records = list(comparison_records()[view])
    dice = random.Random(order)
    if order == "doubled":
        records += records
    if order == "backwards":
        records.reverse()
    if order in {"shuffled", "doubled"}:
        dice.shuffle(records)
    engine = Engine()
    for offset, record in enumerate(records):
        engine.apply(record, offset)
    _check(view, engine.links(), engine.networks())
    assert (engine.links(), engine.networks(), engine.events()) == correlate(comparison_records()[view])


def test_the_links_of_the_joint_view_are_listed_one_by_one_in_the_truth() -> None:
    links, _, _ = correlate(comparison_records()["joint"])
    told = {
        tuple(names_of([link["left"], link["right"]])): {
            (one["kind"], one["normalised"]) for one in link["identifiers"]
        }
        for link in TRUTH["links"]
    }
    assert _linked(links) == told


def test_live_reports_are_counted_as_in_the_truth() -> None:
    for view, records in comparison_records().items():
        newest: dict[str, Any] = {}
        for record in records:
            if record["version"] >= newest.get(record["id"], record)["version"]:
                newest[record["id"]] = record
        assert sum(record["live"] for record in newest.values()) == TRUTH["views"][view]


def test_common_values_are_hubs_and_placeholders_no_identifiers() -> None:
    newest = {record["id"]: record for record in sorted(comparison_records()["joint"], key=lambda one: one["version"])}
    carried = Counter(
        (one["kind"], one["value"]) for record in newest.values() for one in record.get("identifiers", [])
    )
    hub = next(one for one in TRUTH["hubs"] if one["kind"] == "phone")
    assert carried["phone", hub["normalised"]] == hub["live_reports"]
    written = {one["as_written"].casefold() for record in newest.values() for one in record.get("identifiers", [])}
    for bait in TRUTH["hubs"]:
        if bait["kind"] in {"plate", "serial"}:
            assert not written & {text.casefold() for text in bait["written"]}


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_of_protected_people_and_no_narrative_reaches_facts_links_or_networks(view: str) -> None:
    records = comparison_records()[view]
    engine = Engine()
    emitted = [engine.apply(record, offset) for offset, record in enumerate(records)]
    text = json.dumps([records, [[one.links, one.networks] for one in emitted]], ensure_ascii=False).casefold()
    for marker in TRUTH["protected_markers"]:
        assert marker.casefold() not in text
    for report in renditions()[view]:
        for told in ((report["event"].get("narrative") or {}).get("text"), report["event"].get("body")):
            assert told is None or told.casefold() not in text
    # As written and in E.164 alike.
    digits = {"".join(filter(str.isdigit, one))[-10:] for one in TRUTH["protected_markers"]} - {""}
    assert digits
    assert not digits & {
        "".join(filter(str.isdigit, one["value"]))[-10:] for record in records for one in record.get("identifiers", [])
    }


def test_news_and_retractions_carry_nothing() -> None:
    for records in comparison_records().values():
        assert not any(record.get("identifiers") for record in records if record["kind"] == "news")
        for record in records:
            if not record["live"]:
                assert set(record) == {
                    *("id", "version", "agency", "report_id", "revision", "kind", "live", "received"),
                }


def test_every_text_says_that_it_is_a_lead() -> None:
    for documents in correlate(comparison_records()["joint"]):
        for document in documents.values():
            assert "lead, not proof" in document["caution"]["en"]
            assert "no una prueba" in document["caution"]["es"]


def test_a_network_adds_up_its_seizures() -> None:
    """The pill line's figures, summed by hand from the comparison records."""
    links, networks, _ = correlate(comparison_records()["joint"])
    for network in networks.values():
        members = {member["id"] for member in network["members"]}
        newest = {
            record["id"]: record
            for record in sorted(comparison_records()["joint"], key=lambda one: one["version"])
            if record["id"] in members
        }
        items = [item for record in newest.values() for item in record["items"]]
        assert network["counts"]["pills"] == sum(item["count"] for item in items if item.get("count_unit") == "pill")
        masses = {one["commodity"]: one["mass_kg"] for one in network["goods"]}
        for commodity, mass in masses.items():
            assert mass == pytest.approx(
                sum(item.get("mass_kg", 0) for item in items if item["commodity"] == commodity)
            )
        strong = [link for link in links.values() if link["strength"] == "strong"]
        assert network["link_count"] == sum(link["left"] in members for link in strong)
        assert network["first"] < network["last"]
        assert network["exercise"]
        assert "joint" in network["handling"]["releasable_to"]
    assert sum(network["counts"]["firearms"] for network in networks.values()) > 0
    assert sum(network["counts"]["pills"] for network in networks.values()) > 0

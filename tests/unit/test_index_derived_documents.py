"""Documents of links, networks and alerts: they fit the strict mapping, say who is live, and give back their record."""

from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.derived_documents import alert_document, link_document, network_document
from indexing.derived_search import CONTRACTS
from indexing.event_documents import event_document
from indexing.mappings import ALERTS, EVENTS, FAMILIES, LINKS, NETWORKS, Kind
from indexing.plan import DERIVED, index_jobs
from streams.alerts import AlertDocument
from streams.events import EventDocument
from streams.links import LinkDocument, NetworkDocument
from streams.reports import Commodity
from streams.topics import Topics
from tests.derived import (
    any_alert,
    any_event,
    any_link,
    any_network,
    make_alert,
    make_event,
    make_network,
    told_scenario,
)
from tests.unit.mapping_check import mapping_errors

WRITTEN = "2026-03-01T00:00:00.000Z"


ANY = st.one_of(
    st.tuples(st.just(LINKS), st.just(link_document), any_link()),
    st.tuples(st.just(NETWORKS), st.just(network_document), any_network()),
    st.tuples(st.just(EVENTS), st.just(event_document), any_event()),
    st.tuples(st.just(ALERTS), st.just(alert_document), any_alert()),
)


@given(written=ANY)
def test_whatever_the_contracts_allow_fits_the_mapping_and_comes_back(written: tuple[Kind, Any, Any]) -> None:
    kind, make, record = written
    document = make(record, WRITTEN)
    assert list(mapping_errors(document, kind.properties)) == []
    assert document["live"] is (record["state"] in {"live", "standing"})
    back = {name: document[name] for name in CONTRACTS[kind.name] if name in document}
    assert back == record or not document["live"]


@pytest.mark.parametrize(
    ("kind", "contract"),
    [(LINKS, LinkDocument), (NETWORKS, NetworkDocument), (EVENTS, EventDocument), (ALERTS, AlertDocument)],
)
def test_every_field_of_a_contract_is_mapped_under_its_name(kind: Kind, contract: Any) -> None:
    assert set(get_type_hints(contract)) <= set(kind.properties)


def test_the_scenario_fits_the_mappings() -> None:
    told = told_scenario()
    for link in told.links:
        assert not list(mapping_errors(link_document(link, WRITTEN), LINKS.properties))
    for network in told.networks:
        assert not list(mapping_errors(network_document(network, WRITTEN), NETWORKS.properties))


def test_what_is_gone_keeps_nothing_of_the_records() -> None:
    withdrawn: Any = {"id": "a" * 32, "version": 4, "state": "withdrawn", "members": [{"report_id": "SECRET"}]}
    assert network_document(withdrawn, WRITTEN) == {
        "id": "a" * 32,
        "version": 4,
        "state": "withdrawn",
        "live": False,
        "written": WRITTEN,
    }
    merged: Any = {"id": "a" * 32, "version": 4, "state": "merged", "redirect_to": "b" * 32}
    assert network_document(merged, WRITTEN)["redirect_to"] == "b" * 32
    alert: Any = {**make_alert("F-1"), "state": "withdrawn", "change": "withdrawn"}
    assert "title_en" not in alert_document(alert, WRITTEN)


def test_a_network_can_be_summed_and_counted_without_nested_objects() -> None:
    network = make_network(
        goods=[{"commodity": "fentanyl", "mass_kg": 2.5}, {"commodity": "cash", "mass_kg": 0.1}],
        counts={"firearms": 2, "rounds": 0, "pills": 7},
    )
    document = network_document(network, WRITTEN)
    assert document["goods_kg"] == {"fentanyl": 2.5, "cash": 0.1}
    assert document["commodities"] == ["cash", "fentanyl", "firearm"]
    assert document["days"] == 1.0
    assert document["when_range"] == {"gte": network["first"], "lt": network["last"]}
    assert (document["identifier_kinds"], document["identifier_values"]) == (["plate"], ["555XYZ"])
    assert set(NETWORKS.properties["goods_kg"]["properties"]) == set(get_args(Commodity))


def test_an_event_can_be_summed_without_what_only_news_tell() -> None:
    base: Any = {"agency": "canary", "report_id": "canary"}
    event = make_event(
        goods=[
            {"commodity": "cocaine", "measure": "mass_kg", "value": 7.0, "only_news": True, **base},
            {"commodity": "fentanyl", "measure": "mass_kg", "value": 2.5, **base},
            {"commodity": "fentanyl", "measure": "count", "unit": "pill", "value": 300.0, **base},
            {"commodity": "firearm", "measure": "count", "unit": "unit", "value": 2.0, **base},
            {"commodity": "firearm_part", "measure": "count", "unit": "unit", "value": 5.0, **base},
            {"commodity": "ammunition", "measure": "count", "unit": "round", "value": 50.0, "only_news": True, **base},
        ]
    )
    document = event_document(event, WRITTEN)
    assert (document["goods_kg"], document["news_kg"]) == ({"fentanyl": 2.5}, {"cocaine": 7.0})
    assert document["counts"] == {"firearms": 2, "rounds": 0, "pills": 300}
    assert document["commodities"] == ["ammunition", "cocaine", "fentanyl", "firearm", "firearm_part"]
    assert document["when_range"] == {"gte": event["span"]["start"], "lt": event["span"]["end"]}
    assert (document["when"], document["when_precision"]) == (event["span"]["start"], "day")
    merged: Any = {"id": "a" * 32, "version": 4, "state": "merged", "redirect_to": "b" * 32}
    assert event_document(merged, WRITTEN)["redirect_to"] == "b" * 32


def test_a_link_says_whose_records_meet() -> None:
    link = next(iter(told_scenario().folded.live_links().values()))
    document = link_document(link, WRITTEN)
    names = sorted(report["agency"] for report in link["reports"])
    assert document["agency_pair"] == " + ".join(names)
    assert document["cross_agency"] is (names[0] != names[1])
    assert document["identifier_values"] == sorted({reason["value"] for reason in link["reasons"] if "kind" in reason})


def test_every_family_has_jobs_and_a_canary_that_is_good() -> None:
    jobs = index_jobs(Topics("t-"), ["joint", "us"], {"joint": ["b", "a", "a"]})
    assert {job.family.name for job in jobs} == {family.name for family in FAMILIES}
    read = {(job.family.name, job.view): job.topics for job in jobs}
    assert read["alerts", "joint"] == ("t-alerts.a", "t-alerts.b")
    assert read["alerts", "us"] == ()
    assert read["links", "us"] == ("t-links.us",)
    assert len({job.group("t-") for job in jobs}) == len(jobs)
    for derived in DERIVED:
        document = derived.make(derived.canary, WRITTEN)
        assert list(mapping_errors(document, derived.kind.properties)) == []
        assert set(document) >= set(derived.kind.properties) - {
            *("numbers", "probability", "redirect_to"),  # filled by copying, or only where they apply
        }, f"the canary of {derived.family.name} leaves a field untried"


def test_the_name_of_a_member_changes_with_its_topics() -> None:
    """Kafka hands a static member that returns what it had, and would never hand it a topic that is new."""

    def names(*subscribers: str) -> dict[str, str]:
        jobs = index_jobs(Topics(), ["joint"], {"joint": list(subscribers)})
        return {job.family.name: job.member("index-0") for job in jobs}

    assert names("a")["alerts"] != names("a", "b")["alerts"]
    assert names("b", "a") == names("a", "b")
    assert names("a")["links"] == "index-0"

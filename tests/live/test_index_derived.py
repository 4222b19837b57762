"""Links, networks and alerts through Kafka and the sink into the real Elasticsearch, in any order, and read again."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexing.bulk import BulkWriter
from indexing.counters import SinkCounters
from indexing.derived_search import (
    AlertFilters,
    link_between,
    links_of,
    list_alerts,
    list_networks,
    network_of,
    read_link,
    read_network,
)
from indexing.document_writer import DocumentWriter
from indexing.elastic import Address, Elastic
from indexing.errors import DerivedUnknownError, QueryRefusedError
from indexing.plan import DERIVED
from processors.correlation.judgements import judge_link
from streams.admin import ensure_topics
from streams.links import link_id
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.derived import (
    any_alert,
    any_event,
    any_link,
    any_network,
    make_alert,
    make_link,
    make_network,
    told_scenario,
)
from tests.index_model import records_of
from tests.live.elastic import ask
from tests.live.index_tools import (
    VIEW,
    SinkThread,
    await_indexed,
    index_derived,
    prepare_all,
    prepare_indices,
    produce,
    produce_documents,
    remove_indices,
    running_indexer,
    sources,
)
from tests.polling import poll_until
from tests.unit.correlating import report_name
from tests.unit.judging import make_judgement
from tests.unit.telling import TRUTH, names_of

T = TypeVar("T")

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


def reading(servers: RunningServers, ask_it: Callable[[Elastic], Awaitable[T]]) -> T:
    """The answer of one question to the index."""

    async def run() -> T:
        async with Elastic(Address((servers.elasticsearch,))) as elastic:
            return await ask_it(elastic)

    return asyncio.run(run())


def write_scenario(servers: RunningServers, topics: Topics, seed: int) -> None:
    """All versions shuffled, a third of them twice: newer ones stand before older ones."""
    dice = random.Random(seed)
    told = told_scenario()
    for topic, versions in ((topics.links(VIEW), told.links), (topics.networks(VIEW), told.networks)):
        doubled: list[Any] = [*versions, *dice.sample(versions, len(versions) // 3)]
        dice.shuffle(doubled)
        produce_documents(servers.kafka, topic, doubled)


def assert_scenario(servers: RunningServers, prefix: str) -> None:
    """The index shows exactly the links and networks of the truth, as correlation wrote them."""
    url, folded = servers.elasticsearch, told_scenario().folded
    links = sources(url, f"{prefix}links-{VIEW}")
    assert set(links) == set(folded.live_links())
    strong = [link for link in links.values() if link["strength"] == "strong"]
    assert len(strong) == TRUTH["links_of_view"][VIEW]
    assert sorted(names_of(link["reports"]) for link in strong) == sorted(
        names_of([link["left"], link["right"]]) for link in TRUTH["links"]
    )
    ask(url, f"{prefix}networks-{VIEW}/_refresh")
    networks = reading(servers, lambda elastic: list_networks(elastic, VIEW, prefix=prefix)).documents
    assert sorted(names_of(network["members"]) for network in networks) == sorted(
        names_of(network["members"]) for network in TRUTH["networks"]
    )
    assert {network["id"]: {**network, "version": 0} for network in networks} == folded.live_networks()


def test_the_scenario_in_any_order_and_twice_ends_in_the_truth(
    servers: RunningServers, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that all links of a network take several pages, the last of them full and not.
    monkeypatch.setattr("indexing.derived_search.PAGE", 5)
    topics, folded = Topics(prefix), told_scenario().folded
    prepare_all(servers, topics)
    try:
        write_scenario(servers, topics, 1)
        for _ in range(2):  # the second indexer finds half of it done, and all of it once more
            with SinkThread(servers.kafka, servers.elasticsearch, topics) as sink:
                await_indexed(servers, topics)
            assert sink.error is None
            assert sink.counters.dead_lettered == 0
            assert_scenario(servers, prefix)
            write_scenario(servers, topics, 2)
        assert sink.counters.stale + sink.counters.folded > 0

        async def follow(elastic: Elastic) -> None:
            for name, network in folded.networks.items():
                found = await read_network(elastic, VIEW, name, prefix=prefix)
                end, passed = network, []
                while end["state"] == "merged":
                    passed.append(end["id"])
                    end = folded.networks[end["redirect_to"]]
                assert (found.network, found.followed) == (end, tuple(passed))
            gone = [link for link in folded.links.values() if link["state"] == "withdrawn"]
            assert gone
            for link in gone[:20]:
                assert await read_link(elastic, VIEW, link["id"], prefix=prefix) == link
            merged = next(one for one in folded.networks.values() if one["state"] == "merged")
            by_start = await read_network(elastic, VIEW, merged["id"][:12].upper(), prefix=prefix)
            assert by_start.followed[0] == merged["id"]
            live = next(link for link in folded.live_links().values() if link["strength"] == "strong")
            assert (await link_between(elastic, VIEW, live["right"], live["left"], prefix=prefix))["id"] == live["id"]
            assert live["id"] in {link["id"] for link in await links_of(elastic, VIEW, [live["left"]], prefix=prefix)}
            network = await network_of(elastic, VIEW, live["left"], prefix=prefix)
            assert network is not None
            for size in (5, 6, len(network["members"])):
                some = [member["id"] for member in network["members"][:size]]
                paged = await links_of(elastic, VIEW, some, within=True, prefix=prefix, size=None)
                assert paged == await links_of(elastic, VIEW, some, within=True, prefix=prefix, size=1000)
            assert len(paged) == network["link_count"] > 5
            assert live["right"] in {member["id"] for member in network["members"]}
            for wrong, words in (("f" * 32, "no network"), ("xyz", "first 6 characters")):
                with pytest.raises(DerivedUnknownError, match=words):
                    await read_network(elastic, VIEW, wrong, prefix=prefix)
            with pytest.raises(DerivedUnknownError, match="Nothing links"):
                await link_between(elastic, VIEW, "f" * 32, "e" * 32, prefix=prefix)
            with pytest.raises(QueryRefusedError):
                await read_network(elastic, "*", "f" * 32, prefix=prefix)

        reading(servers, follow)
        assert_found_by_number(servers, prefix)
    finally:
        remove_indices(servers, prefix)


def assert_found_by_number(servers: RunningServers, prefix: str) -> None:
    """An identifier finds its links and its network, however it is written; sums need no nested objects."""
    url = servers.elasticsearch
    told = next(
        network for network in TRUTH["networks"] if any(one["kind"] == "plate" for one in network["identifiers"])
    )
    plate = next(one["normalised"] for one in told["identifiers"] if one["kind"] == "plate")
    query = {"query": {"match": {"numbers": f"{plate[:3].lower()}-{plate[3:]}"}}}
    found = ask(url, f"{prefix}networks-{VIEW}/_search", query)["hits"]["hits"]
    assert [names_of(hit["_source"]["members"]) for hit in found] == [names_of(told["members"])]
    assert ask(url, f"{prefix}links-{VIEW}/_search", query)["hits"]["total"]["value"] > 0
    sums = {"size": 0, "aggs": {"pills": {"sum": {"field": "counts.pills"}}}}
    pills = sum(one["counts"]["pills"] for one in told_scenario().folded.live_networks().values())
    assert ask(url, f"{prefix}networks-{VIEW}/_search", sums)["aggregations"]["pills"]["value"] == pills


def test_a_stale_network_loses_and_what_is_withdrawn_or_merged_is_hidden(servers: RunningServers, prefix: str) -> None:
    old, new = "a" * 32, "b" * 32
    with running_indexer(servers, prefix) as (topics, sink):

        def write(*networks: Any) -> dict[str, dict[str, Any]]:
            produce_documents(servers.kafka, topics.networks(VIEW), networks)
            await_indexed(servers, topics)
            return sources(servers.elasticsearch, f"{prefix}networks-{VIEW}")

        assert set(write(make_network(id=old, version=5), make_network(id=new, version=7))) == {old, new}
        assert set(write({"id": old, "version": 8, "state": "merged", "redirect_to": new})) == {new}
        assert set(write(make_network(id=old, version=6))) == {new}
        assert sink.counters.stale == 1
        assert write({"id": new, "version": 9, "state": "withdrawn"}) == {}
        found = reading(servers, lambda elastic: read_network(elastic, VIEW, old[:8], prefix=prefix))
        assert found.network == {"id": new, "version": 9, "state": "withdrawn"}
        assert found.followed == (old,)
        write({"id": new, "version": 10, "state": "merged", "redirect_to": "c" * 32})
        with pytest.raises(DerivedUnknownError, match="try again in a moment"):
            reading(servers, lambda elastic: read_network(elastic, VIEW, old, prefix=prefix))
        assert set(write(make_network(id=old, version=11))) == {old}


def test_a_record_that_is_none_becomes_a_dead_letter_of_the_platform(servers: RunningServers, prefix: str) -> None:
    good = make_network(id="a" * 32)
    bad: dict[str, Any] = {**good, "id": "b" * 32, "first": "yesterday"}
    refused: dict[str, Any] = {**good, "id": "c" * 32, "places": [{"kind": "port", "planet": "SECRET"}]}
    with running_indexer(servers, prefix) as (topics, sink):
        produce_documents(servers.kafka, topics.networks(VIEW), [bad, refused, {**good, "id": "no id"}, good])
        produce(servers.kafka, topics.networks(VIEW), [(b"k", None), (b"k", b"[1]")])
        poll_until(lambda: sink.counters.letters == 5, 30, "five letters are indexed")
        letters = sources(servers.elasticsearch, f"{prefix}dead-letters").values()
        assert {letter["agency"] for letter in letters} == {"puente"}
        # A network bears the id of a report: that report must not seem to have a refused revision.
        assert {letter.get("document_id") for letter in letters} == {None}
        told = " ".join(letter["reasons"][0]["en"] for letter in letters)
        assert "c" * 32 in told
        assert "SECRET" not in told
        assert set(sources(servers.elasticsearch, f"{prefix}networks-{VIEW}")) == {"a" * 32}


def test_alerts_of_several_subscribers_and_of_one_who_comes_later(servers: RunningServers, prefix: str) -> None:
    topics, early, all_of_them = Topics(prefix), {VIEW: ["desk"]}, {VIEW: ["desk", "harbour"]}
    prepare_all(servers, topics)
    ensure_topics(servers.kafka, topics.table((), (), ["desk", "harbour"]))
    stands = make_alert("F-1", version=3, change="raised", level=40.0)
    gone = make_alert("F-2", version=4, state="withdrawn")
    later = make_alert("F-3", subscriber="harbour")
    try:
        with SinkThread(servers.kafka, servers.elasticsearch, topics, subscribers=early) as sink:
            produce_documents(servers.kafka, topics.alerts("desk"), [stands, make_alert("F-1", version=2), gone])
            produce_documents(servers.kafka, topics.alerts("desk"), [make_alert("F-2", version=3)])
            produce_documents(servers.kafka, topics.alerts("desk"), [make_alert("F-4", view="us")])
            produce_documents(servers.kafka, topics.alerts("harbour"), [later])
            await_indexed(servers, topics, early)
            shown = sources(servers.elasticsearch, f"{prefix}alerts-{VIEW}")
            assert set(shown) == {stands["id"]}
            assert sink.counters.elsewhere == 1
        assert sink.error is None
        # At once, while Kafka still remembers what this member read before.
        with SinkThread(servers.kafka, servers.elasticsearch, topics, subscribers=all_of_them) as sink:
            await_indexed(servers, topics, all_of_them)
        assert sink.error is None
        ask(servers.elasticsearch, f"{prefix}alerts-{VIEW}/_refresh")
        found = reading(servers, lambda elastic: list_alerts(elastic, VIEW, prefix=prefix))
        assert found.total == 2
        assert {one["id"]: one for one in found.documents} == {stands["id"]: stands, later["id"]: later}
        mine = AlertFilters(subscriber="harbour")
        only = reading(servers, lambda elastic: list_alerts(elastic, VIEW, mine, prefix=prefix))
        assert only.documents == (later,)
        # Nobody sees the alerts of somebody who left the file; they are there again should he come back.
        alias = f"{prefix}alerts-{VIEW}"
        with SinkThread(servers.kafka, servers.elasticsearch, topics, subscribers={VIEW: ["harbour"]}):
            poll_until(lambda: set(sources(servers.elasticsearch, alias)) == {later["id"]} or None, 60, "desk is gone")
        both = {stands["id"], later["id"]}
        with SinkThread(servers.kafka, servers.elasticsearch, topics, subscribers=all_of_them):
            poll_until(lambda: set(sources(servers.elasticsearch, alias)) == both or None, 60, "desk is back")
    finally:
        remove_indices(servers, prefix)


@pytest.fixture
def indices(servers: RunningServers, prefix: str) -> Iterator[str]:
    prepare_indices(servers.elasticsearch, prefix)
    yield prefix
    remove_indices(servers, prefix)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=st.tuples(
        st.lists(any_link(), min_size=3, max_size=6),
        st.lists(any_network(), min_size=3, max_size=6),
        st.lists(any_alert().map(lambda alert: {**alert, "view": VIEW}), min_size=3, max_size=6),
        st.lists(any_event(), min_size=3, max_size=6),
    )
)
def test_the_real_mapping_takes_whatever_the_contracts_allow(
    servers: RunningServers, indices: str, documents: tuple[list[Any], ...]
) -> None:
    async def write(elastic: Elastic) -> list[Any]:
        refusals: list[Any] = []
        for derived, records in zip(DERIVED, documents, strict=True):
            index = derived.family.index(derived.kind, indices, VIEW)
            writer = DocumentWriter(BulkWriter(elastic), derived, index=index, view=VIEW, counters=SinkCounters())
            refusals += await writer.finish(await writer.begin(records_of(records)))
            await writer.check_canary()
        return [reason.en for refusal in refusals for reason in refusal.reasons]

    assert reading(servers, write) == []


def test_what_was_judged_decides_which_links_join_a_network(servers: RunningServers, prefix: str) -> None:
    """Found in review: a link that only its judges make join was missing among the links of its network."""
    reports = [report_name(number) for number in range(4)]

    def link_to(number: int, strength: str, *said: Any) -> Any:
        left, right = sorted([reports[0], reports[number]])
        judged = judge_link([make_judgement(*one) for one in said], [])
        parts = {"judged": judged} if judged else {}
        return make_link(id=link_id(left, right), left=left, right=right, strength=strength, **parts)

    strong = link_to(1, "strong")
    agreed = link_to(2, "possible", ("same", "ana"))
    apart = link_to(3, "strong", ("same", "ana"), ("different", "beto"))
    prepare_indices(servers.elasticsearch, prefix)
    try:
        index_derived(servers.elasticsearch, prefix, "links", [strong, agreed, apart])
        for within, expected in ((True, [strong, agreed]), (False, [strong, agreed, apart])):
            found = reading(servers, lambda es, only=within: links_of(es, VIEW, reports, within=only, prefix=prefix))  # type: ignore[misc]
            assert sorted(one["id"] for one in found) == sorted(one["id"] for one in expected)
        assert reading(servers, lambda es: read_link(es, VIEW, apart["id"], prefix=prefix)) == apart
    finally:
        remove_indices(servers, prefix)

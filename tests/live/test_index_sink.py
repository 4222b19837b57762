"""The indexer on real servers: what it writes, what it refuses, and what it does when Elasticsearch misbehaves."""

import random
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from kafka import KafkaConsumer, TopicPartition

from deploy.lag import StreamWatch
from indexing.bulk import Backoff
from indexing.canary import canary_letter
from indexing.elastic import Address
from indexing.errors import AccessRefusedError, CanaryRefusedError, IndexMissingError
from indexing.job import Pace
from indexing.mappings import ITEMS, LETTER_FAMILY, REPORT_FAMILY, REPORTS
from streams.identity import document_id
from streams.reports import DeadLetter, EnrichedReport
from streams.topics import LATER_LIMIT, Topics
from tests.conftest import RunningServers
from tests.index_model import expected
from tests.indexed import make_item, make_report
from tests.live.bad_proxy import BadProxy
from tests.live.elastic import ask, count_live
from tests.live.index_tools import (
    VIEW,
    SinkThread,
    index_names,
    prepare_all,
    produce,
    produce_letters,
    produce_reports,
    remove_indices,
    running_indexer,
    sources,
)
from tests.polling import poll_until


def many_reports(number: int, seed: int, reports: int) -> list[EnrichedReport]:
    """Random revisions and retractions of `reports` report numbers."""
    rng = random.Random(seed)
    return [
        make_report(
            f"FICTION-{rng.randrange(reports)}",
            revision=rng.randrange(6),
            items=[make_item(ordinal, mass_kg=float(rng.randrange(9))) for ordinal in range(rng.randrange(5))],
            retracted=rng.random() < 0.1,
        )
        for _ in range(number)
    ]


def await_done(servers: RunningServers, topics: Topics, deadline_s: float = 90) -> None:
    """Until the consumer groups of the indexer have committed everything."""
    groups = {
        REPORT_FAMILY.group(topics.prefix, VIEW): topics.reports(VIEW),
        LETTER_FAMILY.group(topics.prefix, None): topics.dead_letters,
    }
    with StreamWatch(servers.kafka) as watch:
        for group, topic in groups.items():
            poll_until(
                lambda group=group, topic=topic: watch.group_lag(group, [topic]).lag == 0,  # type: ignore[misc]
                deadline_s,
                f"{group} has read {topic}",
            )


def assert_model(servers: RunningServers, prefix: str, reports: Sequence[EnrichedReport]) -> None:
    """The index holds what the simple model says, exactly."""
    standing, items = expected(reports)
    report_index, _ = index_names(prefix)
    found = sources(servers.elasticsearch, report_index)
    assert {key: (source["version"], source["live"]) for key, source in found.items()} == standing
    shown = sources(servers.elasticsearch, f"{prefix}items-{VIEW}")
    assert {key: (source["version"], source["mass_kg"]) for key, source in shown.items()} == items
    live = sum(lives for _, lives in standing.values())
    assert count_live(servers.elasticsearch, f"{prefix}reports-{VIEW}") == live


def read_topic(brokers: str, topic: str) -> list[Any]:
    """All records of a topic."""
    consumer = KafkaConsumer(bootstrap_servers=brokers, enable_auto_commit=False)
    try:
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        left = sum(consumer.end_offsets(partitions).values())
        records: list[Any] = []
        while len(records) < left:
            for found in consumer.poll(timeout_ms=1000).values():
                records += found
        return records
    finally:
        consumer.close()


def test_reports_items_and_letters_reach_their_indices(servers: RunningServers, prefix: str) -> None:
    reports = many_reports(1500, 1, 200)
    with running_indexer(servers, prefix) as (topics, sink):
        produce_reports(servers.kafka, topics, reports)
        letter: DeadLetter = {**canary_letter(), "id": "ab" * 16}
        produce_letters(servers.kafka, topics, [letter, {**letter, "state": "open"}])
        await_done(servers, topics)
        assert_model(servers, prefix, reports)
        assert sources(servers.elasticsearch, f"{prefix}dead-letters")["ab" * 16]["state"] == "closed"
        # The same again, oldest last: nothing changes, and what is older loses with a 409 or in the fold.
        before = sink.counters.stale + sink.counters.folded
        produce_reports(servers.kafka, topics, sorted(reports, key=lambda report: -report["version"]))
        await_done(servers, topics)
        assert_model(servers, prefix, reports)
        assert sink.counters.stale + sink.counters.folded > before
        assert sink.counters.dead_lettered == 0


def test_a_late_older_revision_loses_with_a_conflict(servers: RunningServers, prefix: str) -> None:
    newer, older = make_report(revision=2, items=1), make_report(revision=1, items=4)
    with running_indexer(servers, prefix) as (topics, sink):
        produce_reports(servers.kafka, topics, [newer])
        await_done(servers, topics)
        produce_reports(servers.kafka, topics, [older])
        await_done(servers, topics)
        assert (sink.counters.indexed, sink.counters.stale) == (1, 1)
        assert_model(servers, prefix, [newer, older])


def test_a_refused_document_becomes_a_dead_letter_and_hinders_nobody(servers: RunningServers, prefix: str) -> None:
    good = [make_report(f"FICTION-{number}") for number in range(30)]
    bad = make_report("FICTION-bad", facts={"place": {"kind": "port", "name": "Laredo", "secret": "SECRET WORDS"}})
    bad_item = make_report("FICTION-item", items=[make_item(0), make_item(1, mass_kg="SECRET WORDS")])
    with running_indexer(servers, prefix) as (topics, sink):
        produce_reports(servers.kafka, topics, [*good[:15], bad, bad_item, *good[15:]])
        produce(servers.kafka, topics.reports(VIEW), [(b"k", b"{no json")])
        await_done(servers, topics)
        poll_until(lambda: sink.counters.letters == 3, 30, "three letters are indexed")
        letters = sources(servers.elasticsearch, f"{prefix}dead-letters")
        assert {letter["report_id"] for letter in letters.values()} == {"FICTION-bad", "FICTION-item", None}
        assert {letter["stage"] for letter in letters.values()} == {"index"}
        by_report = {letter["report_id"]: letter for letter in letters.values()}
        assert by_report["FICTION-bad"]["document_id"] == bad["id"]
        assert "secret" in by_report["FICTION-bad"]["reasons"][0]["field"]
        assert by_report["FICTION-item"]["reasons"][0]["field"] == "items[1]"
        assert b"SECRET" not in orjson.dumps(letters)
        originals = {record.key.decode(): record for record in read_topic(servers.kafka, topics.originals)}
        assert set(originals) == set(letters)
        assert orjson.loads(originals[by_report["FICTION-bad"]["id"]].value) == bad
        assert sink.counters.dead_lettered == 3
        shown = sources(servers.elasticsearch, f"{prefix}reports-{VIEW}")
        assert {source["report_id"] for source in shown.values()} == {
            *(report["report_id"] for report in good),
            "FICTION-item",
        }


def test_many_bad_records_are_dead_lettered_while_the_canary_lives(servers: RunningServers, prefix: str) -> None:
    place = {"kind": "port", "name": "Laredo", "planet": "Mars"}
    bad = [make_report(f"FICTION-{number}", facts={"place": place}) for number in range(60)]
    with running_indexer(servers, prefix) as (topics, sink):
        produce_reports(servers.kafka, topics, [*bad, make_report("FICTION-good")])
        poll_until(lambda: sink.counters.letters == 60, 60, "sixty letters are indexed")
        assert count_live(servers.elasticsearch, f"{prefix}reports-{VIEW}") == 1, "the canary is hidden"


def test_an_index_that_refuses_the_canary_stops_the_sink(servers: RunningServers, prefix: str) -> None:
    topics = Topics(prefix)
    prepare_all(servers, topics)
    report_index, _ = index_names(prefix)
    try:
        ask(servers.elasticsearch, report_index, method="DELETE")
        by_hand = {"mappings": {"properties": {"version": {"type": "boolean"}, "item_slots": {"type": "byte"}}}}
        ask(servers.elasticsearch, report_index, by_hand, method="PUT")
        produce_reports(servers.kafka, topics, [make_report(f"FICTION-{number}") for number in range(200)])
        with SinkThread(servers.kafka, servers.elasticsearch, topics) as sink:
            poll_until(lambda: sink.ended, 60, "the sink stops")
        assert isinstance(sink.error, CanaryRefusedError)
        assert sink.counters.dead_lettered == 0
        with StreamWatch(servers.kafka) as watch:
            group = REPORT_FAMILY.group(prefix, VIEW)
            assert watch.group_lag(group, [topics.reports(VIEW)]).done == 0, "nothing is committed"
    finally:
        remove_indices(servers, prefix)


def test_an_index_that_is_gone_stops_the_sink_and_is_not_made_anew(servers: RunningServers, prefix: str) -> None:
    topics = Topics(prefix)
    prepare_all(servers, topics)
    try:
        with SinkThread(servers.kafka, servers.elasticsearch, topics) as sink:
            produce_reports(servers.kafka, topics, [make_report("FICTION-1")])
            await_done(servers, topics)
            ask(servers.elasticsearch, index_names(prefix)[1], method="DELETE")
            produce_reports(servers.kafka, topics, [make_report("FICTION-2")])
            poll_until(lambda: sink.ended, 60, "the sink stops")
        assert isinstance(sink.error, IndexMissingError)
        indices = ask(servers.elasticsearch, f"{prefix}*?features=aliases", method="GET")
        assert index_names(prefix)[1] not in indices
    finally:
        remove_indices(servers, prefix)


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_are_exact_through_a_bad_network_and_a_busy_cluster(
    servers: RunningServers, prefix: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backoff, "wait", _short_wait)
    reports = many_reports(3000, seed, 300)
    topics = Topics(prefix)
    prepare_all(servers, topics)
    try:
        produce_reports(servers.kafka, topics, reports)
        with (
            BadProxy(servers.elasticsearch, faults=40, seed=seed, max_body=40_000, silence_s=2.0) as proxy,
            SinkThread(
                servers.kafka, Address((proxy.url,), timeout_s=1.0), topics, Pace(batch_records=200, report_every_s=0.5)
            ) as sink,
        ):
            await_done(servers, topics)
        assert sink.error is None
        assert set(proxy.seen) >= {"busy", "unavailable", "gateway", "hang up before", "hang up after", "silence"}
        assert proxy.seen["too large"] > 0
        assert sink.counters.retries > 0
        assert_model(servers, prefix, reports)
        # An answer that was lost is not taken for somebody else's write: that would cost 63 tombstones a report.
        everything = sources(servers.elasticsearch, index_names(prefix)[1])
        assert max(source["ordinal"] for source in everything.values()) < 5
    finally:
        remove_indices(servers, prefix)


_wait = Backoff.wait


async def _short_wait(self: Backoff) -> None:
    self.cap_s = 0.05
    await _wait(self)


# The HTTP client warns about the one write of a document over 1 MiB.
@pytest.mark.filterwarnings("ignore:Sending a large body")
def test_a_record_as_large_as_the_topic_takes_is_indexed(servers: RunningServers, prefix: str) -> None:
    report = make_report(items=2, event={"narrative": {"text": "palabra " * 32_000}})
    report["provenance"] = [{"fact": "x" * 1000, "fields": [], "rule": "padding"}] * 7000
    assert 7_000_000 < len(orjson.dumps(report)) < LATER_LIMIT
    with running_indexer(servers, prefix) as (topics, sink):
        produce_reports(servers.kafka, topics, [report, make_report("FICTION-2")])
        await_done(servers, topics)
        assert (sink.counters.indexed, sink.counters.dead_lettered) == (2, 0)
        assert document_id("cbp", "FICTION-1") in sources(servers.elasticsearch, f"{prefix}reports-{VIEW}")


def test_readers_stay_on_the_old_index_until_the_new_one_has_caught_up(servers: RunningServers, prefix: str) -> None:
    topics = Topics(prefix)
    prepare_all(servers, topics)
    url = servers.elasticsearch
    try:
        old: list[dict[str, Any]] = []
        for kind in (REPORTS, ITEMS):
            alias, index = kind.alias(prefix, VIEW), REPORT_FAMILY.index(kind, prefix, VIEW)
            ask(url, f"{alias}-00000000", method="PUT")
            old += [
                {"remove": {"index": index, "alias": alias}},
                {"add": {"index": f"{alias}-00000000", "alias": alias}},
            ]
        ask(url, "_aliases", {"actions": old})
        produce_reports(servers.kafka, topics, [make_report(f"FICTION-{number}") for number in range(500)])
        with SinkThread(servers.kafka, url, topics, Pace(report_every_s=0.3)) as sink:

            def moved() -> bool:
                found = ask(url, f"_alias/{prefix}reports-{VIEW},{prefix}items-{VIEW}", method="GET")
                assert len(found) == 2
                return set(found) == set(index_names(prefix))

            assert not moved()
            poll_until(moved, 60, "the aliases move")
            assert sink.counters.indexed == 500
        assert count_live(url, f"{prefix}reports-{VIEW}") == 500
    finally:
        remove_indices(servers, prefix)


def test_a_refused_login_stops_the_sink_at_once(servers: RunningServers, prefix: str) -> None:
    class Refusing(BadProxy):
        def choose(self, path: str, size: int) -> str:
            return "refused"

    topics = Topics(prefix)
    with (
        Refusing(servers.elasticsearch, faults=0, seed=0) as proxy,
        SinkThread(servers.kafka, proxy.url, topics) as sink,
    ):
        poll_until(lambda: sink.ended, 30, "the sink stops")
    assert isinstance(sink.error, AccessRefusedError)

"""Running the real indexer in live tests: topics, records in Kafka, the sink in a thread or as its own process."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from kafka import KafkaProducer

from deploy.lag import StreamWatch
from deploy.pipeline import prepare
from indexing.bulk import BulkWriter
from indexing.counters import SinkCounters
from indexing.document_writer import DocumentWriter
from indexing.elastic import Address, Elastic
from indexing.job import Pace
from indexing.mappings import LETTER_FAMILY, REPORT_FAMILY, Family
from indexing.plan import DERIVED, Subscribers, index_jobs
from indexing.setup import prepare_family, remove_everything
from indexing.sink import run_sink
from streams.registry import default_registry
from streams.reports import DeadLetter, EnrichedReport
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.index_model import make_writer, records_of
from tests.live.elastic import ask
from tests.polling import poll_until

__all__ = [
    "VIEW",
    "SinkThread",
    "await_indexed",
    "index_derived",
    "index_names",
    "index_reports",
    "prepare_all",
    "prepare_indices",
    "produce",
    "produce_documents",
    "produce_letters",
    "produce_reports",
    "remove_indices",
    "running_indexer",
    "sink_process",
    "sources",
]

VIEW = "joint"


def prepare_all(servers: RunningServers, topics: Topics) -> None:
    """Topics and indices of a test."""
    registry = default_registry()
    prepare(brokers=servers.kafka, elasticsearch=servers.elasticsearch, topics=topics, registry=registry, views=(VIEW,))


def remove_indices(servers: RunningServers, prefix: str) -> None:
    """Take the indices and templates of a test away: the shared server holds few shards."""

    async def remove() -> None:
        async with Elastic(Address((servers.elasticsearch,))) as elastic:
            await remove_everything(elastic, prefix, [VIEW])

    asyncio.run(remove())


def prepare_indices(url: str, prefix: str) -> None:
    """Indices alone, where no Kafka is needed."""

    async def make() -> None:
        async with Elastic(Address((url,))) as elastic:
            for job in index_jobs(Topics(prefix), [VIEW]):
                await prepare_family(elastic, job.family, prefix=prefix, view=job.view)

    asyncio.run(make())


def index_names(prefix: str, family: Family = REPORT_FAMILY) -> list[str]:
    """The indices of a family behind their aliases."""
    view = None if family is LETTER_FAMILY else VIEW
    return [family.index(kind, prefix, view) for kind in family.kinds]


def produce(brokers: str, topic: str, records: Iterable[tuple[bytes | None, bytes | None]]) -> None:
    """Write (key, value) pairs, all acknowledged."""
    producer = KafkaProducer(
        bootstrap_servers=brokers, acks="all", linger_ms=20, batch_size=256 * 1024, max_request_size=9 * 1024 * 1024
    )
    try:
        futures = [producer.send(topic, key=key, value=value) for key, value in records]
        producer.flush(timeout=60)
        for future in futures:
            future.get(timeout=60)
    finally:
        producer.close()


def produce_reports(brokers: str, topics: Topics, reports: Iterable[EnrichedReport]) -> None:
    """Enriched reports on the view's topic, keyed as the enrich stage keys them."""
    produce(brokers, topics.reports(VIEW), ((report["id"].encode(), orjson.dumps(report)) for report in reports))


def produce_letters(brokers: str, topics: Topics, letters: Iterable[DeadLetter]) -> None:
    """Dead letters on their topic."""
    produce(brokers, topics.dead_letters, ((letter["id"].encode(), orjson.dumps(letter)) for letter in letters))


def produce_documents(brokers: str, topic: str, documents: Iterable[Mapping[str, Any]]) -> None:
    """Links, networks or alerts on their topic, keyed by their id."""
    produce(brokers, topic, ((document["id"].encode(), orjson.dumps(document)) for document in documents))


def await_indexed(
    servers: RunningServers, topics: Topics, subscribers: Subscribers | None = None, deadline_s: float = 60
) -> None:
    """Until every consumer group of the indexer has committed all that lies in its topics."""
    with StreamWatch(servers.kafka) as watch:
        for job in index_jobs(topics, [VIEW], subscribers):
            poll_until(
                lambda job=job: watch.group_lag(job.group(topics.prefix), job.topics).lag == 0,  # type: ignore[misc]
                deadline_s,
                f"{job.topics} is indexed",
            )


def index_reports(url: str, prefix: str, reports: Iterable[EnrichedReport]) -> None:
    """Write reports through the sink's own writer, without Kafka, and make them visible."""
    report_index, item_index = index_names(prefix)

    async def write() -> None:
        async with Elastic(Address((url,))) as elastic:
            writer = make_writer(elastic, report_index, item_index)
            assert not await writer.finish(await writer.begin(records_of(list(reports))))

    asyncio.run(write())
    ask(url, f"{report_index},{item_index}/_refresh")


def index_derived(url: str, prefix: str, family: str, documents: Sequence[Any]) -> None:
    """Write links, networks or alerts through the sink's own writer, without Kafka, and make them visible."""
    derived = next(one for one in DERIVED if one.family.name == family)
    index = derived.family.index(derived.kind, prefix, VIEW)

    async def write() -> None:
        async with Elastic(Address((url,))) as elastic:
            writer = DocumentWriter(BulkWriter(elastic), derived, index=index, view=VIEW, counters=SinkCounters())
            assert not await writer.finish(await writer.begin(records_of(documents)))

    asyncio.run(write())
    ask(url, f"{index}/_refresh")


class SinkThread:
    """The sink in a thread of this process; `error` is what ended it, `counters` what it counts."""

    def __init__(
        self,
        brokers: str,
        elasticsearch: str | Address,
        topics: Topics,
        pace: Pace | None = None,
        subscribers: Subscribers | None = None,
    ) -> None:
        self.counters = SinkCounters()
        self.error: BaseException | None = None
        self._arguments: dict[str, Any] = {"brokers": brokers, "elasticsearch": elasticsearch, "topics": topics}
        self._pace = pace or Pace(report_every_s=0.5)
        self._subscribers = subscribers
        self._thread = threading.Thread(target=self._run)
        self._ready = threading.Event()

    def __enter__(self) -> "SinkThread":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """SIGTERM's way: finish what was begun."""
        with contextlib.suppress(RuntimeError):  # the loop may have ended already
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)
        assert not self._thread.is_alive()

    @property
    def ended(self) -> bool:
        """Whether the sink has come to its end, by itself or told to."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        async def main() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            self._ready.set()
            await run_sink(
                **self._arguments,
                views=(VIEW,),
                subscribers=self._subscribers,
                stop=self._stop,
                counters=self.counters,
                pace=self._pace,
            )

        try:
            asyncio.run(main())
        except Exception as error:  # the test looks at it
            self.error = error


def sink_process(servers: RunningServers, prefix: str, log: Path) -> "subprocess.Popen[bytes]":
    """The indexer as `puente worker index` runs it."""
    environment = {**os.environ, "PUENTE_PREFIX": prefix, "PUENTE_VIEWS": VIEW}
    command = [sys.executable, "-m", "deploy.cli", "worker", "index", "--number", "0"]
    with log.open("ab") as output:
        return subprocess.Popen(
            [*command, "--kafka", servers.kafka, "--elasticsearch", servers.elasticsearch],
            env=environment,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def running_indexer(servers: RunningServers, prefix: str) -> Iterator[tuple[Topics, SinkThread]]:
    """Topics, indices and a running sink; the indices are gone at the end."""
    topics = Topics(prefix)
    prepare_all(servers, topics)
    try:
        with SinkThread(servers.kafka, servers.elasticsearch, topics) as sink:
            yield topics, sink
        if sink.error is not None:
            raise sink.error
    finally:
        remove_indices(servers, prefix)


def sources(url: str, index: str) -> dict[str, dict[str, Any]]:
    """Id -> document of everything that an index or alias shows (at most 10,000), refreshed."""
    ask(url, f"{index}/_refresh")
    answer = ask(url, f"{index}/_search", {"size": 10_000, "track_total_hits": True})
    hits = answer["hits"]["hits"]
    assert len(hits) == answer["hits"]["total"]["value"]
    return {hit["_id"]: hit["_source"] for hit in hits}

"""The indexer: reads what `indexing.plan` lists, of each view and of the dead letters, and writes it to Elasticsearch.

Delivery: an offset is committed only after everything before it is in the index (that version or a newer one) or its
dead letter is acknowledged. Whatever is killed, whenever, the records from the committed offset on are read again, and
writing them again changes nothing (`indexing.protocol`).
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from indexing.broker import DeadLetterSender, Source
from indexing.bulk import BulkWriter
from indexing.counters import SinkCounters
from indexing.document_writer import DocumentWriter
from indexing.elastic import Address, Elastic
from indexing.errors import SearchUnreachableError
from indexing.job import AliasMove, Job, Pace
from indexing.mappings import ALERT_FAMILY, DEAD_LETTERS, ITEMS, LETTER_FAMILY, REPORTS
from indexing.orphans import settle_orphaned_alerts
from indexing.plan import IndexJob, Subscribers, index_jobs
from indexing.refusals import Writer
from indexing.setup import move_aliases, prepare_family
from indexing.writers import LetterWriter, ReportWriter
from streams.topics import Topics

__all__ = ["run_sink"]

PACE = Pace()

log = structlog.get_logger(__name__)


async def run_sink(
    *,
    brokers: str,
    elasticsearch: str | Address,
    topics: Topics,
    views: Sequence[str],
    stop: asyncio.Event,
    subscribers: Subscribers | None = None,
    instance_id: str = "index-0",
    counters: SinkCounters | None = None,
    pace: Pace = PACE,
    kafka_options: Mapping[str, Any] | None = None,
    shards: int = 1,
    replicas: str = "0-1",
) -> SinkCounters:
    """Index the views, the alerts of their `subscribers` and the dead letters until `stop` is set; returns the counts.

    At the start what stands in the index for somebody who is none of them any more is hidden, and shown again for who
    came back; without any subscriber nothing is: then the file is more likely to have been forgotten than to be empty.
    Waits for Elasticsearch at the start and whenever it is away. `instance_id` is this process's own among the
    indexers, the same after a restart: it takes its partitions back at once. Index names begin with `topics.prefix`.
    `kafka_options` go to aiokafka as they are (security and SASL settings).
    Raises IndexingError if the deployment is wrong (rights, missing index, changed mapping); nothing is lost then.
    """
    address = elasticsearch if isinstance(elasticsearch, Address) else Address.read(elasticsearch)
    counters = counters if counters is not None else SinkCounters()
    sender = DeadLetterSender(brokers, kafka_options)
    async with Elastic(address) as elastic:
        jobs = []
        for job in index_jobs(topics, views, subscribers):
            settled = await _prepare(
                elastic, job, subscribers, prefix=topics.prefix, stop=stop, shards=shards, replicas=replicas
            )
            if settled is None:
                return counters
            if not job.topics:
                continue
            bulk = BulkWriter(elastic, on_retry=_count_retries(counters))
            source = Source(
                brokers=brokers,
                topics=job.topics,
                group=job.group(topics.prefix),
                instance_id=job.member(instance_id),
                options=kafka_options,
            )
            writer = _writer(job, bulk, topics.prefix, counters)
            aliases = None if settled else AliasMove(elastic, job.family, topics.prefix, job.view)
            jobs.append(Job(source, writer, sender, topics, counters, pace, aliases))
        await sender.start()
        try:
            await _run_all(jobs, stop)
        finally:
            await sender.stop()
    log.info("sink_stopped", **counters.as_dict())
    return counters


def _writer(job: IndexJob, bulk: BulkWriter, prefix: str, counters: SinkCounters) -> Writer:
    family, view = job.family, job.view
    if family is LETTER_FAMILY:
        return LetterWriter(bulk, index=family.index(DEAD_LETTERS, prefix, view), counters=counters)
    if job.derived is not None and view is not None:
        index = family.index(job.derived.kind, prefix, view)
        return DocumentWriter(bulk, job.derived, index=index, view=view, counters=counters)
    return ReportWriter(
        bulk,
        report_index=family.index(REPORTS, prefix, view),
        item_index=family.index(ITEMS, prefix, view),
        counters=counters,
    )


def _count_retries(counters: SinkCounters) -> Callable[[int], None]:
    def count(number: int) -> None:
        counters.retries += number

    return count


async def _prepare(
    elastic: Elastic,
    job: IndexJob,
    subscribers: Subscribers | None,
    *,
    prefix: str,
    stop: asyncio.Event,
    shards: int,
    replicas: str,
) -> bool | None:
    """As `prepare_family`, waiting for Elasticsearch; None if told to stop meanwhile.

    Where there are no topics there is nothing to catch up with, and nobody to wait for it: the aliases move here.
    """
    while not stop.is_set():
        try:
            settled = await prepare_family(
                elastic, job.family, prefix=prefix, view=job.view, shards=shards, replicas=replicas
            )
            if not settled and not job.topics:
                await move_aliases(elastic, job.family, prefix=prefix, view=job.view)
            if job.family is ALERT_FAMILY and job.view and subscribers:
                told = subscribers.get(job.view, ())
                hidden, shown = await settle_orphaned_alerts(elastic, prefix=prefix, view=job.view, subscribers=told)
                log.info("orphaned_alerts_settled", view=job.view, hidden=hidden, shown=shown)
        except SearchUnreachableError as error:
            log.warning("waiting_for_elasticsearch", why=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
        else:
            return settled or not job.topics
    return None


async def _run_all(jobs: list[Job], stop: asyncio.Event) -> None:
    """Run every job until all are drained; the first error ends them all and is raised."""
    tasks = [asyncio.create_task(job.run(stop)) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

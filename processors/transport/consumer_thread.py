# ruff: noqa: SLF001 - fetched positions and the group's generation are not public in aiokafka
"""Faust's consumer thread, returning whole fetched batches with the offset at which reading goes on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import aiokafka
from aiokafka.consumer.group_coordinator import OffsetCommitRequest
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import CommitFailedError, ConsumerStoppedError, IllegalStateError, KafkaError
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, credentials_to_aiokafka_auth, server_list

from processors.errors import OutputsNotAcknowledgedError
from processors.transport.assignment import make_ready_first
from processors.transport.watermarks import Partition
from streams.records import Record

__all__ = ["BatchConsumerThread", "Fetched"]

# A partition that is held back leaves its node's fetches to wait for the others; Faust's 1500 ms would let it idle.
_FETCH_MAX_WAIT_MS = 100


class Fetched(NamedTuple):
    """Records of one partition, maybe none, and the offset at which reading goes on."""

    records: Sequence[Record]
    position: int


class BatchConsumerThread(AIOKafkaConsumerThread):  # type: ignore[misc]
    """The aiokafka consumer in a thread of its own, so that heartbeats go on while a stage works."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        conf = self.app.conf
        batching = self.app.batching
        # Range keeps equal partition numbers of several inputs together, as their shared changelog needs; round
        # robin spreads many topics more evenly.
        self._assignor = RangePartitionAssignor if batching.table is not None else RoundRobinPartitionAssignor
        if batching.standby.can_follow:
            self._assignor = make_ready_first(batching.standby.readiness)
        return aiokafka.AIOKafkaConsumer(
            client_id=conf.broker_client_id,
            group_id=conf.id,
            group_instance_id=conf.consumer_group_instance_id or None,
            bootstrap_servers=server_list(transport.url, transport.default_port),
            partition_assignment_strategy=[self._assignor],
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_interval_ms=int(conf.broker_max_poll_interval * 1000),
            max_partition_fetch_bytes=conf.consumer_max_fetch_size,
            fetch_max_wait_ms=_FETCH_MAX_WAIT_MS,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            check_crcs=conf.broker_check_crcs,
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            isolation_level="read_committed",
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
            **credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
        )

    async def fetch(self, wanted: Iterable[Partition], timeout_s: float) -> Mapping[Partition, Fetched]:
        """What has been fetched of `wanted`, waiting up to `timeout_s` for anything; called from the app's loop."""
        result: Mapping[Partition, Fetched] = await self.call_thread(self._fetch, frozenset(wanted), timeout_s)
        return result

    async def _fetch(self, wanted: frozenset[Partition], timeout_s: float) -> Mapping[Partition, Fetched]:
        consumer = self._ensure_consumer()
        fetcher = consumer._fetcher
        if not self.consumer.flow_active:
            return {}
        if consumer._closed or fetcher._closed:
            raise ConsumerStoppedError
        # Faust never asks; without this a fatal error of the group (a fenced instance id, a lost permission) hides.
        consumer._coordinator.check_errors()
        with fetcher._subscriptions.fetch_context():
            records = await fetcher.fetched_records(wanted, timeout=timeout_s, max_records=None)
        # No await from here on: the positions belong to exactly these records.
        subscription = fetcher._subscriptions.subscription
        assignment = None if subscription is None else subscription.assignment
        if assignment is None or not assignment.active:
            return {}
        fetched: dict[Partition, Fetched] = {}
        for partition in wanted:
            state = assignment.state_value(TopicPartition(*partition))
            if state is not None and state.has_valid_position:
                fetched[partition] = Fetched(records.get(TopicPartition(*partition), ()), state.position)
        return fetched

    async def seek_to_start(self) -> Mapping[Partition, int | None]:
        """Put every assigned partition where its group left off, or at its beginning; returns what was committed.

        Each partition is sought, also those without a commit (stock Faust leaves those where they are): records may
        have been fetched and dropped between the assignment and this call.
        """
        result: Mapping[Partition, int | None] = await self.call_thread(self._seek_to_start)
        return result

    async def _seek_to_start(self) -> Mapping[Partition, int | None]:
        consumer = self._ensure_consumer()
        committed: dict[Partition, int | None] = {}
        fresh: list[TopicPartition] = []
        for partition in consumer.assignment():
            offset = await consumer.committed(partition)
            committed[Partition(*partition)] = offset
            if offset is None:
                fresh.append(partition)
            else:
                consumer.seek(partition, offset)
        if fresh:
            await consumer.seek_to_beginning(*fresh)
        return committed

    async def _commit(self, offsets: Mapping[Partition, int]) -> bool:
        """Commit offsets; False if the group has moved on, so that somebody processes the records again.

        Raises:
            OutputsNotAcknowledgedError: Kafka refuses the commit for good.
        """
        consumer = self._ensure_consumer()
        if consumer._coordinator.generation == OffsetCommitRequest.DEFAULT_GENERATION_ID:
            return False
        try:
            await consumer.commit(
                {TopicPartition(*partition): OffsetAndMetadata(offset, "") for partition, offset in offsets.items()}
            )
        except (CommitFailedError, IllegalStateError):
            return False
        except KafkaError as exc:
            raise OutputsNotAcknowledgedError(
                f"Kafka refused to commit offsets ({type(exc).__name__}): check the group's permissions."
            ) from exc
        return True

    def highwater_or_none(self, partition: Partition) -> int | None:
        """The end of a partition as the last fetch response gave it."""
        found: int | None = self._ensure_consumer().highwater(TopicPartition(*partition))
        return found

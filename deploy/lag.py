"""How far the consumer groups are: the records that lie in a topic and are not committed yet."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from streams.errors import KafkaUnreachableError

__all__ = ["GroupLag", "StreamWatch"]


@dataclass(frozen=True, slots=True)
class GroupLag:
    """One group on its topics: records written (`end`) and records committed (`done`), summed over partitions."""

    end: int
    done: int

    @property
    def lag(self) -> int:
        """Records not committed yet."""
        return self.end - self.done


class StreamWatch:
    """Reads end offsets and committed offsets; a context manager that owns one admin connection."""

    def __init__(self, brokers: str) -> None:
        from kafka.admin import KafkaAdminClient

        self._brokers = brokers
        with self._reaching():
            self._admin: Any = KafkaAdminClient(bootstrap_servers=brokers, client_id="puente-watch")

    def __enter__(self) -> "StreamWatch":
        return self

    def __exit__(self, *_: object) -> None:
        self._admin.close()

    def end_offsets(self, topics: Iterable[str]) -> dict[tuple[str, int], int]:
        """The next offset of every partition of `topics`; topics that don't exist are left out."""
        from kafka import TopicPartition
        from kafka.admin import OffsetSpec

        with self._reaching():
            described = self._admin.describe_topics(sorted(set(topics)))
            specs = {
                TopicPartition(topic["name"], partition["partition_index"]): OffsetSpec.LATEST
                for topic in described
                if not topic.get("error_code")
                for partition in topic["partitions"]
            }
            found = self._admin.list_partition_offsets(specs) if specs else {}
        return {(tp.topic, tp.partition): int(info.offset) for tp, info in found.items()}

    def count(self, topics: Iterable[str]) -> int:
        """Records ever written to `topics`."""
        return sum(self.end_offsets(topics).values())

    def committed(self, group: str) -> Mapping[tuple[str, int], int]:
        """What `group` has committed."""
        from kafka.errors import CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError

        try:
            with self._reaching():
                offsets = self._admin.list_group_offsets({group: None}).get(group, {})
        except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError):
            return {}  # a broker that has just started: its offsets topic is still being made or read
        return {(tp.topic, tp.partition): int(meta.offset) for tp, meta in offsets.items() if meta.offset >= 0}

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        """Kafka's errors stop here, but for those of a coordinator that is only just starting."""
        from kafka.errors import (
            CoordinatorLoadInProgressError,
            CoordinatorNotAvailableError,
            KafkaError,
            NotCoordinatorError,
        )

        try:
            yield
        except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError):
            raise
        except (KafkaError, ValueError) as error:
            raise KafkaUnreachableError(
                f"Kafka did not answer at {self._brokers} ({type(error).__name__}): check the address, "
                "or start one with `puente up`."
            ) from error

    def group_lag(self, group: str, topics: Iterable[str]) -> GroupLag:
        """How far `group` is on `topics`; a partition without a commit counts from its start."""
        ends = self.end_offsets(topics)
        committed = self.committed(group)
        done = sum(min(committed.get(partition, 0), end) for partition, end in ends.items())
        return GroupLag(sum(ends.values()), done)

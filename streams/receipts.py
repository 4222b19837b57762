"""What a publisher gets back for an event."""

from typing import TYPE_CHECKING, Any, Self

from streams.connecting import say_why
from streams.errors import PublishError

if TYPE_CHECKING:
    from kafka.producer.future import FutureRecordMetadata

__all__ = ["Receipt"]


class Receipt:
    """Proof of one published event.

    Known at once: `topic`, `document_id`, `event_id`, `revision`, `version`. Known when Kafka has acknowledged it:
    `partition`, `offset` and `timestamp` (the broker's clock, milliseconds since 1970, UTC); reading one of these waits
    for that and raises `PublishError` if the event did not arrive.
    """

    __slots__ = ("_future", "_timeout_s", "document_id", "event_id", "revision", "topic", "version")

    def __init__(
        self,
        future: "FutureRecordMetadata",
        timeout_s: float,
        *,
        topic: str,
        document_id: str,
        event_id: str,
        revision: int,
        version: int,
    ) -> None:
        self._future = future
        self._timeout_s = timeout_s
        self.topic = topic
        self.document_id = document_id
        self.event_id = event_id
        self.revision = revision
        self.version = version

    def wait(self, timeout_s: float | None = None) -> Self:
        """Wait until Kafka has acknowledged the event; `PublishError` if it failed or `timeout_s` seconds passed."""
        self._metadata(timeout_s)
        return self

    @property
    def is_acknowledged(self) -> bool:
        """Whether all in-sync replicas have the event, without waiting."""
        return bool(self._future.succeeded())

    @property
    def partition(self) -> int:
        return int(self._metadata().partition)

    @property
    def offset(self) -> int:
        return int(self._metadata().offset)

    @property
    def timestamp(self) -> int:
        return int(self._metadata().timestamp)

    def _metadata(self, timeout_s: float | None = None) -> Any:
        from kafka.errors import KafkaError

        try:
            return self._future.get(timeout=self._timeout_s if timeout_s is None else timeout_s)
        except KafkaError as exc:
            raise PublishError(
                f"The event {self.event_id} was not acknowledged by Kafka ({say_why(exc)}): publish it again."
            ) from exc

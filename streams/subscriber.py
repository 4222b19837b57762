"""Receiving alerts as one subscriber: each version once per run, acknowledged when you have handled it.

Example::

    with Subscriber("laredo-desk", "localhost:9092", group="pager") as subscriber:
        for alert in subscriber:
            if alert["state"] == "standing":
                notify(alert["title_en"], [reason["sentence_en"] for reason in alert["reasons"]])
            else:
                take_back(alert["id"])
            subscriber.acknowledge()

An alert is a lead, not proof: it names the agency to ask for the original (`subject`).
"""

import hashlib
import logging
from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import orjson

from streams.alerts import AlertDocument
from streams.connecting import admin_client, say_why, unreachable
from streams.errors import SubscribeError, UnknownSubscriberError
from streams.topics import Topics

if TYPE_CHECKING:
    from kafka import KafkaConsumer, TopicPartition

__all__ = ["Once", "Subscriber", "read_alert"]

log = logging.getLogger(__name__)

_TOPIC_AUTHORIZATION_FAILED = 29
_REMEMBERED = 100_000
"""Alerts whose last version is remembered, about 20 MB; of one that was forgotten a version may come twice."""
_PATIENCE_S = 1.0
"""How long the iterator waits in one go; Ctrl-C and `close` are seen in between."""


class Subscriber:
    """Reads `alerts.<name>`. One thread at a time may use it; a context manager.

    `brokers` is `host:port`, several separated by commas. With a `group` it goes on behind what was acknowledged under
    that name, and begins at the first alert where nothing was; without one it begins with what comes from now on, and
    keeps no place. `from_beginning` begins at the first alert in any case. `client_options` go to kafka-python as they
    are (security and SASL settings). Raises `KafkaUnreachableError`, `UnknownSubscriberError`, `SubscribeError`, or
    `PublishError` where the login is refused or the options are wrong.

    At least once: what was not acknowledged comes again in the next run. Within one run no version comes twice, and
    none that is older than one already given. While no broker answers, `poll` gives nothing and goes on afterwards.
    Give each program a group of its own: two under one name get all alerts each, and mix up their places.
    """

    # Every partition is assigned by hand, and nobody joins a group: alerts are few, so there is nothing to share out,
    # and a member of a kafka-python group once got no partitions for 60 s after the broker had been killed twice.

    def __init__(
        self,
        name: str,
        brokers: str,
        *,
        group: str | None = None,
        from_beginning: bool = False,
        topics: Topics | None = None,
        connect_timeout_s: float = 10.0,
        request_timeout_s: float = 30.0,
        client_options: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.topic = (topics or Topics()).alerts(name)
        self.group = None if group is None else f"{self.topic}.{group}"
        self._brokers = brokers
        self._connect_timeout_s = connect_timeout_s
        self._request_timeout_s = request_timeout_s
        self._fetched: deque[Any] = deque()
        self._starts: dict[TopicPartition, int] = {}
        self._handed_out: dict[TopicPartition, int] = {}
        self._acknowledged: dict[TopicPartition, int] = {}
        self._once = Once()
        self._closed = False
        options = dict(client_options or {})
        numbers = self._require_topic(options)
        self._consumer = self._connect(options)
        try:
            self._take_up(numbers, from_beginning)
        except BaseException:
            self.close()
            raise

    def _require_topic(self, options: Mapping[str, Any]) -> list[int]:
        with admin_client(self._brokers, connect_timeout_s=self._connect_timeout_s, client_options=options) as client:
            found = client.describe_topics([self.topic])[0]
        if found["error_code"] == _TOPIC_AUTHORIZATION_FAILED:
            raise SubscribeError(
                f"The broker does not let you read the alerts of {self.name}: ask the operator for the READ grant on "
                f"{self.topic}."
            )
        if found["error_code"] != 0 and not found["partitions"]:
            raise UnknownSubscriberError(
                f"There is no topic {self.topic}: check the subscriber's name, or ask the operator to add {self.name} "
                "to the subscriptions file and create its topic (puente prepare)."
            )
        return sorted(partition["partition_index"] for partition in found["partitions"])

    def _connect(self, options: Mapping[str, Any]) -> "KafkaConsumer":
        from kafka import KafkaConsumer
        from kafka.errors import KafkaError

        settings = {
            "group_id": self.group,
            "enable_auto_commit": False,
            # Only where the place that was kept is gone from the topic: again is better than never.
            "auto_offset_reset": "earliest",
            "allow_auto_create_topics": False,
            "metrics_enabled": False,
            "bootstrap_timeout_ms": int(self._connect_timeout_s * 1000),
            "request_timeout_ms": int(self._request_timeout_s * 1000),
        }
        try:
            return KafkaConsumer(bootstrap_servers=self._brokers, **{**settings, **options})
        except KafkaError as exc:
            raise unreachable(self._brokers, self._connect_timeout_s) from exc

    def _take_up(self, numbers: list[int], from_beginning: bool) -> None:
        """Assign all partitions and stand at the first alert to give; nothing that comes from now on is missed."""
        from kafka import TopicPartition
        from kafka.errors import KafkaError

        places = [TopicPartition(self.topic, number) for number in numbers]
        wait_ms = int(self._request_timeout_s * 1000)
        try:
            self._consumer.assign(places)
            first = self._consumer.beginning_offsets(places)
            ends = self._consumer.end_offsets(places)
            for place in places:
                start = int(first[place])
                if not from_beginning and self.group is None:
                    start = int(ends[place])
                elif not from_beginning:
                    kept = self._consumer.committed(place, timeout_ms=wait_ms)
                    # A place behind the end belongs to a topic that was deleted and made anew.
                    start = int(kept) if kept is not None and start <= kept <= ends[place] else start
                self._consumer.seek(place, start)
                self._starts[place] = start
        except KafkaError as exc:
            raise SubscribeError(f"The alerts of {self.name} can't be read now ({say_why(exc)}): try again.") from exc

    def poll(self, timeout_s: float = 1.0) -> list[AlertDocument]:
        """The alerts that are there, in the order of each alert's versions; waits up to `timeout_s` for the first.

        The list may be empty. Call `acknowledge` once all of it is handled. Raises `SubscribeError`.
        """
        self._fetch(timeout_s)
        alerts = []
        while (alert := self._next()) is not None:
            alerts.append(alert)
        return alerts

    def __iter__(self) -> Iterator[AlertDocument]:
        """Every alert from here on, one by one, without end; it stops once the subscriber is closed."""
        while not self._closed:
            alert = self._next()
            if alert is not None:
                yield alert
            else:
                self._fetch(_PATIENCE_S)

    def acknowledge(self, timeout_s: float = 10.0) -> None:
        """Keep the place: everything given so far is handled, and won't come again under this group.

        Raises `SubscribeError` if there is no group, or if Kafka did not take it: acknowledge again, or later.
        """
        from kafka.errors import KafkaError
        from kafka.structs import OffsetAndMetadata

        self._require_open()
        if self.group is None:
            raise SubscribeError("A subscriber without a group keeps no place: give it a group to acknowledge alerts.")
        moved = {at: offset for at, offset in self._handed_out.items() if self._acknowledged.get(at) != offset}
        if not moved:
            return
        offsets = {at: OffsetAndMetadata(offset, "", -1) for at, offset in moved.items()}
        try:
            self._consumer.commit(offsets, timeout_ms=int(timeout_s * 1000))
        except KafkaError as exc:
            raise SubscribeError(
                f"Kafka did not take the acknowledgement ({say_why(exc)}): acknowledge again, or the alerts come again."
            ) from exc
        self._acknowledged |= moved

    def ends(self) -> "dict[TopicPartition, int]":
        """The topic's end as it is now, to read up to; raises `SubscribeError`."""
        from kafka.errors import KafkaError

        self._require_open()
        try:
            ends = self._consumer.end_offsets(list(self._starts))
        except KafkaError as exc:
            raise SubscribeError(f"The alerts of {self.name} can't be read now ({say_why(exc)}): try again.") from exc
        return {at: int(end) for at, end in ends.items()}

    def remaining(self, until: "Mapping[TopicPartition, int] | None" = None) -> int:
        """Records between what was given last and `until` (as `ends` gave it), or the topic's end as it is now.

        Raises `SubscribeError`.
        """
        given = {**self._starts, **self._handed_out}
        return sum(max(end - given[at], 0) for at, end in (self.ends() if until is None else until).items())

    def close(self) -> None:
        """Close the connection; what was not acknowledged comes again. Closing twice is harmless."""
        if not self._closed:
            self._closed = True
            self._consumer.close(autocommit=False, timeout_ms=5000)

    def _fetch(self, timeout_s: float) -> None:
        from kafka.errors import KafkaError

        self._require_open()
        if self._fetched:
            return
        try:
            polled = self._consumer.poll(timeout_ms=int(timeout_s * 1000))
        except KafkaError as exc:
            raise SubscribeError(f"The alerts of {self.name} can't be read now ({say_why(exc)}): try again.") from exc
        for records in polled.values():
            self._fetched.extend(records)

    def _next(self) -> AlertDocument | None:
        """The next alert of those fetched that is new in this run, or None; what is passed over counts as given."""
        from kafka import TopicPartition

        while self._fetched:
            record = self._fetched.popleft()
            self._handed_out[TopicPartition(record.topic, record.partition)] = record.offset + 1
            alert = read_alert(record.value)
            if alert is None:
                log.warning("%s/%d@%d is no alert: passed over", record.topic, record.partition, record.offset)
            elif self._once.is_new(alert):
                return alert
        return None

    def _require_open(self) -> None:
        if self._closed:
            raise SubscribeError("The subscriber is closed: open a new one.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Once:
    """Tells which versions of alerts are new in this run; at least once is what Kafka gives."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        """`remembered` alerts at most; the one told longest ago is forgotten first."""
        self._remembered = remembered
        self._seen: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    def is_new(self, alert: AlertDocument) -> bool:
        """Whether this version wasn't there before, nor a higher one of the same alert."""
        # One version may be told anew with other content, when a copy that was received earlier came in later.
        told = {name: value for name, value in alert.items() if name != "change"}
        digest = hashlib.blake2b(orjson.dumps(told, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()
        seen = self._seen.get(alert["id"])
        if seen is not None and (alert["version"] < seen[0] or (alert["version"], digest) == seen):
            return False
        self._seen[alert["id"]] = alert["version"], digest
        self._seen.move_to_end(alert["id"])
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        return True


def read_alert(value: bytes | None) -> AlertDocument | None:
    """The alert in a record, or None; fields that we don't know are kept."""
    try:
        tree = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        return None
    if not isinstance(tree, dict) or tree.get("state") not in ("standing", "withdrawn"):
        return None
    sound = isinstance(tree.get("id"), str) and isinstance(tree.get("version"), int)
    return cast("AlertDocument", tree) if sound else None

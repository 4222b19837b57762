"""The topic table: every topic, its partitions, retention and limits. The broker creates none by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["INTAKE_LIMIT", "LATER_LIMIT", "PARTITIONS", "TopicSpec", "Topics"]

PARTITIONS = 8
"""Partitions of every intake and report topic: the limit of enrich workers that share one agency's stream."""
INTAKE_LIMIT = 1024 * 1024
"""Bytes of one published event: value, key and headers."""
LATER_LIMIT = 8 * 1024 * 1024
"""Bytes of one record after intake: an enriched report is bigger than its source."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """One topic as it should be: `config` holds Kafka's own names and values."""

    name: str
    partitions: int
    config: dict[str, str] = field(default_factory=dict)


def _config(limit: int, cleanup: str = "delete") -> dict[str, str]:
    # Kafka counts the record batch's own header (61 bytes) and record overhead against the limit: 1 KiB of slack.
    return {
        "cleanup.policy": cleanup,
        "retention.ms": "-1",
        "max.message.bytes": str(limit + 1024),
        "message.timestamp.type": "LogAppendTime",
    }


def _intake_config() -> dict[str, str]:
    # Any partner's compression is undone by the broker. So no reader needs the partners' codecs, and the limit counts
    # what a reader will hold: 9 MiB of one letter would pass as 9 KiB of gzip.
    return _config(INTAKE_LIMIT) | {"compression.type": "uncompressed"}


def _derived_config() -> dict[str, str]:
    # Compacted: a network is written anew with each of its changes, and one writer keeps the order of versions. A
    # worker that had lost its partition without noticing could still append an older version; a week's lag leaves the
    # newer one in the log until every reader has passed it.
    return _config(LATER_LIMIT, "compact") | {"min.compaction.lag.ms": str(7 * 24 * 3600 * 1000)}


@dataclass(frozen=True, slots=True)
class Topics:
    """The names of the topics, with an optional prefix (a test gets its own), and the table that creates them."""

    prefix: str = ""

    def intake(self, agency: str) -> str:
        """Where `agency` publishes; the topic decides who the publisher is."""
        return f"{self.prefix}intake.{agency}"

    def agency_of(self, topic: str) -> str:
        """The agency that owns an intake topic; `ValueError` for any other topic."""
        start = f"{self.prefix}intake."
        if not topic.startswith(start) or len(topic) == len(start):
            raise ValueError(f"{topic} is no intake topic")
        return topic[len(start) :]

    @property
    def judgements(self) -> str:
        """What analysts judge of links, in all views, keyed by link id.

        A record says who judges, and Kafka tells no reader who wrote it: WRITE belongs to the principals alone under
        which the command line and the console run, which find out who is at work themselves.
        """
        return f"{self.prefix}judgements"

    @property
    def enriched(self) -> str:
        """Whole enriched reports of every agency, keyed by document id; nobody but the release stage reads them."""
        return f"{self.prefix}enriched"

    def reports(self, view: str) -> str:
        """Enriched reports as the audience of `view` may see them, keyed by document id."""
        return f"{self.prefix}reports.{view}"

    def holds_reports(self, topic: str) -> bool:
        """Whether the records of a topic are whole reports, keyed by document id."""
        return topic == self.enriched or (topic.startswith(self.reports("")) and topic != self.reports(""))

    def facts(self, view: str) -> str:
        """Comparison records of `view`, keyed by document id, and judgements, keyed by link and judge.

        One partition, for correlation has one writer a view.
        """
        return f"{self.prefix}facts.{view}"

    def links(self, view: str) -> str:
        """Links of `view`, keyed by link id."""
        return f"{self.prefix}links.{view}"

    def networks(self, view: str) -> str:
        """Networks of `view`, keyed by network id."""
        return f"{self.prefix}networks.{view}"

    def events(self, view: str) -> str:
        """Events of `view`, keyed by the document id of a report: its event, or the id that leads to it."""
        return f"{self.prefix}events.{view}"

    def alerts(self, subscriber: str) -> str:
        """Alerts of one subscriber, keyed by alert id."""
        return f"{self.prefix}alerts.{subscriber}"

    def state(self, name: str) -> str:
        """The changelog of a stage with state; its partitions and settings are the batch path's (`processors`)."""
        return f"{self.prefix}state.{name}"

    @property
    def dead_letters(self) -> str:
        """Why a record was refused, with its coordinates and without its content; keyed by dead-letter id."""
        return f"{self.prefix}dead-letters"

    @property
    def originals(self) -> str:
        """The refused bytes themselves; restricted to the operator."""
        return f"{self.prefix}dead-letters.originals"

    def table(self, agencies: Iterable[str], views: Iterable[str], subscribers: Iterable[str] = ()) -> list[TopicSpec]:
        """Every topic of a deployment with these agencies, views and subscribers, but the stages' changelogs."""
        # Reports are kept, not compacted: compaction keeps the last arrival, which need not be the last revision.
        return [
            *(TopicSpec(self.intake(agency), PARTITIONS, _intake_config()) for agency in agencies),
            # As many partitions as `enriched`, which the same workers read.
            TopicSpec(self.judgements, PARTITIONS, _intake_config()),
            TopicSpec(self.enriched, PARTITIONS, _config(LATER_LIMIT)),
            *(spec for view in views for spec in self._of_view(view)),
            *(TopicSpec(self.alerts(subscriber), PARTITIONS, _config(LATER_LIMIT)) for subscriber in subscribers),
            TopicSpec(self.dead_letters, PARTITIONS, _config(INTAKE_LIMIT)),
            TopicSpec(self.originals, PARTITIONS, _config(LATER_LIMIT)),
        ]

    def _of_view(self, view: str) -> list[TopicSpec]:
        return [
            TopicSpec(self.reports(view), PARTITIONS, _config(LATER_LIMIT)),
            TopicSpec(self.facts(view), 1, _config(LATER_LIMIT)),
            TopicSpec(self.links(view), PARTITIONS, _derived_config()),
            TopicSpec(self.networks(view), PARTITIONS, _derived_config()),
            TopicSpec(self.events(view), PARTITIONS, _derived_config()),
        ]

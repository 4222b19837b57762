"""The consumer groups of the stream stages and what each reads, in the order in which a report passes them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from streams.topics import Topics

__all__ = ["StageGroup", "alert_group", "correlate_group", "enrich_group", "release_group", "stage_groups"]


class StageGroup(NamedTuple):
    """A stage (`enrich`, `correlate joint` ...), its consumer group, and the topics that it reads."""

    stage: str
    group: str
    inputs: tuple[str, ...]


def enrich_group(topics: Topics) -> str:
    """The group of the enrich workers."""
    return f"{topics.prefix}enrich"


def release_group(topics: Topics) -> str:
    """The group of the release workers."""
    return f"{topics.prefix}release"


def correlate_group(topics: Topics, view: str) -> str:
    """The group of the view's correlation: one works, others stand by."""
    return f"{topics.prefix}correlate.{view}"


def alert_group(topics: Topics, view: str) -> str:
    """The group of the view's alert workers."""
    return f"{topics.prefix}alert.{view}"


def stage_groups(
    topics: Topics, agencies: Iterable[str], views: Sequence[str], alerted: Sequence[str] = ()
) -> list[StageGroup]:
    """Every stage of the stream; one that reads what another writes stands behind it.

    `alerted` are the views that have subscribers: nobody runs alerts for the others.
    """
    return [
        StageGroup("enrich", enrich_group(topics), tuple(topics.intake(agency) for agency in agencies)),
        StageGroup("release", release_group(topics), (topics.enriched, topics.judgements)),
        *(StageGroup(f"correlate {view}", correlate_group(topics, view), (topics.facts(view),)) for view in views),
        *(
            StageGroup(f"alert {view}", alert_group(topics, view), (topics.reports(view), topics.networks(view)))
            for view in alerted
        ),
    ]

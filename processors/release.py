"""Release: which views see a record, and what each sees of it. Pure, and closed where in doubt."""

from collections.abc import Sequence

from processors.correlation.facts import comparison_record
from streams.contracts import Handling
from streams.parsing import canonical_json
from streams.records import Output
from streams.reports import EnrichedReport
from streams.topics import Topics

__all__ = ["release_outputs", "released_views", "rendition"]

_SHARED_TLP = frozenset({"AMBER+STRICT", "AMBER", "GREEN", "CLEAR"})
"""TLP:RED is for named persons; a view has an audience, so RED is released to none, whatever the record lists."""


def released_views(handling: Handling, views: Sequence[str]) -> tuple[str, ...]:
    """Those of the switched-on `views` that the record's marks release it to, in the order of `views`.

    Default, unknown mark, unknown view: none; the record stays its agency's own.
    """
    if handling.tlp not in _SHARED_TLP:
        return ()
    return tuple(dict.fromkeys(view for view in views if view in handling.releasable_to))


def rendition(report: EnrichedReport, view: str) -> EnrichedReport:  # noqa: ARG001 - the seam for renditions by view
    """The report as `view` may see it. Today whoever sees it sees all of it; it holds no intake offsets."""
    return report


def release_outputs(report: EnrichedReport, views: Sequence[str], topics: Topics) -> list[Output]:
    """For each of `views` (as `released_views` gives them) the rendition and its comparison record, keyed by its id."""
    key = report["id"].encode()
    outputs: list[Output] = []
    for view in views:
        seen = rendition(report, view)
        outputs.append(Output(topics.reports(view), key, canonical_json(seen)))
        outputs.append(Output(topics.facts(view), key, canonical_json(comparison_record(seen))))
    return outputs
